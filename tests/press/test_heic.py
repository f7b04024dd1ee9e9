"""Tests of press/images.py on what telephones write: read where the extra is installed, and told elsewhere."""

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from gazette.press import images
from gazette.press.images import encode
from gazette.press.media import measure
from gazette.press.unreadable import UnreadableError
from tests.samples import Shelf, sample_image


def heic(orientation: int = 6) -> bytes:
    """Return a HEIC that says where it was taken, turned, with a thumbnail and a second picture."""
    exif = Image.Exif()
    exif[0x013B] = "SECRET"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 34.0, 0.0)})
    first, second = Image.new("RGB", (96, 64), (200, 20, 20)), Image.new("RGB", (96, 64), (20, 200, 20))
    first.paste((20, 20, 200), (0, 0, 96, 16))
    made = pillow_heif.from_pillow(first)
    made.add_from_pillow(second)
    stream = io.BytesIO()
    made.save(stream, quality=90, exif=exif.tobytes(), xmp=b"<x>SECRET</x>", primary_index=0)
    return stream.getvalue()


def test_a_telephone_s_picture_is_printed_upright(tmp_path: Path):
    """Measured and encoded by the bounded worker, like any other; nothing but its own pixels is left."""
    data = heic()
    (tmp_path / "a.heic").write_bytes(data)
    image = sample_image(path="a.heic", digest="d")
    told = measure([image], tmp_path, Shelf(), tmp_path / "cache")["d"]
    made = encode(tmp_path / "a.heic", [(64, "JPEG")])[0]
    with Image.open(io.BytesIO(made)) as opened:
        red, blue = opened.getpixel((10, 80)), opened.getpixel((60, 40))
    assert (True, (64, 96, ""), False, True, True) == (
        b"SECRET" in data,
        (told.width, told.height, told.fault),
        b"SECRET" in made,
        red[0] > 150 > red[2],  # type: ignore[index]
        blue[2] > 150 > blue[0],  # type: ignore[index]
    )


def test_without_the_extra_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """To save it as a JPEG, or to add what reads it."""
    (tmp_path / "a.jpg").write_bytes(heic())
    monkeypatch.setattr(images, "find_spec", lambda _: None)
    with pytest.raises(UnreadableError, match="HEIC") as caught:
        encode(tmp_path / "a.jpg", [(64, "JPEG")])
    asked = (
        "en JPEG (sur l'iPhone : Réglages, Appareil photo, Formats,",
        "ou ajoutez de quoi la lire : ./gazette photos",
    )
    assert (True, True) == tuple(words in caught.value.remedy for words in asked)


@pytest.mark.parametrize("data", [heic()[:200], b"\0\0\0\x18ftypheic" + bytes(400)])
def test_a_torn_one_is_refused(tmp_path: Path, data: bytes):
    """Never a bug."""
    (tmp_path / "a.heic").write_bytes(data)
    with pytest.raises(UnreadableError, match="illisible"):
        encode(tmp_path / "a.heic", [(64, "JPEG")])
