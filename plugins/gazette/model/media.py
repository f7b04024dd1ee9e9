"""What an entry shows besides its text: pictures, sounds, files to download and videos elsewhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

UNNAMED = frozenset({"aucune", "non_identifiables"})
"""Values of ``personnes`` that a face in the picture belies."""
_NEAR = 0.8
"""Likeness of two names of which one is a slip of the other."""
SEAL = 8
"""Characters of a digest that an author copies: enough to tell a file from the one that replaces it."""


def near_name(name: str, names: Iterable[str]) -> str:
    """Return the name that a slip of capitals, accents, extension or a letter makes ``name`` of; "" when none is near.

    A camera writes X.JPG, and a word processor saves x.jpeg.
    """
    path, others = PurePosixPath(name), sorted(names)
    same = [n for n in others if _folded(n) == _folded(name)]
    same += [n for n in others if _folded(str(PurePosixPath(n).with_suffix(""))) == _folded(str(path.with_suffix("")))]
    return next(iter([*same, *get_close_matches(name, others, 1, _NEAR)]), "") if path.name else ""


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """What an entry declares: who is in it decides whether it may be printed."""

    word: ClassVar[str] = ""
    """What authors call it."""
    key: ClassVar[str] = ""
    """Front-matter key of its list."""
    right: ClassVar[str] = ""
    """What an authorisation must be for when pupils are in it: image, voix, or "" for either."""

    file: str
    """As written in the front matter, beside the entry."""
    path: str
    """Relative to the content folder."""
    digest: str
    """SHA-256 of the file, or "" when it is missing."""
    caption: str = ""
    credit: str = ""
    licence: str = ""
    people: str = ""
    """aucune, non_identifiables, adultes, eleves, or "" when not declared."""
    authorisation: str = ""
    """Id of the authorisation, or ""."""
    is_pupil_work: bool = False
    near: str = ""
    """The file beside the text whose name this one is a slip of, where this one is missing; "" if none."""
    likeness_checked: str = ""
    """Head of the file's digest, from whoever looked and saw that it is not the withdrawn picture it looks like."""

    @property
    def seal(self) -> str:
        """Return what ``likeness_checked`` or ``faces_checked`` is for this file."""
        return self.digest[:SEAL]

    @property
    def is_of_pupils(self) -> bool:
        """Tell whether pupils are in it, or made it: an authorisation covers it."""
        return self.people == "eleves" or self.is_pupil_work


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Medium):
    """A picture."""

    word: ClassVar[str] = "image"
    key: ClassVar[str] = "images"
    right: ClassVar[str] = "image"

    alt: str | None
    """None: not declared; "": decorative."""
    faces_checked: str = ""
    """Head of the file's digest, from whoever looked and saw no face of a person; another file asks again."""

    @property
    def wants_look(self) -> bool:
        """Tell whether a face in it would belie what its author declared."""
        return bool(self.digest) and self.people in UNNAMED and self.faces_checked != self.seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Medium):
    """A recording."""

    word: ClassVar[str] = "son"
    key: ClassVar[str] = "sons"
    right: ClassVar[str] = "voix"

    transcript: str = ""
    """What is heard, in Markdown's plain words, or ""."""
    recorded: date | None = None
    """Day of the recording, where it is told: consent comes before (rule R22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Medium):
    """A file to download."""

    word: ClassVar[str] = "fichier"
    key: ClassVar[str] = "fichiers"
    right: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing(Medium):
    """A text that pupils wrote: a work of theirs, covered and withdrawn like a picture; no file is printed of it."""

    word: ClassVar[str] = "texte"
    key: ClassVar[str] = "autorisation"
    right: ClassVar[str] = "production"


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
    preview: str
    """Name of the declared picture that announces it, or ""."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What decoding a medium told, or why it cannot be printed."""

    width: int = 0
    """Pixels, upright; 0 for a sound."""
    height: int = 0
    fault: str = ""
    """A French reason, or ""."""
    remedy: str = ""
    """What to do about the fault, where saving the file again is not enough."""
    seconds: float = 0.0
    """Duration of a sound."""
    size: int = 0
    """Bytes of a sound or a document as printed."""
    format: str = ""
    """Extension of a sound or a document as printed."""
    text: str = field(default="", repr=False)
    """Words of a document, pages parted by form feeds: for the gate, which looks at them; no page shows them."""
    lacks: tuple[str, ...] = ()
    """What a document lacks for those who cannot see, in French."""
    likeness: str = ""
    """Perceptual hash of a picture, 64 bits in hexadecimal; "" when it shows too little to be known again."""
    likenesses: tuple[str, ...] = ()
    """The same of a picture turned and mirrored, or of each picture within a document."""
    loudness: float = 0.0
    """Mean level of a sound in decibels under full scale; 0 when it is not known."""
