"""What a text holds of people's private lives: every detector, any text (rules R20, R21, R31, R32, R35, R36, R61)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.rgpd.birth import birth
from gazette.rgpd.cells import cells
from gazette.rgpd.class_list import class_list
from gazette.rgpd.home_address import home_address
from gazette.rgpd.identifier import identifier
from gazette.rgpd.mailbox import mailbox
from gazette.rgpd.nominative import nominative
from gazette.rgpd.passage import Passage
from gazette.rgpd.phone import phone
from gazette.rgpd.pupil_named import pupil_named
from gazette.rgpd.results import results
from gazette.rgpd.secret_link import secret_link
from gazette.rgpd.sensitive import sensitive
from gazette.rgpd.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazette.rgpd.datum import Datum


@dataclass(frozen=True, slots=True)
class Permitted:
    """What the circonscription may print though it looks personal."""

    domains: frozenset[str] = frozenset()
    """Domains of institutional addresses."""
    names: frozenset[str] = frozenset()
    """Folded names that the law has printed: the directeur de la publication."""


DETECTORS: tuple[Callable[[Passage], Iterator[Datum]], ...] = (
    phone,
    identifier,
    class_list,
    sensitive,
    birth,
    home_address,
    nominative,
    cells,
    results,
    web_address,
    secret_link,
)
"""Those that need the text alone."""
_SIGNS = str.maketrans(
    dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000)), " ")
    | dict.fromkeys("\u2010\u2011\u2212", "-")
    | dict.fromkeys("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff", "")
    | dict.fromkeys("\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0", "")
    | dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10))), "")
    | dict.fromkeys(map(chr, (*range(0x300, 0x370), *range(0x20D0, 0x2100), *range(0xE0000, 0xE0080))), "")
    | dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјоруԁсхӏһԛԝ", "ABESIJKMHOPCTYXaesijopydcxlhqw", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικνɑıⅼ", "ABEZHIKMNOPTYXoikvail", strict=True))
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢօᎷ", "ABCDEFGHIJKLMNOPRSTUVWYZoM", strict=True))
    | dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
"""What a reader takes for a space, a hyphen, a letter of ours, or nothing; accents that no letter took, too."""
_SIGN = re.compile("[\xa0\xad\u0131\u0250-\u2012\u2028-\U0010ffff]")
"""Without any, there is none of them: a short list of ranges is gone through faster than they."""


_ODD = re.compile(
    "[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2024\u2070-\u208f\u2100-\u214f\u2460-\u24ff\u2776-\u2793"
    "\u1d2c-\u1d6a\u2c7c\U0001f130-\U0001f189\ufe50-\ufe6f\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
"""Signs that a reader takes for letters, digits or punctuation of ours: « ０６ », « ⓪⑥ », « ＠ »."""
_SPACED = re.compile(r"(?<!\S)\S(?:[ \t]+\S){5,}(?!\S)")
"""« K é v i n », as a letter-spaced line of a PDF is read."""
_DOTTED = re.compile(r"(?<![\w.·*–-])[^\W\d_](?:[.·_*–-][^\W\d_]){2,}(?:[ ,]+[^\W\d_](?:[.·_*–-][^\W\d_]){2,})+(?!\w)")
"""« K.é.v.i.n M.o.r.e.a.u »: two words or more."""
_POINTED = re.compile(r"[.·_*–-](?<=[^\W\d_].)[^\W\d_][.·_*–-][^\W\d_]")
"""What stands in each."""
_POINT = re.compile(r"(?<=\w)[.·_*–-](?=\w)")
_GAP = re.compile(r"([ \t]+)")
_HUMP = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-Ö])")
"""Where a word starts that no wider space parts from the one before: « KévinMoreau »."""


def scan(text: str, permitted: Permitted) -> tuple[Datum, ...]:
    """Return what a text must not show, in order; of two findings of a rule in one place, the first.

    Any text will do: a page, a cell, an event of a calendar, the words of an attached file or its name.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = plain.translate(_SIGNS) if _SIGN.search(plain) else plain
    passage = Passage(plain if plain.isascii() else _ODD.sub(lambda sign: _plain(sign[0]), plain))
    found = [datum for detector in DETECTORS for datum in detector(passage)]
    found += [*mailbox(passage, permitted.domains), *pupil_named(passage, permitted.names)]
    dotted = _DOTTED.finditer(passage.text) if _POINTED.search(passage.text) else ()
    for run in (*_SPACED.finditer(passage.text), *dotted):
        found += [replace(datum, start=run.start(), end=run.end()) for datum in scan(_closed(run[0]), permitted)]
    kept: list[Datum] = []
    for datum in sorted(found, key=lambda d: (d.start, d.end)):
        if not any(datum.rule == k.rule and datum.start < k.end for k in kept):
            kept.append(datum)
    return tuple(kept)


def _closed(run: str) -> str:
    """Return the words of letters set apart by points, or by the narrowest space: a wider one parts words."""
    if not _SPACED.fullmatch(run):
        return _POINT.sub("", run)
    gaps = [part for part in _GAP.split(run) if not part.strip()]
    narrow = min(map(len, gaps))
    return _HUMP.sub(" ", _GAP.sub(lambda gap: " " if len(gap[0]) > narrow else "", run))


def _plain(sign: str) -> str:
    """Return the sign of ours that one stands for; itself where it is none, or several."""
    digit = unicodedata.digit(sign, None)
    made = unicodedata.normalize("NFKC", sign) if digit is None else str(digit)
    return made if len(made) == 1 else sign
