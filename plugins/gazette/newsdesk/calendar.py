"""A school's calendar (iCalendar, RFC 5545) → items, one an event; repeated ones within bounds. Run in a worker."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from gazette.model.depeche import Appointment
from gazette.model.moment import PARIS, school_year
from gazette.model.text import clean, clean_line, slug
from gazette.newsdesk.charset import legible, unknown, whole
from gazette.newsdesk.fault import unreadable
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import plain_line, public_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Component

EVENTS = 500
OCCURRENCES = 180
"""Of one repeated event: each day of class of a school year, and three years of it weekly."""
STEPS = 12_000
"""Looked at in one rule: a day each, for more than thirty years."""
NAME = 60
"""Characters of an event's name, before its day."""
YEARS = range(2000, 2101)
NONE = "ce n’est pas un calendrier"
_REPEATS = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|\Z)")
_ATTACHED = re.compile(rb"^ATTACH[;:][^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE | re.IGNORECASE)


def parse(body: bytes, today: str) -> dict[str, Any]:
    """Return ``{items, is_whole, notes}`` of a calendar, or its ``fault``, ready for JSON."""
    text = legible(whole(_ATTACHED.sub(b"", body.replace(b"\r\n", b"\n"))))
    if text is None:
        return unknown() if b"BEGIN:VCALENDAR" in body else unreadable("FLX-01", NONE)
    try:
        calendar = Calendar.from_ical(clean(text))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return unreadable("FLX-01", NONE)
    if calendar.name != "VCALENDAR":
        return unreadable("FLX-01", NONE)
    day, items, faults, cut = date.fromisoformat(today), [], 0, 0
    events = list(calendar.walk("VEVENT"))
    apart = _apart(events[:EVENTS])
    for event in events[:EVENTS]:
        try:
            item, is_cut = _item(event, day, apart)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
            faults += 1
        else:
            items += [item] if item else []
            cut += is_cut
    notes = [f"{faults} événement(s) illisible(s), laissés de côté"] if faults else []
    notes += [f"{len(events)} événements : les {EVENTS} premiers sont lus"] if len(events) > EVENTS else []
    is_whole = not notes  # a rule without an end is always cut: nothing else is missing
    notes += [f"{cut} événement(s) répété(s) plus de {OCCURRENCES} fois : la suite viendra plus tard"] if cut else []
    return {"items": [i.as_json() for i in items], "is_whole": is_whole, "notes": notes}


def _apart(events: list[Component]) -> set[tuple[str, date]]:
    """Return the dates of series that an event of their own tells (RECURRENCE-ID): moved, called off, renamed."""
    told = set()
    for event in events:
        if over := event.get("RECURRENCE-ID"):
            told.add((str(event.get("UID", "")), _moment(over.dt)))
    return told


def _item(event: Component, today: date, apart: set[tuple[str, date]]) -> tuple[Item | None, bool]:
    """Return an event, None when it is over for long or too far ahead; and whether some of its dates were left out."""
    identity = clean_line(str(event.get("UID", "")))[:400]
    start = event.decoded("DTSTART")
    if not identity or start.year not in YEARS:
        return None, False
    year = school_year(today)  # whole years: an old event that goes on does not change each day
    first, last = date(year - 1, 8, 1), date(year + 2, 7, 31)
    found, is_cut = _within(event, start, first, last)
    starts = [s for s in found if (str(event.get("UID")), _moment(s)) not in apart or event.get("RECURRENCE-ID")]
    if not starts:
        return None, is_cut
    name = _name(identity)
    if over := event.get("RECURRENCE-ID"):
        identity += f"/{over.to_ical().decode('ascii', 'replace')}"
    title = clean_line(str(event.get("SUMMARY", "")))[:300]
    place, length, state = clean_line(str(event.get("LOCATION", "")))[:200], _length(event, start), _state(event, start)
    past = sum(_day(s) < date(year, 8, 1) for s in starts)  # what is over gives way to what is to come
    begin = max(0, min(past, len(starts) - OCCURRENCES))
    told = [
        Appointment(_dated(event, name, s), title, _said(s), _end(s, length), place, state)
        for s in starts[begin : begin + OCCURRENCES]
    ]
    text = clean(str(event.get("DESCRIPTION", "")))[:20_000]
    item = Item(
        id=identity,
        title=title,
        link=link if (link := public_link(str(event.get("URL", "")))).startswith("http") else "",
        summary=clean_line(text)[:300],
        markdown="\n\n".join(plain_line(" ".join(part.split())) for part in re.split(r"\n\s*\n", text) if part.strip()),
        events=tuple(told),
    )
    return item, is_cut or len(starts) > begin + OCCURRENCES


def _name(identity: str) -> str:
    """Return what an event is called; long ones that begin alike are told apart."""
    name = slug(identity)
    if len(name) <= NAME:
        return name or "date"
    return f"{name[: NAME - 9]}-{blake2b(identity.encode(), digest_size=4).hexdigest()}"


def _dated(event: Component, name: str, start: date) -> str:
    """Return the name of one date; one that moved keeps that of the day which it left."""
    over = event.get("RECURRENCE-ID")
    return f"{name}-{_day(over.dt if over else start)}" if over or event.get("RRULE") else name


def _length(event: Component, start: date) -> timedelta:
    end = event.decoded("DTEND", None) or (start + event.decoded("DURATION") if event.get("DURATION") else start)
    return max(end - start, timedelta(0)) if type(end) is type(start) else timedelta(0)


def _state(event: Component, start: date) -> str:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "annule"
    over = event.get("RECURRENCE-ID")
    return "deplace" if over and _moment(over.dt) not in {_moment(start), _day(start)} else "prevu"


def _within(event: Component, start: date, first: date, last: date) -> tuple[list[date], bool]:
    """Return when it takes place between two days, and whether its rule goes on beyond what is looked at."""
    found: list[date] = []
    for rank, moment in enumerate(_starts(event, start)):
        if _day(moment) > last:
            return found, False  # its time will come
        if rank >= STEPS:
            return found, True
        found += [moment] if _day(moment) >= first else []
    return found, False


def _starts(event: Component, start: date) -> Iterator[date]:
    """Yield when it takes place, as often as its rule says."""
    rule = event.get("RRULE")
    if rule is None or event.get("RECURRENCE-ID"):
        yield start
        return
    words = rule.to_ical().decode("ascii", "replace")
    if isinstance(rule, list) or not _REPEATS.search(words) or rule.get("INTERVAL", [1])[0] < 1:
        raise ValueError("règle de répétition")
    words = re.sub(r";?UNTIL=[^;]*", "", words)  # bounded below, in Paris
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    until = rule.get("UNTIL", [None])[0]
    zone = start.tzinfo if isinstance(start, datetime) else None
    left_out = {_day(d.dt) for x in _listed(event.get("EXDATE")) for d in x.dts}
    for found in rrulestr(words, dtstart=naive):
        moment = found.replace(tzinfo=zone) if isinstance(start, datetime) else found.date()
        if until and _is_after(moment, until):
            return
        if found.date() not in left_out:
            yield moment


def _is_after(moment: date, until: date) -> bool:
    if isinstance(moment, datetime) and isinstance(until, datetime):
        return _paris(moment) > _paris(until)
    return _day(moment) > _day(until)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # icalendar's: none, one or many
    return value if isinstance(value, list) else [] if value is None else [value]


def _paris(moment: datetime) -> datetime:
    """Return the moment in Paris; one without a zone is read there."""
    return moment.astimezone(PARIS) if moment.tzinfo else moment.replace(tzinfo=PARIS)


def _moment(moment: date) -> date:
    """Return an instant that compares with others, or the day."""
    return _paris(moment).astimezone(UTC) if isinstance(moment, datetime) else moment


def _day(moment: date) -> date:
    return _paris(moment).date() if isinstance(moment, datetime) else moment


def _said(moment: date) -> str:
    return f"{_paris(moment):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


def _end(start: date, length: timedelta) -> str:
    """Return when it ends; the DTEND of whole days is the day after (RFC 5545 §3.6.1)."""
    if isinstance(start, datetime):
        return _said((_paris(start).astimezone(UTC) + length).astimezone(PARIS)) if length else ""
    return _said(start + length - timedelta(days=1)) if length > timedelta(days=1) else ""
