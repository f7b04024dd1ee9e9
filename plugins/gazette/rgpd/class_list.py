"""No list of a class: eight first names together are one (rule R21; four to seven, rule R20, are a warning)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.first_names import WORDS_TOO, is_first_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage, Word

LIST = 8
FEW = 4
_APART = 40
"""Characters between two names of one list."""
_LISTED = re.compile(r"[^\w\s'’\"«»“”]|[\n\d]|\bet\b|\A +\Z")
"""Any sign that is part of no word, « 🌟 » as well as a comma."""
_TALE = re.compile(r"histoire|\bconte|album|roman|heros|heroine|personnage|fiction|legende|\bdieux\b|\bpiece\b")
REMEDY = "retirez les prénoms : dites la classe, le groupe ou le nombre d'élèves"


def class_list(passage: Passage) -> Iterator[Datum]:
    """Find runs of first names set apart by commas, cells or lines; in small letters none may be a word too."""
    for run in _runs(passage):
        distinct = {word.plain for word in run}
        sure = [word for word in run if word.plain not in WORDS_TOO]
        if len(distinct) >= LIST and len(sure) >= LIST // 2 and (_is_capital(run) or len(sure) >= LIST - 1):
            what = f"liste de {len(run)} prénoms"
            yield Datum("R21", run[0].start, run[-1].end, what, REMEDY)
        elif len(sure) > FEW and _is_capital(run) and not _TALE.search(passage.near(run[0].start, run[-1].end, 60)):
            what = f"{len(run)} prénoms d'affilée"
            yield Datum("R20", run[0].start, run[-1].end, what, "vérifiez qu'ils sont utiles, ou dites la classe", True)


def _is_capital(run: list[Word]) -> bool:
    return sum(word.is_capital for word in run) > len(run) // 2


def _runs(passage: Passage) -> Iterator[list[Word]]:
    """Yield names that follow each other, with little between them but what sets apart the items of a list."""
    public = [(p.start, p.end) for p in passage.people if p.is_public]
    run: list[Word] = []
    for word in [word for word in passage.words if is_first_name(word[3])]:  # hundreds in a text
        if any(start <= word.start < end for start, end in public):
            continue
        if run:
            gap = passage.text[run[-1].end : word.start]
            if len(gap) > _APART or not _LISTED.search(gap) or "\n\n" in gap:
                yield run
                run = []
        run.append(word)
    if run:
        yield run
