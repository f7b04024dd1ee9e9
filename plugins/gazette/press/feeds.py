"""Feeds by format: RSS 2.0 in the ENT's profile and for podcasts, Atom, JSON Feed 1.1; and their list, OPML."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

# feedgen's extensions use lxml.etree, and import lxml alone
from lxml.etree import Element, SubElement, tostring

# isort: split
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.podcast import PodcastExtension
from feedgen.ext.podcast_entry import PodcastEntryExtension
from feedgen.feed import FeedGenerator

from gazette.model.feed import ENT_ITEMS
from gazette.model.moment import Moment
from gazette.press.filters import date_courte
from gazette.press.marks import set_marks

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry
    from lxml import etree

    from gazette.model.feed import Enclosure, Feed, FeedItem, FeedList, Source, Tombstone
    from gazette.model.picture import Picture

ATOM = "application/atom+xml"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
LANGUAGE = "fr"
GENERATOR = "Gazette"
_REGION = re.compile(r' tabindex="0" role="region" aria-label="Tableau \d+"')
"""What a page gives a table so that it scrolls by keyboard; a feed reader does that its own way."""


class WholeFeed(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """Tells what feedgen has no word for: entries withdrawn for good (RFC 6721), before the others."""

    def __init__(self) -> None:
        self.tombstones: tuple[Tombstone, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Name the space of tombstones where there is one."""
        return {"at": TOMBSTONES} if self.tombstones else {}

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Write a tombstone for each: an opaque id and a day."""
        for gone in self.tombstones:
            when = Moment(gone.day).instant.isoformat()
            SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", ref=gone.id, when=when)
        return feed


class WholeEntry(BaseEntryExtension):  # type: ignore[misc]
    """Writes the parts of an Atom entry that feedgen 1.0 cuts: attributes of links (its issue 135), and the source."""

    def __init__(self) -> None:
        self.item: FeedItem | None = None

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Write the entry's links again, whole, then where it comes from."""
        assert self.item  # noqa: S101  # given as soon as the entry is made
        for old in entry.findall("link"):
            entry.remove(old)
        SubElement(entry, "link", href=self.item.url, rel="alternate", type="text/html")
        for file in self.item.enclosures:
            SubElement(entry, "link", href=file.address, rel="enclosure", type=file.media, length=str(file.length))
        source = self.item.source
        if source:
            node = SubElement(entry, "source")
            SubElement(node, "id").text = source.id
            SubElement(node, "title").text = source.title
            SubElement(node, "updated").text = self.item.updated.isoformat()
            SubElement(node, "link", href=f"{source.address}.atom", rel="self", type=ATOM)
            SubElement(node, "link", href=source.home, rel="alternate", type="text/html")
            if source.original:
                SubElement(entry, "link", href=source.original, rel="via")  # RFC 4287 §4.2.7.2
        return entry


class Podcast(PodcastExtension):  # type: ignore[misc]
    """Tells that nothing is explicit in the one word that is left: « no » was Apple's until 2019."""

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Write what feedgen writes, and the word."""
        whole = super().extend_rss(feed)
        whole.find(f"channel/{{{ITUNES}}}explicit").text = "false"
        return whole


def rss(feed: Feed) -> bytes:
    """Return the feed in the ENT's profile: safe for the widget, whose reading ``proof/ent.py`` tells."""
    generator = _rss(feed, f"{feed.address}.xml")
    for item in feed.items[:ENT_ITEMS]:
        _rss_item(generator, item)
    data: bytes = generator.rss_str(pretty=True)
    return _readable(data, feed)


def podcast(feed: Feed) -> bytes:
    """Return a feed of recordings, one an item, as podcast readers have it."""
    generator = _rss(feed, f"{feed.address}.rss")
    generator.register_extension("podcast", Podcast, PodcastEntryExtension, atom=False)
    generator.podcast.itunes_author(feed.author)
    generator.podcast.itunes_category("Education")
    generator.podcast.itunes_explicit("no")
    generator.podcast.itunes_image(feed.artwork)
    if feed.owner:
        generator.podcast.itunes_owner(feed.author, feed.owner)
    for item in feed.items:
        entry = _rss_item(generator, item)
        sound = item.enclosures[0]
        entry.podcast.itunes_duration(
            f"{sound.seconds // 3600:02}:{sound.seconds // 60 % 60:02}:{sound.seconds % 60:02}"
        )
        if sound.transcript:
            entry.content("".join(f"<p>{escape(told, quote=False)}</p>" for told in sound.transcript.split("\n\n")))
    data: bytes = generator.rss_str(pretty=True)
    return _readable(data, feed)


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom (RFC 4287), with full content."""
    generator = _generator(feed)
    generator.register_extension("whole", WholeFeed, WholeEntry, rss=False)
    generator.whole.tombstones = feed.tombstones
    generator.link(href=f"{feed.address}.atom", rel="self", type=ATOM)
    if feed.hub:  # WebSub §4: who follows the feed finds the hub beside its own address
        generator.link(href=feed.hub, rel="hub")
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.subtitle(feed.description)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.whole.item = item
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
    return _readable(data, feed)


def opml(view: FeedList) -> bytes:
    """Return a list of feeds as OPML 2.0, which readers take in at once."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = view.title
    body = SubElement(root, "body")
    for title, outlines in view.groups:
        group = SubElement(body, "outline", text=title, title=title)
        for one in outlines:
            facts = {"text": one.title, "title": one.title, "description": one.description, "language": LANGUAGE}
            SubElement(group, "outline", facts, type="rss", xmlUrl=one.feed, htmlUrl=one.home)
    data: bytes = tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
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
            "authors": [{"name": item.author} | ({"url": item.source.home} if item.source else {})],
            "tags": list(item.categories),
            "language": LANGUAGE,
        }
        pictures = [p for p in (*item.pictures, *item.gallery) if p]
        if item.source and item.source.original:
            row["external_url"] = item.source.original
        if pictures:
            row["image"] = pictures[0].jpeg[-1][0]
        if item.enclosures:
            row["attachments"] = [_attachment(file) for file in item.enclosures]
        if item.first_home:
            row["_gazette"] = dict(zip(("circonscription", "id"), item.first_home, strict=True))
        row |= {"content_text": item.summary} if item.body is None else {"content_html": content_html(item)}
        items.append(row)
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.address}.json",
        **({"next_url": feed.older} if feed.older else {}),
        "description": feed.description,
        "language": LANGUAGE,
        "authors": [{"name": feed.author}],
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": items,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _attachment(file: Enclosure) -> dict[str, Any]:
    row: dict[str, Any] = {"url": file.address, "mime_type": file.media, "size_in_bytes": file.length}
    return (
        row
        | ({"title": file.title} if file.title else {})
        | ({"duration_in_seconds": file.seconds} if file.seconds else {})
    )


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
    html = _REGION.sub("", html) + "".join(figure(p) for p in item.gallery)
    return html + (_published(item.source) if item.source else "")


def _published(source: Source) -> str:
    """Return who published an item, from where and when it was taken, and who else did."""
    text = f'Publié par <a href="{escape(source.home)}">{escape(source.title, quote=False)}</a>'
    if source.original:
        text += f', <a href="{escape(source.original)}">voir l’original</a>'
    if source.seen:
        text += f", repris le {date_courte(source.seen)}"
    if source.others:
        text += f". Également publié par {escape(', '.join(source.others), quote=False)}"
    return f"<p>{text}</p>"


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


def _rss(feed: Feed, address: str) -> FeedGenerator:
    generator = _generator(feed)
    generator.load_extension("dc", atom=False)
    if feed.address:
        generator.link(href=address, rel="self", type="application/rss+xml")
    generator.link(href=feed.home, rel="alternate")
    generator.description(feed.description)
    return generator


def _rss_item(generator: FeedGenerator, item: FeedItem) -> FeedEntry:
    entry = generator.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=item.url)
    entry.description(escape(item.teaser, quote=False))  # the widget shows it as HTML: escaped here, and again as XML
    entry.guid(item.id, permalink=False)
    entry.pubDate(item.published)
    if item.author:
        entry.dc.dc_creator(item.author)  # RSS's own author is an e-mail address
    for category in item.categories:
        entry.category(term=category)
    if item.source:
        entry.source(f"{item.source.address}.xml", item.source.title)
    for file in item.enclosures[:1]:  # RSS readers take one
        entry.enclosure(file.address, str(file.length), file.media)
    return entry


def _readable(data: bytes, feed: Feed) -> bytes:
    """Return the feed with the style sheet that makes it a page in a browser."""
    head, end, rest = data.partition(b"?>\n")
    sheet = f'<?xml-stylesheet type="text/css" href="{escape(feed.stylesheet)}"?>\n' if feed.stylesheet else ""
    return head + end + sheet.encode() + rest
