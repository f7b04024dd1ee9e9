"""Documents to download: what is printed holds their pages and nothing else that their files told of who made them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

HEAVIEST = 20_000_000
"""Bytes of a file."""
LONGEST = 1_000_000
"""Characters that are read, and looked at for personal data."""
OLD = b"\xd0\xcf\x11\xe0"
PLAIN = frozenset({"csv", "txt"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def print_document(source: Path, target: Path) -> dict[str, Any]:
    """Write the document without its metadata, and return ``{format, text, lacks}``."""
    if source.stat().st_size > HEAVIEST:
        raise UnreadableError("trop lourd (plus de 20 Mo)", "allégez ses images, ou découpez-le")
    data = source.read_bytes()
    if b"%PDF-" in data[:1024]:
        from gazette.press.pdf import print_pdf  # noqa: PLC0415  # for nothing where documents are of another kind

        told = {"format": "pdf", **print_pdf(data, target)}
    elif data.startswith(b"PK\3\4"):
        from gazette.press.office import print_office  # noqa: PLC0415

        told = {"lacks": [], **print_office(data, target)}
    elif data.startswith(OLD):
        raise UnreadableError("d'un format ancien (.doc, .xls, .ppt), ou protégé", "enregistrez-le en PDF")
    else:
        told = {"format": _plain_form(source), "lacks": [], "text": _plain(data)}
        target.write_text(told["text"], "utf-8", newline="")
    if len(told["text"]) > LONGEST:
        raise UnreadableError("trop long pour être vérifié", "découpez-le, ou liez le site qui le publie")
    return told


def _plain_form(source: Path) -> str:
    form = source.suffix.lower().removeprefix(".")
    if form not in PLAIN:
        remedy = "enregistrez-le en PDF ; les images vont dans images:, les sons dans sons:"
        raise UnreadableError("ni PDF, ni document de bureautique, ni CSV, ni texte", remedy)
    return form


def _plain(data: bytes) -> str:
    """Return the characters of a text, in UTF-8 or as older spreadsheets write them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if _CONTROL.search(text):
        raise UnreadableError("n'est pas un texte en UTF-8", "enregistrez-le en UTF-8, ou en PDF")
    return text
