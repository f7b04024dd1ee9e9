"""Files → entries: front matter, schema, Markdown → safe HTML, git history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from gazette.model.newsroom import Newsroom

READER = "gazette.read.worker"
"""The module that reads texts within limits, as a pool starts it."""


def newsroom(content: str | PathLike[str], theme: str | PathLike[str] | None = None) -> Newsroom:
    """Return the circonscription that a folder describes; ``ConfigurationError`` when it cannot be used."""
    from gazette.read.circonscription import load_newsroom  # noqa: PLC0415  # workers import this package without pydantic

    return load_newsroom(content, theme)
