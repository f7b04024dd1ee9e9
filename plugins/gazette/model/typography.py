"""French spacing and signs, set by us and never by authors.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gazette.model.moment import MONTHS

THIN = "\u202f"
"""Narrow no-break space."""
NO_BREAK = "\u00a0"

_DIGITS = "0123456789"
_UNITS = "h|min|s|heures?|minutes?|secondes?|jours?|semaines?|mois|ans?|euros?|km|m|cm|mm|kg|g|[KkMG]o|[kMG]bit/s"
_DAY = "(?:[0-3]?[0-9]|1er)"
_OF_MONTH, _TO_DAY = rf"[ \u00a0](?:{'|'.join(MONTHS)})\b", rf"[ \u00a0](?:au|et)[ \u00a0]{_DAY}\b"
_RULES: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = tuple(
    (frozenset(signs), pattern, instead)
    for signs, pattern, instead in (
        (".", re.compile(r"\.{3}"), "…"),
        ("'", re.compile(r"(?<=\w)'(?=\w)"), "’"),
        ('"', re.compile(r'(^|[\s(\[«—–’])"(?=[^\s"])'), rf"\1«{THIN}"),
        ('"', re.compile(r'(?<=[^\s"])"(?=$|[\s.,;:!?)\]»…—–])'), f"{THIN}»"),
        ("«", re.compile(r"«[ \u00a0\u202f]*(?=\S|\Z)"), f"«{THIN}"),
        ("»", re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{THIN}»"),
        ("!?;", re.compile(r"(?<=[\w»)\]%’…])[ \u00a0\u202f]?([!?;])(?=$|[\s»)!?\]\u202f])"), rf"{THIN}\1"),
        (":", re.compile(r"(?<=[\w»)\]%’])[ \u00a0\u202f]?:(?=$|\s)"), f"{THIN}:"),
        (":;!?", re.compile(r"\A[ \u00a0]([:;!?])(?=$|\s)"), rf"{THIN}\1"),  # what follows a word in bold
        ("»", re.compile(r"\A[ \u00a0]»"), f"{THIN}»"),
        (_DIGITS, re.compile(r"\b([nN]os?|[nN]°s?|[pP]p?\.)[ \u00a0](?=[0-9])"), rf"\1{NO_BREAK}"),
        (_DIGITS, re.compile(r"\b([cC]ycles?|[pP]ériodes?)[ \u00a0](?=[0-9])"), rf"\1{NO_BREAK}"),
        (_DIGITS, re.compile(r"(?<=[0-9])[ \u00a0](?=[0-9]{3}\b)"), THIN),
        (
            _DIGITS,
            re.compile(rf"(?<=[0-9])[ \u00a0](?=(?:{_UNITS}|h[0-9][0-9])\b|[%€])"),
            NO_BREAK,
        ),
        (_DIGITS, re.compile(r"(?<=[0-9]\u00a0h)[ \u00a0](?=[0-5][0-9]\b)"), NO_BREAK),
        (_DIGITS, re.compile(rf"\b({_DAY})(?={_OF_MONTH})[ \u00a0]"), rf"\1{NO_BREAK}"),
        (
            _DIGITS,
            re.compile(rf"\b([LlDd]es?|[Dd]u|[Aa]ux?)[ \u00a0](?={_DAY}(?:{_OF_MONTH}|{_TO_DAY}))"),
            rf"\1{NO_BREAK}",
        ),
        ("-–—", re.compile(r"(?<=\s)[-–—](?=\s)"), "–"),
    )
)
"""Signs without one of which a rule changes nothing, the rule, and what it puts instead."""


@lru_cache(1 << 14)
def french(text: str) -> str:
    """Return the text with French thin spaces, guillemets, apostrophes and ellipses; idempotent."""
    written = frozenset(text)
    for signs, pattern, replacement in _RULES:
        if not signs.isdisjoint(written):
            text = pattern.sub(replacement, text)
            written = frozenset(text)
    return text
