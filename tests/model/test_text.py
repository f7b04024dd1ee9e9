"""Tests of read/text.py: words of people, safe to show and to name files with."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.text import SLUG_LIMIT, alphabetical, clean, clean_line, slug


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\x00b\x0bc\x7fd\x9fe", "abcde"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\u200bA\ufeff\u2060\u2066B\u2069", "AB"),
        ("a\ud83db\ufffec\uffff", "abc"),
        ("e\u0301", "é"),
        ("un\u00a0deux\u202f!\n\tfin", "un\u00a0deux\u202f!\n\tfin"),
        ("👩‍🏫 œuvre", "👩‍🏫 œuvre"),
    ],
)
def test_what_nobody_sees_is_dropped(typed: str, cleaned: str):
    """Control, bidirectional, zero-width and lone surrogate characters go; spaces and emoji stay."""
    assert cleaned == clean(typed)


def test_a_line_is_one_line():
    """Line ends and tabulations inside become spaces, those around go."""
    assert "un deux trois" == clean_line("\n un\ndeux\ttrois \n")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_parts_words(end: str):
    """No carriage return is left in a title, and no two words are glued together."""
    assert "Sortie Bcc: x" == clean_line(f"Sortie{end}Bcc: x{end}")


@given(st.text())
def test_cleaning_is_idempotent_and_prints(text: str):
    """A cleaned text stays as it is, and can be written in UTF-8."""
    once = clean_line(text)
    assert (once, once) == (clean_line(once), once.encode().decode())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'été à l’école", "l-ete-a-l-ecole"),
        ("Œuvre & cœur", "oeuvre-coeur"),
        ("../../etc/passwd", "etc-passwd"),
        ("<img onerror=x>", "img-onerror-x"),
        ("$(id) `rm`", "id-rm"),
        ("con", "con"),
        ("Défi\u202e maths", "defi-maths"),
        ("日本", ""),
        ("...", ""),
        ("A" * 400, "a" * SLUG_LIMIT),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_a_name_says_the_title_in_ascii(text: str, name: str):
    """Accents fold, what cannot be said goes, and the length has a limit."""
    assert name == slug(text)


@given(st.text())
def test_a_name_is_always_safe(text: str):
    """Whatever the title, its name is short, ASCII and stays in its folder."""
    assert re.fullmatch(r"([a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?)?", slug(text))


def test_names_are_in_the_order_of_a_dictionary():
    """Accents and case do not part words: « École primaire » after « école maternelle », « Œuvre » after « Objet »."""
    names = ["RASED", "École primaire", "école maternelle", "École élémentaire", "Équipe", "Œuvre", "Objet"]
    expected = ["École élémentaire", "école maternelle", "École primaire", "Équipe", "Objet", "Œuvre", "RASED"]
    assert expected == sorted(names, key=alphabetical)
