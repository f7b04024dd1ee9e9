"""Pictures: measured, then printed as re-encoded derivatives; the original never leaves."""

from __future__ import annotations

import hashlib
import io
import json
import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import PIL
from PIL import Image, ImageCms, ImageOps

from gazette.model.media import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazette.model.media import Image as Declared
    from gazette.model.memo import Memo
    from gazette.model.picture import Derivative

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PIXELS = 50_000_000
SIDE = 1600
"""Pixels of the widest derivative: a JPEG is decoded no finer than that needs."""
QUALITY = {"WEBP": 80, "JPEG": 82}

Image.MAX_IMAGE_PIXELS = PIXELS


class UnreadableError(Exception):
    """A file that is no picture we print."""


def upright(path: Path, *, is_whole: bool) -> Image.Image:
    """Return the picture in sRGB, upright, with nothing of the file but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged metadata, which is not printed
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as opened:
                if opened.width * opened.height > PIXELS:
                    raise UnreadableError("trop grande (plus de 50 millions de points)")
                if opened.format == "JPEG" and not is_whole:
                    opened.draft("RGB", (SIDE, SIDE))
                opened.seek(0)
                picture = ImageOps.exif_transpose(opened)
                profile = picture.info.get("icc_profile")
                picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError("trop grande (plus de 50 millions de points)") from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError) as error:
        raise UnreadableError("illisible : ni JPEG, ni PNG, ni WebP, ni GIF, ou fichier abîmé") from error
    return _flat(_to_srgb(picture, profile))


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or picture.mode not in {"RGB", "CMYK", "L"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture


def _flat(picture: Image.Image) -> Image.Image:
    """Return new pixels on white, so that nothing hidden under transparency nor beside the pixels goes on."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        flat = Image.new("RGB", layer.size, "white")
        flat.paste(layer, mask=layer.getchannel("A"))
    elif picture.mode.startswith("I;16"):
        flat = picture.point(lambda v: v / 256).convert("L").convert("RGB")
    else:
        flat = picture.convert("RGB")
    flat.info = {}
    return flat


def measure(images: Iterable[Declared], content: Path, memo: Memo) -> dict[str, Measure]:
    """Return each picture's upright size, or why it cannot be printed, by SHA-256 of its file; decoded once."""
    measures: dict[str, Measure] = {}
    for image in images:
        if not image.digest or image.digest in measures:
            continue
        known = memo.get(f"mesure:{image.digest}")
        if known is not None:
            measures[image.digest] = Measure(*json.loads(known))
            continue
        try:
            picture = upright(content / image.path, is_whole=True)
            found = Measure(picture.width, picture.height)
        except UnreadableError as error:
            found = Measure(0, 0, str(error))
        memo.put(f"mesure:{image.digest}", json.dumps([found.width, found.height, found.fault]))
        measures[image.digest] = found
    return measures


def print_images(wanted: Iterable[tuple[str, Derivative]], content: Path, cache: Path, output: Path) -> None:
    """Print derivatives into ``output``; each is made once, and kept in ``cache`` by digest, width and format."""
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        for _ in threads.map(lambda row: _print_one(row[0], row[1], content, cache, output), list(wanted)):
            pass


def _print_one(path: str, derivative: Derivative, content: Path, cache: Path, output: Path) -> None:
    name = hashlib.sha256(
        f"{derivative.digest}\0{derivative.width}\0{derivative.format}\0{QUALITY}\0{PIL.__version__}".encode()
    ).hexdigest()
    kept = cache / name
    data = _kept(kept)
    if data is None:
        data = _encode(content / derivative.source, derivative)
        temporary = kept.with_name(f"{name}.{os.getpid()}.{path.rsplit('/', 1)[-1]}.tmp")
        temporary.write_bytes(hashlib.sha256(data).digest() + data)
        temporary.replace(kept)
    target = output / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _kept(path: Path) -> bytes | None:
    """Return a derivative that was kept after its SHA-256; None when it is not there, or not whole."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    return stored[32:] if hashlib.sha256(stored[32:]).digest() == stored[:32] else None


def _encode(source: Path, derivative: Derivative) -> bytes:
    picture = upright(source, is_whole=False)
    height = max(1, round(picture.height * derivative.width / picture.width))
    resized = picture.resize((derivative.width, height), Image.Resampling.LANCZOS)
    resized.info = {}
    stream = io.BytesIO()
    if derivative.format == "WEBP":
        resized.save(stream, "WEBP", quality=QUALITY["WEBP"], method=4, exif=b"", xmp=b"", icc_profile=None)
    else:
        resized.save(
            stream, "JPEG", quality=QUALITY["JPEG"], optimize=True, progressive=True, exif=b"", icc_profile=None
        )
    return stream.getvalue()
