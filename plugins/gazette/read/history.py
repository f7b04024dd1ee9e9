"""What git tells of each file: created, modified, by which roles; one pass, and never a name."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError
from gazette.model.moment import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from os import PathLike
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Past:
    """The commits of one file."""

    created: datetime
    modified: datetime
    committers: tuple[str, ...]
    """Author addresses, newest first; only ever compared with ``roles:``."""
    blob: str
    """Git's id of the committed bytes: a file with other bytes changed since."""


@dataclass(frozen=True, slots=True)
class History:
    """The past of every file under the content folder, by path relative to it."""

    files: dict[str, Past] = field(default_factory=dict)
    is_shallow: bool = False
    """A shallow clone knows the last commits only: its dates would be wrong, and are not used."""
    head: str = ""


def blob_id(data: bytes) -> str:
    """Return git's SHA-1 object id of a blob with these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def history(content: Path) -> History:
    """Return the past of the files under ``content``, from the repository that contains it, if any."""
    if not any((folder / ".git").exists() for folder in (content.absolute(), *content.absolute().parents)):
        return History()  # GitPython would be imported to say so
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return History()
    with repository, _told(git):
        if repository.bare or not repository.head.is_valid():
            return History()
        head = repository.head.commit.hexsha
        if repository.git.rev_parse("--is-shallow-repository") == "true":
            return History(is_shallow=True, head=head)
        prefix = _prefix(content, repository.working_dir)
        log = repository.git.log(
            "--no-renames", "--name-only", "-z", "--format=%x01%aI%x00%aE", "HEAD", "--", prefix or "."
        )
        tree = repository.git.ls_tree("-r", "-z", "HEAD", "--", f"{prefix}/" if prefix else ".")
    return History(_past(log, _blobs(tree), prefix), head=head)


def uncommitted(content: Path) -> int | None:
    """Return how many files under ``content`` differ from the last commit; None where there is no repository."""
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    with repository, _told(git):
        prefix = _prefix(content, repository.working_dir)
        options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames")
        status = repository.git.status(*options, "--", prefix or ".")
    return len([row for row in status.split("\0") if row])


def versions(content: Path, name: str) -> Iterator[bytes]:
    """Yield every version of one file that the current branch ever held; nothing outside a repository."""
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return
    with repository, _told(git):
        if repository.bare or not repository.head.is_valid():
            return
        prefix = _prefix(content, repository.working_dir)
        path = f"{prefix}/{name}" if prefix else name
        seen: set[str] = set()
        for commit in repository.iter_commits(paths=path):
            with contextlib.suppress(KeyError):  # the commit that removed it
                blob = commit.tree / path
                if blob.hexsha not in seen:
                    seen.add(blob.hexsha)
                    yield blob.data_stream.read()


def held_since(content: Path, name: str, words: re.Pattern[bytes]) -> datetime | None:
    """Return the instant of the commit from which every version of a file holds some words; None if the last does not.

    Also None outside a repository; a shallow clone tells its oldest commit at most.
    """
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    with repository, _told(git):
        if repository.bare or not repository.head.is_valid():
            return None
        prefix = _prefix(content, repository.working_dir)
        path, since = f"{prefix}/{name}" if prefix else name, None
        for commit in repository.iter_commits(paths=path):
            try:
                blob = commit.tree / path
            except KeyError:  # the commit that removed it
                break
            if not words.search(blob.data_stream.read()):
                break
            since = commit.authored_datetime
        return since.astimezone(PARIS) if since else None


def former_versions(content: Path, since: date) -> Iterator[tuple[str, bytes, datetime]]:
    """Yield what commits since a day replaced or removed: path, bytes and the instant of the commit, newest first.

    Nothing outside a repository, nor from a shallow clone, whose first commit hides what came before.
    """
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return
    with repository, _told(git):
        if repository.bare or not repository.head.is_valid():
            return
        if repository.git.rev_parse("--is-shallow-repository") == "true":
            return
        prefix = _prefix(content, repository.working_dir)
        options = ("--raw", "--no-abbrev", "--no-renames", "--diff-filter=DM", "-z", "--format=%x01%cI")
        log = repository.git.log(*options, f"--since={since}T00:00:00Z", "HEAD", "--", prefix or ".")
        cut = len(prefix) + 1 if prefix else 0
        for record in log.split("\x01")[1:]:
            instant, *rows = record.split("\0")
            for facts, path in itertools.pairwise(rows):
                if facts.lstrip("\n").startswith(":100"):  # a file as it was, not a link nor a submodule
                    blob = bytes.fromhex(facts.split()[2])
                    yield path[cut:], repository.odb.stream(blob).read(), datetime.fromisoformat(instant)


def committer(content: Path) -> str:
    """Return the address git would commit under here, which tells the roles of who works; "" where it is not set."""
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return ""
    with repository, repository.config_reader() as settings:
        return str(settings.get_value("user", "email", ""))


def root(content: Path) -> tuple[Path, str]:
    """Return the repository that holds the content, and the content's path inside it, ending in ``/``, or ""."""
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise ConfigurationError(f"{content} : ce dossier n'est pas dans un dépôt git") from error
    with repository:
        prefix = _prefix(content, repository.working_dir)
        return type(content)(repository.working_dir), f"{prefix}/" if prefix else ""


_SCP = re.compile(r"\A((?:[\w.-]+@)?[\w.-]{2,}):(?!/)(.+)")
"""« git@forge:team/gazette.git », git's short form of an SSH address (git-clone, « GIT URLS »)."""


def origin(folder: Path) -> tuple[str, str]:
    """Return where a repository comes from, without credentials, or else where it is, and the commit it stands at."""
    git = _git()
    try:
        repository = git.Repo(folder)
        commit = repository.head.commit.hexsha
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, ValueError) as error:
        raise ConfigurationError(f"{folder} : ce n'est pas un dépôt git, sa version est inconnue") from error
    with repository:
        known = [remote.url for remote in repository.remotes if remote.name == "origin"]
    told = _SCP.sub(r"ssh://\1/\2", known[0]) if known else ""
    address = told if told.startswith(("https://", "ssh://")) else folder.resolve().as_uri()
    return re.sub(r"(?<=//)[^/@]+@(?=[^/])", "", address) if address.startswith("https") else address, commit


@contextlib.contextmanager
def checked_out(content: Path, reference: str, folder: Path) -> Iterator[Path]:
    """Give the content folder as it was at a commit, with its history, in a worktree that is removed afterwards."""
    git = _git()
    try:
        repository = git.Repo(content, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise ConfigurationError(f"{content} : hors de git, il n'y a pas d'avant à comparer") from error
    with repository, _told(git):
        commit = _commit(repository, reference)
        repository.git.worktree("add", "--detach", "--quiet", str(folder), commit)
        try:
            yield folder / _prefix(content, repository.working_dir)
        finally:
            repository.git.worktree("remove", "--force", str(folder))


def _commit(repository: Any, reference: str) -> str:  # noqa: ANN401  # GitPython's
    """Return the commit that a branch, a tag or a number names."""
    code, commit, _ = repository.git.rev_parse(
        *("--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"),
        with_extended_output=True,
        with_exceptions=False,
    )
    if code:
        raise ConfigurationError(
            f"aucune révision « {reference} » ; donnez une branche, une étiquette ou un numéro de commit (git log)"
        )
    return str(commit)


def _git() -> Any:  # noqa: ANN401  # a module
    """Return GitPython, which needs git itself."""
    try:
        import git  # noqa: PLC0415  # 0.2 s to import
    except ImportError as error:
        raise ConfigurationError("git est introuvable : installez-le (Debian : apt install git)") from error
    return git


@contextlib.contextmanager
def _told(git: Any) -> Iterator[None]:  # noqa: ANN401
    """Turn what git itself refuses into a sentence."""
    try:
        yield
    except git.GitCommandError as error:
        raise ConfigurationError(f"git n'a pas pu lire l'historique : {str(error.stderr).strip()}") from error


def _prefix(content: Path, top: str | PathLike[str]) -> str:
    """Return the path of the content folder inside the repository, with ``/``; "" when it is its root."""
    relative = content.resolve().relative_to(type(content)(top).resolve()).as_posix()
    return "" if relative == "." else relative


def _blobs(tree: str) -> dict[str, str]:
    blobs = {}
    for record in filter(None, tree.split("\0")):
        facts, path = record.split("\t", 1)
        blobs[path] = facts.split()[2]
    return blobs


def _past(log: str, blobs: dict[str, str], prefix: str) -> dict[str, Past]:
    """Return the past by path; the log is newest first."""
    dates: dict[str, list[datetime]] = {}
    committers: dict[str, list[str]] = {}
    for record in log.split("\x01")[1:]:
        date, address, *paths = record.split("\0")
        instant = datetime.fromisoformat(date).astimezone(PARIS)
        for path in paths:
            name = path.lstrip("\n")
            if name in blobs:
                dates.setdefault(name, []).append(instant)
                if address not in committers.setdefault(name, []):
                    committers[name].append(address)
    cut = len(prefix) + 1 if prefix else 0
    return {
        path[cut:]: Past(min(instants), max(instants), tuple(committers[path]), blobs[path])
        for path, instants in dates.items()
    }
