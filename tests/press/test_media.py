"""Tests of press/media.py: each medium is decoded once, in a process of its own, and kept by digest."""

import io
from pathlib import Path

import pytest
from PIL import Image

from gazette.errors import PressError
from gazette.model.media import Image as Declared
from gazette.model.media import Measure, Sound
from gazette.model.picture import Derivative, Recording
from gazette.model.sheet import Sheet
from gazette.press.media import measure, print_media
from tests.press.tones import tone
from tests.samples import Shelf, sample_image, sample_sound


def drawing() -> bytes:
    """Return a small PNG."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 24), "teal").save(stream, "PNG")
    return stream.getvalue()


def measured(tmp_path: Path, memo: Shelf, medium: Declared | Sound) -> Measure:
    """Return the measure of one medium of the folder."""
    return measure([medium], tmp_path, memo, tmp_path / "cache")[medium.digest]


def image_sheet(source: str = "a.png", path: str = "media/y.jpg") -> Sheet:
    """Return the sheet of one derivative."""
    return Sheet(path, "image", Derivative(source, "d", 40, "JPEG"))


@pytest.mark.parametrize("data", [drawing(), b"no picture"])
def test_a_picture_is_decoded_once(tmp_path: Path, data: bytes):
    """The memo holds its measure, or its fault: the file may go, and a bomb is not opened at each build."""
    (tmp_path / "a.png").write_bytes(data)
    memo, image = Shelf(), sample_image(path="a.png", digest="d")
    before = measured(tmp_path, memo, image)
    (tmp_path / "a.png").unlink()
    assert (before, data == b"no picture") == (measured(tmp_path, memo, image), bool(before.fault))


def test_a_missing_picture_is_not_measured(tmp_path: Path):
    """It has no digest: the gate tells it."""
    assert {} == measure([sample_image(digest="")], tmp_path, Shelf(), tmp_path / "cache")


def test_a_derivative_is_made_once(tmp_path: Path):
    """Kept by what it is made of, it is printed again without the original."""
    (tmp_path / "a.png").write_bytes(drawing())
    print_media([image_sheet()], tmp_path, tmp_path / "cache", tmp_path / "out")
    print_media([image_sheet("gone.png", "media/z.jpg")], tmp_path, tmp_path / "cache", tmp_path / "out")
    assert (tmp_path / "out/media/y.jpg").read_bytes() == (tmp_path / "out/media/z.jpg").read_bytes()


def test_a_torn_derivative_is_made_again(tmp_path: Path):
    """What was kept is believed only whole."""
    (tmp_path / "a.png").write_bytes(drawing())
    print_media([image_sheet()], tmp_path, tmp_path / "cache", tmp_path / "out")
    before = (tmp_path / "out/media/y.jpg").read_bytes()
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(kept.read_bytes()[:-7])
    print_media([image_sheet()], tmp_path, tmp_path / "cache", tmp_path / "out")
    assert before == (tmp_path / "out/media/y.jpg").read_bytes()


def test_what_cannot_be_made_stops_the_press(tmp_path: Path):
    """The original went since it was measured: no page is printed without its picture."""
    with pytest.raises(PressError, match=r"media/y\.jpg"):
        print_media([image_sheet("gone.png")], tmp_path, tmp_path / "cache", tmp_path / "out")


def test_a_sound_is_measured_as_printed(tmp_path: Path):
    """Its size is that of the printed file, to the byte, with a cache or without."""
    (tmp_path / "a.mp3").write_bytes(tone("mp3"))
    told = measured(tmp_path, Shelf(), sample_sound(path="a.mp3", digest="s"))
    sheet = Sheet("media/a.mp3", "sound", Recording("a.mp3", "s"))
    print_media([sheet], tmp_path, tmp_path / "cache", tmp_path / "out")
    print_media([sheet], tmp_path, tmp_path / "empty", tmp_path / "again")
    made = (tmp_path / "out/media/a.mp3").read_bytes()
    assert (len(made), made, "mp3") == (told.size, (tmp_path / "again/media/a.mp3").read_bytes(), told.format)


def test_one_bad_medium_costs_itself_alone(tmp_path: Path):
    """Its neighbours are measured."""
    (tmp_path / "a.png").write_bytes(drawing())
    (tmp_path / "b.mp3").write_bytes(b"<html>" * 999)
    media = [sample_image(path="a.png", digest="d"), sample_sound(path="b.mp3", digest="s")]
    found = measure(media, tmp_path, Shelf(), tmp_path / "cache")
    assert (Measure(40, 24), "illisible") == (found["d"], found["s"].fault.partition(" ")[0])
