"""Moderating in a real browser; and whoever else asks is told nothing."""

import http.client
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from gazette.newsdesk.queue import queue
from gazette.read.registers import decisions
from gazette.terminal.moderation import tried
from gazette.web.server import Desk
from tests.newsdesk.waiting import depeche, put, somebody, tree, with_picture
from tests.samples import Site

STANDS = "depeches/0869001S/2026-11-20-jardin.md"


@pytest.fixture
def desk(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Serve a dépêche with a picture, and one that the gate would refuse."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    put(site, with_picture(seen="2026-11-19"))
    put(site, depeche("2026-11-21-appel", id="2", title="Un <b>appel</b>", body="Appelez le 06 39 98 10 88."))
    Image.new("RGB", (60, 40), "#2f6b3c").save(site.content.parent / "quarantaine" / "0a1b.jpg")
    who, order = somebody(site.content), site.order()
    with Desk(who, partial(tried, order, who)) as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield served
        served.shutdown()
        thread.join()


@pytest.fixture
def tab(desk: Desk, browser: Browser) -> Iterator[Page]:
    """Open the address in a tab that tells of every refusal of the page's own policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(desk.address)
    yield opened
    context.close()
    assert [] == [fault for fault in faults if "422" not in fault and "409" not in fault]


def asked(
    desk: Desk, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: str = ""
) -> tuple[int, bytes, Mapping[str, str]]:
    """Ask the server as any program of this machine could."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.server_port, timeout=30)
    connection.request(method, path, body=body or None, headers=dict(headers or {}))
    answer = connection.getresponse()
    told = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return told


# Who may ask.


def test_it_listens_on_loopback_alone(desk: Desk):
    """No other machine reaches it."""
    assert "127.0.0.1" == desk.server_address[0]


@pytest.mark.parametrize("path", ["/", "/page.css", "/x/", "/{short}/", "/{short}x/", "//{token}/", "/{token}%00/"])
def test_without_the_token_there_is_nothing(desk: Desk, path: str):
    """Nor a word of what is here."""
    told = asked(desk, path.format(token=desk.token, short=desk.token[:-1]))
    assert told[0] in {404, 421} or path.startswith("//")
    assert b"jardin" not in told[1] or path.startswith("//")


@pytest.mark.parametrize("host", ["valbrune.example", "127.0.0.1", "127.0.0.1:1", "attaquant.example:{port}", ""])
def test_another_name_of_this_machine_is_refused(desk: Desk, host: str):
    """DNS rebinding: the page of another site asks us under its own name."""
    told = asked(desk, f"/{desk.token}/", headers={"Host": host.format(port=desk.server_port)})
    assert (421, b"") == told[:2]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://attaquant.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "OWN", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "OWN", "Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("verb", ["accepter", "refuser"])
def test_an_answer_comes_from_our_own_page(site: Site, desk: Desk, headers: dict[str, str], verb: str):
    """CSRF: even who knows the address cannot answer from another page."""
    item = queue(site.content)[0]
    before = tree(site.content)
    own = {k: v.replace("OWN", f"http://127.0.0.1:{desk.server_port}") for k, v in headers.items()}
    form = own | {"Content-Type": "application/x-www-form-urlencoded"}
    told = asked(desk, f"/{desk.token}/{item.id}/{verb}", "POST", form, "motif=x&geste=accepter")
    assert (403, before) == (told[0], tree(site.content))


def test_a_long_answer_is_not_read(desk: Desk):
    """Nor one without a length."""
    own = {"Origin": f"http://127.0.0.1:{desk.server_port}"}
    codes = [
        asked(desk, f"/{desk.token}/a/refuser", "POST", own | {"Content-Length": length})[0]
        for length in ("99999999", "-1", "x")
    ]
    assert [413, 413, 413] == codes


def test_every_answer_has_a_strict_policy(site: Site, desk: Desk):
    """Pages, pictures and previews; and none is kept."""
    item = queue(site.content)[0]
    for path in ("", item.id, f"{item.id}/images/0a1b.jpg", f"{item.id}/apercu/", "page.js", "rien/du/tout"):
        headers = asked(desk, f"/{desk.token}/{path}")[2]
        policy = headers["Content-Security-Policy"]
        assert ("no-store", "nosniff", True, False) == (
            headers["Cache-Control"],
            headers["X-Content-Type-Options"],
            policy.startswith("default-src 'none'"),
            "unsafe" in policy,
        )


@pytest.mark.parametrize(
    "path",
    [
        "images/0a1b.jpg/..",
        "images/../../../circonscription.yml",
        "images/%2e%2e%2fcle.yml",
        "images/autre.jpg",
        "apercu/../../../content/registres/cle.yml",
        "apercu/%2e%2e/%2e%2e/content/registres/cle.yml",
        "autre",
    ],
)
def test_no_other_file_is_served(site: Site, desk: Desk, path: str):
    """A picture of the quarantine only where the dépêche names it; a preview's own files."""
    (site.content.parent / "quarantaine" / "autre.jpg").write_bytes(b"x")
    item = queue(site.content)[0]
    assert (404, b"") == asked(desk, f"/{desk.token}/{item.id}/{path}")[:2]


# In a browser.


def test_it_is_accessible(tab: Page, desk: Desk, site: Site):
    """By axe, with a picture, with a refusal of the gate, narrow and dark."""
    problems = []
    for item in queue(site.content):
        tab.goto(f"{desk.address}{item.id}")
        for width, scheme in ((1280, "light"), (320, "dark")):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            found = Axe().run(tab, options={"iframes": False})
            problems += [v["id"] for v in found.response["violations"]]
            overflow = tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            problems += ["déborde"] if overflow else []
    assert [] == problems


def test_it_shows_the_page_as_it_would_be_printed(tab: Page):
    """By the real templates and styles, its picture in its place; nothing of it is kept once moderation is over."""
    printed = tab.frame_locator("iframe")
    assert "Un jardin partagé" == printed.locator("h1").inner_text()
    assert printed.locator("article img").first.evaluate("e => e.decode().then(() => e.naturalWidth > 0)")
    assert tab.get_by_text("Avec toutes ses images").is_visible()
    assert "rgb(0, 0, 0)" != printed.locator("h1").evaluate("e => getComputedStyle(e).color")
    assert 60 == tab.locator("figure img").evaluate("e => e.naturalWidth")


def test_no_picture_outlives_its_preview(site: Site, desk: Desk):
    """Nor what was made of it: only the quarantine has it, until somebody answers."""
    assert 200 == asked(desk, f"/{desk.token}/")[0]
    assert list(site.content.parent.rglob("essai/page/**/*.jpg"))
    desk.server_close()
    kept = (
        p.relative_to(site.content.parent)
        for kind in ("jpg", "webp", "avif")
        for p in site.content.parent.rglob(f"*.{kind}")
    )
    assert [] == [path for path in kept if "essai" in path.parts]


def test_a_correction_is_made_again_in_the_page(tab: Page, desk: Desk, site: Site):
    """The new version comes with it in the field, and says so; what the school changed too is shown."""
    body = "Nous avons semé.\n\nAvec Zoé.\n\nPuis arrosé."
    item = depeche("2026-11-22-semis", body, id="9")
    for text in ("Puis paillé.", "Avec Max."):
        put(site, item)
        found = next(i for i in queue(site.content) if i.name == "2026-11-22-semis")
        desk.who.accept(found, {}, item.text().replace("Avec Zoé", "Ensemble"))
        put(
            site,
            depeche(
                "2026-11-22-semis", body.replace("Puis arrosé." if "paillé" in text else "Avec Zoé.", text), id="9"
            ),
        )
        waits = next(i for i in queue(site.content) if i.name == "2026-11-22-semis")
        tab.goto(f"{desk.address}{waits.id}")
        said = tab.locator("#correction").inner_text()
        field = tab.locator("#texte").input_value()
        if "paillé" in text:
            assert ("refaite ci-dessous" in said, "Ensemble" in field, text in field, "Zoé" in field) == (
                True,
                True,
                True,
                False,
            )
        else:
            assert ("à refaire à la main" in said, "Ensemble." in said, text in field) == (True, True, True)
    assert [] == [v["id"] for v in Axe().run(tab, options={"iframes": False}).response["violations"]]


def test_accepted_with_its_picture(tab: Page, site: Site):
    """Once whom it shows is told."""
    tab.get_by_label("Qui y paraît").select_option("aucune")
    tab.get_by_role("button", name="Accepter", exact=True).click()
    tab.get_by_text("Acceptée : elle paraîtra").wait_for()
    assert "depeches/0869001S/2026-11-20-jardin/0a1b.jpg" in tree(site.content)
    assert [] == list(site.content.parent.glob(".gazette/essai/content/**/*.jpg"))


def test_what_the_gate_refuses_is_told_and_stays(tab: Page, desk: Desk, site: Site):
    """Beside the text; a correction passes."""
    item = queue(site.content)[1]
    tab.goto(f"{desk.address}{item.id}")
    assert "06 •• •• •• 88" in tab.locator(".controle").inner_text().replace("\u202f", " ").replace("\u00a0", " ")
    tab.get_by_role("button", name="Accepter", exact=True).click()
    assert "ne paraîtrait pas" in tab.get_by_role("alert").inner_text()
    tab.wait_for_load_state()
    tab.keyboard.press("c")
    tab.locator("#texte").fill(item.text.replace("Appelez le 06 39 98 10 88.", "Écrivez à l’école."))
    tab.get_by_role("button", name="Accepter cette correction").click()
    tab.get_by_text("Acceptée : elle paraîtra").wait_for()
    assert "Écrivez à l’école." in tree(site.content)["depeches/0869001S/2026-11-21-appel.md"].decode()


def test_with_the_keyboard_alone(tab: Page, site: Site):
    """Next, refuse with a reason, accept; and letters typed in a field are letters."""
    tab.keyboard.press("j")
    tab.wait_for_function("document.querySelector('h1').textContent.includes('appel')")
    tab.wait_for_load_state()  # the preview too: what is left while it loads is asked for in vain
    tab.keyboard.press("r")
    tab.keyboard.type("jkacr")
    tab.keyboard.press("Enter")
    tab.get_by_text("Refusée : elle ne revient").wait_for()
    tab.wait_for_load_state()
    tab.keyboard.press("a")
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="Rien n’attend", level=1).wait_for()
    assert [("refusee", "jkacr"), ("acceptee", "")] == [(d.answer, d.reason) for d in decisions(site.content)]


def test_shortcuts_may_be_turned_off(tab: Page):
    """For who speaks to their computer (WCAG 2.1.4)."""
    tab.keyboard.press("o")
    tab.get_by_label("Raccourcis actifs").uncheck()
    tab.locator("h1").click()
    tab.keyboard.press("r")
    assert "motif" != tab.evaluate("document.activeElement.id")


def test_what_a_school_writes_is_text(tab: Page, desk: Desk, site: Site):
    """Its title, its texts, its addresses."""
    item = queue(site.content)[1]
    text = item.text.replace("https://petit-pont.example/jardin", "javascript:alert(1)")
    site.write(item.path, text.replace("Appelez", "<script>document.title = 1</script><img src=x onerror=alert(1)>"))
    tab.goto(f"{desk.address}{queue(site.content)[1].id}")
    hrefs = tab.eval_on_selector_all("main a", "links => links.map(l => l.href)")
    assert ("Un <b>appel</b>", [], False) == (
        tab.locator("h1").inner_text(),
        [h for h in hrefs if h.startswith("javascript")],
        "1" == tab.title(),
    )


def test_what_changed_meanwhile_is_not_answered(tab: Page, site: Site):
    """The collection came between."""
    put(site, with_picture(seen="2026-11-19", title="Un autre jardin"))
    tab.get_by_role("button", name="Accepter", exact=True).click()
    assert "a changé" in tab.get_by_role("alert").inner_text()
    assert not (site.content / STANDS).exists()


def test_the_address_is_told_and_nothing_else(site: Site, tmp_path: Path):
    """Two servers have two secrets, long enough."""
    who = somebody(site.content)
    made = [Desk(who, lambda *_: None) for _ in range(2)]  # type: ignore[arg-type,return-value]
    tokens = {d.token for d in made}
    for server in made:
        server.server_close()
    assert (2, True) == (len(tokens), all(len(t) >= 43 for t in tokens))
