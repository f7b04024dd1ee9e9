"""Tests of model/later.py: whoever reads a text need not know whether it was held or fetched."""

from dataclasses import replace

from gazette.model.body import Body
from tests.samples import sample_entry


def test_a_text_is_fetched_when_it_is_read():
    """Each time: what fetches it keeps it, or does not."""
    asked: list[str] = []
    body = Body(lambda: asked.append("html") or "<p>é</p>", "d", text=lambda: asked.append("text") or "é")
    before = list(asked)
    assert ([], "é", "é", "<p>é</p>", ["text", "text", "html"]) == (before, body.text, body.text, body.html, asked)


def test_a_text_that_is_fetched_is_as_good_as_one_that_is_held():
    """Equal to it, copied like it; and one that nobody gave is empty."""
    held, fetched = Body("<p>é</p>", "d"), Body(lambda: "<p>é</p>", "d")
    entry = sample_entry(source=lambda: "texte", body=fetched)
    copied = replace(entry, title="Autre")
    found = (fetched == held, hash(fetched) == hash(held), copied.source, copied.body, Body().html, Body().text)
    assert (True, True, "texte", held, "", "") == found
