"""What an approval signs: everything an author wrote but the approval itself, for whom, and the pictures beside it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any

from gazette.read.frontmatter import body_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.entry import Entry


def signature(entry: Entry, front: Mapping[str, Any], data: bytes) -> str:
    """Return SHA-256 of the keys as read, without ``validation``, of the text and of the pictures, in NFC with LF.

    Keys are signed as they were read, not as they were typed: nothing the program would use can hide from an approval.
    The audience is signed too: an approval to tell the directors is none to tell everybody (a file moved elsewhere).
    """
    keys = {key: value for key, value in front.items() if key != "validation"}
    signed = [entry.audience.name, keys, body_of(data.decode("utf-8-sig")), [medium.digest for medium in entry.media]]
    text = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()
