"""Pictures and videos an entry declares."""

from __future__ import annotations

from dataclasses import dataclass

UNNAMED = frozenset({"aucune", "non_identifiables"})
"""Values of ``personnes`` that a face in the picture belies."""
SEAL = 8
"""Characters of a digest that an author copies: enough to tell a file from the one that replaces it."""


@dataclass(frozen=True, slots=True)
class Image:
    """A declared picture; who is in it decides whether it may be printed."""

    file: str
    """As written in the front matter, beside the entry."""
    path: str
    """Relative to the content folder."""
    digest: str
    """SHA-256 of the file, or "" when it is missing."""
    alt: str | None
    """None: not declared; "": decorative."""
    caption: str
    credit: str
    licence: str
    people: str
    """aucune, non_identifiables, adultes, eleves, or "" when not declared."""
    authorisation: str
    """Id of the authorisation, or ""."""
    is_pupil_work: bool
    faces_checked: str = ""
    """Head of the file's digest, from whoever looked and saw no face of a person; another file asks again."""

    @property
    def seal(self) -> str:
        """Return what ``faces_checked`` is for this file."""
        return self.digest[:SEAL]

    @property
    def wants_look(self) -> bool:
        """Tell whether a face in it would belie what its author declared."""
        return bool(self.digest) and self.people in UNNAMED and self.faces_checked != self.seal


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is in a picture held upright, in fractions of its sides; never whose: nothing is compared."""

    left: float
    top: float
    width: float
    height: float

    @property
    def where(self) -> str:
        """Return its place in French: « en haut à gauche »."""
        row = ("en haut", "au milieu", "en bas")[min(2, int(3 * (self.top + self.height / 2)))]
        column = ("à gauche", "au centre", "à droite")[min(2, int(3 * (self.left + self.width / 2)))]
        return "au centre" if (row, column) == ("au milieu", "au centre") else f"{row} {column}"


@dataclass(frozen=True, slots=True)
class Look:
    """What looking for faces in a picture told: advice, since backs, masks and profiles are not seen."""

    faces: tuple[Face, ...]
    """From top to bottom by thirds, then from left to right."""
    fault: str = ""
    """Why nobody could look, in French, or ""."""


@dataclass(frozen=True, slots=True)
class Video:
    """A link card; a player is never embedded (rule R28)."""

    url: str
    title: str
    duration: str
    has_captions: bool
    transcript: str
    """An address or a relative link, or ""."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What decoding a picture told: its size upright, in pixels, or why it cannot be printed."""

    width: int
    height: int
    fault: str = ""
    """A French reason, or ""."""
