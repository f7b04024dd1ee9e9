"""A school year day by day: the frise, its poster, the fiche to copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.compose.views.cards import Choice, Happening, SchoolTime
    from gazette.compose.views.frame import Link, PageHead
    from gazette.compose.views.overview import Band, Overview


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the frise."""

    day: date
    is_today: bool
    is_past: bool
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a period."""

    title: str
    """« novembre 2026 »."""
    anchor: str
    days: tuple[Day, ...]
    off: tuple[Band, ...] = ()
    """Holidays, public holidays and bridges that touch it."""
    going: tuple[Happening, ...] = ()
    """What began in an earlier month and lasts."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the school year, or the holidays after it."""

    title: str
    """« Période 2 »."""
    anchor: str
    start: date
    end: date
    is_past: bool
    is_current: bool
    months: tuple[Month, ...]
    days_off: tuple[Band, ...]
    """Public holidays and bridges within it."""
    rest: tuple[Band, ...]
    """The holidays that follow it, then their public holidays; () when they are a period of their own."""


@dataclass(frozen=True, slots=True)
class FriseView:
    """``frise.html``: a school year, all lanes or one, or what names a cycle or a school."""

    head: PageHead
    template: str
    time: SchoolTime | None
    """None on every page but the whole current year's: the others are not printed again each day."""
    known: date | None
    """Day of the last change of what is shown; None: nothing is."""
    label: str
    """« 2026-2027 »."""
    selection: str
    """« cycle 2 », or "" for everything or one lane."""
    periods: tuple[Period, ...]
    count: int
    lanes: tuple[Link, ...]
    years: tuple[Link, ...]
    choices: tuple[Choice, ...]
    overview: Overview
    cycles: tuple[int, ...]
    """Named by what is shown."""
    schools: tuple[tuple[str, str], ...]
    """Named by what is shown: name and UAI."""
    poster: str
    """Address of the year's poster."""
    fiche: str
    """Address of the year, to copy into the ENT."""
    calendar: str
    """Absolute address of every year as a calendar."""
    data: str
    """Absolute address of the same as JSON."""


@dataclass(frozen=True, slots=True)
class PosterView:
    """``affiche.html``: a school year on a sheet of A3."""

    head: PageHead
    template: str
    time: SchoolTime | None
    """None when the year is not the current one."""
    known: date | None
    """Day of the last change of what is shown; None: nothing is."""
    label: str
    months: tuple[Month, ...]
    """Of the calendar: a period may begin within one."""
    count: int
    overview: Overview
    holidays: tuple[Band, ...]
    """Between periods."""
    days_off: tuple[Band, ...]
    """Public holidays and bridges."""
    zone: str


@dataclass(frozen=True, slots=True)
class FicheView:
    """``fiche.html``: a school year to copy into the ENT's own frise, one thing a line."""

    head: PageHead
    template: str
    label: str
    """« 2026-2027 »."""
    happenings: tuple[Happening, ...]
    ent_name: str
    years: tuple[Link, ...]
