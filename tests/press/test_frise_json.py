"""``frise.json``, against the schema that docs/frise-json.md promises."""

import json
import re
from datetime import datetime
from typing import Any

import jsonschema
import pytest

from gazette.press.frise_json import frise_json
from tests.press.test_calendar import TITLES, calendar, occasion
from tests.samples import ROOT

DOCUMENT = (ROOT / "docs" / "frise-json.md").read_text("utf-8")
SCHEMA = json.loads(re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1])
IDENTITY = "00000000-0000-5000-8000-000000000001"


def is_instant(text: str) -> bool:
    """Tell whether RFC 3339 has this instant, with its offset."""
    return "T" in text and datetime.fromisoformat(text).tzinfo is not None


CHECKER = jsonschema.FormatChecker()
CHECKER.checks("date-time", raises=ValueError)(is_instant)
CHECKER.checks("uri")(lambda text: bool(re.fullmatch(r"https?://[^\s<>\"]+", text)))


def told(*occasions: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # occasions
    """Return the events of a frise that keeps the schema."""
    data = json.loads(frise_json(calendar(*occasions)))
    jsonschema.validate(data, SCHEMA, format_checker=CHECKER)
    return data["evenements"]


def test_the_schema_is_one():
    """Its own rules are kept, and what it lets through has every key."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": 1}, SCHEMA)
    data = json.loads(frise_json(calendar(occasion("2026-11-24"))))
    data["evenements"][0]["debut"] = "hier"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA, format_checker=CHECKER)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-24", "", ("2026-11-24", "2026-11-24")),
        ("2027-04-05", "2027-04-09", ("2027-04-05", "2027-04-09")),
        ("2026-11-24 13:30", "", ("2026-11-24T13:30:00+01:00", None)),
        ("2027-06-01 13:30", "2027-06-01 16:00", ("2027-06-01T13:30:00+02:00", "2027-06-01T16:00:00+02:00")),
        ("2026-10-25 02:30", "", ("2026-10-25T02:30:00+02:00", None)),
    ],
)
def test_days_are_told_as_days_and_the_last_is_included(start: str, end: str, expected: tuple[str, str | None]):
    """Instants have their offset."""
    (event,) = told(occasion(start, end, id=IDENTITY))
    assert expected == (event["debut"], event["fin"])


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_told_as_written(title: str):
    """JSON has a place for every character."""
    assert [title] == [e["titre"] for e in told(occasion("2026-11-24", id=IDENTITY, title=title))]


def test_schools_fils_state_and_form_are_told():
    """All that another site needs to show it."""
    schools = (("0869001S", "École du Pont"),)
    link = "https://formulaire.example/"
    (event,) = told(occasion("2026-11-24", id=IDENTITY, schools=schools, link=link, state="annule", nature="echeance"))
    expected = ([{"uai": "0869001S", "nom": "École du Pont"}], [{"nom": "actualites", "titre": "Actualités"}])
    assert expected == (event["ecoles"], event["fils"])
    assert ("annule", "echeance", link) == (event["etat"], event["nature"], event["formulaire"])


def test_the_schools_whose_depeches_announce_it_are_told():
    """With the address of the original, when it has one."""
    sources = (("École du Pont", "https://ecole.example/marche"), ("École du Gué", ""))
    (event,) = told(occasion("2026-11-24", id=IDENTITY, sources=sources))
    assert list(sources) == [(source["nom"], source["original"]) for source in event["sources"]]
