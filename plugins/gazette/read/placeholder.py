"""The words that a new draft holds in place of its author's: published, they would be read by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazette.model.finding import Finding, Place, Severity
from gazette.read.frontmatter import body_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VALUES = frozenset(
    {
        "À écrire.",
        "Nom de l'outil",
        "Qui le fait",
        "https://exemple.fr/",
        "Ouvrir l'outil.",
        "école à préciser",
        "ce que montre l'image",
        "ce que montre le dessin",
        "À COMPLÉTER",
    }
)
"""Values of a draft's front matter that mean nothing yet."""
LINES = (
    "Le texte commence ici. Un titre de partie s'écrit avec deux dièses :",
    "## Une partie",
    "- une liste",
    "- avec des tirets",
    "Un lien vers un autre article passe par son fichier :",
    "Ce que l'on demande à chaque classe, en trois points.",
    "Le texte de la classe.",
)
"""Beginnings of the lines of its text."""


def placeholders(
    path: str, front: Mapping[str, Any], places: Mapping[tuple[Any, ...], tuple[int, int]], source: str
) -> Iterator[Finding]:
    """Tell the words of the model that are left: each costs a text that would be published; of a draft, one remark."""
    body = body_of(source).replace("’", "'")
    first = source.count("\n", 0, len(source) - len(body)) + 1
    severity = Severity.REFUSE if front.get("statut") == "publie" else Severity.NOTE
    found = [(place, value) for place, value in _values(front, ()) if value in VALUES]
    told = [(places.get(place, (1, 1)), value) for place, value in found]
    left = tuple(words for words in LINES if words in body)
    for row, line in enumerate(body.split("\n"), first) if left else ():
        told += [((row, 1), words) for words in left if line.startswith(words)]
    remedy = "remplacez-les par les vôtres, ou ôtez-les"
    others = sorted({row for (row, _), _ in told[1:]})
    for (row, column), words in told:
        message = f"« {words[:40]} » : ces mots sont ceux du modèle"
        if severity is Severity.NOTE and others:
            message = f"{message}, comme {_said(others)}"
        yield Finding("LEC-47", severity, Place(path, row, column), message, remedy)
        if severity is Severity.NOTE:
            return


def _said(rows: list[int]) -> str:
    """Return « aux lignes 8, 28 et 30 »."""
    *first, last = map(str, rows)
    return f"aux lignes {', '.join(first)} et {last}" if first else f"à la ligne {last}"


def _values(value: object, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield each text of a front matter, with its place."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _values(held, (*place, key))
    elif isinstance(value, list):
        for rank, held in enumerate(value):
            yield from _values(held, (*place, rank))
    elif isinstance(value, str):
        yield place, value.replace("’", "'")
