"""Tests of admin/forge.py: what GitLab would answer, for who holds the token of the page."""

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from gazette.admin.config import PATTERNS, configuration
from gazette.admin.forge import PAGES, Forge
from gazette.read.fields import read_moment
from gazette.read.schema import TABLES
from gazette.read.slips import mend
from tests.samples import NOW, ROOT, Site

FLUENCE = "content/actualites/2026-09-15-fluence.md"
PROJECT = "/admin/api/v4/projects/circonscription%2Fgazette"
TREE = "query { project { repository { tree { blobs(after: $cursor) { nodes { path } } } } } }"
BLOBS = "query { project { repository { blobs(paths: $paths) { nodes { rawTextBlob } } } } }"


@pytest.fixture
def forge(site: Site, tmp_path: Path) -> Forge:
    """Give the forge of a copied circonscription, where the editor is not installed."""
    return Forge(tmp_path, site.content, site.newsroom(), lambda: NOW)


def ask(forge: Forge, path: str, verb: str = "GET", body: Any = None, token: str = "") -> tuple[int, Any]:  # noqa: ANN401
    """Return the status and what is answered, read as JSON."""
    data = b"" if body is None else json.dumps(body).encode()
    answer = forge.call(verb, path, f"Bearer {token or forge.token}", data)
    return answer.status, json.loads(answer.data)


@pytest.mark.parametrize("token", ["x", "é", " "])
@pytest.mark.parametrize("path", ["/admin/api/v4/user", "/admin/api/graphql", f"{PROJECT}/repository/commits"])
def test_nobody_else_is_answered(forge: Forge, path: str, token: str):
    """Whatever is asked: a page elsewhere may make this browser ask."""
    assert (401, {"message": "401 Unauthorized"}) == ask(forge, path, "POST", {}, token)


def test_who_holds_the_token_is_let_in(forge: Forge):
    """As a member of the project."""
    assert (200, 1) == (ask(forge, "/admin/api/v4/user")[0], ask(forge, f"{PROJECT}/users?search=ici")[1][0]["id"])


def test_files_are_told_in_the_order_asked(forge: Forge):
    """Sveltia takes them by rank; an absent one keeps its place."""
    told = ask(forge, "/admin/api/graphql", "POST", {"query": BLOBS, "variables": {"paths": ["content/x.md", FLUENCE]}})
    nodes = told[1]["data"]["project"]["repository"]["blobs"]["nodes"]
    assert nodes[0]["rawTextBlob"] is None
    assert "titre: 'Fluence en CM : un protocole commun'" in nodes[1]["rawTextBlob"]


def test_the_tree_is_told_at_once(forge: Forge):
    """One page of it."""
    told = ask(forge, "/admin/api/graphql", "POST", {"query": TREE})[1]["data"]["project"]["repository"]["tree"][
        "blobs"
    ]
    assert FLUENCE in [node["path"] for node in told["nodes"]]
    assert told["pageInfo"]["hasNextPage"] is False


def test_a_save_is_told_with_its_version(forge: Forge, site: Site):
    """And a refused one says why, in French, having written nothing."""
    save = {"action": "create", "file_path": "content/actualites/a.md", "content": "x", "encoding": "text"}
    status, told = ask(forge, f"{PROJECT}/repository/commits", "POST", {"actions": [save]})
    assert (201, forge.copy.version()) == (status, told["id"])
    bad = save | {"file_path": "content/registres/cle.yml"}
    status, told = ask(forge, f"{PROJECT}/repository/commits", "POST", {"actions": [bad]})
    assert (400, "Rien n’a été enregistré : ce fichier ne s’écrit pas d’ici") == (status, told["message"])


@pytest.mark.parametrize(
    ("name", "reason"), [("a" * 300, "nom trop long"), ("2026-09-15-fluence.md/b", "un fichier y tient déjà la place")]
)
def test_what_the_disk_refuses_is_told_in_french(forge: Forge, name: str, reason: str):
    """And without the folders of this computer."""
    save = {"action": "create", "file_path": f"content/actualites/{name}.md", "content": "x", "encoding": "text"}
    status, told = ask(forge, f"{PROJECT}/repository/commits", "POST", {"actions": [save]})
    assert (400, f"Rien n’a été enregistré : {reason}") == (status, told["message"])


COMMITS = f"{PROJECT}/repository/commits"


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b"[" * 100_000, b'{"actions": 1}', b'{"actions": null}', b'{"actions": [1]}', b'{"actions": [[]]}'],
)
def test_what_is_no_question_is_refused(forge: Forge, body: bytes):
    """And the preview goes on."""
    assert 400 == forge.call("POST", COMMITS, f"Bearer {forge.token}", body).status


@pytest.mark.parametrize("variables", [1, [1], "x", {"paths": 1}, {"paths": None}])
def test_variables_of_another_shape_are_refused(forge: Forge, variables: Any):  # noqa: ANN401
    """And the preview goes on."""
    assert 400 == ask(forge, "/admin/api/graphql", "POST", {"query": BLOBS, "variables": variables})[0]


def test_each_page_knows_what_it_was_told(forge: Forge, site: Site):
    """Two windows: the first save of one makes the other start again; a page nobody remembers covers nothing."""
    first, second = forge.new_token(), forge.new_token()
    for token in (first, second):
        ask(forge, "/admin/api/graphql", "POST", {"query": TREE}, token)
    save = {"action": "update", "file_path": FLUENCE, "content": "x", "encoding": "text"}
    statuses = [ask(forge, COMMITS, "POST", {"actions": [save]}, token)[0] for token in (first, second, first)]
    assert [201, 400, 201] == statuses
    told = ask(forge, COMMITS, "POST", {"actions": [save]}, second)[1]["message"]
    assert "Rien n’a été enregistré : 2026-09-15-fluence.md a changé ailleurs" in told
    for _ in range(PAGES):
        forge.new_token()
    assert 400 == ask(forge, COMMITS, "POST", {"actions": [save]}, first)[0]
    assert 201 == ask(forge, COMMITS, "POST", {"actions": [save]}, forge.new_token())[0]


def test_without_the_editor_the_page_says_how_to_get_it(forge: Forge):
    """In a line, and without the token."""
    page = forge.page("/admin/", "127.0.0.1:8000").data.decode()
    assert "./gazette redaction" in page
    assert forge.token not in page
    assert 404 == forge.page("/admin/sveltia-cms.js", "127.0.0.1:8000").status


def test_a_title_is_text_in_the_page_that_holds_the_token(site: Site, tmp_path: Path):
    """A circonscription may be called « Rives & Vallons », or worse."""
    newsroom = dataclasses.replace(site.newsroom(), title="Rives & </title><b>")
    page = Forge(tmp_path, site.content, newsroom, lambda: NOW).page("/admin/", "127.0.0.1:8000").data.decode()
    assert ("Rives &amp; &lt;/title&gt;&lt;b&gt;</title>" in page, "<b>" in page) == (True, False)


def test_the_preview_is_the_forge_of_its_configuration(forge: Forge):
    """Every address it gives is this very server."""
    backend = forge.settings("127.0.0.1:8123")["backend"]
    assert "gitlab" == backend["name"]
    assert {"http://127.0.0.1:8123"} == {"/".join(backend[k].split("/")[:3]) for k in ("base_url", "api_root")}


def test_the_documentation_names_collections_as_the_editor_does(site: Site):
    """A reader looks for these very words."""
    shown = {
        c["label"] for c in configuration(site.newsroom(), "content", {"name": "gitlab"}, NOW.date())["collections"]
    }
    line = next(row for row in (ROOT / "docs/redaction.md").read_text("utf-8").split("\n") if "est un dossier (" in row)
    named = re.findall(r"« ([^»]+) »", line)
    assert (2, set()) == (len(named), set(named) - shown)


@pytest.mark.parametrize("rank", range(2))
def test_every_key_of_the_model_is_a_field(site: Site, rank: int):
    """But for those that commands write; each has its help, and choices are the circonscription's own."""
    made = configuration(site.newsroom(), "content", {"name": "gitlab"}, NOW.date())["collections"]
    fields = {f["name"]: f for f in made[rank]["fields"]}
    keys = {field.alias or name for name, field in TABLES["actualite"].model_fields.items()}
    assert keys - {"validation", "anciennes_adresses"} == set(fields) - {"body"}
    assert all(f["hint"] for f in fields.values() if f["name"] != "body")
    assert {"public", "enseignants", "directeurs"} == {o["value"] for o in fields["edition"]["options"]}
    assert {"fichier", "alt", "personnes"} <= {f["name"] for f in fields["images"]["fields"]}
    assert ["brouillon", "relecture", "publie"] == [o["value"] for o in fields["statut"]["options"]]
    assert ["brouillon", "à relire", "publié"] == [o["label"] for o in fields["statut"]["options"]]
    assert not made[rank]["delete"]


@pytest.mark.parametrize("typed", ["2027-03-03", "3 mars 2027", "1er février 2027 à 14:30", "15 août 2027, 9h30"])
def test_a_day_is_typed_as_one_says_it(typed: str):
    """The editor lets through what reading takes."""
    read = read_moment(mend({"date": typed}, {}, TABLES["actualite"])[0]["date"])
    assert (True, 2027) == (bool(re.search(PATTERNS["moment"][0], typed)), read.day.year)


@pytest.mark.parametrize("typed", ["demain", "3/3", "le 3", "2027"])
def test_what_is_no_day_is_told_as_one_types(typed: str):
    """Before anything is saved."""
    assert not re.search(PATTERNS["moment"][0], typed)
