"""Every feed passes every rule of the validators, and each rule is one that a feed can break."""

import io
import json
from dataclasses import replace
from datetime import date

import feedparser
import listparser
import podcastparser
import pytest
from hypothesis import given
from lxml import etree
from PIL import Image

from gazette.model.body import Body
from gazette.model.feed import Enclosure, FeedList, Outline, Source, Tombstone
from gazette.press.feeds import atom, json_feed, opml, podcast, rss
from tests.plain import print_plain
from tests.press.rules import atom_faults, json_faults, opml_faults, podcast_faults, rss_faults
from tests.press.test_feeds import ROOT, TEXTS, TITLES, feed, item, parsed, picture
from tests.samples import Site

SOUND = Enclosure(f"{ROOT}media/voix.mp3", "audio/mpeg", 4096, "Voix", 3661, "Un merle & sa <phrase>.\n\nPuis rien.")
SCHOOL = Source(
    "urn:uuid:00000000-0000-5000-8000-00000000000a",
    "École « du Pont » & fils",
    f"{ROOT}ecoles/0869001S/",
    f"{ROOT}fils/ecoles/0869001S",
)
GONE = Tombstone("urn:uuid:00000000-0000-5000-8000-00000000000b", date(2026, 11, 19))
RICH = feed(
    *(item(rank, title=title, summary=title, source=SCHOOL) for rank, title in enumerate(TITLES)),
    item(9, enclosures=(SOUND, Enclosure(f"{ROOT}media/fiche.pdf", "application/pdf", 12)), gallery=(picture(),)),
    item(10, body=None),
    stylesheet="flux.css",
    tombstones=(GONE,),
)
LIST = FeedList(
    "Circonscription",
    tuple((f"Groupe {t}", (Outline(t, t, f"{ROOT}fils/{n}.atom", ROOT),)) for n, t in enumerate(TITLES)),
)


def test_a_feed_of_everything_we_can_tell_breaks_no_rule():
    """School, recordings, documents, pictures, tombstone, stub, hard titles."""
    sounds = replace(RICH, items=(RICH.items[9],), artwork=f"{ROOT}fils/audio.png", owner="ce@ac.example")
    found = (
        atom_faults(atom(RICH)),
        rss_faults(rss(RICH)),
        rss_faults(podcast(sounds), most=50) + podcast_faults(podcast(sounds)),
        json_faults(json_feed(RICH)),
        opml_faults(opml(LIST)),
    )
    assert ([], [], [], [], []) == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<id>", b"<id>x"),
        (b"<title>", b"<titre/><title>"),
        (b"<published>2026-11-20T08", b"<published>20 nov. 2026T08"),
        (b'xml:lang="fr"', b""),
        (b'rel="self"', b'rel="via"'),
        (b'rel="alternate"', b'rel="via"'),
        (b"-000000000001</id>", b"-000000000000</id>"),
        (b"<updated>2026-11-19T09", b"<updated>2026-11-20T09"),
        (b"&lt;em&gt;", b"&lt;em onclick=''&gt;"),
        (b"&lt;em&gt;", b"&lt;a href='/x'&gt;"),
        (b'href="https://', b'href="//'),
        (b' length="4096"', b""),
        (b"<author>", b"<auteur>"),
        (b"-00000000000b", b"-000000000001"),
    ],
)
def test_a_rule_of_atom_can_be_broken(before: bytes, after: bytes):
    """A validator that nothing fails is none."""
    data = atom(RICH)
    assert before in data
    broken = data.replace(before, after, 1) if before != b"<author>" else data.replace(b"author>", b"contributor>")
    assert [] != atom_faults(broken)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<pubDate>Fri", b"<pubDate>Thu"),
        (b"<pubDate>Fri, 20", b"<pubDate>20"),
        (b"</guid>", b"</guid><guid>x</guid>"),
        (b'isPermaLink="false"', b""),
        (b"<language>fr</language>", b""),
        (b"<atom:link", b"<atom:lien"),
        (b"<item>", b"<item><contenu/>"),
        (b"</item>", b"<title>x</title></item>"),
        (b"<link>https://sourcelle.example/actualites/n", b"<link>/actualites/n"),
        (b"-000000000001</guid>", b"-000000000000</guid>"),
        (b' length="4096"', b""),
        (b"<description>Lire", b"<description>&lt;script&gt;Lire"),
    ],
)
def test_a_rule_of_rss_can_be_broken(before: bytes, after: bytes):
    """A validator that nothing fails is none."""
    data = rss(RICH)
    assert before in data
    assert [] != rss_faults(data.replace(before, after, 1))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date_published", "20/11/2026"),
        ("date_modified", "2026-11-20"),
        ("id", 12),
        ("url", "/actualites/"),
        ("auteur", "x"),
        ("authors", [{}]),
        ("tags", "CM1"),
        ("attachments", [{"url": "https://x.example/a.mp3"}]),
        ("content_html", "<script>x</script>"),
    ],
)
def test_a_rule_of_json_feed_can_be_broken(key: str, value: object):
    """A validator that nothing fails is none."""
    made = json.loads(json_feed(RICH))
    made["items"][0][key] = value
    assert [] != json_faults(json.dumps(made).encode())


def test_a_withdrawn_entry_is_a_tombstone_of_rfc_6721():
    """An opaque id and a day, before the entries; feedparser does not mind."""
    tree = etree.fromstring(atom(RICH))
    found = [dict(n.attrib) for n in tree.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")]
    assert ([{"ref": GONE.id, "when": "2026-11-19T00:00:00+01:00"}], 11) == (found, len(parsed(atom(RICH)).entries))


def test_a_feed_without_withdrawal_does_not_speak_of_them():
    """Not even the name space."""
    assert b"tombstones" not in atom(feed(item()))


def test_what_a_school_signs_says_it_in_every_format():
    """``atom:source``, ``source`` of RSS, the author's page in JSON, and words in the text."""
    made = feed(item(source=SCHOOL))
    entry = parsed(atom(made)).entries[0]
    row = json.loads(json_feed(made))["items"][0]
    told = f'<p>Publié par <a href="{SCHOOL.home}">École « du Pont » &amp; fils</a></p>'
    links = {link.rel: link.href for link in entry.source.links}
    source = etree.fromstring(rss(made)).find("channel/item/source")
    assert source is not None
    expected = (SCHOOL.id, SCHOOL.title, {"self": f"{SCHOOL.address}.atom", "alternate": SCHOOL.home}, SCHOOL.home)
    assert expected == (entry.source.id, entry.source.title, links, row["authors"][0]["url"])
    assert (SCHOOL.title, f"{SCHOOL.address}.xml") == (source.text, source.get("url"))
    assert (True, True) == (row["content_html"].endswith(told), entry.content[0].value.endswith(told))


def test_a_recording_is_an_enclosure_in_every_format():
    """With its type and length; how long it lasts in the podcast and in JSON."""
    made = feed(item(enclosures=(SOUND,)))
    expected = [{"href": SOUND.address, "type": "audio/mpeg", "length": "4096"}]
    found = [
        [{key: file[key] for key in ("href", "type", "length")} for file in parsed(form(made)).entries[0].enclosures]
        for form in (rss, podcast, atom)
    ]
    attachment = {
        "url": SOUND.address,
        "mime_type": "audio/mpeg",
        "size_in_bytes": 4096,
        "title": "Voix",
        "duration_in_seconds": 3661,
    }
    row = json.loads(json_feed(made))["items"][0]
    assert ([expected] * 3, [attachment], "01:01:01") == (
        found,
        row["attachments"],
        parsed(podcast(made)).entries[0].itunes_duration,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<itunes:image ", b"<itunes:picture "),
        (b"audio.png", b"audio.svg"),
        (b"<itunes:explicit>false", b"<itunes:explicit>no"),
        (b"ce@ac.example", b" "),
        (b'text="Education"', b'text="Ecole"'),
        (b"<language>fr", b"<language>"),
        (b'rel="self"', b'rel="via"'),
        (b'length="4096"', b'length="0"'),
        (b'"audio/mpeg"', b'"audio/x"'),
        (b"<itunes:duration>01:", b"<itunes:duration>"),
        (b"content:encoded>", b"content:other>"),
    ],
)
def test_a_rule_of_podcasts_can_be_broken(before: bytes, after: bytes):
    """A directory that takes everything in says nothing."""
    data = podcast(feed(item(enclosures=(SOUND,)), artwork=f"{ROOT}fils/audio.png", owner="ce@ac.example"))
    assert (True, []) == (before in data, podcast_faults(data))
    assert [] != podcast_faults(data.replace(before, after))


def test_a_podcast_application_reads_it():
    """GPodder's own parser finds each episode: its sound, weight, length, transcript, and the artwork."""
    made = feed(item(enclosures=(SOUND,)), item(1, enclosures=(SOUND,)), artwork=f"{ROOT}fils/audio.png")
    told = podcastparser.parse(f"{ROOT}fils/audio.rss", io.BytesIO(podcast(made)))
    assert (made.title, made.home, f"{ROOT}fils/audio.png", False) == (
        told["title"],
        told["link"],
        told["cover_url"],
        told["explicit"],
    )
    sounds = [{"url": SOUND.address, "file_size": 4096, "mime_type": "audio/mpeg"}]
    episode = told["episodes"][0]
    assert ("Titre 0", 3661, sounds) == (episode["title"], episode["total_time"], episode["enclosures"])
    assert "<p>Un merle &amp; sa &lt;phrase&gt;.</p><p>Puis rien.</p>" == episode["description_html"]
    assert [i.id for i in made.items] == [e["guid"] for e in told["episodes"]]


def test_a_picture_of_json_is_its_largest():
    """And none where there is none."""
    rows = json.loads(json_feed(feed(item(gallery=(picture(),)), item(1))))["items"]
    assert [f"{ROOT}media/x-1200.jpg", None] == [row.get("image") for row in rows]


def test_a_reader_s_sanitizer_leaves_a_text_as_it_is():
    """Nothing that we print is taken off as a danger."""
    html = '<p>Un <em>mot</em>, <a href="https://x.example/">ici</a></p><ul><li>a</li></ul><table><tr><td>b</td></tr></table>'
    data = atom(feed(item(body=Body(html, "b"), gallery=(picture(),))))
    raw, clean = (feedparser.parse(data, sanitize_html=s).entries[0].content[0].value for s in (False, True))
    assert etree.tostring(etree.HTML(raw)) == etree.tostring(etree.HTML(clean))


@given(TEXTS)
def test_any_title_is_right_in_a_list_of_feeds(title: str):
    """Read back by another's parser too, but for the spaces it folds."""
    made = opml(FeedList(title, ((title, (Outline(title, title, f"{ROOT}fils/x.atom", ROOT),)),)))
    found = [node.get("text") for node in etree.fromstring(made).iter("outline")]
    assert [title, title] == found


@pytest.mark.parametrize("title", TITLES)
def test_listparser_reads_the_list_of_feeds(title: str):
    """Title, address and group."""
    made = opml(FeedList("Tout", ((title, (Outline(title, title, f"{ROOT}fils/x.atom", ROOT),)),)))
    found = [(row.title, row.url, row.categories) for row in listparser.parse(made.decode()).feeds]
    assert [(title, f"{ROOT}fils/x.atom", [[title]])] == found


def test_every_feed_of_a_site_breaks_no_rule(site: Site):
    """Of every edition, and feedparser reads the same entries, ids and days in RSS as in Atom and JSON."""
    site.change("actualites/2026-09-15-fluence.md", "titre: ", 'titre: "&\\x0B <b> ]]> \\u202F🚀 עברית" #')
    print_plain(site)
    rules = {".atom": atom_faults, ".xml": rss_faults, ".json": json_faults, ".opml": opml_faults}
    rules[".rss"] = podcast_faults
    found = {
        str(file.relative_to(site.output)): rules[file.suffix](file.read_bytes())
        for file in sorted(site.output.glob("*/fils/**/*.*"))
        if file.suffix in rules
    }
    assert (True, {}) == (len(found) > 60, {path: faults for path, faults in found.items() if faults})
    for file in site.output.glob("*/fils/audio.rss"):
        with Image.open(file.with_suffix(".png")) as art:
            assert ("PNG", "RGB", (1400, 1400)) == (art.format, art.mode, art.size)
    for file in site.output.glob("*/fils/**/*.atom"):
        atoms = parsed(file.read_bytes()).entries
        rows = json.loads(file.with_suffix(".json").read_bytes())["items"]
        brief = parsed(file.with_suffix(".xml").read_bytes()).entries
        assert [(e.id, e.published) for e in atoms] == [(r["id"], r["date_published"]) for r in rows]
        assert [(e.id, e.title, e.link) for e in atoms[:10]] == [(e.id, e.title, e.link) for e in brief]
        assert [e.published_parsed for e in atoms[:10]] == [e.published_parsed for e in brief]
