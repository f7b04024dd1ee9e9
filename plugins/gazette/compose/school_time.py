"""The school's time: years, five periods, holidays of the zone, public holidays."""

from __future__ import annotations

import csv
import datetime as dt
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import Any

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from gazette.compose.views.cards import SchoolTime
from gazette.model.moment import DAYS, MONTHS, school_year
from gazette.model.week import Week

SATURDAY = 5
FIRST_YEAR = 2024
"""A school year whose official dates are known for good."""
SHORT = 5
"""Days: below, a holiday is a bridge and does not end a period."""


BRIDGES = {
    dt.date(2025, 5, 30): "Pont de l'Ascension",
    dt.date(2025, 5, 31): "Pont de l'Ascension",
    dt.date(2026, 5, 15): "Pont de l'Ascension",
    dt.date(2026, 5, 16): "Pont de l'Ascension",
}
"""Days off in every zone that the official data leaves out (arrêté du 7 décembre 2022, calendrier 2023-2026)."""


PUBLIC = {
    "1er janvier": "Jour de l'an",
    "1er mai": "Fête du Travail",
    "8 mai": "Victoire de 1945",
    "14 juillet": "Fête nationale",
    "11 novembre": "Armistice de 1918",
}
"""Public holidays that the library calls by their date."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off, both ends included."""

    name: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Term:
    """One of the five periods, or the holidays between two."""

    title: str
    start: dt.date
    end: dt.date
    number: int
    """1 to 5; 0 for holidays."""


TOLD = {"True": True, "False": False}
"""Whether a zone is on holiday, as the official data says it."""


class OfficialDates(SchoolHolidayDates):  # type: ignore[misc]  # untyped
    """The library's dates, read in a tenth of the time: it parses the days of class too, to leave them."""

    def load_data(self) -> None:
        """Read the days on which a zone has no class, by date."""
        text = (pkgutil.get_data("vacances_scolaires_france", "data/data.csv") or b"").decode()
        names, *rows = csv.reader(line for line in text.splitlines() if ",False,False,False," not in line)
        for row in rows:
            facts: dict[str, Any] = {name: TOLD.get(cell, cell) for name, cell in zip(names, row, strict=True)}
            day = dt.date.fromisoformat(facts["date"])
            self.data[day] = facts | {"date": day}


@cache
def _official() -> OfficialDates:
    return OfficialDates()


@cache
def holidays(year: int, zone: str) -> tuple[Holiday, ...]:
    """Return the holidays of the school year that begins in ``year``, summer included; () past the data's horizon."""
    days: dict[dt.date, str] = {}
    for civil in (year, year + 1):
        try:
            found = _official().holidays_for_year_and_zone(civil, zone)
        except UnsupportedYearException:
            return ()
        days |= {day: facts["nom_vacances"] for day, facts in found.items()}
    days = BRIDGES | days
    first, last = dt.date(year, 8, 1), dt.date(year + 1, 8, 31)
    result: list[Holiday] = []
    for day in sorted(d for d in days if first <= d <= last):
        before = result[-1] if result else None
        if before and before.name == days[day] and (day - before.end).days == 1:
            result[-1] = Holiday(before.name, before.start, day)
        else:
            result.append(Holiday(days[day], day, day))
    return tuple(h for h in result if h.start != first)


@cache
def terms(year: int, zone: str) -> tuple[Term, ...]:
    """Return periods and holidays in order; one single term past the data's horizon."""
    start, end = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
    long = [h for h in holidays(year, zone) if (h.end - h.start).days >= SHORT]
    if not long:
        return (Term("Année scolaire", dt.date(year, 8, 1), dt.date(year + 1, 7, 31), 1),)
    result, start = [], dt.date(year, 8, 1)
    for number, holiday in enumerate(long, 1):
        result.append(Term(f"Période {number}", start, holiday.start - dt.timedelta(1), number))
        result.append(Term(holiday.name, holiday.start, min(holiday.end, dt.date(year + 1, 7, 31)), 0))
        start = holiday.end + dt.timedelta(1)
    return tuple(t for t in result if t.start <= t.end and t.start < end)


@cache
def days_off(term: Term, zone: str) -> tuple[Holiday, ...]:
    """Return what has no class within a term, in order: public holidays and bridges."""
    civil = {h for y in (term.start.year, term.end.year) for h in JoursFeries.for_year(y).items()}
    first = max(term.start, dt.date(school_year(term.start), 9, 1))  # nobody asks before the rentrée
    public = {Holiday(PUBLIC.get(name, name), day, day) for name, day in civil if first <= day <= term.end}
    bridges = {h for h in holidays(school_year(term.start), zone) if _is_within(h, term)}
    return tuple(sorted(public | bridges, key=lambda h: (h.start, h.end)))


def _is_within(holiday: Holiday, term: Term) -> bool:
    """Tell whether a holiday is of a few days of a period, and not the term itself."""
    return term.number > 0 and term.start <= holiday.start and holiday.end <= term.end


@cache
def is_school_day(day: dt.date, zone: str) -> bool:
    """Tell whether there may be class that day (Monday to Friday, no holiday)."""
    if day.weekday() >= SATURDAY or day in JoursFeries.for_year(day.year).values():
        return False
    return not any(h.start <= day <= h.end for y in (school_year(day), school_year(day) - 1) for h in holidays(y, zone))


@cache
def school_day_before(day: dt.date, zone: str) -> dt.date:
    """Return the last day of class before this one."""
    day -= dt.timedelta(days=1)
    while not is_school_day(day, zone):
        day -= dt.timedelta(days=1)
    return day


@cache
def horizon(zone: str) -> dt.date:
    """Return the last day of the last school year whose holidays are known."""
    year = FIRST_YEAR
    while holidays(year + 1, zone):
        year += 1
    return dt.date(year + 1, 8, 31)


@cache
def has_class(week: Week, zone: str) -> bool:
    """Tell whether a week is of school time: a day of it may have class; August has none past the data's horizon."""
    if week.monday.month == week.sunday.month == 8:  # noqa: PLR2004  # August
        return False
    return any(is_school_day(week.monday + dt.timedelta(days), zone) for days in range(SATURDAY))


@cache
def class_week(day: dt.date, zone: str) -> Week:
    """Return the week of class that a day belongs to: its own, or the one that ends the holidays."""
    week = Week.of(day)
    while not has_class(week, zone):
        week = week.after
    return week


@cache
def class_week_before(week: Week, zone: str) -> Week:
    """Return the week of class before this one."""
    week = week.before
    while not has_class(week, zone):
        week = week.before
    return week


def date_fr(day: dt.date) -> str:
    """Return « lundi 23 novembre 2026 »."""
    return f"{DAYS[day.weekday()]} {'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def school_time(today: dt.date, zone: str) -> SchoolTime:
    """Return today's dateline."""
    parts = [date_fr(today), f"semaine {today.isocalendar().week}"]
    ahead = ""
    year = school_year(today)
    known = holidays(year, zone)
    now = next((h for h in known if h.start <= today <= h.end), None)
    if now is None and today < dt.date(today.year, 9, 1) and today.month == 8:  # noqa: PLR2004  # August
        now = Holiday("Vacances d'été", dt.date(today.year, 7, 1), dt.date(today.year, 8, 31))
    if now:
        parts.append(_small(now.name))
        left = (now.end - today).days + 1
        ahead = f"reprise dans {left} jour{'s' * (left > 1)} · zone {zone}"
    elif known:
        term = next((t for t in terms(year, zone) if t.number and t.start <= today <= t.end), None)
        if term:
            parts.append(f"période {term.number}")
        following = next((h for h in known if h.start > today), None)
        if following:
            left = (following.start - today).days
            ahead = f"{_small(following.name)} dans {left} jour{'s' * (left > 1)} · zone {zone}"
    return SchoolTime(today, " · ".join(parts), ahead)


def _small(name: str) -> str:
    return name[0].lower() + name[1:]
