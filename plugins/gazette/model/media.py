"""Pictures and videos an entry declares."""

from __future__ import annotations

from dataclasses import dataclass


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
