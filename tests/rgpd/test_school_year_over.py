"""Tests of rgpd/school_year_over.py: pupils’ media leave with their school year."""

from datetime import date, datetime

import pytest

from gazette.model.moment import PARIS
from gazette.rgpd.case import Case, Withhold
from gazette.rgpd.school_year_over import school_year_over
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(now: datetime = NOW, **facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), now, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in school_year_over(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found]


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
    assert (expected, []) == (told(now), told(now, outlives_year=True))


@pytest.mark.parametrize(("day", "withheld"), [(29, 0), (30, 1)])
def test_what_is_withheld(day: int, withheld: int):
    """From 30 September the medium goes, the entry stays."""
    now = datetime(2027, 9, day, tzinfo=PARIS)
    case = Case(sample_newsroom(), now, {}, {"AUT-1": sample_authorisation()})
    answers = school_year_over(sample_entry(images=(PICTURE,)), case)
    assert withheld == sum(isinstance(answer, Withhold) for answer in answers)


def test_an_end_too_far():
    """Past the 31 August after the project, without saying so."""
    late = date(2027, 9, 1)
    assert ([("RGPD-15", "note")], []) == (told(end=late), told(end=late, outlives_year=True))
