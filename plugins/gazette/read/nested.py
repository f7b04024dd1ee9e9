"""Lists within lists, indented by two or three spaces as authors do: Python-Markdown asks for four."""

from __future__ import annotations

import re

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}\.) +\S")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
STEP = 4
"""Spaces that make a level, for Python-Markdown."""
SEEN = 2
"""Spaces that make a level, for the eye."""


class Nested(Preprocessor):
    """Gives each line of a list the spaces of its level; no line loses any, so that what had four keeps its four."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a text, its code between fences being put aside already."""
        columns: list[int] = []  # where the items around stand, from the outermost
        after_blank, result = True, []
        for line in lines:
            indent = len(line) - len(line.lstrip(" "))
            level = 0
            if line.strip():
                if _ITEM.match(line) and not _RULE.fullmatch(line):
                    level = _placed(columns, indent)
                elif after_blank:
                    while columns and indent < columns[-1] + SEEN:
                        columns.pop()
                    level = len(columns)
            result.append(" " * max(STEP * level - indent, 0) + line)
            after_blank = not line.strip()
        return result


def _placed(columns: list[int], indent: int) -> int:
    """Return the level of an item, and keep its column with those around it."""
    while columns and indent < columns[-1] - 1:
        columns.pop()
    if columns and indent < columns[-1] + SEEN:
        return len(columns) - 1
    if columns or indent < STEP:  # else it is code
        columns.append(indent)
    return max(len(columns) - 1, 0)
