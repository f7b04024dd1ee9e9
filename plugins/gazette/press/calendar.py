"""Calendars as iCalendar (RFC 5545, and RFC 7986 for what tells the calendar itself)."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import icalendar

from gazette.model.moment import PARIS

if TYPE_CHECKING:
    from gazette.model.calendar import Calendar, Occasion
    from gazette.model.moment import Moment

Span: TypeAlias = "tuple[date, date] | tuple[datetime, datetime | None]"

VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""Legal time since 1996 (directive 2000/84/CE); the one that icalendar makes is an hour late in spring."""
END = b"END:VCALENDAR\r\n"
MORNING, EVENING = time(8, 30), time(16, 30)
"""A whole day in the ENT's calendar, which reads an exclusive last day as one day more."""
LENGTH = timedelta(hours=1)
"""Of what has no end, for the ENT, which shows no event of no length."""
REFRESH = timedelta(hours=12)
STATES = {"deplace": "Déplacé : ", "annule": "Annulé : "}
"""How a title says its state: few calendars show STATUS."""
NATURES = {"evenement": "Événement", "fenetre": "Fenêtre ouverte", "echeance": "Échéance", "outil": "Outil numérique"}


class Text(icalendar.vText):
    r"""A text whose backslashes all stay: icalendar takes « \N » for the end of a line (RFC 5545 §3.3.11)."""

    def to_ical(self) -> bytes:
        """Return the text escaped."""
        escaped = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return escaped.encode()


def ics(calendar: Calendar) -> bytes:
    """Return the calendar; for the ENT in UTC, without VTIMEZONE, rule nor event of no length."""
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Gazette//Frise//FR")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    if not calendar.is_alone:
        _tell_subscribers(whole, calendar)
    zone = b"" if calendar.is_ent else _zone()
    events = (_printed(occasion, is_ent=calendar.is_ent) for occasion in calendar.occasions)
    return b"".join([whole.to_ical().removesuffix(END), zone, *events, END])


@cache
def _zone() -> bytes:
    """Print our time zone; reading it takes longer than printing an event."""
    data: bytes = icalendar.Timezone.from_ical(VTIMEZONE).to_ical()
    return data


@lru_cache(maxsize=8192)
def _printed(occasion: Occasion, *, is_ent: bool) -> bytes:
    """Print an event once for all calendars that hold it: its fil's, its schools', the frise's, in each edition."""
    data: bytes = _event(occasion, is_ent=is_ent).to_ical()
    return data


def _tell_subscribers(whole: icalendar.Calendar, calendar: Calendar) -> None:
    """Say what the calendar is, where it stands and how often to come back (RFC 7986, and what old ones know)."""
    whole.add("uid", calendar.id)
    for name in ("name", "x-wr-calname"):
        whole.add(name, Text(line(calendar.title)))
    for name in ("description", "x-wr-caldesc"):
        whole.add(name, Text(line(calendar.description)))
    whole.add("url", calendar.home)
    whole.add("source", calendar.address)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", icalendar.vDuration(REFRESH))
    if calendar.occasions:
        whole.add("last-modified", max(o.modified for o in calendar.occasions).astimezone(UTC))


def _event(occasion: Occasion, *, is_ent: bool) -> icalendar.Event:
    event = icalendar.Event()
    start, end = ent_span(occasion) if is_ent else span(occasion)
    event.add("uid", occasion.id)
    event.add("dtstamp", occasion.modified.astimezone(UTC))
    event.add("last-modified", occasion.modified.astimezone(UTC))
    event.add("sequence", occasion.sequence)
    event.add("dtstart", start)
    if end:
        event.add("dtend", end)
    title = Text(line(STATES.get(occasion.state, "") + occasion.title))
    event.add("summary", title)
    if occasion.place:
        event.add("location", Text(line(occasion.place)))
    event.add("description", Text(_description(occasion)))
    event.add("url", occasion.url)
    for _, original in occasion.sources:
        if original:  # RFC 9253: SOURCE is a calendar's (RFC 7986)
            event.add("link", icalendar.vUri(original), parameters={"LINKREL": "via", "VALUE": "URI"})
    event.add("categories", [NATURES[occasion.nature], *(line(title) for _, title in occasion.lanes)])
    event.add("status", "CANCELLED" if occasion.state == "annule" else "CONFIRMED")
    is_busy = occasion.nature == "evenement" and occasion.start.hour and occasion.state != "annule"
    event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    for days in occasion.reminders:
        event.add_component(_alarm(title, days, is_whole_day=not isinstance(start, datetime)))
    return event


def _alarm(title: str, days: int, *, is_whole_day: bool) -> icalendar.Alarm:
    """Return what rings so many days before, in the morning when no hour is told."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    morning = timedelta(hours=MORNING.hour, minutes=MORNING.minute) if is_whole_day else timedelta()
    alarm.add("trigger", morning - timedelta(days=days))
    return alarm


def _description(occasion: Occasion) -> str:
    rows = [
        line(occasion.summary),
        "Écoles : " + ", ".join(line(name or code) for code, name in occasion.schools) if occasion.schools else "",
        f"Formulaire : {occasion.link}" if occasion.link else "",
        *(f"Source : {line(name)}" + (f", {original}" if original else "") for name, original in occasion.sources),
        f"En savoir plus : {occasion.url}",
    ]
    return "\n".join(row for row in rows if row)


def span(occasion: Occasion) -> Span:
    """Return start and exclusive end: days when no hour is told, else instants in Paris; no end where none is told."""
    start, end = occasion.start, occasion.end
    if start.hour is None:
        return start.day, max(end.day if end else start.day, start.day) + timedelta(days=1)
    begins = _instant(start)
    if end is None or (end.hour is None and end.day == start.day):
        return begins, None
    ends = _instant(end) if end.hour else datetime.combine(end.day + timedelta(days=1), time(), tzinfo=PARIS)
    return begins, ends if ends.astimezone(UTC) > begins.astimezone(UTC) else None


def ent_span(occasion: Occasion) -> tuple[datetime, datetime]:
    """Return start and end in UTC, whole days from 8:30 to 16:30."""
    start, end = span(occasion)
    if not isinstance(start, datetime):
        assert end  # noqa: S101  # whole days have one
        start, end = _at(start, MORNING), _at(end - timedelta(days=1), EVENING)
    elif occasion.end and occasion.end.hour is None and end:
        end = _at(occasion.end.day, EVENING)
    start = start.astimezone(UTC)
    return start, end.astimezone(UTC) if isinstance(end, datetime) else start + LENGTH


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=PARIS)


def _instant(moment: Moment) -> datetime:
    return moment.on_clocks.instant


def line(text: str) -> str:
    """Return the text on one line: no control character, nor anything that a reader may take for the end of one."""
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return re.sub(" {2,}", " ", spaced).strip(" ")
