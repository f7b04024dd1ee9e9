"""A school's calendar (iCalendar, RFC 5545) → items, one an event; repeated ones within bounds. Run in a worker."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from gazette.model.depeche import Appointment
from gazette.model.moment import PARIS, school_year
from gazette.model.text import clean, clean_line, slug
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import escaped, public_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Component

EVENTS = 500
OCCURRENCES = 60
"""Of one repeated event: two years of it at most, weekly in class time."""
YEARS = range(2000, 2101)
_REPEATS = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|\Z)")
_ATTACHED = re.compile(rb"^ATTACH[;:][^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE | re.IGNORECASE)


def parse(body: bytes, today: str) -> dict[str, Any]:
    """Return ``{items, is_whole, notes}`` of a calendar, or ``{fault}``, ready for JSON."""
    try:
        calendar = Calendar.from_ical(
            clean(_ATTACHED.sub(b"", body.replace(b"\r\n", b"\n")).decode("utf-8", "replace"))
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return {"fault": "ce n’est pas un calendrier"}
    if calendar.name != "VCALENDAR":
        return {"fault": "ce n’est pas un calendrier"}
    day, items, faults = date.fromisoformat(today), [], 0
    events = list(calendar.walk("VEVENT"))
    for event in events[:EVENTS]:
        try:
            item = _item(event, day)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
            faults += 1
        else:
            items += [item] if item else []
    notes = [f"{faults} événement(s) illisible(s), laissés de côté"] if faults else []
    notes += [f"{len(events)} événements : les {EVENTS} premiers sont lus"] if len(events) > EVENTS else []
    return {"items": [i.as_json() for i in items], "is_whole": not notes, "notes": notes}


def _item(event: Component, today: date) -> Item | None:
    """Return an event; None when it is over for long, or too far ahead."""
    identity = clean_line(str(event.get("UID", "")))[:400]
    start = event.decoded("DTSTART")
    if not identity or start.year not in YEARS:
        return None
    end = event.decoded("DTEND", None) or (start + event.decoded("DURATION") if event.get("DURATION") else start)
    length = max(end - start, timedelta(0)) if type(end) is type(start) else timedelta(0)
    year = school_year(today)  # whole years: an old event that goes on does not change each day
    first, last = date(year - 1, 8, 1), date(year + 2, 7, 31)
    starts = [s for s in _starts(event, start) if first <= _day(s) <= last]
    if not starts:
        return None
    if over := event.get("RECURRENCE-ID"):
        identity += f"/{over.to_ical().decode('ascii', 'replace')}"
    title = clean_line(str(event.get("SUMMARY", "")))[:300]
    state = "annule" if str(event.get("STATUS", "")).upper() == "CANCELLED" else "prevu"
    place, name = clean_line(str(event.get("LOCATION", "")))[:200], slug(identity)[:60] or "date"
    told = [
        Appointment(f"{name}-{_day(s)}" if event.get("RRULE") else name, title, _said(s), _end(s, length), place, state)
        for s in starts[:OCCURRENCES]
    ]
    text = clean(str(event.get("DESCRIPTION", "")))[:20_000]
    return Item(
        id=identity,
        title=title,
        link=link if (link := public_link(str(event.get("URL", "")))).startswith("http") else "",
        summary=clean_line(text)[:300],
        markdown="\n\n".join(escaped(" ".join(part.split())) for part in re.split(r"\n\s*\n", text) if part.strip()),
        events=tuple(told),
    )


def _starts(event: Component, start: date) -> Iterator[date]:
    """Yield when it takes place, as often as its rule says and no more than is looked at."""
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
    for found in itertools.islice(rrulestr(words, dtstart=naive), 2000):
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


def _day(moment: date) -> date:
    return _paris(moment).date() if isinstance(moment, datetime) else moment


def _said(moment: date) -> str:
    return f"{_paris(moment):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


def _end(start: date, length: timedelta) -> str:
    """Return when it ends; the DTEND of whole days is the day after (RFC 5545 §3.6.1)."""
    if isinstance(start, datetime):
        return _said((_paris(start).astimezone(UTC) + length).astimezone(PARIS)) if length else ""
    return _said(start + length - timedelta(days=1)) if length > timedelta(days=1) else ""
