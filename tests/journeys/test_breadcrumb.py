"""Where a reader stands, on every page of every edition (RGAA 12.2)."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.journeys.conftest import EDITIONS

TRAIL = re.compile(r'<nav class="ariane" aria-label="Fil d’Ariane">\s*<ol>(.*?)</ol>', re.DOTALL)
STEP = re.compile(r"<li>(?:<a href=.[^>]+>|<span aria-current=.page.>)(.*?)</(?:a|span)></li>", re.DOTALL)
WITHOUT = {"gabarit-accueil", "gabarit-404", "gabarit-deplacee"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_tells_where_it_stands(served_files: Path, edition: str):
    """From the home to itself, last and without a link; a parent's title is not said again."""
    pages = sorted((served_files / edition).rglob("*.html"))
    lost, twice = [], []
    for path in pages:
        text = path.read_text("utf-8")
        template = re.search(r"gabarit-[\w-]+", text)
        if template is None or template[0] in WITHOUT:
            continue
        trail = TRAIL.search(text)
        steps = [unescape(step) for step in STEP.findall(trail[1])] if trail else []
        if steps[:1] != ["Accueil"] or len(steps) < 2 or text.count('class="ariane"') != 1:
            lost.append((path.relative_to(served_files).as_posix(), steps))
        elif re.match(rf"{re.escape(steps[-2])}\s*:", steps[-1]):
            twice.append((path.relative_to(served_files).as_posix(), steps))
    assert ([], [], True) == (lost, twice, len(pages) > 100)
