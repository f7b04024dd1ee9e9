"""Tests of press/sounds.py: what is printed is the recording alone, and what is no sound is refused."""

from pathlib import Path

import av
import pytest

from gazette.press import sounds
from gazette.press.sounds import print_sound
from gazette.press.unreadable import UnreadableError
from tests.press.tones import tone, wav


def printed(tmp_path: Path, data: bytes) -> tuple[dict[str, object], bytes]:
    """Return what is told of a file with these bytes, and the printed file."""
    (tmp_path / "in").write_bytes(data)
    told = print_sound(tmp_path / "in", tmp_path / "out")
    return told, (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("form", ["mp3", "m4a", "ogg"])
def test_tags_and_places_are_gone(tmp_path: Path, form: str):
    """Neither title, author, comment nor the place a telephone notes; duration and form are told."""
    data = tone(form)
    told, made = printed(tmp_path, data)
    with av.open(str(tmp_path / "out")) as opened:
        kept = {k: v for k, v in opened.metadata.items() if "brand" not in k and k != "minor_version"}
    assert (True, False, {}, form, 2) == (
        b"SECRET" in data,
        b"SECRET" in made or b"+46" in made,
        kept,
        told["format"],
        round(float(str(told["seconds"]))),
    )


@pytest.mark.parametrize("form", ["mp3", "m4a", "ogg"])
def test_the_same_file_gives_the_same_bytes(tmp_path: Path, form: str):
    """Printed twice."""
    data = tone(form)
    assert printed(tmp_path, data) == printed(tmp_path, data)


@pytest.mark.parametrize("data", [wav(), tone("flac")])
def test_what_browsers_may_not_play_is_encoded_again(tmp_path: Path, data: bytes):
    """A dictaphone's WAV becomes an MP3, and a small one."""
    told, made = printed(tmp_path, data)
    level = float(str(told.pop("loudness")))
    assert ({"seconds": 2.0, "format": "mp3"}, True) == (told, len(made) < len(wav()) / 4)
    assert -19 < level < -15  # a sine of 8,000 in 32,768 is 15.3 dB under full scale


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>" * 500,
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"ID3" + bytes(4000),
        tone("mp3")[:60],
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, data: bytes):
    """A page, a play list that names other files, a picture, tags without a sound."""
    with pytest.raises(UnreadableError, match=r"son|illisible"):
        printed(tmp_path, data)


def test_a_picture_hidden_in_a_sound_is_gone(tmp_path: Path):
    """The cover that a file carries is no part of the recording (its first audio stream is printed)."""
    cover = b"\x89PNG\r\n\x1a\n" + b"SECRET-COUVERTURE" * 20
    frame = b"APIC" + (len(cover) + 13).to_bytes(4, "big") + b"\0\0" + b"\0image/png\0\3\0" + cover
    size = len(frame)
    header = b"ID3\3\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    _, made = printed(tmp_path, header + frame + tone("mp3") + b"SECRET-APRES")
    assert b"SECRET" not in made


def test_an_endless_sound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Past the longest duration, reading stops."""
    monkeypatch.setattr(sounds, "SECONDS", 1)
    with pytest.raises(UnreadableError, match="trop long"):
        printed(tmp_path, tone("mp3"))
