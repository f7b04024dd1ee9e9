"""Reads one file's bytes within limits: a process of its own, since foreign libraries read foreign bytes here."""

from __future__ import annotations

import html
import re
from typing import Any

from gazette.model.text import clean
from gazette.pool import serve
from gazette.read.frontmatter import FrontMatter, front_matter, with_line_feeds
from gazette.read.limits import CPU_LIMIT, MEMORY_LIMIT, SIZE_LIMIT
from gazette.read.render import render, renew

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")
"""What XML 1.0 (§2.2) and YAML forbid, and nobody types on purpose."""
_COPY = "copiez le texte dans un fichier .md"
_EXPORT = "ouvrez-le, copiez-en le texte dans un fichier .md, ou joignez-le sous son vrai nom (fichiers:)"
_IMAGE = "rendez-lui son nom, et écrivez le texte à côté"
_WIDE = ("LEC-10", "ce texte est en UTF-16 (« Unicode » du Bloc-notes)", "enregistrez-le sous, encodage UTF-8")
_UNKNOWN = ("LEC-10", "ce n'est pas du texte, mais un document ou une image", _COPY)
_FOREIGN = {
    b"\xff\xfe": _WIDE,
    b"\xfe\xff": _WIDE,
    b"%PDF-": ("LEC-10", "ce n'est pas du texte, mais un PDF renommé", _EXPORT),
    b"{\\rtf": ("LEC-10", "ce n'est pas du texte simple, mais un document RTF (WordPad, TextEdit) renommé", _EXPORT),
    b"PK\x03\x04": ("LEC-10", "ce n'est pas du texte, mais un document Word ou LibreOffice renommé", _EXPORT),
    b"\xd0\xcf\x11\xe0": ("LEC-10", "ce n'est pas du texte, mais un document Word d'avant 2007 renommé", _EXPORT),
    b"\x89PNG": ("LEC-10", "ce n'est pas du texte, mais une image renommée", _IMAGE),
    b"\xff\xd8\xff": ("LEC-10", "ce n'est pas du texte, mais une image renommée", _IMAGE),
    b"<!DOCTYPE": ("LEC-10", "ce n'est pas du Markdown, mais une page Web renommée", _COPY),
    b"<html": ("LEC-10", "ce n'est pas du Markdown, mais une page Web renommée", _COPY),
}
"""How files of other programs begin, what they are, and what to do with them."""
_EXCESSES: dict[type[Exception], str] = {RecursionError: "trop profond", MemoryError: "trop lourd"}


def parse(data: bytes) -> dict[str, Any]:
    """Return ``{front, places, faults, body}`` of a file, ready for JSON; ``body`` is None when it cannot be read."""
    text, fault = _decode(data)
    if fault:
        return {"front": {}, "places": [], "faults": [fault], "body": None}
    matter = front_matter(text)
    faults = [(f.code, f.message, f.remedy, f.line, f.column) for f in matter.faults]
    body: dict[str, Any] | None = None
    try:
        body = render(clean(matter.body))
        faults += [(code, what, remedy, _line(matter, needle), 1) for code, what, remedy, needle in body.pop("faults")]
        for reference in body["references"]:
            reference["line"] = _line(matter, reference["target"] or f"#{reference['fragment']}")
    except Exception as error:  # noqa: BLE001  # foreign bytes in a foreign library: this text's fault
        renew()
        what = next((word for kind, word in _EXCESSES.items() if isinstance(error, kind)), "illisible")
        remedy = "simplifiez le texte (listes et citations imbriquées, HTML)"
        faults.append(("LEC-11", f"texte {what} pour Markdown", remedy, matter.body_line, 1))
    return {
        "front": matter.values,
        "places": [(list(path), line, column) for path, (line, column) in matter.places.items()],
        "faults": faults,
        "body": body,
    }


def _line(matter: FrontMatter, needle: str) -> int:
    """Return the line of the file where the body first has this text."""
    body = matter.body if needle in matter.body else html.unescape(matter.body)
    return matter.body_line + body.count("\n", 0, max(body.find(needle), 0))


def _is_wide(data: bytes) -> bool:
    """Tell whether bytes look like text of two bytes a letter: in French one of the two is nearly always nought."""
    head = data[:200]
    return max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.4


def _decode(data: bytes) -> tuple[str, tuple[str, str, str, int, int] | None]:
    """Return the text of UTF-8 bytes with LF line ends, or why they cannot be one."""
    if len(data) > SIZE_LIMIT:
        return "", ("LEC-10", "fichier de plus de 1 Mo", "découpez le texte, et mettez les images à côté", 1, 1)
    foreign = next((told for head, told in _FOREIGN.items() if data.startswith(head)), None)
    if foreign is None and b"\0" in data:
        foreign = _WIDE if _is_wide(data) else _UNKNOWN
    if foreign:
        return "", (*foreign, 1, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (
            "LEC-10",
            "accents illisibles : ce texte n'est pas en UTF-8",
            "enregistrez le fichier avec l'encodage UTF-8",
            line,
            1,
        )
    text = with_line_feeds(text)
    control = _CONTROL.search(text)
    if control:
        line, column = text.count("\n", 0, control.start()) + 1, control.start() - text.rfind("\n", 0, control.start())
        message = f"caractère de contrôle invisible (U+{ord(control[0]):04X})"
        return "", ("LEC-10", message, "effacez-le, ou retapez cette ligne", line, column)
    return text, None


if __name__ == "__main__":
    serve(parse, seconds=CPU_LIMIT, memory=MEMORY_LIMIT)
