"""One story that several sources tell — a repository and a feed, two schools' common project — is one entry."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from gazette.compose.views.cards import OriginLine
from gazette.compose.views.frame import Link
from gazette.model.entry import Evenement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry

ENOUGH = 20
"""Words from which the same text is not the same by chance."""
TITLE = 3
"""Words from which a school does not title two texts of one day alike."""

Key: TypeAlias = tuple[object, ...]
Stories: TypeAlias = "tuple[tuple[Cleared, ...], Mapping[str, tuple[Entry, ...]]]"


def stories(cleared: Iterable[Cleared]) -> Stories:
    """Return what is told, each story once, and by the path of the one that is kept the others that tell it too.

    The first that was seen is kept. Two audiences never share a story: who may read one alone would learn of the other.
    """
    cleared = tuple(cleared)
    kept: dict[Key, str] = {}
    others: dict[str, list[Entry]] = {}
    entries = sorted((c.entry for c in cleared if c.entry.provenance and not c.notice), key=_first_seen)
    shared = _shared(entries)
    for entry in entries:
        keys = tuple(_keys(entry, shared))
        path = next((kept[key] for key in keys if key in kept), entry.path)
        kept |= {key: path for key in keys if key not in kept}
        if path != entry.path:
            others.setdefault(path, []).append(entry)
    dropped = {entry.path for group in others.values() for entry in group}
    return tuple(c for c in cleared if c.entry.path not in dropped), {p: tuple(g) for p, g in others.items()}


def origins(desk: Desk, entry: Entry) -> tuple[OriginLine, ...]:
    """Return where a dépêche comes from, then who else published its story, each school once."""
    found: dict[str, OriginLine] = {}
    for told in (entry, *desk.same_story.get(entry.path, ())):
        source = told.provenance
        if source and told.author not in found:
            school = desk.schools.get(told.author)
            href = desk.href(school) if school else ""
            found[told.author] = OriginLine(Link(desk.author(told), href), source.link, date.fromisoformat(source.seen))
    return tuple(found.values())


def _first_seen(entry: Entry) -> tuple[str, str]:
    assert entry.provenance  # noqa: S101  # the caller looked
    return entry.provenance.seen, entry.path


def _shared(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the links that one source gives to several texts: that of a school’s page, which tells no story."""
    told = Counter((e.provenance.source, e.author, e.folder, _link(e)) for e in entries if e.provenance)
    return frozenset(link for (*_, link), count in told.items() if count > 1)


def _link(entry: Entry) -> str:
    return entry.provenance.link.rstrip("/") if entry.provenance else ""


def _keys(entry: Entry, shared: frozenset[str]) -> Iterator[Key]:
    """Yield what tells a story: its original, all that was judged, a whole text, or a school’s title of a day.

    An original tells one of a school alone; another school’s has its title too: whoever copies a link takes no page.
    """
    origin = entry.provenance
    assert origin  # noqa: S101  # the caller looked
    place: Key = (entry.audience.rank, entry.folder)
    if isinstance(entry, Evenement):
        place = (*place, *((e.start.iso, e.state) for e in entry.events))
    title = _words(entry.title)
    if (link := _link(entry)) and link not in shared:
        yield from (("adresse", *place, link, who) for who in (entry.author, tuple(title)))
    if origin.digest:
        yield ("empreinte", *place, origin.digest)
    text = _words(entry.body.text)
    if len(text) >= ENOUGH:
        yield ("texte", *place, hashlib.blake2b(" ".join(text).encode(), digest_size=16).digest())
    if len(title) >= TITLE and entry.date:
        yield ("titre", *place, entry.author, entry.date.day, *title)


def _words(text: str) -> list[str]:
    """Return the words of a text, without case, accents nor typography: a feed and a file do not type alike."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))
