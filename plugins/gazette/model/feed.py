"""A feed before it is printed in one of its formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from gazette.model.body import Body
    from gazette.model.picture import Picture


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry in a feed; every address is absolute."""

    id: str
    """``urn:uuid:…``, made of the entry's id: it survives a rename."""
    title: str
    url: str
    summary: str
    author: str
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    body: Body | None
    """None: only the summary is told (``diffusion: ent``)."""
    hrefs: tuple[str, ...]
    pictures: tuple[Picture | None, ...]
    """By rank of the body's references; None where the reference is no picture."""
    gallery: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of one edition."""

    id: str
    title: str
    description: str
    home: str
    """Address of the page it follows."""
    address: str
    """Its own address, without extension."""
    author: str
    items: tuple[FeedItem, ...]
    """Newest first."""
    updated: datetime


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of an edition's pages and the day each changed, "" when it is composed anew each day."""

    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A small file printed as it is."""

    text: str
