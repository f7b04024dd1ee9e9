"""Words and addresses that an edition must not hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.body import Body
from gazette.model.entry import Deadline, Event, Window
from gazette.model.moment import Moment
from gazette.proof.canaries import _digests_in
from tests.proof.paper import leak, sought
from tests.samples import NOW, sample_entry, sample_image

SECRET = "Le conseil secret se tient mardi à huit heures dans la salle du fond"
DAY = Moment(NOW.date())


def hidden(**facts: object) -> object:
    """Return an entry that must not be found."""
    plain = {
        "title": "x",
        "summary": "x",
        "body": Body(),
        "folder": "directeurs",
        "name": "conseil",
        "path": "directeurs/c.md",
    }
    return sample_entry(**(plain | facts))


def found(text: str, entry: object, *shown: object, frame: str = "") -> str:
    """Return whose words or address a printed text lets out."""
    return leak(sought([entry], shown, frame), text)[0]


@pytest.mark.parametrize(
    "facts",
    [
        {"title": SECRET},
        {"summary": SECRET},
        {"body": Body(text=SECRET)},
        {"events": (Event("e", SECRET, DAY, None, "", (), "prevu"),)},
        {"deadlines": (Deadline(SECRET, DAY, (), ""),)},
        {"windows": (Window(SECRET, DAY, DAY),)},
        {"images": (sample_image(alt=SECRET),)},
        {"images": (sample_image(alt="", caption=SECRET),)},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_words_of_any_part_of_an_entry_are_found(facts: dict[str, object]):
    """Its title, summary, text, events, deadlines, windows, pictures."""
    assert "directeurs/c.md" == found(f"<p>{SECRET}</p>", hidden(**facts))


def test_a_part_of_a_long_text_is_enough():
    """Its start, its middle or its end."""
    text = " ".join(f"mot{rank}" for rank in range(400))
    entry, row = hidden(body=Body(text=text)), text.split()
    parts = [row[:20], row[190:210], row[-20:]]
    assert ["directeurs/c.md"] * 3 == [found(" ".join(part), entry) for part in parts]


@pytest.mark.parametrize(
    "text", ['<a href="../../directeurs/conseil/">', "<loc>https://a.example/directeurs/conseil/</loc>"]
)
def test_the_address_of_an_entry_is_found(text: str):
    """In a link or in a sitemap, without a word of it."""
    assert "directeurs/c.md" == found(text, hidden())


def test_words_that_everybody_may_read_are_no_canary():
    """A shown entry, or the frame of every page, says them too."""
    entry = hidden(title=SECRET)
    shown = sample_entry(body=Body(text=f"Rappel : {SECRET}."))
    assert ("", "") == (found(SECRET, entry, shown), found(SECRET, entry, frame=f"<p>{SECRET}</p>"))


def test_the_address_of_a_shown_entry_is_no_canary():
    """Two entries of two audiences may have one name."""
    shown = sample_entry(folder="directeurs", name="conseil")
    assert "" == found('<a href="directeurs/conseil/">', hidden(), shown)


def test_common_words_are_found_in_no_page():
    """A few words, or the words in another order, are no leak."""
    entry = hidden(title=SECRET)
    assert ("", "") == (found("Le conseil se tient mardi", entry), found(" ".join(SECRET.split()[::-1]), entry))


def test_the_digest_changes_with_what_is_sought():
    """A proof remembered for other canaries is not believed."""
    digests = {sought([hidden(**f)]).keep() for f in ({}, {"title": SECRET}, {"name": "autre"})}
    assert 3 == len(digests)


def test_typography_hides_nothing():
    """A thin space, a curly apostrophe, capitals."""
    entry = hidden(title="L'école d'été : c'est « demain » à 9 h, salle 12")
    text = "<p>L’ÉCOLE D’ÉTÉ\u202f: c’est «\u202fdemain\u202f» à 9\u00a0h, <em>salle</em> 12</p>"
    assert "directeurs/c.md" == found(text, entry)


@pytest.mark.parametrize("mark_up", ["<h3>SAID</h3>", '<a title="SAID">x</a>', "<title>SAID</title>"])
def test_a_short_text_is_found_when_it_is_all_that_is_said(mark_up: str):
    """A title of a few words is common within a sentence, and told alone it is that title."""
    entry, text = hidden(title="Point sur la rentrée"), mark_up.replace("SAID", "Point sur la rentrée")
    assert ("directeurs/c.md", "") == (found(text, entry), found("<p>Un point sur la rentrée des classes</p>", entry))


def test_a_short_title_is_found_as_a_whole_text_only():
    """Four words are a leak where they are all an element says, and chance where other words stand around."""
    entry = hidden(title="Défi maths quatre énigmes")
    known = sought([entry])
    whole = leak(known, "<li><a href='x'>Défi maths\u202f: quatre énigmes</a></li>")
    across = leak(known, "<title>Défi maths</title><description>Quatre énigmes</description>")
    within = leak(known, "<p>Le défi maths quatre énigmes a plu.</p>")
    assert (entry.path, "", "") == (whole[0], across[0], within[0])


def test_words_of_the_frame_close_no_gate():
    """A draft titled like a sentence of the theme is no leak."""
    entry = hidden(title="Toutes les pages de cette édition")
    known = sought([entry], frame="Toutes les pages de cette édition.")
    assert ("", "") == leak(known, "<p>Toutes les pages de cette édition</p>")


def test_a_calendar_folds_lines_within_words_and_hides_nothing():
    """RFC 5545 § 3.1: the line goes on after CR, LF and a space; a new line is written with a backslash."""
    folded = f"DESCRIPTION:Suite.\\n{SECRET[:21]}\r\n {SECRET[21:38]}\r\n {SECRET[38:]}\\nFin"
    assert "directeurs/c.md" == found(folded, hidden(title=SECRET))


def test_what_waits_is_sought_by_long_sequences():
    """A school cannot close the gate with a short title that pages say by themselves, nor let its text out."""
    entry = hidden(title="Mardi 24 novembre 2026", summary=SECRET, path="depeches/attente/0869001S/a.md")
    known = sought((), waiting=[entry])
    date = leak(known, "<h3>Mardi 24 novembre 2026</h3>")
    assert ("", entry.path) == (date[0], leak(known, f"<p>{SECRET}</p>")[0])


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("directeurs/conseil/", True),
        ("/directeurs/directeurs/conseil/", True),
        ("directeurs/directeurs/conseil<", True),
        ("les-directeurs/conseil/", False),
        ("directeurs/conseil-2/", False),
        ("directeurs/conseil", False),
        ("directeurs/conseil.html", False),
        ("directeurs/ conseil/", False),
        ("/directeurs/conseil'", True),
    ],
)
def test_an_address_is_two_whole_segments(text: str, is_found: bool):
    """Neither the end of a longer word nor the beginning of one; those before it may have the same name."""
    assert is_found is bool(found(text, hidden()))


FIGURES = "0123456789abcdef" * 5
PIECES = [*("x", " ", "a", "0é", "<p>" * 30), *(FIGURES[:size] for size in range(60, 69))]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_digest_of_a_text_is_found_wherever_it_stands(text: str):
    """Sixty-four figures, neither more nor fewer."""
    assert re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text) == list(_digests_in(text))
