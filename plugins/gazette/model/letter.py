"""The weekly letter before it is printed: a subject, and a few short lists of links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the letter tells."""

    title: str
    url: str
    """Absolute."""
    facts: str
    """Day, author or deadline, on one line; or ""."""
    text: str = ""
    """A summary, or ""."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a week tells one audience."""

    week: str
    """``2026-S47``."""
    subject: str
    title: str
    intro: str
    """One sentence; it says so when the week holds nothing."""
    parts: tuple[Part, ...]
    url: str
    """Of the week's page."""
    newsroom: str
    """Title of the circonscription."""
    edition: str
    """Title of the audience, or "" when everybody may read it."""
    reason: str
    """Why the reader receives it, and how to receive it no more."""
    unserved: tuple[str, ...] = ()
    """Open schools of the directory without a function address: told to who sends, never printed."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A school that receives the letter, at its function address."""

    uai: str
    name: str
    address: str
