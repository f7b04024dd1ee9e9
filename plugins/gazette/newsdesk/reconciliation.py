"""A branch of dépêches and what was answered on the main one meanwhile, brought together: an answer given stands.

The branch proposes, so it yields: where a person answered, the proposal is forgotten, and made anew by the next
reading of its source. Registers keep the rows of both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.errors import GazetteError
from gazette.model.decision import REGISTER
from gazette.model.depeche import FOLDER, WAITING, provenance
from gazette.newsdesk.commit import git
from gazette.newsdesk.ledger import FILE, Ledger, ledger, ledger_of
from gazette.newsdesk.register import united
from gazette.newsdesk.shelf import remove, shelf, write

if TYPE_CHECKING:
    from pathlib import Path

BASE, BRANCH, MAIN = 1, 2, 3
"""Stages of git's index while a merge is not over (git-merge, « How to resolve conflicts »)."""


def reconcile(tree: Path) -> None:
    """Resolve, in the content of a working tree, what git could not merge; ``GazetteError`` where it is not ours to."""
    forgotten: set[tuple[str, str]] = set()
    for path in filter(
        None, git(tree, "diff", "--name-only", "--diff-filter=U", "--relative", "-z").stdout.split("\0")
    ):
        if path == REGISTER:
            write(tree, REGISTER, united(_stage(tree, MAIN, path), _stage(tree, BRANCH, path)))
        elif path == FILE:
            base, branch, main = (ledger_of(_stage(tree, n, path)) for n in (BASE, BRANCH, MAIN))
            write(tree, FILE, _merged(base, branch, main))
        elif path.startswith(f"{FOLDER}/"):
            forgotten |= {origin.key for n in (BRANCH, MAIN) if (origin := provenance(_stage(tree, n, path)))}
            is_there = git(tree, "checkout", "--theirs", "--", path).returncode == 0
            if not is_there:
                (tree / path).unlink(missing_ok=True)
        else:
            raise GazetteError(f"{path} : changé sur la branche et sur la principale · fusionnez-la à la main")
    forgotten |= _told_twice(tree)
    if forgotten:
        known = ledger(tree)
        write(tree, FILE, _without(known, forgotten).text(known.pages))


def _stage(tree: Path, number: int, path: str) -> str:
    """Return a file as one side has it; "" when it has none."""
    done = git(tree, "show", f":{number}:./{path}")
    return "" if done.returncode else done.stdout


def _merged(base: Ledger, branch: Ledger, main: Ledger) -> str:
    """Return what both sides know of each source, item by item; the main one tells what is new of both."""
    pages = {}
    for key in branch.pages.keys() | main.pages.keys():
        before, ours, theirs = base.page(key), branch.page(key), main.page(key)
        if theirs in (before, ours):
            pages[key] = ours
            continue
        own = {i: seen for i, seen in ours.items.items() if theirs.items.get(i) == before.items.get(i)}
        taken_off = before.items.keys() - ours.items.keys()
        items = {i: seen for i, seen in (theirs.items | own).items() if i not in taken_off}
        pages[key] = theirs if ours == before else replace(theirs, items=items, etag="", modified="")
    return Ledger(pages).text(pages)


def _told_twice(tree: Path) -> set[tuple[str, str]]:
    """Remove what stands twice: as a file beside the folder of an answer, or waiting though it was accepted so."""
    found = set()
    for school in sorted(p for p in (tree / FOLDER).glob("[0-9]*") if p.is_dir()):
        for folder in (p.parent for p in sorted(school.glob("*/index.md"))):
            file = folder.with_name(f"{folder.name}.md")
            if file.is_file() and (origin := provenance(file.read_text("utf-8", "replace"))):
                found.add(origin.key)
                file.unlink()
        standing = shelf(tree, school.name)
        for key, waits in standing.waiting.items():
            accepted = standing.accepted.get(key)
            if waits.path.startswith(WAITING) and accepted and accepted.origin.digest == waits.origin.digest:
                remove(tree, waits.path)
    return found


def _without(known: Ledger, keys: set[tuple[str, str]]) -> Ledger:
    """Return a ledger that never saw these items, and has their sources read again."""
    pages = dict(known.pages)
    for source, identity in keys:
        for key, page in known.pages.items():
            if identity in page.items and key.split(" ", 2)[2].partition("#")[0] == source.partition("#")[0]:
                kept = {one: seen for one, seen in pages[key].items.items() if one != identity}
                pages[key] = replace(pages[key], version="", etag="", modified="", items=kept)
    return Ledger(pages)
