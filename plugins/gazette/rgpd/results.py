"""No results of pupils told by their first names: a table of scores, a mark in a sentence (rule R36; minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.first_names import WORDS_TOO, is_first_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_WHO = re.compile(r"(?:eleves?|enfants?|prenoms?)(?: de l.eleve)?")
_RESULT = re.compile(
    r"scores?|notes?|resultats?|points?|fluence|mclm|moyenne|niveau de lecture|appreciations?|observations?|absences?|"
    r"comportement|besoins?|acquis|reussites?|fautes|erreurs|sexe|age"
)
_MARK = re.compile(r"\d(?<![\d,/].)\d?(?:,\d{1,2})? ?/ ?(?:10|20)(?![\d/])")
_REACH = 40
"""Characters between a first name and its mark."""
REMEDY = "ne dites que les résultats de la classe ou de l'école"


def results(passage: Passage) -> Iterator[Datum]:
    """Find tables of first names beside scores, and marks just after a first name, which may be an exercise's."""
    head: list[str] = []
    start = 0
    for line in passage.plain.split("\n"):
        cut = [cell.strip(" *_") for cell in line.strip("| ").split("|")] if "|" in line else []
        if cut and not head:
            head = cut
        elif not cut:
            head = []
        elif any(map(_RESULT.fullmatch, head)) and any(
            _WHO.fullmatch(title) and _is_first(cell) for title, cell in zip(head, cut, strict=False)
        ):
            yield Datum("R36", start, start + len(line), "résultats d'un élève dans un tableau", REMEDY)
        start += len(line) + 1
    for found in _MARK.finditer(passage.plain):
        low, _ = passage.line_of(*found.span())
        before = re.split(r"[.;!?:]", passage.plain[max(low, found.start() - _REACH) : found.start()])[-1]
        if any(map(_is_first, re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", before))):
            yield Datum("R36", *found.span(), "note à côté d'un prénom", REMEDY, True)


def _is_first(word: str) -> bool:
    return len(word) > 2 and is_first_name(word) and word not in WORDS_TOO  # noqa: PLR2004  # « al », « el »
