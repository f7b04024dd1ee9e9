"""What changed, as a person reads it."""

from hypothesis import given
from hypothesis import strategies as st

from gazette.newsdesk.difference import ADDED, REMOVED, SAME, Piece, difference

BEFORE = "---\ntitre: Jardin\norigine:\n  id: 1\n  vu_le: 2026-11-20\n---\n\nUn.\nDeux fèves.\nTrois.\nQuatre.\nCinq.\n"


def test_words_of_a_line_are_told_apart():
    """Around them, a line on each side."""
    (first, line, last) = difference(BEFORE, BEFORE.replace("Deux fèves", "Trois fèves"))
    assert ("Un.", [Piece(REMOVED, "Deux"), Piece(ADDED, "Trois"), Piece(SAME, " fèves.")], "Trois.") == (
        first.pieces[0].text,
        list(line.pieces),
        last.pieces[0].text,
    )


def test_where_it_comes_from_is_no_change():
    """Nor the day it was seen."""
    assert () == difference(BEFORE, BEFORE.replace("2026-11-20", "2026-11-22"))


@given(st.lists(st.sampled_from("abc \n")), st.lists(st.sampled_from("abc \n")))
def test_the_new_text_is_all_there(before: list[str], after: list[str]):
    """Every line that came is told as come."""
    old, new = "".join(before), "".join(after)
    told = {"".join(p.text for p in line.pieces if p.mark != REMOVED) for line in difference(old, new)}
    assert set(new.splitlines()) - set(old.splitlines()) <= told
