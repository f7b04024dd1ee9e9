"""Pictures: decoded, then encoded again; what is printed holds pixels and nothing else."""

from __future__ import annotations

import io
import warnings
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

import PIL
from PIL import Image, ImageCms, ImageOps

from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VERSION = PIL.__version__
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""Brands of what telephones write (ISO 23008-12); read where the extra ``photos`` is installed."""
PIXELS = 50_000_000
LARGE = ("trop grande (plus de 50 millions de points)", "réduisez-la : 3 000 points de large suffisent")
SIDE = 1600
"""Pixels of the widest derivative: a JPEG is decoded no finer than that needs."""
TURNED = 72
"""Pixels of the side to which a picture is brought to be turned: its hash asks for nine."""
PLAIN = 6
"""Bits that a picture's hash must have of each value: a plain one would look like any other."""
QUALITY = {"WEBP": 80, "JPEG": 82}

MANY, SMALL = 200, 48
"""Pictures of a document that are looked at, and the side in pixels from which one shows somebody."""
BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError)
"""What a damaged picture makes the library raise."""

Image.MAX_IMAGE_PIXELS = PIXELS


def measured(path: Path) -> tuple[int, int, str, list[str]]:
    """Return width and height in pixels, upright, and the likeness of a picture that decodes to its end.

    Then its likeness turned and mirrored: what a telephone does first to a picture.
    """
    size, picture = _decode(path)
    is_turned = (size[0] - size[1]) * (picture.width - picture.height) < 0
    width, height = (size[1], size[0]) if is_turned else size
    small = picture.convert("L").resize((TURNED, TURNED), Image.Resampling.LANCZOS)
    turned = [likeness(small.transpose(turn)) for turn in Image.Transpose]
    return width, height, likeness(picture), [one for one in turned if one]


def likeness(picture: Image.Image) -> str:
    """Return a perceptual hash, 64 bits: where each of 8 × 8 parts is brighter than the next; "" when too plain.

    Source: « dHash », N. Krawetz, Kind of Like That, 2013.
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    values = small.tobytes()
    bits = [values[row * 9 + n] > values[row * 9 + n + 1] for row in range(8) for n in range(8)]
    is_plain = not PLAIN <= sum(bits) <= len(bits) - PLAIN
    return "" if is_plain else f"{int(''.join('01'[b] for b in bits), 2):016x}"


def likenesses(pictures: Iterable[bytes]) -> list[str]:
    """Return the likeness of each picture of a document that decodes and is not too plain, each once, in order."""
    found: dict[str, None] = {}
    for data in islice(pictures, MANY):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                    if opened.width * opened.height > PIXELS or min(opened.size) < SMALL:
                        continue
                    opened.draft("RGB", (SIDE, SIDE))
                    found[likeness(_flat(ImageOps.exif_transpose(opened)))] = None
            except BROKEN:
                continue  # no reader of the document sees it either
    return [one for one in found if one]


def encode(path: Path, wanted: list[tuple[int, str]]) -> list[bytes]:
    """Return the picture at each width (pixels) in each format (WEBP, JPEG); decoded once."""
    _, picture = _decode(path)
    resized: dict[int, Image.Image] = {}
    for width, _ in wanted:
        if width not in resized:
            height = max(1, round(picture.height * width / picture.width))
            resized[width] = picture.resize((width, height), Image.Resampling.LANCZOS)
            resized[width].info = {}
    return [_bytes(resized[width], form) for width, form in wanted]


def upright(path: Path, *, is_whole: bool) -> Image.Image:
    """Return the picture in sRGB, upright, at its full size or no finer than the widest derivative needs."""
    return _decode(path, is_whole=is_whole)[1]


def _decode(path: Path, *, is_whole: bool = False) -> tuple[tuple[int, int], Image.Image]:
    """Return the size its header tells, and the picture in sRGB, upright, with nothing of the file but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged metadata, which is not printed
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_formats(path)) as opened:
                size = opened.size
                if size[0] * size[1] > PIXELS:
                    raise UnreadableError(*LARGE)
                if opened.format == "JPEG" and not is_whole:
                    opened.draft("RGB", (SIDE, SIDE))
                if opened.format != "HEIF":  # which opens at the picture that it tells to be the first
                    opened.seek(0)
                picture = ImageOps.exif_transpose(opened)
                profile = picture.info.get("icc_profile")
                picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError(*LARGE) from error
    except BROKEN as error:
        raise UnreadableError("illisible : ni JPEG, ni PNG, ni WebP, ni GIF, ou fichier abîmé") from error
    return size, _flat(_to_srgb(picture, profile))


def _formats(path: Path) -> tuple[str, ...]:
    """Return the formats that may open a file; ``UnreadableError`` for those that have a remedy of their own."""
    with path.open("rb") as file:
        head = file.read(1024)
    if b"<svg" in head.lower():
        raise UnreadableError("refusée : un dessin SVG peut contenir un programme", "exportez-la en PNG")
    if head[4:8] != b"ftyp" or head[8:12] not in HEIC:
        return FORMATS
    if find_spec("pi_heif") is None:
        remedy = (
            "enregistrez-la en JPEG (sur l'iPhone : Réglages, Appareil photo, Formats, « Le plus compatible »), "
            "ou ajoutez de quoi la lire : ./gazette photos"
        )
        raise UnreadableError("au format HEIC (celui des iPhone), que cette installation ne lit pas", remedy)
    from pi_heif import register_heif_opener  # noqa: PLC0415  # the extra ``photos``

    register_heif_opener(thumbnails=False)
    return ("HEIF",)


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
        flat = picture if picture.mode == "RGB" else picture.convert("RGB")
    flat.info = {}
    return flat


def _bytes(picture: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    if form == "WEBP":
        picture.save(stream, "WEBP", quality=QUALITY["WEBP"], method=4, exif=b"", xmp=b"", icc_profile=None)
    else:
        picture.save(
            stream, "JPEG", quality=QUALITY["JPEG"], optimize=True, progressive=True, exif=b"", icc_profile=None
        )
    return stream.getvalue()
