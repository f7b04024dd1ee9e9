"""``.gitlab-ci.yml`` run by a real runner: a merge request, a merge, a withdrawal, a project left open."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.publish.servers import Sshd, program
from tests.samples import ROOT, TOKEN_SECRET

RUNNER = "gitlab-ci-local@4.61.1"
"""The last that Node 18 and 20 run; it validates the file by GitLab's own JSON schema first."""
SECRETS = {"GAZETTE_SECRET_JETON": TOKEN_SECRET, "GAZETTE_CLE_SSH": "", "GAZETTE_HOTES_CONNUS": ""}
OLD = "actualites/2026-09-15-fluence-en-cm"
SHORT = f"""\
#!/bin/sh
# The environment of these tests stands for the one that ./gazette makes: installing it is tested elsewhere.
PYTHONPATH="$PWD/plugins" exec {sys.executable} -P -X utf8 -m gazette.cli "$@"
"""


def runner() -> Path:
    """Return where the runner is, installed once for all tests of this machine."""
    home = Path(tempfile.gettempdir()) / f"gazette-{RUNNER.replace('@', '-')}"
    found = home / "node_modules" / ".bin" / "gitlab-ci-local"
    npm = program("npm", "npm")
    with home.with_suffix(".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            subprocess.run([npm, "install", "--silent", "--prefix", home, RUNNER], check=True, capture_output=True)
    return found


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it says."""
    name = ("-c", "user.name=Essai", "-c", "user.email=essai@commits.example")
    return subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@dataclass(frozen=True)
class Forge:
    """A project on a forge: its clone, its bare repository, and where it publishes."""

    clone: Path
    bare: Path
    www: Path
    secrets: Mapping[str, str]

    def run(self, job: str, source: str, *, is_protected: bool, **more: str) -> tuple[int, str]:
        """Run one job as the forge would: a merge request is given no protected variable."""
        facts = {
            "CI_PIPELINE_SOURCE": source,
            "CI_PROJECT_VISIBILITY": "private",
            "CI_COMMIT_REF_PROTECTED": str(is_protected).lower(),
            **(self.secrets if is_protected else {}),
            **more,
        }
        words = [str(runner()), "--force-shell-executor", "--artifacts-to-source", "--needs=false", job]
        for name, value in facts.items():
            words += ["--variable", f"{name}={value}"]
        kept = {k: v for k, v in os.environ.items() if k not in SECRETS and not k.startswith(("CI", "GITHUB"))}
        done = subprocess.run(words, cwd=self.clone, env=kept, capture_output=True, text=True, check=False)
        return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    def live(self, edition: str, path: str) -> bool:
        """Tell whether a page is on line."""
        return (self.www / edition / path / "index.html").is_file()


@pytest.fixture
def forge(tmp_path: Path, shell_server: Sshd) -> Forge:
    """Give the demo circonscription as a project, whose production is an SSH server."""
    clone, bare, www = tmp_path / "depot", tmp_path / "nu.git", tmp_path / "www"
    for path in git(ROOT, "ls-files", "-co", "--exclude-standard").splitlines():
        if not path.startswith(("tests/", "docs/", "benchmarks/")) and (ROOT / path).is_file():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, clone / path)
    host = shell_server.host(www)
    (clone / "gazette").write_text(SHORT)
    target = {
        "type": "ssh", "hote": host.name, "port": host.port, "utilisateur": host.user, "dossier": str(www),
        "cle": "$GAZETTE_CLE_SSH", "hotes_connus": "$GAZETTE_HOTES_CONNUS",
    }  # fmt: skip
    (clone / "publishconf.py").write_text(f"TARGETS = {{'serveur': {target!r}}}\n")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    git(clone, "init", "-q", "-b", "main")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "La circonscription")
    git(clone, "push", "-q", str(bare), "main")
    git(clone, "remote", "add", "origin", "git@forge.example:valbrune/gazette.git")
    secrets = {**SECRETS, "GAZETTE_CLE_SSH": host.key, "GAZETTE_HOTES_CONNUS": host.known_hosts}
    return Forge(clone, bare, www, secrets | {"GAZETTE_DEPOT": str(bare)})


def test_a_merge_request_is_checked_told_and_shown_without_a_secret(forge: Forge):
    """Findings as Code Quality, what readers will see change, the public edition alone; no job publishes."""
    before = git(forge.clone, "rev-parse", "HEAD")
    text = forge.clone / "content" / f"{OLD}.md"
    text.write_text(text.read_text("utf-8").replace("resume: ", "resume: Autrement. ", 1), "utf-8")
    git(forge.clone, "commit", "-qam", "Autrement")
    facts = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": before}
    for job in ("controle", "lecteurs", "apercu-public"):
        code, said = forge.run(job, "merge_request_event", is_protected=False, **facts)
        assert (0, False) == (code, any(secret in said for secret in forge.secrets.values() if secret)), said
    assert isinstance(json.loads((forge.clone / "constats.json").read_text("utf-8")), list)
    told = (forge.clone / "lecteurs.md").read_text("utf-8")
    assert ("**Pages qui changent : 1**" in told, "/actualites/fluence-en-cm/" in told) == (True, True)
    assert ["public"] == [p.name for p in (forge.clone / "output").iterdir() if p.is_dir()]
    code, said = forge.run("publication", "merge_request_event", is_protected=False)
    assert (True, False) == (code != 0, forge.www.exists()), said


def test_a_merge_is_published_and_a_withdrawal_is_committed_then_published(forge: Forge):
    """By SSH, from the protected branch; the register is in the bare repository before the page is off line."""
    code, said = forge.run("publication", "push", is_protected=True)
    assert (0, True, True) == (code, forge.live("public", "actualites/fluence-en-cm"), forge.live("directeurs", "")), (
        said
    )
    assert TOKEN_SECRET not in said
    code, said = forge.run("retirer", "push", is_protected=True, ENTREE=OLD, MOTIF="demande")
    assert (0, False) == (code, forge.live("public", "actualites/fluence-en-cm")), said
    register = git(forge.bare, "show", "main:content/registres/retraits.yml")
    assert f"entree: '{OLD}'" in register
    assert "Certificat de retrait RET-" in (forge.clone / "certificat.txt").read_text("utf-8")


@pytest.mark.parametrize("visibility", ["public", "internal", ""])
def test_a_project_left_open_publishes_nothing(forge: Forge, visibility: str):
    """Neither checks nor publishes, on the protected branch as elsewhere."""
    facts = {"CI_PROJECT_VISIBILITY": visibility}
    for job in ("controle", "publication"):
        code, said = forge.run(job, "push", is_protected=True, **facts)
        assert (1, True) == (code, "FOR-01" in said), said
    assert not forge.www.exists()
