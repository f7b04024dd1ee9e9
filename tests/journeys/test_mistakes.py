"""Everything that an author can get wrong: told with its line, its cause and its remedy, at no other entry's cost."""

from pathlib import Path
from shutil import copytree

import pytest

from gazette.inquiry import Inspected, inspect
from gazette.messages.catalogue import patterns
from gazette.order import Order
from tests.journeys.mistakes import MISTAKES, Mistake
from tests.samples import CONTENT, NOW, ROOT

NOTED = {f"LEC-{rank}" for rank in ("08", "16", "20", "21", "22", "23", "24", "26", "29", "46")} | {"RGPD-45"}
"""Codes that may leave the entry on line, without what they tell."""


def inspected(folder: str, mistakes: list[Mistake]) -> Inspected:
    """Check a copy of the sound circonscription where bad files stand among the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", f"{folder}/content")
        content = copytree(CONTENT, Path(folder, "content"))
        for mistake in mistakes:
            (content / mistake.path).write_bytes(mistake.data)
        settings = ROOT / "pelicanconf.py"
        return inspect(Order(content=content, output=content.parent / "output", settings=settings, now=NOW))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Inspected:
    """Have every bad file checked at once."""
    return inspected(str(tmp_path_factory.mktemp("fautes")), MISTAKES)


def test_there_are_at_least_two_hundred_of_them():
    """Each is another file; the mistakes are of many kinds."""
    assert len({m.data for m in MISTAKES}) >= 200
    assert len({m.code for m in MISTAKES}) >= 30


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.path[-6:-3]}")
def test_a_bad_file_is_told(mistake: Mistake, told: Inspected):
    """A finding of the code that the catalogue has, at the line, with a cause and a remedy."""
    found = [f for f in told.findings if f.place.file == mistake.path]
    named = [f for f in found if (f.code, f.place.line) == (mistake.code, mistake.line)]
    assert named, [f.line() for f in found]
    assert all(any(form.fullmatch(f.message) for form in patterns()[f.code]) for f in found), [f.line() for f in found]
    assert all(f.remedy.strip() for f in found)
    is_printed = any(c.entry.path == mistake.path for c in told.clearance.cleared)
    assert not is_printed or mistake.code in NOTED


def test_no_other_entry_pays_for_them(told: Inspected, tmp_path_factory: pytest.TempPathFactory):
    """The sound circonscription is cleared as if they were not there, and nothing is said of it that was not."""
    bad = {m.path for m in MISTAKES}
    alone = inspected(str(tmp_path_factory.mktemp("sans-faute")), [])
    kept = [c.entry.path for c in told.clearance.cleared if c.entry.path not in bad]
    assert [c.entry.path for c in alone.clearance.cleared] == kept
    assert list(alone.findings) == [f for f in told.findings if f.place.file not in bad]
