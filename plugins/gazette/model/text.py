"""Text from people, made safe to show and to name files with."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, which XML 1.0 (§2.2) and YAML forbid
    "\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"  # zero-width and bidirectional controls
    "\ud800-\udfff\ufffe\uffff"  # lone surrogates and non-characters
    "]"
)
_LINE_ENDS = re.compile("\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
"""What parts words in a line that was typed, or pasted, on several: Word pastes U+000B for a line break."""
_SLUG = re.compile(r"[^a-z0-9]+")
SLUG_LIMIT = 80
"""Characters; file systems take 255 bytes, and addresses are read aloud."""


def clean(text: str) -> str:
    """Return the text in NFC without control, bidirectional, zero-width and lone surrogate characters."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def clean_line(text: str) -> str:
    """Return the text cleaned, on one line, without space at the ends."""
    return clean(_LINE_ENDS.sub(" ", text)).strip()


def anchored(identity: str) -> str:
    """Return an identity as an address may end with it: two that differ by their signs alone are one."""
    return re.sub(r"[^a-z0-9]+", "-", identity.lower()).strip("-")


@cache
def alphabetical(text: str) -> str:
    """Return a text without accents, signs nor case, as a French dictionary sorts it."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(c for c in flat.casefold() if c.isalnum() or c == " ").strip()


def slug(text: str) -> str:
    """Return ``[a-z0-9-]{0,80}`` made of the text; "" when nothing of it can be said in ASCII."""
    spelled = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("’", "-")
    folded = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii").lower()
    return _SLUG.sub("-", folded)[:SLUG_LIMIT].strip("-")
