"""Of the whole demo: other words in a text change its own page, feeds, books and the index of search, and no other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gazette.check import Clock, check, load
from gazette.compose.stage import PAGES, WORDED, compose
from gazette.model.body import Body
from gazette.model.cleared import Cleared
from gazette.model.entry import Entry
from gazette.model.media import Measure
from gazette.model.newsroom import Newsroom
from gazette.order import Order
from gazette.read.stage import FACED, Reading
from gazette.state import State, state_folder
from tests.samples import NOW, ROOT, Shelf, recall

Facts = tuple[Newsroom, Reading, tuple[Cleared, ...], Mapping[str, Measure]]


@pytest.fixture(scope="module")
def demo_cleared(printed_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Give what the demo's gate lets through."""
    folder = tmp_path_factory.mktemp("mots")
    order = Order(content=ROOT / "content", output=folder / "output", settings=ROOT / "pelicanconf.py", now=NOW)
    state_folder(order.output).mkdir()
    recall(state_folder(printed_demo / "output"), order.output)
    room, _ = load(order)
    with State(state_folder(order.output)) as state, pytest.MonkeyPatch.context() as patch:
        patch.setattr("gazette.press.faces.is_installed", lambda: False)  # tests of faces look at its pictures
        reading, clearance, measures = check(order, room, state, Clock(order.tell))
    return room, reading, clearance.cleared, measures


@pytest.mark.parametrize("name", ["public", "enseignants", "directeurs"])
def test_no_page_that_is_recalled_tells_a_word_that_a_face_leaves_out(demo_cleared: Facts, name: str):
    """Of the whole demo: other words, other lines, another last change; every other page is the same to the letter."""
    room, reading, cleared, measures = demo_cleared
    assert any(c.entry.face for c in cleared)
    assert {type(c.entry) for c in cleared if c.entry.face} == FACED
    here = next(a for a in room.audiences if a.name == name)

    def kept(some: tuple[Cleared, ...]) -> list[Any]:
        memo = Shelf()
        compose(some, here, room, NOW, measures, b"s", reading.register, memo=memo, made_with="this code")
        rows: list[Any] = json.loads(memo[f"edition:{name}"])
        return rows

    (outline, before, pages) = kept(cleared)
    other = kept(tuple(Cleared(_reworded(c.entry), c.notice) for c in cleared))
    assert [outline, before] == other[:2]
    assert {m.__name__ for m in PAGES} - {m.__name__ for m in WORDED} == set(before)
    own = {c.entry.path for c in cleared if c.entry.face and c.entry.audience.name == name}
    assert own == {path for path in pages if pages[path] != other[2][path]}


def _reworded(entry: Entry) -> Entry:
    """Return an entry that has a face with other words, as reading would give it."""
    if not entry.face:
        return entry
    told = hashlib.blake2b(entry.digest.encode()).hexdigest()
    body: Body = replace(entry.body, html=f"<p>{told}</p>", text=told, digest=told, words=entry.body.words + 7)
    later = timedelta(0 if entry.events or entry.windows or entry.deadlines else 9)  # else its face would tell
    origin = replace(entry.origin, modified=entry.origin.modified + later)
    facts = {"origin": origin, "body": body, "digest": told, "source": told, "source_digest": told}
    return replace(entry, **facts, lines={name: (line + 9, 1) for name, (line, _) in entry.lines.items()})
