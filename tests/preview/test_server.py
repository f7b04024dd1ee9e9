"""The preview's server, by raw requests, and the preview whole, in a real browser."""

import http.client
import json
import queue
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from gazette.errors import GazetteError
from gazette.model.token import PREVIEW_SECRET
from gazette.preview.server import HOST, Board, Server
from gazette.preview.watch import Preview, preview
from tests.plain import settings_with, template
from tests.press.widget import fetch, show
from tests.samples import Site

EDITIONS = ("public", "enseignants", "directeurs")
FLUENCE = "actualites/2026-09-15-fluence.md"
PANEL = "#apercu-constats"
FAULT = {"fichier": "actualites/une.md", "champ": "Titre", "message": "une faute", "remede": "à reprendre"}


def page_of(title: str) -> str:
    """Return a small page."""
    return f"<!doctype html><html><head><title>{title}</title></head><body>{title}</body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Give a server over three small editions."""
    for name in EDITIONS:
        for path in ("index.html", "404.html", "actualites/index.html", "actualites/une/index.html"):
            file = tmp_path / "output" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page_of(f"{name}:{path}"))
    (tmp_path / "output" / "directeurs" / "directeurs").mkdir()
    (tmp_path / "output" / "directeurs" / "directeurs" / "index.html").write_text(page_of("directeurs:le fil"))
    (tmp_path / "output" / "public" / "fils").mkdir()
    (tmp_path / "output" / "public" / "fils" / "tout.xml").write_text("<rss/>")
    (tmp_path / "output" / "secret.html").write_text("SECRET")
    (tmp_path / "secret.html").write_text("SECRET")
    (tmp_path / "output" / "public" / "lien.html").symlink_to(tmp_path / "secret.html")
    made = Server(0, tmp_path / "output", EDITIONS, Board())
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    """Return status, title or location, and body of the answer to a raw request."""
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    title = re.search("<title>(.*)</title>", body)
    location = answer.getheader("Location") or (title[1] if title else "")
    connection.close()
    return answer.status, location, body


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/", 200, "public:index.html"),
        ("/actualites/", 200, "public:actualites/index.html"),
        ("/actualites/une/", 200, "public:actualites/une/index.html"),
        ("/actualites/une/?a=1", 200, "public:actualites/une/index.html"),
        ("/enseignants/", 200, "enseignants:index.html"),
        ("/enseignants/actualites/", 200, "enseignants:actualites/index.html"),
        ("/enseignants/actualites/une/", 200, "enseignants:actualites/une/index.html"),
        ("/enseignants/actualites/une/index.html", 200, "enseignants:actualites/une/index.html"),
        ("/directeurs/", 200, "directeurs:index.html"),
        ("/directeurs/directeurs/", 200, "directeurs:le fil"),
        ("/directeurs/actualites/", 200, "directeurs:actualites/index.html"),
        ("/enseignants", 301, "/enseignants/"),
        ("/actualites", 301, "/actualites/"),
        ("/directeurs/actualites", 301, "/directeurs/actualites/"),
        ("/nulle-part/", 404, "public:404.html"),
        ("/enseignants/nulle-part/", 404, "enseignants:404.html"),
        ("/enseignantsx/", 404, "public:404.html"),
    ],
)
def test_each_edition_has_its_address(server: Server, path: str, status: int, expected: str):
    """The most open at the root, the others under their names, as on line."""
    assert (status, expected) == asked(server, path)[:2]


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/../../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/actualites/../../secret.html",
        "/enseignants/../secret.html",
        "/enseignants/..%2f..%2fsecret.html",
        "/enseignants/%2e%2e/public/../../secret.html",
        "//secret.html",
        "/..\\secret.html",
        "/lien.html",
        "/%00",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_an_edition_is_served(server: Server, path: str):
    """Neither by dots, nor by codes, nor by a link."""
    status, _, body = asked(server, path)
    assert (404, False) == (status, "SECRET" in body)


@pytest.mark.parametrize(
    "host", ["attacker.example", "attacker.example:8000", "127.0.0.1.attacker.example", "", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/", "/_apercu/evenements", "/_apercu/constats.js", "/enseignants/"])
def test_another_name_for_this_machine_is_refused(server: Server, host: str, path: str):
    """A page elsewhere cannot read drafts through DNS rebinding."""
    assert (403, "") == asked(server, path, Host=host)[::2]


def test_the_names_of_loopback_are_served(server: Server):
    """127.0.0.1 and localhost, with or without a port."""
    hosts = (HOST, "localhost", f"{HOST}:{server.server_port}", f"localhost:{server.server_port}")
    assert [200] * 4 == [asked(server, "/", Host=host)[0] for host in hosts]


def test_only_loopback_listens(server: Server):
    """Nobody else on the network sees drafts."""
    assert "127.0.0.1" == server.server_address[0]


def test_a_head_request_has_no_body(server: Server):
    """And the length of what it would be."""
    assert (200, "", "") == asked(server, "/", "HEAD")


def test_nothing_can_be_written(server: Server):
    """The preview only reads."""
    assert [501, 501, 501] == [asked(server, "/", method)[0] for method in ("POST", "PUT", "DELETE")]


def test_a_feed_is_served_as_it_is(server: Server):
    """Only pages carry the preview's script."""
    with urlopen(f"http://{HOST}:{server.server_port}/fils/tout.xml", timeout=30) as answer:
        found = (answer.headers["Content-Type"], answer.headers["Cache-Control"], answer.read())
    assert ("application/xml; charset=utf-8", "no-store", b"<rss/>") == found


def test_a_page_carries_the_preview_s_script_once(server: Server):
    """What is on the disk does not."""
    body = asked(server, "/")[2]
    on_disk = (server.output / "public" / "index.html").read_text()
    assert (1, 0) == (body.count("/_apercu/constats.js"), on_disk.count("_apercu"))


def test_before_the_first_build_a_page_says_so(tmp_path: Path):
    """The server answers, whatever is there."""
    made = Server(0, tmp_path, EDITIONS, Board())
    threading.Thread(target=made.serve_forever, daemon=True).start()
    status, _, body = asked(made, "/")
    made.shutdown()
    made.server_close()
    assert (404, True) == (status, "Rien d’imprimé" in body)


@pytest.mark.parametrize("place", ["/actualites/une/", "/enseignants/actualites/une/"])
def test_a_text_leads_to_its_page(server: Server, place: str):
    """The editor knows its folder and its name, the preview where it is shown; else it is told in French."""
    server.address = {"actualites/2026-09-15-une": place}.get
    assert (302, place) == asked(server, "/_apercu/texte/actualites/2026-09-15-une")[:2]
    status, _, told = asked(server, "/_apercu/texte/registres/cle")
    assert (404, True) == (status, "n’a pas de page" in told)


def test_a_tab_is_told_of_each_change(server: Server):
    """Server-sent events: the state at once, then each that follows."""
    with urlopen(f"http://{HOST}:{server.server_port}/_apercu/evenements", timeout=30) as stream:
        told = [json.loads(stream.readline()[6:])]
        stream.readline()
        server.board.post(("une faute",), (FAULT,), failed=True, is_new=False)
        told.append(json.loads(stream.readline()[6:]))
        stream.readline()
        server.board.post((), failed=False, is_new=True)
        told.append(json.loads(stream.readline()[6:]))
    expected = [
        {"problems": [], "said": [], "failed": False, "epoch": 0},
        {"problems": ["une faute"], "said": [FAULT], "failed": True, "epoch": 0},
        {"problems": [], "said": [], "failed": False, "epoch": 1},
    ]
    assert expected == told


# The preview whole.


class Running:
    """A preview that runs in a thread, over a plain theme of its own."""

    def __init__(self, site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:  # noqa: ANN401
        self.site, self.theme, self.stop = site, folder / "theme", threading.Event()
        born: queue.Queue[Server] = queue.Queue()

        class Known(Server):
            def __init__(self, *words: Any) -> None:  # noqa: ANN401  # Server's
                super().__init__(*words)
                born.put(self)

        monkeypatch.setattr("gazette.preview.watch.Server", Known)
        order = site.order(settings=settings_with(folder), **({"is_preview": True} | options))
        self.thread = threading.Thread(target=preview, args=(order, 0), kwargs={"is_dated": True, "stop": self.stop})
        self.thread.start()
        self.address = f"http://{HOST}:{born.get(timeout=60).server_port}/"  # it answers once the first build is done

    def close(self) -> None:
        """End it, as Ctrl+C would."""
        self.stop.set()
        self.thread.join(60)
        assert not self.thread.is_alive()


@pytest.fixture
def running(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Give a running preview."""
    made = Running(site, tmp_path, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Give a tab, and end it."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield context.new_page()
    context.close()


def test_what_the_last_preview_printed_is_served_before_this_one_has_built(
    site: Site, tmp_path: Path, tab: Page, monkeypatch: pytest.MonkeyPatch
):
    """Its first page waits for nothing, and is loaded again when the build changes it."""
    Running(site, tmp_path, monkeypatch).close()
    site.change(FLUENCE, "Passer le test", "Faire passer")
    build, is_seen = Preview.build, threading.Event()
    monkeypatch.setattr(Preview, "build", lambda self: is_seen.wait(60) and build(self))
    made = Running(site, tmp_path, monkeypatch)
    tab.goto(f"{made.address}actualites/fluence/")
    expect(tab.locator("main")).to_contain_text("Passer le test")
    is_seen.set()
    expect(tab.locator("main")).to_contain_text("Faire passer")
    made.close()


def test_three_editions_are_shown(running: Running, tab: Page):
    """Each at its address, with links across that work here."""
    found = []
    for name in ("", "enseignants/", "directeurs/"):
        tab.goto(running.address + name)
        found.append((tab.title(), tab.locator("nav a").nth(2).get_attribute("href")))
    tab.goto(f"{running.address}directeurs/actualites/")
    tab.get_by_role("link", name="RASED, formuler une demande").click()
    tab.wait_for_url(f"{running.address}enseignants/actualites/rased/")
    title = "Circonscription de Sourcelle – Circonscription de Sourcelle"
    away = f"{running.address}directeurs/"
    assert [(title, away), (title, away), (title, "./")] == found


def test_a_draft_is_shown_with_a_banner(running: Running, tab: Page):
    """And what is scheduled, with the day."""
    found = []
    for name in ("a-finir", "animations"):
        tab.goto(f"{running.address}actualites/{name}/")
        found.append(tab.locator(".bandeau").inner_text())
    expected = ["Brouillon", "Programmé pour le 01/12/2026"]
    assert expected == [text[: len(start)] for text, start in zip(found, expected, strict=True)]


def test_the_team_s_plan_is_a_page_of_the_preview(running: Running, tab: Page):
    """As it stands now, drafts included, and nowhere in an edition."""
    tab.goto(f"{running.address}_apercu/conducteur")
    expect(tab.get_by_role("heading", name="Conducteur")).to_be_visible()
    running.site.write(
        "actualites/2026-11-27-demain.md",
        "---\ntitre: Bientôt là\ndate: 2026-11-27\nstatut: publie\nauteur: cpc\nresume: x\n---\nTexte.\n",
    )
    tab.reload()
    expect(tab.get_by_text("paraît : Bientôt là")).to_be_visible()


def test_an_edit_reloads_the_open_tab(running: Running, tab: Page):
    """Without a gesture, and again."""
    tab.goto(f"{running.address}actualites/fluence/")
    for before, after in (("Passer le test", "Faire passer"), ("Faire passer", "Encore autre chose")):
        expect(tab.locator("main")).to_contain_text(before)
        running.site.change(FLUENCE, before, after)
        expect(tab.locator("main")).to_contain_text(after)


def test_a_tab_of_another_page_is_left_alone(running: Running, tab: Page):
    """Whoever reads is not brought back to the top of a page by what an author saves elsewhere."""
    own = tab.context.new_page()
    tab.goto(f"{running.address}accessibilite/")
    tab.evaluate("window.untouched = true")
    own.goto(f"{running.address}actualites/fluence/")
    running.site.change(FLUENCE, "Passer le test", "Faire passer")
    expect(own.locator("main")).to_contain_text("Faire passer")
    assert tab.evaluate("window.untouched")


def test_a_change_of_the_theme_reloads_the_open_tab(running: Running, tab: Page):
    """Templates and static files are watched too; a broken one is told, and the last good page stays."""
    tab.goto(running.address)
    base = running.theme / "templates" / "base.html"
    base.write_text(template("base.html").replace("<h1>", "<p>Neuf</p><h1>"))
    expect(tab.locator("main")).to_contain_text("Neuf")
    base.write_text(template("base.html").replace("<h1>", "{{ view.head.title + 1 }}<h1>"))
    expect(tab.locator(PANEL)).to_contain_text("base.html:23")
    expect(tab.locator("main")).to_contain_text("Neuf")
    base.write_text(template("base.html"))
    expect(tab.locator(PANEL)).to_be_hidden()
    expect(tab.locator("main")).not_to_contain_text("Neuf")


@pytest.mark.parametrize("path", [FLUENCE, "actualites/2026-11-18-affiche/index.md"], ids=["text", "pictures"])
def test_a_broken_save_keeps_the_last_good_page_in_every_tab(running: Running, tab: Page, path: str):
    """With the finding on top, until it is mended."""
    home, own = tab, tab.context.new_page()
    name = "fluence" if path == FLUENCE else "affiche"
    home.goto(running.address)
    own.goto(f"{running.address}actualites/{name}/")
    good = own.locator("main").inner_text()
    text = (running.site.content / path).read_text("utf-8")
    running.site.write(path, text.replace("titre: ", "titre: [", 1))
    for each in (home, own):
        expect(each.locator(PANEL)).to_be_visible()
        expect(each.locator(PANEL)).to_contain_text(f"content/{path}:")
        expect(each.locator(PANEL)).to_contain_text("dernière version correcte")
    own.reload()
    expect(own.locator(PANEL)).to_be_visible()
    assert good == own.locator("main").inner_text()
    running.site.write(path, text.replace("## ", "## Mieux : "))
    for each in (home, own):
        expect(each.locator(PANEL)).to_be_hidden()
    expect(own.locator("main")).to_contain_text("Mieux")


def test_a_broken_circonscription_keeps_every_page(running: Running, tab: Page):
    """The whole set-up may be wrong for a while."""
    tab.goto(running.address)
    running.site.change("circonscription.yml", "devise:", "devisse:")
    expect(tab.locator(PANEL)).to_contain_text("devisse")
    running.site.change("circonscription.yml", "devisse:", "devise:")
    expect(tab.locator(PANEL)).to_be_hidden()


def test_a_finding_is_shown_as_text(running: Running, tab: Page):
    """What an author typed in a file name or a value is no mark-up of the panel."""
    tab.goto(running.address)
    running.site.change(FLUENCE, "date: 2026-09-15 08:30", 'date: "<img src=x onerror=alert(1)>"')
    expect(tab.locator(PANEL)).to_contain_text("<img")
    assert 0 == tab.locator(f"{PANEL} img").count()


def test_as_on_line_a_draft_is_hidden(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``--comme-en-ligne`` shows what readers see."""
    made = Running(site, tmp_path, monkeypatch, is_preview=False)
    found = []
    for name in ("fluence", "a-finir", "animations"):
        try:
            with urlopen(f"{made.address}actualites/{name}/", timeout=60) as answer:
                found.append(answer.status)
        except HTTPError as error:
            found.append(error.code)
            error.close()
    made.close()
    assert [200, 404, 404] == found


def test_token_feeds_are_served_at_the_addresses_told(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """On loopback, under a secret of the preview's own, as the ENT would read them."""
    site.open_tokens()
    made = Running(site, tmp_path, monkeypatch, token_secret=PREVIEW_SECRET)
    said, told, end = "", [], time.monotonic() + 60
    while len(told) < len(made.site.newsroom().audiences) - 1 and time.monotonic() < end:  # it answers before it tells
        time.sleep(0.05)
        said += capfd.readouterr().out
        told = re.findall(rf"{re.escape(made.address)}\S+\.xml", said)
    shown = []
    for address in told:
        with urlopen(address, timeout=60) as answer:
            shown.append([link for _, link, *_ in show(fetch(answer.read()))])
    made.close()
    assert ["/enseignants-jeton/tout-", "/directeurs-jeton/tout-"] == [
        f"/{a.removeprefix(made.address)}"[: -len(".xml") - 32] for a in told
    ]
    assert (True, True) == tuple(f"{made.address}enseignants/actualites/rased/" in links for links in shown)


def test_a_port_that_is_taken_is_told(site: Site, tmp_path: Path, server: Server):
    """With another to try."""
    port = server.server_port
    with pytest.raises(GazetteError, match=f"--port {port + 1}"):
        preview(site.order(settings=settings_with(tmp_path)), port)
