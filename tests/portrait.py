"""Drawn portraits, which a face finder takes for faces: no photograph of anybody is kept here."""

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw, ImageFilter

SKIN, HAIR, SHADE, DARK = (205, 160, 130), (45, 32, 25), (165, 120, 98), (60, 40, 25)


def portrait(side: int = 400) -> Image.Image:
    """Draw the head and shoulders of nobody, full face, in the middle of a square."""
    picture = Image.new("RGB", (400, 400), (120, 140, 160))
    draw = ImageDraw.Draw(picture)

    def oval(x: int, y: int, wide: int, tall: int, colour: tuple[int, int, int]) -> None:
        draw.ellipse((x - wide, y - tall, x + wide, y + tall), fill=colour)

    draw.rectangle((160, 300, 240, 400), fill=(150, 110, 90))
    oval(200, 430, 170, 70, (40, 60, 110))
    oval(200, 175, 135, 160, HAIR)
    oval(200, 205, 112, 155, SKIN)
    draw.chord((80, 30, 320, 240), 190, 350, fill=HAIR)
    for way in (-1, 1):
        oval(200 + 48 * way, 182, 34, 22, SHADE)
        oval(200 + 48 * way, 185, 23, 11, (240, 236, 230))
        oval(200 + 48 * way, 185, 10, 11, DARK)
        draw.line((200 + 24 * way, 158, 200 + 78 * way, 158), fill=DARK, width=9)
        oval(200 + 12 * way, 258, 6, 4, (90, 50, 40))
        oval(200 + 62 * way, 250, 26, 22, (215, 160, 135))
    oval(200, 232, 13, 26, (225, 182, 155))
    oval(200, 300, 38, 13, (165, 70, 70))
    draw.line((162, 299, 238, 299), fill=(80, 25, 25), width=4)
    return picture.filter(ImageFilter.GaussianBlur(4)).resize((side, side))


def gathering(places: Iterable[tuple[int, int]], size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """Draw a wall with a portrait of 400 points at each place."""
    picture = Image.new("RGB", size, (120, 140, 160))
    for place in places:
        picture.paste(portrait(), place)
    return picture


def encoded(picture: Image.Image, form: str = "JPEG", **facts: object) -> bytes:
    """Return the picture's bytes."""
    stream = io.BytesIO()
    picture.save(stream, form, **({"quality": 92} | facts))
    return stream.getvalue()
