"""Every type of page in a real browser, once: what it asks, weighs, moves, hides, says to axe, and how it looks.

All that is seen of a page is gathered in one visit; each test then judges one thing of all visits. With GAZETTE_COMPLET
every screen is judged by axe and photographed in each scheme; otherwise each page is on two of them, in turn.
"""

import gzip
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Frame, Page, Request, Response
from pypdf import PdfReader

from gazette.model.rgaa import THEMES
from tests.journeys.conftest import EDITIONS, Quiet
from tests.journeys.kinds import KINDS, NOT_PAGES, Kind
from tests.judges import ALBUM, EAGER, OVERFLOW, SCHEMES, TAGS, axe, invalid, snapped, violations
from tests.poppler import text_of
from tests.samples import ROOT

IS_WHOLE = bool(os.environ.get("GAZETTE_COMPLET"))
SCREENS = [(width, scheme) for width in (320, 768, 1280) for scheme in SCHEMES]
MOVED = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shift += one.value; }))
    .observe({type: "layout-shift", buffered: true});
}"""
"""Adds up what moves by itself; nobody touches the page meanwhile."""
STORED = "async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length"


@dataclass
class Visit:
    """What was seen of a page."""

    kind: Kind
    template: str = ""
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """By the console, scripts that fail, and answers that are no success."""
    weights: dict[str, int] = field(default_factory=dict)
    """Bytes of the first view by type of resource, as a server that compresses sends them."""
    stored: int = 0
    cookies: int = 0
    shift: float = 0.0
    wrong: list[Any] = field(default_factory=list)
    """What axe finds, and what leaves the screen, by screen."""
    blank: list[str] = field(default_factory=list)
    """Photographs that show next to nothing, or are not of the screen's width."""


def screens(rank: int) -> list[tuple[int, str]]:
    """Return the screens that judge a page: all, or two of different widths and schemes, which change with its rank."""
    return SCREENS if IS_WHOLE else [SCREENS[rank % 6], SCREENS[(rank + 3) % 6]]


def packed(answer: Response) -> int:
    """Return the bytes of an answer once compressed, as docs/hebergement.md has servers do; pictures are already."""
    body = answer.body()
    return len(body) if answer.request.resource_type in {"image", "media", "font"} else len(gzip.compress(body, 6))


def visit(browser: Browser, kind: Kind, rank: int, addresses: Mapping[str, str]) -> Visit:
    """Open a page as a reader does, look at it on each screen, and photograph it."""
    seen = Visit(kind)
    context = browser.new_context(viewport={"width": screens(rank)[0][0], "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time("2027-03-10T12:00:00")
    answers: list[Response] = []

    def note(request: Request) -> None:
        seen.asked.append(request.url)

    page.on("request", note)
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks what it is given
    page.on("console", lambda message: seen.told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.told.append(str(error)))
    page.add_init_script(f"({MOVED})()")
    page.goto(addresses[kind.edition] + kind.path, wait_until="networkidle")
    seen.template = page.evaluate("() => document.body.className.split('gabarit-')[1]")
    for answer in answers:
        if answer.status >= 400:
            seen.told.append(f"{answer.status} {answer.url}")
        else:
            weight = seen.weights.get(answer.request.resource_type, 0)
            seen.weights[answer.request.resource_type] = weight + packed(answer)
    page.evaluate(
        "async () => { for (let y = 0; y < document.body.scrollHeight; y += 600) { window.scrollTo(0, y); "
        "await new Promise(requestAnimationFrame); } window.scrollTo(0, 0); }"
    )
    page.evaluate(EAGER)
    seen.shift = page.evaluate("() => window.shift")
    seen.stored, seen.cookies = page.evaluate(STORED), len(context.cookies())
    for width, scheme in screens(rank):
        look(page, seen, width, scheme)
    context.close()
    return seen


def look(page: Page, seen: Visit, width: int, scheme: str) -> None:
    """Judge a page on a screen, and photograph it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    photograph(page, seen, f"{seen.kind.name}-{width}-{'clair' if scheme == 'light' else 'sombre'}")
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    seen.wrong += [(width, "déborde", html) for html in page.evaluate(OVERFLOW)]
    seen.wrong += [(width, scheme, *row) for row in violations(page)]
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = false })")


def photograph(page: Page, seen: Visit, name: str) -> None:
    """Take the whole page as ``captures/<name>.png``, and note when it is not worth showing."""
    taken = snapped(page, name, whole=True)
    made = Image.open(BytesIO(taken)).convert("RGB")
    assert page.viewport_size
    if made.width != page.viewport_size["width"] or is_blank(made):
        seen.blank.append(name)


def is_blank(made: Image.Image) -> bool:
    """Tell whether one colour covers nearly all of a picture; it is then the median one, which is soon known."""
    colour = tuple(ImageStat.Stat(made).median)
    red, green, blue = ImageChops.difference(made, Image.new("RGB", made.size, colour)).split()
    same = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[0]
    return same > 0.97 * made.width * made.height


@pytest.mark.parametrize(("drawn", "expected"), [(0, True), (2, True), (4, False), (60, False)])
def test_a_blank_sheet_is_known(drawn: int, expected: bool):
    """By its share of one colour, whatever colour that is."""
    sheet = Image.new("RGB", (200, 100), (250, 240, 230))
    sheet.paste(Image.linear_gradient("L").resize((200, max(drawn, 1))), (0, 100 - drawn))
    assert expected == is_blank(sheet)


@pytest.fixture(scope="module")
def visits(browser: Browser, served: dict[str, str]) -> list[Visit]:
    """Visit every type of page."""
    return [visit(browser, kind, rank, served) for rank, kind in enumerate(KINDS)]


def test_every_template_is_visited(visits: list[Visit]):
    """A new type of page cannot be forgotten: what stands in the theme is what was printed and seen."""
    files = {path.stem for path in (ROOT / "themes" / "gazette" / "templates").glob("[!_]*.html")}
    assert (files - NOT_PAGES, []) == (
        {kind.template for kind in KINDS},
        [(v.kind.name, v.template) for v in visits if v.template != v.kind.template],
    )


def test_no_page_asks_anything_of_anybody_else(visits: list[Visit], served: dict[str, str]):
    """No third-party request (rule R27), on any type of page of any edition."""
    away = [url for v in visits for url in v.asked if not url.startswith((*served.values(), "data:"))]
    assert ([], True) == (away, len({url for v in visits for url in v.asked}) > len(visits))
    assert set(EDITIONS) == {v.kind.edition for v in visits}


def test_no_page_keeps_anything(visits: list[Visit]):
    """No cookie, no storage: the colours follow the reader's system, nothing has to be remembered (rule R29)."""
    assert [] == [(v.kind.name, v.cookies, v.stored) for v in visits if v.cookies or v.stored]


def test_no_page_says_a_word_in_the_console(visits: list[Visit]):
    """No error of a script, no file that is missing."""
    assert [] == [(v.kind.name, words) for v in visits for words in v.told]


def test_nothing_moves_while_a_page_loads(visits: list[Visit]):
    """No layout shift that an eye sees (browsers call 0.1 good): pictures and scripts find their room waiting."""
    assert [] == [(v.kind.name, round(v.shift, 4)) for v in visits if v.shift > 0.01]


def test_the_first_view_of_a_page_is_light(visits: list[Visit]):
    """At most 100 kB without pictures and 300 kB with them, 20 kB of style and 10 kB of scripts, as received."""
    heavy = []
    for v in visits:
        if v.kind.name == "recherche-reponses":  # the engine was fetched, since something is asked
            continue
        pictures = v.weights.get("image", 0)
        rest = sum(v.weights.values()) - pictures
        limits = (100_000, rest), (300_000, rest + pictures)
        limits += (20_000, v.weights.get("stylesheet", 0)), (10_000, v.weights.get("script", 0))
        heavy += [(v.kind.name, most, found) for most, found in limits if found > most]
    assert [] == heavy


SLOW = {"offline": False, "latency": 150, "downloadThroughput": 64_000, "uploadThroughput": 16_000}
"""A line of 512 kbit/s, in bytes a second, and 150 ms away."""
LATE = "() => [...document.images].filter((one) => !one.complete || !one.naturalWidth).map((one) => one.src)"
MAIN = ("accueil", "actualite", "outil", "ecoles")


def test_a_page_is_read_over_a_slow_line_and_without_scripts(browser: Browser, served: dict[str, str]):
    """At 512 kbit/s, scripts off: it is whole when it says so, its text is there, and its menu unfolds."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    wrong = []
    for kind in (kind for kind in KINDS if kind.name in MAIN):
        page.goto(served[kind.edition] + kind.path)
        late = page.evaluate(LATE)
        page.locator(".menu summary").click()
        if late or not (page.locator("h1").first.is_visible() and page.locator(".menu-court a").last.is_visible()):
            wrong.append((kind.name, late))
    context.close()
    assert [] == wrong


def test_every_page_is_accessible_on_any_screen(visits: list[Visit]):
    """Axe finds nothing (RGAA 4, good manners), light or dark, and no page scrolls sideways (RGAA 10.11)."""
    assert [] == [(v.kind.name, *row) for v in visits for row in v.wrong]


def test_axe_would_find_a_fault(browser: Browser):
    """A picture without alternative, a link without name: the judge is worth something (R51)."""
    page = browser.new_page()
    page.set_content(
        "<!doctype html><html lang=fr><title>x</title><main><h1>x</h1><img src=data:,><a href=y></a></main>"
    )
    found = {rule for rule, *_ in violations(page)}
    page.close()
    assert {"image-alt", "link-name"} <= found


def test_the_statement_tells_what_axe_tests(browser: Browser):
    """No criterion more, none less; the thirteen themes hold the 106 criteria of RGAA 4.1."""
    page = browser.new_page()
    page.evaluate(axe())
    tags = page.evaluate("tags => axe.getRules(tags).flatMap((rule) => rule.tags)", TAGS)
    page.close()
    known = {".".join(tag[5:].split(".")[:2]) for tag in tags if tag.startswith("RGAA-")}
    assert (known, 106) == ({c for theme in THEMES for c in theme.tested}, sum(theme.count for theme in THEMES))


def test_every_photograph_is_worth_showing(visits: list[Visit]):
    """As wide as the screen, and not a blank sheet."""
    assert [] == [name for v in visits for name in v.blank]


def test_every_page_is_valid(served_files: Path):
    """The Nu HTML checker has nothing to say of any page of any edition."""
    assert [] == invalid(served_files / name for name in EDITIONS)[:20]


STRAY = 160
"""Letters of two lines: a last sheet with no more is a sheet too many."""


def test_every_page_goes_on_paper(browser: Browser, served: dict[str, str]):
    """Its title and its text are there, on sheets of which none is blank, and the last is worth its paper."""
    context = browser.new_context()
    page = context.new_page()
    wrong = []
    for kind in KINDS:
        page.goto(served[kind.edition] + kind.path, wait_until="networkidle" if "?" in kind.path else "load")
        page.evaluate(EAGER)
        title = page.locator("h1").first.inner_text().split()[0]
        made = page.pdf(prefer_css_page_size=True)
        (ALBUM / f"{kind.name}-papier.pdf").write_bytes(made)
        sheets = [text_of(sheet) for sheet in PdfReader(BytesIO(made)).pages]
        is_waste = len(sheets) > 1 and len(sheets[-1].strip()) < STRAY
        if title.casefold() not in " ".join(sheets).casefold() or is_waste or any(len(t.strip()) < 20 for t in sheets):
            wrong.append((kind.name, title, [len(text) for text in sheets]))
        if kind.template == "accueil" and len(sheets) > 2:
            wrong.append((kind.name, "more than one sheet, on both sides", len(sheets)))
    context.close()
    assert [] == wrong


def test_only_what_is_to_come_goes_into_an_agenda(browser: Browser, served: dict[str, str]):
    """Neither what is overdue nor what took place is offered to an agenda; what comes is."""
    context = browser.new_context()
    page = context.new_page()
    offered = {}
    for path, late, coming in (
        ("echeances/", ".groupe details, .groupe:has(.rappel)", ".groupe:not(:has(.rappel))"),
        ("frise/2026-2027/", ".passe .evenement:not(.nature-fenetre)", ".jours > li:not(.passe)"),
    ):
        page.goto(served["directeurs"] + path)
        offered[path] = [page.locator(f":is({where}) .ajouter").count() > 0 for where in (late, coming)]
        assert page.locator(late).count()
    context.close()
    assert {"echeances/": [False, True], "frise/2026-2027/": [False, True]} == offered


FRAME = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>L’ENT</title><body style="margin:0">
<iframe title="Gazette" name="gazette" style="width:100vw;height:100vh;border:0"></iframe>
<script>document.querySelector("iframe").src = decodeURIComponent(location.search.slice(1));</script>"""


@pytest.fixture(scope="module")
def ent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a page of an ENT that frames the address after its « ? »."""
    root = tmp_path_factory.mktemp("ent")
    (root / "index.html").write_text(FRAME, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/?"
    server.shutdown()
    server.server_close()


def framed(page: Page, ent: str, address: str) -> Frame:
    """Open a page in the frame of an ENT, which is loaded once the frame is."""
    page.goto(ent + quote(address, safe=""))
    frame = page.frame("gazette")
    assert frame
    return frame


def test_every_page_stands_in_the_frame_of_an_ent(browser: Browser, served: dict[str, str], ent: str):
    """From 320 to 800 px, with ?cadre=1 or without: nothing overflows, and the masthead makes room when asked."""
    context = browser.new_context()
    page = context.new_page()
    wrong = []
    for rank, kind in enumerate(KINDS):
        link = "&" if "?" in kind.path else "?"
        for width, query in ((320, f"{link}cadre=1"), (800, "")) if rank % 2 else ((320, ""), (800, f"{link}cadre=1")):
            page.set_viewport_size({"width": width, "height": 700})
            frame = framed(page, ent, served[kind.edition] + kind.path + query)
            page.wait_for_load_state("networkidle" if "?" in kind.path else "load")
            snapped(page, f"{kind.name}-cadre-{width}")
            wrong += [(kind.name, width, html) for html in frame.evaluate(OVERFLOW)]
            if bool(query) == frame.locator(".menu").is_visible() or frame.locator("h1").count() != 1:
                wrong.append((kind.name, width, "bandeau"))
    context.close()
    assert [] == wrong


def test_links_leave_the_frame_and_those_of_the_page_stay(browser: Browser, served: dict[str, str], ent: str):
    """A link opens the page whole, in the place of the ENT's; those of the page itself move within the frame."""
    context = browser.new_context()
    page = context.new_page()
    frame = framed(page, ent, served["public"] + "actualites/schema-en-barres/?cadre=1")
    around = page.url
    frame.locator(".sommaire a").last.evaluate("a => a.click()")
    frame.wait_for_url("**#t-*")
    stayed = page.url
    frame.locator(".voisins a").first.click()
    page.wait_for_url(f"{served['public']}actualites/**")
    context.close()
    assert around == stayed


def test_the_album_is_not_in_git():
    """It is made again by each run, and shows nothing that the demo does not."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "/captures/" in ignored
