"""Weeks as ISO 8601 counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.week import Week

DAYS = st.dates(date(2000, 1, 3), date(2100, 12, 26))


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(day: date):
    """Every day is in one week of seven, and its label names it."""
    week = Week.of(day)
    found = (week.monday.weekday(), week.sunday - week.monday, week.monday <= day <= week.sunday)
    assert ((0, timedelta(6), True), week) == (found, Week.named(week.label))


@given(DAYS)
def test_weeks_follow_each_other(day: date):
    """Before and after are neighbours, and weeks compare by time."""
    week = Week.of(day)
    assert (week, week, True) == (week.before.after, week.after.before, week.before < week < week.after)


def test_the_last_week_of_a_year_may_be_the_fifty_third():
    """And its Friday in the next year."""
    week = Week.of(date(2027, 1, 1))
    assert ("2026-S53", date(2027, 1, 1)) == (week.label, week.friday)


@pytest.mark.parametrize(
    "label", ["2026-S54", "2027-S53", "2026-S00", "2026-W47", "2026-S7", "2026-S047", "٢٠٢٦-S47", ""]
)
def test_what_is_no_week_names_none(label: str):
    """A year of 52 weeks has no fifty-third; digits are ASCII, and two."""
    assert None is Week.named(label)


@pytest.mark.parametrize(
    ("label", "expected"), [("2026-S47", "2026-11-20T16:00:00+01:00"), ("2026-S40", "2026-10-02T16:00:00+02:00")]
)
def test_a_week_is_told_on_friday_at_four(label: str, expected: str):
    """Paris time, winter and summer."""
    week = Week.named(label)
    assert week
    assert expected == week.closing.isoformat()
