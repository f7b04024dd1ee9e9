"""Writes a copy of a picture in which chosen faces are no more: nothing of them is left to be had back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gazette.errors import ConfigurationError
from gazette.press.images import upright
from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazette.model.media import Face
    from gazette.press.faces import Eyes

FORMS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""What a copy may be written as, by the end of its name."""
QUALITY = 92
CELLS = (4, 2, 1)
"""Cells across what is covered: each try leaves less, until no face is seen there."""
MARGIN = 0.5
"""Part of a face's sides covered besides, for hair, ears and chin; the ellipse then holds the whole box."""
SHOWN = 1600
"""Points of the longest side of the numbered picture."""


def copy_name(source: Path, wanted: str = "", *, is_replaced: bool = False) -> Path:
    """Return where the copy goes: beside the picture, or as asked; raise ConfigurationError when it may not."""
    target = Path(wanted) if wanted else source.with_name(f"{source.stem}-floute.jpg")
    if target.suffix.lower() not in FORMS:
        raise ConfigurationError(f"{target} : donnez un nom en .jpg, .png ou .webp")
    if target.resolve() == source.resolve():
        raise ConfigurationError(f"{target} : l'original n'est jamais changé ; donnez un autre nom")
    if target.exists() and not is_replaced:
        raise ConfigurationError(f"{target} existe déjà ; ajoutez --remplacer, ou donnez un autre nom par --vers")
    return target


def chosen(faces: Sequence[Face], numbers: str) -> tuple[Face, ...]:
    """Return the faces of these numbers, as in « 1,3 », all without any; raise ConfigurationError for one unknown."""
    words = [word for word in numbers.replace(",", " ").split() if word]
    unknown = [word for word in words if not (word.isdecimal() and 1 <= int(word) <= len(faces))]
    if unknown or (numbers and not words):
        raise ConfigurationError(
            f"--visages {numbers} : {len(faces)} visage(s) vu(s) ; donnez leurs numéros, comme 1,3"
        )
    return tuple(faces[rank - 1] for rank in sorted({int(word) for word in words})) if words else tuple(faces)


def blur(source: Path, target: Path, faces: Sequence[Face], eyes: Eyes) -> bool:
    """Write a copy with these faces covered; tell whether no face is seen there any more.

    It is whole or not there; it has the size of the picture, upright, and nothing of the file but its pixels.
    """
    picture = _opened(source)
    staged = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        for cells in CELLS:
            _save(_covered(picture, faces, cells), staged, FORMS[target.suffix.lower()])
            left = eyes.look(staged)
            is_clean = not left.fault and not any(_meet(one, other) for one in left.faces for other in faces)
            if is_clean:
                break
        staged.replace(target)
    finally:
        staged.unlink(missing_ok=True)
    return is_clean


def number(source: Path, target: Path, faces: Sequence[Face]) -> None:
    """Write a small copy in which each face is framed under its number: it shows them, and is not to be kept."""
    picture = _opened(source)
    picture.thumbnail((SHOWN, SHOWN))
    size = max(12, max(picture.size) // 50)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for rank, face in enumerate(faces, 1):
        box = _around(picture, face, 0)
        draw.rectangle(box, outline="yellow", width=3)
        where = (max(0, box[0]), max(0, box[1] - size - 6))
        draw.rectangle(draw.textbbox(where, f" {rank} ", font), fill="black")
        draw.text(where, f" {rank} ", "yellow", font)
    _save(picture, target, "JPEG")


def _opened(source: Path) -> Image.Image:
    try:
        return upright(source, is_whole=True)
    except UnreadableError as error:
        raise ConfigurationError(f"{source} : image {error}") from error


def _around(picture: Image.Image, face: Face, margin: float) -> tuple[int, int, int, int]:
    """Return a face's box in points with a margin on each side; a face at the edge goes past it."""
    wide, tall = face.width * margin / 2, face.height * margin / 2
    left, top = int((face.left - wide) * picture.width) - 1, int((face.top - tall) * picture.height) - 1
    right = round((face.left + face.width + wide) * picture.width) + 1
    return left, top, right, round((face.top + face.height + tall) * picture.height) + 1


def _covered(picture: Image.Image, faces: Sequence[Face], cells: int) -> Image.Image:
    """Return a copy whose faces are averages of large cells, blurred together, in ellipses."""
    made = picture.copy()
    for face in faces:
        left, top, right, bottom = _around(picture, face, MARGIN)
        box = max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)
        part = picture.crop(box)
        few = part.resize((cells, max(1, round(cells * part.height / part.width))), Image.Resampling.BOX)
        blind = few.resize(part.size, Image.Resampling.NEAREST)
        blind = blind.filter(ImageFilter.GaussianBlur(max(part.size) / cells / 2))
        mask = Image.new("L", part.size)
        ImageDraw.Draw(mask).ellipse((left - box[0], top - box[1], right - box[0], bottom - box[1]), fill=255)
        made.paste(blind, box, mask)
    return made


def _save(picture: Image.Image, path: Path, form: str) -> None:
    picture.info = {}
    picture.save(path, form, quality=QUALITY, optimize=True, exif=b"", icc_profile=None)


def _meet(one: Face, other: Face) -> bool:
    """Tell whether the centre of a face is within another's box."""
    x, y = one.left + one.width / 2, one.top + one.height / 2
    return other.left <= x <= other.left + other.width and other.top <= y <= other.top + other.height
