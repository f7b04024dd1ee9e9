"""A Markdown file of a school's own → an item: an allow-list of keys, and its text made safe by the reader's own means.

What asks for fewer readers than everybody is left aside: a source cannot tell for whom we print, so it is not printed.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazette.model.depeche import Appointment
from gazette.model.text import clean, clean_line, slug
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import prose

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES, ENTRIES = 500, 20_000
"""Texts that one source may hold; files of any kind (G5, G7)."""
SIZE, PICTURE_SIZE = 1024 * 1024, 20 * 1024 * 1024
"""Bytes of a text, of a picture."""
DEPTH, PATH = 8, 250
"""Folders within each other, bytes of a path."""
NOT_ARTICLES = frozenset({"readme.md", "license.md", "licence.md", "contributing.md", "changelog.md", "codeowners.md"})
WITHIN = "https://source.invalid/"
"""Stands before the path of a picture of the source itself."""
_FENCE = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2})[:h](\d{2}))?")
_TITLES, _SUMMARIES = ("titre", "title"), ("resume", "résumé", "summary", "description")
_KNOWN = frozenset({*_TITLES, *_SUMMARIES, "date", "niveaux", "mots_cles", "tags", "fil", "evenements", "images"})
_STATES = {"publie", "published", "publié", "public"}
_READERS = ("edition", "audience", "diffusion", "visibilite", "visibility", "prive", "private", "acces", "access")
_UNREADABLE = frozenset(
    {"LEC-01", "LEC-03", "LEC-04", "LEC-05", "LEC-06", "LEC-10", "LEC-11", "LEC-12", "LEC-63", "LEC-64"}
)
_ACTIVE = frozenset({"LEC-20", "LEC-21", "LEC-22", "LEC-23"})
_SOURCE = re.compile(r'(src|href)="gazette:(\d+)"')


@dataclass(slots=True)
class Listing:
    """The files of a source, as far as its limits."""

    texts: dict[str, str] = field(default_factory=dict)
    """By path, what opens each: a blob's id, or the path itself."""
    pictures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    folded: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, opens: str, size: int) -> None:
        """Take a plain file, if it is one to read."""
        told = shown(path)
        parts = path.split("/")
        if any(part.startswith(".") for part in parts) or not path.isprintable():
            if path.endswith(".md"):
                self.notes.append(f"{told} : nom de fichier refusé")
        elif len(parts) > DEPTH or len(path.encode()) > PATH:
            self.notes.append(f"{told} : chemin trop long")
        elif path.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif")):
            self._picture(path, told, opens, size)
        elif path.endswith(".md") and parts[-1].lower() not in NOT_ARTICLES:
            self._text(path, told, opens, size)

        elif size > PICTURE_SIZE:
            self.notes.append(f"{told} : plus de {PICTURE_SIZE >> 20} Mo, laissé où il est")

    def _picture(self, path: str, told: str, opens: str, size: int) -> None:
        if size > PICTURE_SIZE:
            self.notes.append(f"{told} : image de plus de {PICTURE_SIZE >> 20} Mo")
        else:
            self.pictures[path] = opens

    def _text(self, path: str, told: str, opens: str, size: int) -> None:
        folded = unicodedata.normalize("NFC", path).casefold()
        if size > SIZE:
            self.notes.append(f"{told} : plus de 1 Mo")
        elif folded in self.folded:
            self.notes.append(f"{told} : même nom que {shown(self.folded[folded])}")
        elif len(self.texts) == FILES:
            self.notes.append(f"plus de {FILES} articles : les premiers, par nom, sont lus")
            self.folded[folded] = path
        elif len(self.texts) < FILES:
            self.folded[folded] = path
            self.texts[path] = opens


def shown(path: str) -> str:
    """Return a path as a message may quote it: short, on one line, without what turns or hides letters."""
    text = clean_line("".join(c if c.isprintable() else "?" for c in path))
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004  # a line of a report


def article(path: str, data: bytes, parsed: Mapping[str, Any] | None, pictures: Mapping[str, str]) -> Item | str:
    """Return the item that a file tells, or why it is left aside, in French; "" for a draft."""
    told = shown(path)
    if data.startswith(b"version https://git-lfs"):
        return f"{told} : fichier LFS, qui n’est pas dans le dépôt"
    fault = next((f for f in parsed["faults"] if f[0] in _UNREADABLE), None) if parsed else None
    if parsed is None or fault or parsed["body"] is None:
        return f"{told} : {fault[1] if fault else 'trop lourd à lire (plus de 5 s ou de 300 Mo)'}"
    front = {str(key).lower(): value for key, value in parsed["front"].items()}
    state = str(front.get("statut", front.get("status", "publie"))).lower()
    if state not in _STATES or front.get("draft") is True or str(front.get("brouillon", "")).lower() in {"oui", "true"}:
        return ""
    asked = next((key for key in _READERS if key in front and str(front[key]).lower() != "public"), "")
    if asked:
        return f"{told} : demande des lecteurs choisis ({asked}:), ce qu’une source ne peut pas obtenir"
    date = moment(front.get("date"))
    if not date:
        return f"{told} : sans date lisible"
    markdown, images = _text(path, data, parsed, pictures)
    return Item(
        id=path.removesuffix(".md").removesuffix("/index"),
        title=_line(front, _TITLES),
        date=date,
        summary=_line(front, _SUMMARIES),
        markdown=markdown,
        pictures=images,
        levels=_words(front.get("niveaux")),
        keywords=_words(front.get("mots_cles", front.get("tags"))),
        fil=str(front.get("fil", ""))[:90],
        events=tuple(_events(front.get("evenements"), path)),
    )


def ignored(parsed: Mapping[str, Any]) -> list[str]:
    """Return the keys of a front matter that nothing is made of."""
    return sorted(clean_line(str(key))[:30] for key in parsed["front"] if str(key).lower() not in _KNOWN)


def _text(path: str, data: bytes, parsed: Mapping[str, Any], pictures: Mapping[str, str]) -> tuple[str, Any]:
    """Return the text as it was written; from its safe HTML where it held pictures, links of its own or active HTML."""
    body = parsed["body"]
    is_plain = not body["references"] and not {f[0] for f in parsed["faults"]} & _ACTIVE
    if is_plain:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return clean(_FENCE.sub("", text)).strip("\n"), ()

    def address(found: re.Match[str]) -> str:
        reference = body["references"][int(found[2])]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), reference["target"]))
        known = reference["kind"] == "image" and pictures.get(target)
        return f'{found[1]}="{WITHIN}{known}"' if known else f'{found[1]}=""'

    written = prose(_SOURCE.sub(address, body["html"]))
    return written.markdown, written.pictures


def _line(front: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    value = next((front[key] for key in keys if isinstance(front.get(key), str | int)), "")
    return clean_line(str(value))


def _words(value: object) -> tuple[str, ...]:
    told = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(clean_line(str(word))[:60] for word in told[:20] if isinstance(word, str | int))


def moment(value: object) -> str:
    """Return AAAA-MM-JJ[ HH:MM] when the value is such a moment, else ""."""
    found = _MOMENT.fullmatch(str(value).strip()[:16])
    try:
        day = dt.date.fromisoformat(found[1]) if found else None
        hour = dt.time(int(found[2]), int(found[3])) if found and found[2] else None
    except ValueError:
        return ""
    if day is None or not 2000 <= day.year <= 2100:  # noqa: PLR2004  # what a front matter may hold
        return ""
    return f"{day}" + (f" {hour:%H:%M}" if hour else "")


def _events(value: object, path: str) -> list[Appointment]:
    found = []
    stem = slug(path.removesuffix(".md"))[-60:].strip("-")
    for rank, row in enumerate(value[:20] if isinstance(value, list) else [], 1):
        start = moment(row.get("debut")) if isinstance(row, dict) else ""
        if start:
            title, place = (clean_line(str(row.get(key, "")))[:200] for key in ("titre", "lieu"))
            end = moment(row.get("fin"))
            found.append(Appointment(f"{stem}-{rank}", title, start, end if end >= start else "", place))
    return found
