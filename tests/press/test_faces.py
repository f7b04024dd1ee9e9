"""Tests of press/faces.py and its worker: faces are seen where they are, within limits, and remembered."""

import os
import random
import sys
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from gazette.errors import ConfigurationError
from gazette.model.media import Measure
from gazette.press import faces
from gazette.press.faces import Eyes, look
from tests.portrait import encoded, gathering, portrait
from tests.samples import ROOT, Shelf, sample_image

pytestmark = pytest.mark.usefixtures("seeing", "own_workers")
MEMORY = 700 * 1024
"""Kilobytes that looking may take at most."""


def seen(eyes: Eyes, tmp_path: Path, data: bytes, name: str = "image.jpg") -> list[str]:
    """Return where faces are seen in a file with these bytes."""
    (tmp_path / name).write_bytes(data)
    return [face.where for face in eyes.faces(tmp_path / name)]


def test_faces_are_seen_where_they_are(eyes: Eyes, tmp_path: Path):
    """Told from top to bottom, then from left to right."""
    data = encoded(gathering([(800, 0), (0, 0), (400, 500)]))
    assert ["en haut à gauche", "en haut à droite", "en bas au centre"] == seen(eyes, tmp_path, data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_form_we_print_is_looked_at(eyes: Eyes, tmp_path: Path, form: str):
    """A face is one whatever the file is."""
    assert ["au centre"] == seen(eyes, tmp_path, encoded(portrait(), form))


def test_a_box_holds_its_face(eyes: Eyes, tmp_path: Path):
    """From the brow to the chin, in fractions of the picture upright."""
    (tmp_path / "a.png").write_bytes(encoded(gathering([(800, 500)]), "PNG"))
    [face] = eyes.faces(tmp_path / "a.png")
    holds = face.left < 925 / 1200 and face.left + face.width > 1075 / 1200
    assert (True, True) == (holds, face.top < 650 / 900 and face.top + face.height > 810 / 900)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_camera_held_otherwise_hides_nobody(eyes: Eyes, tmp_path: Path, orientation: int):
    """The picture is looked at upright."""
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(gathering([(0, 0)]).transpose(turn), "JPEG", exif=exif.tobytes())
    assert ["en haut à gauche"] == seen(eyes, tmp_path, data)


def test_a_face_that_fills_the_picture_is_one(eyes: Eyes, tmp_path: Path):
    """Neither missed for its size nor taken for several."""
    assert ["au centre"] == seen(eyes, tmp_path, encoded(portrait(800).crop((150, 100, 650, 750)).resize((3000, 3900))))


def test_every_face_of_a_class_is_seen(eyes: Eyes, tmp_path: Path):
    """Thirty-five in a picture of 12 million points."""
    rows = [(560 * column + 40, 580 * row + 40) for column in range(7) for row in range(5)]
    assert 35 == len(seen(eyes, tmp_path, encoded(gathering(rows, (4000, 3000)))))


def test_the_demo_s_own_pictures_show_nobody(eyes: Eyes):
    """No false alarm on what stands in content/ and tests/site/: on every third, or on all with ``--complet``."""
    found = [p for folder in (ROOT / "content", ROOT / "tests" / "site") for p in folder.rglob("*.*")]
    pictures = sorted(p for p in found if p.suffix in {".png", ".jpg", ".jpeg", ".webp"})
    pictures = pictures if "GAZETTE_COMPLET" in os.environ else pictures[::3]
    assert (True, []) == (len(pictures) >= 8, [p.name for p in pictures if eyes.faces(p)])


def test_what_is_no_picture_has_a_fault(eyes: Eyes, tmp_path: Path):
    """Told in French, as when pictures are measured; the worker lives on."""
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    faults = [eyes.look(tmp_path / name).fault.partition(" ")[0] for name in ("a.jpg", "absente.jpg")]
    assert (["illisible", "illisible"], ["au centre"]) == (faults, seen(eyes, tmp_path, encoded(portrait())))


def test_a_picture_that_takes_too_much_costs_itself_alone(eyes: Eyes, tmp_path: Path):
    """Forty-nine million transparent points, turned, end the worker; the next picture has another one."""
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    Image.new("RGBA", (7000, 7000), (9, 9, 9, 200)).save(tmp_path / "a.webp", lossless=True, exif=turned)
    fault = eyes.look(tmp_path / "a.webp").fault
    assert (True, ["au centre"]) == (fault.startswith("trop lourde"), seen(eyes, tmp_path, encoded(portrait())))


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read in /proc")
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_looking_at_a_photo_takes_little_memory(tmp_path: Path, form: str):
    """12 million points of noise, the worst to decode."""
    noise = Image.effect_noise((4000, 3000), 80).convert("RGB")
    (tmp_path / "a").write_bytes(encoded(noise, form))
    with Eyes() as fresh:
        assert () == fresh.faces(tmp_path / "a")
        worker = fresh.pool.idle.get()
        fresh.pool.idle.put(worker)
        status = Path(f"/proc/{worker.process.pid}/status").read_text("ascii")
    peak = int(status.split("VmHWM:")[1].split()[0])
    assert (True, peak) == (peak < MEMORY, peak)


def test_one_worker_looks_at_many_photos(tmp_path: Path):
    """Each of its own size: what it took for one is given back, its limit never ends it for having worked long."""
    draw = random.Random(1)  # noqa: S311  # no secret
    with Eyes() as fresh:
        workers = set()
        for _ in range(150 if "GAZETTE_COMPLET" in os.environ else 8):
            size = draw.randint(300, 1600), draw.randint(300, 1600)
            (tmp_path / "a.jpg").write_bytes(encoded(Image.effect_noise(size, 60).convert("RGB")))
            fresh.faces(tmp_path / "a.jpg")
            worker = fresh.pool.idle.get()
            workers.add(worker.process.pid)
            fresh.pool.idle.put(worker)
    assert 1 == len(workers)


def looked(tmp_path: Path, memo: Shelf, **facts: object) -> dict[str, tuple[list[str], bool]]:
    """Return what is seen in a declared picture, by digest."""
    facts = {"path": "a.jpg", "digest": "d" * 64} | facts
    found = look([sample_image(**facts)], {"d" * 64: Measure(400, 400)}, tmp_path, memo)
    return {digest: ([f.where for f in seen.faces], bool(seen.fault)) for digest, seen in found.items()}


def test_what_was_seen_is_remembered(tmp_path: Path):
    """By the digest of the file: it may go."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    memo = Shelf()
    before = looked(tmp_path, memo)
    (tmp_path / "a.jpg").unlink()
    assert {"d" * 64: (["au centre"], False)} == before == looked(tmp_path, memo)


def test_another_model_looks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What was remembered is that model's word, and no other's."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    memo = Shelf()
    looked(tmp_path, memo)
    (tmp_path / "a.jpg").write_bytes(encoded(Image.new("RGB", (40, 40))))
    monkeypatch.setattr(faces, "_version", lambda: "another")
    assert {"d" * 64: ([], False)} == looked(tmp_path, memo)


@pytest.mark.parametrize(
    ("facts", "is_looked_at"),
    [
        ({"people": "aucune"}, True),
        ({"people": "non_identifiables"}, True),
        ({"people": "adultes"}, False),
        ({"people": "eleves"}, False),
        ({"people": ""}, False),
        ({"digest": ""}, False),
        ({"digest": "e" * 64}, False),
        ({"faces_checked": "d" * 8}, False),
        ({"faces_checked": "d" * 7}, True),
        ({"faces_checked": "d" * 64}, True),
        ({"faces_checked": "oui"}, True),
    ],
)
def test_only_what_a_face_would_belie_is_looked_at(tmp_path: Path, facts: dict[str, str], is_looked_at: bool):
    """Not where people are declared, nor what a human signed for this very file, nor what has no measure."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    assert is_looked_at is bool(looked(tmp_path, Shelf(), **facts))


def test_without_the_extra_nothing_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No process starts, nothing is remembered; whoever asks for it is told what to install."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    monkeypatch.setattr(faces, "find_spec", lambda _: None)
    memo = Shelf()
    found = looked(tmp_path, memo)
    with pytest.raises(ConfigurationError, match=r"\./gazette photos"), Eyes():
        pass
    assert ({}, {}) == (found, memo)


def test_an_extra_that_does_not_start_is_a_broken_set_up(monkeypatch: pytest.MonkeyPatch):
    """It is never taken for a picture that shows nobody."""
    monkeypatch.setattr(faces, "FINDER", "gazette.press.no_such_module")
    with pytest.raises(ConfigurationError, match="ne démarre pas"), Eyes():
        pass
