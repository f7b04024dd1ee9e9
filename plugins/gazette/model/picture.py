"""A picture, a sound and a document as printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.media import Attachment, Image, Measure, Sound, Video

WIDTHS = (480, 960, 1600)
"""Pixels; a picture is never enlarged."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A declared picture and its printed files, by increasing width."""

    image: Image
    measure: Measure
    webp: tuple[tuple[str, int], ...]
    """(href, width in pixels)."""
    jpeg: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Derivative:
    """One printed file of a picture."""

    source: str
    """Path of the original, relative to the content folder."""
    digest: str
    """SHA-256 of the original."""
    width: int
    format: str
    """WEBP or JPEG."""


@dataclass(frozen=True, slots=True)
class Audio:
    """A declared sound and its printed file."""

    sound: Sound
    measure: Measure
    href: str


@dataclass(frozen=True, slots=True)
class Document:
    """A declared file to download and its printed copy."""

    attachment: Attachment
    measure: Measure
    href: str


@dataclass(frozen=True, slots=True)
class VideoCard:
    """A declared video, and the picture from here that announces it."""

    video: Video
    preview: Picture | None


@dataclass(frozen=True, slots=True)
class Recording:
    """The printed file of a sound or a document."""

    source: str
    """Path of the original, relative to the content folder."""
    digest: str
    """SHA-256 of the original."""
