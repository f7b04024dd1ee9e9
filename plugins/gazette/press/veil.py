"""Covers faces of a picture, or frames them under their numbers: the pixels' part of blurring, for a bounded worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gazette.press.images import upright

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gazette.model.media import Face

QUALITY = 92
MARGIN = 0.5
"""Part of a face's sides covered besides, for hair, ears and chin; the ellipse then holds the whole box."""
SHOWN = 1600
"""Points of the longest side of the numbered picture."""


def print_veiled(source: Path, target: Path, form: str, faces: Sequence[Face], cells: int) -> None:
    """Write the picture's pixels with these faces covered, or framed under their numbers in a small copy (no cells)."""
    picture = upright(source, is_whole=True)
    if cells:
        _cover(picture, faces, cells)
    else:
        _number(picture, faces)
    picture.info = {}
    picture.save(target, form, quality=QUALITY, optimize=True, exif=b"", icc_profile=None)


def _number(picture: Image.Image, faces: Sequence[Face]) -> None:
    """Frame each face of a copy that shows them, and is not to be kept."""
    picture.thumbnail((SHOWN, SHOWN))
    size = max(12, max(picture.size) // 50)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for rank, face in enumerate(faces, 1):
        box = _around(picture, face, 0)
        draw.rectangle(box, outline="yellow", width=3)
        where = (max(0, box[0]), max(0, box[1] - size - 6))
        draw.rectangle(draw.textbbox(where, f" {rank} ", font), fill="black")
        draw.text(where, f" {rank} ", "yellow", font)


def _around(picture: Image.Image, face: Face, margin: float) -> tuple[int, int, int, int]:
    """Return a face's box in points with a margin on each side; a face at the edge goes past it."""
    wide, tall = face.width * margin / 2, face.height * margin / 2
    left, top = int((face.left - wide) * picture.width) - 1, int((face.top - tall) * picture.height) - 1
    right = round((face.left + face.width + wide) * picture.width) + 1
    return left, top, right, round((face.top + face.height + tall) * picture.height) + 1


def _cover(picture: Image.Image, faces: Sequence[Face], cells: int) -> None:
    """Make faces averages of large cells, blurred together, in ellipses."""
    before = [(face, picture.crop(_within(picture, _around(picture, face, MARGIN)))) for face in faces]
    for face, part in before:
        left, top, right, bottom = _around(picture, face, MARGIN)
        box = _within(picture, (left, top, right, bottom))
        few = part.resize((cells, max(1, round(cells * part.height / part.width))), Image.Resampling.BOX)
        blind = few.resize(part.size, Image.Resampling.NEAREST)
        blind = blind.filter(ImageFilter.GaussianBlur(max(part.size) / cells / 2))
        mask = Image.new("L", part.size)
        ImageDraw.Draw(mask).ellipse((left - box[0], top - box[1], right - box[0], bottom - box[1]), fill=255)
        picture.paste(blind, box, mask)


def _within(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)
