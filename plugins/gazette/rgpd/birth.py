"""No date of birth of somebody alive (rules R20, R36; CNIL, minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.passage import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre|janv|fevr|sept|oct|nov|dec)"
)
_YEAR = r"(?:19[3-9]\d|20\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}(?:er)?[ ./-]+(?:{_MONTH}\.?|\d{{1,2}})[ ./-]+(?:{_YEAR}|\d\d)\b|{_YEAR}-\d\d-\d\d|{_MONTH} {_YEAR})"
)
_BORN = re.compile(
    rf"(?:n(?<!\w.)ee?s?(?:\(e\))?(?: ?\(?e?\)?)?(?: le| en| :| le :)?|d(?<!\w.)\.?d\.?n\.?|date (?:de )?naissance|"
    rf"naissance|d(?<!\w.)ob|"
    rf"birth ?date|anniversaire (?:de|d)\b[^.\n]{{0,30}}?)\W{{0,4}}(?:le |en |de )?\W{{0,3}}({_DATE})"
)
_WORDS = re.compile(
    rf"\bnee? le (?:premier|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    rf"vingt|trente|\d{{1,2}})[a-z -]{{0,12}} {_MONTH}\b"
)
"""Said in words, with its year or not."""
_CELL = re.compile(rf"(?<![\w-])({_YEAR}-\d\d-\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR})(?![\w-])")
_LEVEL = re.compile(r"[;,|\t ](?:tps|ps|ms|gs|cp|ce[12]|cm[12])\b")
_NOBODY = re.compile(r"poussin|chaton|chiot|lapin|agneau|papillon|site|journal|reseau|association|ecole|projet|blog")
_SOMEBODY = re.compile(
    r"\beleve|\benfant|\bfils\b|\bfille\b|\bille?\b|\belle\b|\bfrere|\bs(?:oe|œ)ur\b|\bbebe|\bcamarade|\bpetite?\b"
)
_BESIDE = re.compile(rf" ?\( ?(?:le )?\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR} ?\)")
"""Just after a name: « Kévin (12/03/2016) »."""
REMEDY = "retirez la date de naissance : dites l'âge ou la classe, sans nom"


def birth(passage: Passage) -> Iterator[Datum]:
    """Find dates said to be of birth, and dates beside a name and a level in a table."""
    for found in _BORN.finditer(passage.plain):
        before = passage.plain[max(0, found.start() - 40) : found.start()]
        before = before.rsplit("\n", 1)[-1].rsplit(". ", 1)[-1]
        is_said = before.rstrip().endswith(("est", "sont", "ete")) and not _SOMEBODY.search(
            passage.near(*found.span(), 50)
        )
        has_name = any(found.start() - 50 < p.start < found.end() + 30 for p in names_of(passage))
        if not _NOBODY.search(before) and (has_name or not is_said):
            yield Datum("R20", *found.span(), "date de naissance ••/••/••••", REMEDY)
    people = list(names_of(passage))
    for found in _WORDS.finditer(passage.plain) if people else ():
        if any(found.start() - 50 < p.start < found.end() + 50 for p in people):
            yield Datum("R20", *found.span(), "date de naissance en lettres", REMEDY)
    for person in people:
        beside = _BESIDE.match(passage.plain, person.end)
        if beside:
            yield Datum("R20", *beside.span(), "date ••/••/•••• collée à un prénom", REMEDY)
    for found in _CELL.finditer(passage.plain) if people else ():
        low, high = passage.line_of(*found.span())
        row = passage.plain[low:high]
        is_row = row.count(";") > 1 or row.count("|") > 1 or row.count("\t") > 1
        if is_row and _LEVEL.search(row) and any(low <= p.start < high for p in people):
            yield Datum("R20", *found.span(), "date de naissance ••/••/•••• dans un tableau nominatif", REMEDY)
