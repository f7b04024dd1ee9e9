"""Colours that can be read: the contrast of WCAG 2, and the nearest one that has enough of it."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RATIO = 4.5
"""Of a text to what it stands on (WCAG 2.1, 1.4.3; RGAA 3.2)."""
WASH = 0.1
"""Part of a colour in the wash that goes with it, on which it is written too."""
HEXADECIMAL = re.compile(r"#?([0-9a-fA-F]{6})")
STEPS = 1000
"""Of lightness, between black and white."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of sRGB, each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        """Return ``#0b5e7a``."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Return the relative luminance (WCAG 2.1)."""
        channels = [c / 255 for c in (self.red, self.green, self.blue)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(self, other: Colour) -> float:
        """Return the ratio of the two, from 1 to 21."""
        one, two = sorted((self.luminance, other.luminance))
        return (two + 0.05) / (one + 0.05)

    def over(self, paper: Colour, part: float) -> Colour:
        """Return what is seen of a part of the colour on a paper."""
        pairs = ((self.red, paper.red), (self.green, paper.green), (self.blue, paper.blue))
        return Colour(*(round(ours * part + theirs * (1 - part)) for ours, theirs in pairs))


def colour(text: str) -> Colour | None:
    """Return the colour that a text writes in hexadecimal, or None."""
    found = HEXADECIMAL.fullmatch(text)
    return Colour(*bytes.fromhex(found[1])) if found else None


def poorest(ink: Colour, papers: Iterable[Colour]) -> float:
    """Return the least contrast of an ink with the papers it is written on, and with its own wash on each."""
    return min(ink.contrast(ground) for paper in papers for ground in (paper, ink.over(paper, WASH)))


def nearest(ink: Colour, papers: tuple[Colour, ...]) -> Colour:
    """Return the ink when it can be read on the papers, or its hue, as little darker or lighter as needed."""
    hue, light, saturation = colorsys.rgb_to_hls(ink.red / 255, ink.green / 255, ink.blue / 255)
    for step in range(STEPS + 1):
        for lightness in (light - step / STEPS, light + step / STEPS):
            if 0 <= lightness <= 1:
                shades = colorsys.hls_to_rgb(hue, lightness, saturation)
                found = ink if step == 0 else Colour(*(round(s * 255) for s in shades))
                if poorest(found, papers) >= RATIO:
                    return found
    raise ValueError("aucune encre ne se lit sur ces papiers")
