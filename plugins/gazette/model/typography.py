"""French spacing and signs, set by us and never by authors.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re

THIN = "\u202f"
"""Narrow no-break space."""
NO_BREAK = "\u00a0"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.{3}"), "…"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r'(^|[\s(\[«—–’])"(?=[^\s"])'), rf"\1«{THIN}"),
    (re.compile(r'(?<=[^\s"])"(?=$|[\s.,;:!?)\]»…—–])'), f"{THIN}»"),
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{THIN}"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), f"{THIN}»"),
    (re.compile(r"(?<=[\w»)\]%’…])[ \u00a0\u202f]?([!?;])(?=$|[\s»)!?\]\u202f])"), rf"{THIN}\1"),
    (re.compile(r"(?<=[\w»)\]%’])[ \u00a0\u202f]?:(?=$|\s)"), f"{THIN}:"),
    (re.compile(r"\A[ \u00a0]([:;!?])(?=$|\s)"), rf"{THIN}\1"),  # what follows a word in bold
    (re.compile(r"\b([nN]os?|[nN]°s?|[pP]p?\.)[ \u00a0](?=\d)"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}\b)"), THIN),
    (re.compile(r"(?<=\d)[ \u00a0](?=(?:%|€|h|min|s|km|m|cm|mm|kg|g|Ko|Mo|ko|h\d\d)\b|[%€])"), NO_BREAK),
    (re.compile(r"(?<=\s)[-–—](?=\s)"), "–"),
)


def french(text: str) -> str:
    """Return the text with French thin spaces, guillemets, apostrophes and ellipses; idempotent."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
