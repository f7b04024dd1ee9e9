"""Feeds, read back with others' parsers, and by the ENT's own algorithm."""

import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gazette.model.body import Body
from gazette.model.feed import Feed, FeedItem
from gazette.model.media import Measure
from gazette.model.moment import PARIS
from gazette.model.picture import Picture
from gazette.press.feeds import atom, content_html, json_feed, rss
from tests.press.widget import accepts, fetch, show
from tests.samples import sample_image

ROOT = "https://sourcelle.example/"
DAY = datetime(2026, 11, 20, 8, 30, tzinfo=PARIS)
TITLES = [
    "Lire & dire",
    "a < b > c",
    "fin ]]> de section",
    "Les « mots » du soir !",
    "Une fusée 🚀 et l’école",
    "עברית والعربية",
    "&eacute; &amp; <b>gras</b>",
    '"guillemets" et l\'apostrophe',
    "œuvre à l’ÉCOLE, çà et là",
]
# What a title may hold once it was read: no control character, no surrogate, no space at its ends.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Cf"))).map(str.strip).filter(bool)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def item(rank: int = 0, **facts: object) -> FeedItem:
    """Return an item of a feed."""
    when = DAY - timedelta(days=rank)
    common = {
        "id": f"urn:uuid:00000000-0000-5000-8000-{rank:012}",
        "title": f"Titre {rank}",
        "url": f"{ROOT}actualites/n{rank}/",
        "summary": f"Chapeau {rank}.",
        "author": "L’équipe des CPC",
        "categories": ("Actualités", "CM1"),
        "published": when,
        "updated": when + timedelta(hours=1),
        "body": Body(f"<p>Corps <em>{rank}</em> &amp; fin</p>", f"b{rank}"),
        "hrefs": (),
        "pictures": (),
        "gallery": (),
    }
    return FeedItem(**(common | facts))


def feed(*items: FeedItem, **facts: object) -> Feed:
    """Return a feed."""
    common = {
        "id": "urn:uuid:00000000-0000-5000-8000-ffffffffffff",
        "title": "Actualités & repères",
        "description": "Ressources « choisies » pour la classe",
        "home": f"{ROOT}actualites/",
        "address": f"{ROOT}fils/actualites",
        "author": "Circonscription de Sourcelle",
        "items": items,
        "updated": max((i.updated for i in items), default=DAY),
    }
    return Feed(**(common | facts))


def parsed(data: bytes) -> feedparser.FeedParserDict:
    """Return what feedparser reads, which must find nothing wrong."""
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    assert not found.bozo
    return found


def picture() -> Picture:
    """Return a printed picture."""
    webp, jpeg = (tuple((f"{ROOT}media/x-{w}.{e}", w) for w in (480, 960, 1200)) for e in ("webp", "jpg"))
    image = sample_image(alt='Un "triangle" & <b>', caption="À imprimer", credit="Moi")
    return Picture(image, Measure(1200, 600), webp, jpeg)


@pytest.mark.parametrize("title", TITLES)
def test_titles_and_summaries_come_back_from_rss(title: str):
    """Whatever signs they hold."""
    entry = parsed(rss(feed(item(title=title, summary=title)))).entries[0]
    assert (title, title) == (entry.title, unescape(entry.summary))


@pytest.mark.parametrize("title", TITLES)
def test_titles_and_summaries_come_back_from_atom(title: str):
    """Whatever signs they hold."""
    tree = etree.fromstring(atom(feed(item(title=title, summary=title))))
    found = [tree.findtext(f"a:entry/a:{name}", namespaces=ATOM) for name in ("title", "summary")]
    assert [title, title] == found


@given(TEXTS)
def test_any_title_comes_back_from_every_format(title: str):
    """No text breaks a feed."""
    made = feed(item(title=title, summary=title))
    widget = show(fetch(rss(made)))[0]
    entry = etree.fromstring(atom(made)).find("a:entry", ATOM)
    row = json.loads(json_feed(made))["items"][0]
    short = title if len(title) <= 300 else unescape(widget[2])
    found = [widget[0], unescape(widget[2]), entry.findtext("a:title", namespaces=ATOM), row["title"], row["summary"]]
    assert [title, short, title, title, title] == found


def test_rss_carries_ten_items_in_order():
    """Newest first, with id, address and day."""
    entries = parsed(rss(feed(*(item(rank) for rank in range(12))))).entries
    expected = [(f"Titre {n}", f"{ROOT}actualites/n{n}/", item(n).id) for n in range(10)]
    assert expected == [(e.title, e.link, e.id) for e in entries]


def test_the_ents_widget_shows_what_was_written():
    """The ENT's algorithm finds title, link, description and day of ten items, and of the channel."""
    made = feed(*(item(rank, title=TITLES[rank % 9], summary=TITLES[-rank % 9]) for rank in range(12)))
    channel = fetch(rss(made))
    head = (channel.title, channel.link, channel.description, channel.language)
    shown = [(title, link, unescape(html), day) for title, link, html, day in show(channel)]
    expected = [(i.title, i.url, i.summary, i.published.isoformat()) for i in made.items[:10]]
    assert ((made.title, made.home, made.description, "fr"), expected) == (head, shown)


def test_the_widget_shows_no_mark_up_of_an_author():
    """It injects a description as HTML: what an author typed stays text."""
    html = show(fetch(rss(feed(item(summary="<img src=x onerror=alert(1)> & suite")))))[0][2]
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; suite" == html


def test_the_widget_sees_nothing_in_atom():
    """This is why there is RSS."""
    assert [] == fetch(atom(feed(item()))).items


def test_the_widget_takes_the_address_of_rss():
    """By its suffix; the JSON feed would be refused."""
    assert [True, False] == [accepts(f"{ROOT}fils/tout.{suffix}") for suffix in ("xml", "json")]


def test_rss_obeys_the_ent_profile():
    """Contract, section 5: order, names, no document type, no entity of HTML, no picture of the channel."""
    data = rss(feed(*(item(rank) for rank in range(3))))
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    local = [re.sub(r"{.*}", "", str(child.tag)) for child in channel]
    per_item = [[re.sub(r"{.*}", "", str(c.tag)) for c in i] for i in channel.iter("item")]
    doubles = [n for names in per_item for n in ("title", "link", "description") if names.count(n) != 1]
    entities = set(re.findall(rb"&(\w+);", data)) - {b"amp", b"lt", b"gt", b"quot", b"apos"}
    found = (local[:3], "image" in local, "textInput" in local, b"<!DOCTYPE" in data, entities, doubles)
    assert (["title", "link", "description"], False, False, False, set(), []) == found
    assert data.startswith((b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>'))


def test_dates_of_rss_are_english():
    """The widget reads no other."""
    days = etree.fromstring(rss(feed(item()))).xpath("//pubDate/text() | //lastBuildDate/text()")
    assert ["Fri, 20 Nov 2026 09:30:00 +0100", "Fri, 20 Nov 2026 08:30:00 +0100"] == days


def test_an_id_of_rss_is_no_link():
    """``isPermaLink`` is false: a UUID leads nowhere."""
    assert ["false"] == etree.fromstring(rss(feed(item()))).xpath("//guid/@isPermaLink")


@pytest.mark.parametrize("length", [299, 300, 301, 1000])
def test_a_description_of_rss_has_at_most_300_characters(length: int):
    """Cut at a word, with an ellipsis, and never within an entity."""
    text = ("été & <hiver> " * 100)[:length].strip()
    found = unescape(show(fetch(rss(feed(item(summary=text)))))[0][2])
    is_cut = len(text) > 300
    assert (True, is_cut, True) == (len(found) <= 300, found.endswith("…"), text.startswith(found.rstrip("…")))


def test_an_empty_feed_is_one_all_the_same():
    """A fil that has nothing yet can be followed."""
    made = feed()
    found = ([], [], [], "Actualités & repères")
    assert found == (
        parsed(rss(made)).entries,
        parsed(atom(made)).entries,
        json.loads(json_feed(made))["items"],
        fetch(rss(made)).title,
    )


def test_atom_carries_everything():
    """Text, days, categories, author."""
    made = feed(*(item(rank) for rank in range(12)))
    found = parsed(atom(made)).entries
    entry = found[3]
    expected = made.items[3]
    assert (12, expected.body.html if expected.body else "", ["Actualités", "CM1"], expected.author) == (
        len(found),
        entry.content[0].value,
        [tag.term for tag in entry.tags],
        entry.author,
    )


def test_atom_has_what_rfc_4287_asks():
    """Sections 4.1.1 and 4.1.2: one id, title and updated, an author; an alternate link for each entry."""
    tree = etree.fromstring(atom(feed(*(item(rank) for rank in range(2)))))
    counts = [
        len(node.findall(f"a:{name}", ATOM))
        for node in (tree, *tree.findall("a:entry", ATOM))
        for name in ("id", "title", "updated", "author")
    ]
    links = [link.get("rel") for link in tree.findall("a:entry/a:link", ATOM)]
    types = tree.xpath("//a:content/@type", namespaces=ATOM)
    days = tree.xpath("//a:updated/text() | //a:published/text()", namespaces=ATOM)
    rfc3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    assert ({1}, ["alternate"] * 2, ["html"] * 2, []) == (
        set(counts),
        links,
        types,
        [d for d in days if not rfc3339.fullmatch(d)],
    )


def test_links_of_atom_are_whole():
    """Feedgen forgets ``rel`` and ``type`` (its issue 135): they are repaired."""
    tree = etree.fromstring(atom(feed(item(3))))
    entry = [dict(link.attrib) for link in tree.findall("a:entry/a:link", ATOM)]
    own = {link.get("rel"): (link.get("href"), link.get("type")) for link in tree.findall("a:link", ATOM)}
    expected = {
        "self": (f"{ROOT}fils/actualites.atom", "application/atom+xml"),
        "alternate": (f"{ROOT}actualites/", "text/html"),
    }
    assert ([{"href": f"{ROOT}actualites/n3/", "rel": "alternate", "type": "text/html"}], expected) == (entry, own)


def test_json_feed_has_what_version_1_1_asks():
    """jsonfeed.org/version/1.1: version, title, items; id and content in each item."""
    made = json.loads(json_feed(feed(item(), item(1, body=None))))
    top = {key: made[key] for key in ("version", "title", "home_page_url", "feed_url", "language")}
    expected = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Actualités & repères",
        "home_page_url": f"{ROOT}actualites/",
        "feed_url": f"{ROOT}fils/actualites.json",
        "language": "fr",
    }
    contents = [{k for k in row if k.startswith("content_")} for row in made["items"]]
    assert (expected, [{"content_html"}, {"content_text"}]) == (top, contents)


def test_json_feed_carries_the_item():
    """With RFC 3339 dates, authors as a list, tags."""
    row = json.loads(json_feed(feed(item())))["items"][0]
    expected = {
        "id": item().id,
        "url": f"{ROOT}actualites/n0/",
        "title": "Titre 0",
        "summary": "Chapeau 0.",
        "date_published": "2026-11-20T08:30:00+01:00",
        "date_modified": "2026-11-20T09:30:00+01:00",
        "authors": [{"name": "L’équipe des CPC"}],
        "tags": ["Actualités", "CM1"],
        "language": "fr",
        "content_html": "<p>Corps <em>0</em> &amp; fin</p>",
    }
    assert expected == row


def test_an_item_for_the_ent_alone_carries_no_content():
    """Its summary is all that is printed."""
    entry = parsed(atom(feed(item(body=None)))).entries[0]
    assert ("Chapeau 0.", False) == (entry.summary, "content" in entry)


def test_links_of_a_text_are_absolute_or_gone():
    """A link that leads nowhere is its words."""
    body = Body('<p><a href="gazette:0">ici</a> et <a href="gazette:1">là</a></p>', "b")
    found = content_html(item(body=body, hrefs=(f"{ROOT}projets/defi/?a=1&b=2", "")))
    assert f'<p><a href="{ROOT}projets/defi/?a=1&amp;b=2">ici</a> et là</p>' == found


def test_a_picture_stands_in_the_text_in_one_width():
    """Readers of feeds know no ``srcset``; what was typed is escaped."""
    body = Body('<p><img src="gazette:0" alt=""></p><p>x</p>', "b")
    found = content_html(item(body=body, hrefs=("",), pictures=(picture(),)))
    image = f'<img src="{ROOT}media/x-960.jpg" width="960" height="480" alt="Un &quot;triangle&quot; &amp; &lt;b&gt;">'
    assert f"<figure>{image}<figcaption>À imprimer © Moi</figcaption></figure><p>x</p>" == found


def test_a_picture_that_is_withheld_leaves_nothing():
    """Neither an address nor an empty figure."""
    body = Body('<p><img src="gazette:0" alt="secret"></p><p>x</p>', "b")
    assert "<p>x</p>" == content_html(item(body=body, hrefs=("",), pictures=(None,)))


def test_pictures_that_the_text_does_not_place_come_after_it():
    """The gallery of the page."""
    found = content_html(item(gallery=(picture(),)))
    assert ("<p>Corps <em>0</em> &amp; fin</p><figure>", 1) == (found[: found.index("<img")], found.count("<img"))


def test_a_table_is_told_without_the_page_s_region():
    """``role`` and ``tabindex`` serve scrolling on the page."""
    body = Body('<div class="table" tabindex="0" role="region" aria-label="Tableau 2"><table></table></div>', "b")
    assert '<div class="table"><table></table></div>' == content_html(item(body=body))


@pytest.mark.parametrize("form", [rss, atom, json_feed])
def test_a_feed_printed_twice_has_the_same_bytes(form: object):
    """Nothing of the moment of printing is in it."""
    made = feed(*(item(rank) for rank in range(3)))
    assert callable(form)
    assert form(made) == form(replace(made))
