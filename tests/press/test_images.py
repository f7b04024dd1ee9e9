"""Pictures: what is printed holds pixels and nothing else, upright, and what is no picture is refused."""

import io
import json
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from gazette.press.images import encode
from gazette.press.worker import answer

SECRETS = (
    b"SECRET",
    b"Exif",
    b"http://ns.adobe.com",
    b"xmpmeta",
    b"ICC_PROFILE",
    b"ICCP",
    b"EXIF",
    b"XMP ",
    b"CREATOR",
    b"Photoshop",
)


def pixels(mode: str = "RGB", size: tuple[int, int] = (40, 24)) -> Image.Image:
    """Return a picture whose left half is red and right half blue, its top-left corner green."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste((20, 20, 200), (size[0] // 2, 0, *size))
    picture.paste((20, 200, 20), (0, 0, max(1, size[0] // 4), max(1, size[1] // 4)))
    return picture.convert(mode)


def laden(form: str = "JPEG") -> bytes:
    """Return a picture that carries everything a camera or an editor leaves in it."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET-APPAREIL"
    exif[0x013B] = "SECRET-AUTEUR"
    exif[0x8298] = "SECRET-DROITS"
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 34.0, 12.0), 3: "E", 4: (0.0, 20.0, 5.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET-XMP</x:xmpmeta>'
    stream = io.BytesIO()
    facts: dict[str, object] = {"exif": exif.tobytes(), "icc_profile": profile}
    if form == "JPEG":
        facts |= {"comment": b"SECRET-COMMENTAIRE", "xmp": xmp}
    if form == "WEBP":
        facts |= {"xmp": xmp}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "SECRET-TEXTE")
        info.add_itxt("XML:com.adobe.xmp", "SECRET-ITXT")
        facts |= {"pnginfo": info}
    pixels().save(stream, form, **facts)
    return stream.getvalue() + b"SECRET-APRES-LA-FIN"


def encoded(picture: Image.Image, form: str, **facts: object) -> bytes:
    """Return the picture's bytes."""
    stream = io.BytesIO()
    picture.save(stream, form, **facts)
    return stream.getvalue()


def measured(tmp_path: Path, data: bytes, name: str = "image.jpg") -> tuple[int, int, str]:
    """Return the size, or the fault, of a file with these bytes."""
    (tmp_path / name).write_bytes(data)
    found = answer(json.dumps({"kind": "image", "path": str(tmp_path / name)}).encode())
    return found.get("width", 0), found.get("height", 0), found.get("fault", "").partition(" ")[0]


def printed(tmp_path: Path, data: bytes, width: int = 40, name: str = "image.jpg") -> dict[str, bytes]:
    """Return the derivatives of a file with these bytes, by format."""
    (tmp_path / name).write_bytes(data)
    forms = ("WEBP", "JPEG")
    return dict(zip(forms, encode(tmp_path / name, [(width, form) for form in forms]), strict=True))


def shown(data: bytes) -> Image.Image:
    """Return the picture as a browser shows it."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def colours(picture: Image.Image) -> list[str]:
    """Return the dominant colour of the corners, clockwise from the top left."""
    width, height = picture.size
    places = [(2, 2), (width - 3, 2), (width - 3, height - 3), (2, height - 3)]
    return ["RGB"[max(range(3), key=lambda band, p=place: picture.getpixel(p)[band])] for place in places]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_derivative_carries_pixels_and_nothing_else(tmp_path: Path, form: str):
    """No EXIF, no GPS, no XMP, no ICC, no comment, no text, no byte after the end."""
    data = laden(form)
    assert b"SECRET" in data
    for made in printed(tmp_path, data).values():
        picture = Image.open(io.BytesIO(made))
        kept = set(picture.info) & {"exif", "icc_profile", "comment", "xmp", "XML:com.adobe.xmp", "Author", "photoshop"}
        found = (set(), {}, [], (40, 24))
        assert found == (kept, dict(picture.getexif()), [s for s in SECRETS if s in made], picture.size)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_to_the_pixels(tmp_path: Path, orientation: int):
    """Whichever way the camera was held, the picture printed is upright, and so is its measure."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = pixels()
    stored = upright.transpose(turns[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(stored, "JPEG", exif=exif.tobytes(), quality=95, subsampling=0)
    size = measured(tmp_path, data)
    found = [(shown(made).size, colours(shown(made))) for made in printed(tmp_path, data).values()]
    assert ((40, 24, ""), [((40, 24), colours(upright))] * 2) == (size, found)


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_mode_is_printed(tmp_path: Path, mode: str, form: str):
    """In colours or greys, of the same size."""
    made = printed(tmp_path, encoded(pixels(mode), form))
    assert {"WEBP": (40, 24), "JPEG": (40, 24)} == {f: shown(data).size for f, data in made.items()}


def test_cmyk_keeps_its_colours(tmp_path: Path):
    """It is neither a negative nor grey."""
    found = [colours(shown(d)) for d in printed(tmp_path, encoded(pixels("CMYK"), "JPEG", quality=95)).values()]
    assert [["G", "B", "B", "R"]] * 2 == found


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_is_transparent_becomes_white(tmp_path: Path, mode: str):
    """JPEG knows no transparency: a drawing does not get a black ground."""
    if mode == "P":
        picture = Image.new("P", (40, 24), 0)
        picture.putpalette([0, 0, 0, 255, 0, 0])
        data = encoded(picture, "PNG", transparency=0)
    else:
        data = encoded(Image.new(mode, (40, 24), 0), "PNG")
    assert [(255, 255, 255)] * 2 == [shown(made).getpixel((20, 12)) for made in printed(tmp_path, data).values()]


def test_sixteen_bits_keep_their_greys(tmp_path: Path):
    """Half of 65535 is a middle grey, neither white nor black."""
    picture = Image.new("I;16", (40, 24), 32768)
    found = [shown(made).getpixel((20, 12))[0] for made in printed(tmp_path, encoded(picture, "PNG")).values()]
    assert [] == [grey for grey in found if not 120 <= grey <= 136]


def test_a_wide_gamut_profile_is_converted(tmp_path: Path):
    """The colours are those of the profile, which then goes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    data = encoded(pixels(), "PNG", icc_profile=profile.tobytes())
    assert 2 == len(printed(tmp_path, data))


def test_a_profile_that_cannot_be_read_costs_nothing(tmp_path: Path):
    """The picture is printed as if it had none."""
    data = encoded(pixels(), "PNG", icc_profile=b"not a profile SECRET")
    made = printed(tmp_path, data)
    assert (["G", "B", "B", "R"], False) == (colours(shown(made["JPEG"])), b"SECRET" in b"".join(made.values()))


def test_the_first_frame_of_a_gif_is_printed(tmp_path: Path):
    """An animation would fetch the eye for ever (RGAA 13.8)."""
    frames = [Image.new("RGB", (40, 24), colour) for colour in ((0, 200, 0), (200, 0, 0), (0, 0, 200))]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    made = printed(tmp_path, data, name="image.gif")
    found = [(colours(shown(d))[0], getattr(Image.open(io.BytesIO(d)), "n_frames", 1)) for d in made.values()]
    assert [("G", 1), ("G", 1)] == found


def test_one_pixel_is_a_picture(tmp_path: Path):
    """The smallest there is."""
    data = encoded(Image.new("RGB", (1, 1), (200, 0, 0)), "PNG")
    sizes = {shown(made).size for made in printed(tmp_path, data, width=1).values()}
    assert ((1, 1, ""), {(1, 1)}) == (measured(tmp_path, data), sizes)


def test_a_very_flat_picture_keeps_one_line(tmp_path: Path):
    """No height rounds to nothing."""
    data = encoded(Image.new("RGB", (4000, 1)), "PNG")
    assert {(480, 1)} == {shown(made).size for made in printed(tmp_path, data, width=480).values()}


def test_a_derivative_has_the_width_asked_for(tmp_path: Path):
    """And the proportions of the picture."""
    data = encoded(pixels(size=(1200, 800)), "JPEG")
    assert {(480, 320)} == {shown(made).size for made in printed(tmp_path, data, width=480).values()}


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is very large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "illisible"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "illisible"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "refusée"),
        (encoded(pixels(), "JPEG")[:400], "illisible"),
        (encoded(pixels(), "PNG")[:60], "illisible"),
        (encoded(pixels(), "BMP"), "illisible"),
        (encoded(pixels(), "TIFF"), "illisible"),
        (b"GIF89a" + b"\xff" * 50, "illisible"),
        (bomb(7100, 7100), "trop"),
        (bomb(60000, 60000), "trop"),
        (bomb(2**31 - 1, 2**31 - 1), "illisible"),
    ],
    ids=["empty", "HTML", "SVG", "cut JPEG", "cut PNG", "BMP", "TIFF", "noise", "bomb", "larger bomb", "largest bomb"],
)
def test_what_is_no_picture_we_print_is_told(tmp_path: Path, data: bytes, expected: str):
    """Decided by decoding, never by the name, and without decoding what is too large."""
    found = measured(tmp_path, data)
    assert (0, 0, True) == (*found[:2], found[2] in {expected, "trop"})
    assert expected == found[2] or expected == "illisible"


def test_a_name_does_not_make_a_picture(tmp_path: Path):
    """A PNG called .jpg is printed all the same."""
    assert (40, 24, "") == measured(tmp_path, encoded(pixels(), "PNG"), "image.jpg")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_no_damage_to_a_file_breaks_a_build(tmp_path: Path, form: str):
    """Bytes changed at random: the picture is measured, or its fault is told, never an exception."""
    chance = random.Random(20261123)  # noqa: S311  # the same damages at each run
    whole = bytearray(laden(form) if form != "GIF" else encoded(pixels("P"), "GIF"))
    faults = set()
    for _ in range(150):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        faults.add(measured(tmp_path, bytes(hurt))[2])
    assert set() == faults - {"", "illisible", "trop"}


def test_derivatives_have_the_same_bytes_each_time(tmp_path: Path):
    """Made in another folder, without a cache."""
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        found.append(printed(tmp_path / name, laden()))
    assert found[0] == found[1]
