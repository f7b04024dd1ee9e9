"""An entry as the memo keeps it: read again without its Markdown, its YAML nor its tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import fields
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from gazette.errors import ForgottenError
from gazette.model.body import Body, Heading, Reference
from gazette.model.cahier import Awaited, Cahier, Contribution
from gazette.model.correspondent import Correspondent
from gazette.model.depeche import Provenance
from gazette.model.entry import (
    Actualite,
    Approval,
    Deadline,
    Ecole,
    Ent,
    Entry,
    Evenement,
    Event,
    InfoDirection,
    Outil,
    Page,
    Projet,
    Step,
    Window,
)
from gazette.model.media import Attachment, Image, Sound, Video
from gazette.model.moment import Moment
from gazette.model.newsroom import Audience
from gazette.read.media import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazette.model.memo import Memo
    from gazette.model.newsroom import Newsroom
    from gazette.read.media import MediaFolder

_ENTRIES = (Actualite, Projet, InfoDirection, Outil, Evenement, Ecole, Page, Cahier, Contribution)
_PARTS = (
    *(Approval, Attachment, Awaited, Body, Correspondent, Deadline, Ent, Event, Heading, Image, Provenance),
    *(Reference, Sound, Step, Video, Window),
)
_KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (*_ENTRIES, *_PARTS)}
"""Every noun an entry may hold, by name."""
_KIND, _VALUE = "", "="
"""Keys of what a record holds beside texts, numbers and lists: its kind, and what it is made of."""
_ELSEWHERE: Mapping[type[Any], frozenset[str]] = {
    Entry: frozenset({"origin", "digest", "face", "source"}),
    Body: frozenset({"html", "text"}),
}
"""Fields that git tells, that the file holds, and texts that follow the record as they are."""
_OF_WORDS = frozenset({"source_digest", "lines", "digest", "words"})
"""Fields of an entry and of its body that change with each word, and that its own page alone shows."""
_TEXTS = "texte:"
"""What the key of an entry's texts begins with."""
_APART = frozenset((*_ENTRIES, Body))
"""Kinds that are not whole in a record."""
_END = "\0"
"""Between texts."""
_HTML, _TEXT, _SOURCE = range(3)
"""Their order in the row that is fetched when one is asked for."""
_ITSELF = frozenset({str, int, bool, type(None)})
"""Types that JSON holds as they are."""
_NESTED = frozenset({dict, list})
"""JSON's own that hold others."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no file can hold."""


@cache
def record_version() -> str:
    """Return a digest of the code that makes an entry of a file."""
    here = Path(__file__).parent
    sources = sorted((*here.glob("*.py"), *(here.parent / "model").glob("*.py")))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    digest.update(version("pydantic").encode())
    return digest.hexdigest()[:16]


Facts: TypeAlias = tuple[type[Entry], dict[str, Any]]
"""The kind and the fields of an entry, but what git tells."""


class Records:
    """What the memo keeps of entries that were read without a fault: each in a row, its texts in another."""

    def __init__(self, newsroom: Newsroom, media: MediaFolder, memo: Memo, *, is_open: bool = False) -> None:
        self.media = media
        self.memo = memo
        self.is_open = is_open
        """The memo can be asked as long as the entries are used: their texts are fetched when someone reads them."""
        self.audiences = {a.name: a for a in newsroom.audiences}
        made_with = f"{record_version()}{newsroom.digest}"
        self.prefix = f"entree:{hashlib.blake2b(made_with.encode(), digest_size=12).hexdigest()}:"

    def known(self, digests: Mapping[str, str]) -> dict[str, Facts]:
        """Return, by path, the entries that files of these digests held; the media beside them are those of then."""
        wanted = {self._key(path, digest): path for path, digest in digests.items()}
        found: dict[str, Facts] = {}
        for key, record in self.memo.under(self.prefix):
            path = wanted.get(key)
            if path is not None:
                face, plain = json.loads(record)
                kind, facts = self._made(plain)
                facts["face"] = face
                if self._stand(facts) and self._give_texts(facts, f"{_TEXTS}{key}"):
                    found[path] = kind, facts
        for prefix in ("", _TEXTS):
            self.memo.keep(f"{prefix}{self._key(path, digests[path])}" for path in found)
        return found

    def _give_texts(self, facts: dict[str, Any], key: str) -> bool:
        """Give an entry its texts, or what fetches them; tell whether they are there."""
        held = None if self.is_open else self.memo.get(key)
        if held is None and not self.is_open:
            return False
        fetch = partial(self._texts, key)
        html, text, source = held.split(_END) if held else (partial(fetch, n) for n in (_HTML, _TEXT, _SOURCE))
        facts |= {"body": Body(**facts["body"][1], html=html, text=text), "source": source}
        return True

    def _texts(self, key: str, rank: int) -> str:
        held = self.memo.get(key)
        if held is None:
            raise ForgottenError("mémoire de travail abîmée : relancez avec --frais")
        return held.split(_END)[rank]

    def keep(self, entry: Entry, sha256: str) -> str:
        """Keep an entry, unless its text is none that the memo can hold; return its face."""
        plain = _plain(entry)
        seen = _face(plain)
        head = json.dumps([seen, plain], separators=(",", ":"))
        texts = _END.join((entry.body.html, entry.body.text, entry.source))
        if texts.count(_END) == 2 and not _HALF.search(texts):  # noqa: PLR2004  # its own
            key = self._key(entry.path, sha256)
            self.memo.put(key, head)
            self.memo.put(f"{_TEXTS}{key}", texts)
        return seen

    def _key(self, path: str, sha256: str) -> str:
        return f"{self.prefix}{path}:{sha256}"

    def _stand(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether the media beside an entry are what they were."""
        media = [m for key in ("images", "sounds", "attachments") for m in facts.get(key, ())]
        if not media:
            return True
        beside = PurePosixPath(facts["path"]).parent
        try:
            return all(medium.digest and self.media.digest(beside, medium.file) == medium.digest for medium in media)
        except UnreachableError:
            return False

    def _made(self, value: Any) -> Any:  # noqa: ANN401
        """Return again what ``_plain`` made plain; of an entry and of its text, the kind and the fields."""
        if type(value) is list:
            if _NESTED.isdisjoint(map(type, value)):
                return tuple(value)
            return tuple(self._made(one) if type(one) in _NESTED else one for one in value)
        kind = value.pop(_KIND)
        if kind in _READERS:
            return _READERS[kind](value[_VALUE])
        if kind == Audience.__name__:
            return self.audiences[value[_VALUE]]
        facts = {name: self._made(one) if type(one) in _NESTED else one for name, one in value.items()}
        made = _KINDS[kind]
        return (made, facts) if made in _APART else made(**facts)


def face(entry: Entry) -> str:
    """Return a digest of an entry but for its words: what other pages than its own may show of it."""
    return _face(_plain(entry))


def _face(plain: dict[str, Any]) -> str:
    shown = {name: value for name, value in plain.items() if name not in _OF_WORDS}
    shown["body"] = {name: value for name, value in plain["body"].items() if name not in _OF_WORDS}
    return hashlib.blake2b(json.dumps(shown).encode(), digest_size=12).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever an entry holds
    """Return a value in JSON's own: a tuple is a list, and an object tells its kind."""
    if type(value) in _ITSELF:
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Audience):
        return {_KIND: Audience.__name__, _VALUE: value.name}
    if isinstance(value, Moment):
        return {_KIND: Moment.__name__, _VALUE: [value.day.isoformat(), value.hour and value.hour.isoformat()]}
    if type(value) is dt.date:
        return {_KIND: dt.date.__name__, _VALUE: value.isoformat()}
    if isinstance(value, frozenset):
        return {_KIND: frozenset.__name__, _VALUE: sorted(value)}
    if isinstance(value, dict):  # lines, by key
        return {_KIND: dict.__name__, _VALUE: [[key, *place] for key, place in value.items()]}
    name = type(value).__name__
    if _KINDS.get(name) is not type(value):
        raise TypeError(f"no record of {name}")
    told = {field: one for field, default in _told(name) if (one := getattr(value, field)) != default}
    return {_KIND: name} | {field: _plain(one) for field, one in told.items()}


@cache
def _told(name: str) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a kind that its record holds, with the values that it need not hold."""
    kind = _KINDS[name]
    elsewhere = next((names for known, names in _ELSEWHERE.items() if issubclass(kind, known)), frozenset[str]())
    return tuple((field.name, field.default) for field in fields(kind) if field.name not in elsewhere)


def _moment(said: list[str]) -> Moment:
    day, hour = said
    return Moment(dt.date.fromisoformat(day), dt.time.fromisoformat(hour) if hour else None)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    Moment.__name__: _moment,
    dt.date.__name__: dt.date.fromisoformat,
    frozenset.__name__: frozenset,
    dict.__name__: lambda rows: {key: (line, column) for key, line, column in rows},
}
