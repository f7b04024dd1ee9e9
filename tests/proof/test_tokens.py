"""Tests of proof/tokens.py: the address of a token feed that stands in print closes the gate, and is not repeated."""

from pathlib import Path

import pytest

from gazette.model.finding import Finding, Place, Severity
from gazette.proof.tokens import masked
from tests.proof.paper import faults, printed
from tests.samples import Shelf

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
TOKENS = frozenset({TOKEN, TOKEN[::-1]})


@pytest.mark.parametrize(
    "text",
    [
        f"<p>https://fils.sourcelle.example/d/tout-{TOKEN}.xml</p>",
        f"/* {TOKEN.upper()} */",
        TOKEN[::-1],
    ],
)
def test_a_token_in_print_closes_the_gate(tmp_path: Path, text: str):
    """In a text, a comment, capitals; whichever feed it names."""
    found = faults(printed(tmp_path, **{"a.html": text, "b.html": "rien"}), Shelf(), TOKENS)
    assert [("EPR-10", Severity.STOP, "public/a.html")] == [(f.code, f.severity, f.place.file) for f in found]


def test_another_word_as_long_is_no_token(tmp_path: Path):
    """Nor is anything while no feed has a name."""
    paper = printed(tmp_path, a=TOKEN[:-1] + "a", b=TOKEN[:-1])
    assert ([], []) == (faults(paper, Shelf(), TOKENS), faults(paper, Shelf()))


def test_a_name_that_changes_is_sought_again(tmp_path: Path):
    """What an unchanged file does not hold may be another name; a fault is told until it is mended."""
    paper, memo = printed(tmp_path, a=TOKEN), Shelf()
    rounds = [faults(paper, memo, tokens) for tokens in (frozenset({TOKEN[::-1]}), TOKENS, TOKENS)]
    assert [[], ["EPR-10"], ["EPR-10"]] == [[f.code for f in found] for found in rounds]


def test_what_is_remembered_holds_no_token(tmp_path: Path):
    """The memo is a file too."""
    memo = Shelf()
    faults(printed(tmp_path, **{"a.html": TOKEN, "b.html": "rien"}), memo, TOKENS)
    assert (True, False) == (len(memo) > 1, any(token in f"{memo}" for token in TOKENS))


def test_a_finding_never_repeats_a_token():
    """Neither where it is, nor in what it says."""
    finding = Finding("EPR-03", Severity.STOP, Place(f"d/tout-{TOKEN}.xml"), f"lien : x-{TOKEN}", "retirez-le")
    assert "d/tout-….xml:1:1 · lien : x-… · retirez-le  [EPR-03]" == masked(finding, TOKENS).line()
