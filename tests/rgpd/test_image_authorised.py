"""Tests of rgpd/image_authorised.py: pupils' pictures and works need an authorisation, for this edition and day."""

from datetime import date, datetime

import pytest

from gazette.model.authorisation import Authorisation
from gazette.model.moment import PARIS
from gazette.rgpd.case import Case, Withhold
from gazette.rgpd.image_authorised import image_authorised
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom

KNOWN = {"AUT-1": Authorisation("AUT-1", date(2026, 9, 1), date(2026, 11, 23), ("public", "directeurs"))}


def told(now: datetime = NOW, audience: str = "public", **facts: object) -> list[tuple[str, str, bool]]:
    """Return code, severity and whether the picture alone is withheld."""
    entry = sample_entry(audience=audience, images=(sample_image(**facts),))
    answers = image_authorised(entry, Case(sample_newsroom(), now, {}, KNOWN))
    found = [(a.finding if isinstance(a, Withhold) else a, isinstance(a, Withhold)) for a in answers]
    return [(f.code, f.severity.label, is_withheld) for f, is_withheld in found]


@pytest.mark.parametrize("people", ["aucune", "non_identifiables", "adultes"])
def test_without_pupils_no_authorisation_is_asked_for(people: str):
    """Drawings, crowds from afar and adults are no concern of this rule."""
    assert [] == told(people=people)


@pytest.mark.parametrize(
    "facts", [{"people": "eleves"}, {"is_pupil_work": True}, {"people": "eleves", "is_pupil_work": True}]
)
def test_pupils_and_their_works_need_one(facts: dict[str, object]):
    """Without an authorisation, or with an unknown one, the entry is refused; with it, nothing is said."""
    assert ([("RGPD-12", "refus", False)], [("RGPD-12", "refus", False)], []) == (
        told(**facts),
        told(**facts, authorisation="AUT-9"),
        told(**facts, authorisation="AUT-1"),
    )


@pytest.mark.parametrize(("audience", "codes"), [("public", []), ("enseignants", ["RGPD-13"]), ("directeurs", [])])
def test_it_covers_the_editions_it_names(audience: str, codes: list[str]):
    """Parents who agreed to one support did not agree to another, even a more restricted one."""
    assert codes == [code for code, _, _ in told(audience=audience, people="eleves", authorisation="AUT-1")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 8, 31, 23, 59, tzinfo=PARIS), [("RGPD-15", "note", True)]),
        (datetime(2026, 9, 1, 0, 0, tzinfo=PARIS), []),
        (datetime(2026, 11, 23, 23, 59, tzinfo=PARIS), []),
        (datetime(2026, 11, 24, 0, 0, tzinfo=PARIS), [("RGPD-15", "note", True)]),
    ],
)
def test_it_covers_the_days_it_names(now: datetime, expected: list[tuple[str, str, bool]]):
    """The last day is whole; before and after, the picture alone stays out."""
    assert expected == told(now, people="eleves", authorisation="AUT-1")
