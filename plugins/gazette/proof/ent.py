"""How the ENT reads a feed: its server's reader and its widget, from their published source (ONE, release 2.1.4).

The server keys on raw names, without name spaces: whatever is called ``title`` is a title. Beside ``rss`` and ``item``
it knows the names below and nothing else: no picture, no full text. An Atom feed is to it a feed without items.
"""

from __future__ import annotations

import xml.sax
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.sax.handler import ContentHandler

from gazette.model.feed import ENT_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.sax.xmlreader import AttributesImpl

    from gazette.model.feed import Feed

SUFFIXES = (".rss", ".xml", ".rdf", ".atom", ".feed")
CHANNEL = ("title", "link", "description", "language")
ITEM = ("title", "link", "description", "pubDate", "dc:date")


@dataclass(slots=True)
class Reading:
    """What the ENT keeps of a feed."""

    channel: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)


class _Reader(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading()
        self.item: dict[str, str] | None = None
        self.text = ""
        self.is_rss = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802  # SAX's name
        """Forget the text before: raw mark-up within a description loses it."""
        self.text = ""
        if name == "rss":
            self.is_rss = True
        elif name == "item":
            self.item = {}

    def characters(self, content: str) -> None:
        """Gather the text."""
        self.text += content

    def endElement(self, name: str) -> None:  # noqa: N802  # SAX's name
        """Keep the text under its name; the last one of that name wins, and a channel's after the items is lost."""
        if name == "item" and self.item is not None:
            self.reading.items.append(self.item)
            self.item = None
        elif self.item is not None and name in ITEM:
            self.item[name] = self.text
        elif self.item is None and not self.reading.items and name in CHANNEL:
            self.reading.channel[name] = self.text
        self.text = ""


def accepts(address: str) -> bool:
    """Tell whether the widget lets a user add this address."""
    parts = urlsplit(address)
    last = parts.path.rsplit("/", 1)[-1]
    return parts.scheme in {"http", "https"} and (parts.path.endswith(SUFFIXES) or "." not in last)


def read_feed(data: bytes) -> Reading:
    """Return what the server makes of a feed: UTF-8 whatever it declares, and nothing when it is no XML."""
    reader = _Reader()
    try:
        xml.sax.parseString(data.decode("utf-8", "replace"), reader)  # noqa: S317  # our own feeds, printed by us
    except xml.sax.SAXException:
        return Reading()
    return reader.reading if reader.is_rss else Reading()


def shown(reading: Reading) -> tuple[tuple[str, ...], ...]:
    """Return what the widget shows: of the channel, then of ten items, in the feed's order and not by date."""
    head = tuple(reading.channel.get(name, "") for name in CHANNEL)
    items = (tuple(item.get(name, "") for name in ITEM) for item in reading.items[:ENT_ITEMS])
    return (head, *items)


def expected(feed: Feed) -> tuple[tuple[str, ...], ...]:
    """Return what the widget must show of a feed; it injects a description as HTML."""
    head = (feed.title, feed.home, feed.description, "fr")
    items = (
        (i.title, i.url, escape(i.teaser, quote=False), format_datetime(i.published), "")
        for i in feed.items[:ENT_ITEMS]
    )
    return (head, *items)


def misread(data: bytes, feed: Feed, address: str) -> Iterator[str]:
    """Yield in French how the ENT would misread a feed printed for that address."""
    if b"<!DOCTYPE" in data:
        yield "un DOCTYPE"
    if not accepts(address):
        yield "adresse refusée"
    if [i.published for i in feed.items] != sorted((i.published for i in feed.items), reverse=True):
        yield "l’ordre des articles, du plus récent au plus ancien"
    found, wanted = shown(read_feed(data)), expected(feed)
    if len(found) != len(wanted):
        yield f"{len(found) - 1} articles au lieu de {len(wanted) - 1}"
    for rank, (row, right) in enumerate(zip(found, wanted, strict=False)):
        wrong = [name for name, a, b in zip(ITEM if rank else CHANNEL, row, right, strict=True) if a != b]
        if wrong:
            yield f"{', '.join(wrong)} de {f'l’article {rank}' if rank else 'l’en-tête'}"
