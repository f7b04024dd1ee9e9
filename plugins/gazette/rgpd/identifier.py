"""No number that stands for a person: NIR (loi 78-17, art. 30), INE, IBAN (CNIL, minimisation; rules R20, R35, R36)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum, ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_SEP = r"[\s.\-/_]{0,3}"
_NIR = re.compile(
    rf"[1-478](?<![0-9A-Za-z,].){_SEP}\d\d{_SEP}\d\d{_SEP}(?:\d\d|2[AB]){_SEP}\d{_SEP}\d{_SEP}\d{_SEP}\d{_SEP}\d{_SEP}\d"
    rf"(?:{_SEP}(?:cl[ée]{_SEP}:?{_SEP})?\d\d)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_NIR_WORDS = re.compile(r"\bnir\b|\bn\W{0,2} ?secu|securite sociale|\bnum\w* secu|\binsee\b|immatricul|\bassuree?\b")
_INE = re.compile(
    r"(\d(?<![0-9A-Za-z.,].)(?<!\d[ -].)(?:[ .]?\d){8})(?:[ .-]?((?-i:[A-HJ-NPR-Z])[ "
    r".]?(?-i:[A-HJ-NPR-Z]))|([A-HJ-NPR-Z]{2}))(?![0-9A-Za-z])|"
    r"(\d(?<![0-9A-Za-z.,].)(?<!\d[ -].)(?:[ .]?\d){9})[ .-]?([A-HJ-NPR-Z])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_INE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_IBAN = re.compile(r"[A-Z](?<![0-9A-Za-z].)[A-Z]\d\d(?:[ .\-]{0,3}[0-9A-Z]){11,30}", re.IGNORECASE)
_NINE = re.compile(r"\d(?:[ .]?\d){8}")
_COUNTRY = re.compile(r"\d(?<=[A-Za-z]{2}.)\d")
"""Without them there is no INE, and no IBAN: most texts are asked nothing more."""
_NIR_SIZE = 15
REMEDY = "retirez ce numéro, et transmettez-le par l'application prévue"


def identifier(passage: Passage) -> Iterator[Datum]:
    """Find numbers whose check digits are right; without a key, a NIR that the text calls so."""
    text = passage.text
    if not re.search(r"\d[\d .\-/_]{6}", text):
        return
    for found in _NIR.finditer(text):
        number = re.sub(r"[^0-9AB]", "", re.sub(r"cl[ée]", "", found[0].upper(), flags=re.IGNORECASE))
        around = passage.near(*found.span(), 40)
        if _is_nir(number) or (len(number) < _NIR_SIZE and _NIR_WORDS.search(around)):
            yield Datum("R35", *found.span(), f"numéro de sécurité sociale {ends(number)}", REMEDY)
    for found in _INE.finditer(text) if _NINE.search(text) else ():
        if found[1] or _INE_LETTERS[int(re.sub(r"\D", "", found[4])) % 23] == found[5].upper():
            yield Datum("R20", *found.span(), f"identifiant national d'élève (INE) {ends(found[0])}", REMEDY)
    for found in _IBAN.finditer(text) if _COUNTRY.search(text) else ():
        if _is_iban(found[0]):
            yield Datum("R36", *found.span(), f"coordonnées bancaires {found[0][:2].upper()}•• •••• ••••", REMEDY)


def _is_nir(number: str) -> bool:
    from stdnum.fr import nir  # noqa: PLC0415  # when a number looks like one

    return len(number) == _NIR_SIZE and bool(nir.is_valid(number))


def _is_iban(text: str) -> bool:
    """Tell whether an IBAN starts a text; the words that follow it may look like its end."""
    from stdnum import iban  # noqa: PLC0415  # when a number looks like one

    number = re.sub(r"[^0-9A-Z]", "", text.upper())
    return any(iban.is_valid(number[:size]) for size in range(15, len(number) + 1))
