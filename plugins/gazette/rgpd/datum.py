"""A personal datum found in a text, masked as soon as it is found."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Datum:
    """What was found and where; it never holds the datum itself."""

    rule: str
    """Number of the rule, e.g. ``R32``."""
    start: int
    """In the text, in characters."""
    end: int
    what: str
    """In French, with the datum masked, e.g. « téléphone portable 06 •• •• •• 78 »."""
    remedy: str
    """In French, imperative."""
    is_warning: bool = False
    """Told, and printed anyway."""


def initials(name: str) -> str:
    """Mask a name: « Emma Dupont » is told as « E… D… »."""
    return " ".join(f"{word[0].upper()}…" for word in re.findall(r"[^\W\d_]+", name)[:3])


def ends(number: str) -> str:
    """Mask a number: its first two signs and its last two are enough to find it again."""
    signs = re.sub(r"\W", "", number)
    return f"{signs[:2]} {' '.join(['••'] * max(1, len(signs) // 2 - 2))} {signs[-2:]}"
