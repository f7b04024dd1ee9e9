"""The labelled lines that measure the detection of personal data (``donnees/LISEZMOI.md``)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "donnees" / "lignes.tsv"


@dataclass(frozen=True)
class Line:
    """A text of a school and whether it may be printed."""

    label: str
    """``oui``: it holds a personal datum that has no place on the site."""
    family: str
    context: str
    text: str


@cache
def lines() -> list[Line]:
    """Return every line; « / » stands for the end of one in the text."""
    _, *rows = FILE.read_text("utf-8").removesuffix("\n").split("\n")
    return [
        Line(label, family, context, text.replace(" / ", "\n"))
        for label, family, context, text in (r.split("\t") for r in rows)
    ]
