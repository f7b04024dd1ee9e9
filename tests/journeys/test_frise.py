"""Readers of the frise: the list is the document, the overview a comfort, and both go on paper."""

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pypdf import PdfReader

from gazette.press.html import print_pages
from gazette.press.theme import theme
from tests.compose.newsstand import edition, happening
from tests.journeys.conftest import EDITIONS, Demo
from tests.judges import COLOURS, OVERFLOW, violations
from tests.poppler import text_of
from tests.samples import ROOT

YEAR = "frise/2026-2027/"
WIDTHS = (320, 1280)
VIEWS = ("", "?vue=periode-2", "?vue=2027-03&sans=projets", "affiche/", "cycle-3/")
IDS = "all => all.map((one) => one.id || one.getAttribute('href').slice(1))"
DRAWN = ".vue .marques a:not([display=none])"
PLACE = "https://visio.valbrune.example/meeting/signin/3512948/creator/57893/hash/8f1d0a7c35e2b94d6c"
TITLE = "Deuxième tour des conseils"
FICHE = "frise/fiche/2026-2027/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a context of its own."""
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: dict[str, str]) -> Page:
    """Give the frise of the year, open."""
    opened = context.new_page()
    opened.goto(served["public"] + YEAR)
    return opened


def shown(page: Page) -> list[str]:
    """Return the events that the list shows, folded or not."""
    found: list[str] = page.locator(".jours .evenement:not([hidden])").evaluate_all(IDS)
    return found


def drawn(page: Page) -> list[str]:
    """Return the events that the overview shows."""
    found: list[str] = page.locator(DRAWN).evaluate_all(IDS)
    return found


def address_of(page: Page) -> str:
    """Return the page's address as its script left it: ``page.url`` is told of it a little later."""
    found: str = page.evaluate("() => location.href")
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_accessible_on_any_screen(context: BrowserContext, served: dict[str, str], view: str):
    """Axe finds nothing at 320 and 1280 pixels, in the dark no colour, and nothing scrolls sideways."""
    page = context.new_page()
    page.goto(served["public"] + YEAR + view)
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [(width, "scroll", html) for html in page.evaluate(OVERFLOW)]
        page.emulate_media(color_scheme="light")
        wrong += [(width, "light", *row) for row in violations(page)]
        page.emulate_media(color_scheme="dark")
        wrong += [(width, "dark", *row) for row in violations(page, COLOURS)]
    assert [] == wrong


def unbroken(context: BrowserContext) -> Page:
    """Give a page that shows one place as an address without a space, and one title of three hundred characters."""

    def told(route: Route) -> None:
        body = route.fetch().text()
        assert "Dans chaque école" in body
        route.fulfill(body=body.replace("Dans chaque école", PLACE).replace(TITLE, TITLE * 12))

    page = context.new_page()
    page.route("**/frise/**/", told)
    return page


@pytest.mark.parametrize("path", [YEAR, f"{YEAR}affiche/", FICHE])
def test_a_place_without_a_space_widens_no_page(context: BrowserContext, served: dict[str, str], path: str):
    """What authors write wraps on the narrowest screen."""
    page = unbroken(context)
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(served["public"] + path)
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    assert [] == page.evaluate(OVERFLOW)


def test_the_fiche_goes_on_few_sheets_with_every_column(context: BrowserContext, served: dict[str, str]):
    """Not a letter of a place without a space, nor of a long title, leaves the paper."""
    page = unbroken(context)
    page.goto(served["public"] + FICHE)
    cells = page.locator(".recopier :is(th, td)").all_text_contents()
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = _solid("".join(text_of(sheet) for sheet in sheets))
    missing = [cell for cell in map(_solid, cells) if cell[:60] not in text or cell[-30:] not in text]
    assert ([], True) == (missing, len(cells) / 4 / len(sheets) > 12)


def test_the_pills_of_the_filters_are_as_low_as_their_words(page: Page):
    """A box is no larger than a letter, and no name of a fil takes three lines."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        pills = page.locator(".pastille:has([type=checkbox])").evaluate_all(
            "all => all.map((one) => [one.offsetHeight, one.querySelector('input').offsetWidth])"
        )
        assert [] == [pill for pill in pills if max(pill[0] / 2, pill[1]) > 20]


def test_the_list_and_the_overview_of_every_page_carry_the_same_events(demo: Demo):
    """In the three editions, as many and in one order, without a script; and no style that a strict policy refuses."""
    pages = {p: d.decode() for p, d in demo.at("2027-03-10")[1].items() if "/frise/" in p and p.endswith(".html")}
    lists = {p: re.findall(r'<li id="(e-[^"]+)"', html) for p, html in pages.items()}
    marks = {
        p: re.findall(r'<a href="#(e-[^"]+)" class="(?:evenement|fenetre|echeance|outil)', html)
        for p, html in pages.items()
    }
    loose = [p for p, html in pages.items() if re.search(r"<[^>]+\s(?:style|on[a-z]+)=|<style|<script(?! src=)", html)]
    counts = [len(lists[f"{name}/{YEAR}index.html"]) for name in EDITIONS]
    assert (lists, [], True) == (marks, loose, 10 < counts[0] < counts[1] < counts[2])


def test_the_demo_tells_the_same_events_on_the_page_in_json_and_in_calendars(demo: Demo):
    """Counted and compared in the three editions, all school years together."""
    files = demo.at("2027-03-10")[1]
    counts = []
    for name in EDITIONS:
        years = [d for p, d in files.items() if re.fullmatch(rf"{name}/frise/\d{{4}}-\d{{4}}/index\.html", p)]
        lists = [dict(listed_titles(html.decode())) for html in years]
        page = {anchor: title for one in lists for anchor, title in one.items()}
        told = json.loads(files[f"{name}/frise/frise.json"])["evenements"]
        ids = sorted(one["id"] for one in told)
        calendars = [files[f"{name}/frise/frise{ent}.ics"] for ent in ("", "-ent")]
        uids = [sorted(str(e["uid"]) for e in Calendar.from_ical(data).walk("VEVENT")) for data in calendars]
        assert sorted(page.values()) == sorted(solid(one["titre"]) for one in told)
        assert [ids, ids] == uids
        counts.append(len(ids))
    assert 10 < counts[0] < counts[1] < counts[2]


def listed_titles(html: str) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the title of each event of the list, the title as any typography has it."""
    line = r'<li id="(e-[^"]+)" class="evenement.*?<div class="quoi">(.*?)</div>'
    for anchor, quoi in re.findall(line, html, re.DOTALL):
        yield anchor, solid(unescape(re.sub(r"<strong.*?</strong>|<[^>]+>", "", quoi)))


def solid(text: str) -> str:
    """Return a text without what French typography changes of it."""
    return re.sub(r"\s+", "", text.replace("’", "'"))


def test_without_javascript_nothing_is_missing(browser: Browser, served: dict[str, str]):
    """The same list and the same marks, which lead to it; no control that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served["public"] + YEAR)
    found = tuple(page.locator(one).count() for one in (".jours .evenement", DRAWN, "main button:visible"))
    page.locator(DRAWN).last.press("Enter")
    target = page.locator(".jours .evenement:target")
    is_reached = target.is_visible()
    context.close()
    assert (found[0], found[0], 0, True) == (*found, is_reached)
    assert found[0] > 40


def test_the_keyboard_reaches_every_event(page: Page):
    """One stop for the overview: its arrows go to each mark in turn, Enter opens the event, even if it is folded."""
    page.locator(f"{DRAWN}[tabindex='0']").focus()
    page.keyboard.press("Home")
    reached = []
    for _ in drawn(page):
        reached.append(page.evaluate("() => document.activeElement.getAttribute('href').slice(1)"))
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash")
    stops = page.locator(f"{DRAWN}[tabindex='0']").count()
    assert (shown(page), 1, True) == (reached, stops, page.locator(".jours .evenement:target").is_visible())


def test_the_keyboard_zooms_and_follows_from_one_period_to_the_next(page: Page):
    """« + » comes closer around the mark, an arrow past the last one shows what follows."""
    page.locator(f"{DRAWN}[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("+")
    views = [address_of(page).partition("?vue=")[2]]
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    views.append(address_of(page).partition("?vue=")[2])
    page.keyboard.press("+")
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert (["periode-1", "periode-2"], 0, YEAR) == (
        views,
        len(drawn(page)) - len(shown(page)),
        "/".join(address_of(page).split("/")[3:]),
    )


def test_a_view_has_an_address(page: Page, served: dict[str, str]):
    """What is chosen is in the address, and the address chooses it again; the list follows the filters."""
    page.get_by_label("Projets", exact=True).uncheck()
    page.get_by_label("Période", exact=True).check(force=True)
    page.locator("select[name=cycle]").select_option("3")
    page.get_by_role("button", name="Montrer ce qui précède").click()
    address, before = address_of(page), (shown(page), drawn(page))
    page.goto(served["public"])
    page.goto(address)
    query = address.partition("?")[2]
    assert ("vue=periode-3&sans=projets&cycle=3", before) == (query, (shown(page), drawn(page)))
    assert 0 < len(before[1]) < len(before[0])


def test_the_counts_follow_the_filters_and_nothing_left_is_told(page: Page):
    """Of the year, of each period and of each fold; and one button shows everything again."""
    counts = "all => all.map((one) => parseInt(one.textContent))"
    before = page.locator(".nombre").evaluate_all(counts)
    lanes = page.locator("[name=fil]")
    assert (before[0], True) == (len(shown(page)), page.locator(".aucune").is_hidden())
    lanes.first.uncheck()
    fewer = page.locator(".filtres .nombre").evaluate_all(counts)
    assert (len(shown(page)), True) == (sum(fewer), sum(fewer) < before[0])
    for rank in range(1, lanes.count()):
        lanes.nth(rank).uncheck()
    assert ({0}, True) == (set(page.locator(".nombre").evaluate_all(counts)), page.locator(".aucune").is_visible())
    page.get_by_role("button", name="Tout montrer").click()
    after = page.locator(".nombre").evaluate_all(counts)
    assert (before, False, False) == (after, page.locator(".aucune").is_visible(), "sans=" in address_of(page))


def test_a_title_in_capitals_stays_within_the_overview(context: BrowserContext, served: dict[str, str]):
    """However wide its letters, on the narrowest screen; and the drawing itself is no stop of the keyboard."""
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 900})

    def told(route: Route) -> None:
        body = route.fetch().text()
        assert TITLE in body
        route.fulfill(body=body.replace(TITLE, "M" * 290))

    page.route(re.compile(r"/frise/2026-2027/(\?.*)?$"), told)
    page.goto(f"{served['public']}{YEAR}")
    month = page.locator(".jours .evenement", has_text="MMMM").first.evaluate(
        "one => one.closest('.jours > li').querySelector('time').dateTime.slice(0, 7)"
    )
    page.goto(f"{served['public']}{YEAR}?vue={month}")
    sides = page.locator(".marques text").evaluate_all(
        """all => all.filter((one) => one.textContent.includes("MMM")).map((one) => {
          const box = one.getBoundingClientRect(), frame = one.closest("svg").getBoundingClientRect();
          return [box.left - frame.left, frame.right - box.right];
        })"""
    )
    assert (True, True) == (len(sides) > 0, all(side > -6 for pair in sides for side in pair))
    stops = page.evaluate("() => [...document.querySelectorAll('.vue .trace')].map((svg) => svg.tabIndex)")
    page.locator("[name=apres], [name=fil], .vue select").last.focus()
    page.keyboard.press("Tab")
    assert (-1, "svg") != (stops[0], page.evaluate("() => document.activeElement.localName"))


def test_the_frise_leads_to_its_calendars_its_data_and_its_fiche(page: Page):
    """Each address answers."""
    links = page.locator(".vue .abonner a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    ends = ("affiche/", FICHE, "fils/#agendas", "frise/frise.ics", "frise/frise.json")
    assert [] == [end for end, link in zip(ends, links, strict=True) if not link.endswith(end)]


def test_the_sheets_of_the_months_tell_holidays_and_periods_once_each(page: Page):
    """Under the month's title; no month has two titles on paper."""
    text = _solid("".join(text_of(sheet) for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages))
    words = (
        "Vacances de la Toussaint, du 17 octobre au 1er novembre",
        "Période 2, du 2 novembre au 18 décembre",
        "En cours :",
    )
    assert [] == [word for word in words if _solid(word) not in text]
    title, off = "novembre 2026", "Sans classe : Vacances de la Toussaint, du 17 octobre au 1er novembre ; Armistice"
    order = [text.lower().index(_solid(word).lower()) for word in (f"{title}Frise", off)]
    assert sorted(order) == order


def test_a_link_to_an_event_goes_through_folds_and_filters(context: BrowserContext, served: dict[str, str]):
    """Whoever sent it does not know what this reader has hidden."""
    page = context.new_page()
    page.goto(served["public"] + YEAR + "?sans=actualites,projets,outils,-#e-evt-2026-10-cross-de-secteur")
    target = page.locator("#e-evt-2026-10-cross-de-secteur")
    current = page.locator(f"{DRAWN}[aria-current]").evaluate_all(IDS)
    hidden = page.locator(".jours .evenement[hidden]").count()
    assert (True, ["e-evt-2026-10-cross-de-secteur"], 0) == (target.is_visible(), current, hidden)


def test_an_address_that_nobody_wrote_breaks_nothing(context: BrowserContext, served: dict[str, str]):
    """Half an escape, a view, a fil and a school that do not exist: the whole year, and no error."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(served["public"] + YEAR + "?vue=2099-01&sans=%3Cb%3E,nul&ecole=%00&cycle=9#%E0%A4%A")
    page.locator("select[name=vue]").select_option("periode-2")
    assert [] == wrong
    assert 0 < len(drawn(page)) < len(shown(page))


@pytest.mark.parametrize("view", ["?vue=periode-4", "?vue=2027-03"])
def test_a_mark_is_as_easy_to_hit_as_a_button(context: BrowserContext, served: dict[str, str], view: str):
    """A tap 11 pixels off leads to it, and where titles are told no other mark is nearer than 24 (WCAG 2.5.8)."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.goto(served["directeurs"] + YEAR + view)
    lines = page.locator(f"{DRAWN} line").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((b) => [b.left, b.right, (b.top + b.bottom) / 2])"
    )
    close = [
        (one, other)
        for rank, one in enumerate(lines)
        for other in lines[rank + 1 :]
        if abs(one[2] - other[2]) < 23.5 and one[0] - 23.5 < other[1] and other[0] - 23.5 < one[1]
    ]
    left, _, middle = lines[-1]
    page.mouse.move(left, middle + 11)
    said = page.locator(".dit").text_content()
    page.mouse.click(left, middle + 11)
    page.wait_for_function("() => location.hash")
    assert ([], drawn(page)[-1]) == (close, address_of(page).partition("#")[2])
    assert said == page.locator(f"{DRAWN} title").last.text_content()


def test_a_finger_turns_the_pages_of_the_overview(browser: Browser, served: dict[str, str]):
    """A tap where nothing is comes closer; the buttons are large enough for a thumb."""
    context = browser.new_context(has_touch=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(served["public"] + YEAR)
    page.locator(".vue > .trace").tap(position={"x": 4, "y": 8})
    first = address_of(page).partition("?vue=")[2]
    page.get_by_role("button", name="Montrer ce qui suit").tap()
    second = address_of(page).partition("?vue=")[2]
    heights = page.locator(".commandes button, .commandes select").evaluate_all("all => all.map((e) => e.offsetHeight)")
    context.close()
    assert ("periode-1", "periode-2", True) == (first, second, min(heights) >= 24)


@pytest.mark.parametrize(
    ("path", "size", "most"), [(YEAR, (210, 297), 13), (f"{YEAR}affiche/", (420, 297), 1)], ids=["A4", "A3"]
)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_year_goes_on_paper(
    browser: Browser, served: dict[str, str], path: str, size: tuple[int, int], most: int, scripts: bool
):
    """A month a page on A4, the year on A3: every title, the legend and the day."""
    context = browser.new_context(java_script_enabled=scripts, color_scheme="dark")
    page = context.new_page()
    if scripts:  # the day of printing is the reader's
        page.clock.set_fixed_time("2027-03-10T12:00:00")
    page.goto(served["public"] + path)
    titles = page.locator(".jours .quoi > :last-child, .calendrier .quoi").all_text_contents()
    made = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    context.close()
    sizes = {tuple(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) for sheet in made.pages}
    text = _solid("".join(text_of(sheet) for sheet in made.pages))
    missing = [title for title in titles if _solid(title) not in text]
    told = [word for word in ("fenêtre ouverte", "vacances", "10 mars 2027") if _solid(word) not in text]
    assert (True, {size}, [], [], True) == (len(titles) > 40, sizes, missing, told, len(made.pages) <= most)
    assert scripts == (_solid("imprimé le 10 mars 2027") in text)


FULL = [(70, 60), (120, 300)]
FULLER = [(55, 30), (100, 60), (200, 300)] if os.environ.get("GAZETTE_COMPLET") else []


@pytest.mark.parametrize(("count", "letters"), FULL + FULLER)
def test_a_full_year_stays_on_one_poster(context: BrowserContext, tmp_path: Path, count: int, letters: int):
    """Smaller where there is more to read; a title too long for a wall is cut between two words, and says so."""
    words = ("Rencontre sportive des écoles du secteur, réunion et lecture à voix haute " * 5).strip()
    days = [str(date(2026, 9, 1) + timedelta(rank * 300 // count)) for rank in range(count)]
    entries = [
        replace(happening(f"h{rank}", f"{day} 09:00", f"{day} 12:00", lanes=("projets",)), title=words[:letters])
        for rank, day in enumerate(days)
    ]
    whole = edition("public", entries)
    (sheet,) = [one for one in whole.sheets if one.path == f"{YEAR}affiche/index.html"]
    paper = theme(ROOT / "themes" / "gazette")
    print_pages([sheet], whole, paper, ROOT / "pelicanconf.py", tmp_path)
    for printed, asset in paper.assets.values():
        (tmp_path / printed).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / printed).write_bytes(Path(asset.source).read_bytes())
    page = context.new_page()
    page.goto((tmp_path / sheet.path).as_uri())
    made = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(text_of(one) for one in made.pages)
    told = text.count("Rencontre sportive des é"), "…" in text
    assert (1, (count, letters > 90)) == (len(made.pages), told)


def test_the_poster_names_holidays_and_public_holidays(page: Page, served: dict[str, str]):
    """What hangs on the wall says when there is no class, and in which zone."""
    page.goto(f"{served['public']}{YEAR}affiche/")
    told = page.locator(".sans-classe").text_content() or ""
    expected = ("zone A", "Vacances de la Toussaint 17 octobre – 1er novembre", "Vacances d’été dès le 3 juillet")
    expected += ("Armistice de 1918 11 novembre", "Pont de l’Ascension 6 mai – 8 mai", "Lundi de Pâques 29 mars")
    assert [] == [one for one in expected if one not in told.replace("\xa0", " ")]


def test_a_page_that_is_not_printed_each_day_tells_today_all_the_same(context: BrowserContext, served: dict[str, str]):
    """In the overview by the reader's clock, and on paper the day of printing; without a script, the last change."""
    page = context.new_page()
    page.clock.set_fixed_time("2027-04-05T12:00:00")
    page.goto(f"{served['public']}{YEAR}actualites/")
    written = page.locator(".imprime").first.text_content() or ""
    lines, legend = page.locator(".vue .aujourd").count(), page.locator(".jour-meme").is_visible()
    text = _solid("".join(text_of(sheet) for sheet in PdfReader(BytesIO(page.pdf())).pages))
    assert ("dates connues au", 1, True) == (written.partition(" 2")[0][:16], lines, legend)
    assert _solid("imprimé le 5 avril 2027") in text


def test_nothing_moves_for_who_asks_for_no_motion(context: BrowserContext, served: dict[str, str]):
    """Neither a transition, nor an animation, nor a page that scrolls slowly to an event."""
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(served["public"] + YEAR)
    page.locator(f"{DRAWN}[tabindex='0']").focus()
    page.keyboard.press("+")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((one) => [one.tagName, getComputedStyle(one)])
          .filter(([, css]) => css.scrollBehavior !== "auto" || parseFloat(css.transitionDuration) > 0
            || css.animationName !== "none").map(([name]) => name)"""
    )
    assert ([], 0) == (moving, page.evaluate("() => document.getAnimations().length"))


def test_the_script_and_the_style_of_the_frise_are_light(demo: Demo):
    """15 kB of JavaScript and 8 kB of CSS once compressed, and nothing is fetched from elsewhere."""
    files = {p.split("/")[-1]: d for p, d in demo.at("2027-03-10")[1].items() if p.startswith("public/theme/")}
    weights = {
        kind: sum(
            len(gzip.compress(d)) for n, d in files.items() if n.startswith(("frise.", "affiche.")) and n.endswith(kind)
        )
        for kind in (".js", ".css")
    }
    assert (True, True) == (0 < weights[".js"] < 15_000, 0 < weights[".css"] < 8_000)


def _solid(text: str) -> str:
    """Return a text without what a line break adds or takes."""
    return re.sub(r"[\s\u00ad-]+", "", text)
