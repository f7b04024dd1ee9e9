"""What goes on a wall or into a meeting: a tool's sheet on A4, the map, the figures, with a keyboard and on paper."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.poppler import text_of

A4 = (595, 842)
"""Points."""
EAGER = "() => document.querySelectorAll('img').forEach((i) => { i.loading = 'eager' })"
DRAWN = ".plan-ecoles circle:not(.point), .plan-ecoles .bourgs text"
BOXES = """all => all.map((one) => {
    const b = one.getBBox(); return [one.tagName, b.x, b.y, b.x + b.width, b.y + b.height] })"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def printed(page: Page) -> PdfReader:
    """Print the page as a browser does."""
    page.evaluate(EAGER)
    page.wait_for_load_state("networkidle")
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


SPLIT = r"""all => all.flatMap((one) => {
    const words = one.firstElementChild.firstChild, range = document.createRange()
    return [...words.data.matchAll(/[\p{L}]+/gu)].filter((word) => {
        range.setStart(words, word.index); range.setEnd(words, word.index + word[0].length)
        return new Set([...range.getClientRects()].map((r) => r.top)).size > 1 }).map((word) => word[0]) })"""
"""Words of titles that two lines share."""


@pytest.mark.parametrize("name", ["tubes", "digipad", "gcompris"])
def test_a_sheet_goes_on_the_wall(page: Page, served: dict[str, str], name: str):
    """Its first page is an A4 that holds what it asks for, every step, the competences and where it stands on line."""
    page.goto(f"{served['public']}outils/{name}/")
    steps = page.locator(".etapes li > span").all_inner_texts()
    paper = printed(page)
    words = " ".join(text_of(paper.pages[0]).split()).replace("\u202f", " ").replace("\u00a0", " ")
    box = paper.pages[0].mediabox
    assert A4 == (round(box.width), round(box.height))
    missing = [
        s for s in (*steps, "Compétences travaillées", "Au registre", f"outils/{name}/") if s.split()[-1] not in words
    ]
    assert ([], True) == (missing, len(steps) > 1)


def test_steps_show_their_pictures_with_their_words(page: Page, served: dict[str, str]):
    """Each has its alternative text, and none is shown a second time below."""
    page.goto(f"{served['public']}outils/tubes/")
    assert 3 == page.locator(".etapes img[alt]:not([alt=''])").count()
    assert 0 == page.locator(".galerie img").count()


def test_help_is_one_key_away_with_its_subject_written(page: Page, served: dict[str, str]):
    """The link opens a message to a function, about this very tool."""
    page.goto(f"{served['public']}outils/digipad/")
    address = urlsplit(page.locator(".demander a[href^=mailto]").get_attribute("href") or "")
    assert ("erun.valbrune@ac-valbrune.example", ["Aide : Digipad"]) == (
        address.path,
        parse_qs(address.query)["subject"],
    )


def test_nothing_on_the_map_hides_anything(page: Page, served: dict[str, str]):
    """Measured by the browser, as the theme draws it, at the width of a telephone and of a desk."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{served['public']}ecoles/")
        boxes = page.locator(DRAWN).evaluate_all(BOXES)
        met = [
            (a, b)
            for a, b in combinations(boxes, 2)
            if a[1] < b[3] - 1 and b[1] < a[3] - 1 and a[2] < b[4] - 1 and b[2] < a[4] - 1
            if "text" in (a[0], b[0])
        ]
        assert ([], True) == (met, len(boxes) > 6)


def test_the_list_is_the_equal_of_the_map(page: Page, served: dict[str, str]):
    """Every school of the map stands in the list under its number, with the same address; a key passes the map."""
    page.goto(f"{served['public']}ecoles/")
    drawn = page.locator(".plan-ecoles svg a").evaluate_all(
        "all => all.map((a) => [a.querySelector('text').textContent, a.getAttribute('href')])"
    )
    listed = page.locator(".annuaire h3").evaluate_all(
        "all => all.map((h) => [h.querySelector('.rang').textContent, h.querySelector('a').getAttribute('href')])"
    )
    assert (sorted(drawn), 6) == (sorted(listed), len(listed))
    page.locator(".passer").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#liste")
    page.keyboard.press("Tab")
    assert listed[0][1] == page.evaluate("document.activeElement.getAttribute('href')")


def test_schools_of_the_map_are_reached_and_named(page: Page, served: dict[str, str]):
    """With a keyboard, each in its turn, with its number, its name and its town."""
    page.goto(f"{served['public']}ecoles/")
    page.locator(".passer").focus()
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')").replace("\u202f", " ")
    assert "1 : École maternelle Les Hirondelles, Clairval" == name.replace("\u00a0", " ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ecoles/0869005W/")


@pytest.mark.parametrize(("edition", "path"), [("public", "deploiement/"), ("directeurs", "deploiement/cln/")])
def test_a_chart_says_no_more_than_its_table(page: Page, served: dict[str, str], edition: str, path: str):
    """Each value that is drawn stands in the table of the same section, and bars are as long as they say."""
    page.goto(served[edition] + path)
    sections = page.locator(".chiffres").evaluate_all("""all => all.map((s) => [
        [...s.querySelectorAll('.valeur')].map((v) => v.textContent),
        [...s.querySelectorAll('.part')].map((r) => r.width.baseVal.value / 3),
        [...s.querySelectorAll('td')].map((d) => d.textContent)])""")
    assert len(sections) > 3
    for values, widths, cells in sections:
        rates = [float(v.removesuffix("%").strip().replace(",", ".")) for v in values]
        assert ([], rates) == ([v for v in values if v not in cells], [pytest.approx(w, abs=0.11) for w in widths])


def test_no_name_of_a_chart_is_cut_at_its_top(page: Page, served: dict[str, str]):
    """Capitals bear accents: on a telephone, the first « École » lost its own."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served["public"] + "deploiement/")
    tops = "all => all.map((one) => one.getBoundingClientRect().top)"
    charts, names = (page.locator(which).evaluate_all(tops) for which in (".barres", ".barres > text:first-child"))
    assert (True, []) == (len(charts) > 1, [top for top, name in zip(charts, names, strict=True) if name < top])


@pytest.mark.parametrize("lower", [0, 40, 80, 120])
def test_a_tool_of_the_list_stands_on_one_sheet(page: Page, served: dict[str, str], lower: int):
    """Wherever a sheet ends, in mm: what a tool is, what it asks for and when it was checked stay together."""
    page.goto(f"{served['public']}outils/")
    page.add_style_tag(content=f".outils {{ margin-top: {lower}mm }}")
    tools = page.locator(".outils > li").evaluate_all("all => all.map((one) => one.innerText.match(/\\p{L}{3,}/gu))")
    sheets = [set(re.findall(r"[^\W\d_]{3,}", text_of(sheet))) for sheet in printed(page).pages]
    apart = [" ".join(words) for words in tools if not any(sheet.issuperset(words) for sheet in sheets)]
    assert (True, []) == (len(tools) > 4, apart)


def test_no_word_of_a_date_is_cut_on_a_telephone(page: Page, served: dict[str, str]):
    """A school's dates stand in a box of its sheet: « Correspondance », then « s »."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served['public']}ecoles/0869001S/")
    titles = page.locator(".quoi:has(> a)")
    assert (True, []) == (titles.count() > 4, titles.evaluate_all(SPLIT))


def test_figures_and_schools_are_whole_on_paper(page: Page, served: dict[str, str]):
    """Printed, every school and every figure is there."""
    for path, words in (
        ("ecoles/", "Jean-des-Prés"),
        ("deploiement/", "66,7"),
        ("deploiement/adhesion/", "Signer et renvoyer"),
    ):
        page.goto(served["public"] + path)
        text = "".join(text_of(sheet) for sheet in printed(page).pages)
        assert words in text


def test_a_poster_with_room_cuts_no_name_short(page: Page, served: dict[str, str]):
    """Whole titles and places, fils by their names; the first of a month as printers write it."""
    page.goto(f"{served['public']}frise/2026-2027/affiche/")
    told = page.locator(".calendrier").inner_text()
    marks = set(page.locator(".calendrier .marque").all_inner_texts())
    assert (0, {"Actualités", "Projets"}) == (told.count("…"), marks)
    assert {"er"} == set(page.locator(".calendrier time sup").all_inner_texts())


def test_a_fil_is_called_by_its_name(page: Page, served: dict[str, str]):
    """Nobody has to know what « ID » stands for."""
    page.goto(served["directeurs"])
    told = {word for text in page.locator("main :is(.onglet, .marque)").all_inner_texts() for word in text.split()}
    assert ({"Projets", "Infos", "directeurs"}, set()) == (
        told & {"Projets", "Infos", "directeurs"},
        told & {"AP", "PR", "ID"},
    )


@pytest.mark.parametrize("name", ["petit-inventaire-du-printemps-2026", "le-mur-des-abecedaires"])
def test_the_cover_of_a_booklet_is_one_page(page: Page, served: dict[str, str], name: str):
    """Its publisher stands at its foot, and the next page is the table."""
    page.goto(f"{served['public']}cahiers/{name}/tout/")
    cover, table = (text_of(sheet).strip() for sheet in printed(page).pages[:2])
    assert (True, True) == (
        cover.endswith("Circonscription de Valbrune"),
        "Sommaire" in table and "Circonscription" not in table,
    )


def test_the_map_keeps_its_squares_on_paper(page: Page, served: dict[str, str]):
    """« Un carreau vaut 1 km »: their lines are of another colour than the sheet."""
    page.goto(f"{served['public']}ecoles/")
    page.emulate_media(media="print")
    line = page.locator(".carreaux").first.evaluate("one => getComputedStyle(one).stroke")
    sheet = page.locator(".plan-ecoles svg").evaluate("one => getComputedStyle(one).backgroundColor")
    assert "rgb(255, 255, 255)" == sheet
    assert line not in {sheet, "none"}
