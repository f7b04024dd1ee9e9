"""A feed before it is printed in one of its formats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from gazette.model.body import Body
    from gazette.model.picture import Picture

ENT_ITEMS = 10
"""The ENT's widget shows ten at most, in the feed's order."""
ENT_SUMMARY = 300
"""Characters of a description in the ENT."""
STYLESHEET = "fils/flux.css"
"""What makes a feed readable in a browser; printed under this very name, so that a new theme changes no feed."""

ARTWORK = "fils/audio.png"
"""What podcast readers show of a podcast, under this very name: a square of 1400 pixels at least, as Apple asks."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an entry: a recording, a document."""

    address: str
    """Absolute."""
    media: str
    """Its type, e.g. ``audio/mpeg``."""
    length: int
    """Bytes."""
    title: str = ""
    seconds: int = 0
    """Of a recording; 0: it does not last."""
    transcript: str = ""
    """What one hears in it, a paragraph after an empty line."""


@dataclass(frozen=True, slots=True)
class Source:
    """The feed of the school that an entry comes from."""

    id: str
    title: str
    home: str
    """Address of the school's page."""
    address: str
    """Of its feed, without extension."""
    original: str = ""
    """Web address of what the school published, when it is a dépêche."""
    seen: date | None = None
    """Day a dépêche was gathered."""
    others: tuple[str, ...] = ()
    """Names of other schools that published it too."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What was withdrawn (RFC 6721): nothing that tells what it was."""

    id: str
    """The ``urn:uuid:…`` its items had: made of the entry's id, which cannot be told from it."""
    day: date


@dataclass(frozen=True, kw_only=True, repr=False)
class FeedItem:
    """One entry in a feed; every address is absolute."""

    id: str
    """``urn:uuid:…``, made of the entry's id: it survives a rename."""
    title: str
    url: str
    summary: str
    author: str
    """A function or a school; "" when it is not told (token feeds)."""
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    body: Body | None
    """None: only the summary is told (``diffusion: ent``)."""
    hrefs: tuple[str, ...] = ()
    pictures: tuple[Picture | None, ...] = ()
    """By rank of the body's references; None where the reference is no picture."""
    gallery: tuple[Picture, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    source: Source | None = None
    """None: it comes from the circonscription."""
    first_home: tuple[str, str] | None = None
    """Circonscription and id that it had where it first was; None: here."""

    @property
    def teaser(self) -> str:
        """Return the summary as the ENT has room for it, cut at a word."""
        text = self.summary
        return text if len(text) <= ENT_SUMMARY else text[: ENT_SUMMARY - 1].rsplit(" ", 1)[0] + "…"

    @cached_property
    def _digest(self) -> str:
        told = [getattr(self, name) for name in type(self).__dataclass_fields__]
        return blake2b(repr(told).encode("utf-8", "replace"), digest_size=16).hexdigest()

    def __repr__(self) -> str:
        """Return a short text that changes with the item: it stands in the digests of many feeds."""
        return f"FeedItem({self._digest})"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of one edition."""

    id: str
    title: str
    description: str
    home: str
    """Address of the page it follows."""
    address: str
    """Its own address, without extension; "" when it must not be told (token feeds)."""
    author: str
    items: tuple[FeedItem, ...]
    """Newest first."""
    updated: datetime
    stylesheet: str = ""
    """What makes it readable in a browser, relative to the feed."""
    tombstones: tuple[Tombstone, ...] = ()
    """Latest first."""
    hub: str = ""
    """Address of the WebSub hub through which it is followed; "": none."""
    older: str = ""
    """Address of the page that goes on with what is older, in JSON alone; "": this is all."""
    artwork: str = ""
    """Address of what readers show of a podcast."""
    owner: str = ""
    """Function address of who answers for a podcast, or ""."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a feed follows, before it is given an edition's name and addresses."""

    name: str
    """Its file under ``fils/``, without extension."""
    title: str
    description: str
    home: str
    """Address of the page it follows."""
    group: str
    """Where a reader's list of feeds puts it, e.g. « Écoles »."""
    items: tuple[FeedItem, ...]
    """Newest first."""
    sources: tuple[str, ...] = ()
    """Content files it shows."""
    older: str = ""
    """Name of the archive that goes on with what is older; "": this is all."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed in a list of feeds."""

    title: str
    description: str
    feed: str
    """Address of the feed."""
    home: str


@dataclass(frozen=True, slots=True)
class FeedList:
    """Every feed of an edition, by group, for a reader to take in at once (OPML)."""

    title: str
    groups: tuple[tuple[str, tuple[Outline, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of an edition's pages and the day each changed, "" when it is composed anew each day."""

    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A small file printed as it is."""

    text: str
