"""What a word processor leaves in a text, and Markdown prints as it stands without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BULLET = re.compile(r"^[ \t]*([•·▪‣◦\uf0b7])[ \t\u00a0]*(?=\w)", re.MULTILINE)
_ROWS = re.compile(r"(?:\A|\n[ \t]*\n)(\|[^\n]+\|)[ \t]*\n(?!\|?[ \t:|]*-[ \t:|-]*(?:\n|\Z))\|")
"""A table's first row, and no row of dashes under it."""
_ELSEWHERE = re.compile(r'<img\b[^>]*\ssrc="(?!https?:)([a-z][a-z\d+.-]*):', re.IGNORECASE)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|^(?: {4}|\t).*?$", re.MULTILINE | re.DOTALL)


def pasted(text: str, printed: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, message, remedy and the words to find, once each; ``printed`` is the HTML before it is cleaned."""
    prose = _CODE.sub("", text)
    bullet = _BULLET.search(prose)
    if bullet:
        what = "puce de traitement de texte : ce n'est pas une liste"
        yield "LEC-46", what, "commencez chaque ligne de la liste par « - » et une espace", bullet[0]
    row = _ROWS.search(prose)
    if row:
        what = "tableau sans ligne de tirets : il paraît tel quel"
        yield "LEC-46", what, "sous la première ligne, écrivez | --- | --- |, un par colonne", row[1]
    picture = _ELSEWHERE.search(printed)
    if picture:
        what = "image d'un autre ordinateur : elle ne paraît pas"
        yield (
            "LEC-22",
            what,
            "copiez-la à côté du texte, déclarez-la dans images:, et n'écrivez que son nom",
            f"({picture[1]}:",
        )
