"""Tests of seal.py: what a build told is told again while nothing of what it read or wrote changed, and never else."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import git
import pytest

from gazette import seal
from gazette.build import build
from gazette.model.entry import Origin
from gazette.model.finding import Finding, Place, Severity
from gazette.model.moment import Moment
from gazette.model.sheet import Manifest, Printed
from gazette.order import Count, Order, Report
from gazette.read.stage import Reading
from gazette.seal import forget_seal, keep_seal, looked_at, roots, told_again
from gazette.state import State, state_folder
from tests.plain import SETTINGS, print_plain
from tests.samples import NOW, Site, sample_entry

NOTE = Finding("LEC-24", Severity.NOTE, Place("pages/a.md", 3, 2), "lien vers un fichier absent", "corrigez le chemin")
TOLD = Report(NOW, {"public": Count(3, 3, 0, 1)}, (NOTE,), 1, 2, (), {"lecture": 1.0}, "abc", None, 4, (("a", "b"),))


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """Give an order of which everything stands, as after a build."""
    for path in ("content/pages/a.md", "content/b.jpg", "pelicanconf.py", "plugins/autre.py", "theme/base.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    for path in ("output/public/index.html", ".gazette/retraits.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    page = (tmp_path / "output/public/index.html").stat()
    printed = Printed("", page.st_size, "", stamp=page.st_mtime_ns)
    State(tmp_path / ".gazette").keep_manifest(Manifest("public", {"index.html": printed}))
    settings = tmp_path / "pelicanconf.py"
    return Order(content=tmp_path / "content", output=tmp_path / "output", settings=settings, now=NOW)


def sealed(order: Order, *entries: object, report: Report = TOLD) -> None:
    """Seal a build of the order."""
    keep_seal(order, looked_at([*roots(order), order.settings.parent / "theme"]), entries, report)


def test_what_was_told_is_told_again_but_for_what_was_printed(order: Order):
    """Every count and finding, the instant asked for, and no file printed nor removed."""
    sealed(order)
    told = told_again(replace(order, now=NOW + timedelta(minutes=1)))
    assert told is not None
    expected = replace(TOLD, now=NOW + timedelta(minutes=1), counts={"public": Count(3, 0, 3, 0)})
    assert (expected, ["comparaison"]) == (replace(told, durations=TOLD.durations), list(told.durations))


def same_size_and_times(order: Order) -> None:
    """Write other bytes over a file, as long, and give it its times back."""
    path = order.content / "pages/a.md"
    before = path.stat()
    path.write_text("content/pages/b.md")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def as_a_link(order: Order) -> None:
    """Put a link in the place of a page, to a file that holds the same."""
    page = order.output / "public/index.html"
    page.rename(order.output.parent / "ailleurs.html")
    page.symlink_to(order.output.parent / "ailleurs.html")


CHANGES: dict[str, Callable[[Order], object]] = {
    "a text": lambda o: (o.content / "pages/a.md").write_text("autre"),
    "a text, as long": lambda o: (o.content / "pages/a.md").write_text("content/pages/b.md"),
    "a text, as long, with its times": same_size_and_times,
    "a new text": lambda o: (o.content / "pages/n.md").write_text(""),
    "a text less": lambda o: (o.content / "pages/a.md").unlink(),
    "a name": lambda o: (o.content / "pages/a.md").rename(o.content / "pages/c.md"),
    "a picture": lambda o: (o.content / "b.jpg").write_bytes(b""),
    "the settings": lambda o: o.settings.write_text("#"),
    "settings beside": lambda o: o.settings.with_name("publishconf.py").write_text("#"),
    "a plugin": lambda o: (o.settings.parent / "plugins/autre.py").write_text("#"),
    "the theme": lambda o: (o.settings.parent / "theme/base.html").write_text("#"),
    "the theme, gone": lambda o: shutil.rmtree(o.settings.parent / "theme"),
    "a printed page": lambda o: (o.output / "public/index.html").write_text("#"),
    "a printed page less": lambda o: (o.output / "public/index.html").unlink(),
    "a printed page, as long": lambda o: (o.output / "public/index.html").write_text("output/public/index.HTML"),
    "a printed page that is a link": as_a_link,
    "another edition": lambda o: (o.output / "autre").mkdir(),
    "the output, gone": lambda o: shutil.rmtree(o.output),
    "a manifest": lambda o: (state_folder(o.output) / "public.manifeste.json").unlink(),
    "withdrawals seen": lambda o: (state_folder(o.output) / "retraits.json").unlink(),
    "a variable": lambda _: os.environ.__setitem__("GAZETTE_ESSAI", "1"),
}


@pytest.mark.parametrize("settled", [0, 10**18], ids=["by their times", "by their bytes"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_breaks_the_seal(
    order: Order, monkeypatch: pytest.MonkeyPatch, change: Callable[[Order], object], settled: int
):
    """Of what a build reads, of what it wrote, or of what it is carried out with."""
    monkeypatch.setattr(seal, "SETTLED", settled)
    monkeypatch.setattr(seal, "UNSETTLED", 10**6)
    monkeypatch.delenv("GAZETTE_ESSAI", raising=False)
    sealed(order)
    before = told_again(order)
    change(order)
    monkeypatch.setenv("GAZETTE_ESSAI", os.environ.get("GAZETTE_ESSAI", ""))  # taken back after the test
    assert (True, None) == (before is not None, told_again(order))


def test_a_file_whose_times_tell_nothing_yet_is_compared_by_its_bytes(order: Order, monkeypatch: pytest.MonkeyPatch):
    """Two changes within one step of the clock: only the bytes tell the second."""
    frozen = Path(__file__).stat()
    monkeypatch.setattr(seal, "_files", lambda root: [(path, frozen) for path, _ in FILES(root)])
    monkeypatch.setattr(seal, "SETTLED", 10**18)
    monkeypatch.setattr(seal, "UNSETTLED", 10**6)
    sealed(order)
    before = told_again(order)
    (order.content / "pages/a.md").write_text("content/pages/b.md")
    assert (True, None) == (before is not None, told_again(order))


FILES = seal._files
"""As it is."""


@pytest.mark.parametrize(
    "facts",
    [
        {"editions": ("public",)},
        {"addresses": {"public": "http://localhost/"}},
        {"token_secret": b"secret"},
        {"is_fresh": True},
        {"is_production": True},
        {"is_preview": True},
        {"now": NOW - timedelta(minutes=1)},
        {"now": NOW + timedelta(days=1)},
    ],
    ids=str,
)
def test_another_order_is_carried_out(order: Order, facts: dict[str, object]):
    """Other editions, addresses or token feeds, a clock set back, a day later; and publications, always."""
    sealed(order)
    assert None is told_again(replace(order, **facts))


@pytest.mark.parametrize(("minutes", "is_told"), [(0, True), (9, True), (10, False), (11, False)])
def test_the_hour_at_which_an_entry_comes_breaks_the_seal(order: Order, minutes: int, is_told: bool):
    """What waited for ten o'clock is printed by the first build after it."""
    hour, before = NOW + timedelta(minutes=10), NOW - timedelta(days=1)
    comes = sample_entry(date=Moment(hour.date(), hour.time()), origin=Origin(before, before))
    sealed(order, comes)
    assert is_told is (told_again(replace(order, now=NOW + timedelta(minutes=minutes))) is not None)


def test_the_closing_of_the_week_breaks_the_seal(order: Order):
    """Friday at 16:00 a week is told: no page before, one after."""
    friday = (NOW + timedelta(days=4 - NOW.weekday())).replace(hour=15, minute=59)
    sealed(replace(order, now=friday))
    told = [told_again(replace(order, now=friday + timedelta(minutes=m))) is not None for m in (0, 1)]
    assert [True, False] == told


def test_where_the_hour_decides_which_entry_is_read_only_that_hour_is_told_again(order: Order):
    """Of two entries at one address, what is on line wins."""
    twins = replace(TOLD, findings=(replace(NOTE, code="LEC-33"),))
    sealed(order, report=twins)
    assert [True, False] == [told_again(replace(order, now=NOW + timedelta(minutes=m))) is not None for m in (0, 1)]


def test_a_commit_breaks_the_seal(order: Order):
    """It changes who made an entry, and when, though not a byte of it."""
    commit(order.content.parent, "Un")
    sealed(order)
    before = told_again(order)
    commit(order.content.parent, "Deux")
    assert (True, None) == (before is not None, told_again(order))


def commit(folder: Path, message: str) -> None:
    """Commit nothing but a message."""
    git.Repo.init(folder).git.execute(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--allow-empty", "-m", message]
    )


@pytest.mark.parametrize("damage", [b"", b"{}", b"abc\n{}", None])
def test_a_seal_that_was_damaged_is_not_believed(order: Order, damage: bytes | None):
    """Emptied, foreign, torn, or with another count in it."""
    sealed(order)
    path = state_folder(order.output) / "sceau.json"
    path.write_bytes(path.read_bytes().replace(b'"held": 2', b'"held": 0') if damage is None else damage)
    assert None is told_again(order)


def test_a_closed_gate_and_a_broken_seal_tell_nothing(order: Order):
    """A STOP is found again each time; from its first step on, a build leaves no seal."""
    closed = replace(TOLD, findings=(replace(NOTE, severity=Severity.STOP),))
    sealed(order, report=closed)
    first = told_again(order)
    sealed(order)
    forget_seal(order)
    assert (None, None) == (first, told_again(order))


def test_what_changed_while_it_was_read_is_not_sealed(order: Order):
    """The build may have read the old text or the new one."""
    looked = looked_at(roots(order))
    (order.content / "pages/a.md").write_text("autre")
    keep_seal(order, looked, (), TOLD)
    assert None is told_again(order)


def test_what_goes_while_a_build_is_sealed_is_told_by_the_next_one(order: Order):
    """As the temporary file of an editor, which was there when the build began."""
    passing = order.content / "pages" / ".a.md.swp"
    passing.write_text("passager")
    looked = looked_at(roots(order))
    assert str(passing) in looked.unsettled
    passing.unlink()
    keep_seal(order, looked, (), TOLD)
    assert None is told_again(order)


def test_a_build_told_again_is_told_as_if_it_were_done_again(site: Site, monkeypatch: pytest.MonkeyPatch):
    """By a real build, then by the seal, then by a build that finds nothing to print."""
    monkeypatch.setattr(seal, "UNSETTLED", 10**6)
    print_plain(site)
    order = site.order(settings=SETTINGS)
    told, done = told_again(order), build(order, pool=site.pool)
    assert told is not None
    assert replace(done, durations={}, proofed=(), known=None) == replace(told, durations={})


def test_a_build_that_fails_leaves_no_seal(site: Site, monkeypatch: pytest.MonkeyPatch):
    """Whatever the last one told."""
    monkeypatch.setattr(seal, "UNSETTLED", 10**6)
    print_plain(site)
    order = site.order(settings=SETTINGS)
    before = told_again(order)

    def fails(*_: object, **__: object) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr("gazette.check.read", fails)
    with pytest.raises(KeyboardInterrupt):
        build(order, pool=site.pool)
    assert (True, None) == (before is not None, told_again(order))


def test_a_file_that_goes_while_it_is_looked_at_is_not_there(tmp_path: Path):
    """An editor or git puts files down and takes them away while a build looks: it goes on without them."""
    (tmp_path / "a").mkdir()
    paths = [tmp_path / name for name in ("b.tmp", "c.tmp", "d.tmp")]
    for path in paths:
        path.touch()
    found = seal._files(str(tmp_path))  # between two of its steps
    seen = next(found)[0]
    for path in paths:
        path.unlink()
    (tmp_path / "a").rmdir()
    assert ([], True) == (list(found), Path(seen) in paths)
