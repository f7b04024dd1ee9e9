"""The frise and the échéances, photographed in ``captures/`` for a person to look at: on screens and on paper."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.test_readers import OVERFLOW, SCHEMES, VIOLATIONS
from tests.poppler import drawn
from tests.samples import ROOT

ALBUM = ROOT / "captures"
YEAR = "frise/2026-2027/"
WIDTHS = (320, 768, 1280)
ZOOMS = {"annee": "", "periode": "?vue=periode-4", "mois": "?vue=2027-03"}
SCREENS = {"frise": YEAR, "echeances": "echeances/", "affiche": f"{YEAR}affiche/", "fiche": "frise/fiche/2026-2027/"}
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


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """Give each of the colour schemes."""
    return str(request.param)


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest, scheme: str) -> Iterator[Page]:
    """Give an empty page of each width and scheme."""
    context = browser.new_context(viewport={"width": request.param, "height": 1000}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def photograph(page: Page, name: str, scheme: str, element: str = "") -> Image.Image:
    """Take the page, or an element of it, as ``captures/<name>-<width>-<scheme>.png``."""
    ALBUM.mkdir(exist_ok=True)
    file = ALBUM / f"{name}-{page.viewport_size['width']}-{scheme}.png"
    taken = page.locator(element).screenshot(path=file) if element else page.screenshot(path=file, full_page=True)
    return Image.open(BytesIO(taken))


@pytest.mark.parametrize("name", SCREENS)
def test_a_page_is_photographed_on_each_screen(page: Page, served: dict[str, str], scheme: str, name: str):
    """The directors' edition, which has the most: as wide as the screen, and not a blank sheet."""
    page.goto(served["directeurs"] + SCREENS[name])
    made = photograph(page, name, scheme)
    colours = made.convert("RGB").getcolors(1 << 24) or []
    assert ([], page.viewport_size["width"]) == (page.evaluate(OVERFLOW), made.width)
    assert max(count for count, _ in colours) < 0.97 * made.width * made.height


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_overview_is_photographed_at_each_zoom(page: Page, served: dict[str, str], scheme: str, zoom: str):
    """No title leaves it or covers another."""
    page.goto(served["directeurs"] + YEAR + ZOOMS[zoom])
    made = photograph(page, f"vue-{zoom}", scheme, "section.vue")
    assert ([], True) == (page.evaluate(LABELS), made.width <= page.viewport_size["width"])


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
    page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    faint = page.evaluate(VIOLATIONS)
    context.close()
    ALBUM.mkdir(exist_ok=True)
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


def test_the_album_is_not_in_git():
    """It is made again by each run, and shows nothing that the demo does not."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "/captures/" in ignored
