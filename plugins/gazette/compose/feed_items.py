"""What one entry, or one event of it, is in a feed."""

from __future__ import annotations

import uuid
from html import escape
from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.compose.entries import pictures_of
from gazette.compose.occurrences import last_repeat
from gazette.compose.school_time import date_fr
from gazette.compose.stories import origins
from gazette.model.body import Body
from gazette.model.depeche import first_home
from gazette.model.duration import hour_fr, last_day, last_hour_fr, timed_days_fr
from gazette.model.entry import Evenement
from gazette.model.feed import FeedItem, Source
from gazette.model.typography import french

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry, Event

CHANGES = {"deplace": "Déplacé : ", "annule": "Annulé : "}
"""How the title of an event says its state."""


def entry_item(desk: Desk, cleared: Cleared) -> FeedItem:
    """Return the entry as feeds carry it."""
    entry = cleared.entry
    assert entry.date  # noqa: S101  # entries of fils are dated
    pictures, gallery = pictures_of(desk, entry, is_absolute=True)
    fil = desk.fil_of(entry)
    identity = desk.uuid(entry.id)
    return FeedItem(
        id=identity,
        title=entry.title,
        url=entry.audience.address + address(entry),
        summary=entry.summary,
        author=desk.author(entry),
        categories=((fil.title,) if fil else ()) + entry.levels + entry.keywords,
        published=entry.date.instant,
        updated=_updated(identity, entry.date.instant, entry),
        body=None if entry.ent_only else entry.body,
        hrefs=desk.body_hrefs(entry, is_absolute=True),
        pictures=pictures,
        gallery=gallery,
        enclosures=() if entry.ent_only else desk.enclosures.get(entry.path, ()),
        source=_source(desk, entry),
        first_home=first_home(entry.provenance.id) if entry.provenance else None,
    )


def event_items(desk: Desk, cleared: Cleared) -> Iterator[FeedItem]:
    """Yield the announcement of each event: it comes anew, with the same id, when it moves or is cancelled."""
    entry = cleared.entry
    assert entry.date  # noqa: S101  # every entry but schools and pages is dated
    for event in entry.events:
        first = next(iter(desk.dates(event)), None)
        if first is None:
            continue  # a weekly event without a day of class
        identity = desk.uuid(f"evenement/{event.id}")
        announced = entry.date.instant
        said = announced if event.state == "prevu" else max(announced, entry.origin.modified)
        facts = _facts(desk, event)
        yield FeedItem(
            id=identity,
            title=french(f"{CHANGES.get(event.state, '')}{event.title or entry.title}, {date_fr(first.start.day)}"),
            url=_event_url(desk, entry, event),
            summary=f"{facts} {entry.summary}".strip(),
            author=desk.author(entry),
            categories=("Frise", *(f.title for f in desk.fils if f.name in _lanes(entry))),
            published=said,
            updated=_updated(identity, said, entry),
            body=_event_body(entry, facts),
            hrefs=desk.body_hrefs(entry, is_absolute=True) if isinstance(entry, Evenement) else (),
            source=_source(desk, entry),
        )


def sound_items(item: FeedItem) -> Iterator[FeedItem]:
    """Yield one item for each recording of an item, as a podcast has them: it changes when what it tells does.

    What its page says otherwise, and when that changed, is not told there: another recording is another episode.
    """
    silent = {"body": None, "hrefs": (), "pictures": (), "gallery": (), "updated": item.published}
    for sound in item.enclosures:
        if not sound.media.startswith("audio/"):
            continue
        identity = uuid.uuid5(uuid.UUID(item.id.removeprefix("urn:uuid:")), sound.address.rsplit("/", 1)[-1]).urn
        facts = {name: getattr(item, name) for name in type(item).__dataclass_fields__}
        title = f"{item.title} – {sound.title}" if sound.title else item.title
        yield FeedItem(**facts | silent | {"id": identity, "title": title, "enclosures": (sound,)})


def _updated(identity: str, published: datetime, entry: Entry) -> datetime:
    """Return when the entry last changed, never before it is published."""
    return distinct(identity, max(published, entry.origin.modified))


def distinct(identity: str, updated: datetime) -> datetime:
    """Return the instant with a fraction of a second that the id decides.

    Entries of one commit have one instant, and validators take two equal ``updated`` for a mistake.
    """
    return updated.replace(microsecond=uuid.UUID(identity.removeprefix("urn:uuid:")).int % 1_000_000)


def _source(desk: Desk, entry: Entry) -> Source | None:
    """Return the school's feed, when a school signs."""
    school = desk.schools.get(entry.author)
    if school is None:
        return None
    name = f"ecoles/{school.uai}"
    home = school.audience.address + address(school)
    feed = f"{desk.audience.address}fils/{name}"
    told = origins(desk, entry)
    return Source(
        desk.uuid(f"fil/{desk.audience.name}/{name}"),
        school.title,
        home,
        feed,
        told[0].original if told else "",
        told[0].seen if told else None,
        tuple(other.school.title for other in told[1:]),
    )


def _lanes(entry: Entry) -> tuple[str, ...]:
    return entry.lanes if isinstance(entry, Evenement) else (entry.folder, *entry.also_in)


def _event_url(desk: Desk, entry: Entry, event: Event) -> str:
    """Return the entry's page, or its place on the frise when it has none."""
    place = desk.place(event.id) if isinstance(entry, Evenement) else address(entry)
    return entry.audience.address + place


def _event_body(entry: Entry, facts: str) -> Body | None:
    """Return when and where, then the text of an event that has no page; None: its page tells."""
    if not isinstance(entry, Evenement) or entry.ent_only:
        return None
    body = entry.body
    html = f"<p>{escape(facts, quote=False)}</p>\n<p>{escape(entry.summary, quote=False)}</p>\n{body.html}"
    return Body(html, f"{body.digest}+{facts}+{entry.summary}", body.references, text=body.text)


def _facts(desk: Desk, event: Event) -> str:
    """Return « Mardi 24 novembre 2026, de 9 h à 11 h 30. Stade. École du Pont. »."""
    start, end = event.start.on_clocks, event.end and event.end.on_clocks
    last = last_day(start, end)
    text = date_fr(start.day).capitalize() + (f", {hour_fr(start.hour)}" if start.hour else "")
    if end and last != start.day:
        text = f"Du {date_fr(start.day)} au {date_fr(last)}"
        if start.hour:
            text = timed_days_fr(start, end, date_fr).replace("d", "D", 1)
    elif end and start.hour and end.hour and end != start:
        text = f"{date_fr(start.day).capitalize()}, de {hour_fr(start.hour)} à {last_hour_fr(start, end)}"
    if event.repeat_day and event.repeat_until:
        text = f"Chaque {event.repeat_day}, jusqu’au {date_fr(last_repeat(event, desk.newsroom.zone))}"
    places = (text, event.place, ", ".join(desk.school_names(event.schools)))
    return french(" ".join(f"{place.rstrip('.')}." for place in places if place))
