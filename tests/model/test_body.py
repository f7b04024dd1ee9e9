"""Tests of model/body.py: marks of a text and the paths they resolve to."""

from pathlib import PurePosixPath

import pytest

from gazette.model.body import MARK, Body, resolved


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("actualites/../projets/a.md", "projets/a.md"),
        ("actualites/./a.md", "actualites/a.md"),
        ("actualites/../../a.md", ""),
        ("../a.md", ""),
        ("a/b/../../c.md", "c.md"),
    ],
)
def test_a_path_never_leaves_the_content(path: str, expected: str):
    """What would climb above the folder resolves to nothing."""
    assert expected == resolved(PurePosixPath(path))


def test_marks_are_found_in_both_attributes():
    """Links and pictures are numbered in one series."""
    html = '<a href="gazette:0">x</a><img src="gazette:12"><a href="https://gazette:1">y</a>'
    assert [("href", "0"), ("src", "12")] == MARK.findall(html)


def test_a_body_stands_for_its_digest():
    """Views are digested by their parts, not by their text."""
    assert "Body(d1)" == repr(Body("<p>long</p>", "d1", text="long"))
