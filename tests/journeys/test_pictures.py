"""The demo's pictures: drawn, each from a source of this repository, which makes it again."""

import os
import runpy
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser

from tests.samples import ROOT

CONTENT = ROOT / "content"
PLATES = runpy.run_path(str(ROOT / "benchmarks" / "demo_pictures.py"))
BOOKS = runpy.run_path(str(ROOT / "benchmarks" / "demo_books.py"))
SAMPLE = None if os.environ.get("GAZETTE_COMPLET") else 3
"""Drawings of books that an ordinary run draws again; all of the others are."""
SCREENS = {"pages/guide-des-auteurs/" + name for name in ("apercu.png", "constat.png", "ecrire.png")}
"""Of the preview, photographed by ``test_ten_minutes.py``."""


def differ(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are, of 255, seen from afar: fonts are not the same on every machine."""
    size = (160, 120)
    small = (image.convert("RGB").resize(size, Image.Resampling.BOX) for image in (one, other))
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean)


def test_every_picture_has_a_source():
    """An SVG file, a function that draws, or a journey that photographs the preview."""
    found = {
        path.relative_to(CONTENT).as_posix()
        for path in CONTENT.rglob("*")
        if path.suffix in {".png", ".jpg", ".jpeg", ".webp"}
    }
    plates = {f"{folder}/{name}.png" for name, folder in PLATES["PLACES"].items()}
    assert found == plates | {f"cahiers/{path}" for path in BOOKS["DRAWINGS"]} | SCREENS
    assert {path.stem for path in PLATES["SOURCES"].glob("*.svg")} == set(PLATES["PLACES"])


@pytest.mark.parametrize("name", PLATES["PLACES"])
def test_a_source_draws_its_picture(browser: Browser, name: str):
    """And asks nothing of anybody: whoever edits it makes the picture again with one command."""
    shown = Image.open(CONTENT / PLATES["PLACES"][name] / f"{name}.png")
    drawn = PLATES["drawn"](browser, name)
    assert (shown.size, True) == (drawn.size, differ(shown, drawn) < 4)
    assert [] == [mark for mark in ('href="http', "<image", "<script") if mark in PLATES["source"](name)]


@pytest.mark.parametrize("path", list(BOOKS["DRAWINGS"])[:SAMPLE])
def test_a_book_is_drawn_again_the_same(tmp_path: Path, path: str):
    """By Pillow, whose versions may compress otherwise."""
    sheet = BOOKS["Sheet"](path)
    BOOKS["DRAWINGS"][path](sheet)
    sheet.save(tmp_path / "drawn.png")
    assert differ(Image.open(CONTENT / "cahiers" / path), Image.open(tmp_path / "drawn.png")) < 1


def test_another_drawing_would_be_seen():
    """The measure is worth something: two plates are far from each other."""
    plates = [Image.open(CONTENT / folder / f"{name}.png") for name, folder in list(PLATES["PLACES"].items())[:2]]
    assert differ(*plates) > 8


def test_a_picture_of_a_week_with_one_fil_does_not_fill_the_page(browser: Browser, served: dict[str, str]):
    """Beside its words on a desk; over them on a telephone."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{served['public']}semaine/2026-S47/")
    boxes = "() => ['.vignette', '.carte h3'].map((e) => document.querySelector(e).getBoundingClientRect())"
    large, words = page.evaluate(boxes)
    page.set_viewport_size({"width": 320, "height": 900})
    small, below = page.evaluate(boxes)
    page.close()
    assert (True, True, True) == (large["width"] < 400, large["left"] > words["right"], small["bottom"] <= below["top"])
