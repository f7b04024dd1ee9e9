"""Calendars, read back with two others' parsers."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from gazette.model.calendar import Calendar, Occasion
from gazette.model.moment import PARIS, Moment
from gazette.press.calendar import VTIMEZONE, ics
from tests.compose.newsstand import moment

ROOT = "https://sourcelle.example/"
CHANGED = datetime(2026, 11, 20, 8, 30, tzinfo=PARIS)
TITLES = (
    "Réunion, salle 2 ; apportez « la fiche » \\ le plan",
    r"\\serveur\Notes\nouvelles, \N",
    "Une fusée 🚀 et l’école",
    "Une ligne\r\nATTENDEE:mailto:intrus@exemple.example",
    "Tabulation\x0bverticale, saut\u2028de ligne\x85et fin",
    "é" * 90,
    "עברית: et l’arabe العربية",
)


def occasion(start: str, end: str = "", **facts: object) -> Occasion:
    """Return something that takes place."""
    common = {
        "id": "00000000-0000-5000-8000-000000000001",
        "title": "Cross",
        "start": moment(start),
        "end": moment(end) if end else None,
        "place": "",
        "schools": (),
        "lanes": (("actualites", "Actualités"),),
        "nature": "evenement",
        "state": "prevu",
        "summary": "On court.",
        "url": f"{ROOT}frise/2026-2027/#e-cross",
        "link": "",
        "audience": "public",
        "modified": CHANGED,
    }
    return Occasion(**(common | facts))


def calendar(*occasions: Occasion, is_ent: bool = False) -> Calendar:
    """Return a calendar."""
    address = f"{ROOT}frise/frise.ics"
    return Calendar("c", "La frise", "L’année.", f"{ROOT}frise/", address, "public", "valbrune", occasions, is_ent)


def read(made: Calendar) -> list[icalendar.Event]:
    """Return the events that icalendar reads, which must find nothing wrong."""
    whole = icalendar.Calendar.from_ical(ics(made))
    assert [] == [e for part in whole.walk() for e in part.errors]
    return whole.events


def instants(made: Calendar) -> list[list[tuple]]:
    """Return start and end of each event, in UTC when it has hours, as each parser reads them."""
    told = icalendar.Calendar.from_ical(ics(made)).events
    other = IcsCalendarStream.calendar_from_ics(ics(made).decode()).events
    return [
        [(utc(e.start), utc(e.get("dtend") and e.end)) for e in told],
        [(utc(e.dtstart), utc(e.dtend)) for e in other],
    ]


def utc(found: date | None) -> date | None:
    """Return an instant in UTC; a day as it is."""
    return found.astimezone(UTC) if isinstance(found, datetime) else found


def at(text: str) -> datetime:
    """Return an instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = {
    ("2026-11-24", ""): (date(2026, 11, 24), date(2026, 11, 25)),
    ("2026-11-24", "2026-11-24"): (date(2026, 11, 24), date(2026, 11, 25)),
    ("2027-04-05", "2027-04-09"): (date(2027, 4, 5), date(2027, 4, 10)),
    ("2027-04-05", "2027-04-09 12:00"): (date(2027, 4, 5), date(2027, 4, 10)),
    ("2026-11-24 13:30", ""): (at("2026-11-24 12:30"), None),
    ("2026-11-24 13:30", "2026-11-24"): (at("2026-11-24 12:30"), None),
    ("2026-11-24 13:30", "2026-11-24 16:00"): (at("2026-11-24 12:30"), at("2026-11-24 15:00")),
    ("2026-11-24 13:30", "2026-11-26"): (at("2026-11-24 12:30"), at("2026-11-26 23:00")),
    ("2026-11-24 00:15", "2026-11-24 00:45"): (at("2026-11-23 23:15"), at("2026-11-23 23:45")),
    ("2027-06-24 00:15", "2027-06-24 00:45"): (at("2027-06-23 22:15"), at("2027-06-23 22:45")),
    # The last Sunday of October: 2:30 comes twice, and the first is meant; clocks go back at 3:00.
    ("2026-10-25 02:30", "2026-10-25 03:30"): (at("2026-10-25 00:30"), at("2026-10-25 02:30")),
    ("2026-10-24 23:00", "2026-10-25 08:00"): (at("2026-10-24 21:00"), at("2026-10-25 07:00")),
    # The last Sunday of March: 2:30 never comes, clocks show 3:30; what would end before it starts has no end.
    ("2027-03-28 02:30", "2027-03-28 04:00"): (at("2027-03-28 01:30"), at("2027-03-28 02:00")),
    ("2027-03-28 02:30", "2027-03-28 03:15"): (at("2027-03-28 01:30"), None),
    ("2027-03-27 23:00", "2027-03-28 08:00"): (at("2027-03-27 22:00"), at("2027-03-28 06:00")),
}


@pytest.mark.parametrize(("written", "expected"), list(CASES.items()), ids=lambda c: str(c[0]))
def test_what_is_written_is_what_two_parsers_read(written: tuple[str, str], expected: tuple):
    """Across changes of hour, in the middle of the night, over several days, for whole days."""
    assert [[expected], [expected]] == instants(calendar(occasion(*written)))


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2024, 8, 1), datetime(2028, 8, 31)),  # noqa: DTZ001  # clocks of Paris
            st.timedeltas(timedelta(0), timedelta(days=20)),
            st.booleans(),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_both_parsers_agree_on_any_event_in_both_profiles(drawn: list[tuple[datetime, timedelta, bool, bool]]):
    """At any minute of four school years; the ENT's events have hours, and last."""
    occasions = []
    for start, length, has_hour, has_end in drawn:
        clocks = (start, start + length)
        first, last = (Moment(c.date(), time(c.hour, c.minute) if has_hour else None) for c in clocks)
        known = str(len(occasions))
        occasions.append(replace(occasion("2026-11-24"), id=known, start=first, end=last if has_end else None))
    for is_ent in (False, True):
        one, other = instants(calendar(*occasions, is_ent=is_ent))
        assert one == other
        assert len(drawn) == len(one)
        assert all(end is None or end > start for start, end in one)
    assert all(isinstance(start, datetime) and end for start, end in one)


def test_our_time_zone_is_the_legal_time_of_paris():
    """Read under a name that no parser knows, it gives the hours that the tz database gives, from 1997 to 2036.

    On the days when clocks may change and on the first of each month; on every day when all is asked.
    """
    ours = icalendar.Timezone.from_ical(VTIMEZONE.replace("Europe/Paris", "X-Valbrune")).to_tz(lookup_tzid=False)
    paris = ZoneInfo("Europe/Paris")
    first = datetime(1997, 1, 1, tzinfo=UTC)
    days = [first + timedelta(day) for day in range(40 * 365)]
    if not os.environ.get("GAZETTE_COMPLET"):
        days = [d for d in days if d.day == 1 or (d.month in {3, 10} and d.day >= 24)]
    hours = [day + timedelta(hours=hour) for day in days for hour in (0, 1, 2, 12)]
    wrong = [h for h in hours if h.astimezone(ours).utcoffset() != h.astimezone(paris).utcoffset()]
    assert [] == wrong


def test_the_calendar_for_the_ent_has_utc_hours_and_nothing_else():
    """No zone, no rule, no day, no event of no length: whole days last from 8:30 to 16:30."""
    made = calendar(
        occasion("2026-11-24", "2026-11-26", id="a"),
        occasion("2026-11-24 13:30", id="b"),
        occasion("2026-07-01", id="c"),
        occasion("2026-11-24 13:30", "2026-11-26", id="d"),
        is_ent=True,
    )
    text = ics(made).decode()
    expected = [
        (at("2026-11-24 07:30"), at("2026-11-26 15:30")),
        (at("2026-11-24 12:30"), at("2026-11-24 13:30")),
        (at("2026-07-01 06:30"), at("2026-07-01 14:30")),
        (at("2026-11-24 12:30"), at("2026-11-26 15:30")),
    ]
    assert [expected, expected] == instants(made)
    assert [] == [word for word in ("VTIMEZONE", "TZID", "RRULE", "VALUE=DATE", "RDATE") if word in text]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_comes_out_on_one_line(title: str):
    """Commas, semicolons, pictures, and no line of its own in the file."""
    made = calendar(occasion("2026-11-24", title=title, place=title, summary=title))
    lines = ics(made).split(b"\r\n")
    expected = " ".join(title.replace("\x0b", " ").replace("\u2028", " ").replace("\x85", " ").split())
    (event,) = read(made)
    (other,) = IcsCalendarStream.calendar_from_ics(ics(made).decode()).events
    assert (expected, expected) == (str(event["summary"]), other.summary)
    assert (expected, expected) == (str(event["location"]), other.location)
    assert expected == str(event["description"]).split("\n")[0]
    assert [] == [raw for raw in lines if len(raw) > 75 or b"\n" in raw or b"\r" in raw or raw.startswith(b"ATTENDEE")]


@given(st.text(max_size=80))
def test_any_text_at_all_is_one_property(title: str):
    """Whatever was written, the file has the same properties, and both parsers read the same."""
    made = calendar(occasion("2026-11-24", title=f"x{title}x"))
    names = [raw.split(b":")[0] for raw in ics(made).replace(b"\r\n ", b"").split(b"\r\n")]
    plain = [raw.split(b":")[0] for raw in ics(calendar(occasion("2026-11-24"))).replace(b"\r\n ", b"").split(b"\r\n")]
    assert plain == names
    assert str(read(made)[0]["summary"]) == IcsCalendarStream.calendar_from_ics(ics(made).decode()).events[0].summary


def test_what_is_cancelled_or_moved_stays_and_says_so():
    """In its status and, for calendars that do not show it, in its title."""
    events = read(calendar(*(occasion("2026-11-24", id=s, state=s) for s in ("prevu", "deplace", "annule"))))
    found = [(str(e["summary"]), str(e["status"])) for e in events]
    assert [("Cross", "CONFIRMED"), ("Déplacé : Cross", "CONFIRMED"), ("Annulé : Cross", "CANCELLED")] == found


def test_sequence_counts_days_and_stamps_are_the_change_s():
    """Never the build's clock: a calendar that did not change keeps its bytes."""
    made = calendar(occasion("2026-11-24"))
    (event,) = read(made)
    stamps = [event[name].dt for name in ("dtstamp", "last-modified")]
    days = (date(2026, 11, 20) - date(2020, 1, 1)).days
    assert ([CHANGED, CHANGED], days, ics(made)) == (stamps, event["sequence"], ics(calendar(occasion("2026-11-24"))))


RINGS = (("2026-11-24", ["-P6DT15H30M", "-PT15H30M"]), ("2026-11-24 13:30", ["-P7D", "-P1D"]))


@pytest.mark.parametrize(("due", "expected"), RINGS)
def test_a_reminder_rings_in_the_morning_or_at_the_hour(due: str, expected: list[str]):
    """For a whole day, at 8:30 of the seventh day before, and of the day before."""
    (event,) = read(calendar(occasion(due, nature="echeance", reminders=(7, 1))))
    rings = event.walk("VALARM")
    found = [(str(a["action"]), a["trigger"].to_ical().decode(), str(a["description"])) for a in rings]
    assert [("DISPLAY", trigger, "Cross") for trigger in expected] == found


def test_a_calendar_tells_its_title_page_and_how_often_to_come_back():
    """With names that old calendars know (RFC 7986 and before)."""
    whole = icalendar.Calendar.from_ical(ics(calendar()))
    names = ("name", "x-wr-calname", "url", "source", "refresh-interval", "x-published-ttl")
    found = [whole[name].to_ical().decode() for name in names]
    assert ["La frise", "La frise", f"{ROOT}frise/", f"{ROOT}frise/frise.ics", "PT12H", "PT12H"] == found


def test_one_event_to_be_taken_asks_nobody_to_subscribe():
    """A name or a refreshing interval would make a telephone propose one calendar more."""
    made = replace(calendar(occasion("2026-11-24 13:30")), is_alone=True)
    whole = icalendar.Calendar.from_ical(ics(made))
    told = {"prodid", "version", "calscale"}
    assert (told, ["Cross"]) == ({name.lower() for name in whole}, [str(e["summary"]) for e in read(made)])


def test_an_event_says_which_school_announces_it_and_where():
    """In its text and, for programs, as the link it came by (RFC 9253)."""
    link = "https://ecole.example/marche?a=1,2;3"
    sources = (("École du Pont\r\nATTENDEE:x", link), ("École du Gué", ""))
    (event,) = read(calendar(occasion("2026-11-24", sources=sources)))
    (other,) = IcsCalendarStream.calendar_from_ics(
        ics(calendar(occasion("2026-11-24", sources=sources))).decode()
    ).events
    told = ["On court.", f"Source : École du Pont ATTENDEE:x, {link}", "Source : École du Gué"]
    assert (link, "via", told) == (event["link"], event["link"].params["LINKREL"], event["description"].split("\n")[:3])
    assert (link, event["description"]) == (next(e.value for e in other.extras if e.name == "link"), other.description)
