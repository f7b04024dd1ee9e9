"""A proposal: what a collection brought, as a branch with one commit a school, offered for merging: merging approves.

It is made in a working tree of its own: whoever collects finds theirs as it was, however the run ends.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gazette.errors import ConfigurationError, GazetteError
from gazette.model.correspondent import branch_fault
from gazette.model.decision import REGISTER
from gazette.model.depeche import FOLDER, WAITING
from gazette.newsdesk.commit import commit, git, identity, is_tracked
from gazette.newsdesk.ledger import FILE, Ledger, ledger
from gazette.newsdesk.lock import held
from gazette.newsdesk.reconciliation import reconcile
from gazette.newsdesk.register import record
from gazette.newsdesk.shelf import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from gazette.newsdesk.stage import Collection, Gathered

VARIABLE = "GAZETTE_DEPOT"
"""Where the address of the repository is, with what lets write to it: never on a command line, which others see."""
REMOTE = "gazette-depot"
SECONDS = 120
"""Of one exchange with the forge."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A branch that was sent."""

    schools: tuple[str, ...]
    """A commit each; empty: nothing was new, and nothing was sent unless it had to be mended."""
    is_offered: bool = False
    """The forge took the options by which a merge request is opened."""
    is_mended: bool = False
    """It could not be merged any more with what was answered meanwhile: now it can."""


def propose(
    content: Path, folder: Path, branch: str, environment: Mapping[str, str], collect: Callable[[Path], Collection]
) -> tuple[Collection, Proposal]:
    """Collect into a working tree of the branch, made in ``folder``, commit school by school, and send it."""
    remote = _Remote(content, environment)
    _check(content, branch)
    with held(content), _worktree(content, folder, branch, remote) as (tree, is_mended):
        register, known = _text(tree / REGISTER), ledger(tree)
        done = collect(tree)
        after = ledger(tree)
        _restore(tree, register, known)
        schools = tuple(_commits(tree, done, known, after, branch))
        is_offered = remote.send(tree, branch, len(schools)) if schools or is_mended else False
        return done, Proposal(schools, is_offered, is_mended)


def _check(content: Path, branch: str) -> None:
    if not is_tracked(content):
        raise ConfigurationError(f"{content} n’est pas dans un dépôt git : --branche n’y a pas de sens")
    if not branch or branch_fault(branch):
        raise ConfigurationError(f"--branche « {branch[:60]} » : écrivez collecte/AAAA-Snn")
    if branch == git(content, "rev-parse", "--abbrev-ref", "HEAD").stdout.strip():
        raise ConfigurationError(
            f"--branche {branch} : c’est la branche où vous êtes ; la fusionner n’approuverait rien"
        )


@dataclass(frozen=True, slots=True)
class _Remote:
    """The forge, as git knows it (``origin``) or as the environment tells it."""

    content: Path
    environment: Mapping[str, str]

    def run(self, tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run git with the address in its environment."""
        settings = _settings(self.address)
        told = {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "/bin/false", "GIT_CONFIG_COUNT": str(len(settings))}
        for rank, (key, value) in enumerate(settings):
            told |= {f"GIT_CONFIG_KEY_{rank}": key, f"GIT_CONFIG_VALUE_{rank}": value}
        command = ["git", "-C", str(tree), *words]
        try:
            return subprocess.run(
                command, env=os.environ | told, timeout=SECONDS, capture_output=True, encoding="utf-8", check=False
            )
        except subprocess.TimeoutExpired as error:
            raise GazetteError(f"la forge ne répond pas après {SECONDS} s ; rien n’est changé ici") from error

    @property
    def address(self) -> str:
        return self.environment.get(VARIABLE) or git(self.content, "remote", "get-url", "origin").stdout.strip()

    def tip(self, branch: str) -> str:
        """Return the commit the branch stands at on the forge, brought here; "" when there is none."""
        reference = f"refs/heads/{branch}"
        told = self.run(self.content, "ls-remote", REMOTE, reference)
        if told.returncode:
            raise ConfigurationError(f"dépôt distant illisible · réglez le dépôt « origin », ou {VARIABLE}")
        if not told.stdout.strip():
            return ""
        kept = "refs/gazette/proposition"
        if self.run(self.content, "fetch", "--quiet", "--no-tags", REMOTE, f"+{reference}:{kept}").returncode:
            raise GazetteError(f"la branche {branch} ne peut pas être lue sur la forge")
        return git(self.content, "rev-parse", kept).stdout.strip()

    def send(self, tree: Path, branch: str, count: int) -> bool:
        """Send the branch and ask for a merge request; without, when the forge knows no such options."""
        target = (
            self.environment.get("CI_DEFAULT_BRANCH")
            or git(self.content, "rev-parse", "--abbrev-ref", "HEAD").stdout.strip()
        )
        week = branch.rpartition("/")[2]
        asked = ["create", f"title=Dépêches de la semaine {week}", "remove_source_branch"]
        asked += [
            f"description={count} école(s), un commit chacune. Fusionner, c’est approuver : relisez chaque texte."
        ]
        asked += [f"target={target}"] if target != "HEAD" else []
        options = [word for option in asked for word in ("-o", f"merge_request.{option}")]
        push = ("push", "--quiet", REMOTE, f"HEAD:refs/heads/{branch}")
        done = self.run(tree, *push[:1], *options, *push[1:])
        is_offered = done.returncode == 0
        if done.returncode and "push options" in done.stderr:
            done = self.run(tree, *push)
        if done.returncode:
            remedy = f"le jeton de {VARIABLE} doit pouvoir écrire dans cette branche ; relancez la collecte"
            raise GazetteError(f"la forge refuse la branche {branch} (code {done.returncode}) · {remedy}")
        return is_offered


def _settings(address: str) -> list[tuple[str, str]]:
    """Return what makes git reach an address, for its environment: it gives addresses to its own as arguments (G17)."""
    scheme, _, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    account, _, host = authority.rpartition("@")
    if not account or scheme not in {"http", "https"}:
        return [(f"remote.{REMOTE}.url", address)]
    user, _, word = account.partition(":")
    hidden = base64.b64encode(f"{unquote(user)}:{unquote(word)}".encode()).decode()
    plain = f"{scheme}://{host}{slash}{path}"
    header = f"http.{plain}.extraHeader"  # given empty first: no other word of this machine's settings goes with it
    return [(f"remote.{REMOTE}.url", plain), (header, ""), (header, f"Authorization: Basic {hidden}")]


@contextlib.contextmanager
def _worktree(content: Path, folder: Path, branch: str, remote: _Remote) -> Iterator[tuple[Path, bool]]:
    """Give the content as the branch has it, brought up to this commit, in a working tree that is gone afterwards.

    And whether what was answered since could not be merged with it, or stood in it twice: then it was mended.
    """
    _drop(content, folder)  # a run that died left it
    head, tip = git(content, "rev-parse", "HEAD").stdout.strip(), remote.tip(branch)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _do(content, "worktree", "add", "--quiet", "--detach", str(folder), tip or head)
    try:
        name, address = identity(content)
        who = ("-c", f"user.name={name}", "-c", f"user.email={address}")
        prefix = git(content, "rev-parse", "--show-prefix").stdout.strip()
        if tip:
            git(folder, *who, "merge", "--quiet", "--no-edit", head)
        (folder / prefix).mkdir(parents=True, exist_ok=True)
        yield folder / prefix, bool(tip) and _mended(folder / prefix, who)
    finally:
        _drop(content, folder)


def _mended(tree: Path, who: tuple[str, ...]) -> bool:
    """Bring the branch and the main one together where git could not; tell whether there was anything to do."""
    reconcile(tree)
    _do(tree, "add", "--all", ".")
    if (
        not git(tree, "status", "--porcelain").stdout.strip()
        and git(tree, "rev-parse", "-q", "--verify", "MERGE_HEAD").returncode
    ):
        return False
    _do(tree, *who, "commit", "--quiet", "-m", "Accorde les dépêches proposées avec les réponses données depuis")
    return True


def _drop(content: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    git(content, "worktree", "prune")


def _do(content: Path, *words: str) -> None:
    done = git(content, *words)
    if done.returncode:
        raise GazetteError(f"git refuse « {words[0]} » (code {done.returncode}) : disque plein, ou dépôt abîmé ?")


def _text(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _restore(tree: Path, register: str | None, known: Ledger) -> None:
    """Put the register and the lock file back: each commit tells its own school's part of them."""
    if register is None:
        (tree / REGISTER).unlink(missing_ok=True)
    else:
        write(tree, REGISTER, register)
    write(tree, FILE, known.text(known.pages))


def _commits(tree: Path, done: Collection, known: Ledger, after: Ledger, branch: str) -> Iterator[str]:
    """Commit each school that gave something; what is only known better of the others goes with the first."""
    schools = {uai: list(group) for uai, group in itertools.groupby(done.gathered, lambda g: g.correspondent.uai)}
    changed = [uai for uai, group in schools.items() if any(g.new or g.withdrawn or g.mended for g in group)]
    pages = {key: page for key, page in after.pages.items() if _school(key) not in changed}
    pages |= {key: page for key, page in known.pages.items() if _school(key) in changed}
    for uai in changed:
        pages = {key: page for key, page in pages.items() if _school(key) != uai}
        pages |= {key: page for key, page in after.pages.items() if _school(key) == uai}
        record(tree, [decision for g in schools[uai] for decision in g.followed], is_first=True)
        write(tree, FILE, Ledger(pages).text(pages))
        paths = (f"{FOLDER}/{uai}", f"{WAITING}/{uai}", REGISTER, FILE)
        if commit(tree, paths, _subject(uai, schools[uai]), _trailers(uai, schools[uai], branch)):
            yield uai


def _school(key: str) -> str:
    """Return whose source a page of the lock file is (``Correspondent.key``)."""
    return key.partition(" ")[0]


def _subject(uai: str, group: list[Gathered]) -> str:
    new, gone = (sum(getattr(g, key) for g in group) for key in ("new", "withdrawn"))
    mended = sum(g.mended for g in group)
    return f"Dépêches de {uai} : {new + mended} nouvelle(s) ou changée(s), {gone} retirée(s)"


def _trailers(uai: str, group: list[Gathered], branch: str) -> dict[str, str]:
    sources = ", ".join(f"{g.correspondent.url}@{g.page.version[:12]}" for g in group if g.page.version)
    return {"Gazette-Ecole": uai, "Gazette-Sources": sources, "Gazette-Branche": branch}
