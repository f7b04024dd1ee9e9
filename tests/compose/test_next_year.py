"""Tests of compose/next_year.py: the same moment of the year that follows, by the school's calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.compose.next_year import next_year
from gazette.compose.school_time import is_school_day, terms
from gazette.model.moment import school_year


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-09-01", "2026-09-01"),  # the first day of class is one
        ("2025-11-18", "2026-11-17"),  # third Tuesday of period 2
        ("2026-11-24", "2027-11-30"),  # it begins a week later in 2027
        ("2025-12-19", "2026-12-18"),  # the Friday before Christmas
        ("2026-10-20", "2027-10-26"),  # a Tuesday of the autumn holidays
        ("2026-11-11", "2027-11-11"),  # a public holiday keeps its date
        ("2026-08-01", "2027-08-07"),  # the first day of a school year stays out of the one before
        ("2033-03-08", "2034-03-07"),  # past the data's horizon: 52 weeks
    ],
)
def test_the_same_moment_of_the_school_year(day: str, expected: str):
    """Dates of zone A, read in the official calendar by a person."""
    assert expected == next_year(date.fromisoformat(day), "A").isoformat()


@given(st.dates(date(2024, 9, 1), date(2027, 7, 31)), st.sampled_from("ABC"))
def test_a_day_of_class_becomes_a_day_of_class_of_the_same_period(day: date, zone: str):
    """And always one of the school year that follows."""
    found = next_year(day, zone)
    assert school_year(day) + 1 == school_year(found)
    if is_school_day(day, zone):
        assert is_school_day(found, zone)
        assert _period(day, zone) == _period(found, zone)


@given(st.dates(date(2024, 9, 1), date(2027, 7, 24)), st.sampled_from("ABC"))
def test_the_day_of_the_week_stays_unless_it_is_a_day_off(day: date, zone: str):
    """A Tuesday's meeting stays on a Tuesday."""
    found = next_year(day, zone)
    if is_school_day(day, zone) and found.weekday() != day.weekday():
        passed = found - timedelta(days=1)
        assert not is_school_day(passed, zone)


def _period(day: date, zone: str) -> int:
    return next(t.number for t in terms(school_year(day), zone) if t.start <= day <= t.end)
