"""Tests of handout.py: addresses that work, told to who may have them, on one sheet of A4."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gazette.model.newsroom import Audience, Newsroom, TokenFeeds
from gazette.model.token import token_path
from gazette.papers.handout import handed, letter, lines
from tests.press.widget import accepts
from tests.samples import NOW, TOKEN_SECRET, sample_newsroom

DAY = NOW.date()
SECRET = TOKEN_SECRET.encode()
A4 = 269 * 96 / 25.4
"""Pixels of a page of A4 between its margins."""


def circonscription() -> tuple[Newsroom, Audience]:
    """Return one whose directors have token feeds, and whose names hold signs of HTML."""
    newsroom = sample_newsroom()
    directors = replace(newsroom.audiences[-1], token_feeds=TokenFeeds(1, "https://fils.sourcelle.example/d/"))
    told = replace(newsroom, ent_name="l’ENT <Arc & Ciel>", audiences=(*newsroom.audiences[:-1], directors))
    return told, directors


def page() -> str:
    """Return the letter."""
    newsroom, directors = circonscription()
    return letter(handed(SECRET, newsroom, directors, DAY), newsroom, directors, DAY)


class Cells(HTMLParser):
    """The text of each ``td``, as a mouse would copy it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.is_in = False

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        """Open a cell."""
        if tag == "td":
            self.texts.append("")
            self.is_in = True

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self.is_in = self.is_in and tag != "td"

    def handle_data(self, data: str) -> None:
        """Read it."""
        if self.is_in:
            self.texts[-1] += data


def test_each_fil_has_the_address_that_is_printed():
    """Under the folder that asks for no login; the widget takes it."""
    newsroom, directors = circonscription()
    found = [feed.address for feed in handed(SECRET, newsroom, directors, DAY)]
    names = ("tout", "actualites", "projets", "directeurs", "outils")
    root = "https://fils.sourcelle.example/d/"
    assert [root + token_path(SECRET, newsroom, directors, DAY, name) for name in names] == found
    assert [True] * 5 == [accepts(address) for address in found]


def test_the_terminal_tells_until_when_and_what_not_to_do():
    """In words of everyday."""
    newsroom, directors = circonscription()
    feeds = handed(SECRET, newsroom, directors, DAY)
    said = "\n".join(lines(feeds, newsroom, directors, DAY))
    words = ("31 juillet 2027", "1er août", "sans mot de passe", "--nouveau-jeton directeurs", "« Directeurs »")
    assert ([], []) == ([w for w in words if w not in said], [f.address for f in feeds if f.address not in said])


def test_an_address_is_copied_from_the_letter_as_it_is():
    """Groups guide the eye, and put no character in it."""
    newsroom, directors = circonscription()
    cells = Cells()
    cells.feed(page())
    assert [feed.address for feed in handed(SECRET, newsroom, directors, DAY)] == cells.texts


def test_the_letter_says_what_it_protects_and_until_when():
    """Honestly: it is no password."""
    text = unescape(re.sub(r"\s+|<[^>]+>", " ", page()))
    words = ("31 juillet 2027", "pas un mot de passe", "Ne la publiez pas", "Réservé", "Rafraîchir")
    assert [] == [word for word in words if word not in text]


def test_names_of_the_circonscription_are_text():
    """What stands in its file is no mark-up."""
    assert (True, False) == ("l’ENT &lt;Arc &amp; Ciel&gt;" in page(), "<Arc" in page())


def test_the_letter_is_whole_in_itself_and_asks_robots_away():
    """It fetches nothing, and if it is put on line by mistake no engine keeps it."""
    text = page()
    assert ([], True) == (re.findall(r"<link|<script|<img|url\(|@import", text), 'content="noindex, noarchive"' in text)


@pytest.mark.parametrize("media", ["print", "screen"])
def test_the_letter_fits(browser: Browser, tmp_path: Path, media: str):
    """One page of A4 in print; nothing sticks out of a telephone."""
    file = tmp_path / "lettre.html"
    file.write_text(page(), "utf-8")
    context = browser.new_context(viewport={"width": 673 if media == "print" else 320, "height": 800})
    tab = context.new_page()
    tab.emulate_media(media=media)
    tab.goto(file.as_uri())
    size = tab.evaluate("[document.documentElement.scrollWidth, document.body.scrollHeight]")
    context.close()
    assert (size[0] <= 320) if media == "screen" else (size[0] <= 673 and size[1] <= A4)
