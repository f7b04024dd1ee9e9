"""« La semaine »: what each week of class published, what it announced, its tool; composed, not written.

A page is made of nothing that moves with the day: once its week is over it changes when an entry that it lists
changes, expires or is withdrawn, and when the next week of class begins and is linked.
So what the holidays published is told by the week that ends them, and a week announces the deadlines of what was
published by its Sunday only: what comes later does not rewrite a week that is over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from gazette.compose.cards import card, due
from gazette.compose.feed_links import feed_links
from gazette.compose.outils import tool_card
from gazette.compose.school_time import class_week, class_week_before, date_fr, has_class
from gazette.compose.views.cards import Lane
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.weeks import WeekView
from gazette.model.entry import Deadline, Outil
from gazette.model.moment import MONTHS, school_year
from gazette.model.sheet import Sheet
from gazette.model.typography import NO_BREAK
from gazette.model.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.views.cards import Card, Due
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Window

Promise: TypeAlias = "tuple[Cleared, Deadline | Window]"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one week holds."""

    published: list[Cleared] = field(default_factory=list)
    """Newest first."""
    promises: list[Promise] = field(default_factory=list)
    """What is due before the next week of class is over, as far as it was announced."""

    @property
    def sources(self) -> tuple[Cleared, ...]:
        """Return every entry it holds, once."""
        found = {c.entry.path: c for c in (*self.published, *(c for c, _ in self.promises))}
        return tuple(found[path] for path in sorted(found))


def weeks(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of every week told."""
    bundles, everyone = desk.once(bundled), desk.once(told)
    for week, before, after in zip(everyone, (None, *everyone), (*everyone[1:], None), strict=False):
        bundle = bundles.get(week, Bundle())
        view = week_view(desk, week, bundle, before, after)
        yield Sheet(f"{address(week)}index.html", "html", view, tuple(c.entry.path for c in bundle.sources))


def address(week: Week) -> str:
    """Return where a week stands, relative to its edition's root."""
    return f"semaine/{week.label}/"


def told(desk: Desk) -> tuple[Week, ...]:
    """Return the weeks of class that have a page, oldest first, to the current one.

    Those of this school year, and of the years before it as long as each has an entry: a stray old one opens no decade.
    They begin with the first entry: a site that opens in January has no autumn to tell.
    """
    days = {c.entry.date.day for c in desk.cleared if c.entry.date and desk.fil_of(c.entry)}
    years = {school_year(day) for day in days}
    year = school_year(desk.today)
    while year - 1 in years:
        year -= 1
    start = dt.date(year, 8, 1)
    start = min((day for day in days if day >= start), default=start)
    week, last, found = Week.of(start), Week.of(desk.today), []
    while week <= last:
        if has_class(week, desk.newsroom.zone):
            found.append(week)
        week = week.after
    return tuple(found)


def latest(desk: Desk) -> Link | None:
    """Return the page of the last week that has something to say; of the last week of class where none has."""
    found, full = desk.once(told), desk.once(bundled)
    return link(next((week for week in reversed(found) if week in full), found[-1])) if found else None


def link(week: Week, *, is_whole: bool = False) -> Link:
    """Return a week as a link, its days as the detail, or ``is_whole`` in the title."""
    title = f"Semaine{NO_BREAK}{week.number}"
    return Link(f"{title}, {span(week)}" if is_whole else title, address(week), span(week))


def bundled(desk: Desk) -> dict[Week, Bundle]:
    """Return what each week holds, in one pass over what the audience may see."""
    zone = desk.newsroom.zone
    found: dict[Week, Bundle] = {}
    for cleared in desk.cleared:
        entry = cleared.entry
        if entry.date and desk.fil_of(entry):
            found.setdefault(class_week(entry.date.day, zone), Bundle()).published.append(cleared)
        promised: tuple[Deadline | Window, ...] = (*entry.deadlines, *entry.windows)
        for what in promised:
            last = what.due.day if isinstance(what, Deadline) else what.end.day
            week = class_week_before(class_week(last, zone), zone)
            if entry.date is None or entry.date.day <= week.sunday:
                found.setdefault(week, Bundle()).promises.append((cleared, what))
    return found


def week_view(desk: Desk, week: Week, bundle: Bundle, before: Week | None, after: Week | None) -> WeekView:
    """Return the page of a week that stands between two others."""
    title = f"La semaine {span(week)}"
    tool = next((c for c in bundle.published if isinstance(c.entry, Outil)), None)
    due_title, dues = _dues(desk, week, bundle)
    description = "Ce qui a paru, ce qui est à faire ensuite, l’outil de la semaine."
    return WeekView(
        PageHead(title, description, address(week), "semaine", feeds=feed_links(desk, "semaine", "La semaine")),
        "semaine",
        f"Semaine{NO_BREAK}{week.number}",
        week == Week.of(desk.today),
        any(c.entry.date and c.entry.date.day < week.monday for c in bundle.published),
        _lanes(desk, week, [c for c in bundle.published if c is not tool]),
        tool_card(desk, tool, day=week.monday) if tool else None,
        due_title,
        dues,
        link(before) if before else None,
        link(after) if after else None,
    )


def span(week: Week) -> str:
    """Return « du 16 au 20 novembre 2026 »: the days of class."""
    start, end = week.monday, week.friday
    first = _number(start)
    if start.month != end.month:
        first += f"{NO_BREAK}{MONTHS[start.month - 1]}"
    if start.year != end.year:
        first += f" {start.year}"
    return f"du {first} au {_number(end)}{NO_BREAK}{MONTHS[end.month - 1]} {end.year}"


def _number(day: dt.date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _lanes(desk: Desk, week: Week, published: list[Cleared]) -> tuple[Lane, ...]:
    """Return what was published by fil, the most restricted fil first, as on the home page."""
    by_fil: dict[str, list[Card]] = {}
    for cleared in published:
        fil = desk.fil_of(cleared.entry)
        assert fil  # noqa: S101  # only what has one is told of
        by_fil.setdefault(fil.name, []).append(card(desk, cleared, day=week.monday))
    fils = sorted(desk.fils, key=lambda f: -f.floor.rank)
    return tuple(Lane(f, f"{f.name}/", tuple(by_fil[f.name])) for f in fils if f.name in by_fil)


def _dues(desk: Desk, week: Week, bundle: Bundle) -> tuple[str, tuple[Due, ...]]:
    """Return what is due until the next week of class is over, by date, and how to call it."""
    following = class_week(week.after.monday, desk.newsroom.zone)
    found = [due(desk, cleared, what, is_counted=False) for cleared, what in bundle.promises]
    found.sort(key=lambda d: (d.due.sort_key, d.title, d.label))
    if following == week.after:
        return "À faire la semaine suivante", tuple(found)
    return f"À faire d’ici au {date_fr(following.friday)}", tuple(found)
