"""The letter in print: for mail readers that drop style sheets, and for those that show text only."""

from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser

from gazette.errors import PressError
from gazette.model.letter import Letter, Line, Part
from gazette.press.letter import HTML, TEXT, WIDTH, html, print_letter, text
from tests.judges import OVERFLOW, SCHEMES, violations
from tests.press.test_feeds import TITLES
from tests.samples import ROOT

THEME = ROOT / "themes" / "gazette"
LINES = tuple(
    Line(title, f"https://sourcelle.example/a/{n}/", "12 novembre · Les CPC", "x") for n, title in enumerate(TITLES)
)
LETTER = Letter(
    week="2026-S46",
    subject="Semaine 46 : Lire & dire",
    title="La semaine du 9 au 13 novembre 2026",
    intro="Ce qui a paru.",
    parts=(Part("À faire", LINES[:2]), Part("Actualités", LINES)),
    url="https://sourcelle.example/semaine/2026-S46/",
    newsroom="Circonscription de Sourcelle",
    edition="Directeurs",
    reason="Cette lettre est écrite par le site de la circonscription, à l’adresse de fonction de votre école." * 2,
)


def test_the_page_is_valid_html():
    """As another parser reads it, with its own eye for errors."""
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html(LETTER, THEME))
    assert [] == parser.errors


def test_the_page_asks_for_nothing_and_is_no_table():
    """No picture, script, style sheet, font nor form; each rule stands in its elements."""
    page = html(LETTER, THEME)
    found = [
        word for word in ("<img", "<script", "<link", "url(", "@import", "<table", "<form", "src=") if word in page
    ]
    assert ([], True) == (found, '<h1 style="' in page)


def test_the_page_keeps_what_no_element_can_hold():
    """The rules of dark screens."""
    assert "@media (prefers-color-scheme: dark)" in html(LETTER, THEME)


def test_titles_come_out_as_they_were_written():
    """In both forms, French spaces apart."""
    tree = html5lib.parse(html(LETTER, THEME), namespaceHTMLElements=False)
    links = ["".join(a.itertext()) for a in tree.iter("a")][len(LINES[:2]) : -1]
    plain = " ".join(text(LETTER).split())

    def bare(words: str) -> str:
        return "".join(c for c in words if c.isalnum())

    assert ([bare(t) for t in TITLES], []) == (
        [bare(w) for w in links],
        [t for t in TITLES if bare(t) not in bare(plain)],
    )


def test_the_plain_text_is_wrapped():
    """Addresses alone may be longer: a cut one leads nowhere."""
    long = replace(LETTER, parts=(Part("Long", (replace(LINES[0], url=f"https://sourcelle.example/{'x' * 90}/"),)),))
    rows = text(long).splitlines()
    assert [f"  {long.parts[0].lines[0].url}"] == [row for row in rows if len(row) > WIDTH]


def test_both_forms_say_the_same():
    """Every link of the page is in the text, and nothing else."""
    tree = html5lib.parse(html(LETTER, THEME), namespaceHTMLElements=False)
    hrefs = {a.get("href") for a in tree.iter("a")}
    assert hrefs == {word for word in text(LETTER).split() if word.startswith("https:")}


def test_two_prints_are_the_same_bytes(tmp_path: Path):
    """And the manifest holds their digests."""
    found = [print_letter(LETTER, "directeurs", THEME, tmp_path / name) for name in "ab"]
    bytes_ = [[(tmp_path / name / file).read_bytes() for file in (HTML, TEXT)] for name in "ab"]
    assert (found[0].manifest, bytes_[0]) == (found[1].manifest, bytes_[1])


def test_a_theme_without_the_template_is_told(tmp_path: Path):
    """In one line."""
    (tmp_path / "templates").mkdir()
    with pytest.raises(PressError, match=r"lettre\.html"):
        html(LETTER, tmp_path)


@pytest.mark.parametrize("width", [320, 640])
def test_the_page_is_accessible_on_any_screen(browser: Browser, width: int):
    """Axe finds nothing, light or dark, and nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(html(LETTER, THEME))
    wrong = list(page.evaluate(OVERFLOW))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        wrong += violations(page)
    page.close()
    assert [] == wrong
