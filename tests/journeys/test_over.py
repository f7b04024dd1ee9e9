"""What is over says so on its own page, which a link or a search leads to long after."""

import re
from pathlib import Path

import pytest

PAGES = {
    "directeurs/directeurs/previsions-effectifs": ("passée : c’était le vendredi 4 décembre 2026",),
    "public/projets/defi-maths": ("Ce projet est terminé : il a duré du",),
    "public/projets/semaine-de-la-presse": ("Le projet court du",),
    "directeurs/directeurs/affelnet-sixieme": (" avant le vendredi 26 mars 2027",),
}


def words(page: Path) -> str:
    """Return what is read on a page."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page.read_text("utf-8")))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_what_is_over(served_files: Path, path: str):
    """A deadline that passed, a project that ended; and of what is to come, the day."""
    told = words(served_files / path / "index.html")
    assert [] == [wanted for wanted in PAGES[path] if wanted not in told]
