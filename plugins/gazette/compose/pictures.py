"""The printed files of pictures and sounds, named by a key of the edition."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from gazette.model.feed import Enclosure
from gazette.model.picture import WIDTHS, Audio, Derivative, Picture, Recording
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from gazette.compose.desk import Desk
    from gazette.model.media import Image, Measure, Sound


def picture(desk: Desk, image: Image, *, is_absolute: bool = False) -> Picture | None:
    """Return the picture's printed files in this edition."""
    measure = desk.measures.get(image.digest)
    if measure is None or measure.fault:
        return None
    root = desk.audience.address if is_absolute else ""
    files = [(f"{root}{media_path(desk, image, width)}", width) for width in printed_widths(measure)]
    return Picture(image, measure, tuple((f"{p}.webp", w) for p, w in files), tuple((f"{p}.jpg", w) for p, w in files))


def media_path(desk: Desk, image: Image, width: int) -> str:
    """Return the path of a derivative, without extension; keyed, so that a file does not tell where it is printed."""
    name = hmac.new(desk.key, image.digest.encode(), hashlib.sha256).hexdigest()[:24]
    return f"media/{name}-{width}"


def derivatives(desk: Desk, image: Image) -> list[Sheet]:
    """Return the sheets that print the picture."""
    measure = desk.measures[image.digest]
    return [
        Sheet(
            f"{media_path(desk, image, width)}.{extension}",
            "image",
            Derivative(image.path, image.digest, width, form),
        )
        for width in printed_widths(measure)
        for extension, form in (("webp", "WEBP"), ("jpg", "JPEG"))
    ]


def printed_widths(measure: Measure) -> tuple[int, ...]:
    """Return the widths a picture is printed at, in pixels."""
    largest = min(measure.width, WIDTHS[-1])
    return (*(w for w in WIDTHS if w < largest), largest)


def audio(desk: Desk, sound: Sound, *, is_absolute: bool = False) -> Audio:
    """Return the sound's printed file in this edition."""
    root = desk.audience.address if is_absolute else ""
    return Audio(sound, desk.measures[sound.digest], root + sound_path(desk, sound))


def sound_path(desk: Desk, sound: Sound) -> str:
    """Return the path of a printed sound; keyed like a picture's."""
    name = hmac.new(desk.key, sound.digest.encode(), hashlib.sha256).hexdigest()[:24]
    return f"media/{name}.{desk.measures[sound.digest].format}"


def recording(desk: Desk, sound: Sound) -> Sheet:
    """Return the sheet that prints the sound."""
    return Sheet(sound_path(desk, sound), "sound", Recording(sound.path, sound.digest))


SOUND_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}
"""Media types (RFC 3003, RFC 4337, RFC 5334)."""


def enclosures(desk: Desk) -> dict[str, tuple[Enclosure, ...]]:
    """Return the sounds of every visible entry as this edition prints them, by the entry's path."""
    return {c.entry.path: tuple(_enclosure(desk, s) for s in c.entry.sounds) for c in desk.cleared if c.entry.sounds}


def _enclosure(desk: Desk, sound: Sound) -> Enclosure:
    heard = audio(desk, sound, is_absolute=True)
    told = heard.measure
    return Enclosure(heard.href, SOUND_TYPES[told.format], told.size, sound.caption, round(told.seconds))
