"""Search: the page that asks, an index a school year for the engine, and every title for who has no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.desk import by_name
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.search import SearchView, TitlesView
from gazette.model.entry import Ecole, Evenement, Outil, Page
from gazette.model.level import CYCLES, cycles_of
from gazette.model.moment import school_year, school_year_label
from gazette.model.search import STOP_WORDS, Record, SearchIndex
from gazette.model.sheet import Sheet
from gazette.model.text import alphabetical

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry

UNDATED = "hors-annee"
"""Last part of the address of what has no date: schools and pages."""
FOLDERS = (("evenements", "Agenda"), ("ecoles", "Écoles"), ("pages", "Pages"), ("cahiers", "Cahiers"))
"""What may be sought besides the fils."""


def search(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of search, and the titles of each school year."""
    for name, cleared in desk.once(_shelves).items():
        yield _titles(desk, name, cleared)
    head = PageHead("Rechercher", "Chercher dans cette édition.", "recherche/", "recherche")
    view = SearchView(
        head,
        "recherche",
        desk.has_search,
        title_pages(desk),
        (*(Link(f.short_title, f.name) for f in desk.fils), *(Link(title, name) for name, title in FOLDERS)),
        tuple(CYCLES),
        tuple((s.title, s.uai) for s in sorted(desk.schools.values(), key=by_name)),
        STOP_WORDS,
    )
    yield Sheet("recherche/index.html", "html", view)


def indexes(desk: Desk) -> Iterator[Sheet]:
    """Yield the index of each school year, for the engine, where it is wanted."""
    shelves = desk.once(_shelves) if desk.has_search else {}
    for name, cleared in shelves.items():
        records = tuple(_record(desk, c.entry) for c in sorted(cleared, key=lambda c: c.entry.path))
        index = SearchIndex(records, is_first=name == next(iter(shelves)))
        yield Sheet(f"recherche/moteur/{name}/", "index", index)


def title_pages(desk: Desk) -> tuple[Link, ...]:
    """Return the links to the titles of each school year."""
    return tuple(
        Link(_label(name), f"recherche/{name}/", str(len(found))) for name, found in desk.once(_shelves).items()
    )


def _shelves(desk: Desk) -> dict[str, list[Cleared]]:
    """Return what may be found by school year, the last first, then what has no date."""
    found: dict[str, list[Cleared]] = {}
    for cleared in desk.cleared:
        day = _day(cleared.entry)
        found.setdefault(school_year_label(school_year(day)) if day else UNDATED, []).append(cleared)
    return {name: found[name] for name in sorted(found, key=lambda n: (n != UNDATED, n), reverse=True)}


def _day(entry: Entry) -> dt.date | None:
    if isinstance(entry, Evenement):
        return entry.events[0].start.day
    return None if isinstance(entry, Ecole | Page) or entry.date is None else entry.date.day


def _label(name: str) -> str:
    return "Écoles et pages" if name == UNDATED else f"Année {name}"


def _titles(desk: Desk, name: str, cleared: list[Cleared]) -> Sheet:
    """Return the page that lists the titles of a year by their first letter."""
    letters: dict[str, list[Link]] = {}
    for entry in sorted((c.entry for c in cleared), key=lambda e: (alphabetical(e.title), e.path)):
        day = _day(entry)
        letters.setdefault(_letter(entry.title), []).append(
            Link(entry.title, desk.href(entry), day.isoformat() if day else "")
        )
    title = f"Tous les titres, {_label(name)[0].lower()}{_label(name)[1:]}"
    head = PageHead(
        title, f"{title}.", f"recherche/{name}/", "recherche", (Link("Rechercher", "recherche/"),), is_indexed=False
    )
    groups = tuple((letter, tuple(links)) for letter, links in sorted(letters.items()))
    return Sheet(f"recherche/{name}/index.html", "html", TitlesView(head, "titres", title, len(cleared), groups))


def _letter(title: str) -> str:
    first = alphabetical(title)[:1]
    return first.upper() if first.isalpha() else "0-9"


def _record(desk: Desk, entry: Entry) -> Record:
    names = {f.name for f in desk.fils} | {name for name, _ in FOLDERS}
    lanes = entry.lanes if isinstance(entry, Evenement) else entry.also_in
    day = _day(entry)
    codes = {*entry.schools, *((entry.uai,) if isinstance(entry, Ecole) else ()), entry.author}
    return Record(
        desk.href(entry),
        entry,
        " · ".join(dict.fromkeys(text.strip() for text in _texts(entry) if text.strip())),
        tuple(name for name in dict.fromkeys((entry.folder.split("/")[0], *lanes)) if name in names),
        entry.cycles if isinstance(entry, Outil) else cycles_of(entry.levels),
        tuple(sorted(codes & desk.schools.keys())),
        day.isoformat() if day else "",
        desk.audience_mark(entry),
    )


def _texts(entry: Entry) -> Iterator[str]:
    """Yield what an entry is found by: all that its page says."""
    yield from (entry.title, entry.summary, entry.body.text, ", ".join(entry.keywords))
    yield from (event.title for event in entry.events)
    yield from (event.place for event in entry.events)
    yield from (window.label for window in entry.windows)
    yield from (deadline.label for deadline in entry.deadlines)
    yield from (medium.caption for medium in entry.media)
    yield from (image.alt or "" for image in entry.images)
    yield from (sound.transcript for sound in entry.sounds)
    yield from (video.title for video in entry.videos)
    if isinstance(entry, Outil):
        yield from (entry.tool, entry.publisher, *(step.text for step in entry.steps))
    if isinstance(entry, Ecole):
        yield from (entry.town, entry.uai)
