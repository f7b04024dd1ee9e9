"""An address as it is read: « %40 » stands for « @ » (RFC 3986, section 2.1)."""

from __future__ import annotations

import re

_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def decoded(address: str) -> str:
    """Return the letters that a text writes with percents; bytes that are no letter are replaced by a sign."""
    return _PERCENT.sub(_letters, address) if "%" in address else address


def _letters(escaped: re.Match[str]) -> str:
    return bytes.fromhex(escaped[0].replace("%", "")).decode("utf-8", "replace")
