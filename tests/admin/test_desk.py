"""Tests of admin/desk.py: what a team puts on line writes through its forge, once signed in, and calls nobody else."""

import dataclasses
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from invoke.exceptions import Exit
from playwright.sync_api import Browser, expect

from gazette.admin.desk import FORMS, Desk, desk, files, put
from gazette.admin.forge import BRANCH, PREFIX, PROJECT, Forge
from gazette.errors import ConfigurationError
from gazette.verbs import workshop
from tests.samples import NOW, ROOT, Site
from tests.sveltia import sveltia

TEAM = Desk("https://forge.valbrune.example", "valbrune/gazette", "main", "a1b2c3d4e5f6")
PATIENCE = 60_000
"""Milliseconds that a page is waited for: it comes far sooner where nothing else runs."""


def settings(place: Path, **changes: Any) -> Path:  # noqa: ANN401  # whatever a person writes
    """Write a ``publishconf.py`` and return it; a value of None takes its key away."""
    said = {"forge": TEAM.forge, "depot": TEAM.repository, "branche": "main", "application": TEAM.application}
    kept = {k: v for k, v in (said | changes).items() if v is not None}
    (place / "publishconf.py").write_text(f"REDACTION = {kept!r}\n", "utf-8")
    return place / "publishconf.py"


def test_the_forge_is_the_one_of_the_settings(tmp_path: Path):
    """Each signs in there by PKCE, with no secret and no other way in."""
    assert TEAM == desk(settings(tmp_path))
    expected = {"name": "gitlab", "repo": "valbrune/gazette", "branch": "main", "base_url": TEAM.forge}
    expected |= {"auth_type": "pkce", "auth_methods": ["oauth"], "app_id": "a1b2c3d4e5f6"}
    expected |= {"api_root": f"{TEAM.forge}/api/v4", "graphql_api_root": f"{TEAM.forge}/api/graphql"}
    assert expected == TEAM.backend


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("value", [None, "", "a b", "http://forge.valbrune.example; script-src *", "é"])
def test_a_setting_that_cannot_be_is_told(tmp_path: Path, key: str, value: object):
    """By its name, with an example; none of them can add to what the page may ask."""
    with pytest.raises(ConfigurationError, match=f"REDACTION : « {key} » attend"):
        desk(settings(tmp_path, **{key: value}))


def test_a_key_or_a_block_that_is_not_there_is_told(tmp_path: Path):
    """With those there are."""
    with pytest.raises(ConfigurationError, match="clé inconnue « secret » ; clés : forge, depot"):
        desk(settings(tmp_path, secret="x"))
    (tmp_path / "publishconf.py").write_text("TARGETS = {}\n", "utf-8")
    with pytest.raises(ConfigurationError, match="REDACTION manque ; donnez forge"):
        desk(tmp_path / "publishconf.py")


def test_a_title_is_text_on_line_too(site: Site):
    """It goes beside a policy that names the forge."""
    sveltia()
    newsroom = dataclasses.replace(site.newsroom(), title="Rives & </title><b>")
    assert b"Rives &amp; &lt;/title&gt;&lt;b&gt;</title>" in files(ROOT, site.content, newsroom, TEAM)["index.html"]


def test_what_is_put_on_line_is_whole_and_silent(site: Site, tmp_path: Path):
    """Sveltia as it is installed, our schema, a policy that knows the forge and nobody else, and no token."""
    installed = {name: data for name, data in written(sveltia()).items() if name != "complet"}
    made = put(tmp_path / "equipe", files(ROOT, site.content, site.newsroom(), TEAM))
    served = written(made)
    assert installed.items() <= served.items()
    assert {"index.html", "config.json", "desk.js", "page.css"} == served.keys() - installed.keys()
    page, config = served["index.html"].decode(), json.loads(served["config.json"])
    assert f"connect-src 'self' blob: data: {TEAM.forge};" in page
    assert ["https://forge.valbrune.example"] == [w.rstrip(";") for w in page.split() if "://" in w]
    assert "gazette-jeton" not in page
    assert TEAM.backend == config["backend"]
    assert {"actualites", "projets", "directeurs", "evenements", "pages"} <= {c["name"] for c in config["collections"]}


def test_it_is_never_put_where_readers_are(tmp_path: Path):
    """Nor over anything else; put again, it takes the place of the former."""
    (tmp_path / "public/.well-known").mkdir(parents=True)
    (tmp_path / "public/.well-known/gazette.json").write_text("{}")
    for place in (tmp_path / "public", tmp_path / "public/sous"):
        with pytest.raises(ConfigurationError, match="jamais chez les lecteurs"):
            put(place, {"config.json": b"{}"})
    (tmp_path / "autre/admin").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="contient autre chose"):
        put(tmp_path / "autre", {"config.json": b"{}"})
    put(tmp_path / "a", {"config.json": b"1", "vieux": b""})
    put(tmp_path / "a", {"config.json": b"2"})
    assert {"admin/config.json": b"2"} == written(tmp_path / "a")


def test_the_verb_writes_it_once_the_forge_is_told(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without, one line says what is missing, before anything is installed or written."""
    place = tmp_path / "equipe"
    monkeypatch.setattr(workshop, "ROOT", tmp_path)
    (tmp_path / "publishconf.py").write_text("TARGETS = {}\n", "utf-8")
    with pytest.raises(Exit, match="REDACTION manque ; donnez forge, depot, branche, application"):
        workshop.redaction.body(None, vers=str(place), contenu=str(site.content))
    assert not place.exists()
    (tmp_path / ".gazette/admin").mkdir(parents=True)
    (tmp_path / ".gazette/admin" / sveltia().name).symlink_to(sveltia())
    settings(tmp_path)
    with pytest.raises(Exit) as ended:
        workshop.redaction.body(None, vers=str(place), contenu=str(site.content))
    assert (0, TEAM.backend) == (ended.value.code, json.loads((place / "admin/config.json").read_bytes())["backend"])


def test_cut_short_the_former_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Ctrl+C at any rename or writing leaves one that works, and nothing else."""
    put(tmp_path, {"config.json": b"1"})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    real = Path.rename
    cuts = {
        "write_bytes": interrupted,
        "rename": lambda path, target: interrupted() if path.name.endswith("en-cours") else real(path, target),
    }
    for name, cut in cuts.items():
        with monkeypatch.context() as broken:
            broken.setattr(Path, name, cut)
            with pytest.raises(KeyboardInterrupt):
                put(tmp_path, {"config.json": b"2"})
        assert {"admin/config.json": b"1"} == written(tmp_path)


def written(place: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}


class Answers(http.server.BaseHTTPRequestHandler):
    """Serves the folder, and beside it a GitLab that signs anyone in: the preview's, behind OAuth."""

    site: Path
    forge: Forge
    asked: dict[str, dict[str, list[str]]]

    def do_GET(self) -> None:  # http.server's name
        """Give a file, the forge's consent (at once), or an answer of its API."""
        parts = urlsplit(self.path)
        if parts.path == "/oauth/authorize":
            self.asked["authorize"] = parse_qs(parts.query)
            back = {"code": "un-code", "state": self.asked["authorize"]["state"][0]}
            self.send(302, b"", Location=f"{self.asked['authorize']['redirect_uri'][0]}?{urlencode(back)}")
        elif parts.path.startswith("/api/"):
            self.call(b"")
        else:
            file = self.site / (parts.path.lstrip("/") + ("index.html" if parts.path.endswith("/") else ""))
            kinds = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}
            kind = kinds.get(file.suffix, "application/octet-stream")
            self.send(200, file.read_bytes(), kind) if file.is_file() else self.send(404, b"")

    def do_POST(self) -> None:  # http.server's name
        """Give a token for the code, or an answer of the API."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/oauth/token":
            told = json.loads(body) if body.startswith(b"{") else {k: v[0] for k, v in parse_qs(body.decode()).items()}
            self.asked["token"] = {k: [v] for k, v in told.items()}
            self.send(200, json.dumps({"access_token": self.forge.token}).encode(), "application/json")
        else:
            self.call(body)

    def call(self, body: bytes) -> None:
        """Answer as the forge of a working copy does."""
        path = f"{PREFIX.rstrip('/')}{self.path}"
        answer = self.forge.call(self.command, path, self.headers.get("Authorization") or "", body)
        self.send(answer.status, answer.data, answer.kind)

    def do_OPTIONS(self) -> None:  # http.server's name
        """Allow, as GitLab does."""
        self.send(204, b"")

    def send(self, status: int, data: bytes, kind: str = "text/plain", **headers: str) -> None:
        """Answer, to any origin."""
        allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
        self.send_response(status)
        length = {"Content-Type": kind, "Content-Length": str(len(data))}
        for key, value in (headers | allowed | length).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def team(site: Site, tmp_path: Path) -> Iterator[tuple[str, str, type[Answers]]]:
    """Put the editor on line on one port, its forge on another, and give both addresses."""
    sveltia()
    handler = type("Here", (Answers,), {"site": tmp_path / "equipe", "asked": {}})
    handler.forge = Forge(tmp_path, site.content, site.newsroom(), lambda: NOW)
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
    here, forge = (f"http://127.0.0.1:{s.server_port}" for s in servers)
    put(tmp_path / "equipe", files(ROOT, site.content, site.newsroom(), Desk(forge, PROJECT, BRANCH, TEAM.application)))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield here, forge, handler
    for server in servers:
        server.shutdown()
        server.server_close()


def test_an_author_signs_in_at_the_forge_and_writes(team: tuple[str, str, type[Answers]], browser: Browser, site: Site):
    """In a real browser: consent at the forge, a code, a token, a text saved there; nobody else is asked."""
    here, forge, handler = team
    context = browser.new_context(locale="fr-FR")
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc or "ici"))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{here}/admin/#/collections/actualites/new")
    page.get_by_role("button", name="GitLab").click()
    titre = page.locator('section[data-key-path="titre"] input')
    titre.fill("Depuis la forge")
    expect(page.locator('section[data-key-path="date"] input')).not_to_have_value("")
    page.locator('section[data-key-path="resume"] textarea').fill("Écrit dans le navigateur.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("body")).not_to_contain_text("Rien n’a été enregistré")
    page.wait_for_function("() => !location.hash.endsWith('/new')")
    context.close()
    (saved,) = (site.content / "actualites").glob("*-depuis-la-forge/index.md")
    assert "titre: Depuis la forge" in saved.read_text("utf-8")
    first, second = handler.asked["authorize"], handler.asked["token"]
    assert ([TEAM.application], ["S256"], ["code"]) == tuple(
        first[k] for k in ("client_id", "code_challenge_method", "response_type")
    )
    assert (first["redirect_uri"], [f"{here}/admin/"]) == (second["redirect_uri"], first["redirect_uri"])
    assert second["code_verifier"]
    assert {urlsplit(here).netloc, urlsplit(forge).netloc, "ici"} >= hosts
