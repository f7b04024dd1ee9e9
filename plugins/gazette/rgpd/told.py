"""What an entry's page tells otherwise than its source: values decoded from YAML, attributes, addresses, cells."""

from __future__ import annotations

import html
import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from gazette.rgpd.percent import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry

_OURS = frozenset(
    "id path name folder status author audience date origin body digest face source source_digest lines approval "
    "provenance file authorisation faces_checked likeness_checked people licence kind state role".split()
)
"""Fields that no author writes words in, or that the source is searched for as they are."""
_CELL = re.compile(r"</t[dh]>|</dt>\s*<dd>")
_BLOCK = re.compile(r"</?(?:p|li|h\d|tr|div|blockquote|table|thead|tbody|[uod]l|d[td]|fig\w+|section|pre|hr)\b[^>]*>")
_BREAK = re.compile(r"<br\b[^>]*>")
_SPACES = re.compile(r"[^\S\n\v]+")
"""All but what parts lines and elements."""
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r"\A(?:t-)?(?:fn(?:ref)?[\d-]*)?")
"""What is put before an id, or the anchor of a note."""
_WORD = re.compile(r"[^\W_]+")
_ATTRIBUTE = re.compile(r"\s(?:title|alt|href|src|cite|aria-label|abbr|summary)=\"([^\"]*)\"")


def told(entry: Entry, said: str) -> str:
    """Return, a paragraph each, the texts printed of an entry that its unmarked source does not hold word for word."""
    known = _SPACES.sub(" ", said)
    values = (" ".join(value.split()) for value in _values(entry))
    texts = dict.fromkeys((*values, *_addresses(entry), *_rendered(entry.body.html)))
    return "\n\n".join(text for text in texts if text and not _holds(known, text))


def _holds(known: str, text: str) -> bool:
    """Tell whether a text stands whole in one line, glued to no other word: a name is not seen across a line's end."""
    start = known.find(text)
    while start >= 0:
        if not (known[start - 1 : start].isalnum() or known[start + len(text) : start + len(text) + 1].isalnum()):
            return True
        start = known.find(text, start + 1)
    return False


def _addresses(entry: Entry) -> Iterator[str]:
    """Yield what addresses of the entry are made of: former ones as the files they were, events, anchors."""
    yield from (f"{former.rsplit('/', 1)[-1]}.md" for former in entry.former_addresses)
    titles = {
        h.anchor for h in entry.body.headings if {*_WORD.findall(h.anchor)[1:]} <= {*_WORD.findall(h.title.lower())}
    }
    anchors = (_ID.sub("", anchor) for anchor in sorted(entry.body.anchors - titles))
    yield from (name.replace("-", " ") for name in (*(event.id for event in entry.events), *anchors))


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
        lines = (html.unescape(_TAG.sub("", line)) for line in _BREAK.split(block))
        yield "\n".join(" ".join(line.split()) for line in lines)
    for value in _ATTRIBUTE.findall(body):
        yield " ".join(decoded(html.unescape(value)).split())
