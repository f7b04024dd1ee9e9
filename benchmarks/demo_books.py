"""Draws the pictures and synthesises the sounds of the demo's shared books: ``python benchmarks/demo_books.py``.

Nothing in them was photographed nor recorded: Pillow draws lines, tones are added up; any run gives the same bytes.
"""

from __future__ import annotations

import math
import random
import sys
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import av
from av.audio.frame import AudioFrame
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable

BOOKS = Path(__file__).resolve().parent.parent / "content" / "cahiers"
SPRING, SOUNDS, WALL = "petit-inventaire-du-printemps-2026", "les-bruits-de-nos-ecoles", "le-mur-des-abecedaires"
SIZE, SCALE = (1200, 900), 2
"""Pixels of a drawing, and how many times larger it is drawn: edges come out smooth."""
PAPER, INK, GREEN, LEAF, YELLOW, BROWN, BLUE, RED = (
    *("#fdfaf2", "#22304f", "#2f7d4a", "#8fc29a", "#f0b429", "#8a5a33", "#3b7fb5", "#c8503f"),
)
RATE = 22_050
Point: TypeAlias = tuple[float, float]


class Sheet:
    """A sheet of paper and a pencil; coordinates are those of the printed picture."""

    def __init__(self, seed: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.chance = random.Random(seed)  # a hand that shakes, the same every time
        for y in range(60, SIZE[1], 60):
            self.draw.line([(0, y * SCALE), (SIZE[0] * SCALE, y * SCALE)], "#eceaf2", SCALE)

    def line(self, points: list[Point], colour: str = INK, width: int = 5) -> None:
        """Draw a line that trembles a little."""
        shaken = [(x + self.chance.uniform(-1.5, 1.5), y + self.chance.uniform(-1.5, 1.5)) for x, y in points]
        self.draw.line([(x * SCALE, y * SCALE) for x, y in shaken], colour, width * SCALE, joint="curve")

    def curve(self, start: Point, bend: Point, end: Point, colour: str = INK, width: int = 5) -> None:
        """Draw an arc from a point to another, bent towards a third."""
        steps = [n / 24 for n in range(25)]
        row = [
            tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c for a, b, c in zip(start, bend, end, strict=True))
            for t in steps
        ]
        self.line([(x, y) for x, y in row], colour, width)

    def blob(self, x: float, y: float, wide: float, high: float, fill: str, outline: str = INK, width: int = 5) -> None:
        """Draw a filled oval around a centre."""
        box = [(x - wide) * SCALE, (y - high) * SCALE, (x + wide) * SCALE, (y + high) * SCALE]
        self.draw.ellipse(box, fill=fill, outline=outline, width=width * SCALE)

    def shape(self, points: list[Point], fill: str, outline: str = INK) -> None:
        """Draw a filled shape."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)
        self.line([*points, points[0]], outline)

    def ground(self, y: float) -> None:
        """Draw the ground with its grass."""
        self.curve((40, y), (600, y + 30), (1160, y - 6), BROWN, 6)
        for x in range(70, 1150, 46):
            top = y - self.chance.uniform(14, 40)
            self.curve((x, y + 4), (x + 4, y - 10), (x + self.chance.uniform(-14, 14), top), GREEN, 4)

    def save(self, path: Path) -> None:
        """Write the sheet as a small PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        small = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        small.quantize(40, dither=Image.Dither.NONE).save(path, optimize=True)


def primrose(sheet: Sheet) -> None:
    """Draw a cowslip on a bank, a coin beside it for the scale."""
    sheet.ground(720)
    sheet.curve((520, 730), (500, 480), (540, 250), GREEN, 9)
    for side in (-1, 1):
        sheet.shape([(515, 730), (515 + side * 90, 640), (515 + side * 210, 650), (515 + side * 110, 720)], LEAF, GREEN)
    for x, y in ((470, 250), (520, 215), (575, 230), (610, 275), (545, 285)):
        sheet.blob(x, y, 34, 26, YELLOW)
        sheet.blob(x, y, 9, 8, "#e8842c", "#e8842c", 1)
    sheet.blob(860, 690, 46, 46, "#d9c27a")
    sheet.line([(860, 665), (860, 715)], BROWN, 4)


def blackbird(sheet: Sheet) -> None:
    """Draw a blackbird that sings on a branch."""
    sheet.curve((80, 640), (600, 560), (1130, 600), BROWN, 16)
    sheet.blob(560, 440, 180, 120, "#2b2f3a")
    sheet.blob(720, 320, 84, 76, "#2b2f3a")
    sheet.shape([(790, 300), (880, 268), (798, 322)], YELLOW)
    sheet.shape([(790, 326), (872, 350), (786, 342)], YELLOW)
    sheet.blob(742, 300, 13, 13, PAPER, YELLOW, 5)
    sheet.shape([(400, 450), (190, 520), (240, 570), (430, 510)], "#3a4050")
    for x in (540, 610):
        sheet.line([(x, 550), (x - 6, 594)], YELLOW, 7)
    for n, x in enumerate((930, 1000, 1070)):
        sheet.blob(x, 240 - n * 46, 17, 13, INK)
        sheet.line([(x + 16, 240 - n * 46), (x + 16, 160 - n * 46)])


def snails(sheet: Sheet) -> None:
    """Draw three snails on their tracks, with the finish."""
    for rank, colour in enumerate(("#e2a45f", "#c98d6b", "#e8c36a")):
        y, x = 230 + rank * 220, 330 + rank * 190
        sheet.line([(60, y + 76), (1140, y + 76)], "#b9b3c4", 4)
        sheet.shape(
            [(x - 120, y + 72), (x + 130, y + 72), (x + 190, y + 10), (x + 160, y + 2), (x + 96, y + 40)], "#d8cfa8"
        )
        sheet.blob(x, y, 86, 78, colour)
        for turn in range(3):
            sheet.blob(x + turn * 6, y + turn * 4, 60 - turn * 20, 54 - turn * 18, colour)
        for dx in (166, 186):
            sheet.line([(x + dx, y + 10), (x + dx + 12, y - 46)], INK, 4)
            sheet.blob(x + dx + 12, y - 48, 6, 6, INK)
    for step in range(12):
        sheet.draw.rectangle(
            [2090 + step % 2 * 50, step * 140 + 60, 2140 + step % 2 * 50, step * 140 + 200], fill="#5c6478"
        )


def dandelion(sheet: Sheet) -> None:
    """Draw a dandelion in flower, then in seed."""
    sheet.ground(760)
    sheet.curve((360, 760), (340, 560), (370, 380), GREEN, 9)
    for n in range(28):
        angle = n * math.tau / 28
        sheet.line([(370, 360), (370 + 92 * math.cos(angle), 360 + 80 * math.sin(angle))], YELLOW, 13)
    sheet.blob(370, 360, 30, 26, "#e8982c", "#e8982c", 1)
    sheet.curve((800, 760), (830, 520), (800, 330), GREEN, 9)
    for n in range(24):
        angle = n * math.tau / 24
        x, y = 800 + 128 * math.cos(angle), 300 + 122 * math.sin(angle)
        sheet.line([(800, 300), (x, y)], "#9aa0b2", 3)
        for spread in (-0.3, 0, 0.3):
            sheet.line([(x, y), (x + 26 * math.cos(angle + spread), y + 26 * math.sin(angle + spread))], "#b7bccb", 3)
    sheet.blob(800, 300, 20, 18, BROWN)
    for x, y in ((1000, 200), (1070, 270), (1030, 130)):
        sheet.line([(x, y), (x - 10, y + 42)], "#9aa0b2", 3)
        for spread in (-14, 0, 14):
            sheet.line([(x, y), (x + spread, y - 22)], "#b7bccb", 3)


def pond(sheet: Sheet) -> None:
    """Draw a pond with tadpoles, duckweed and a ruler."""
    sheet.blob(600, 470, 500, 300, "#cfe4ea", BLUE, 7)
    for _ in range(26):
        x, y = sheet.chance.uniform(180, 1010), sheet.chance.uniform(240, 330)
        sheet.blob(x, y, 15, 10, LEAF, GREEN, 3)
    for x, y in ((380, 470), (560, 560), (720, 450), (840, 600), (460, 640)):
        sheet.blob(x, y, 32, 24, "#3a3f37")
        sheet.curve((x + 30, y), (x + 70, y - 34), (x + 110, y + 8), "#3a3f37", 8)
        sheet.blob(x - 12, y - 6, 4, 4, PAPER, PAPER, 1)
    sheet.shape([(180, 800), (1020, 800), (1020, 856), (180, 856)], "#f3e3b3")
    for n in range(29):
        sheet.line([(180 + n * 30, 800), (180 + n * 30, 820 + 12 * (n % 5 == 0))], INK, 3)


def growth(sheet: Sheet) -> None:
    """Draw a chart by hand: the length of tadpoles over five weeks."""
    sheet.line([(150, 120), (150, 760), (1090, 760)], INK, 6)
    for n, (length, label) in enumerate(zip((9, 16, 24, 33, 41), ("1", "2", "3", "4", "5"), strict=True)):
        x, top = 240 + n * 170, 760 - length * 14
        sheet.shape([(x, 758), (x, top), (x + 90, top), (x + 90, 758)], LEAF, GREEN)
        sheet.draw.text(((x + 32) * SCALE, 780 * SCALE), label, fill=INK, font_size=56 * SCALE)
        sheet.draw.text(((x + 14) * SCALE, (top - 62) * SCALE), str(length), fill=INK, font_size=48 * SCALE)


def bell(sheet: Sheet) -> None:
    """Draw the bell of the school and its rope."""
    sheet.line([(250, 150), (950, 150)], BROWN, 20)
    sheet.line([(600, 150), (600, 250)], INK, 10)
    sheet.shape([(600, 230), (470, 330), (440, 560), (350, 660), (850, 660), (760, 560), (730, 330)], "#d8a23a")
    sheet.blob(600, 690, 40, 36, "#8a6420")
    sheet.curve((600, 720), (620, 790), (580, 870), BROWN, 8)
    for n in (1, 2, 3):
        for side in (-1, 1):
            x = 600 + side * (260 + n * 60)
            sheet.curve((x, 380), (x + side * 40, 470), (x, 560), BLUE, 5)


def rain(sheet: Sheet) -> None:
    """Draw rain on the roof of the covered playground."""
    sheet.shape([(160, 420), (600, 260), (1040, 420)], "#b9c4d6")
    for x in (240, 960):
        sheet.line([(x, 430), (x, 820)], BROWN, 18)
    for _ in range(90):
        x, y = sheet.chance.uniform(60, 1140), sheet.chance.uniform(30, 250)
        sheet.line([(x, y), (x - 14, y + 40)], BLUE, 4)
    for x in range(180, 1040, 60):
        sheet.blob(x, 440 + abs(x - 600) * 0.02, 6, 10, BLUE, BLUE, 1)
    sheet.curve((80, 840), (600, 860), (1120, 836), INK, 6)
    sheet.blob(500, 850, 120, 14, "#cfe4ea", BLUE, 4)


def stairs(sheet: Sheet) -> None:
    """Draw a staircase seen from the side, with the marks of steps."""
    points: list[Point] = [(120, 800)]
    for n in range(7):
        points += [(120 + n * 130, 800 - (n + 1) * 84), (250 + n * 130, 800 - (n + 1) * 84)]
    sheet.line(points, INK, 8)
    for n in range(7):
        x, y = 160 + n * 130, 780 - (n + 1) * 84
        sheet.blob(x, y, 26, 11, RED, RED, 1)
        sheet.blob(x + 40, y, 12, 10, RED, RED, 1)


def gate(sheet: Sheet) -> None:
    """Draw the gate of the school, ajar."""
    for x in (230, 980):
        sheet.shape([(x - 50, 820), (x - 50, 260), (x + 50, 260), (x + 50, 820)], "#d8cbb4")
    for n in range(8):
        x = 330 + n * 66
        sheet.line([(x, 330 + n * 10), (x, 780 - n * 6)], "#4d6a58", 12)
    sheet.line([(290, 380), (800, 450)], "#4d6a58", 14)
    sheet.line([(290, 720), (800, 690)], "#4d6a58", 14)
    for n in (1, 2, 3):
        sheet.curve((300 - n * 8, 300 - n * 40), (360, 260 - n * 46), (430 + n * 10, 290 - n * 40), RED, 5)
    sheet.ground(830)


def letter_tile(first: str, colour: str, sign: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
    """Return what draws a letter and a thing that begins with it."""

    def drawn(sheet: Sheet) -> None:
        sheet.draw.rectangle([0, 0, 1080, 1800], fill=colour)
        sheet.draw.text((250, 420), first, fill=PAPER, font_size=460 * SCALE)
        sign(sheet)

    return drawn


def tree(sheet: Sheet) -> None:
    """Draw a tree."""
    sheet.line([(860, 760), (860, 480)], BROWN, 34)
    sheet.blob(860, 360, 190, 190, LEAF, GREEN)
    sheet.blob(760, 450, 110, 90, LEAF, GREEN)


def boat(sheet: Sheet) -> None:
    """Draw a boat."""
    sheet.shape([(640, 600), (1120, 600), (1030, 720), (730, 720)], RED)
    sheet.line([(860, 600), (860, 220)], BROWN, 12)
    sheet.shape([(880, 240), (1090, 560), (880, 560)], "#f5f0e0")
    sheet.curve((580, 740), (860, 770), (1160, 736), BLUE, 8)


def snail(sheet: Sheet) -> None:
    """Draw a snail's shell as a spiral."""
    row = [(860 + (20 + n * 1.6) * math.cos(n / 8), 470 + (20 + n * 1.6) * math.sin(n / 8)) for n in range(120)]
    sheet.line(row, BROWN, 16)


def sun(sheet: Sheet) -> None:
    """Draw the sun."""
    for n in range(16):
        angle = n * math.tau / 16
        sheet.line([(860 + k * math.cos(angle), 450 + k * math.sin(angle)) for k in (170, 260)], YELLOW, 14)
    sheet.blob(860, 450, 140, 140, YELLOW)


def mixed(seconds: float, voice: Callable[[float], float]) -> array[int]:
    """Return the samples of a sound."""
    return array("h", (int(26_000 * max(-1.0, min(1.0, voice(n / RATE)))) for n in range(int(seconds * RATE))))


def strokes(seconds: float, *starts: float) -> array[int]:
    """Return a bell that is struck: five partials that die away."""
    partials = ((523.0, 0.5), (1_046.5, 0.28), (1_255.0, 0.16), (1_880.0, 0.1), (2_790.0, 0.06))

    def voice(t: float) -> float:
        told = 0.0
        for start in starts:
            if t >= start:
                since = t - start
                fade = math.exp(-1.7 * since)
                told += fade * sum(v * math.sin(math.tau * f * since) for f, v in partials)
        return 0.6 * told

    return mixed(seconds, voice)


def drops(seconds: float) -> array[int]:
    """Return rain: a soft hiss, and drops on a sheet of iron."""
    chance = random.Random("pluie")
    falls = sorted(
        (chance.uniform(0, seconds), chance.uniform(900, 2_400), chance.uniform(0.1, 0.5)) for _ in range(150)
    )
    level = 0.0

    def voice(t: float) -> float:
        nonlocal level
        level += 0.25 * (chance.uniform(-1, 1) - level)
        near = (f for f in falls if f[0] <= t < f[0] + 0.06)
        taps = sum(v * math.exp(-70 * (t - at)) * math.sin(math.tau * f * (t - at)) for at, f, v in near)
        return 0.5 * level + 0.7 * taps

    return mixed(seconds, voice)


def footsteps(seconds: float) -> array[int]:
    """Return steps that go up a staircase, quicker and quicker."""
    chance = random.Random("pas")
    starts, at, gap = [], 0.3, 0.62
    while at < seconds - 0.4:
        starts.append(at)
        at, gap = at + gap, max(0.24, gap * 0.94)

    def voice(t: float) -> float:
        near = [t - start for start in starts if start <= t < start + 0.2]
        return sum(math.exp(-26 * s) * (0.8 * math.sin(math.tau * 96 * s) + 0.25 * chance.uniform(-1, 1)) for s in near)

    return mixed(seconds, voice)


def frogs(seconds: float) -> array[int]:
    """Return frogs that answer each other from both ends of a pond."""
    croaks = [(0.3 + n * 1.15, 210 + 46 * (n % 2), 0.5 - 0.18 * (n % 2)) for n in range(6)]

    def voice(t: float) -> float:
        told = 0.0
        for at, pitch, loud in croaks:
            since = t - at
            if 0 <= since < 0.7:
                beat = max(0.0, math.sin(math.tau * 17 * since)) ** 3
                tone = sum(math.sin(math.tau * pitch * k * since) / k for k in (1, 2, 3, 5))
                told += loud * math.sin(math.pi * since / 0.7) * beat * tone
        return 0.9 * told

    return mixed(seconds, voice)


def hinges(seconds: float) -> array[int]:
    """Return a gate that creaks as it opens, closes, and clicks."""
    phase = 0.0

    def voice(t: float) -> float:
        nonlocal phase
        told = 0.0
        for at, low, high in ((0.4, 420.0, 760.0), (3.0, 700.0, 390.0)):
            since = t - at
            if 0 <= since < 1.8:
                phase += (low + (high - low) * since / 1.8 + 60 * math.sin(math.tau * 9 * since)) / RATE
                saw = 2 * (phase % 1) - 1
                told += 0.5 * math.sin(math.pi * since / 1.8) * saw
        click = t - 4.9
        if 0 <= click < 0.2:
            told += math.exp(-50 * click) * math.sin(math.tau * 1_500 * click)
        return told

    return mixed(seconds, voice)


def song(seconds: float) -> array[int]:
    """Return a blackbird: flutes that slide, and a trill at the end of each phrase."""
    notes = ((0.2, 1_900, 2_300), (0.65, 2_300, 1_750), (1.1, 2_050, 2_050), (1.6, 2_600, 3_400))
    notes += tuple((at + 3.2, low * 1.06, high * 1.06) for at, low, high in notes)

    def voice(t: float) -> float:
        told = 0.0
        for at, low, high in notes:
            since = t - at
            if 0 <= since < 0.4:
                part = since / 0.4
                wave = 40 * math.sin(math.tau * 24 * since) if high > 3_000 else 0
                pitch = low * since + (high - low) * since * part / 2 + wave / 24
                told += math.sin(math.pi * part) * math.sin(math.tau * pitch)
        return 0.5 * told

    return mixed(seconds, voice)


def write_sound(path: Path, samples: array[int]) -> None:
    """Write samples as a small MP3 file, without tags."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp3", options=options) as written:
        out = written.add_stream("libmp3lame", rate=RATE)
        out.bit_rate, out.layout = 32_000, "mono"
        for start in range(0, len(samples), 1_152):
            part = samples[start : start + 1_152]
            frame = AudioFrame(format="s16p", layout="mono", samples=len(part))
            frame.planes[0].update(part.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate = RATE
            written.mux(out.encode(frame))
        written.mux(out.encode(None))


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    f"{SPRING}/contributions/0869001S-cm1-cm2/primevere.png": primrose,
    f"{SPRING}/contributions/0869003U-ce2/merle.png": blackbird,
    f"{SPRING}/contributions/0869002T-gs/escargots.png": snails,
    f"{SPRING}/contributions/0869004V-cp/pissenlit.png": dandelion,
    f"{SPRING}/contributions/0869006X-cm/mare.png": pond,
    f"{SPRING}/contributions/0869006X-cm/graphique.png": growth,
    f"{SOUNDS}/contributions/0869001S-ce1/cloche.png": bell,
    f"{SPRING}/contributions/0869005W-ms/preau.png": rain,
    f"{SOUNDS}/contributions/0869006X-cp/portail.png": gate,
    f"{SOUNDS}/contributions/0869004V-cm2/escalier.png": stairs,
    f"{WALL}/contributions/0869002T-ms/lettre-a.png": letter_tile("A", "#2f7d4a", tree),
    f"{WALL}/contributions/0869002T-ms/lettre-b.png": letter_tile("B", "#3b5f9e", boat),
    f"{WALL}/contributions/0869005W-gs/lettre-e.png": letter_tile("E", "#8a5a33", snail),
    f"{WALL}/contributions/0869005W-gs/lettre-s.png": letter_tile("S", "#5b3a9e", sun),
}
RECORDINGS: dict[str, Callable[[], array[int]]] = {
    f"{SPRING}/contributions/0869003U-ce2/merle.mp3": lambda: song(7),
    f"{SOUNDS}/contributions/0869001S-ce1/cloche.mp3": lambda: strokes(7, 0.2, 1.1, 2.0, 2.9),
    f"{SPRING}/contributions/0869005W-ms/giboulee.mp3": lambda: drops(8),
    f"{SPRING}/contributions/0869006X-cm/grenouilles.mp3": lambda: frogs(7),
    f"{SOUNDS}/contributions/0869006X-cp/portail.mp3": lambda: hinges(6),
    f"{SOUNDS}/contributions/0869004V-cm2/escalier.mp3": lambda: footsteps(8),
}


def main() -> None:
    """Write every picture and sound beside the page that shows it."""
    for path, draw in DRAWINGS.items():
        sheet = Sheet(path)
        draw(sheet)
        sheet.save(BOOKS / path)
    for path, samples in RECORDINGS.items():
        write_sound(BOOKS / path, samples())
    sys.stdout.write(f"{len(DRAWINGS)} dessins et {len(RECORDINGS)} sons dans {BOOKS.name}/\n")


if __name__ == "__main__":
    main()
