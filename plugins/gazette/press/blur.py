"""Writes a copy of a picture in which chosen faces are no more: nothing of them is left to be had back."""

from __future__ import annotations

import json
import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.pool import Pool
from gazette.press.worker import DECODER, EXHAUSTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazette.model.media import Face
    from gazette.press.faces import Eyes

FORMS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""What a copy may be written as, by the end of its name."""
CELLS = (4, 2, 1)
"""Cells across what is covered: each try leaves less, until no face is seen there."""


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
    staged = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        with Pool(DECODER, size=1) as pool:
            for cells in CELLS:
                _have_veiled(source, staged, faces, cells, pool)
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
    with Pool(DECODER, size=1) as pool:
        _have_veiled(source, target, faces, 0, pool)


def _have_veiled(source: Path, target: Path, faces: Sequence[Face], cells: int, pool: Pool) -> None:
    """Have the copy made within the limits of a decoder; raise ConfigurationError when it could not be."""
    boxes = [astuple(face) for face in faces]
    asked = {"kind": "veil", "path": str(source), "to": str(target), "faces": boxes, "cells": cells}
    told = next(pool.ask([json.dumps(asked | {"form": FORMS[target.suffix.lower()]}).encode()]))
    if told is None or told.get("fault"):
        raise ConfigurationError(f"{source} : image {told['fault'] if told else EXHAUSTED}")


def _meet(one: Face, other: Face) -> bool:
    """Tell whether the centre of a face is within another's box."""
    x, y = one.left + one.width / 2, one.top + one.height / 2
    return other.left <= x <= other.left + other.width and other.top <= y <= other.top + other.height
