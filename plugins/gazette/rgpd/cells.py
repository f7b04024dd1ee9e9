"""No table names people across two columns, a word a cell, even without headers (rule R36; CNIL, minimisation)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.first_names import WORDS_TOO, folded, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER
from gazette.rgpd.surnames import BESIDE, NOT_SURNAMES, PARTICLES, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_SPLIT = re.compile(r"[|;\t,](?:(?<!,)|(?<=\S,)(?=\S))")
_NAME = re.compile(r"[^\W\d_]{2,}(?:[-'’ ][^\W\d_]{2,}){0,2}")
_LEVEL = re.compile(r"(?:tps|ps|ms|gs|cp|ce ?[12]|cm ?[12])(?: [a-z])?")
_FEW = 2
_SHARE = 4
"""One row in so many bears a surname that everybody knows, where a column holds surnames."""
_OTHER = re.compile(
    r"metier|role|titre|album|livre|lieu|ville|commune|jour|objet|couleur|animal|fruit|plante|personnage|instrument|"
    r"atelier|sport|mots?\b|surnom|activite|chanson"
)
"""Heads of columns of words that may be surnames, and are none."""
_TITLE = re.compile(r"[^a-z]*\Z|(?:noms?|last ?name|surname|famille|eleves?|enfants?)\b")
REMEDY = "retirez ce tableau, ou n'y laissez que les prénoms"


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    columns: tuple[int, bool]
    """Rank of the first of the two cells, and whether it is the first name's."""
    is_sure: bool
    """The surname is a known one."""
    is_enough: bool
    """Another cell tells a class, or there is none: the row alone names somebody."""


def cells(passage: Passage) -> Iterator[Datum]:
    """Find the rows where a first name and a surname stand in neighbouring cells."""
    for rows in _tables(passage):
        by_columns: dict[tuple[int, bool], list[_Row]] = {}
        for row in rows:
            by_columns.setdefault(row.columns, []).append(row)
        for same in by_columns.values():
            sure = sum(row.is_sure for row in same)
            if sure and sure * _SHARE >= len(same) and (len(same) >= _FEW or any(row.is_enough for row in same)):
                what = "prénoms et noms dans deux colonnes d'un tableau"
                yield Datum("R36", same[0].start, same[-1].end, what, REMEDY)


def _tables(passage: Passage) -> Iterator[list[_Row]]:
    """Yield the rows of each table that may name somebody: lines of cells that follow each other."""
    rows: list[_Row] = []
    head: list[str] = []
    start = 0
    for line in passage.text.split("\n"):
        cut = [cell.strip(" \"'*_") for cell in _SPLIT.split(line)] if _SPLIT.search(line) else []
        if cut:
            head = head or cut
            rows += _rows(cut, head, start, start + len(line))
        elif line.strip():
            yield rows
            rows, head = [], []
        start += len(line) + 1
    yield rows


def _rows(cut: list[str], head: list[str], start: int, end: int) -> Iterator[_Row]:
    """Yield a row for each pair of neighbouring cells that a name may be written across."""
    has_level = any(_LEVEL.fullmatch(folded(cell)) for cell in cut)
    is_pair = sum(map(bool, cut)) == _FEW
    for rank, (left, right) in enumerate(pairwise(cut)):
        for first, last, is_first in ((left, right, True), (right, left, False)):
            if not (_is_first(first) and _is_last(last)):
                continue
            title = _title(head, len(cut), rank, is_first=is_first)
            known = (last.isupper() or folded(last) in surnames()) and not is_first_name(folded(last))
            if not _OTHER.match(title) and (known or _TITLE.match(title)):
                yield _Row(start, end, (rank, is_first), known, has_level or (known and is_pair))


def _title(head: list[str], size: int, rank: int, *, is_first: bool) -> str:
    """Return what the head of a table says of the second of two columns, folded, or ""."""
    if len(head) != size or _is_first(head[rank + (not is_first)]):
        return ""
    return folded(head[rank + is_first])


def _is_first(cell: str) -> bool:
    """Tell whether a cell is a first name and nothing else."""
    plain = folded(cell)
    return bool(_NAME.fullmatch(cell)) and cell[0].isupper() and is_first_name(plain) and plain not in WORDS_TOO


def _is_last(cell: str) -> bool:
    """Tell whether a cell may be a surname and nothing else."""
    words = folded(cell).split()
    return (
        bool(_NAME.fullmatch(cell))
        and cell[0].isupper()
        and all(word in PARTICLES for word in words[:-1])
        and words[-1] not in BESIDE | NOT_SURNAMES | NAMED_AFTER
    )
