"""A subscriber follows an event that moves, then is cancelled: real commits, real builds, the calendar read back."""

from datetime import datetime
from typing import Any

import icalendar
from ical.calendar_stream import IcsCalendarStream

from gazette.build import build
from gazette.model.moment import PARIS
from tests.plain import SETTINGS
from tests.read.test_history import commit, git
from tests.samples import Site

EVENT = "evenements/2026-11-24-cross-des-ecoles.md"
NOW = datetime(2026, 11, 20, 12, tzinfo=PARIS)


def told(site: Site) -> dict[str, Any]:
    """Build, and return what both parsers read of the event in ``frise.ics``: they must agree."""
    assert not build(site.order(now=NOW, settings=SETTINGS), pool=site.pool).is_closed
    data = (site.output / "public/frise/frise.ics").read_bytes()
    one = next(e for e in icalendar.Calendar.from_ical(data).walk("VEVENT") if "Cross" in e["summary"])
    other = next(e for e in IcsCalendarStream.calendar_from_ics(data.decode()).events if "Cross" in (e.summary or ""))
    changed = other.last_modified
    assert (str(one["uid"]), one["sequence"], one.start, one["last-modified"].dt, str(one["status"])) == (
        other.uid,
        other.sequence,
        other.dtstart,
        changed,
        other.status.value,
    )
    return {
        "uid": other.uid,
        "sequence": other.sequence,
        "start": other.dtstart,
        "changed": changed,
        "status": other.status.value,
        "summary": other.summary,
        "bytes": data,
    }


def changed(site: Site, day: str, *pairs: tuple[str, str]) -> None:
    """Change the event's file and commit it."""
    for before, after in pairs:
        site.change(EVENT, before, after)
    commit(site.content.parent, f"{day}T10:00:00+02:00")


def test_an_event_that_moves_then_is_cancelled_stays_the_one_that_was_subscribed_to(site: Site):
    """One UID, a greater SEQUENCE each time, LAST-MODIFIED from git; and nothing changes when nothing did."""
    git(site.content.parent, "init", "--quiet", "--initial-branch", "main")
    commit(site.content.parent, "2026-09-15T10:00:00+02:00")
    first, again = told(site), told(site)
    changed(site, "2026-10-02", ("2026-11-24 13:30", "2026-11-26 14:00"), ("2026-11-24 16:00", "2026-11-26 16:00"))
    site.change(EVENT, "lieu:", "etat: deplace\nlieu:")
    commit(site.content.parent, "2026-10-03T10:00:00+02:00")
    moved = told(site)
    changed(site, "2026-11-19", ("etat: deplace", "etat: annule"))
    cancelled = told(site)
    each = {key: [found[key] for found in (first, moved, cancelled)] for key in first}
    assert first["bytes"] == again["bytes"]
    assert [first["uid"]] * 3 == each["uid"]
    assert [2449, 2467, 2514] == each["sequence"]
    assert ["2026-09-15", "2026-10-03", "2026-11-19"] == [f"{day:%Y-%m-%d}" for day in each["changed"]]
    assert [24, 26, 26] == [start.day for start in each["start"]]
    assert ["CONFIRMED", "CONFIRMED", "CANCELLED"] == each["status"]
    assert ["Cross des écoles", "Déplacé : Cross des écoles", "Annulé : Cross des écoles"] == each["summary"]
