"""Tests of press/metadata.py: pictures keep their pixels, colours and orientation, to the bit, and nothing else."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageOps

from gazette.press.metadata import PNG, without_metadata
from gazette.press.unreadable import UnreadableError

SECRET = "SECRET"


def laden(form: str, orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    """Return a picture with author, place, thumbnail, XMP, comment and colour profile."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 34.0, 0.0)})
    exif.get_ifd(0x8769)[0x927C] = b"SECRET maker notes"
    exif[0x0112] = orientation
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = Image.effect_noise((40, 24), 90).convert(mode)
    stream = io.BytesIO()
    facts: dict[str, object] = {"exif": exif, "icc_profile": profile, **options}
    if form != "PNG":
        facts["xmp"] = b"<x:xmpmeta>SECRET</x:xmpmeta>"
    if form == "JPEG":
        facts["comment"] = SECRET
    picture.save(stream, form, **facts)  # type: ignore[arg-type]
    return stream.getvalue()


def pixels(data: bytes) -> tuple[str, bytes, bytes]:
    """Return mode and pixels as a browser shows them, and the colour profile."""
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
        shown = ImageOps.exif_transpose(opened)
        return shown.mode, shown.tobytes(), opened.info.get("icc_profile", b"")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pixels_stay_and_secrets_go(form: str, orientation: int):
    """In the eight orientations; done twice, nothing changes any more."""
    data = laden(form, orientation)
    made = without_metadata(data)
    tags = set(Image.open(io.BytesIO(made)).getexif())
    assert (True, False, pixels(data), made, {0x0112} if orientation > 1 else set()) == (
        b"SECRET" in data,
        b"SECRET" in made,
        pixels(made),
        without_metadata(made),
        tags,
    )


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"mode": "CMYK"}, {"mode": "L"}, {"restart_marker_rows": 1}]
)
def test_every_kind_of_jpeg(options: dict[str, object]):
    """Progressive, printed, grey, with restarts."""
    data = laden("JPEG", **options)  # type: ignore[arg-type]
    assert pixels(data) == pixels(without_metadata(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_follows_the_picture_goes(form: str):
    """A film, the other picture of a pair, an archive."""
    data = laden(form)
    assert without_metadata(data) == without_metadata(data + b"PK\3\4SECRET" + laden("JPEG"))


def test_texts_of_a_png_go():
    """Its keywords, and the day it was changed."""
    body = b"tEXtAuthor\0SECRET"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    data = laden("PNG")
    at = len(PNG) + 25
    made = without_metadata(data[:at] + chunk + data[at:])
    assert without_metadata(data) == made


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_torn_picture_is_told(form: str):
    """Cut anywhere, it is refused or whole, and never a bug."""
    data = laden(form)
    for end in range(0, len(data) - 2, 97):
        with pytest.raises(UnreadableError):
            without_metadata(data[:end])
