"""How lists, deadlines and the frise sum an entry up for the audience of a desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.compose.desk import event_anchor
from gazette.compose.pictures import picture
from gazette.compose.stories import origins
from gazette.compose.views.cards import Card, Due, Happening
from gazette.model.body import Body
from gazette.model.entry import Deadline, Evenement, Event, InfoDirection, Outil, Window
from gazette.model.level import cycles_of

if TYPE_CHECKING:
    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.media import Image
    from gazette.model.moment import Moment
    from gazette.model.newsroom import Fil
    from gazette.model.picture import Picture


def is_pinned(desk: Desk, entry: Entry) -> bool:
    """Tell whether the entry still stands before the others."""
    return entry.pinned_until is not None and entry.pinned_until >= desk.today


def card(desk: Desk, cleared: Cleared, *, day: dt.date | None = None) -> Card:
    """Return the entry as lists show it today, or showed it on a day: that card never changes, and nothing pins it."""
    entry = cleared.entry
    if day and (entry.deadlines or entry.windows or is_pinned(desk, entry)):  # else it is the same every day
        return _card(desk, cleared, day)
    path = entry.path
    if path not in desk.cards:
        desk.cards[path] = _card(desk, cleared, None)
    return desk.cards[path]


def _card(desk: Desk, cleared: Cleared, day: dt.date | None) -> Card:
    entry = cleared.entry
    since = day or desk.today
    fil = desk.fil_of(entry)
    assert fil  # noqa: S101  # only entries of fils have cards
    assert entry.date  # noqa: S101  # and they are dated
    marks = []
    if isinstance(entry, InfoDirection) and entry.note_number:
        marks.append(entry.note_number)
    if isinstance(entry, Outil) and entry.number:
        marks.append(f"n° {entry.number}")
    if any(d.due.day >= since for d in entry.deadlines) or any(w.end.day >= since for w in entry.windows):
        marks.append("échéance")
    return Card(
        entry.title,
        desk.href(entry),
        entry.summary,
        entry.date,
        fil,
        desk.author(entry),
        entry.levels,
        tuple(marks),
        desk.audience_mark(entry),
        day is None and is_pinned(desk, entry),
        cleared.notice,
        _cover(desk, entry),
    )


def cover(entry: Entry) -> Image | None:
    """Return the picture that lists show beside an entry's title: never one of pupils, who agreed to its page."""
    return next((image for image in entry.images if not image.is_of_pupils), None)


def _cover(desk: Desk, entry: Entry) -> Picture | None:
    image = cover(entry)
    return picture(desk, image) if image else None


def due(desk: Desk, cleared: Cleared, what: Deadline | Window, *, is_counted: bool = True) -> Due:
    """Return a deadline, or the end of a window, as lists show it."""
    entry = cleared.entry
    last = (what.due if isinstance(what, Deadline) else what.end).on_clocks
    codes = (what.schools if isinstance(what, Deadline) else ()) or entry.schools
    identity = (
        deadline_id(entry, entry.deadlines.index(what) + 1)
        if isinstance(what, Deadline)
        else window_id(entry, entry.windows.index(what) + 1)
    )
    return Due(
        what.label,
        entry.title,
        desk.author(entry),
        desk.href(entry),
        last,
        desk.fil_of(entry),
        desk.school_names(what.schools) if isinstance(what, Deadline) else (),
        codes,
        what.link if isinstance(what, Deadline) else "",
        (last.day - desk.today).days if is_counted else None,
        cleared.notice,
        desk.agenda(entry, event_anchor(identity)),
        what.start.on_clocks if isinstance(what, Window) else None,
        is_over=last.day < desk.today,
    )


def deadline_id(entry: Entry, rank: int) -> str:
    """Return the identity of a deadline of an entry, counted from 1."""
    return f"{entry.id}/echeance/{rank}"


def window_id(entry: Entry, rank: int) -> str:
    """Return the identity of a window of an entry, counted from 1."""
    return f"{entry.id}/fenetre/{rank}"


def dues(desk: Desk) -> list[Due]:
    """Return every deadline and end of window, by date."""
    found = [due(desk, c, d) for c in desk.cleared for d in c.entry.deadlines]
    found += [due(desk, c, w) for c in desk.cleared for w in c.entry.windows]
    return sorted(found, key=lambda d: (d.due.sort_key, d.title, d.label))


def happening(desk: Desk, cleared: Cleared, what: Event | Window | Deadline | Outil, rank: int = 0) -> Happening:
    """Return an event, a window, a deadline or a weekly tool as the frise shows it."""
    entry = cleared.entry
    bare = Happening(
        id="",
        title=entry.title,
        href="" if isinstance(entry, Evenement) else desk.href(entry),
        start=entry.date or entry.events[0].start,
        end=None,
        place="",
        schools=(),
        fils=_lanes(desk, entry),
        nature="outil",
        state="prevu",
        summary=entry.summary if isinstance(entry, Evenement) else "",
        audience=desk.audience_mark(entry),
        notice=cleared.notice,
        body=entry.body if isinstance(entry, Evenement) else Body(),
        hrefs=desk.body_hrefs(entry) if isinstance(entry, Evenement) else (),
        uais=_known(desk, getattr(what, "schools", ()) or entry.schools),
        cycles=entry.cycles if isinstance(entry, Outil) else cycles_of(entry.levels),
        origins=origins(desk, entry),
    )
    if isinstance(what, Event):
        return replace(
            bare,
            id=event_anchor(what.id),
            title=what.title or entry.title,
            start=what.start.on_clocks,
            end=_over(what),
            place=what.place,
            schools=desk.school_names(what.schools),
            nature="evenement",
            state=what.state,
        )
    if isinstance(what, Outil):
        return replace(bare, id=event_anchor(what.id))
    named = replace(bare, title=what.label, summary=entry.title)
    if isinstance(what, Window):
        identity = event_anchor(window_id(entry, rank))
        return replace(named, id=identity, start=_opening(what), end=_over(what), nature="fenetre")
    identity = event_anchor(deadline_id(entry, rank))
    return replace(
        named, id=identity, start=what.due.on_clocks, schools=desk.school_names(what.schools), nature="echeance"
    )


def _opening(window: Window) -> Moment:
    """Return when a window opens: one that only closes at an hour is open from the first instant of its first day."""
    is_hourless = window.start.hour is None and window.end.hour is not None
    return replace(window.start, hour=dt.time()) if is_hourless else window.start.on_clocks


def _over(what: Event | Window) -> Moment | None:
    """Return the end as clocks show it, unless an hour that they skip puts it before the start."""
    start, end = what.start.on_clocks, what.end and what.end.on_clocks
    is_before = end and end.hour and start.hour and end.instant < start.instant
    return None if is_before else end


def _known(desk: Desk, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes that stand in the directory."""
    return tuple(code for code in codes if code in desk.schools)


def _lanes(desk: Desk, entry: Entry) -> tuple[Fil, ...]:
    """Return the lanes that show what an entry announces, among those this audience has."""
    names = entry.lanes if isinstance(entry, Evenement) else (entry.folder, *entry.also_in)
    return tuple(f for f in desk.fils if f.name in names)
