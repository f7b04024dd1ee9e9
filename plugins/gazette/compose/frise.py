"""The frise: a school year's events, windows and deadlines, by period, month and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from gazette.compose.calendars import JSON, WHOLE
from gazette.compose.feed_links import feed_links
from gazette.compose.fiche import fiche_path
from gazette.compose.overview import overview
from gazette.compose.programme import programme, years_of
from gazette.compose.school_time import days_off, school_time, terms
from gazette.compose.slices import slices
from gazette.compose.views.cards import Choice
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.frise import Day, FriseView, Month, Period, PosterView
from gazette.compose.views.overview import Band
from gazette.model.moment import MONTHS, school_year, school_year_label
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.school_time import Term
    from gazette.compose.slices import Slice
    from gazette.compose.views.cards import Happening, SchoolTime

POSTER = "affiche"
"""Segment of the poster's address; no fil takes it."""


def frise(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of the current school year; of every year that has something, its slices and its poster."""
    current = school_year(desk.today)
    by_year: dict[int, list[Happening]] = {current: []}
    changed: dict[str, dt.date] = {}
    for item in desk.once(programme):
        one = item.happening
        for year in years_of(one):
            by_year.setdefault(year, []).append(one)
        changed[one.id] = item.cleared.entry.origin.modified.date()
    for year, shown in sorted(by_year.items()):
        rack = _Rack(desk, year, tuple(sorted(by_year)), slices(desk, shown, is_over=year < current), changed)
        if year == current:
            yield rack.page(rack.slices[0], "frise/")
        for chosen in rack.slices:
            yield rack.page(chosen, rack.root + chosen.segment)
        yield rack.poster(shown)


@dataclass(frozen=True, slots=True)
class _Rack:
    """One school year's pages in the making."""

    desk: Desk
    year: int
    years: tuple[int, ...]
    slices: tuple[Slice, ...]
    """The first is the whole year."""
    changed: Mapping[str, dt.date]
    """Day of each happening's last change, by anchor."""

    @property
    def label(self) -> str:
        """Return « 2026-2027 »."""
        return school_year_label(self.year)

    @property
    def root(self) -> str:
        """Return the address of the whole year."""
        return f"frise/{self.label}/"

    def page(self, chosen: Slice, path: str) -> Sheet:
        """Return the page of the whole year or of a slice of it."""
        desk, shown = self.desk, chosen.shown
        fils = (chosen.fil,) if chosen.fil else desk.fils
        view = FriseView(
            self._head(f"Frise {self.label}" + (f" : {chosen.title}" if chosen.title else ""), path, chosen.title),
            "frise",
            None if chosen.segment else self._time(),
            self._known(shown),
            self.label,
            "" if chosen.fil else chosen.title,
            tuple(_periods(shown, self.year, desk)),
            len(shown),
            tuple(Link(s.label, self.root + s.segment, is_current=s is chosen) for s in self.slices if not s.group),
            tuple(self._year(year) for year in self.years),
            self._choices(),
            overview(shown, self.year, desk.newsroom.zone, fils),
            tuple(sorted({cycle for h in shown for cycle in h.cycles})),
            tuple(sorted({(desk.schools[uai].title, uai) for h in shown for uai in h.uais})),
            f"{self.root}{POSTER}/",
            fiche_path(self.year),
            desk.audience.address + WHOLE,
            desk.audience.address + JSON,
        )
        return Sheet(f"{path}index.html", "html", view)

    def poster(self, shown: list[Happening]) -> Sheet:
        """Return the whole year, to be printed on A3."""
        desk, path = self.desk, f"{self.root}{POSTER}/"
        view = PosterView(
            self._head(f"Affiche de l’année {self.label}", path),
            "affiche",
            self._time(),
            self._known(shown),
            self.label,
            tuple(_months(shown, self.year, desk.today)),
            len(shown),
            overview(shown, self.year, desk.newsroom.zone, desk.fils),
            tuple(Band(t.title, t.start, t.end) for t in terms(self.year, desk.newsroom.zone) if not t.number),
            tuple(b for t in terms(self.year, desk.newsroom.zone) for b in _bands(t, desk.newsroom.zone)),
            desk.newsroom.zone,
        )
        return Sheet(f"{path}index.html", "html", view)

    def _time(self) -> SchoolTime | None:
        """Return today, in the year that it is of."""
        today = self.desk.today
        return school_time(today, self.desk.newsroom.zone) if school_year(today) == self.year else None

    def _known(self, shown: Sequence[Happening]) -> dt.date | None:
        return max((self.changed[h.id] for h in shown), default=None)

    def _head(self, title: str, path: str, crumb: str = "") -> PageHead:
        told = (
            f"L’année scolaire {self.label} de la circonscription, jour par jour : événements, fenêtres et échéances."
        )
        parents = () if path == "frise/" else (Link("Frise", "frise/"),)
        if path not in {"frise/", self.root}:
            parents = (*parents, Link(self.label, self.root))
        return PageHead(title, told, path, "frise", parents, feed_links(self.desk, "frise", "Frise"), crumb=crumb)

    def _year(self, year: int) -> Link:
        label = school_year_label(year)
        return Link(label, f"frise/{label}/", is_current=year == self.year)

    def _choices(self) -> tuple[Choice, ...]:
        """Return the slices one may choose, by question."""
        groups: dict[str, list[Link]] = {}
        for one in self.slices:
            if one.group:
                groups.setdefault(one.group, []).append(Link(one.label, self.root + one.segment, str(len(one.shown))))
        return tuple(Choice(title, tuple(links)) for title, links in groups.items())


def _periods(shown: Sequence[Happening], year: int, desk: Desk) -> Iterator[Period]:
    zone = desk.newsroom.zone
    known = {term: [h for h in shown if term.start <= _day(h, year) <= term.end] for term in terms(year, zone)}
    following = dict(pairwise(known))
    off = [b for term in known for b in (_rest(term, zone)[:1] if not term.number else _bands(term, zone))]
    for term, inside in known.items():
        if inside or term.number:
            after = following.get(term)
            rest = _rest(after, zone) if after and not after.number and not known[after] else ()
            months = tuple(_whole(m, off, shown) for m in _months(inside, year, desk.today))
            anchor = f"periode-{term.number}" if term.number else f"vacances-{term.start}"
            start = max(term.start, dt.date(year, 9, 1))  # what precedes the rentrée belongs to the first period
            is_past, is_current = term.end < desk.today, start <= desk.today <= term.end
            yield Period(term.title, anchor, start, term.end, is_past, is_current, months, _bands(term, zone), rest)


def _rest(term: Term, zone: str) -> tuple[Band, ...]:
    return (Band(term.title, term.start, term.end), *_bands(term, zone))


def _bands(term: Term, zone: str) -> tuple[Band, ...]:
    return tuple(Band(one.name, one.start, one.end) for one in days_off(term, zone))


def _months(inside: Sequence[Happening], of_year: int, today: dt.date) -> Iterator[Month]:
    dated = [(_day(h, of_year), h) for h in inside]
    for (year, month), of_month in groupby(dated, key=lambda d: (d[0].year, d[0].month)):
        days = tuple(
            Day(day, day == today, all(h.last_day < today for h in of_day), of_day)
            for day, of_day in ((d, tuple(h for _, h in g)) for d, g in groupby(of_month, key=lambda d: d[0]))
        )
        yield Month(f"{MONTHS[month - 1]} {year}", f"mois-{year}-{month:02}", days)


def _whole(month: Month, off: Sequence[Band], shown: Sequence[Happening]) -> Month:
    """Return a month with what its sheet of paper tells besides: when there is no class, and what goes on."""
    first = month.days[0].day.replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    going = (h for h in shown if h.start.day < first <= h.last_day)
    return replace(month, off=tuple(b for b in off if b.start <= last and b.end >= first), going=tuple(going))


def _day(happening: Happening, year: int) -> dt.date:
    """Return the day it stands under in a school year: its first, or the year's for what began before."""
    return max(happening.start.day, dt.date(year, 8, 1))
