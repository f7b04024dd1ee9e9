"""Feeds in three formats: RSS 2.0 in the ENT's profile, Atom (RFC 4287) by feedgen, and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator

from gazette.press.marks import set_marks

if TYPE_CHECKING:
    from lxml import etree

    from gazette.model.feed import Feed, FeedItem
    from gazette.model.picture import Picture

ENT_ITEMS = 10
"""The ENT's widget shows ten at most, in the feed's order."""
SUMMARY = 300
"""Characters of a description in the ENT."""
LANGUAGE = "fr"
GENERATOR = "Gazette"
_REGION = re.compile(r' tabindex="0" role="region" aria-label="Tableau \d+"')
"""What a page gives a table so that it scrolls by keyboard; a feed reader does that its own way."""


class RepairFeed(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Nothing of the feed itself needs repair; feedgen asks for the pair."""


class RepairEntry(BaseEntryExtension):  # type: ignore[misc]
    """Gives an Atom entry its links back: feedgen 1.0 keeps only their ``href`` (its issue 135)."""

    def __init__(self) -> None:
        self.links: tuple[dict[str, str], ...] = ()

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Write every link of the entry again, whole."""
        for old in [x for x in entry if x.tag in ("link", "{http://www.w3.org/2005/Atom}link")]:
            entry.remove(old)
        for link in self.links:
            entry.append(entry.makeelement("link", link))
        return entry


def rss(feed: Feed) -> bytes:
    """Return the feed in the ENT's profile: safe for the ONE widget's own reader (facts of its source in docs/adr)."""
    generator = _generator(feed)
    generator.link(href=f"{feed.address}.xml", rel="self")
    generator.link(href=feed.home, rel="alternate")
    generator.description(feed.description)
    for item in feed.items[:ENT_ITEMS]:
        entry = generator.add_entry(order="append")
        entry.title(item.title)
        entry.link(href=item.url)
        entry.description(
            escape(_short(item.summary), quote=False)
        )  # shown as HTML by the widget: escaped here, and again as XML
        entry.guid(item.id, permalink=False)
        entry.pubDate(item.published)
    data: bytes = generator.rss_str(pretty=True)
    return data


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom, with full content."""
    generator = _generator(feed)
    generator.link(href=f"{feed.address}.atom", rel="self", type="application/atom+xml")
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.subtitle(feed.description)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.register_extension("repair", RepairEntry, rss=False)
        entry.repair.links = ({"href": item.url, "rel": "alternate", "type": "text/html"},)
        entry.id(item.id)
        entry.title(item.title)
        entry.link(href=item.url)
        entry.author(name=item.author)
        entry.published(item.published)
        entry.updated(item.updated)
        entry.summary(item.summary)
        for category in item.categories:
            entry.category(term=category)
        if item.body is not None:
            entry.content(content_html(item), type="html")
    data: bytes = generator.atom_str(pretty=True)
    return data


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1, with full content."""
    items = []
    for item in feed.items:
        row: dict[str, Any] = {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [{"name": item.author}],
            "tags": list(item.categories),
            "language": LANGUAGE,
        }
        row |= {"content_text": item.summary} if item.body is None else {"content_html": content_html(item)}
        items.append(row)
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.address}.json",
        "description": feed.description,
        "language": LANGUAGE,
        "authors": [{"name": feed.author}],
        "items": items,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def content_html(item: FeedItem) -> str:
    """Return the item's text as HTML with absolute addresses; pictures in one width, for readers without ``srcset``."""
    assert item.body is not None  # noqa: S101  # the caller looked

    def link(href: str) -> str:
        return escape(href)

    def image(picture: Picture) -> str:
        src, width = picture.jpeg[min(1, len(picture.jpeg) - 1)]
        height = round(picture.measure.height * width / picture.measure.width)
        return f'<img src="{escape(src)}" width="{width}" height="{height}" alt="{escape(picture.image.alt or "")}">'

    def figure(picture: Picture) -> str:
        words = " ".join(w for w in (picture.image.caption, picture.image.credit and f"© {picture.image.credit}") if w)
        caption = f"<figcaption>{escape(words)}</figcaption>" if words else ""
        return f"<figure>{image(picture)}{caption}</figure>"

    html = set_marks(item, item.pictures, link, figure, image)  # type: ignore[arg-type]  # its body is there
    return _REGION.sub("", html) + "".join(figure(p) for p in item.gallery)


def _generator(feed: Feed) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(feed.title)
    generator.author(name=feed.author)
    generator.language(LANGUAGE)
    generator.generator(GENERATOR)
    generator.updated(feed.updated)
    generator.lastBuildDate(feed.updated)
    generator.docs(None)
    return generator


def _short(text: str) -> str:
    return text if len(text) <= SUMMARY else text[: SUMMARY - 1].rsplit(" ", 1)[0] + "…"
