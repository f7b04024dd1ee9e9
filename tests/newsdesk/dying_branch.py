"""Collections onto a branch that die at every step: ``python dying_branch.py WHERE FEED FEED BRANCH STRIDE kill|full``.

Prints one JSON line a step: the tree of the branch once a later run is over, its commits, and what is left behind.
"""

import json
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from gazette.newsdesk.proposal import propose
from gazette.newsdesk.stage import Collection, collect
from gazette.read.registers import decisions
from tests.newsdesk.dying import strike
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk
from tests.newsdesk.waiting import git


def collected(project: Path, feeds: list[str], branch: str) -> None:
    """Collect two schools onto the branch, and send it."""
    desk = Newsdesk(project / "clone")
    for uai, url in zip((UAI, OTHER), feeds, strict=True):
        desk.declare("rss", url, uai)

    def onto(content: Path) -> Collection:
        settings = desk.settings(content=content, branch=branch)
        kept = (content / "registres" / "decisions.yml").is_file()
        return collect(settings, desk.now, desk.sources, lambda: decisions(content) if kept else (), lambda *_: None)

    propose(desk.content, desk.folder.with_name("proposition"), branch, os.environ, onto)


def facts(project: Path, branch: str) -> dict[str, object]:
    """Return what the forge and the clone hold."""
    clone, forge = project / "clone", project / "forge.git"
    return {
        "tree": git(forge, "rev-parse", f"{branch}^{{tree}}").strip(),
        "commits": git(forge, "log", "--format=%s", f"main..{branch}").splitlines(),
        "changed": git(clone, "status", "--porcelain", "content").splitlines(),
        "worktrees": len(git(clone, "worktree", "list").splitlines()),
        "left": sorted(path.name for path in project.iterdir()),
    }


def sweep(origin: Path, feeds: list[str], branch: str, stride: int, how: str) -> None:
    """Strike at one step in ``stride``, each on a fresh copy, until a collection needs no more."""
    rank, is_done = 0, False
    while not is_done:
        project = origin.with_name(f"frappe-{rank}")
        shutil.copytree(origin, project, symlinks=True)
        git(project / "clone", "remote", "set-url", "origin", str(project / "forge.git"))
        is_done = strike(partial(collected, project, feeds, branch), rank, how)
        collected(project, feeds, branch)
        print(json.dumps({"rank": rank, **facts(project, branch)}))
        shutil.rmtree(project)
        rank += stride


if __name__ == "__main__":
    sweep(Path(sys.argv[1]), sys.argv[2:4], sys.argv[4], int(sys.argv[5]), sys.argv[6])
