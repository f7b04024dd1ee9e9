"""The programme: everything that takes place or is due, once for each identity, by date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.compose.cards import deadline_id, happening, window_id
from gazette.compose.desk import event_anchor
from gazette.compose.occurrences import precedence
from gazette.model.entry import Outil, Projet
from gazette.model.moment import school_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.views.cards import Happening
    from gazette.model.cleared import Cleared


YEARS = 3
"""School years after its own in which what lasts stands, at most: a slip of the pen does not fill the frise."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the programme."""

    identity: str
    cleared: Cleared
    happening: Happening
    schools: tuple[str, ...]
    """UAIs of those it concerns; (): all."""
    link: str = ""
    """Of the form to fill in, or ""."""
    is_period: bool = False
    """The time of a project: nobody has to do anything by its end."""


def programme(desk: Desk) -> tuple[Item, ...]:
    """Return everything by date; what several entries announce under one identity is shown once, in all its lanes.

    The most open entry tells it, then the circonscription's before a school's dépêche, then the first by path: what a
    more open edition shows never depends on a more restricted one, and no source takes an event over.
    """
    found: dict[str, Item] = {}
    tellers: dict[str, str] = {}
    for cleared in sorted(desk.cleared, key=lambda c: precedence(c.entry)):
        for item in items(desk, cleared):
            known = found.get(item.happening.id)
            teller = tellers.setdefault(item.happening.calendar, cleared.entry.id)
            if known or teller == cleared.entry.id:  # another's weeks of the same event are not shown (AGD-03)
                found[item.happening.id] = _merged(desk, known, item) if known else item
    return tuple(sorted(found.values(), key=lambda i: (i.happening.start.sort_key, i.happening.title, i.happening.id)))


def items(desk: Desk, cleared: Cleared) -> Iterator[Item]:
    """Yield what one entry puts on the frise and in calendars."""
    entry = cleared.entry
    for event in entry.events:
        anchor = event_anchor(event.id)
        agenda = desk.agenda(entry, anchor)
        for rank, day in enumerate(desk.dates(event)):
            shown = replace(happening(desk, cleared, day), calendar=agenda)
            if rank == 0:  # links lead to the first day of a weekly event
                shown = replace(shown, id=anchor)
            identity = desk.sessions.get(shown.id, day.id)  # agendas know a session that was moved
            yield Item(identity, cleared, shown, event.schools or entry.schools)
    for item in _others(desk, cleared):
        shown = item.happening
        yield replace(item, happening=replace(shown, calendar=desk.agenda(entry, shown.id)))


def _others(desk: Desk, cleared: Cleared) -> Iterator[Item]:
    """Yield windows, deadlines, the time of a project, the weekly tool."""
    entry = cleared.entry
    for rank, window in enumerate(entry.windows, 1):
        identity = window_id(entry, rank)
        yield Item(identity, cleared, happening(desk, cleared, window, rank), entry.schools)
    for rank, deadline in enumerate(entry.deadlines, 1):
        identity, schools = deadline_id(entry, rank), deadline.schools or entry.schools
        yield Item(identity, cleared, happening(desk, cleared, deadline, rank), schools, deadline.link)
    if isinstance(entry, Projet) and entry.period:
        shown = happening(desk, cleared, entry.period)
        named = replace(shown, id=event_anchor(f"{entry.id}/periode"), title=entry.title, summary=entry.period.label)
        yield Item(f"{entry.id}/periode", cleared, named, entry.schools, is_period=True)
    if isinstance(entry, Outil):
        yield Item(entry.id, cleared, happening(desk, cleared, entry), entry.schools)


def happenings(desk: Desk) -> list[Happening]:
    """Return everything on the frise, by date."""
    return [item.happening for item in desk.once(programme)]


def years_of(happening: Happening) -> range:
    """Return the school years that show it: its own, and those that it lasts into."""
    first, last = school_year(happening.start.day), school_year(happening.last_day)
    return range(first, min(last, first + YEARS) + 1)


def events(desk: Desk, cleared: Cleared) -> Iterator[Happening]:
    """Yield the events and windows of an entry, as its own page shows them: deadlines have their place there."""
    for item in items(desk, cleared):
        if item.happening.nature in {"evenement", "fenetre"} and not item.is_period:
            yield replace(item.happening, is_over=item.happening.last_day < desk.today)


def _merged(desk: Desk, known: Item, other: Item) -> Item:
    lanes = {f.name for f in (*known.happening.fils, *other.happening.fils)}
    fils = tuple(f for f in desk.fils if f.name in lanes)
    schools = _union(known.schools, other.schools) if known.schools and other.schools else ()
    told = tuple(dict.fromkeys((*known.happening.origins, *other.happening.origins)))
    return replace(known, happening=replace(known.happening, fils=fils, origins=told), schools=schools)


def _union(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
