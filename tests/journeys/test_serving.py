"""Editions on a real nginx, as ``./gazette serveur`` writes it: who reads, what is answered, what a browser sees."""

import base64
import http.client
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gazette.build import build
from gazette.inquiry import detours_of
from gazette.model.token import secret_of, token_path
from gazette.order import Report
from gazette.pool import Pool
from gazette.publish.nginx import configuration
from gazette.publish.passwords import encoded, renewed
from gazette.publish.places import KINDS
from gazette.publish.releases import Releases
from gazette.publish.server import server
from gazette.removal import withdraw
from gazette.withdrawal.withdraw import Request
from tests.browser import FLAGS, chromium
from tests.nginx import free_port, running
from tests.plain import SETTINGS
from tests.publish.newsstand import facts, put
from tests.publish.servers import program
from tests.samples import CONTENT, NOW, ROOT, TOKEN_SECRET, Site

HOSTS = {name: f"{name}.sourcelle.example" for name in ("enseignants", "directeurs")} | {"public": "sourcelle.example"}
SCHOOL = "0869001S"
NOTE = "directeurs/2026-09-02-evaluations.md"
FLUENCE = "actualites/2026-09-15-fluence.md"
EXPOSITION = "projets/2026-11-05-exposition.md"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": None,
    "Content-Security-Policy": None,
}


@dataclass(frozen=True)
class Stand:
    """A circonscription on line."""

    site: Site
    port: int
    password: str
    report: Report
    www: Path
    work: Path

    def ask(self, edition: str, path: str, *, known: bool = False, **headers: str) -> http.client.HTTPResponse:
        """Ask once for a path of an edition, or of a host, as a school or as nobody; the body is read."""
        if known:
            headers["Authorization"] = "Basic " + base64.b64encode(f"{SCHOOL}:{self.password}".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", f"/{path}", headers={"Host": HOSTS.get(edition, edition), **names})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def status(self, edition: str, path: str, *, known: bool = False) -> int:
        """Return how a path is answered."""
        return self.ask(edition, path, known=known).status

    def addresses(self, edition: str) -> list[str]:
        """Return every address of the edition's manifest, and those of its pages as readers know them."""
        manifest = next(p.manifest for p in self.report.proofed if p.manifest.audience == edition)
        pages = {p.removesuffix("index.html") for p in manifest.files if p.endswith("index.html")}
        former = {f"{path}/" for path, _ in detours_of(self.site.order())[edition].moved}
        return sorted({*manifest.files, *pages} - former)


def settings(folder: Path, port: int, www: Path, access: Mapping[str, object]) -> Path:
    """Write a ``publishconf.py`` for a server on loopback."""
    path = folder / "publishconf.py"
    told = {"dossier": str(www), "ecoute": f"127.0.0.1:{port}", "acces": access}
    path.write_text(f"SERVEUR = {told!r}\n", "utf-8")
    return path


def place_of(www: Path) -> Releases:
    """Return the target."""
    found: Releases = KINDS["local"].place("local", {"dossier": str(www)}, "")
    return found


def by_school(folder: Path) -> dict[str, object]:
    """Let schools in by password, in both restricted editions."""
    return {name: {"par": "ecoles", "fichier": str(folder / "ecoles")} for name in ("enseignants", "directeurs")}


def written(site: Site, path: Path) -> str:
    """Return the configuration that these settings give."""
    newsroom = site.newsroom()
    feeds = (ROOT / "deploiement" / "flux.conf").read_text("utf-8")
    return configuration(server(path, newsroom), newsroom, detours_of(site.order()), feeds)


def opened(
    site: Site, folder: Path, access: Mapping[str, object] | None = None, theme: Path = ROOT / "pelicanconf.py"
) -> Iterator[Stand]:
    """Build, publish and serve."""
    www, port = folder / "www", free_port()
    report = build(site.order(token_secret=secret_of(TOKEN_SECRET), settings=theme), pool=site.pool)
    put(place_of(www), *report.proofed, told=facts())
    digests, drawn = renewed({}, {SCHOOL}, ())
    (folder / "ecoles").write_text(encoded(digests), "utf-8")
    body = written(site, settings(folder, port, www, by_school(folder) if access is None else access))
    with running(body, port, folder / "nginx"):
        yield Stand(site, port, drawn[SCHOOL], report, www, folder / "nginx")


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Iterator[Stand]:
    """Put on line, once for all tests here, a circonscription that moved a text and withdrew two."""
    folder = tmp_path_factory.mktemp("en-ligne")
    site = Site(folder / "content", folder / "output", pool)
    shutil.copytree(CONTENT, site.content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(site.content))
        patch.setattr("gazette.press.faces.is_installed", lambda: False)
        site.open_tokens()
        site.change(FLUENCE, "auteur: cpc", "auteur: cpc\nanciennes_adresses: [actualites/lire-en-cm]")
        for name in (EXPOSITION, NOTE):
            withdraw(site.order(settings=SETTINGS), Request(entry=name))
        yield from opened(site, folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for which every name is this machine."""
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--host-resolver-rules=MAP * 127.0.0.1"]
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield launched
        launched.close()


def test_each_edition_answers_who_may_read_it_and_nobody_else(stand: Stand):
    """Every address of every manifest: the public one to all, the others to a school that says its password."""
    wrong = []
    for edition in ("public", "enseignants", "directeurs"):
        for path in stand.addresses(edition):
            unknown = stand.status(edition, path)
            if (200 if edition == "public" else 401) != unknown or 200 != stand.status(edition, path, known=True):
                wrong.append((edition, path, unknown))
    assert [] == wrong


def test_a_wrong_password_and_another_school_stay_out(stand: Stand):
    """401 again."""
    told = [f"{SCHOOL}:{stand.password[:-1]}", f"{SCHOOL}:", f"0869002T:{stand.password}"]
    answers = [
        stand.ask("directeurs", "", Authorization="Basic " + base64.b64encode(t.encode()).decode()).status for t in told
    ]
    assert [401, 401, 401] == answers


def test_token_feeds_are_read_by_who_has_the_address(stand: Stand):
    """Without a password, as XML, at their own address; a name guessed, a listing and a log tell nothing."""
    newsroom = stand.site.newsroom()
    audience = newsroom.audience("directeurs")
    assert audience
    path = token_path(secret_of(TOKEN_SECRET), newsroom, audience, NOW.date(), "tout")
    answer = stand.ask("fils.sourcelle.example", f"d/{path}")
    assert (200, "application/xml; charset=utf-8", "noindex, noarchive") == (
        answer.status,
        answer.getheader("Content-Type"),
        answer.getheader("X-Robots-Tag"),
    )
    others = [stand.status("fils.sourcelle.example", p) for p in ("", "d/", f"e/{path}", "d/tout.xml", "d/../")]
    assert ([404, 403, 404, 404, 404], False) == (others, path in (stand.work / "acces.log").read_text("utf-8"))


def test_headers_are_those_of_a_strict_site(stand: Stand):
    """On pages, feeds and errors; the ENT alone may frame a page."""
    for path, status in (("", 200), ("fils/tout.xml", 200), ("rien/", 404), ("projets/exposition/", 410)):
        answer = stand.ask("public", path)
        assert status == answer.status
        for name, value in HEADERS.items():
            assert (answer.getheader(name) or "absent") == (value or answer.getheader(name)), (path, name)
        policy = dict(part.split(" ", 1) for part in (answer.getheader("Content-Security-Policy") or "").split("; "))
        assert ("'none'", "'self'", "'self' https://ent.sourcelle.example") == (
            policy["default-src"],
            policy["media-src"],
            policy["frame-ancestors"],
        )
        assert (None, None, "nginx") == tuple(
            answer.getheader(name) for name in ("X-Frame-Options", "Set-Cookie", "Server")
        )


def test_what_bears_a_digest_is_kept_and_the_rest_is_asked_again(stand: Stand):
    """A page that did not change answers 304; a shared cache keeps nothing of a restricted edition."""
    paths = stand.addresses("directeurs")
    keyed = [p for p in paths if p.startswith(("theme/", "media/"))]
    assert 3 < len(keyed)
    for path in paths:
        told = stand.ask("directeurs", path, known=True).getheader("Cache-Control")
        assert f"private, {'max-age=31536000, immutable' if path in keyed else 'no-cache'}" == told, path
    first = stand.ask("public", "")
    again = stand.ask("public", "", If_None_Match=first.getheader("ETag") or "")
    assert ("no-cache", 304) == (first.getheader("Cache-Control"), again.status)
    assert None is stand.ask("public", "media/0123456789abcdef01234567-480.webp").getheader("Cache-Control")


def test_former_addresses_lead_on_and_withdrawn_ones_are_gone(stand: Stand):
    """In the edition that showed them, to its readers alone; elsewhere they are what they always were: nothing."""
    moved = stand.ask("public", "actualites/lire-en-cm/")
    target = "https://sourcelle.example/actualites/fluence/"
    assert (301, target) == (moved.status, moved.getheader("Location"))
    assert [410, 410, 410, 404, 404] == [
        stand.status("public", p)
        for p in (*(f"projets/exposition{end}" for end in ("", "/", "/index.html")), "directeurs/evaluations/", "x/")
    ]
    note = "directeurs/evaluations/"
    assert [401, 410, 404] == [
        stand.status("directeurs", note),
        stand.status("directeurs", note, known=True),
        stand.status("enseignants", note, known=True),
    ]


def test_nothing_is_served_beside_the_edition(stand: Stand):
    """Neither our notes, nor former releases, nor dot files, nor what a link in the folder leads to."""
    live = (stand.www / "public").resolve()
    (live / ".env").write_text("secret")
    (live / "passe").symlink_to(stand.www / "directeurs")
    (live / "notes.html").symlink_to(stand.work / "nginx.conf")
    paths = (
        ".env", ".gazette/", "passe/index.html", "notes.html", ".courante/directeurs/index.html",
        "..%2fdirecteurs/index.html", "../directeurs/index.html", "%2e%2e/directeurs/index.html", "media/", "theme/",
        ".gazette/editions/000001.json", "directeurs/../../directeurs/index.html",
    )  # fmt: skip
    try:
        assert {403, 404, 400} >= {stand.status("public", path) for path in paths}
    finally:
        for name in (".env", "passe", "notes.html"):
            (live / name).unlink()
    well_known = [p for p in stand.addresses("public") if p.startswith(".well-known/")]
    assert {200} >= {stand.status("public", p) for p in well_known}


def test_a_file_put_down_by_hand_is_not_served(stand: Stand):
    """A plain file, a folder with its page, one of a restricted edition: 404 to readers, and told by « etat »."""
    dropped = {"public": ("intrus.html", "actualites/intrus/index.html", "fils/intrus.xml"), "directeurs": ("x.html",)}
    witness = stand.www / ".courante" / ".temoins" / "public" / "seul.html"
    before = {edition: stand.status(edition, "", known=True) for edition in dropped}
    places = [(stand.www / edition).resolve() / path for edition, paths in dropped.items() for path in paths]
    try:
        for place in (*places, witness):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("posé à la main")
        told = [stand.status(edition, path, known=True) for edition, paths in dropped.items() for path in paths]
        others = [stand.status("public", path) for path in ("actualites/intrus/", "actualites/intrus", "seul.html")]
        unknown = [stand.status("directeurs", path) for path in ("x.html", "")]
        damages = {d.edition: d.strange for d in place_of(stand.www).damages()}
    finally:
        for place in (*places, witness):
            place.unlink()
        (stand.www / "public" / "actualites" / "intrus").rmdir()
    assert ({"public": 200, "directeurs": 200}, [404] * 4, [404] * 3, [401, 401]) == (before, told, others, unknown)
    assert [sorted(paths) for paths in dropped.values()] == [sorted(damages[edition]) for edition in dropped]


def test_what_is_served_is_what_was_published_at_each_address(stand: Stand):
    """Around a real address: a line end, a slash, a case, a dot lead nowhere; a folder leads to its own page."""
    paths = ("index.html%0a", "index.html/", "INDEX.html", "actualites%0a/", "./.temoins/public/index.html", "%2e%2e/")
    assert {404, 400} >= {stand.status("public", path) for path in paths}
    assert (301, "/actualites/", 200) == (
        stand.status("public", "actualites"),
        stand.ask("public", "actualites").getheader("Location"),
        stand.status("public", "actualites/"),
    )


WATCH = """
window.__violations = [];
document.addEventListener(
  "securitypolicyviolation", e => window.__violations.push(e.violatedDirective + " " + e.blockedURI));
"""
SEEN = (
    "Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode().then(() => i.naturalWidth) }))"
)
HEARD = """new Promise((done, failed) => {
  const sound = document.querySelector("audio");
  sound.onloadedmetadata = () => done(sound.duration);
  sound.onerror = failed;
  sound.querySelectorAll("source").forEach(s => s.onerror = failed);
  sound.load();
})"""
"""Seconds of the recording."""


def violations(page: Page) -> list[str]:
    """Return what the policy blocked on a page."""
    page.wait_for_timeout(50)
    found: list[str] = page.evaluate("window.__violations")
    return found


def test_the_policy_breaks_no_page(stand: Stand, browser: Browser):
    """Home, frise, a picture, a sound, /fils/ with its button, a feed: all is shown, nothing is blocked."""
    shared = ("", "frise/", "frise/2026-2027/", "ecoles/", "fils/", "fils/tout.xml")
    own = {"public": ("actualites/affiche/", "projets/comptine/"), "directeurs": ("directeurs/elections/",)}
    with browser.new_context(http_credentials={"username": SCHOOL, "password": stand.password}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        failed: list[str] = []
        page.on("console", lambda m: failed.append(m.text) if "Content Security Policy" in m.text else None)
        for edition, paths in own.items():
            for path in (*shared, *paths):
                answer = page.goto(f"http://{HOSTS[edition]}:{stand.port}/{path}")
                assert (200, [], []) == (answer and answer.status, violations(page), failed), (edition, path)
        page.goto(f"http://{HOSTS['public']}:{stand.port}/actualites/affiche/")
        assert min(page.evaluate(SEEN)) > 0
        page.goto(f"http://{HOSTS['public']}:{stand.port}/projets/comptine/")
        assert page.evaluate(HEARD) > 1
        page.goto(f"http://{HOSTS['public']}:{stand.port}/fils/")
        button = page.locator("button[data-copie]").first
        button.click()
        assert "Copié" in button.inner_text()
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
        assert [] == failed


def test_the_policy_blocks_what_a_page_may_not_hold(stand: Stand, browser: Browser):
    """A style written in a page, and a script from elsewhere: else the test before would see nothing."""
    live = (stand.www / "public").resolve() / "index.html"
    sound = live.read_text("utf-8")
    hurt = sound.replace("</body>", '<p style="color:red">x</p><script>window.bad = 1</script></body>')
    live.unlink()
    live.write_text(hurt, "utf-8")  # another file: the folder of the build keeps its own
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"http://{HOSTS['public']}:{stand.port}/")
        blocked = {told.split()[0] for told in violations(page)}
        assert ({"style-src-attr", "script-src-elem"}, None) == (blocked, page.evaluate("window.bad ?? null"))


class Gate(BaseHTTPRequestHandler):
    """What oauth2-proxy answers: who has the cookie of a group asked for comes in."""

    def do_GET(self) -> None:
        group = self.headers.get("Cookie", "").removeprefix("groupe=")
        asked = self.path.partition("allowed_groups=")[2].split(",")
        self.send_response(202 if group in asked else 401 if not group else 403)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gate() -> Iterator[str]:
    """Give the address of a gateway."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_under_one_name_each_path_has_its_readers(site: Site, tmp_path: Path, gate: str):
    """By a gateway, then by a network: who is not logged in is led to the gateway, who is of no group stays out."""
    for name, path in (("enseignants", "e"), ("directeurs", "bureau/d")):
        site.change("circonscription.yml", f"https://{name}.sourcelle.example/", f"https://sourcelle.example/{path}/")
    access = {
        "enseignants": {"par": "reseau", "adresses": ["10.86.0.0/16", "127.0.0.1"]},
        "directeurs": {"par": "passerelle", "adresse": gate, "groupes": ["directeurs", "ien"]},
    }
    withdraw(site.order(settings=SETTINGS), Request(entry=NOTE))
    with contextmanager(opened)(site, tmp_path, access, SETTINGS) as stand:
        assert [200, 200, 200, 404, 301] == [stand.status("public", p) for p in ("", "e/", "e/frise/", "d/", "e")]
        asked = ("", "frise/", "directeurs/evaluations/", "directeurs/elections/", "x/")
        for path in asked:
            answer = stand.ask("public", f"bureau/d/{path}")
            told = (answer.status, answer.getheader("Location"))
            assert (302, f"/oauth2/sign_in?rd=/bureau/d/{path}") == told
        known = [stand.ask("public", f"bureau/d/{path}", Cookie="groupe=ien").status for path in asked]
        strange = [stand.ask("public", f"bureau/d/{path}", Cookie="groupe=eleves").status for path in asked]
        assert ([200, 200, 410, 200, 404], [403] * 5) == (known, strange)
        assert [404, 404] == [stand.status("public", p) for p in ("_acces/directeurs", "directeurs/elections/")]
    access["enseignants"] = {"par": "reseau", "adresses": ["10.86.0.0/16"]}
    with contextmanager(opened)(site, tmp_path, access, SETTINGS) as stand:
        assert [200, 403, 403] == [stand.status("public", p) for p in ("", "e/", "e/frise/index.html")]


def test_the_night_begins_after_midnight_in_paris():
    """The units are read by systemd's own reader, and the timer's next call is told in local time."""
    units = [ROOT / "deploiement" / f"gazette-nuit.{kind}" for kind in ("service", "timer")]
    reader = program("systemd-analyze", "systemd")
    told = subprocess.run([reader, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    calendar = next(line.partition("=")[2] for line in units[1].read_text().splitlines() if "OnCalendar" in line)
    dates = subprocess.run([reader, "calendar", calendar], capture_output=True, text=True, check=True).stdout
    assert (0, "", "*-*-* 00:05:00 Europe/Paris") == (
        told.returncode,
        told.stderr,
        dates.partition("Normalized form: ")[2].partition("\n")[0],
    )
