"""A finding as the browser's editor tells it: whoever fills a form in knows its fields, not the lines of a file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypedDict

from gazette.admin.config import BODY, WORDS, label
from gazette.read.forms import Form, kinds
from gazette.read.frontmatter import front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gazette.model.finding import Finding

_KEY = re.compile(r"(?<!\w)([a-z_]+):(?!//)( ?)([^;:]*?)(?=;|[a-z_]+:|\Z)")
"""A key in a message, and what stands after it: « personnes: aucune, adultes ou eleves »."""

_LINKING = re.compile(r"(?:et|ou|avec|sans|dans|pour|à|de|du|qui|est|a|ne)\b")
"""Words that go on with the sentence rather than say a value."""


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
    return Said(fichier=place.file, champ=field, message=in_words(finding.message), remede=in_words(finding.remedy))


def in_words(told: str) -> str:
    """Return a message with keys and choices as the form shows them: « Personnes » : personne, adultes ou élèves."""
    return _KEY.sub(_shown, told)


def _shown(found: re.Match[str]) -> str:
    """Return a key as its label, and the choices after it as theirs; what is no key of a form stays."""
    key, space, after = found.groups()
    if key not in _choices():
        return found[0]
    value = re.sub(r"\w+", lambda word: WORDS.get(word[0], word[0]) if word[0] in _choices()[key] else word[0], after)
    goes_on = not after or _LINKING.match(after)
    return f"« {label(key)} »{space}{value}" if goes_on else f"« {label(key)} »{space and ' : '}{value}"


@cache
def _choices() -> dict[str, frozenset[str]]:
    """Return every key of every form, with what it may be chosen from."""
    known: dict[str, frozenset[str]] = {}
    for form in (one for table in kinds().values() for one in _every(table)):
        known[form.key] = known.get(form.key, frozenset()) | {*form.choices}
    return known


def _every(table: Iterable[Form]) -> Iterator[Form]:
    """Yield the forms of a table, and of those within."""
    for form in table:
        yield form
        yield from _every(form.inner)


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
