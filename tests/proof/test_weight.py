"""The budget of a first view, broken one line after the other."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from gazette.model.finding import Severity
from gazette.proof.weight import BUDGET, first_picture
from tests.proof.paper import faults, noise, printed
from tests.samples import Shelf

PAGE = '<!doctype html><link rel="stylesheet" href="a.css"><script src="a.js"></script><p>{}</p>{}'


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((90_000, 4_000, 4_000), []),
        ((1_000, 21_000, 1_000), ["style"]),
        ((1_000, 1_000, 11_000), ["scripts"]),
        ((101_000, 1_000, 1_000), ["page sans images"]),
    ],
)
def test_each_line_of_the_budget_is_held(tmp_path: Path, sizes: tuple[int, int, int], expected: list[str]):
    """What is over it stops the publication, and says how much; what is just under it passes."""
    text, style, script = map(noise, sizes)
    paper = printed(tmp_path, **{"index.html": PAGE.format(text, ""), "a.css": style, "a.js": script})
    told = [f for f in faults(paper, Shelf()) if f.code == "EPR-08"]
    assert expected == [f.message.partition(" :")[0] for f in told]


@pytest.mark.parametrize(("size", "expected"), [(290_000, 0), (300_001, 1)])
def test_the_first_picture_counts_as_wide_as_a_desk_takes_it(tmp_path: Path, size: int, expected: int):
    """The widest is for dense screens, and the others of the page come later."""
    marks = '<picture><source type="image/webp" srcset="p-480.webp 480w, p-960.webp 960w, p-1600.webp 1600w">'
    marks += '<img src="p-1600.webp" alt=""></picture><img src="p-1600.webp" alt="">'
    files = {"p-480.webp": "x", "p-960.webp": "x" * size, "p-1600.webp": "x" * 900_000}
    paper = printed(tmp_path, **{"index.html": PAGE.format("", marks), "a.css": "", "a.js": ""}, **files)
    assert expected == len([f for f in faults(paper, Shelf()) if f.code == "EPR-08"])
    assert ("p-960.webp", "") == (first_picture("a.html", marks.encode()), first_picture("a.css", marks.encode()))


def test_a_long_text_is_weighed_as_it_is_sent(tmp_path: Path):
    """Five thousand words weigh less once compressed, as servers do."""
    text = " ".join(random.Random(2).choices(["classe", "école", "élèves", "cahier", "frise"], k=20_000))  # noqa: S311
    paper = printed(tmp_path, **{"index.html": PAGE.format(text, ""), "a.css": "", "a.js": ""})
    assert (True, []) == (len(text) > BUDGET["page sans images"], faults(paper, Shelf()))


@pytest.mark.parametrize(
    ("sizes", "expected"), [((101_000, 1_000), [Severity.NOTE]), ((1_000, 21_000), [Severity.STOP])]
)
def test_a_long_text_is_told_and_printed(tmp_path: Path, sizes: tuple[int, int], expected: list[Severity]):
    """Its author alone is told; a heavy theme stops even where someone's text is shown."""
    text, style = map(noise, sizes)
    paper = printed(tmp_path, **{"index.html": PAGE.format(text, ""), "a.css": style, "a.js": ""})
    rows = paper.manifest.files
    written = replace(rows["index.html"], sources=("actualites/a.md",))
    paper = replace(paper, manifest=replace(paper.manifest, files={**rows, "index.html": written}))
    assert expected == [f.severity for f in faults(paper, Shelf()) if f.code == "EPR-08"]
