"""A finding as the browser's editor tells it: whoever fills a form in knows its fields, not the lines of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from gazette.admin.config import BODY, label
from gazette.read.frontmatter import front_matter

if TYPE_CHECKING:
    from pathlib import Path

    from gazette.model.finding import Finding


class Said(TypedDict):
    """What the editor's panel is told of one finding."""

    fichier: str
    """Path relative to the content folder."""
    champ: str
    """Label of its field, « Images 1, texte alternatif »; "" where it bears on the whole, or on no text."""
    message: str
    remede: str


def said(finding: Finding, content: Path) -> Said:
    """Return a finding for the editor."""
    place = finding.place
    path = content / place.file
    try:
        text = path.read_text("utf-8") if path.suffix == ".md" else ""
    except (OSError, ValueError):  # gone since, or no text
        text = ""
    field = field_at(text, place.line) if place.line > 1 else ""
    return Said(fichier=place.file, champ=field, message=finding.message, remede=finding.remedy)


def field_at(text: str, line: int) -> str:
    """Return the label of the field that a line of a file (from 1) belongs to; "" where none does."""
    found = front_matter(text)
    if line >= found.body_line:
        return BODY if found.places else ""
    before = [(place[0], len(path), path) for path, place in found.places.items() if place[0] <= line]
    if not before:
        return ""
    path = max(before, key=lambda one: one[:2])[2]
    item = path[:-1]
    if item and isinstance(item[-1], int) and found.places[item][0] == found.places[path][0]:
        path = item  # the line of its first key is also its own
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(label(part))
    return ", ".join(word if rank == 0 else word[:1].lower() + word[1:] for rank, word in enumerate(words))
