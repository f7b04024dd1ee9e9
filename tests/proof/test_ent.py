"""The ENT's reading of a feed, and each way to be misread: it stops the build."""

from dataclasses import replace
from pathlib import Path

import pytest

from gazette import build as pipeline
from gazette.model.feed import Enclosure
from gazette.model.finding import Severity
from gazette.press import feeds, stage
from gazette.proof.ent import accepts, misread, read_feed, shown
from tests.plain import print_plain
from tests.press.test_feeds import TITLES, feed, item
from tests.samples import Site

SOUND = Enclosure("https://sourcelle.example/media/voix.mp3", "audio/mpeg", 4096, "Voix", 61)
FEED = feed(*(item(rank, title=TITLES[rank % 9], summary=TITLES[-rank % 9]) for rank in range(12)))
ADDRESS = f"{FEED.address}.xml"
GOOD = feeds.rss(FEED)
OTHERS = {
    "Atom": (feeds.atom(FEED), "0 articles au lieu de 10"),
    "a picture of the channel": (
        GOOD.replace(b"<language>", b"<image><title>Logo</title><link>https://x.example/</link></image><language>", 1),
        "title, link de l’en-tête",
    ),
    "a title after the items": (
        GOOD.replace(b"<title>Actu", b"<nom>Actu", 1)
        .replace("repères</title>".encode(), "repères</nom>".encode(), 1)
        .replace(b"</channel>", b"<title>Actu</title></channel>"),
        "title de l’en-tête",
    ),
    "a second title": (GOOD.replace(b"</item>", b"<g><title>Photo</title></g></item>", 1), "title de l’article 1"),
    "raw mark-up in a description": (
        GOOD.replace(b"</description>\n      <guid", b"<br/></description>\n      <guid", 1),
        "description de l’article 1",
    ),
    "a named entity": (GOOD.replace(b"Lire", b"&eacute;", 1), "0 articles au lieu de 10"),
    "a French date": (GOOD.replace(b"<pubDate>Fri, 20 Nov", b"<pubDate>ven. 20 nov.", 1), "pubDate de l’article 1"),
    "a document type": (GOOD.replace(b"<rss", b"<!DOCTYPE rss><rss", 1), "un DOCTYPE"),
    "a date of Dublin Core": (GOOD.replace(b"</item>", b"<dc:date>2026</dc:date></item>", 1), "dc:date de l’article 1"),
    "another encoding": (GOOD.decode().encode("utf-16"), "0 articles au lieu de 10"),
    "nothing": (b"", "0 articles au lieu de 10"),
}


def test_our_own_feed_is_read_as_it_was_composed():
    """Whatever signs titles and summaries hold."""
    assert [] == list(misread(GOOD, FEED, ADDRESS))


@pytest.mark.parametrize("name", OTHERS)
def test_a_feed_that_the_ent_would_misread_is_told(name: str):
    """Each difference that the ENT's source makes, tried."""
    data, said = OTHERS[name]
    assert [said] == [fault for fault in misread(data, FEED, ADDRESS) if "en-tête" not in fault or fault == said]


def test_items_that_are_not_newest_first_are_told():
    """The widget does not sort."""
    other = replace(FEED, items=tuple(reversed(FEED.items[:3])))
    assert ["l’ordre des articles, du plus récent au plus ancien"] == list(misread(feeds.rss(other), other, ADDRESS))


def test_an_address_that_the_widget_refuses_is_told():
    """Its last segment has a dot, and no suffix the widget knows."""
    found = [accepts(f"https://x.example/fils/tout{suffix}") for suffix in (".xml", ".rss", "", ".json", ".php")]
    told = [list(misread(GOOD, FEED, f"{FEED.address}{suffix}")) for suffix in (".xml", ".json")]
    assert ([True, True, True, False, False], [[], ["adresse refusée"]]) == (found, told)


def test_a_podcast_can_be_read_by_the_widget_too():
    """Its suffix is one of those it takes; names of iTunes are prefixed."""
    made = replace(FEED, items=tuple(replace(i, enclosures=(SOUND,)) for i in FEED.items))
    assert shown(read_feed(feeds.rss(FEED))) == shown(read_feed(feeds.podcast(made)))


def test_a_feed_misread_stops_the_build(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Nothing is put in place; the finding says which feed, and what of it."""
    monkeypatch.setitem(
        stage.FORMS, "rss", lambda view: feeds.rss(view).replace(b"</item>", b"<title>x</title></item>", 1)
    )
    report = print_plain(site, is_first=True, editions=("public",))
    stops = {(f.code, f.place.file, f.message) for f in report.findings if f.severity is Severity.STOP}
    told = ("EPR-05", "public/fils/tout.xml", "l'ENT lirait mal ce flux : title de l’article 1")
    assert (True, True, False) == (report.is_closed, told in stops, site.output.exists())


def test_every_feed_of_a_site_is_read_as_the_ent_does(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Each ``.xml`` of ``fils/``, in every edition, and its podcast."""
    seen: list[str] = []
    monkeypatch.setattr("gazette.proof.stage.misread", lambda _, __, address: seen.append(address) or [])
    print_plain(site, is_fresh=True)  # what a feed was found to be is remembered
    editions = {a.name: a.address for a in pipeline.load(site.order())[0].audiences}
    printed = {
        editions[edition] + path.relative_to(site.output / edition).as_posix()
        for edition in editions
        for path in Path(site.output / edition / "fils").rglob("*")
        if path.suffix in {".xml", ".rss"}
    }
    assert printed == set(seen)
