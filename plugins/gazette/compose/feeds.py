"""Feeds: one a fil and one of everything, as RSS for the ENT, Atom and JSON Feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.compose.entries import pictures_of
from gazette.compose.pictures import derivatives
from gazette.compose.views import Link
from gazette.model.feed import Feed, FeedItem
from gazette.model.moment import Moment
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared

ITEMS = 50
"""Entries of a full feed; the ENT profile carries the first ten."""
FORMATS = (
    ("rss", "xml", "application/rss+xml"),
    ("atom", "atom", "application/atom+xml"),
    ("json", "json", "application/feed+json"),
)


def feed_links(desk: Desk, name: str, title: str) -> tuple[Link, ...]:
    """Return the feeds a page tells in its head."""
    address_ = desk.audience.address
    return tuple(
        Link(f"{title} ({form.upper()})", f"{address_}fils/{name}.{suffix}", media) for form, suffix, media in FORMATS
    )


def feeds(desk: Desk) -> Iterator[Sheet]:
    """Yield every feed in every format."""
    shown = [(f.name, f.title, f.description, f"{f.name}/", desk.of(f)) for f in desk.fils]
    dated = [c for c in desk.cleared if desk.fil_of(c.entry)]
    everything = ("tout", f"{desk.newsroom.title} : tout", desk.newsroom.motto, "", dated)
    for name, title, description, home, cleared in (everything, *shown):
        feed = _feed(desk, name, title, description, home, cleared)
        for image in (i for c in cleared[:ITEMS] for i in c.entry.images):
            yield from derivatives(desk, image)  # this edition's own copies of what its feeds show
        for form, suffix, _ in FORMATS:
            yield Sheet(f"fils/{name}.{suffix}", form, feed, tuple(c.entry.path for c in cleared[:ITEMS]))


def _feed(desk: Desk, name: str, title: str, description: str, home: str, cleared: list[Cleared]) -> Feed:
    items = tuple(_item(desk, c) for c in cleared[:ITEMS])
    first = Moment(desk.today.replace(year=2000, month=1, day=1)).instant
    return Feed(
        id=desk.uuid(f"fil/{desk.audience.name}/{name}"),
        title=title,
        description=description or title,
        home=desk.audience.address + home,
        address=f"{desk.audience.address}fils/{name}",
        author=desk.newsroom.title,
        items=items,
        updated=max((i.updated for i in items), default=first),
    )


def _item(desk: Desk, cleared: Cleared) -> FeedItem:
    entry = cleared.entry
    assert entry.date  # noqa: S101  # entries of fils are dated
    pictures, gallery = pictures_of(desk, entry, is_absolute=True)
    fil = desk.fil_of(entry)
    published: datetime = entry.date.instant
    return FeedItem(
        id=desk.uuid(entry.id),
        title=entry.title,
        url=entry.audience.address + address(entry),
        summary=entry.summary,
        author=desk.author(entry),
        categories=((fil.title,) if fil else ()) + entry.levels + entry.keywords,
        published=published,
        updated=max(published, entry.origin.modified),
        body=None if entry.ent_only else entry.body,
        hrefs=desk.body_hrefs(entry, is_absolute=True),
        pictures=pictures,
        gallery=gallery,
    )
