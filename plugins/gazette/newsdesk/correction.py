"""A correction: what a moderator changed in a text, told from digests of its former lines, and made again in the next.

The register keeps no word of what was taken out, a pupil's name perhaps: twelve digits a line are enough to merge.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

DIGITS = 12
_ORIGIN = re.compile(r"^origine:[ \t]*\n(?:[ \t]+[^\n]*\n)+", re.MULTILINE)
_PLACE = "origine:\n"
"""Stands for where a text comes from, which is another in each version and nobody's to correct."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed in the version that stands, and the new version with the same changes."""

    merged: str
    """The new version, corrected; "": the school changed the same lines, or nothing tells what was corrected."""
    lines: tuple[str, ...]
    """What the moderator wrote."""
    removed: int
    """Lines of the school that were taken out or changed."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines that stand in the place of some of the former ones."""

    start: int
    end: int
    """Ranks among the former lines, the last one excluded."""
    lines: tuple[str, ...]


def digests(text: str) -> str:
    """Return the digests of the lines of a text, one after the other."""
    return " ".join(_digest(line) for line in _lines(text))


def correction(before: str, standing: str, fresh: str) -> Correction:
    """Return what was changed of a text, of which ``before`` has the ``digests``, and the same done to a fresh one."""
    former = before.split()
    ours, theirs = _lines(standing), _lines(fresh)
    corrected, changed = _edits(former, ours), _edits(former, theirs)
    told = tuple(line for edit in corrected for line in edit.lines if line.strip())
    removed = sum(edit.end - edit.start for edit in corrected)
    merged = _merged(former, corrected, changed, ours, theirs)
    origin = _ORIGIN.search(fresh)
    whole = "" if merged is None or origin is None else "".join(merged).replace(_PLACE, origin[0], 1)
    return Correction(whole, told, removed)


def _lines(text: str) -> list[str]:
    return (_ORIGIN.sub(_PLACE, text, count=1).rstrip() + "\n").splitlines(keepends=True)


def _digest(line: str) -> str:
    return hashlib.sha256(line.rstrip().encode()).hexdigest()[:DIGITS]


def _edits(former: list[str], lines: list[str]) -> list[_Edit]:
    told = SequenceMatcher(None, former, [_digest(line) for line in lines], autojunk=False).get_opcodes()
    return [_Edit(i1, i2, tuple(lines[j1:j2])) for tag, i1, i2, j1, j2 in told if tag != "equal"]


def _merged(
    former: list[str], corrected: list[_Edit], changed: list[_Edit], ours: list[str], theirs: list[str]
) -> list[str] | None:
    """Return the lines with both kinds of edits; None when they meet, or when nothing tells the former lines."""
    edits = sorted({*corrected, *changed}, key=lambda e: (e.start, e.end))
    for one, other in itertools.pairwise(edits):
        if other.start < one.end or (other.start, other.end) == (one.start, one.end):
            return None
    words = {_digest(line): line for line in (*ours, *theirs)}
    result, place = [], 0
    for edit in [*edits, _Edit(len(former), len(former), ())]:
        result += [words[digest] for digest in former[place : edit.start]]
        result += edit.lines
        place = edit.end
    return result if former and corrected else None
