"""Tests of read/days.py: a day as a French hand writes it."""

from datetime import date

import pytest

from gazette.read.days import month_of, typed_day, typed_hour


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("le mardi 6 octobre 2026 à 14 h 30", date(2026, 10, 6), "14:30"),
        ("1er février 2027", date(2027, 2, 1), ""),
        ("6/10/26", date(2026, 10, 6), ""),
        ("2026-10-6 8h", date(2026, 10, 6), "08:00"),
    ],
)
def test_a_day_is_read_in_words_and_figures(text: str, day: date, hour: str):
    """Whatever stands around the day that a hand would write."""
    found = typed_day(text)
    assert found
    assert (day, hour) == (found.date, found.hour)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("31 novembre 2026", date(2026, 11, 30)),
        ("29/2/2027", date(2027, 2, 28)),
        ("2026-02-30", date(2026, 2, 28)),
        ("32 octobre 2026", None),
        ("2026-13-01", None),
        ("6 octobre 2026", None),
    ],
)
def test_a_day_past_the_end_of_its_month_is_near_its_last(text: str, last: date | None):
    """The 31st of a month of thirty days is meant for its end; the 32nd of any is meant for nothing known."""
    found = typed_day(text)
    assert found
    assert last == found.nearest


@pytest.mark.parametrize("text", ["demain", "octobre 2026", "6 octobre", "le 6 octobre 2026 au soir"])
def test_what_is_no_day_is_none(text: str):
    """Nothing is guessed."""
    assert typed_day(text) is None


def test_an_hour_and_a_month_are_said():
    """Hours as a hand writes them, months with their accents."""
    assert ["14:30", "08:00", ""] == [typed_hour(text) for text in ("14 h 30", "8h", "midi")]
    assert "février 2027" == month_of(date(2027, 2, 28))
