"""What authors are told of the dates they wrote: days without school, events without an identity or with another's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.desk import event_anchor
from gazette.compose.occurrences import last_repeat, occurrences, precedence
from gazette.compose.school_time import date_fr, horizon, is_school_day, school_day_before
from gazette.model.duration import hour_fr
from gazette.model.entry import Evenement
from gazette.model.finding import Finding, Place, Severity
from gazette.model.moment import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry, Event
    from gazette.model.moment import Moment
    from gazette.model.newsroom import Newsroom

NEAR = dt.timedelta(days=180)
"""Before the official dates end, the time in which those of the next years come out."""

FAR = dt.timedelta(days=366)
"""The time in which a text is scheduled."""


def date_findings(cleared: Iterable[Cleared], newsroom: Newsroom, today: dt.date) -> Iterator[Finding]:
    """Yield notes on what is to come; what is past cannot be mended."""
    entries = sorted((c.entry for c in cleared), key=precedence)
    known: dict[str, tuple[Event, Entry]] = {}
    last = today
    for entry in entries:
        for rank, event in enumerate(entry.events):
            first = known.setdefault(event_anchor(event.id), (event, entry))
            ends = _end(event, newsroom.zone)
            last = max(last, ends)
            if ends >= today:
                yield from _of_event(entry, rank, event, first, newsroom.zone)
        for deadline in entry.deadlines:
            last = max(last, deadline.due.day)
            if deadline.due.day >= today and not _may_be(deadline.due.day, newsroom.zone):
                before = date_fr(school_day_before(deadline.due.day, newsroom.zone))
                message = f"échéance un jour sans classe, le {date_fr(deadline.due.day)}"
                yield _note("AGD-01", entry.place("echeances"), message, f"avancez-la au {before}")
            if deadline.due.day >= today:
                yield from _skipped(entry.place("echeances"), "échéance", deadline.due)
    yield from _of_horizon(newsroom, today, last)


def far_off(entries: Iterable[Entry], today: dt.date) -> Iterator[Finding]:
    """Tell a text that comes out in more than a year: one wrong figure in its year, and it would wait in silence."""
    for entry in entries:
        if entry.status == "publie" and entry.date and entry.date.day - today > FAR:
            message = f"ce texte ne paraîtra que le {date_fr(entry.date.day)}, dans plus d’un an"
            yield _note("AGD-11", entry.place("date"), message, "corrigez l’année, si ce n’est pas voulu")


def _of_event(entry: Entry, rank: int, event: Event, first: tuple[Event, Entry], zone: str) -> Iterator[Finding]:
    is_own = isinstance(entry, Evenement) and rank == 0  # the entry itself: its id is the entry's
    number = rank if isinstance(entry, Evenement) else rank + 1
    place, what = entry.place("debut" if is_own else "evenements"), "événement" if is_own else f"événement n° {number}"
    days = () if event.is_off_class or event.state == "annule" else _days(event)
    off = next((day for day in days if not _may_be(day, zone)), None)
    if off:
        remedy = "corrigez la date ou, si elle est voulue, écrivez hors_classe: oui"
        yield _note("AGD-01", place, f"{what} un jour sans classe, le {date_fr(off)}", remedy)
    yield from _skipped(place, what, event.start, event.end)
    yield from _of_repeats(place, what, event, zone)
    if event.end and event.end.hour and not event.start.hour:
        message = f"{what} : une heure de fin sans heure de début, qui n’est pas montrée"
        yield _note("AGD-09", place, message, f"écrivez par exemple debut: {event.start.day} 08:30, ou retirez l’heure")
    if not is_own and not entry.provenance and event.id == f"{entry.id}/{number}":
        remedy = f"écrivez par exemple id: {entry.name[:69]}-{event.start.day}, avant d’en changer l’ordre ou la date"
        yield _note("AGD-02", place, f"{what} sans id : les agendas abonnés ne le suivraient pas", remedy)
    other, holder = first
    if other is not event:
        differ = ", et leurs dates diffèrent" if _when(other) != _when(event) else ""
        message = f"{what} : même id que dans {holder.path}, qui seul est montré{differ}"
        yield _note("AGD-03", place, message, "si ce sont deux événements, donnez à chacun son id")


def _when(event: Event) -> tuple[object, ...]:
    return event.start, event.end, event.repeat_day, event.repeat_until


def _of_horizon(newsroom: Newsroom, today: dt.date, last: dt.date) -> Iterator[Finding]:
    """Tell when the official dates come to their end, or when something is announced after it."""
    end = horizon(newsroom.zone)
    if today + NEAR > end or last > end:
        message = f"les vacances scolaires ne sont connues que jusqu’au {date_fr(end)}"
        remedy = "mettez Gazette à jour, ou lancez « ./gazette verrouiller --recentes »"
        yield _note("AGD-05", Place("circonscription.yml"), message, remedy)


def _of_repeats(place: Place, what: str, event: Event, zone: str) -> Iterator[Finding]:
    """Tell a weekly event that has no day of class, outlives its school year or begins on another day of the week."""
    if not event.repeat_day or not event.repeat_until:
        return
    first = next(occurrences(event, zone), None)
    if first is None:
        yield _note("AGD-04", place, f"{what} : aucun {event.repeat_day} de classe avant la fin", "corrigez repete:")
        return
    last = last_repeat(event, zone)
    if last < event.repeat_until:
        message = f"{what} répété jusqu’au {date_fr(event.repeat_until)} : rien n’en paraît après le {date_fr(last)}"
        yield _note("AGD-07", place, message, "écrivez à la rentrée celui de l’année suivante")
    if DAYS[event.start.day.weekday()] != event.repeat_day:
        message = f"{what} répété le {event.repeat_day}, mais son début est le {date_fr(event.start.day)}"
        yield _note("AGD-08", place, message, f"écrivez comme début le {date_fr(first.start.day)}, ou corrigez jour:")


def _skipped(place: Place, what: str, *moments: Moment | None) -> Iterator[Finding]:
    """Tell an hour that clocks skip in spring."""
    for moment in moments:
        if moment and moment.on_clocks != moment:
            hour, shown = hour_fr(moment.hour), hour_fr(moment.on_clocks.hour)
            message = f"{what} le {date_fr(moment.day)} à {hour}, qui n’existe pas (heure d’été) : montré à {shown}"
            yield _note("AGD-06", place, message, "corrigez l’heure")


def _days(event: Event) -> tuple[dt.date, ...]:
    """Return the days that ask for school: a weekly event finds its own, and several days may span what they span."""
    if event.repeat_day:
        return ()
    return (event.start.day,) if event.end is None else (event.start.day, event.end.day)


def _may_be(day: dt.date, zone: str) -> bool:
    """Tell whether there may be class, or whether nobody knows yet."""
    return day > horizon(zone) or is_school_day(day, zone)


def _end(event: Event, zone: str) -> dt.date:
    return last_repeat(event, zone) if event.repeat_until else (event.end or event.start).day


def _note(code: str, place: Place, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.NOTE, place, message, remedy)
