"""What a page owes its readers whatever theme prints it: rules R1, R40, R43 to R48 and R53 (RGAA; DSFR, conditions)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEGAL = {
    "mentions-legales/": "mentions légales",
    "donnees-personnelles/": "données personnelles",
    "accessibilite/": "accessibilité",
    "plan-du-site/": "plan du site",
}
"""Pages that every foot of page leads to, and their names."""
STATE_FILE = re.compile(r"(?:\A|/)(?:dsfr|marianne)[^/]*\Z", re.IGNORECASE)
"""Names of what the State's own sites alone may print."""
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1>", re.DOTALL)
_MARK = re.compile(r"<(html|h[1-6]|main|img|th|audio|video)\b([^>]*)>")
_TITLE = re.compile(r"<title>\s*[^<\s]")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r'\s(?:aria-label|aria-labelledby)="[^"]')
_LANG = re.compile(r'\slang="([^"]*)"')
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')
_MENTION = re.compile(r"Accessibilité[ \u00a0\u202f]: (?:non|partiellement|totalement) conforme")
_STATE_WORDS = "fr-logo", "fr-header", "fr-footer", "Marianne", "marianne", "dsfr"
_STATE = re.compile(
    r'class="(?:[^"]* )?fr-(?:logo|header|footer)\b|(?:href|src)="[^"]*(?:dsfr|marianne)[^"/]*"', re.IGNORECASE
)


def misbuilt(path: str, data: bytes) -> str:
    """Return in French the first thing that a printed page lacks, or ""."""
    if not path.endswith(".html"):
        return ""
    text = _HIDDEN.sub("", data.decode("utf-8"))
    marks = _MARK.findall(text)
    checks = (_head(text, marks), _foot(path, text), _outline(marks), _parts(marks), _links(text))
    return next((fault for check in checks for fault in check), "")


def _head(text: str, marks: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what the page as a whole lacks (R43, R44, R53)."""
    if not any(tag == "html" and ' lang="fr"' in told for tag, told in marks):
        yield 'la page ne dit pas sa langue (lang="fr")'
    if not all(_LANGUAGE.fullmatch(language) for language in set(_LANG.findall(text))):
        yield "une langue (lang) qui n’existe pas"
    if not _TITLE.search(text):
        yield "pas de titre (<title>)"
    if [tag for tag, _ in marks].count("main") != 1:
        yield "il faut un <main>, et un seul"
    first = _HREF.search(text)
    if first is None or not first[1].startswith("#"):
        yield "le premier lien ne mène pas au contenu"
    if any(word in text for word in _STATE_WORDS) and _STATE.search(text):
        yield "l’identité de l’État (Marianne, DSFR), que ses propres sites portent seuls"


def _foot(path: str, text: str) -> Iterator[str]:
    """Yield what the foot of the page does not lead to, and the mention that the home page lacks (R1, R40)."""
    hrefs = ["/" + href.partition("#")[0] for href in _HREF.findall(text.rpartition("<footer")[2])]
    missing = [name for page, name in LEGAL.items() if not any(href.endswith(f"/{page}") for href in hrefs)]
    here = next((name for page, name in LEGAL.items() if path == f"{page}index.html"), "")
    if missing and missing != [here]:
        yield f"le pied de page ne mène pas à : {', '.join(missing)}"
    if path == "index.html" and len(_MENTION.findall(text)) != 1:
        yield "l’accueil ne dit pas, une seule fois, « Accessibilité : … conforme »"


def _outline(marks: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is wrong with the headings (R44)."""
    levels = [int(tag[1]) for tag, _ in marks if tag[1:].isdigit()]
    if levels.count(1) != 1:
        yield "il faut un titre de page (<h1>), et un seul"
    if any(below - above > 1 for above, below in pairwise(levels)):
        yield "un niveau de titre est sauté"


def _parts(marks: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what pictures, sounds and tables lack (R45, R46, R48)."""
    for tag, told in marks:
        if tag == "img" and ' alt="' not in told:
            yield "une image sans alternative (alt)"
        elif tag in {"audio", "video"} and (" autoplay" in told or " controls" not in told):
            yield "un son ou une vidéo qui part seul, ou sans boutons"
        elif tag == "th" and ' scope="' not in told:
            yield "un en-tête de tableau sans portée (scope)"


def _links(text: str) -> Iterator[str]:
    """Yield what is wrong with links (R47); what a picture says is its author's, and the gate's (R45)."""
    for told, said in _LINK.findall(text):
        if not (_TAG.sub("", said).strip() or "<img" in said or _NAMED.search(told)):
            yield "un lien sans nom"
        if 'target="_blank"' in told and "nouve" not in told + said:
            yield "un lien ouvre une autre fenêtre sans le dire"
