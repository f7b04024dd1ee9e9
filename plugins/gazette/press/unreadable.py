"""A file that is no picture nor sound that we print."""

from __future__ import annotations


class UnreadableError(Exception):
    """Tells why, in French."""
