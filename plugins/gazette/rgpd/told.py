"""What an entry's page tells otherwise than its source: values decoded from YAML, attributes, addresses, cells."""

from __future__ import annotations

import html
import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry

_OURS = frozenset(
    "id path name folder status author audience date origin body digest source source_digest lines approval provenance "
    "file authorisation faces_checked likeness_checked people licence kind state role".split()
)
"""Fields that no author writes words in, or that the source is searched for as they are."""
_CELL = re.compile(r"</t[dh]>")
_BLOCK = re.compile(
    r"</?(?:p|li|h\d|tr|div|blockquote|table|thead|tbody|[uod]l|d[td]|fig\w+|section|pre|[hb]r)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ATTRIBUTE = re.compile(r"\s(?:title|alt|href|src|cite|aria-label|abbr|summary)=\"([^\"]*)\"")


def told(entry: Entry, said: str) -> str:
    """Return, a paragraph each, the texts printed of an entry that its unmarked source does not hold word for word."""
    known = " ".join(said.split())
    texts = dict.fromkeys(" ".join(text.split()) for text in (*_values(entry), *_rendered(entry.body.html)))
    return "\n\n".join(text for text in texts if text and text not in known)


def _values(value: Any) -> Iterator[str]:  # noqa: ANN401  # an entry, or whatever a field of it holds
    """Yield every text that the fields of an entry hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _values(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _OURS:
                yield from _values(getattr(value, field.name))


def _rendered(body: str) -> Iterator[str]:
    """Yield each block of a text as readers see it, then what its marks hold besides; cells are parted by a stroke."""
    for block in _BLOCK.split(_CELL.sub(" | ", body)):
        yield html.unescape(_TAG.sub("", block))
    for value in _ATTRIBUTE.findall(body):
        yield _PERCENT.sub(lambda found: _letters(found[0]), html.unescape(value))


def _letters(escaped: str) -> str:
    """Return the letters that an address writes as « %40 »."""
    return bytes.fromhex(escaped.replace("%", "")).decode("utf-8", "replace")
