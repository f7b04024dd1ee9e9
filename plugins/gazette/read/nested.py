"""Lists as authors write them: right under a sentence, be it quoted, within one another by two spaces, with code.

Python-Markdown asks for an empty line before a list and for four spaces a level, and sees fences at the beginning of
lines alone.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from markdown.preprocessors import Preprocessor

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}\.) +\S")
_BRACKETED = re.compile(r"\A( *\d{1,9})\)(?= +\S)")
"""« 1) », a number of CommonMark that Python-Markdown does not take for one."""
_OPENING = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
"""What begins a list right under a paragraph: any bullet, of numbers 1 alone (CommonMark 0.31, §5.3)."""
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
_FENCE = re.compile(r" +(`{3,}|~{3,})[^`~]*")
_QUOTED = re.compile(r" {0,3}> ?")
_INSET = re.compile(r"(?: {4}|[ \t]*\Z)")
"""A line of an admonition, under its title « !!! note »."""
STEP = 4
"""Spaces that make a level, for Python-Markdown."""
SEEN = 2
"""Spaces that make a level, for the eye."""


class Nested(Preprocessor):
    """Gives each line of a list the spaces of its level; no line loses any, so that what had four keeps its four."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a text, its code between fences being put aside already."""
        return _listed(lines)


def _listed(lines: list[str]) -> list[str]:
    """Return lines with each list where Python-Markdown sees it."""
    columns: list[int] = []  # where the items around stand, from the outermost
    after_blank, result = True, []
    waiting = iter(lines)
    while (typed := next(waiting, None)) is not None:
        line = _numbered(typed, is_inside=bool(columns), may_begin=after_blank)
        fence = _FENCE.fullmatch(line) if columns else None
        if fence:
            result += _code(line, waiting, fence, columns)
            after_blank = True
            continue
        if not columns and (_QUOTED.match(line) or line.startswith("!!! ")):
            inner, waiting = _inner(line, waiting)
            result += inner
            after_blank = False
            continue
        indent = len(line) - len(line.lstrip(" "))
        level = 0
        if line.strip():
            if _ITEM.match(line) and not _RULE.fullmatch(line):
                if not (after_blank or columns) and _OPENING.match(line):
                    result.append("")
                level = _placed(columns, indent)
            elif after_blank:
                while columns and indent < columns[-1] + SEEN:
                    columns.pop()
                level = len(columns)
        result.append(" " * max(STEP * level - indent, 0) + line)
        after_blank = not line.strip()
    return result


def _inner(first: str, waiting: Iterator[str]) -> tuple[list[str], Iterator[str]]:
    """Return the lines of a quotation or of an admonition, its lists seen to, and what waits after it."""
    title = [] if _QUOTED.match(first) else [first]
    mark, sign = (_INSET, " " * STEP) if title else (_QUOTED, "> ")
    lines = [] if title else [first]
    for line in waiting:
        if not mark.match(line):
            waiting = itertools.chain((line,), waiting)
            break
        lines.append(line)
    inner = _listed([mark.sub("", line, count=1) for line in lines])
    return [*title, *(f"{sign}{line}".rstrip() for line in inner)], waiting


def _numbered(line: str, *, is_inside: bool, may_begin: bool) -> str:
    """Return an item « 1) » with the full stop that Python-Markdown asks for."""
    is_item = is_inside or ((may_begin or line.lstrip().startswith("1)")) and not line.startswith(" " * STEP))
    return _BRACKETED.sub(r"\1.", line) if is_item else line


def _code(line: str, waiting: Iterator[str], fence: re.Match[str], columns: list[int]) -> list[str]:
    """Return the lines up to the closing fence as code indented within its item; as they are when nothing closes it."""
    indent, raw, code = fence.start(1), [line], [""]
    while columns and indent < columns[-1] + SEEN:
        columns.pop()
    for inner in waiting:
        raw.append(inner)
        if inner.strip().startswith(fence[1]) and not inner.strip(f" {fence[1][0]}"):
            return [*code, ""]
        own = len(inner) - len(inner.lstrip(" "))
        code.append(" " * STEP * (len(columns) + 1) + inner[min(own, indent) :])
    return raw


def _placed(columns: list[int], indent: int) -> int:
    """Return the level of an item, and keep its column with those around it."""
    while columns and indent < columns[-1] - 1:
        columns.pop()
    if columns and indent < columns[-1] + SEEN:
        return len(columns) - 1
    if columns or indent < STEP:  # else it is code
        columns.append(indent)
    return max(len(columns) - 1, 0)
