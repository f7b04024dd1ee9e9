"""A file that is no picture, sound nor document that we print."""

from __future__ import annotations


class UnreadableError(Exception):
    """Tells why, in French, and what to do where the usual remedy is not it."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.remedy = remedy
        """"" where saving the file again is the remedy."""
