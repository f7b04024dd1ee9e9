"""Tests of rgpd/authorised.py: pupils' pictures and works need an authorisation, for this edition and day."""

from datetime import date, datetime

import pytest

from gazette.model.authorisation import Authorisation
from gazette.model.finding import Finding
from gazette.model.moment import PARIS
from gazette.rgpd.authorised import authorised
from gazette.rgpd.case import Case, Withhold
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom, sample_sound

KNOWN = {
    "AUT-1": Authorisation(
        "AUT-1", date(2026, 9, 1), date(2026, 11, 23), ("public", "directeurs"), ("image", "production")
    )
}


def told(now: datetime = NOW, audience: str = "public", **facts: object) -> list[tuple[str, str, bool]]:
    """Return code, severity and whether the picture alone is withheld."""
    entry = sample_entry(audience=audience, images=(sample_image(**facts),))
    answers = authorised(entry, Case(sample_newsroom(), now, {}, KNOWN))
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


VOICE = Authorisation("AUT-V", date(2026, 9, 1), date(2027, 7, 2), ("public",), ("voix",), date(2026, 9, 10))


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"people": "eleves", "authorisation": "AUT-V"}, []),
        ({"people": "eleves", "authorisation": "AUT-V", "recorded": date(2026, 9, 10)}, []),
        ({"people": "eleves", "authorisation": "AUT-V", "recorded": date(2026, 9, 9)}, ["RGPD-22"]),
        ({"people": "eleves", "authorisation": "AUT-1"}, ["RGPD-22"]),
        ({"people": "eleves", "authorisation": "AUT-V", "is_pupil_work": True}, ["RGPD-12"]),
        ({"people": "adultes"}, []),
    ],
)
def test_a_voice_needs_an_authorisation_of_its_own(facts: dict[str, object], codes: list[str]):
    """One for pictures is none for voices, and consent comes before the recording."""
    entry = sample_entry(sounds=(sample_sound(**facts),))
    known = KNOWN | {"AUT-V": VOICE}
    found = authorised(entry, Case(sample_newsroom(), NOW, {}, known))
    assert codes == [f.code for f in found if isinstance(f, Finding)]
