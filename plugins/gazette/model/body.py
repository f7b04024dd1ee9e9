"""The text of an entry: safe HTML in which links and pictures are still numbered marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazette.model.later import Later

if TYPE_CHECKING:
    from pathlib import PurePosixPath

MARK = re.compile(r'(href|src)="gazette:(\d+)"')
"""A mark in the HTML: the number is the rank in ``references``."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a body points to."""

    kind: str
    """``entry`` (path of a content file), ``address`` (a path of the site), ``image`` (a file beside the entry),
    ``file`` (another file beside it), ``anchor`` (``#x`` on the same page)."""
    target: str
    fragment: str = ""
    line: int = 1
    """Line in the source, best known."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for its table of contents."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, repr=False)
class Body:
    """Rendered text."""

    html: Later = field(default=Later())
    digest: str = ""
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    words: int = 0
    text: Later = field(default=Later(), compare=False)
    """The words alone, for proofs and search."""

    def __repr__(self) -> str:
        """Return the digest: views are digested by their parts."""
        return f"Body({self.digest})"


def resolved(path: PurePosixPath) -> str:
    """Return the path without ``..``; "" when it would leave the content folder."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and not parts:
            return ""
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
