"""The demo's shared books in a browser, on paper, on a reading device and from a USB key."""

import io
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from gazette.compose.components import LONG_WORD
from tests.journeys.conftest import Demo, Quiet
from tests.judges import ALBUM, OVERFLOW, misbound, modules, violations
from tests.poppler import text_of

SPRING = "cahiers/petit-inventaire-du-printemps-2026"
WALL = "cahiers/le-mur-des-abecedaires/exposition/"
DAY = "2027-03-10"


@pytest.fixture
def page(browser: Browser) -> Page:
    """Give a page of its own."""
    return browser.new_context().new_page()


def test_pages_turn_with_the_keyboard(page: Page, served: dict[str, str]):
    """Forward, back, and from the first page to the contents."""
    page.goto(f"{served['public']}{SPRING}/0869001s-cm1-cm2/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/0869005w-ms/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/0869001s-cm1-cm2/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/sommaire/")


def test_the_longest_word_stays_on_the_shelf(page: Page, served: dict[str, str]):
    """A title of one word of 60 letters, on a telephone."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served['public']}cahiers/")
    page.locator(".livre-rayon h3 a").first.evaluate("(one, word) => { one.textContent = word }", LONG_WORD)
    assert [] == page.evaluate(OVERFLOW)


FILLED = """() => {
  const article = document.querySelector("#projection > :first-child").getBoundingClientRect();
  const seen = [...document.querySelectorAll("a:not(.evitement), button, nav, h1")].filter((e) => e.checkVisibility());
  return [article.top, article.width, seen.every((e) => e.closest("#projection"))];
}"""
"""Where what is projected begins, how wide it is, and whether nothing else is in sight."""


def test_a_book_is_projected_page_after_page(browser: Browser, served: dict[str, str]):
    """From its cover to its givers nothing but the book is seen; the address keeps it; Escape shows the rest again."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{served['public']}{SPRING}/")
    page.get_by_role("link", name="Projeter").click()
    titles = []
    while True:
        assert [0, 1280, True] == page.evaluate(FILLED)
        titles.append(page.locator("h1").text_content())
        following = page.locator('.livre-commandes a[rel="next"]')
        if not following.count():
            break
        address = following.evaluate("link => link.href")
        page.keyboard.press("ArrowRight")
        page.wait_for_url(address)
    assert (10, "Petit inventaire du printemps 2026", "Contributeurs") == (len(titles), titles[0], titles[-1])
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/0869006x-cm-mesures/#projection")
    page.keyboard.press("PageDown")  # a presenter's remote: to the end of the page, then to the next
    page.wait_for_function("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/contributeurs/#projection")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/0869006x-cm-mesures/#projection")
    assert [] == violations(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/0869006x-cm-mesures/#contenu")
    assert page.locator(".bandeau").is_visible()
    assert not page.locator(".livre-commandes").is_visible()


def test_a_book_is_projected_without_scripts(browser: Browser, served: dict[str, str]):
    """The links are enough, to leave too."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['public']}{SPRING}/sommaire/#projection")
    page.locator('.livre-commandes a[rel="next"]').click()
    page.wait_for_url("**/0869001s-cm1-cm2/#projection")
    assert (False, True) == tuple(page.locator(one).is_visible() for one in (".bandeau", ".livre-commandes"))
    page.get_by_role("link", name="Quitter").click()
    assert (True, False) == tuple(page.locator(one).is_visible() for one in (".bandeau", ".livre-commandes"))


@pytest.mark.parametrize("size", [(768, 1024), (1024, 768), (1280, 720)])
def test_a_book_begins_high_on_the_screen(browser: Browser, served: dict[str, str], size: tuple[int, int]):
    """Above the cover stands less than a third of a screen, and what one may take away is seen without scrolling."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(f"{served['public']}{SPRING}/")
    tops = [page.locator(one).bounding_box()["y"] for one in (".livre-plat", ".livre-emporter li:last-child")]  # type: ignore[index]
    bottom = tops[1] + 32
    assert (True, True) == (tops[0] <= size[1] / 3, bottom <= size[1]), tops


def test_pages_turn_under_a_finger(browser: Browser, served: dict[str, str]):
    """A finger that slides to the left brings the next page; one that scrolls brings none."""
    context = browser.new_context(has_touch=True, viewport={"width": 820, "height": 1180})
    page = context.new_page()
    page.goto(f"{served['public']}{SPRING}/0869002t-gs/")
    session = context.new_cdp_session(page)
    for move, is_turned in (((0, 200), False), ((-250, 10), True)):
        box = page.locator("#projection h1").bounding_box()
        assert box
        x, y = box["x"] + 300, box["y"] + 10
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        end = {"x": x + move[0], "y": y + move[1]}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [end]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        if is_turned:
            page.wait_for_url("**/0869004v-cp/")
        assert page.url.endswith("/0869004v-cp/" if is_turned else "/0869002t-gs/")
    context.close()


def test_the_wall_is_a_slideshow_by_keyboard(page: Page, served: dict[str, str]):
    """It opens, goes round, says where it is, closes with Escape and gives the focus back."""
    page.goto(served["public"] + WALL)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Lancer le diaporama").press("Enter")
    told = page.locator("dialog p")
    assert told.text_content().startswith("1 sur 4 · A comme arbre")  # type: ignore[union-attr]
    for key, rank in ((" ", 2), ("PageDown", 3), ("End", 4), ("ArrowRight", 1), ("PageUp", 4), ("Home", 1)):
        page.keyboard.press(key)
        assert told.text_content().startswith(f"{rank} sur 4 · ")  # type: ignore[union-attr]
    page.keyboard.press("ArrowLeft")
    assert told.text_content().startswith("4 sur 4 · S comme soleil")  # type: ignore[union-attr]
    assert "soleil" in (page.locator("dialog img").get_attribute("alt") or "")
    page.keyboard.press("Escape")
    assert not page.locator("dialog").evaluate("d => d.open")
    assert page.evaluate("document.activeElement.hasAttribute('data-diaporama')")


def test_the_booklet_is_printed_on_a5_with_true_page_numbers(page: Page, served: dict[str, str]):
    """Each line of the contents names the sheet on which its page begins; every sheet but the cover has its folio.

    None is nearly empty: what begins another goes with what follows.
    """
    page.goto(f"{served['public']}{SPRING}/tout/")
    page.wait_for_selector("#livret[data-pagine]")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(420, 595)} == {(round(s.mediabox.width), round(s.mediabox.height)) for s in sheets}
    rows = [text_of(s).strip().split("\n") for s in sheets]
    assert [str(n) for n in range(2, len(rows) + 1)] == [row[0] for row in rows[1:]]
    titles = page.locator(".livret-sommaire .livre-titre").all_text_contents()
    begins = {line: int(row[0]) for row in rows[2:] for line in row[1:]}
    told = {line[0].strip(): int(line[1]) for row in rows[1:2] for line in re.findall(r"(.+?) (\d+)\n", "\n".join(row))}
    assert [begins[title] for title in titles] == [told[title] for title in titles]
    assert (7, True) == (len(titles), len(sheets) <= 1 + 1 + 7 + 1)
    assert "donnees-personnelles/)" in "".join(rows[-1])  # who reads on paper is told where to ask


def test_the_folder_opens_from_a_key(page: Page, demo: Demo, tmp_path: Path):
    """Unzipped, without a server nor a network: the cover, a page turned, its picture and its sound there."""
    with zipfile.ZipFile(io.BytesIO(demo.at(DAY)[1][f"public/{SPRING}.zip"])) as package:
        package.extractall(tmp_path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "lire.html").as_uri())
    page.wait_for_url("**/index.html")
    page.get_by_role("link", name="Ouvrir à la première page").click()
    page.wait_for_url("**/0869001s-cm1-cm2/index.html")  # loaded: its script listens to the keys
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/0869005w-ms/index.html")
    page.wait_for_function(
        "[...document.images].every((i) => (i.loading = 'eager') && i.complete && i.naturalWidth > 99)"
    )
    seconds = page.evaluate(
        "new Promise((done) => { const a = document.querySelector('audio'); a.preload = 'auto';"
        " a.onloadedmetadata = () => done(a.duration); a.onerror = () => done(0); a.load(); })"
    )
    assert 7 < seconds < 9
    assert [] == [url for url in asked if not url.startswith(("file:", "data:"))]


@pytest.fixture(scope="module")
def reading_engine(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the engine of Foliate, a reading application, with the book on loopback; give the address that opens it."""
    folder = tmp_path_factory.mktemp("liseuse")
    shutil.copytree(modules() / "foliate-js", folder, dirs_exist_ok=True)
    (folder / "livre.epub").write_bytes(demo.at(DAY)[1][f"public/{SPRING}.epub"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/reader.html?url=livre.epub"
    server.shutdown()
    server.server_close()


FOURTH = "reader.view.renderer.getContents()[0]?.index === 3 || (reader.view.goTo(3), false)"
"""Asked again while the engine is busy: it then does not move."""
OPENED = """async () => {
  const { book, renderer } = reader.view;
  const [{ doc, index }] = renderer.getContents();
  const box = doc.querySelector("h1").getBoundingClientRect();
  await Promise.all([...doc.images].map((one) => one.decode()));
  const name = (one) => typeof one === "string" ? one : one.name;
  return {
    title: book.metadata.title, authors: book.metadata.author.map(name),
    toc: book.toc.map((one) => one.label), cover: (await book.getCover()).type, linear: book.sections.length, index,
    seen: box.width > 100 && box.height > 10,
    pictures: [...doc.images].every((one) => one.naturalWidth > 99),
  };
}"""
"""What the engine makes of a book, its fourth text on the screen."""
TEXTS = r"""async () => {
  const docs = await Promise.all(reader.view.book.sections.map((one) => one.createDocument()));
  return docs.map((doc) => doc.querySelector("section, nav").textContent.split(/\s+/).join(" ").trim());
}"""
READ = r"""(numbers) => numbers.map((n) => {
  const copy = document.getElementById(`p${n}`).cloneNode(true);
  copy.querySelectorAll(".son > .faits").forEach((one) => one.remove());
  return copy.textContent.split(/\s+/).join(" ").trim();
})"""
"""The text of each page on the web, less the weight and the length of its sounds."""


def test_the_epub_opens_in_a_reading_application(browser: Browser, served: dict[str, str], reading_engine: str):
    """Opened as a reader has it: cover, contents, a text on the screen with its pictures; word for word the web's."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True).new_page()  # tests look in
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(reading_engine)
    page.wait_for_selector("#toc-view a", state="attached")  # the last thing it makes ready
    page.wait_for_function(FOURTH, polling=500)
    told = page.evaluate(OPENED)
    page.screenshot(path=ALBUM / "livre-dans-une-liseuse.png")
    assert (3, "Petit inventaire du printemps 2026", 6, 9, 10) == (
        told["index"],
        told["title"],
        len(told["authors"]),
        len(told["toc"]),
        told["linear"],
    )
    assert ("image/jpeg", True, True, []) == (told["cover"], told["seen"], told["pictures"], faults)
    opened = page.evaluate(TEXTS)
    page.goto(f"{served['public']}{SPRING}/tout/")
    assert page.evaluate(READ, list(range(1, 8))) == [_without_duration(text) for text in opened[2:9]]


def _without_duration(text: str) -> str:
    """Return a text of the EPUB without the length of its sounds, which stands before what one hears."""
    return re.sub(r"\s\d+\ss (?=Ce que l’on entend)", " ", text)


def test_the_epub_is_valid_and_reads(page: Page, demo: Demo, tmp_path: Path):
    """EPUBCheck says nothing; each text renders as XML in the engine of reading applications, pictures there."""
    book = tmp_path / "livre.epub"
    book.write_bytes(demo.at(DAY)[1][f"public/{SPRING}.epub"])
    assert [] == misbound(book)
    with zipfile.ZipFile(book) as package:
        package.extractall(tmp_path)
        names = [n for n in package.namelist() if n.endswith(".xhtml")]
    for name in names:
        page.goto((tmp_path / name).as_uri())
        assert "application/xhtml+xml" == page.evaluate("document.contentType")
        assert 0 == page.locator("parsererror").count()
        assert page.locator("h1").first.is_visible()
        assert page.evaluate("[...document.images].every((i) => i.naturalWidth > 99 && i.alt)")
    assert 10 == len(names)
