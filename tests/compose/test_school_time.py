"""The school's time, against the official dates of 2026-2027 in zone A."""

from datetime import date, timedelta

import pytest
from vacances_scolaires_france import SchoolHolidayDates

from gazette.compose.school_time import OfficialDates, days_off, holidays, is_school_day, school_time, terms

CLASS_DAYS = {
    "2026-09-01": (
        "mardi 1er septembre 2026 · semaine 36 · période 1",
        "vacances de la Toussaint dans 46 jours · zone A",
    ),
    "2026-10-16": (
        "vendredi 16 octobre 2026 · semaine 42 · période 1",
        "vacances de la Toussaint dans 1 jour · zone A",
    ),
    "2026-11-23": ("lundi 23 novembre 2026 · semaine 48 · période 2", "vacances de Noël dans 26 jours · zone A"),
    "2027-06-30": ("mercredi 30 juin 2027 · semaine 26 · période 5", "vacances d'été dans 3 jours · zone A"),
}
DAYS_OFF = {
    "2026-10-17": ("samedi 17 octobre 2026 · semaine 42 · vacances de la Toussaint", "reprise dans 16 jours · zone A"),
    "2026-12-25": ("vendredi 25 décembre 2026 · semaine 52 · vacances de Noël", "reprise dans 10 jours · zone A"),
    "2027-01-03": ("dimanche 3 janvier 2027 · semaine 53 · vacances de Noël", "reprise dans 1 jour · zone A"),
    "2027-07-14": ("mercredi 14 juillet 2027 · semaine 28 · vacances d'été", "reprise dans 49 jours · zone A"),
    "2026-08-15": ("samedi 15 août 2026 · semaine 33 · vacances d'été", "reprise dans 17 jours · zone A"),
    "2026-08-31": ("lundi 31 août 2026 · semaine 36 · vacances d'été", "reprise dans 1 jour · zone A"),
}
UNKNOWN = {
    "2031-03-10": ("lundi 10 mars 2031 · semaine 11", ""),
    "2031-08-15": ("vendredi 15 août 2031 · semaine 33 · vacances d'été", "reprise dans 17 jours · zone A"),
}


@pytest.mark.parametrize("day", [*CLASS_DAYS, *DAYS_OFF, *UNKNOWN])
def test_the_dateline_says_the_day_the_week_and_what_comes(day: str):
    """In class, on holiday, in August and past the horizon of the official dates."""
    found = school_time(date.fromisoformat(day), "A")
    assert (CLASS_DAYS | DAYS_OFF | UNKNOWN)[day] == (found.label, found.ahead)


def test_holidays_are_those_of_the_zone():
    """Winter comes a week earlier or later by zone."""
    found = {zone: next(h.start for h in holidays(2026, zone) if "hiver" in h.name).isoformat() for zone in "ABC"}
    assert {"A": "2027-02-13", "B": "2027-02-20", "C": "2027-02-06"} == found


@pytest.mark.parametrize("zone", "ABC")
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_school_year_has_five_periods(year: int, zone: str):
    """A bridge of a few days ends no period."""
    assert [1, 2, 3, 4, 5] == [term.number for term in terms(year, zone) if term.number]


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2040])
def test_every_day_of_a_school_year_is_in_one_term(year: int):
    """From the 1st of August to the 31st of July, no day is in none, nor in two."""
    days = [date(year, 8, 1) + timedelta(n) for n in range((date(year + 1, 8, 1) - date(year, 8, 1)).days)]
    counts = {day: sum(term.start <= day <= term.end for term in terms(year, "A")) for day in days}
    assert {} == {day: count for day, count in counts.items() if count != 1}


def test_the_official_dates_are_those_of_the_library():
    """Day by day, name by name, in every zone."""
    ours, theirs = OfficialDates(), SchoolHolidayDates()
    assert (theirs.data, theirs.min_year, theirs.max_year) == (ours.data, ours.min_year, ours.max_year)


def test_past_the_official_dates_a_year_is_one_term():
    """Nothing is invented."""
    found = terms(2040, "A")
    expected = [("Année scolaire", date(2040, 8, 1), date(2041, 7, 31))]
    assert expected == [(t.title, t.start, t.end) for t in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-24", True),
        ("2026-11-28", False),
        ("2026-11-11", False),
        ("2026-10-20", False),
        ("2026-08-20", False),
        ("2027-05-07", False),
        ("2027-07-12", False),
    ],
    ids=["Tuesday", "Saturday", "Armistice", "autumn", "August", "bridge", "summer"],
)
def test_class_days_leave_out_weekends_and_holidays(day: str, expected: object):
    """A weekly event does not take place on a day off."""
    assert expected == is_school_day(date.fromisoformat(day), "A")


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2025, ["05-01", "05-08", "05-14", "05-15", "05-25"]),
        (2026, ["05-01", "05-06", "05-06", "05-08", "05-17"]),
    ],
)
def test_the_last_period_names_its_public_holidays_and_its_bridge(year: int, expected: list[str]):
    """The bridge too, which the official data has or leaves out."""
    found = days_off(next(t for t in terms(year, "A") if t.number == 5), "A")
    bridges = [h for h in found if "Pont" in h.name]
    assert (expected, 1) == ([f"{h.start:%m-%d}" for h in found], len(bridges))


def test_no_period_names_what_precedes_the_rentree():
    """In August nobody has class."""
    assert ((), ["Toussaint"]) == (
        days_off(terms(2026, "A")[0], "A"),
        [h.name for h in days_off(terms(2026, "A")[1], "A")],
    )
