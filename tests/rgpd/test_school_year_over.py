"""Tests of rgpd/school_year_over.py: pupils’ media leave with their school year."""

from datetime import date, datetime

import pytest

from gazette.model.moment import PARIS
from gazette.rgpd.case import Case, Withhold
from gazette.rgpd.school_year_over import school_year_over
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

LATE = date(2027, 12, 31)
"""An authorisation that runs too far, which is told by itself: until then only the school year takes pictures away."""
PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(now: datetime = NOW, **facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), now, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in school_year_over(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found if "court au-delà" not in f.message]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2027, 6, 30, tzinfo=PARIS), []),
        (datetime(2027, 7, 1, tzinfo=PARIS), [("RGPD-24", "note")]),
        (datetime(2027, 9, 29, tzinfo=PARIS), [("RGPD-24", "note")]),
        (datetime(2027, 9, 30, tzinfo=PARIS), [("RGPD-24", "note")]),
    ],
)
def test_when_it_is_over(now: datetime, expected: list[tuple[str, str]]):
    """Told from 1 July."""
    assert (expected, []) == (told(now, end=LATE), told(now, end=LATE, outlives_year=True))


@pytest.mark.parametrize(("day", "withheld"), [(29, 0), (30, 1)])
def test_what_is_withheld(day: int, withheld: int):
    """From 30 September the medium goes, the entry stays."""
    now = datetime(2027, 9, day, tzinfo=PARIS)
    case = Case(sample_newsroom(), now, {}, {"AUT-1": sample_authorisation(end=LATE)})
    answers = school_year_over(sample_entry(images=(PICTURE,)), case)
    assert withheld == sum(isinstance(answer, Withhold) for answer in answers)


def test_an_end_too_far():
    """Past the 31 August after the project, without saying so."""
    found = {}
    for outlives in (False, True):
        known = sample_authorisation(end=date(2027, 9, 1), outlives_year=outlives)
        case = Case(sample_newsroom(), NOW, {}, {"AUT-1": known})
        found[outlives] = [f.code for f in school_year_over(sample_entry(images=(PICTURE,)), case)]
    assert {False: ["RGPD-15"], True: []} == found


def test_what_already_left_is_told_once():
    """By rule R15 alone, since its authorisation is over."""
    july = datetime(2027, 7, 3, tzinfo=PARIS)
    assert [] == told(july, end=date(2027, 7, 2))
