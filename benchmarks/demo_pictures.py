"""Rasterises the drawings of the demo's texts: ``python benchmarks/demo_pictures.py``.

Their sources are the SVG files of ``dessins/``; a browser draws them, in the fonts Inter and Charis SIL if it has them.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SOURCES = Path(__file__).resolve().parent / "dessins"
CONTENT = SOURCES.parent.parent / "content"
TOOL = "outils/2026-11-13-tubes"
PLACES = {
    "page-de-carnet": "actualites/2026-06-11-carnet-experiences-sciences",
    "planche-cuisine": "actualites/2026-09-29-vocabulaire-maternelle",
    "schema-en-barres": "actualites/2026-11-03-schema-en-barres",
    "quatre-enigmes": "projets/2026-10-06-defi-maths",
    "planche-printemps": "projets/2027-04-29-flore-et-faune",
    "autorisations": TOOL,
    "couper": TOOL,
    "sous-titres": TOOL,
    "plan-de-cour": "depeches/0869003U/2026-11-16-carnet-de-deux-cours",
    "journal-ecole": "depeches/0869001S/2026-11-13-journal-des-tilleuls",
    "porte-manteaux": "directeurs/2026-11-23-previsions-effectifs",
    "voix-haute": "projets/2026-11-12-petits-champions",
    "soupe": "actualites/2026-09-29-vocabulaire-maternelle",
}
"""Folder of the text that shows each drawing, by name."""
WIDEST = 1_600
"""Pixels: what pages take of a picture at most."""


def drawn(browser: Browser, name: str) -> Image.Image:
    """Return a drawing, twice as large as its source says, in few colours as it has few."""
    page = browser.new_page(device_scale_factor=2)
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{source(name)}")
    made = Image.open(BytesIO(page.locator("svg").first.screenshot())).convert("RGB")
    page.close()
    made.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    return made.quantize(128, dither=Image.Dither.NONE)


def source(name: str) -> str:
    """Return the source of a drawing."""
    return (SOURCES / f"{name}.svg").read_text("utf-8")


def main() -> None:
    """Write every drawing beside the text that shows it."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch()
        for name, folder in PLACES.items():
            drawn(browser, name).save(CONTENT / folder / f"{name}.png", optimize=True)
        browser.close()
    sys.stdout.write(f"{len(PLACES)} dessins dans {CONTENT.name}/\n")


if __name__ == "__main__":
    main()
