"""Tests of write/header.py: a key is changed, and not a letter of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.errors import ConfigurationError
from gazette.read.frontmatter import front_matter
from gazette.write.header import changed, written

HEAD = """\
---
# Le titre se lit partout.
titre: Natation : mode d'emploi
date: 2026-11-02      # un lundi
# anciennes_adresses: [x]
images:
  # la première
  - fichier: a.png
    alt: un dessin

  - fichier: b.png
    alt: un autre
# avant le statut
statut: relecture
---
Le texte.

statut: ce n'est pas une clé
"""


def test_a_key_is_set_where_it_stands_and_the_rest_is_as_typed():
    """Comments and French colons stay."""
    assert HEAD.replace("statut: relecture", "statut: publie") == changed(HEAD, {"statut": "publie"})


def test_a_key_that_is_new_comes_last():
    """Even when a comment names it."""
    expected = HEAD.replace("statut: relecture\n", "statut: relecture\nanciennes_adresses: [actualites/nage/]\n")
    assert expected == changed(HEAD, {"anciennes_adresses": ["actualites/nage/"]})


def test_a_key_on_several_lines_is_replaced_whole():
    """With its own comments and blank lines, not with those of the key that follows."""
    start, rest = HEAD.split("images:\n")
    _, after = rest.split("    alt: un autre\n")
    assert f"{start}images: [{{fichier: c.png}}]\n{after}" == changed(HEAD, {"images": [{"fichier": "c.png"}]})


def test_a_key_is_taken_away():
    """And asking it twice is the same."""
    once = changed(HEAD, {"statut": None})
    assert (HEAD.replace("statut: relecture\n", ""), once) == (once, changed(once, {"statut": None}))


def test_line_ends_of_windows_stay():
    """Notepad's file stays Notepad's."""
    text = HEAD.replace("\n", "\r\n")
    assert text.replace("relecture", "publie") == changed(text, {"statut": "publie"})


@pytest.mark.parametrize(
    "text",
    [
        "Sans en-tête.\n",
        "---\n{titre: Un, statut: relecture}\n---\n",
        "---\ntitre: un\ntitre: deux\n---\n",
        "---\ntitre: [un\n---\n",
        "---\n'statut': relecture\ntitre: un\n---\n",
    ],
)
def test_a_form_it_cannot_change_is_told_and_left(text: str):
    """The author is given what to type."""
    with pytest.raises(ConfigurationError, match="écrivez-y vous-même statut: publie"):
        changed(text, {"statut": "publie"})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("eleves: 214  # constat", "eleves: 218  # constat"),
        ("eleves: '2 # 4'  # d’octobre", "eleves: 218  # d’octobre"),
        ("eleves: [1, 2] # deux # fois", "eleves: 218 # deux # fois"),
        ("eleves: a#b", "eleves: 218"),
        ("eleves: # à compter", "eleves: 218 # à compter"),
        ("eleves: x" + "\"'" * 4000, "eleves: 218"),
    ],
)
def test_what_is_said_of_a_value_stays_beside_it(line: str, expected: str):
    """A comment at the end of the line is the author's; a sharp within a value is none."""
    assert f"---\n{expected}\n---\n" == changed(f"---\n{line}\n---\n", {"eleves": 218})


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1) | st.booleans() | st.integers(0, 10**9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z_]+\Z"), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_any_value_is_read_back_as_it_was(value: object):
    """What is written is what was meant."""
    assert value == front_matter(f"---\ncle: {written(value)}\n---\n").values.get("cle", value)
