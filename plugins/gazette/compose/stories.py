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
from gazette.model.entry import Ecole, Evenement

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
    What nobody read before it came on line joins no other school's: a copy would take its page, or sign it.
    """
    cleared = tuple(cleared)
    kept: dict[Key, str] = {}
    others: dict[str, list[Entry]] = {}
    entries = sorted((c.entry for c in cleared if c.entry.provenance and not c.notice), key=_first_seen)
    shared, unread = _shared(entries), _unread(entries, [c.entry for c in cleared if isinstance(c.entry, Ecole)])
    for entry in entries:
        keys = tuple(_keys(entry, shared, is_alone=entry.path in unread))
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


def _unread(entries: Iterable[Entry], schools: Iterable[Ecole]) -> frozenset[str]:
    """Return the paths of what came from a source that is judged afterwards, or from none of its school's others."""
    sources = {school.name.upper(): school.correspondents for school in schools}
    found = set()
    for entry in entries:
        own = sources.get(entry.path.split("/")[1].upper(), ())
        judged = {source.url for source in own if not source.is_trusted}
        if any(source.is_trusted for source in own) and entry.provenance and entry.provenance.source not in judged:
            found.add(entry.path)
    return frozenset(found)


def _link(entry: Entry) -> str:
    return entry.provenance.link.rstrip("/") if entry.provenance else ""


def _keys(entry: Entry, shared: frozenset[str], *, is_alone: bool) -> Iterator[Key]:
    """Yield what tells a story: its original, all that was judged, a whole text, or a school’s title of a day.

    An original tells one of a school alone; another school’s has its title too. ``is_alone``: of its school alone.
    """
    origin = entry.provenance
    assert origin  # noqa: S101  # the caller looked
    place: Key = (entry.audience.rank, entry.folder)
    if isinstance(entry, Evenement):
        place = (*place, *((e.start.iso, e.state) for e in entry.events))
    title = _words(entry.title)
    if (link := _link(entry)) and link not in shared:
        yield from (("adresse", *place, link, who) for who in (entry.author, *([] if is_alone else [tuple(title)])))
    text, whose = _words(entry.body.text), (entry.author,) if is_alone else (entry.author, "")
    if origin.digest:
        yield from (("empreinte", *place, who, origin.digest) for who in whose)
    if len(text) >= ENOUGH:
        whole = hashlib.blake2b(" ".join(text).encode(), digest_size=16).digest()
        yield from (("texte", *place, who, whole) for who in whose)
    if len(title) >= TITLE and entry.date:
        yield ("titre", *place, entry.author, entry.date.day, *title)


def _words(text: str) -> list[str]:
    """Return the words of a text, without case, accents nor typography: a feed and a file do not type alike."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))
