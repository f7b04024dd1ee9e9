"""What changed between two versions of a text, as a person reads it: lines, and within them words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SAME, ADDED, REMOVED = " ", "+", "-"
AROUND = 1
"""Unchanged lines told on each side of a change."""
_ORIGIN = re.compile(r"^origine:[ \t]*\n(?:[ \t]+[^\n]*\n)+", re.MULTILINE)
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line."""

    mark: str
    """SAME, ADDED or REMOVED."""
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the difference; "…" stands for lines left out."""

    pieces: tuple[Piece, ...]

    @property
    def mark(self) -> str:
        """Return what the line as a whole is: SAME unless something in it changed."""
        marks = {p.mark for p in self.pieces} - {SAME}
        return marks.pop() if len(marks) == 1 and len(self.pieces) == 1 else ("*" if marks else SAME)


def difference(before: str, after: str) -> tuple[Line, ...]:
    """Return the lines that changed, each with a little of what stands around; where it comes from is left out."""
    old, new = (_ORIGIN.sub("", text).splitlines() for text in (before, after))
    lines: list[Line] = []
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    for rank, group in enumerate(groups):
        lines += [Line((Piece(SAME, "…"),))] if rank else []
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [Line((Piece(SAME, text),)) for text in old[i1:i2]]
            elif tag == "replace" and i2 - i1 == j2 - j1:
                lines += [Line(tuple(_words(a, b))) for a, b in zip(old[i1:i2], new[j1:j2], strict=True)]
            else:
                lines += [Line((Piece(REMOVED, text),)) for text in old[i1:i2]]
                lines += [Line((Piece(ADDED, text),)) for text in new[j1:j2]]
    return tuple(lines)


def _words(before: str, after: str) -> Iterator[Piece]:
    """Yield the words of a line that stay, go and come."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[i1:i2]))
            continue
        if i1 < i2:
            yield Piece(REMOVED, "".join(old[i1:i2]))
        if j1 < j2:
            yield Piece(ADDED, "".join(new[j1:j2]))
