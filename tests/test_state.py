"""Tests of state.py: what is remembered is believed only when it is whole, and one run holds it at a time."""

import contextlib
import errno
import json
import sqlite3
from pathlib import Path

import pytest

from gazette.errors import BusyError, ConfigurationError, GazetteError
from gazette.hands import share
from gazette.model.sheet import Manifest, Printed
from gazette.state import SCHEMA, SPARE, State, state_folder, write_whole

MANIFEST = Manifest(
    "public", {"index.html": Printed("d", 12, "k", ("pages/é.md",)), "a/index.html": Printed("e", 1, "l")}
)


@pytest.mark.parametrize(
    ("output", "folder"), [("output", ".gazette"), ("site", "site.gazette"), ("x.y", "x.y.gazette")]
)
def test_the_state_stands_beside_the_output(tmp_path: Path, output: str, folder: str):
    """Never inside: nothing but editions stands there."""
    assert tmp_path / folder == state_folder(tmp_path / output)


def test_a_memo_is_kept_from_run_to_run(tmp_path: Path):
    """By table and key."""
    with State(tmp_path / "s") as state:
        state.memo("a").put("k", "é")
        state.memo("b").put("k", "autre")
    with State(tmp_path / "s") as state:
        assert ["é", "autre", None] == [state.memo("a").get("k"), state.memo("b").get("k"), state.memo("a").get("x")]


def test_a_fresh_run_reads_no_memo_and_writes_it_again(tmp_path: Path):
    """``--frais`` forgets; the next run finds what it wrote."""
    with State(tmp_path) as state:
        state.memo("a").put("k", "vieux")
    with State(tmp_path, is_fresh=True) as state:
        forgotten = state.memo("a").get("k")
        state.memo("a").put("l", "neuf")
    with State(tmp_path) as state:
        assert (None, None, "neuf") == (forgotten, state.memo("a").get("k"), state.memo("a").get("l"))


def torn(path: Path) -> None:
    """Cut the file in the middle."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def torn_between_pages(path: Path) -> None:
    """Cut the file where a page ends."""
    path.write_bytes(path.read_bytes()[: 4096 * (path.stat().st_size // 8192)])


def foreign(path: Path) -> None:
    """Put something else there."""
    path.write_bytes(b"ceci n'est pas une base" * 100)


def newer(path: Path) -> None:
    """Leave what a later version would."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()


def empty(path: Path) -> None:
    """Leave nothing of it."""
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [torn, torn_between_pages, foreign, newer, empty, Path.unlink])
def test_a_memo_that_cannot_be_believed_is_made_again(tmp_path: Path, damage: object):
    """A torn, foreign, newer or missing memo costs time, never a build."""
    with State(tmp_path) as state:
        for n in range(500):
            state.memo("a").put(f"k{n}", "x" * 100)
    assert callable(damage)
    damage(tmp_path / "memo.sqlite")
    with State(tmp_path) as state:
        before = state.memo("a").get("k1")
        state.memo("a").put("k1", "neuf")
        assert (None, "neuf") == (before, state.memo("a").get("k1"))


def scribbled(path: Path) -> None:
    """Write over every page but the first."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def test_a_memo_whose_pages_are_damaged_serves_no_other_run(tmp_path: Path):
    """What is read of it is not there, and the next run begins with an empty one, as large as it should be."""
    with State(tmp_path) as state:
        for n in range(500):
            state.memo("a").put(f"k{n}", "x" * 100)
    scribbled(tmp_path / "memo.sqlite")
    with State(tmp_path) as state:
        found = [state.memo("a").get("k1"), *state.memo("a").under("k")]
        state.memo("a").put("k1", "neuf")
    with State(tmp_path) as state:
        state.memo("a").put("k1", "neuf")
    with State(tmp_path) as state:
        assert ([None], "neuf") == (found, state.memo("a").get("k1"))


def test_a_memo_that_a_dead_run_left_is_looked_through(tmp_path: Path):
    """Where nothing tells that a run died, pages are judged as they are read."""
    with State(tmp_path) as state:
        for n in range(500):
            state.memo("a").put(f"k{n}", "x" * 100)
    before = {p.name for p in tmp_path.iterdir()}
    scribbled(tmp_path / "memo.sqlite")
    (tmp_path / "memo.ouvert").touch()
    with State(tmp_path) as state:
        state.memo("a").put("k1", "neuf")
        assert ({"memo.sqlite", "verrou"}, "neuf") == (before, state.memo("a").get("k1"))


def test_nothing_is_left_of_a_damaged_memo_in_which_something_must_be_forgotten(tmp_path: Path):
    """A page that cannot be read may hold it."""
    with State(tmp_path) as state:
        for n in range(500):
            state.memo("a").put(f"k{n}", "ornithorynque" * 40)
    with (tmp_path / "memo.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with State(tmp_path) as state:
        state.forget({"k1"})
    assert ["verrou"] == sorted(p.name for p in tmp_path.iterdir())


def test_a_fork_reads_what_was_kept(tmp_path: Path):
    """Through a connection of its own, which takes nothing from that of its parent."""
    with State(tmp_path) as state:
        for n in range(500):
            state.memo("a").put(f"k{n}", f"{n}" * 100)
    with State(tmp_path) as state:
        memo = state.memo("a")
        memo.put("neuf", "dans aucun fichier encore")
        asked = [f"k{n}" for n in range(0, 500, 2)]
        found = share(lambda keys: [memo.get(key) for key in keys], asked)
        memo.put("k0", "autre")
        assert ([f"{n}" * 100 for n in range(0, 500, 2)], "autre") == (found, memo.get("k0"))


def test_one_run_holds_an_output(tmp_path: Path):
    """A second one is told to wait, and may start when the first ended, even by an error."""
    with State(tmp_path), pytest.raises(BusyError, match="une autre commande tient"), State(tmp_path):
        pass
    with pytest.raises(ZeroDivisionError), State(tmp_path):
        raise ZeroDivisionError
    with State(tmp_path) as state:
        assert None is state.memo("a").get("k")


def test_a_memo_that_could_not_be_opened_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A disk that was full for a moment does not lock a preview out of its own output."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr("gazette.state._opened", full)
        with pytest.raises(OSError, match="full"), State(tmp_path / "o"):
            pass
    with State(tmp_path / "o") as state:
        state.memo("lecture").put("a", "b")


def test_two_outputs_are_two_locks(tmp_path: Path):
    """Building here never waits for a build elsewhere."""
    with State(tmp_path / "a"), State(tmp_path / "b") as state:
        assert tmp_path / "b" == state.folder


def test_a_place_that_cannot_hold_it_is_a_broken_set_up(tmp_path: Path):
    """One French sentence with the path."""
    (tmp_path / "s").write_text("un fichier")
    with pytest.raises(GazetteError, match="dossier de travail impossible à créer"), State(tmp_path / "s"):
        pass


def test_manifests_are_kept_by_edition(tmp_path: Path):
    """Whole, until they are forgotten."""
    with State(tmp_path) as state:
        state.keep_manifest(MANIFEST)
        kept = state.manifest("public"), state.manifest("directeurs"), state.editions()
        state.forget_manifest("public")
        state.forget_manifest("public")
        assert (MANIFEST, Manifest("directeurs", {}), ["public"], Manifest("public", {}), []) == (
            *kept,
            state.manifest("public"),
            state.editions(),
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        json.dumps({"schema": 99, "edition": "public", "files": {}}),
        json.dumps({"schema": SCHEMA, "edition": "directeurs", "files": {}}),
        json.dumps({"schema": SCHEMA, "edition": "public", "files": {"a": {"digest": "d"}}}),
        json.dumps({"schema": SCHEMA, "edition": "public", "files": []}),
    ],
)
def test_a_manifest_that_cannot_be_believed_is_empty(tmp_path: Path, text: str):
    """Then everything is printed again, and nothing is taken for ours."""
    (tmp_path / "public.manifeste.json").write_text(text)
    assert Manifest("public", {}) == State(tmp_path).manifest("public")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path):
    """A failed write leaves the old bytes, and no crumb beside them."""
    path = tmp_path / "f"
    write_whole(path, b"un")
    with pytest.raises(TypeError):
        write_whole(path, None)  # type: ignore[arg-type]  # a write that fails
    assert (b"un", ["f"]) == (path.read_bytes(), [p.name for p in tmp_path.iterdir()])


def test_a_text_that_left_the_content_is_not_remembered(tmp_path: Path):
    """At the next run, in no page of the file; but a run that failed forgets nothing."""
    with State(tmp_path / "etat") as state:
        state.memo("lecture").put("parti", "ornithorynque" * 400)
        state.memo("lecture").put("reste", "x")
    with contextlib.suppress(ConfigurationError), State(tmp_path / "etat") as state:
        state.memo("lecture").get("reste")
        raise ConfigurationError("panne")
    file = tmp_path / "etat/memo.sqlite"
    before = b"ornithorynque" in file.read_bytes()
    with State(tmp_path / "etat") as state:
        assert "x" == state.memo("lecture").get("reste")
    assert (True, False) == (before, b"ornithorynque" in file.read_bytes())


def test_a_memo_forgets_what_is_no_more_asked_for(tmp_path: Path):
    """It keeps what a run used, and does not grow for ever."""
    with State(tmp_path / "etat") as state:
        for rank in range(SPARE + 4):
            state.memo("t").put(f"vieux{rank}", "x")
    with State(tmp_path / "etat") as state:
        state.memo("t").put("neuf", "y")
    with State(tmp_path / "etat") as state:
        assert (None, "y") == (state.memo("t").get("vieux0"), state.memo("t").get("neuf"))


def test_rows_that_begin_alike_come_in_one_pass(tmp_path: Path):
    """Those of one table, none that was damaged; what is used is kept, the rest forgotten where content is."""
    rows = {"a:1": "un", "a:é": "deux", "a:\U0001f600": "trois", "b:1": "autre"}
    with State(tmp_path) as state:
        memo = state.memo("lecture")
        for key, value in rows.items():
            memo.put(key, value)
        state.memo("autre").put("a:1", "ailleurs")
        memo.database.execute("UPDATE memo SET value = 'faux' WHERE key = 'a:é'")
    with State(tmp_path) as state:
        memo = state.memo("lecture")
        assert {"a:1": "un", "a:\U0001f600": "trois"} == dict(memo.under("a:"))
        memo.keep(["a:1"])
    with State(tmp_path) as state:
        assert ["un", None] == [state.memo("lecture").get(key) for key in ("a:1", "b:1")]
