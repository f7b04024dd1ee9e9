"""A collection as a branch: one commit a school, offered for merging by push options, its merge an approval."""

import base64
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError, GazetteError
from gazette.model.decision import Decision
from gazette.model.depeche import provenance
from gazette.newsdesk.proposal import Proposal, propose
from gazette.newsdesk.register import record
from gazette.newsdesk.stage import Collection, collect
from gazette.read.registers import decisions
from tests.newsdesk.forge import article, forged, over_http
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk, entry, rss
from tests.newsdesk.waiting import git
from tests.samples import ROOT

BRANCH = "collecte/2026-S48"
IS_WHOLE = "GAZETTE_COMPLET" in os.environ
HOOK = """#!/bin/sh
i=0
while [ "$i" -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do eval "echo \\$GIT_PUSH_OPTION_$i" >> options; i=$((i+1)); done
"""


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


@pytest.fixture
def desk(tmp_path: Path) -> Newsdesk:
    """Give a newsdesk whose content is in a repository, with a forge that takes push options."""
    bare = tmp_path / "forge.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    git(bare, "config", "receive.advertisePushOptions", "true")
    (bare / "hooks" / "pre-receive").write_text(HOOK)
    (bare / "hooks" / "pre-receive").chmod(0o755)
    made = Newsdesk(tmp_path / "clone")
    (made.content / "README.md").write_text("Un contenu.\n")
    git(made.folder, "init", "--quiet", "--initial-branch=main")
    for words in (("config", "user.name", "CI"), ("config", "user.email", "ci@commits.example"), ("add", "--all")):
        git(made.folder, *words)
    git(made.folder, "commit", "--quiet", "-m", "Début")
    git(made.folder, "remote", "add", "origin", str(bare))
    git(made.folder, "push", "--quiet", "origin", "main")
    return made


def collected(desk: Newsdesk, environment: Mapping[str, str] | None = None) -> Proposal:
    """Collect onto the branch."""

    def onto(content: Path) -> Collection:
        settings = desk.settings(content=content, branch=BRANCH)
        kept = (content / "registres" / "decisions.yml").is_file()
        return collect(settings, desk.now, desk.sources, lambda: decisions(content) if kept else (), lambda *_: None)

    desk.later(hours=1)
    return propose(desk.content, desk.folder / "proposition", BRANCH, environment or {}, onto)[1]


def merged(desk: Newsdesk) -> None:
    """Merge the branch as a forge does, and have the clone follow."""
    git(desk.folder, "fetch", "--quiet", "origin", BRANCH)
    git(desk.folder, "merge", "--quiet", "--no-ff", "-m", "Fusion", "FETCH_HEAD")
    git(desk.folder, "push", "--quiet", "origin", "main", f":{BRANCH}")


def test_each_school_is_a_commit_and_merging_accepts_it(desk: Newsdesk, peer: Peer):
    """The clone stays as it was until then; afterwards nothing comes twice."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1), entry(2))))
    desk.declare("rss", peer.serve_feed("/b", rss(entry(3))), OTHER)
    before = desk.tree()
    sent = collected(desk)
    assert (Proposal((UAI, OTHER), is_offered=True), before) == (sent, desk.tree())
    log = git(desk.folder, "log", "--reverse", "--format=%s", f"main..{_fetched(desk)}").splitlines()
    assert [f"Dépêches de {UAI}", f"Dépêches de {OTHER}"] == [line.partition(" : ")[0] for line in log]
    first = git(desk.folder, "show", "--name-only", "--format=%(trailers:key=Gazette-Ecole,valueonly)", "FETCH_HEAD~1")
    assert (True, False) == (UAI in first, OTHER in first)
    options = (desk.folder.parent / "forge.git" / "options").read_text().splitlines()
    assert {"merge_request.create", "merge_request.target=main"} <= set(options)
    merged(desk)
    told = [(d.answer, d.reason) for d in decisions(desk.content)]
    assert ([("acceptee", f"fusion de la branche {BRANCH}")] * 3, 3) == (told, len(desk.files()))
    assert (Proposal(()), "") == (collected(desk), git(desk.folder, "status", "--porcelain", "content"))


def test_what_a_reviewer_took_out_of_the_branch_stays_out(desk: Newsdesk, peer: Peer):
    """The branch of this week is gone on with, never written over; what is deleted in it was decided upon."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1), entry(2))))
    collected(desk)
    git(desk.folder, "checkout", "--quiet", "-b", "revue", _fetched(desk))
    git(desk.folder, "rm", "--quiet", f"content/depeches/{UAI}/2026-11-02-article-1.md")
    git(desk.folder, "commit", "--quiet", "-m", "Hors sujet")
    git(desk.folder, "push", "--quiet", "origin", f"revue:{BRANCH}")
    git(desk.folder, "checkout", "--quiet", "main")
    peer.serve_feed("/a", rss(entry(1), entry(2), entry(3)))
    assert (UAI,) == collected(desk).schools
    merged(desk)
    assert ["2026-11-03-article-2.md", "2026-11-04-article-3.md"] == [p.rpartition("/")[2] for p in desk.files()]


def answered(desk: Newsdesk, *names: str, title: str = "") -> None:
    """Collect, and accept on the main branch what waits under these names, with a picture where its title is told."""
    desk.run()
    for name in names:
        waits = desk.content / "depeches" / "attente" / UAI / f"{name}.md"
        if title and title in waits.read_text("utf-8"):
            folder = desk.content / "depeches" / UAI / name
            folder.mkdir(parents=True)
            (folder / "photo.jpg").write_bytes(b"une image")
            waits.replace(folder / "index.md")
            path = folder / "index.md"
        else:
            desk.accept(f"attente/{UAI}/{name}.md")
            path = desk.content / "depeches" / UAI / f"{name}.md"
        origin = provenance(path.read_text("utf-8"))
        assert origin
        facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": desk.now.date()}
        record(desk.content, [Decision(depeche=f"{UAI}/{name}", answer="acceptee", role="cpc", **facts)])
    git(desk.folder, "add", "content")
    git(desk.folder, "commit", "--quiet", "-m", "Réponses")
    git(desk.folder, "push", "--quiet", "origin", "main")


def test_an_answer_given_meanwhile_merges_with_the_branch(desk: Newsdesk, peer: Peer):
    """Rows of a branch stand at the head of the register, answers at its end: the forge merges both by itself."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1), entry(2))))
    answered(desk, "2026-11-02-article-1")
    peer.serve_feed("/a", rss(entry(1), entry(2), entry(3)))
    collected(desk)
    desk.accept(f"attente/{UAI}/2026-11-03-article-2.md")
    origin = provenance((desk.content / "depeches" / UAI / "2026-11-03-article-2.md").read_text("utf-8"))
    assert origin
    facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": desk.now.date()}
    record(desk.content, [Decision(depeche=f"{UAI}/b", answer="acceptee", role="cpc", **facts)])
    git(desk.folder, "add", "content")
    git(desk.folder, "commit", "--quiet", "-m", "Réponse")
    merged(desk)
    assert {("tag:1", "cpc"), ("tag:2", "cpc"), ("tag:3", "equipe")} == {
        (d.id, d.role) for d in decisions(desk.content)
    }


def test_a_branch_that_no_longer_merges_is_mended(desk: Newsdesk, peer: Peer):
    """The main one collected and answered too, with a picture, to an older version: nothing is lost nor doubled."""
    desk.declare("rss", peer.serve_feed("/a", rss(*(entry(n) for n in range(1, 5)))))
    collected(desk)
    git(desk.folder, "checkout", "--quiet", "-b", "revue", _fetched(desk))
    git(desk.folder, "rm", "--quiet", f"content/depeches/{UAI}/2026-11-05-article-4.md")
    git(desk.folder, "commit", "--quiet", "-m", "Hors sujet")
    git(desk.folder, "push", "--quiet", "origin", f"revue:{BRANCH}")
    git(desk.folder, "checkout", "--quiet", "main")
    answered(desk, "2026-11-02-article-1", "2026-11-03-article-2", title="Article 2")
    peer.serve_feed("/a", rss(entry(1, text="Changé."), *(entry(n) for n in range(2, 5))))
    sent = collected(desk)
    assert (True, True) == (sent.is_mended, sent.is_offered)
    merged(desk)
    found = desk.files()
    top = f"{UAI}/2026-11-0"
    assert {
        f"{top}2-article-1.md",
        f"{top}3-article-2/index.md",
        f"{top}3-article-2/photo.jpg",
        f"{top}4-article-3.md",
    } == {path for path in found if not path.startswith("attente/")}
    assert ("Changé." in found[f"{top}2-article-1.md"], git(desk.folder, "status", "--porcelain", "content")) == (
        True,
        "",
    )
    assert {("tag:1", "cpc"), ("tag:2", "cpc")} <= {(d.id, d.role) for d in decisions(desk.content)}
    assert [f"attente/{top}5-article-4.md"] == [path for path in found if path.startswith("attente/")]
    again = collected(desk)
    assert ((), False) == (again.schools, again.is_mended)


def test_a_forge_without_push_options_still_gets_the_branch(desk: Newsdesk, peer: Peer):
    """And whoever collects is told to open the request."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    git(desk.folder.parent / "forge.git", "config", "receive.advertisePushOptions", "false")
    assert Proposal((UAI,), is_offered=False) == collected(desk)


def test_a_branch_that_cannot_be_sent_leaves_everything_as_it_was(desk: Newsdesk, peer: Peer):
    """Refused by the forge, then taken: the same items, once; a token of the address is in no message."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    before = desk.tree()
    hook = desk.folder.parent / "forge.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(GazetteError) as told:
        collected(desk)
    with pytest.raises(ConfigurationError) as unreadable:
        collected(desk, {"GAZETTE_DEPOT": "https://x:jeton-secret@127.0.0.1:9/depot.git"})
    assert ("jeton-secret" in f"{told.value}{unreadable.value}", before) == (False, desk.tree())
    hook.write_text(HOOK)
    assert (UAI,) == collected(desk).schools
    assert 1 == len(git(desk.folder, "worktree", "list").splitlines())


@pytest.mark.parametrize("is_told", [True, False], ids=["GAZETTE_DEPOT", "origin"])
def test_no_secret_stands_in_the_arguments_of_a_process(desk: Newsdesk, tmp_path: Path, is_told: bool):
    """G17: while git over HTTP asks and sends, ``/proc/*/cmdline`` is read; the token reaches the forge, hidden."""
    school = forged(tmp_path / "ecole.git")
    school.files({"a.md": article("A")})
    git(tmp_path / "forge.git", "config", "http.receivepack", "true")
    heard: list[tuple[str, str, list[str]]] = []
    with over_http(tmp_path, lambda path, word: heard.append((path, word, _arguments()))) as url:
        desk.declare("git", f"{url}/ecole.git")
        address = f"{url.replace('//', '//x:jeton-secret@')}/forge.git"
        git(desk.folder, "remote", "set-url", "origin", *([f"{url}/autre.git"] if is_told else [address]))
        sent = collected(desk, {"GAZETTE_DEPOT": address} if is_told else {})
    hidden = f"Basic {base64.b64encode(b'x:jeton-secret').decode()}"
    seen = [line for _, _, lines in heard for line in lines]
    assert (True, []) == (
        any("remote-http" in line and "/ecole.git" in line for line in seen),
        [line for line in seen if "jeton-secret" in line or hidden.split()[1] in line],
    )
    words = {(path.split("/")[1], word) for path, word, _ in heard}
    assert ((UAI,), {("ecole.git", ""), ("forge.git", hidden)}) == (sent.schools, words)


def _arguments() -> list[str]:
    """Return the arguments of every process of this machine, as ``ps`` shows them."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            found.append(one.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
    return found


def test_what_a_run_that_was_killed_left_is_taken_away(desk: Newsdesk, peer: Peer):
    """Its working tree, half written, with commits that were never sent."""
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    left = desk.folder / "proposition"
    git(desk.folder, "worktree", "add", "--quiet", "--detach", str(left))
    (left / "content" / "depeches" / UAI).mkdir(parents=True)
    (left / "content" / "depeches" / UAI / "2026-11-02-article-1.md").write_text("---\n")
    assert ((UAI,), False) == (collected(desk).schools, left.exists())


@pytest.mark.parametrize("how", ["kill", "full"] if IS_WHOLE else ["kill"])
def test_struck_at_any_step_the_next_run_sends_the_same_branch(desk: Newsdesk, peer: Peer, how: str):
    """Oracle O7 (each step, in full): the tree an untroubled run sends, a commit a school, nothing left behind."""
    feeds = [peer.serve_feed("/a", rss(entry(1), entry(2))), peer.serve_feed("/b", rss(entry(3)))]
    command = [sys.executable, str(ROOT / "tests" / "newsdesk" / "dying_branch.py"), str(desk.folder.parent), *feeds]
    stride = "1" if IS_WHOLE else "31"
    places = {"PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))}
    done = subprocess.run(
        [*command, BRANCH, stride, how], env=os.environ | places, capture_output=True, text=True, check=False
    )
    assert "" == done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    ranks = [one.pop("rank") for one in told]
    assert (True, []) == (
        len(ranks) > 3,
        [(rank, one) for rank, one in zip(ranks, told, strict=True) if one != told[-1]],
    )
    assert (2, [], 1) == (len(told[-1]["commits"]), told[-1]["changed"], told[-1]["worktrees"])


@pytest.mark.parametrize("branch", ["", "main", "--output=x", "a..b"])
def test_a_branch_that_could_approve_nothing_is_refused(desk: Newsdesk, branch: str):
    """Or that git would take for something else."""
    with pytest.raises(ConfigurationError):
        propose(desk.content, desk.folder / "p", branch, os.environ, lambda _: pytest.fail("collected"))


def _fetched(desk: Newsdesk) -> str:
    git(desk.folder, "fetch", "--quiet", "origin", BRANCH)
    return git(desk.folder, "rev-parse", "FETCH_HEAD").strip()
