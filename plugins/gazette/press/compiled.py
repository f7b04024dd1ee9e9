"""How the theme's templates are compiled: alike for pages and for packages, and once a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jinja2

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "undefined": jinja2.StrictUndefined,
    "extensions": [],
}


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled by this process, by the digest of their text: editions share them, and so do previews."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if its text was compiled before."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self.known[bucket.key, bucket.checksum] = bucket.code


ONCE: dict[str, Any] = OPTIONS | {"bytecode_cache": _Compiled()}
"""The options of a build's own environments."""
