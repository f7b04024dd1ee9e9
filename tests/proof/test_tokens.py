"""Tests of proof/tokens.py: the address of a token feed that stands in print closes the gate, and is not repeated."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from gazette.model.finding import Finding, Place, Severity
from gazette.model.sheet import Manifest, Printed
from gazette.proof.tokens import masked, told_tokens
from tests.samples import Shelf

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
TOKENS = frozenset({TOKEN, TOKEN[::-1]})


@dataclass(frozen=True)
class Paper:
    """A printed edition."""

    manifest: Manifest
    folder: Path
    fresh: frozenset[str] = frozenset()

    @property
    def output(self) -> Path:
        """Return where it stands."""
        return self.folder

    @property
    def staging(self) -> Path:
        """Return where it would stand if it were new."""
        return self.folder

    def file(self, path: str) -> Path:
        """Return where a file stands."""
        return self.folder / path


def printed(folder: Path, **texts: str) -> Paper:
    """Return an edition of these texts, by path."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    rows = {n: Printed(sha256(t.encode()).hexdigest(), len(t), "k") for n, t in texts.items()}
    return Paper(Manifest("public", rows), folder)


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
    found = list(told_tokens(printed(tmp_path, **{"a.html": text, "b.html": "rien"}), TOKENS, Shelf()))
    assert [("EPR-10", Severity.STOP, "public/a.html")] == [(f.code, f.severity, f.place.file) for f in found]


def test_another_word_as_long_is_no_token(tmp_path: Path):
    """Nor is anything while no feed has a name."""
    paper = printed(tmp_path, a=TOKEN[:-1] + "a", b=TOKEN[:-1])
    assert ([], []) == (list(told_tokens(paper, TOKENS, Shelf())), list(told_tokens(paper, frozenset(), Shelf())))


def test_a_name_that_changes_is_sought_again(tmp_path: Path):
    """What an unchanged file does not hold may be another name; and a known answer is not read twice."""
    paper, memo = printed(tmp_path, a=TOKEN), Shelf()
    before = list(told_tokens(paper, frozenset({TOKEN[::-1]}), memo))
    first = [f.code for f in told_tokens(paper, TOKENS, memo)]
    (tmp_path / "a").unlink()
    assert ([], ["EPR-10"], ["EPR-10"]) == (before, first, [f.code for f in told_tokens(paper, TOKENS, memo)])


def test_what_is_remembered_holds_no_token(tmp_path: Path):
    """The memo is a file too."""
    memo = Shelf()
    list(told_tokens(printed(tmp_path, a=TOKEN), TOKENS, memo))
    assert (1, False) == (len(memo), any(token in f"{memo}" for token in TOKENS))


def test_a_finding_never_repeats_a_token():
    """Neither where it is, nor in what it says."""
    finding = Finding("EPR-03", Severity.STOP, Place(f"d/tout-{TOKEN}.xml"), f"lien : x-{TOKEN}", "retirez-le")
    assert "d/tout-….xml:1:1 · lien : x-… · retirez-le  [EPR-03]" == masked(finding, TOKENS).line()
