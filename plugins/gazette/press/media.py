"""Media, measured then printed, each decoded once and kept by digest; an original never leaves."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import nullcontext
from dataclasses import asdict
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gazette.errors import PressError
from gazette.model.media import Image, Measure
from gazette.pool import Pool
from gazette.press.worker import DECODER, EXHAUSTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from gazette.model.media import Medium
    from gazette.model.memo import Memo
    from gazette.model.picture import Derivative, Recording
    from gazette.model.sheet import Sheet

PRINTER = f"{version('pillow')} {version('av')} {version('pypdf')} {version('lxml')} 6"
"""What derivatives depend on besides the original; raise the last number when their making changes."""
HEIC = "heic" if find_spec("pi_heif") else ""
"""What a picture's measure depends on too: with the extra ``photos``, one more format is read."""
KINDS = {"sons": "sound", "fichiers": "document"}
"""What is printed as one file: form of its sheet, by front-matter key."""


def measure(
    media: Iterable[Medium], content: Path, memo: Memo, cache: Path, decoders: Pool | None = None
) -> dict[str, Measure]:
    """Return each medium's measure by SHA-256 of its file; but a picture is printed to know it.

    ``decoders``: those of a whole build, lent; starting others takes as long as a small picture.
    """
    measures: dict[str, Measure] = {}
    missing: dict[str, Medium] = {}
    for medium in media:
        if not medium.digest or medium.digest in measures:
            continue
        known = memo.get(_key(medium))
        if known is None:
            missing[medium.digest] = medium
        else:
            measures[medium.digest] = _measure(json.loads(known))
    if missing:
        cache.mkdir(parents=True, exist_ok=True)
        with _at_work(decoders) as pool:
            answers = pool.ask(_question(m, content, cache) for m in missing.values())
            for medium, told in zip(missing.values(), answers, strict=True):
                found = _measure(told or {"fault": EXHAUSTED})
                if not isinstance(medium, Image) and not found.fault:
                    _temporary(cache, _copy_name(medium.digest)).replace(cache / _copy_name(medium.digest))
                memo.put(_key(medium), json.dumps(asdict(found)))
                measures[medium.digest] = found
    return measures


def _at_work(decoders: Pool | None) -> AbstractContextManager[Pool]:
    """Lend the decoders of a build, or start some and end them."""
    return nullcontext(decoders) if decoders else Pool(DECODER)


def _measure(told: dict[str, Any]) -> Measure:
    return Measure(**told | {"lacks": tuple(told.get("lacks", ())), "likenesses": tuple(told.get("likenesses", ()))})


def print_media(
    sheets: Sequence[Sheet], content: Path, cache: Path, output: Path, decoders: Pool | None = None
) -> None:
    """Print what sheets ask for into ``output``; what stands in ``cache`` is not made again."""
    cache.mkdir(parents=True, exist_ok=True)
    images = [(s.path, s.view) for s in sheets if s.form == "image"]
    copies = [(s.path, s.form, s.view) for s in sheets if s.form != "image"]
    with _at_work(decoders) as pool:
        _make_images([view for _, view in images], content, cache, pool)
        _make_copies([(form, view) for _, form, view in copies], content, cache, pool)
    for path, name in [(p, _image_name(v)) for p, v in images] + [(p, _copy_name(v.digest)) for p, _, v in copies]:
        data = _kept(cache / name)
        if data is None:
            raise PressError(f"{path} : image, son ou document que l'on n'a pas pu imprimer ; recommencez avec --frais")
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def forget_media(cache: Path, sheets: Sequence[Sheet]) -> None:
    """Remove what is kept and no sheet shows any more: what was withdrawn stays nowhere."""
    if not cache.is_dir():
        return
    shown = {_image_name(s.view) for s in sheets if s.form == "image"}
    shown |= {_copy_name(s.view.digest) for s in sheets if s.form in KINDS.values()}
    for file in cache.iterdir():
        if file.name not in shown:
            file.unlink()


def drop_images(cache: Path, sheets: Sequence[Sheet]) -> None:
    """Remove what is kept of the pictures of these sheets: they were tried, nobody said yet whom they show."""
    for sheet in sheets:
        if sheet.form == "image":
            (cache / _image_name(sheet.view)).unlink(missing_ok=True)


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


def _make_copies(copies: list[tuple[str, Recording]], content: Path, cache: Path, pool: Pool) -> None:
    """Have the sounds and documents that are not kept made."""
    missing = [(kind, r) for kind, r in copies if _kept(cache / _copy_name(r.digest)) is None]
    questions = [
        {"kind": kind, "path": str(content / r.source), "to": str(_temporary(cache, _copy_name(r.digest)))}
        for kind, r in missing
    ]
    answers = pool.ask(json.dumps(q).encode() for q in questions)
    for (_, recording), told in zip(missing, answers, strict=True):
        if told and not told.get("fault"):
            _temporary(cache, _copy_name(recording.digest)).replace(cache / _copy_name(recording.digest))


def _question(medium: Medium, content: Path, cache: Path) -> bytes:
    asked = {"kind": "image", "path": str(content / medium.path)}
    if not isinstance(medium, Image):
        asked |= {"kind": KINDS[medium.key], "to": str(_temporary(cache, _copy_name(medium.digest)))}
    return json.dumps(asked).encode()


def _key(medium: Medium) -> str:
    return f"mesure:{PRINTER}:{HEIC}:{medium.word}:{medium.digest}"


def _image_name(derivative: Derivative) -> str:
    seen = f"{derivative.digest}\0{derivative.width}\0{derivative.format}\0{PRINTER}"
    return hashlib.sha256(seen.encode()).hexdigest()


def _copy_name(digest: str) -> str:
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
