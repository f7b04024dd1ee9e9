"""What a word processor, git or a slip leaves in a text, and Markdown prints as it stands without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BULLET = re.compile(r"^[ \t]*([•·▪‣◦\uf0b7])[ \t\u00a0]*(?=\w)", re.MULTILINE)
_ITEM = r"(?:([–—]|->|=>|→|°) |(-)(?=[^\W\d_])|\d{1,2}[.)](?=[^\W\d_])|[a-zA-Z]\) |[a-d]\. )"
_ITEMS = re.compile(rf"^[ \t>]{{0,8}}{_ITEM}[^\n]*(?<!  )(?<!\\)\n[ \t>]{{0,8}}{_ITEM}", re.MULTILINE)
"""Two lines in a row that begin as a list's would, and make none: they come out one after the other."""
_ROWS = re.compile(r"(?:\A\s*|\n[ \t]*\n)(\|[^\n]+\|)[ \t]*\n(?!\|?[ \t:|]*-[ \t:|-]*(?:\n|\Z))\|")
"""A table's first row, and no row of dashes under it."""
_ELSEWHERE = re.compile(r'<img\b[^>]*\ssrc="(?!https?:)([a-z][a-z\d+.-]*):', re.IGNORECASE)
_CODE = re.compile(
    r"`(?<=^.)(``+).*?^`\1|~(?<=^.)(~~+).*?^~\2| (?<=^.) {3}.*?$|\t(?<=^.).*?$|`(?<!``)(`*)(?!`)[^`\n]+`\3(?!`)",
    re.MULTILINE | re.DOTALL,
)
"""A sign first, then what stands before it: a search goes from sign to sign."""
_PRINTED_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
"""What git writes around the two versions of a passage that it could not merge (git-merge(1))."""
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_ADDRESS = r"(?:https?://|www\.|mailto:)[^\s()\[\]]+"
_TURNED = re.compile(rf"\[[^\[\]\n]+\] +\({_ADDRESS}\)|\([^()\n]+\)\[{_ADDRESS}\]")
"""« [les mots] (adresse) », « (les mots)[adresse] »."""
_DOUBLED = re.compile(r"!?\[\[[^\[\]\n]+\]\]")
"""A link of a wiki or of Obsidian."""
_SPACED = re.compile(r"\]\(\s+")
_BARE = re.compile(r"h(?:(?<=^.)|(?<=[\s(«].))(?<!\]: .)(?<!\]\(.)ttps?://[^\s<>()]+", re.MULTILINE)
_SHORTCODE = re.compile(
    r"\{\{[<%].{0,200}?[>%]\}\}|\{%.{0,200}?%\}|\[/?(?:gallery|caption|embed|youtube|video|audio)\b[^\]\n]*\](?!\()"
)
"""An order to Hugo, to Jekyll or to WordPress."""
UNMERGED = (
    "LEC-63",
    "deux versions d'un même passage, que git n'a pas su réunir",
    "gardez la bonne, et effacez les lignes qui commencent par <<<<<<<, ======= et >>>>>>>",
)
_STRUCK = re.compile(r"~~[^<~\n]{1,30}")
_MARKED = re.compile(r"(?<![\w=])==(?=[^\s=])[^=<\n]{1,200}(?<=[^\s=])==(?![\w=])")
_SMALL = re.compile(r"\w([~^])[\w+-]{1,4}\1")
_STARS = re.compile(r"\*\*[^<*\n]{0,30}")


def unmerged(text: str) -> re.Match[str] | None:
    """Return the first line that git left where two versions of a passage met."""
    return _CONFLICT.search(text) if "<<<<<<<" in text or ">>>>>>>" in text else None


def pasted(text: str, printed: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, message, remedy and the words to find, once each; ``printed`` is the HTML before it is cleaned."""
    prose = _CODE.sub("", text)
    conflict = unmerged(prose)
    if conflict:
        yield (*UNMERGED, conflict[0])
    if prose.rfind("<!--") > prose.rfind("-->"):
        yield (
            "LEC-64",
            "remarque jamais refermée : elle paraîtrait",
            "ajoutez --> à sa fin, ou effacez-la",
            text[text.rfind("<!--") :],
        )
    yield from _rows(prose)
    yield from _links(prose)
    yield from _notes(prose)
    if any(sign in printed for sign in ("```", "**", "==", "~", "^")):
        yield from _signs(text, _PRINTED_CODE.sub("", printed))
    picture = _ELSEWHERE.search(printed)
    if picture:
        message = "image d'un autre ordinateur : elle ne paraît pas"
        remedy = "copiez-la à côté du texte, déclarez-la dans images:, et n'écrivez que son nom"
        yield "LEC-22", message, remedy, f"({picture[1]}:"


def _rows(prose: str) -> Iterator[tuple[str, str, str, str]]:
    """Tell bullets that make no list, and rows that make no table."""
    bullet = _BULLET.search(prose)
    if bullet:
        what = "puce de traitement de texte : ce n'est pas une liste"
        yield "LEC-46", what, "commencez chaque ligne de la liste par « - » et une espace", bullet[0]
    items = _ITEMS.search(prose)
    if items:
        what = "lignes qui ne font pas une liste : elles paraissent à la suite l'une de l'autre"
        remedy = (
            "commencez chacune par « - » ou « 1. » et une espace ; d'un dialogue, laissez une ligne vide entre deux"
        )
        yield "LEC-46", what, remedy, items[0].partition("\n")[0].strip()
    row = _ROWS.search(prose)
    if row:
        message = "tableau sans ligne de tirets : il paraît tel quel"
        yield "LEC-46", message, "sous la première ligne, écrivez | --- | --- |, un par colonne", row[1]


def _links(prose: str) -> Iterator[tuple[str, str, str, str]]:
    """Tell what other programs, and hands, write for a link."""
    turned = _TURNED.search(prose)
    if turned:
        remedy = "écrivez [les mots](l'adresse), crochets d'abord, sans espace entre les deux"
        yield "LEC-46", "lien mal écrit : il paraît tel quel", remedy, turned[0]
    bare = _BARE.search(_SPACED.sub("](", _TURNED.sub("", prose)))
    if bare:
        remedy = "écrivez [les mots qui disent où elle mène](l'adresse)"
        yield "LEC-46", "adresse qui n'est pas un lien : elle paraît telle quelle", remedy, bare[0]
    order = _SHORTCODE.search(prose)
    if order:
        remedy = "retirez-le ; une image va dans images:, une vidéo dans videos:"
        yield "LEC-46", "code d'un autre logiciel de blog : il paraît tel quel", remedy, order[0]
    doubled = _DOUBLED.search(prose)
    if doubled:
        message = "doubles crochets d'un autre logiciel : ils paraissent tels quels"
        yield "LEC-46", message, "écrivez ![ce que montre l'image](image.png), ou [les mots](l'adresse)", doubled[0]


def _notes(prose: str) -> Iterator[tuple[str, str, str, str]]:
    """Tell footnotes that are called and absent, or there and never called."""
    if "[^" not in prose:
        return
    notes, calls = set(_NOTE.findall(prose)), set(_CALL.findall(prose))
    for name in sorted(calls - notes):
        yield (
            "LEC-46",
            f"note [^{name[:20]}] absente : l'appel paraît tel quel",
            "ajoutez sous le texte une ligne qui commence par [^…]:",
            f"[^{name}]",
        )
    for name in sorted(notes - calls):
        asked = "appelez-la dans le texte, par le même signe, ou retirez-la"
        yield "LEC-46", f"note [^{name[:20]}] que rien n'appelle", asked, f"[^{name}]:"


def _signs(text: str, printed: str) -> Iterator[tuple[str, str, str, str]]:
    """Tell the signs of Markdown that came out as they are; escaped, they are meant (CommonMark 0.31, section 2.4)."""
    if "```" in printed and r"\`" not in text:
        yield "LEC-46", "code jamais refermé : il paraît comme le reste", "ajoutez ``` sous sa dernière ligne", "```"
    struck = _STRUCK.search(printed) if "~~" in printed and r"\~" not in text else None
    if struck:
        yield "LEC-46", "« ~~ » ne barre rien : il paraît tel quel", "écrivez <del>ces mots</del>", struck[0]
    marked = _MARKED.search(printed) if "==" in printed and r"\=" not in text else None
    if marked:
        yield "LEC-46", "« == » ne surligne rien : il paraît tel quel", "écrivez <mark>ces mots</mark>", marked[0]
    small = _SMALL.search(printed) if r"\~" not in text and r"\^" not in text else None
    if small:
        remedy = "écrivez H<sub>2</sub>O pour un indice, x<sup>2</sup> pour un exposant"
        yield "LEC-46", f"« {small[1]} » ne fait ni indice ni exposant : il paraît tel quel", remedy, small[0]
    stars = _STARS.search(printed) if "**" in printed and r"\*" not in text else None
    if stars:
        remedy = "collez-les au premier et au dernier mot, dans le même paragraphe : **ces mots**"
        yield "LEC-46", "« ** » qui ne met rien en gras : il paraît tel quel", remedy, stars[0]
