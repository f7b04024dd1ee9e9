"""The guide, as pages of the demo: for those who write, read, answer for it and set it up; what it says exists."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from invoke.collection import Collection
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

import tasks
from gazette.read.frontmatter import front_matter
from tests.judges import OVERFLOW
from tests.poppler import text_of
from tests.samples import ROOT

PAGES = {
    "guide-des-auteurs": "pages/guide-des-auteurs/index.md",
    "guide-des-directeurs": "pages/guide-des-directeurs.md",
    "guide-de-l-inspecteur": "pages/guide-de-l-inspecteur.md",
    "guide-de-l-erun": "pages/guide-de-l-erun.md",
}


def text(name: str) -> str:
    """Return the source of a page of the guide."""
    return (ROOT / "content" / PAGES[name]).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_the_guide_exists(name: str):
    """With its options, as the program itself lists them."""
    contexts = Collection.from_module(tasks).to_contexts()
    known = {verb: {f.lstrip("-") for f in c.flags} for c in contexts for verb in (c.name, *c.aliases)}
    told = re.findall(r"\./gazette ([a-z-]+)((?: [^`]*)?)`", text(name))
    assert [] == [verb for verb, _ in told if verb not in known]
    wrong = [(v, o) for v, rest in told for o in re.findall(r"--([a-z-]+)", rest) if o not in known[v]]
    assert [] == wrong


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_guide_prints(browser: Browser, served: dict[str, str], name: str):
    """On A4, in a few sheets, its title on the first; on a small screen nothing sticks out."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto(f"{served['directeurs']}{name}/")
    wide = page.evaluate(OVERFLOW)
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    context.close()
    title = str(front_matter(text(name)).values["titre"]).partition(" :")[0]
    assert ([], True) == (wide, 1 <= len(sheets) <= 6)
    assert re.sub(r"\W", "", title.lower()) in re.sub(r"\W", "", text_of(sheets[0]).lower())


def test_its_pictures_are_those_of_the_journey():
    """Taken by test_ten_minutes.py from the real editor: whole screens, and not blank."""
    folder = Path(ROOT / "content/pages/guide-des-auteurs")
    pictures = {p.name: Image.open(p).convert("RGB") for p in folder.glob("*.png")}
    assert {"ecrire.png", "constat.png", "apercu.png"} == set(pictures)
    for picture in pictures.values():
        colours = picture.getcolors(1 << 24) or []
        assert ((1280, 900), True) == (picture.size, len(colours) > 50)
