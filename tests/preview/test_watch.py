"""What is watched, and what is not: a build reads thousands of files, and must not start itself again."""

import os
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer

from gazette.errors import ConfigurationError
from gazette.model.moment import PARIS
from gazette.press import stage as press
from gazette.preview.server import Board
from gazette.preview.watch import Preview, Watcher, preview
from gazette.read import stage
from gazette.state import State, state_folder
from tests.plain import SETTINGS
from tests.samples import NOW, Site

FLUENCE = "actualites/2026-09-15-fluence.md"


def told(*events: FileSystemEvent) -> list[str]:
    """Return the paths that a watcher of these events puts in its queue."""
    changes: queue.SimpleQueue[str] = queue.SimpleQueue()
    watcher = Watcher(changes, (Path("/project/output"), Path("/project/output.gazette")))
    for event in events:
        watcher.on_any_event(event)
    return [changes.get_nowait() for _ in range(changes.qsize())]


@pytest.mark.parametrize("kind", [FileCreatedEvent, FileModifiedEvent, FileDeletedEvent])
def test_a_change_is_noted(kind: type[FileSystemEvent]):
    """A file written, removed, or new."""
    assert ["/project/content/a.md"] == told(kind("/project/content/a.md"))


def test_a_move_is_noted_at_both_ends():
    """Editors save by a rename."""
    moved = FileMovedEvent("/project/content/.a.md.swp", "/project/content/a.md")
    assert ["/project/content/a.md"] == told(moved)


@pytest.mark.parametrize("kind", [FileOpenedEvent, FileClosedNoWriteEvent, FileClosedEvent])
def test_a_read_is_no_change(kind: type[FileSystemEvent]):
    """A build reads what it watches."""
    assert [] == told(kind("/project/content/a.md"))


def test_the_time_of_a_folder_is_no_change():
    """What changed in it is told by itself."""
    assert [] == told(DirModifiedEvent("/project/content"))


@pytest.mark.parametrize(
    "path",
    [
        "/project/output/public/index.html",
        "/project/output.gazette/memo.sqlite",
        "/project/content/.a.md.swp",
        "/project/content/a.md~",
        "/project/content/#a.md#",
        "/project/content/.#a.md",
        "/project/content/~$a.md",
        "/project/content/a.md.tmp",
        "/project/plugins/gazette/__pycache__/build.cpython-311.pyc",
        "/project/content/.git/index.lock",
        "/project/content/.DS_Store",
    ],
)
def test_our_own_files_and_scratch_files_are_no_change(path: str):
    """What a build, an editor, git, Python or a system write for themselves."""
    assert [] == told(FileModifiedEvent(path), FileCreatedEvent(path), FileDeletedEvent(path))


@pytest.mark.parametrize("path", ["/project/outputs/a.md", "/project/content/output/a.md", "/project/content/a.b.md"])
def test_what_only_looks_like_ours_is_a_change(path: str):
    """The folder's name is compared whole."""
    assert [path] == told(FileModifiedEvent(path))


def test_reading_a_whole_site_is_no_change(site: Site):
    """With the real observer: only the write that follows is told."""
    changes: queue.SimpleQueue[str] = queue.SimpleQueue()
    observer = Observer()
    observer.schedule(Watcher(changes, ()), str(site.content), recursive=True)
    observer.start()
    for file in site.content.rglob("*.md"):
        file.read_bytes()
        os.scandir(file.parent).close()
    last = site.write("actualites/2026-11-22-signal.md", "x")
    first = changes.get(timeout=60)
    observer.stop()
    observer.join()
    assert str(last) == first


@pytest.fixture
def shown(site: Site) -> Iterator[Preview]:
    """Give a preview without its server."""
    made = Preview(site.order(settings=SETTINGS, is_preview=True), Board(), queue.SimpleQueue(), is_dated=True)
    yield made
    made.close()


def state(shown: Preview) -> tuple[int, bool, int]:
    """Return how many problems are told, whether the save failed, and the epoch."""
    return len(shown.board.problems), shown.board.failed, shown.board.epoch


def test_tabs_are_reloaded_when_a_page_changed_only(shown: Preview, site: Site):
    """A build that prints nothing changes no tab."""
    found = []
    for text in ("Passer le test", "Passer le test", "Faire passer"):
        (site.content / FLUENCE).write_text((site.content / FLUENCE).read_text().replace("Passer le test", text))
        shown.build()
        found.append(state(shown))
    assert [(0, False, 1), (0, False, 1), (0, False, 2)] == found


def test_a_broken_save_is_told_and_a_mended_one_forgotten(shown: Preview, site: Site):
    """What was on screen stays until then, and other saves show."""
    shown.build()
    site.change(FLUENCE, "titre: Fluence", "titre: [Fluence")
    shown.build()
    broken = state(shown)
    site.change("pages/la-circonscription.md", "Deux écoles", "Trois écoles")
    shown.build()
    other = state(shown)
    page = (site.output / "public/actualites/fluence/index.html").read_text()
    site.change(FLUENCE, "titre: [Fluence", "titre: Fluence")
    shown.build()
    assert [(1, True), (1, True, 2), (0, False)] == [broken[:2], other, state(shown)[:2]]
    assert "Passer le test" in page


def test_a_new_text_that_is_wrong_is_told_without_failing(shown: Preview, site: Site):
    """No page of it was shown yet: nothing is kept back."""
    shown.build()
    site.write("actualites/2026-11-22-neuf.md", "---\ntitre: Neuf\ndate: hier\n---\n")
    shown.build()
    assert (True, False) == (state(shown)[0] > 0, state(shown)[1])


def test_a_set_up_that_is_wrong_is_told(shown: Preview, site: Site):
    """The preview lives on."""
    shown.build()
    site.change("circonscription.yml", "devise:", "devisse:")
    report = shown.build()
    assert (None, (1, True, 1)) == (report, state(shown))


def test_a_preview_follows_the_clock_unless_its_day_was_chosen(site: Site):
    """Left open overnight, it shows the next day."""
    order = site.order(settings=SETTINGS, is_preview=True)
    days = []
    for is_dated in (True, False):
        made = Preview(order, Board(), queue.SimpleQueue(), is_dated=is_dated)
        before = datetime.now(PARIS)
        report = made.build()
        made.close()
        assert report
        days.append(report.now == NOW if is_dated else report.now >= before.replace(second=0, microsecond=0))
    assert [True, True] == days


def test_a_tab_that_waits_is_woken():
    """At once when there is something new, and after a while when there is not."""
    board = Board()
    version, _ = board.wait(-1, 60)
    woken: queue.SimpleQueue[int] = queue.SimpleQueue()
    waiting = threading.Thread(target=lambda: woken.put(board.wait(version, 60)[0]))
    waiting.start()
    board.post(("x",), failed=False, is_new=False)
    waiting.join(60)
    assert (version + 1, version + 1) == (woken.get_nowait(), board.wait(version + 1, 0)[0])


def test_a_circonscription_that_cannot_be_read_at_first_is_a_wrong_call(site: Site):
    """There is no last good page yet."""
    site.change("circonscription.yml", "devise:", "devisse:")
    with pytest.raises(ConfigurationError):
        preview(site.order(settings=SETTINGS), 0)


# A text shown before the rest is built.


def page_of(site: Site) -> str:
    """Return the printed page of the text that the tests save."""
    return (site.output / "public/actualites/fluence/index.html").read_text()


def counted(calls: list[Any], work: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same work, which notes what it was given each time."""

    def noting(*words: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the work takes
        calls.append(words)
        return work(*words, **named)

    return noting


def test_a_saved_text_is_shown_before_the_rest_is_built(shown: Preview, site: Site, monkeypatch: pytest.MonkeyPatch):
    """One text is read, one page printed; the build that follows prints the same bytes, and the lists."""
    shown.build()
    read, printed = [], []
    monkeypatch.setattr("gazette.read.stage.read_entry", counted(read, stage.read_entry))
    monkeypatch.setattr("gazette.glimpse.print_sheets", counted(printed, press.print_sheets))
    site.change(FLUENCE, "titre: Fluence en CM", "titre: Fluide en CM")
    site.change(FLUENCE, "Passer le test", "Faire passer")
    is_shown = shown.glimpse([str(site.content / FLUENCE)])
    page, listed = page_of(site), (site.output / "public/actualites/index.html").read_text()
    assert (True, 2, 1, ["actualites/fluence/index.html"]) == (
        is_shown,
        shown.board.epoch,
        len(read),
        [s.path for s in printed[0][0]],
    )
    assert (True, True, False) == ("Faire passer" in page, "Fluide en CM" in page, "Fluide en CM" in listed)
    shown.build()
    assert (page, True) == (
        page_of(site),
        "Fluide en CM" in (site.output / "public/actualites/index.html").read_text(),
    )


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (FLUENCE, "titre: Fluence", "titre: [Fluence"),
        (FLUENCE, "auteur: cpc", "auteur: cpc\nedition: directeurs"),
        (FLUENCE, "auteur: cpc", "auteur: cpc\nedition: enseignants"),
        (FLUENCE, "Le détail", "Appelez le 06 12 34 56 78. Le détail"),
        (FLUENCE, "auteur: cpc", "auteur: cpc\nid: un-autre"),
        ("actualites/2026-11-18-affiche/index.md", "personnes: aucune\n---", "personnes: aucune\nnon\n---"),
        ("actualites/2026-11-18-affiche/index.md", "aucune\n  - fichier", "eleves\n  - fichier"),
        ("evenements/2026-11-24-cross-des-ecoles.md", "titre: ", "titre: Le "),
        ("circonscription.yml", "devise:", "devise: Autre #"),
    ],
    ids=["broken", "directors", "teachers", "a telephone", "identity", "front", "pupils", "event", "circonscription"],
)
def test_what_may_not_be_shown_at_once_waits_for_the_build(
    shown: Preview, site: Site, path: str, before: str, after: str
):
    """The gate is as closed as in a build, and no reader of one edition gains or loses a page without a build."""
    shown.build()
    printed = {file: file.read_bytes() for file in site.output.rglob("*") if file.is_file()}
    site.change(path, before, after)
    assert (False, 1) == (shown.glimpse([str(site.content / path)]), shown.board.epoch)
    assert printed == {file: file.read_bytes() for file in site.output.rglob("*") if file.is_file()}


def test_only_one_known_text_is_shown_at_once(shown: Preview, site: Site):
    """Not before the first build, nor a new text, nor two, nor one that is gone, nor a link, nor on another day."""
    saved = str(site.content / FLUENCE)
    found = [shown.glimpse([saved])]
    shown.build()
    new = site.write("actualites/2026-11-22-neuf.md", (site.content / FLUENCE).read_text())
    found += [shown.glimpse([str(new)]), shown.glimpse([saved, str(new)]), shown.glimpse([])]
    shown.order = replace(shown.order, now=NOW + timedelta(days=1))
    found.append(shown.glimpse([saved]))
    shown.order = replace(shown.order, now=NOW)
    (site.content / FLUENCE).rename(site.content / "ailleurs.txt")
    found.append(shown.glimpse([saved]))
    (site.content / FLUENCE).symlink_to(site.content / "ailleurs.txt")
    found.append(shown.glimpse([saved]))
    assert [False] * 7 == found


def test_an_output_that_another_command_holds_is_left_alone(shown: Preview, site: Site):
    """The build that follows says so."""
    shown.build()
    page = page_of(site)
    site.change(FLUENCE, "Passer le test", "Faire passer")
    with State(state_folder(site.output)):
        held = shown.glimpse([str(site.content / FLUENCE)])
    assert (False, page) == (held, page_of(site))


def test_a_page_goes_on_as_it_stands_when_a_build_dies_after_it_was_shown(shown: Preview, site: Site):
    """No manifest knows those bytes: the next build prints them again or what the text says then (O4)."""
    shown.build()
    before = page_of(site)
    site.change(FLUENCE, "Passer le test", "Faire passer")
    is_shown = shown.glimpse([str(site.content / FLUENCE)])
    site.change(FLUENCE, "Faire passer", "Passer le test")
    shown.build()
    assert (True, before) == (is_shown, page_of(site))


def test_a_build_is_cut_short_by_the_next_save(shown: Preview, site: Site, monkeypatch: pytest.MonkeyPatch):
    """Neither printed nor proofed, and nothing is told of it: the page on screen stays until the next build is made."""
    shown.build()
    before, board = page_of(site), state(shown)
    printed: list[Any] = []
    monkeypatch.setattr("gazette.build.print_edition", counted(printed, press.print_edition))
    site.change(FLUENCE, "titre: Fluence en CM", "titre: Fluide en CM")
    shown.changes.put(FLUENCE)
    assert (None, [], before, board) == (shown.build(), printed, page_of(site), state(shown))
    shown.changes.get()
    assert (True, True) == (shown.build() is not None, "Fluide en CM" in page_of(site))


def test_what_stands_already_is_told_whatever_was_saved_since(shown: Preview):
    """Nor is the first build of a preview cut short: there is nothing else to show."""
    shown.changes.put(FLUENCE)
    assert shown.build() is not None
    assert None is shown.go_on("mise en place")  # type: ignore[func-returns-value]  # it raises where it cuts
