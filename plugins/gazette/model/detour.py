"""Addresses of an edition that no page answers any more, and what a web server answers there instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detours:
    """What one edition answers at addresses of its past; paths have no slash at the ends."""

    moved: tuple[tuple[str, str], ...]
    """Former path, and the absolute address that the entry has today."""
    gone: tuple[str, ...]
    """Paths of entries withdrawn for good."""
