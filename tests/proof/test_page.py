"""What a printed file asks for, points to, and says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.proof.page import Inspection, _asked, _inspected, inspect, read, texts_of, words, words_in_a_row


def asked(html: str, path: str = "index.html") -> tuple[str, ...]:
    """Return what a browser would fetch for a file."""
    return inspect(path, html.encode()).subresources


@pytest.mark.parametrize(
    "html",
    [
        '<img src="X">',
        '<img src="" srcset="X 480w">',
        '<picture><source srcset="X"></picture>',
        '<script src="X"></script>',
        '<iframe src="X"></iframe>',
        '<audio src="X"></audio>',
        '<video src="X"></video>',
        '<video poster="X"></video>',
        '<track src="X">',
        '<embed src="X">',
        '<object data="X"></object>',
        '<input type="image" src="X">',
        '<link rel="stylesheet" href="X">',
        '<link rel="preconnect" href="X">',
        '<link rel="dns-prefetch" href="X">',
        '<link rel="preload" imagesrcset="X 2x" href="">',
        '<link rel="shortcut icon" href="X">',
        '<link rel="manifest" href="X">',
        '<svg><image href="X"/></svg>',
        '<svg><use xlink:href="X"/></svg>',
        '<meta http-equiv="refresh" content="0; url=X">',
        '<p style="background: url(X)">',
        "<style>p { background: url('X') }</style>",
        '<style>@import "X";</style>',
        '<a ping="X" href="#">',
        '<base href="X">',
        '<form action="X"></form>',
        '<button formaction="X"></button>',
        '<body background="X">',
    ],
)
def test_what_a_page_fetches_is_found(html: str):
    """Whatever element or attribute asks for it."""
    assert "https://pub.example/x" in asked(html.replace("X", "https://pub.example/x"))


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(X) }",
        'p { background: url( "X" ) }',
        "@import url(X);",
        "@import 'X';",
        "@font-face { src: URL(X) }",
        'p { background: image-set("X" 1x) }',
    ],
)
def test_what_a_style_sheet_fetches_is_found(css: str):
    """With or without quotes."""
    assert ("https://pub.example/x",) == asked(css.replace("X", "https://pub.example/x"), "style.css")


def test_a_link_is_not_fetched():
    """It waits for the reader to follow it; the feeds that a page tells are links too."""
    html = '<a href="https://b.example/">b</a><link rel="alternate" href="https://a.example/fils/tout.xml">'
    found = inspect("index.html", html.encode())
    assert ((), ("https://a.example/fils/tout.xml", "https://b.example/")) == (found.subresources, found.links)


def test_ids_are_found():
    """For anchors."""
    assert ("a", "b") == inspect("index.html", b'<p id="b"><br id="a"/></p>').ids


def test_what_is_no_page_holds_no_link():
    """Feeds are proofed by their items."""
    assert ((), ()) == (asked('<img src="x">', "tout.xml"), asked('{"url": "x"}', "tout.json"))


def test_words_are_compared_without_case_accents_nor_typography():
    """So that nothing hides a sequence."""
    assert ["l", "ecole", "d", "ete", "noel"] == words("L’École\u202f: d'ÉTÉ, Noël !")


@pytest.mark.parametrize(
    "data",
    [
        "<p>mot <em>secret</em> dit</p>",
        "<p>mot&#32;secret&nbsp;dit</p>",
        "<p>mot secr&eacute;t dit</p>",
        "<description>&lt;p&gt;mot secret &lt;b&gt;dit&lt;/b&gt;&lt;/p&gt;</description>",
        '{"title": "mot secret dit"}',
        '<img alt="mot secret dit">',
    ],
)
def test_words_of_a_file_are_read_through_its_mark_up(data: str):
    """HTML, XML with HTML within, JSON, attributes."""
    assert "mot secret dit" in " ".join(word for text, _ in texts_of(read(data.encode())) for word in text)


UNITS = [
    *('<img src="a.png">', "<img src=//b.example/>", "<a href='c'>", '<p id="d" id="e">', '<a ping="f">', "</p>"),
    *('<a title="', '">', '"', "'", "<script>", "</script>", "<style>", "</style>", "@import 'g.css';", "</a >"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "<textarea>", "<title>", "</title>", "<noscript>", "<p"),
    *("<template>", "<svg/>", '<use xlink:href="i"/>', "<", ">", " ", "mot", "&lt;", '<img srcset="j 1x, k 2x">'),
    *("\0", "url(//h.example)"),
]
"""What pages are made of, and what breaks them."""


@given(st.lists(st.sampled_from(UNITS), max_size=8).map("".join))
def test_mark_up_read_unit_by_unit_is_read_as_a_whole(text: str):
    """However regular or broken: what a parser finds in the page is found, no more and no less."""
    assert Inspection(*_asked(text)) == _inspected(text)


@given(st.lists(st.sampled_from([*UNITS, "<em>", "<i ", "un deux", "é", "\x01", '"trois quatre cinq"']), max_size=9))
def test_words_in_a_row_miss_none_of_a_text(parts: list[str]):
    """What canaries are looked up by holds every run of words that the texts of the file hold."""
    text = read(" ".join(parts).encode())
    found = set(pairwise(words_in_a_row(text)))
    assert set() == {pair for row, _ in texts_of(text) for pair in pairwise(row)} - found
