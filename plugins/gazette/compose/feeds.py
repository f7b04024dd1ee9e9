"""Feeds: of everything, each fil, the frise, weeks, each cycle and school; each as RSS for the ENT, Atom and JSON."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gazette.compose.archives import archive_pages
from gazette.compose.desk import address, by_name
from gazette.compose.feed_items import entry_item, event_items, sound_items
from gazette.compose.feed_links import FORMATS, GENERAL
from gazette.compose.letters import weekly
from gazette.compose.pictures import copies, derivatives
from gazette.compose.selections import FOLLOWED, selections, tool_selections
from gazette.model.cahier import Contribution
from gazette.model.entry import Outil
from gazette.model.feed import ARTWORK, STYLESHEET, Feed, FeedList, Outline, Stream, Tombstone
from gazette.model.level import CYCLES, cycles_of
from gazette.model.moment import Moment
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.feed import FeedItem

ITEMS = 50
"""Entries of a full feed; the ENT profile carries the first ten."""
PODCASTS = "À écouter"
"""Group of what has one format, RSS with sounds."""
FIRST_DAY = date(2000, 1, 1)
"""When a feed changed that never had anything."""


def feeds(desk: Desk) -> Iterator[Sheet]:
    """Yield every feed in every format, the podcast, the list of feeds, and the pictures they show."""
    streams = [stream for follow in STREAMS for stream in follow(desk)]
    archives = {fil.name: tuple(archive_pages(fil.name, fil.title, _older(desk, fil.name))) for fil in desk.fils}
    for stream in streams:
        yield from stream_sheets(desk, replace(stream, older=next((a.name for a in archives.get(stream.name, ())), "")))
    for archive in itertools.chain.from_iterable(archives.values()):
        yield Sheet(f"fils/{archive.name}.json", "json", _feed(desk, archive), archive.sources)
    podcast = _podcast(desk)
    if podcast.items:
        art, owner = desk.audience.address + ARTWORK, desk.newsroom.legal.publisher_email
        view = replace(_feed(desk, podcast), artwork=art, owner=owner)
        yield Sheet(f"fils/{podcast.name}.rss", "podcast", view, podcast.sources)
    yield Sheet("fils/index.opml", "opml", _list(desk, (*streams, podcast) if podcast.items else streams))
    shown = {
        path for stream in streams if any(i.pictures or i.gallery for i in stream.items) for path in stream.sources
    }
    pictures = {image.digest: image for path in sorted(shown) for image in desk.by_path[path].entry.images}
    for image in pictures.values():
        yield from derivatives(desk, image)  # this edition's own copies of what its feeds show
    for path in sorted({path for stream in (*streams, podcast) for path in stream.sources} & desk.enclosures.keys()):
        yield from copies(desk, desk.by_path[path].entry)


def stream_sheets(desk: Desk, stream: Stream) -> Iterator[Sheet]:
    """Yield a feed in every format."""
    feed = _feed(desk, stream)
    for form, suffix, _ in FORMATS:
        yield Sheet(f"fils/{stream.name}.{suffix}", form, feed, stream.sources)


def _entries(desk: Desk) -> Iterator[Stream]:
    """Yield what follows entries: everything, each fil, each cycle, each school. One pass puts each in its rows."""
    rows: dict[str, list[Cleared]] = {}
    for cleared in desk.cleared:
        if desk.fil_of(cleared.entry):
            for name in _rows(cleared.entry):
                row = rows.setdefault(name, [])
                if len(row) < ITEMS:
                    row.append(cleared)
    shown = {c.entry.path: c for row in rows.values() for c in row}
    items = {path: entry_item(desk, cleared) for path, cleared in shown.items()}
    for name, title, description, home, group in _titles(desk):
        latest = sorted((c.entry.path for c in rows.get(name, ())), key=lambda p: items[p].published, reverse=True)
        sources = tuple(latest)  # in a preview, what is to come stands last in lists, and first in feeds
        yield Stream(name, title, description, home, group, tuple(items[path] for path in sources), sources)


def _older(desk: Desk, fil: str) -> list[tuple[FeedItem, str]]:
    """Return the entries of a public fil that its feed no longer shows, with their files."""
    if not desk.newsroom.has_archives or desk.audience != desk.newsroom.audiences[0]:
        return []
    told = [c for c in desk.cleared if fil in {c.entry.folder, *c.entry.also_in} and desk.fil_of(c.entry)]
    return [(entry_item(desk, c), c.entry.path) for c in told[ITEMS:]]


def _rows(entry: Entry) -> set[str]:
    """Return the name of every feed that takes the entry in."""
    cycles = (*(entry.cycles if isinstance(entry, Outil) else ()), *cycles_of(entry.levels))
    schools = (f"ecoles/{uai}" for uai in (entry.author, *entry.schools))
    return {"tout", entry.folder, *entry.also_in, *(f"cycle-{n}" for n in cycles if n in CYCLES), *schools}


def _titles(desk: Desk) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name, title, description, page and group of each feed of entries that this audience has."""
    general, root = desk.newsroom.title, desk.audience.address
    yield "tout", f"{general} : tout", desk.newsroom.motto, root, GENERAL
    for fil in desk.fils:
        yield fil.name, fil.title, fil.description, f"{root}{fil.name}/", GENERAL
    for number, levels in CYCLES.items():
        told = f"Ce qui s’adresse aux classes du cycle {number}, de {levels[0]} à {levels[-1]}."
        yield f"cycle-{number}", f"{general} : cycle {number}", told, root, "Par cycle"
    for school in sorted(desk.schools.values(), key=by_name):
        told = f"{school.title} : ce qui en vient, et ce qui s’y rapporte."
        yield f"ecoles/{school.uai}", school.title, told, school.audience.address + address(school), "Par école"


def _frise(desk: Desk) -> Iterator[Stream]:
    """Yield what follows the frise: what was announced, moved or cancelled, the latest first."""
    found = [(c.entry.path, item) for c in desk.cleared if c.entry.events for item in event_items(desk, c)]
    found.sort(key=lambda f: (-f[1].published.timestamp(), f[1].id))
    sources, items = zip(*found[:ITEMS], strict=True) if found else ((), ())
    title, told = f"{desk.newsroom.title} : frise", "Ce qui est annoncé, déplacé ou annulé."
    yield Stream("frise", title, told, f"{desk.audience.address}frise/", GENERAL, items, tuple(dict.fromkeys(sources)))


def _tools(desk: Desk) -> Iterator[Stream]:
    """Yield what follows a choice among tools: a cycle, a competence, a price, what asks for no account."""
    fil = next((f for f in desk.fils if f.kind == "outil"), None)
    tools = [c for c in desk.of(fil) if isinstance(c.entry, Outil)] if fil else []
    items = {c.entry.path: entry_item(desk, c) for c in tools[:ITEMS]}
    for chosen in (s for s in (*selections(desk, tools), *tool_selections(tools)) if s.group in FOLLOWED):
        assert fil  # noqa: S101  # it has tools
        name, title = f"{fil.name}/{chosen.segment.rstrip('/')}", f"{fil.title} : {chosen.title}"
        shown = [c.entry.path for c in chosen.cleared if c.entry.path in items]
        shown.sort(key=lambda path: items[path].published, reverse=True)
        home = f"{desk.audience.address}{fil.name}/{chosen.segment}"
        yield Stream(name, title, chosen.label, home, "Parmi les outils", tuple(items[p] for p in shown), tuple(shown))


STREAMS: tuple[Callable[[Desk], Iterator[Stream]], ...] = (_entries, _frise, weekly, _tools)
"""What an edition's feeds follow: another kind of feed is one more function here."""


def _podcast(desk: Desk) -> Stream:
    """Return the recordings of every entry that has some."""
    heard = [c for c in desk.cleared if c.entry.path in desk.enclosures and _is_told(desk, c.entry)]
    episodes = [(c.entry.path, e) for c in heard for e in sound_items(entry_item(desk, c))]
    episodes.sort(key=lambda e: e[1].published, reverse=True)  # as _entries: in a preview, what is to come
    sources, items = zip(*episodes[:ITEMS], strict=True) if episodes else ((), ())
    title, told = f"{desk.newsroom.title} : à écouter", "Les enregistrements de la circonscription et de ses écoles."
    return Stream("audio", title, told, desk.audience.address, PODCASTS, items, tuple(dict.fromkeys(sources)))


def _is_told(desk: Desk, entry: Entry) -> bool:
    """Tell whether the recordings of an entry are episodes: it belongs to a fil, or is a page of a book."""
    return isinstance(entry, Contribution) or desk.fil_of(entry) is not None


def _feed(desk: Desk, stream: Stream) -> Feed:
    told = tombstones(desk)[:ITEMS]
    gone = {t.id for t in told}
    items = tuple(i for i in stream.items if i.id not in gone)
    changes = (*(i.updated for i in items), *(Moment(t.day).instant for t in told))
    return Feed(
        id=desk.uuid(f"fil/{desk.audience.name}/{stream.name}"),
        title=stream.title,
        description=stream.description or stream.title,
        home=stream.home,
        address=f"{desk.audience.address}fils/{stream.name}",
        author=desk.newsroom.title,
        items=items,
        updated=max(changes, default=Moment(FIRST_DAY).instant),
        stylesheet="../" * stream.name.count("/") + STYLESHEET.removeprefix("fils/"),
        tombstones=told,
        older=f"{desk.audience.address}fils/{stream.older}.json" if stream.older else "",
        hub=desk.newsroom.hub if desk.audience == desk.newsroom.audiences[0] else "",  # no hub is told of the others
    )


def tombstones(desk: Desk) -> tuple[Tombstone, ...]:
    """Return the entries withdrawn from this edition or a more open one, latest first; no other edition is told."""
    editions = {a.name for a in desk.newsroom.audiences if desk.audience.may_read(a)}
    gone = (w for w in reversed(desk.register.withdrawals) if w.entry and w.edition in editions)
    return tuple(Tombstone(desk.uuid(w.entry), w.day) for w in gone)


def _list(desk: Desk, streams: Iterable[Stream]) -> FeedList:
    """Return every feed by group, in the order they come: with full texts, and the podcast as it is."""
    groups: dict[str, list[Outline]] = {}
    for stream in streams:
        suffix = "rss" if stream.group == PODCASTS else "atom"
        address_ = f"{desk.audience.address}fils/{stream.name}.{suffix}"
        outline = Outline(stream.title, stream.description or stream.title, address_, stream.home)
        groups.setdefault(stream.group, []).append(outline)
    return FeedList(desk.newsroom.title, tuple((title, tuple(rows)) for title, rows in groups.items()))
