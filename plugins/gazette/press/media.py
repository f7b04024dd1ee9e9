"""Media, measured then printed, each decoded once and kept by digest; an original never leaves."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING

from gazette.errors import PressError
from gazette.model.media import Measure, Sound
from gazette.pool import Pool
from gazette.press.worker import DECODER, EXHAUSTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from gazette.model.media import Image
    from gazette.model.memo import Memo
    from gazette.model.picture import Derivative, Recording
    from gazette.model.sheet import Sheet

PRINTER = f"{version('pillow')} {version('av')} 2"
"""What derivatives depend on besides the original; raise the last number when their making changes."""


def measure(media: Iterable[Image | Sound], content: Path, memo: Memo, cache: Path) -> dict[str, Measure]:
    """Return each medium's measure by SHA-256 of its file; a sound is printed into ``cache`` to know its size."""
    measures: dict[str, Measure] = {}
    missing: dict[str, Image | Sound] = {}
    for medium in media:
        if not medium.digest or medium.digest in measures:
            continue
        known = memo.get(_key(medium))
        if known is None:
            missing[medium.digest] = medium
        else:
            measures[medium.digest] = Measure(**json.loads(known))
    if missing:
        cache.mkdir(parents=True, exist_ok=True)
        with Pool(DECODER) as pool:
            answers = pool.ask(_question(m, content, cache) for m in missing.values())
            for medium, told in zip(missing.values(), answers, strict=True):
                found = Measure(**(told or {"fault": EXHAUSTED}))
                if isinstance(medium, Sound) and not found.fault:
                    _temporary(cache, _sound_name(medium.digest)).replace(cache / _sound_name(medium.digest))
                memo.put(_key(medium), json.dumps(asdict(found)))
                measures[medium.digest] = found
    return measures


def print_media(sheets: Sequence[Sheet], content: Path, cache: Path, output: Path) -> None:
    """Print derivatives of pictures and sounds into ``output``; what stands in ``cache`` is not made again."""
    cache.mkdir(parents=True, exist_ok=True)
    images = [(s.path, s.view) for s in sheets if s.form == "image"]
    sounds = [(s.path, s.view) for s in sheets if s.form == "sound"]
    with ExitStack() as stack:
        pool = stack.enter_context(Pool(DECODER))
        _make_images([view for _, view in images], content, cache, pool)
        _make_sounds([view for _, view in sounds], content, cache, pool)
    for path, name in [(p, _image_name(v)) for p, v in images] + [(p, _sound_name(v.digest)) for p, v in sounds]:
        data = _kept(cache / name)
        if data is None:
            raise PressError(f"{path} : image ou son que l'on n'a pas pu imprimer ; recommencez avec --frais")
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def forget_media(cache: Path, sheets: Sequence[Sheet]) -> None:
    """Remove what is kept and no sheet shows any more: what was withdrawn stays nowhere."""
    if not cache.is_dir():
        return
    shown = {_image_name(s.view) for s in sheets if s.form == "image"}
    shown |= {_sound_name(s.view.digest) for s in sheets if s.form == "sound"}
    for file in cache.iterdir():
        if file.name not in shown:
            file.unlink()


def _make_images(derivatives: list[Derivative], content: Path, cache: Path, pool: Pool) -> None:
    """Have the derivatives that are not kept made: all those of a picture at once, so that it is decoded once."""
    by_source: dict[str, list[Derivative]] = {}
    for derivative in derivatives:
        if _kept(cache / _image_name(derivative)) is None:
            by_source.setdefault(derivative.source, []).append(derivative)
    questions = [
        {
            "kind": "image",
            "path": str(content / source),
            "to": [[d.width, d.format, str(_temporary(cache, _image_name(d)))] for d in row],
        }
        for source, row in by_source.items()
    ]
    answers = pool.ask(json.dumps(q).encode() for q in questions)
    for row, told in zip(by_source.values(), answers, strict=True):
        for derivative in row if told == {} else ():
            _temporary(cache, _image_name(derivative)).replace(cache / _image_name(derivative))


def _make_sounds(recordings: list[Recording], content: Path, cache: Path, pool: Pool) -> None:
    missing = [r for r in recordings if _kept(cache / _sound_name(r.digest)) is None]
    questions = [
        {"kind": "sound", "path": str(content / r.source), "to": str(_temporary(cache, _sound_name(r.digest)))}
        for r in missing
    ]
    answers = pool.ask(json.dumps(q).encode() for q in questions)
    for recording, told in zip(missing, answers, strict=True):
        if told and not told.get("fault"):
            _temporary(cache, _sound_name(recording.digest)).replace(cache / _sound_name(recording.digest))


def _question(medium: Image | Sound, content: Path, cache: Path) -> bytes:
    asked = {"kind": "image", "path": str(content / medium.path)}
    if isinstance(medium, Sound):
        asked |= {"kind": "sound", "to": str(_temporary(cache, _sound_name(medium.digest)))}
    return json.dumps(asked).encode()


def _key(medium: Image | Sound) -> str:
    return f"mesure:{PRINTER}:{medium.word}:{medium.digest}"


def _image_name(derivative: Derivative) -> str:
    seen = f"{derivative.digest}\0{derivative.width}\0{derivative.format}\0{PRINTER}"
    return hashlib.sha256(seen.encode()).hexdigest()


def _sound_name(digest: str) -> str:
    return hashlib.sha256(f"{digest}\0{PRINTER}".encode()).hexdigest()


def _temporary(cache: Path, name: str) -> Path:
    return cache / f"{name}.{os.getpid()}.tmp"


def _kept(path: Path) -> bytes | None:
    """Return a file that was kept after its SHA-256; None when it is not there, or not whole."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    return stored[32:] if hashlib.sha256(stored[32:]).digest() == stored[:32] else None
