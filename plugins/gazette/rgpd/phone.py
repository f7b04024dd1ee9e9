"""No personal telephone: a mobile, or the telephone of somebody's home (rule R32; CNIL, minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum, ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_START = r"(?<![\w,.+/-])(?<!\d[ -])"
_LEAD = r"(?:(?:\+|00) ?33[ .-]?(?:\(0\) ?)?|0)"
_PAIRS = r"(?:(?:[\s.\-/–—·•_:\\]{0,3}\d\d){4})(?![\d,-]\d|\d)"
_MOBILE = re.compile(rf"(?:(?<=_)|{_START})(?:\(0[67]\)|{_LEAD}[ .-]?[67]){_PAIRS}")
_REFERENCE = re.compile(r"\d[-/.]\d{4}[-/.]\d{4}\Z")
"""Fours between strokes: « 06-2026-0148 » is a file's number."""
_SPACED = re.compile(rf"{_START}0[ .]([67])(?:[ .]\d){{8}}(?!\d)")
_FIGURE = (
    r"(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    r"trente|quarante|cinquante|soixante|septante|octante|huitante|nonante|\d{1,2})"
)
_SPELLED = re.compile(
    r"[z0op+](?<![\w-].)(?:(?:(?<=z)ero|(?<=[0o]))[ ,.-]*(?:six|sept|[67])|"
    r"(?:(?<=p)lus|(?<=\+)) ?(?:33|trente[ -]trois)[ ,.-]+(?:six|sept|[67]))"
    rf"(?:[ ,.-]{{1,3}}(?:et[ -])?{_FIGURE}(?!\w)){{4,12}}"
)
"""In words, whole or in part: « zéro six douze… », folded."""
_DISGUISED = re.compile(r"[0o](?<![\w.].)[ .-]?[67](?:[ .\-/]{0,3}[\doil]{2}){4}(?!\w)")
"""With letters that look like digits: « O6 I2 34 56 78 », folded."""
_LISTED = re.compile(r"(?<![\d,])0[67](?:, ?\d\d){4}(?![\d,])")
_CALL = re.compile(r"\btel\b|telephone|portable|\bmobile\b|\bappel|joindre|\bsms\b|\bnumero\b|whatsapp")
_FIXED = re.compile(rf"{_START}{_LEAD}[ .-]?[1-59]{_PAIRS}")
_ABROAD = re.compile(rf"{_START}(?:\+|00)(?!33)[1-9](?:[ .\-()]{{0,2}}\d){{7,13}}(?!\d)")
_HOME = re.compile(
    r"domicile|\bmaman\b|\bpapa\b|\bparents? d|\bgrand[ -]?(?:mere|pere)|\bmamie\b|\bpapi\b|\bnounou\b|\bchez (?!nous)|"
    r"\bperso(?:nnel)?s?\b|assistante maternelle|\bfamille\b|\bma(?:man)? ligne|\bresponsable legal|\btuteur|\btutrice|"
    r"\boncle\b|\btante\b|\bbelle-mere|\bbeau-pere|\bvoisine?\b|\bfixe maison|\ba la maison\b|\bmere\b|\bpere\b"
)
_DIGITS = re.compile(r"[+0(](?<!\d.)(?:[\W_]{0,5}\d){8}")
"""Without any, no number is written in digits; the sign comes before what must not stand before it, for speed."""
_REACH = 70
REMEDY = "donnez le téléphone de l'école ou du secrétariat, ou retirez-le"


def phone(passage: Passage) -> Iterator[Datum]:
    """Find mobiles, whoever's they are, and telephones that the text says are somebody's home."""
    yield from _hidden(passage)
    if not _DIGITS.search(passage.text):
        return
    for pattern in (_MOBILE, _SPACED):
        for found in pattern.finditer(passage.text):
            if not _REFERENCE.search(found[0]):
                yield Datum("R32", *found.span(), f"téléphone portable {_mask(found[0])}", REMEDY)
    for found in _LISTED.finditer(passage.plain):
        if _CALL.search(passage.near(*found.span(), _REACH)):
            yield Datum("R32", *found.span(), f"téléphone portable {_mask(found[0])}", REMEDY)
    for found in _FIXED.finditer(passage.text):
        if _HOME.search(passage.near(*found.span(), _REACH)):
            yield Datum("R32", *found.span(), f"téléphone d'un domicile {_mask(found[0])}", REMEDY)
    for found in _ABROAD.finditer(passage.text):
        if _is_foreign_mobile(found[0]):
            yield Datum("R32", *found.span(), f"téléphone portable étranger {ends(found[0])}", REMEDY)


def _hidden(passage: Passage) -> Iterator[Datum]:
    """Find mobiles written in words or with letters."""
    for found in _SPELLED.finditer(passage.plain):
        if re.search("[a-z]{2}", found[0]):
            yield Datum("R32", *found.span(), "téléphone portable écrit en lettres", REMEDY)
    for found in _DISGUISED.finditer(passage.plain):
        if re.search("[oil]", found[0]) and not _REFERENCE.search(found[0]):
            yield Datum("R32", *found.span(), "téléphone portable écrit avec des lettres", REMEDY)


def _mask(number: str) -> str:
    """Return a French number as « 06 •• •• •• 78 »."""
    digits = re.sub(r"\D", "", number)
    national = "0" + digits[-9:] if len(digits) > 9 else digits  # noqa: PLR2004  # without 33 or 0033
    return ends(national)


def _is_foreign_mobile(number: str) -> bool:
    """Tell whether a number of another country is a mobile of its numbering plan."""
    import phonenumbers  # noqa: PLC0415  # for the rare number from abroad

    try:
        parsed = phonenumbers.parse(re.sub(r"\A00", "+", number), None)
    except phonenumbers.NumberParseException:
        return False
    mobile = phonenumbers.PhoneNumberType
    return phonenumbers.number_type(parsed) in {mobile.MOBILE, mobile.FIXED_LINE_OR_MOBILE}
