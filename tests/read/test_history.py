"""Tests of read/history.py, and of the dates it gives entries: real repositories, built commit by commit."""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from gazette.model.entry import Origin
from gazette.model.moment import PARIS
from gazette.read import history as read_history
from gazette.read.history import blob_id, history
from tests.samples import NOW, Site

PATH = "actualites/2026-09-15-fluence.md"


def git(folder: Path, *words: str, day: str = "2026-09-15T10:00:00+02:00", author: str = "cpc") -> str:
    """Run git as one of the roles, on a day, away from this machine's own settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Personne Nommée",
        "GIT_AUTHOR_EMAIL": f"{author}@commits.example",
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_NAME": "Forge",
        "GIT_COMMITTER_EMAIL": "forge@forge.example",
        "GIT_COMMITTER_DATE": day,
    }
    done = subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, day: str, author: str = "cpc") -> None:
    """Record everything as it stands."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Un état", day=day, author=author)


@pytest.fixture
def repository(site: Site) -> Site:
    """Give a copied circonscription with one commit, the content in a subfolder."""
    root = site.content.parent
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "2026-09-15T10:00:00+02:00")
    return site


def origin(site: Site, path: str = PATH, now: datetime = NOW) -> Origin:
    """Return where an entry comes from."""
    return next(e.origin for e in site.read(now).entries if e.path == path)


def at(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    """Return an instant of autumn 2026, in Paris."""
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def test_created_and_modified_are_the_first_and_last_commits(repository: Site):
    """Whoever committed shows as a role, newest first, and never as a name."""
    repository.change(PATH, "110", "112")
    commit(repository.content.parent, "2026-10-02T18:30:00+02:00", "ien")
    assert Origin(at(15, 10), at(2, 18, 30, month=10), ("ien", "cpc")) == origin(repository)


def test_only_its_own_commits_date_a_file(repository: Site):
    """Another file's change is not this one's."""
    repository.change("pages/la-circonscription.md", "Deux écoles", "Deux petites écoles")
    commit(repository.content.parent, "2026-10-02T18:30:00+02:00", "ien")
    assert Origin(at(15, 10), at(15, 10), ("cpc",)) == origin(repository)


def test_an_address_that_is_no_role_s_is_not_told(repository: Site):
    """Contributors are roles of ``circonscription.yml``, or nobody."""
    repository.change(PATH, "110", "112")
    commit(repository.content.parent, "2026-10-02T18:30:00+02:00", "quelqu-un")
    assert ("cpc",) == origin(repository).contributors


def test_git_s_instants_are_told_in_paris(repository: Site):
    """A commit made elsewhere in the world happened at an hour of here."""
    repository.change(PATH, "110", "112")
    commit(repository.content.parent, "2026-10-02T23:30:00-10:00")
    assert at(3, 11, 30, month=10) == origin(repository).modified


def test_a_file_changed_since_its_last_commit_has_its_own_date(repository: Site):
    """Created on ``date``; modified at the later of ``date`` and the last commit; never at its mtime."""
    repository.change(PATH, "110", "112")
    assert Origin(at(15, 8, 30), at(15, 10), ("cpc",)) == origin(repository)


def test_a_later_date_than_the_last_commit_is_the_modification(repository: Site):
    """An entry announced after it was written is as new as its date."""
    repository.change(PATH, "date: 2026-09-15 08:30", "date: 2026-10-01 07:00")
    assert at(1, 7, month=10) == origin(repository).modified


def test_a_new_file_has_its_own_date(repository: Site):
    """What git does not know yet was created on its ``date``, by nobody."""
    path = "actualites/2026-11-02-neuf.md"
    repository.write(path, "---\ntitre: Neuf\ndate: 2026-11-02\nstatut: publie\nresume: R.\n---\n")
    assert Origin(at(2, 0, month=11), at(2, 0, month=11), ()) == origin(repository, path)


def test_without_a_repository_the_date_is_all(site: Site):
    """A folder that is no repository prints, with the dates written in it."""
    assert (Origin(at(15, 8, 30), at(15, 8, 30), ()), "") == (origin(site), site.read().past.head)


def test_an_empty_repository_is_as_none(site: Site):
    """A repository without a commit tells nothing."""
    git(site.content.parent, "init", "--quiet")
    assert Origin(at(15, 8, 30), at(15, 8, 30), ()) == origin(site)


def test_nothing_happened_after_the_build(repository: Site):
    """A commit later than the build's instant is clamped to it: the same day gives the same bytes."""
    now = at(1, 0)
    assert Origin(now, now, ("cpc",)) == origin(repository, now=now)


@pytest.mark.parametrize("day", ["2038-01-20T00:00:00+00:00", "1970-01-01T00:00:00+00:00"])
def test_a_forged_commit_date_stays_within_bounds(repository: Site, day: str):
    """A clock that lies dates nothing in the future."""
    repository.change(PATH, "110", "112")
    commit(repository.content.parent, day)
    found = origin(repository)
    assert (True, True) == (found.created <= found.modified, found.modified <= NOW)


def test_a_shallow_clone_is_told_and_not_guessed(repository: Site, tmp_path: Path):
    """Its few commits would give every file the same wrong date: the dates written count, and a note says so."""
    root, clone = repository.content.parent, tmp_path / "clone"
    repository.change(PATH, "110", "112")
    commit(root, "2026-10-02T18:30:00+02:00", "ien")
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), str(clone))
    shallow = Site(clone / "content", tmp_path / "output", repository.pool)
    note = [(f.code, f.severity.label, f.place.file) for f in shallow.read().findings]
    assert (Origin(at(15, 8, 30), at(15, 8, 30), ()), [("LEC-30", "note", "circonscription.yml")]) == (
        origin(shallow),
        note,
    )


def test_the_content_may_be_the_whole_repository(site: Site):
    """Nothing depends on where the folder stands in its repository."""
    git(site.content, "init", "--quiet")
    commit(site.content, "2026-09-15T10:00:00+02:00")
    assert Origin(at(15, 10), at(15, 10), ("cpc",)) == origin(site)


def test_a_folder_beside_with_the_same_beginning_is_not_read(repository: Site):
    """``content-ancien/`` is not ``content/``."""
    root = repository.content.parent
    shutil.copytree(repository.content, root / "content-ancien")
    commit(root, "2026-10-02T18:30:00+02:00", "ien")
    assert (at(15, 10), True) == (
        origin(repository).modified,
        all("ancien" not in p for p in history(repository.content).files),
    )


def test_names_with_accents_and_spaces_are_known(repository: Site):
    """Git's quoting of paths is not taken for their name."""
    path = "actualites/2026-09-10-été à l’école.md"
    repository.write(path, "---\ntitre: Été\ndate: 2026-09-10\nstatut: publie\nresume: R.\n---\n")
    commit(repository.content.parent, "2026-09-16T10:00:00+02:00")
    assert at(16, 10) == origin(repository, path).created


def test_blob_ids_are_git_s(repository: Site):
    """A file is unchanged when git would store it under the same id."""
    data = (repository.content / PATH).read_bytes()
    assert git(repository.content, "hash-object", PATH) == blob_id(data)


def test_the_head_is_told(repository: Site):
    """Reports name the commit the content stands at."""
    assert git(repository.content, "rev-parse", "HEAD") == repository.read().past.head


@pytest.mark.parametrize(
    ("remote", "told"),
    [
        ("https://marie:secret@forge.example/equipe/gazette.git", "https://forge.example/equipe/gazette.git"),
        ("git@forge.example:equipe/gazette.git", "ssh://git@forge.example/equipe/gazette.git"),
        ("forge.example:equipe/gazette.git", "ssh://forge.example/equipe/gazette.git"),
        ("ssh://git@forge.example:2222/gazette.git", "ssh://git@forge.example:2222/gazette.git"),
        ("/srv/gazette.git", ""),
        ("../gazette.git", ""),
        ("", ""),
    ],
)
def test_where_a_repository_comes_from_is_an_address_that_others_can_ask(tmp_path: Path, remote: str, told: str):
    """Git's short form of SSH too, never a password; else this very folder."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("a")
    commit(tmp_path, "2026-09-15T10:00:00+02:00")
    if remote:
        git(tmp_path, "remote", "add", "origin", remote)
    address, head = read_history.origin(tmp_path)
    assert (told or tmp_path.as_uri(), git(tmp_path, "rev-parse", "HEAD").strip()) == (address, head)


@pytest.mark.parametrize("is_committed", [False, True])
def test_a_copy_does_not_take_the_place_of_what_it_copies(repository: Site, is_committed: bool):
    """Its name comes first, but git has known the other for longer: that one keeps the address."""
    copy = PATH.replace("2026-09-15", "2026-09-10")
    repository.write(copy, (repository.content / PATH).read_bytes())
    if is_committed:
        commit(repository.content.parent, "2026-10-02T18:30:00+02:00")
    reading = repository.read()
    told = [(f.code, f.place.file) for f in reading.findings if f.code in {"LEC-33", "LEC-34"}]
    assert ([("LEC-33", copy)], True) == (told, PATH in {e.path for e in reading.entries})
