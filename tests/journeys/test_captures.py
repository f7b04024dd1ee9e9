"""The overview of the frise, and what goes on paper, photographed in ``captures/`` for a person to look at."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.judges import ALBUM, SCHEMES, violations
from tests.poppler import drawn

YEAR = "frise/2026-2027/"
WIDTHS = (320, 768, 1280)
ZOOMS = {"annee": "", "periode": "?vue=periode-4", "mois": "?vue=2027-03"}
PAPERS = {"a4": (YEAR, (210, 297)), "a3": (f"{YEAR}affiche/", (420, 297)), "echeances": ("echeances/", (210, 297))}
LABELS = """() => {
  const sheet = document.querySelector(".vue .trace").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".vue .marques a:not([display=none]) text")]
    .map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  const out = boxes.filter(([, box]) => box.left < sheet.left - 1 || box.right > sheet.right + 1
    || box.bottom > sheet.bottom + 1).map(([text]) => text);
  const over = boxes.filter(([, one], rank) => boxes.slice(rank + 1).some(([, other]) => one.left < other.right - 1
    && other.left < one.right - 1 && one.top < other.bottom - 3 && other.top < one.bottom - 3)).map(([text]) => text);
  return [...out, ...over];
}"""
"""Labels of the overview that leave it, or cover another."""


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_overview_is_photographed_at_each_zoom(browser: Browser, served: dict[str, str], zoom: str):
    """On each screen of each scheme, no title leaves it or covers another."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served["directeurs"] + YEAR + ZOOMS[zoom])
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            taken = page.locator("section.vue").screenshot(path=ALBUM / f"vue-{zoom}-{width}-{scheme}.png")
            wrong += [(width, scheme, "large")] if Image.open(BytesIO(taken)).width > width else []
        wrong += [(width, label) for label in page.evaluate(LABELS)]
    context.close()
    assert [] == wrong


@pytest.mark.parametrize("name", PAPERS)
def test_what_goes_on_paper_is_photographed(browser: Browser, served: dict[str, str], name: str):
    """From the browser's PDF, in black and white: each sheet is of its size, written on, and of readable contrasts."""
    path, size = PAPERS[name]
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.clock.set_fixed_time("2027-03-10T12:00:00")
    page.goto(served["directeurs"] + path)
    made = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print", color_scheme="light")
    faint = violations(page)
    context.close()
    sheets = drawn(made, ALBUM, f"papier-{name}", 100)
    sizes = {tuple(round(side / 100 * 25.4) for side in sheet.size) for sheet in sheets}
    inks = [ink(sheet) for sheet in sheets]
    assert (1 if name == "a3" else len(sheets)) == len(sheets)
    assert ({size}, []) == (sizes, [row for row in faint if row[0] == "color-contrast"])
    assert [] == [(rank, found) for rank, found in enumerate(inks, 1) if not 0.004 < found < 0.35]


def ink(sheet: Image.Image) -> float:
    """Return the share of a sheet that is darker than half."""
    histogram = sheet.convert("L").histogram()
    return sum(histogram[:128]) / sum(histogram)
