"""What a shared book lacks before it can be closed (CAH-01, CAH-02, CAH-03)."""

from dataclasses import replace
from datetime import date

import pytest

from gazette.compose.closing import APART, closing_findings
from gazette.inquiry import inspect
from gazette.model.cahier import Cahier
from gazette.model.finding import Finding
from gazette.model.media import Measure
from tests import shelf
from tests.samples import NOW, Site

BEFORE, NEAR, AFTER = date(2026, 11, 1), date(2026, 11, 23), date(2026, 12, 5)


def told_of(site: Site, day: date) -> list[Finding]:
    """Return what is told of the book on a day."""
    found = inspect(site.order(now=NOW.replace(day=day.day, month=day.month)))
    return [f for f in found.findings if f.code.startswith("CAH")]


def codes(site: Site, day: date) -> dict[str, str]:
    """Return what is told of the book on a day, by code."""
    return {f.code: f.message for f in told_of(site, day)}


@pytest.mark.parametrize(("day", "told"), [(BEFORE, False), (NEAR, True), (AFTER, True)])
def test_awaited_pages_are_told_as_the_book_closes(site: Site, day: date, told: bool):
    """A fortnight before its last day, and after; not while there is time."""
    shelf.plant(site)
    found = codes(site, day)
    assert told is ("CAH-01" in found)
    if told:
        assert "pages encore attendues : PS, École" in found["CAH-01"]


def test_each_page_kept_out_is_told_with_all_that_it_lacks(site: Site):
    """Where it lacks it: what the gate asks, what cannot be read, and the second page that goes with its first."""
    shelf.plant(site)
    assert "CAH-02" not in codes(site, NEAR)
    site.change(shelf.HEARD, "autorisation: AUT-2026-009\n", "")
    site.change(shelf.HEARD, "    transcription: Un filet d’eau tombe dans la terre sèche.\n", "")
    site.change(shelf.FIRST, "autorisation: AUT-2026-009\nclasse", "classe")
    site.change(shelf.TEACHERS, "date: 2026-11-02", "date: hier")
    told = {f.place.file: f for f in told_of(site, NEAR) if f.code == "CAH-02"}
    begins = "page retenue du cahier « Le jardin des trois écoles » ; il lui manque : "
    assert {
        shelf.HEARD: "autorisation, transcription",
        shelf.FIRST: "autorisation",
        shelf.SECOND: "une première page qui paraisse",
        shelf.TEACHERS: "date illisible « hier » (LEC-02)",
    } == {path: f.message.removeprefix(begins) for path, f in told.items()}
    assert told[shelf.TEACHERS].place.line > 1
    assert [] == [f for f in told_of(site, BEFORE) if f.code == "CAH-02"]


@pytest.mark.parametrize(("gap", "how"), [(APART + 1, "plus fort"), (-APART - 1, "plus faible"), (APART - 1, "")])
def test_a_sound_far_from_the_others_is_told(site: Site, gap: float, how: str):
    """Of three; by how many decibels."""
    shelf.plant(site)
    found = inspect(site.order()).clearance
    heard = next(c for c in found.cleared if c.entry.path == shelf.HEARD)
    sound = heard.entry.sounds[0]
    three = tuple(replace(sound, file=f"{n}.mp3", digest=f"{n}") for n in "abc")
    page = replace(heard, entry=replace(heard.entry, sounds=three))
    measures = {"a": Measure(loudness=-20), "b": Measure(loudness=-20), "c": Measure(loudness=-20 + gap)}
    books = [c for c in found.cleared if isinstance(c.entry, Cahier)]
    told = [f.message for f in closing_findings((), [page, *books], measures, NEAR)]
    assert ([f"son « c.mp3 » {how} que les autres du cahier, de 9 décibels"] if how else []) == told
