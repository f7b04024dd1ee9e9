"""The printed files of pictures, sounds and documents, named by a key of the edition."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from gazette.model.feed import Enclosure
from gazette.model.media import Sound
from gazette.model.picture import WIDTHS, Audio, Derivative, Document, Picture, Recording, VideoCard
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from gazette.compose.desk import Desk
    from gazette.model.entry import Entry
    from gazette.model.media import Attachment, Image, Measure


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


def audio(desk: Desk, sound: Sound) -> Audio:
    """Return the sound's printed file in this edition."""
    return Audio(sound, desk.measures[sound.digest], copy_path(desk, sound))


def video_cards(desk: Desk, entry: Entry) -> tuple[VideoCard, ...]:
    """Return the videos of an entry, each with its picture from here, if it has one that may be shown."""
    images = {image.file: picture(desk, image) for image in entry.images}
    return tuple(VideoCard(video, images.get(video.preview)) for video in entry.videos)


def document(desk: Desk, attachment: Attachment) -> Document:
    """Return the printed copy of a file to download in this edition."""
    return Document(attachment, desk.measures[attachment.digest], copy_path(desk, attachment))


def copy_path(desk: Desk, medium: Sound | Attachment) -> str:
    """Return the path of a printed sound or document; keyed like a picture's."""
    name = hmac.new(desk.key, medium.digest.encode(), hashlib.sha256).hexdigest()[:24]
    return f"media/{name}.{desk.measures[medium.digest].format}"


def copies(desk: Desk, entry: Entry) -> list[Sheet]:
    """Return the sheets that print the sounds and the documents of an entry."""
    forms = [(sound, "sound") for sound in entry.sounds] + [(file, "document") for file in entry.attachments]
    return [Sheet(copy_path(desk, m), form, Recording(m.path, m.digest)) for m, form in forms]


MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Media types, as IANA registers them."""


def enclosures(desk: Desk) -> dict[str, tuple[Enclosure, ...]]:
    """Return the sounds, then the documents, of every visible entry as this edition prints them, by its path."""
    return {
        c.entry.path: (
            *(_enclosure(desk, sound) for sound in c.entry.sounds),
            *(_enclosure(desk, file) for file in c.entry.attachments),
        )
        for c in desk.cleared
        if c.entry.sounds or c.entry.attachments
    }


def _enclosure(desk: Desk, medium: Sound | Attachment) -> Enclosure:
    told = desk.measures[medium.digest]
    href = desk.audience.address + copy_path(desk, medium)
    transcript = medium.transcript.strip() if isinstance(medium, Sound) else ""
    return Enclosure(href, MEDIA_TYPES[told.format], told.size, medium.caption, round(told.seconds), transcript)


def beside(desk: Desk, entry: Entry, path: str) -> str:
    """Return where a link of the text to a file beside it leads: a sound's player, a document's copy; "" elsewhere."""
    for rank, sound in enumerate(entry.sounds, 1):
        if sound.path == path:
            return f"#son-{rank}"
    return next((copy_path(desk, file) for file in entry.attachments if file.path == path), "")
