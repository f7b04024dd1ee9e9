"""Tests of press/blur.py: what is covered cannot be had back, and nothing else changes."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from gazette.errors import ConfigurationError
from gazette.model.media import Face
from gazette.press.blur import blur, chosen, copy_name, number
from gazette.press.faces import Eyes
from tests.portrait import encoded, gathering, portrait


def opened(path: Path) -> Image.Image:
    """Return a picture, its file closed."""
    return Image.open(io.BytesIO(path.read_bytes()))


def written(tmp_path: Path, data: bytes, eyes: Eyes, end: str = ".png", numbers: str = "") -> tuple[Path, bool]:
    """Blur the chosen faces of a file with these bytes; return the copy, and whether no face is seen there now."""
    source = tmp_path / "classe.jpg"
    source.write_bytes(data)
    target = tmp_path / f"copie{end}"
    return target, blur(source, target, chosen(eyes.faces(source), numbers), eyes)


@pytest.mark.parametrize("end", [".jpg", ".png", ".webp"])
def test_no_face_is_left(tmp_path: Path, eyes: Eyes, end: str):
    """The finder looks at the copy too."""
    copy, is_clean = written(tmp_path, encoded(gathering([(0, 0), (700, 450)])), eyes, end)
    assert (True, (), (1200, 900)) == (is_clean, eyes.faces(copy), opened(copy).size)


def test_no_detail_of_a_face_is_left(tmp_path: Path, eyes: Eyes):
    """Within what is covered no two neighbouring points differ by more than a slow gradient."""
    copy, _ = written(tmp_path, encoded(gathering([(400, 250)]), "PNG"), eyes)
    inside = opened(copy).crop((500, 350, 700, 600))
    steps = [
        ImageChops.difference(inside.crop((0, 0, 199, 249)), inside.crop((x, y, 199 + x, 249 + y))).getextrema()
        for x, y in ((1, 0), (0, 1))
    ]
    assert [] == [highest for bands in steps for _, highest in bands if highest > 3]


def test_two_faces_of_the_same_averages_give_the_same_copy(tmp_path: Path, eyes: Eyes):
    """What is written depends on the average of a few cells alone: the rest of the face is nowhere in it."""
    face = Face(0.2, 0.2, 0.4, 0.4)
    copies = []
    for rank, tone in enumerate((0, 60)):
        picture = Image.new("RGB", (1002, 1002), (128, 128, 128))
        for x in range(100, 700, 2):  # stripes of two points around the same grey
            picture.paste((128 - tone,) * 3, (x, 100, x + 1, 701))
            picture.paste((128 + tone,) * 3, (x + 1, 100, x + 2, 701))
        (tmp_path / f"{rank}.png").write_bytes(encoded(picture, "PNG"))
        blur(tmp_path / f"{rank}.png", tmp_path / f"{rank}-copie.png", [face], eyes)
        copies.append(opened(tmp_path / f"{rank}-copie.png").convert("L").crop((220, 220, 580, 580)))
    lowest, highest = ImageChops.difference(*copies).getextrema()
    assert (True, 0) == (highest <= 1, lowest)


def test_nothing_else_changes(tmp_path: Path, eyes: Eyes):
    """Neither the original, to the byte, nor the points away from the face."""
    data = encoded(gathering([(0, 0)]), "PNG")
    copy, _ = written(tmp_path, data, eyes)
    before, after = Image.open(io.BytesIO(data)), opened(copy)
    away = (400, 0, 1200, 900)
    same = ImageChops.difference(before.crop(away), after.crop(away)).getbbox()
    assert (data, None) == ((tmp_path / "classe.jpg").read_bytes(), same)


def test_only_the_faces_asked_for_are_covered(tmp_path: Path, eyes: Eyes):
    """By their numbers."""
    copy, is_clean = written(tmp_path, encoded(gathering([(0, 0), (400, 0), (800, 0)])), eyes, numbers="1,3")
    assert (True, ["en haut au centre"]) == (is_clean, [f.where for f in eyes.faces(copy)])


def test_a_face_at_the_edge_is_covered_to_the_edge(tmp_path: Path, eyes: Eyes):
    """The ellipse is that of the whole face, of which a part is outside."""
    picture = Image.new("RGB", (400, 400), "white")
    for x in range(0, 100, 2):
        picture.paste("black", (x, 0, x + 1, 100))
    (tmp_path / "a.png").write_bytes(encoded(picture, "PNG"))
    blur(tmp_path / "a.png", tmp_path / "b.png", [Face(0, 0, 0.25, 0.25)], eyes)
    corners = [opened(tmp_path / "b.png").getpixel(place)[0] for place in ((0, 0), (98, 0), (0, 99), (98, 99))]
    assert [] == [value for value in corners if not 100 < value < 250]


def test_a_copy_is_upright_and_holds_pixels_alone(tmp_path: Path, eyes: Eyes):
    """No place, no device, and no small picture of the face as it was."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET-APPAREIL"
    data = encoded(gathering([(0, 0)]).transpose(Image.Transpose.ROTATE_90), exif=exif.tobytes(), comment=b"SECRET")
    copy, _ = written(tmp_path, data, eyes, ".jpg")
    found = opened(copy)
    kept = set(found.info) & {"exif", "icc_profile", "comment"}
    assert ((1200, 900), {}, set(), False) == (found.size, dict(found.getexif()), kept, b"SECRET" in copy.read_bytes())


def test_what_breaks_leaves_nothing_behind(tmp_path: Path, eyes: Eyes, monkeypatch: pytest.MonkeyPatch):
    """No half copy, under any name."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    found = eyes.faces(tmp_path / "a.jpg")
    monkeypatch.setattr(Eyes, "look", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        blur(tmp_path / "a.jpg", tmp_path / "b.jpg", found, eyes)
    assert ["a.jpg"] == [p.name for p in tmp_path.iterdir()]


def test_a_face_that_is_still_seen_is_told(tmp_path: Path, eyes: Eyes, monkeypatch: pytest.MonkeyPatch):
    """The copy is written at its blindest, and a human looks at it."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait()))
    always = eyes.look(tmp_path / "a.jpg")
    monkeypatch.setattr(Eyes, "look", lambda *_: always)
    assert not blur(tmp_path / "a.jpg", tmp_path / "b.jpg", always.faces, eyes)


def test_a_picture_that_hurts_its_decoder_is_told(tmp_path: Path, eyes: Eyes):
    """It is opened in a process of its own: its fault is a line, and no copy stands."""
    (tmp_path / "a.jpg").write_bytes(encoded(portrait())[:900])
    with pytest.raises(ConfigurationError, match="illisible"):
        blur(tmp_path / "a.jpg", tmp_path / "b.jpg", [Face(0.2, 0.2, 0.4, 0.4)], eyes)
    assert ["a.jpg"] == [p.name for p in tmp_path.iterdir()]


def test_faces_are_numbered_on_a_small_picture(tmp_path: Path, eyes: Eyes):
    """To choose among them."""
    (tmp_path / "a.jpg").write_bytes(encoded(gathering([(0, 0)], (3200, 2400))))
    number(tmp_path / "a.jpg", tmp_path / "numeros.jpg", eyes.faces(tmp_path / "a.jpg"))
    shown = opened(tmp_path / "numeros.jpg").convert("RGB")
    yellow = [count for count, (r, g, b) in shown.getcolors(2**24) if r > 200 and g > 200 and b < 90]
    assert ((1600, 1200), True) == (shown.size, sum(yellow) > 300)


@pytest.mark.parametrize(("numbers", "expected"), [("", "abc"), ("1", "a"), ("3,1", "ac"), (" 2 , 2 ", "b")])
def test_faces_are_chosen_by_number(numbers: str, expected: str):
    """In any order; all of them without a number."""
    faces = [Face(x, 0, 0.1, 0.1) for x in (0, 0.3, 0.6)]
    assert expected == "".join("abc"[faces.index(face)] for face in chosen(faces, numbers))


@pytest.mark.parametrize("numbers", ["0", "4", "un", "1;2", "-1", ",", "1.0", "²"])
def test_an_unknown_number_is_refused(numbers: str):
    """Nothing is left visible by a slip."""
    with pytest.raises(ConfigurationError, match="3 visage"):
        chosen([Face(x, 0, 0.1, 0.1) for x in (0, 0.3, 0.6)], numbers)


def test_a_copy_stands_beside_its_picture(tmp_path: Path):
    """Under a name that says what it is."""
    source = tmp_path / "classe.png"
    assert (tmp_path / "classe-floute.jpg", tmp_path / "x.webp") == (
        copy_name(source),
        copy_name(source, str(tmp_path / "x.webp")),
    )


@pytest.mark.parametrize("name", ["classe.jpg", "copie.jpg", "copie.gif", "copie"])
def test_nothing_is_overwritten(tmp_path: Path, name: str):
    """Neither the original, ever, nor a copy, unless asked to; nor is a form of file guessed."""
    for existing in ("classe.jpg", "copie.jpg"):
        (tmp_path / existing).touch()
    with pytest.raises(ConfigurationError, match=r"jamais changé|existe déjà|\.webp"):
        copy_name(tmp_path / "classe.jpg", str(tmp_path / name))
    is_allowed = name == "copie.jpg"
    if not is_allowed:
        with pytest.raises(ConfigurationError):
            copy_name(tmp_path / "classe.jpg", str(tmp_path / name), is_replaced=True)
