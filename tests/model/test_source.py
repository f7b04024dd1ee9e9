"""What an edition was made from, and what may come back of it."""

from dataclasses import replace

from gazette.model.cleared import Cleared
from gazette.model.source import Source, refusals, sources
from tests.samples import sample_attachment, sample_entry, sample_image, sample_newsroom


def test_an_edition_is_made_from_what_its_audience_may_read():
    """Texts and their media; nothing of a more restricted edition."""
    image, file = sample_image(), sample_attachment()
    shown = sample_entry(images=(image,), attachments=(file,))
    hidden = sample_entry(audience="directeurs", path="directeurs/b.md")
    public, _, directeurs = (
        sources([Cleared(shown), Cleared(hidden)], [shown, hidden], a) for a in sample_newsroom().audiences
    )
    assert {
        shown.path: Source("e1", True),
        image.path: Source("i1", False),
        file.path: Source("f1", False),
    } == public
    assert {shown.path, image.path, file.path, hidden.path} == set(directeurs)


def test_a_text_that_something_is_withheld_from_may_not_differ():
    """What was withheld stands in its older states."""
    original = sample_entry()
    partial = replace(original, digest="e1-sans")
    assert {original.path: Source("e1-sans", False)} == sources(
        [Cleared(partial)], [original], sample_newsroom().audiences[0]
    )


def test_what_is_no_more_or_not_the_same_is_refused():
    """By path, in order."""
    today = {"a": Source("2", True), "b": Source("2", False), "c": Source("1", False)}
    assert ["b", "d"] == refusals({"d": "1", "c": "1", "b": "1", "a": "1"}, today)
