"""The formats of every feed, and how a page tells its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.views.frame import Link

if TYPE_CHECKING:
    from gazette.compose.desk import Desk

FORMATS = (
    ("rss", "xml", "application/rss+xml"),
    ("atom", "atom", "application/atom+xml"),
    ("json", "json", "application/feed+json"),
)
GENERAL = "La circonscription"
"""The group of feeds that follow all of it."""


def feed_links(desk: Desk, name: str, title: str) -> tuple[Link, ...]:
    """Return the feeds a page tells in its head."""
    address_ = desk.audience.address
    return tuple(
        Link(f"{title} ({form.upper()})", f"{address_}fils/{name}.{suffix}", media) for form, suffix, media in FORMATS
    )
