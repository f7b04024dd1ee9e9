"""What a reader may ask of a fil: a cycle, a level, a school, a school year or period, what is new since a week."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from gazette.compose.cards import is_pinned
from gazette.compose.desk import by_name
from gazette.compose.school_time import date_fr, is_school_day, terms
from gazette.model.crcn import COMPETENCES
from gazette.model.entry import Outil
from gazette.model.level import LEVELS, cycles_of
from gazette.model.moment import school_year, school_year_label

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Ecole

K = TypeVar("K", bound="Hashable")
CYCLES = "Par cycle"
"""The question that lists of tools ask unfolded."""
ACCOUNT = "Compte élève"
"""Asked unfolded too."""
FOLLOWED = frozenset({CYCLES, "Par compétence", "Par prix", ACCOUNT})
"""Questions whose answers among tools have feeds of their own."""
PRICES = {"gratuit": "Gratuit", "payant": "Payant, ou en partie"}
_PAID = re.compile(r"€|euro|payant|abonnement|limit|essai|option", re.IGNORECASE)
"""What takes « gratuit » back."""
WEEKS = 6
"""Weeks of class, the current one included, since which a reader may ask what is new."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries of a fil that share something, listed at an address of their own."""

    group: str
    """The question it answers: « Par cycle »."""
    segment: str
    """Of the address, under the fil's: ``cycle-2/``."""
    label: str
    """As a link: « Cycle 2 »."""
    title: str
    """After the fil's: « cycle 2 »."""
    cleared: tuple[Cleared, ...]
    year: int | None = None
    """School year it looks back on."""
    is_period: bool = False
    is_lasting: bool = True
    """False: the address goes after some weeks."""


def selections(desk: Desk, cleared: list[Cleared]) -> tuple[Selection, ...]:
    """Return the selections of a fil that hold an entry this audience may read; ``cleared`` is newest first."""
    pinned = [c for c in cleared if is_pinned(desk, c.entry)]
    first = [*pinned, *(c for c in cleared if not is_pinned(desk, c.entry))] if pinned else cleared
    return (
        *_weeks(desk, cleared),
        *_cycles(first),
        *_levels(first),
        *_periods(desk, cleared),
        *_years(cleared),
        *_schools(desk, first),
    )


def _by(cleared: Iterable[Cleared], keys: Callable[[Cleared], Iterable[K]]) -> dict[K, list[Cleared]]:
    """Return entries by each of their keys."""
    found: dict[K, list[Cleared]] = {}
    for one in cleared:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return found


def _cycles(cleared: list[Cleared]) -> Iterator[Selection]:
    found = _by(cleared, lambda c: c.entry.cycles if isinstance(c.entry, Outil) else cycles_of(c.entry.levels))
    for number in sorted(found):
        yield Selection(CYCLES, f"cycle-{number}/", f"Cycle {number}", f"cycle {number}", tuple(found[number]))


def tool_selections(cleared: list[Cleared]) -> tuple[Selection, ...]:
    """Return what may be chosen among tools alone: a competence, a price, what asks for no account of a pupil."""
    tools = [c for c in cleared if isinstance(c.entry, Outil)]
    skills = _by(tools, lambda c: getattr(c.entry, "skills", ()))
    chosen = [
        Selection("Par compétence", f"competence-{n.replace('.', '-')}/", f"{n} {COMPETENCES[n]}", n, tuple(skills[n]))
        for n in COMPETENCES
        if n in skills
    ]
    prices = _by(tools, lambda c: price_of(getattr(c.entry, "price", "")))
    chosen += [
        Selection("Par prix", f"{name}/", label, label.lower(), tuple(prices[name]))
        for name, label in PRICES.items()
        if name in prices
    ]
    bare = tuple(c for c in tools if not getattr(c.entry, "has_pupil_account", True))
    label = "Sans compte élève"
    return (*chosen, *((Selection(ACCOUNT, "sans-compte-eleve/", label, label.lower(), bare),) if bare else ()))


def price_of(text: str) -> tuple[str, ...]:
    """Return whether a price says « gratuit » and nothing that takes it back; () when nothing is said."""
    if not text:
        return ()
    is_free = text.strip().lower().startswith("gratuit") and not _PAID.search(text)
    return ("gratuit",) if is_free else ("payant",)


def _levels(cleared: list[Cleared]) -> Iterator[Selection]:
    found = _by(cleared, lambda c: c.entry.levels)
    for level in (name for name in LEVELS if name in found):
        yield Selection("Par niveau", f"niveau-{level.lower()}/", level, level, tuple(found[level]))


def _schools(desk: Desk, cleared: list[Cleared]) -> Iterator[Selection]:
    """Yield the schools of the directory that entries concern, or that signed them."""
    found = _by(cleared, lambda c: {*c.entry.schools, c.entry.author} & desk.schools.keys())
    for school in sorted((desk.schools[uai] for uai in found), key=by_name):
        name = _named(school)
        yield Selection("Par école", f"ecole-{school.uai.lower()}/", name, name, tuple(found[school.uai]))


def _named(school: Ecole) -> str:
    return school.title if school.town in school.title else f"{school.title}, {school.town}"


def _day_of(cleared: Cleared) -> dt.date:
    assert cleared.entry.date  # noqa: S101  # entries of fils are dated
    return cleared.entry.date.day


def _years(cleared: list[Cleared]) -> Iterator[Selection]:
    found = _by(cleared, lambda c: (school_year(_day_of(c)),))
    for year in sorted(found, reverse=True):
        label = school_year_label(year)
        yield Selection("Archives", f"{label}/", label, f"année {label}", tuple(found[year]), year)


def _periods(desk: Desk, cleared: list[Cleared]) -> Iterator[Selection]:
    """Yield the periods of each school year; what appears during holidays belongs to the period before them."""
    found = _by(cleared, lambda c: (_period(_day_of(c), desk.newsroom.zone),))
    for year, number in sorted(key for key in found if key[1]):
        label, shown = school_year_label(year), tuple(found[year, number])
        segment, title = f"{label}/periode-{number}/", f"période {number} de {label}"
        yield Selection(f"Par période, {label}", segment, f"Période {number}", title, shown, year, is_period=True)


@cache
def _period(day: dt.date, zone: str) -> tuple[int, int]:
    """Return the school year of a day and its period, 0 past the official dates."""
    year = school_year(day)
    known = terms(year, zone)
    if len(known) == 1:
        return year, 0
    return year, max(t.number for t in known if t.start <= day)


def _weeks(desk: Desk, cleared: list[Cleared]) -> Iterator[Selection]:
    for monday in _recent_weeks(desk.today, desk.newsroom.zone):
        shown = tuple(c for c in cleared if _day_of(c) >= monday)
        if shown:
            week, day = monday.isocalendar(), date_fr(monday)
            segment, label = f"depuis/{week.year}-S{week.week:02}/", day.rsplit(" ", 1)[0]
            yield Selection("Nouveau depuis", segment, label, f"nouveau depuis le {day}", shown, is_lasting=False)


@cache
def _recent_weeks(today: dt.date, zone: str) -> tuple[dt.date, ...]:
    """Return the Mondays of the last weeks of class, newest first."""
    monday = today - dt.timedelta(days=today.weekday())
    mondays = (monday - dt.timedelta(weeks=n) for n in range(4 * WEEKS))
    return tuple(m for m in mondays if any(is_school_day(m + dt.timedelta(days=n), zone) for n in range(5)))[:WEEKS]
