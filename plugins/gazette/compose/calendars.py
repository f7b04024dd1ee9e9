"""Calendars: of the frise, of each fil and school, of what is due, of each event; and the frise as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.compose.programme import programme
from gazette.model.calendar import Calendar, Occasion
from gazette.model.entry import Evenement
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.programme import Item

REMINDERS = (7, 1)
"""Days before what is due at which a calendar rings: time to do it, then time to finish it."""


def calendars(desk: Desk) -> Iterator[Sheet]:
    """Yield every calendar of the edition, and ``frise.json``. One pass puts each occasion in its rows."""
    rows: dict[str, list[Occasion]] = {}
    sources: dict[str, dict[str, None]] = {}
    alone: dict[str, list[Occasion]] = {}
    for item in desk.once(programme):
        told, path = occasion(desk, item), item.cleared.entry.path
        for name, one in _rows(desk, item, told):
            rows.setdefault(name, []).append(one)
            sources.setdefault(name, {})[path] = None
        if desk.is_own(item.cleared.entry):
            rings = REMINDERS if told.nature == "echeance" else ()
            alone.setdefault(item.happening.calendar, []).append(replace(told, reminders=rings))
            sources.setdefault(item.happening.calendar, {})[path] = None
    yield from (_alone(desk, name, told, tuple(sources[name])) for name, told in alone.items())
    rows.get(DUE, []).sort(key=lambda o: o.start.sort_key)  # a window stands there by its last day
    for name, title, told_, home in _titles(desk):
        calendar = _calendar(desk, name, title, told_, home, rows.get(name, ()))
        paths = tuple(sources.get(name, ()))
        yield Sheet(name, "ics", calendar, paths)
        if name != DUE:
            for_ent = ent_path(name)
            yield Sheet(for_ent, "ics", replace(calendar, address=desk.audience.address + for_ent, is_ent=True), paths)
        if name == WHOLE:
            yield Sheet(JSON, "frise_json", replace(calendar, address=f"{desk.audience.address}{JSON}"), paths)


WHOLE, JSON, DUE = "frise/frise.ics", "frise/frise.json", "echeances/echeances.ics"


def ent_path(name: str) -> str:
    """Return the file that tells a calendar to the ENT: ``frise-ent.ics`` beside ``frise.ics``."""
    return f"{name.removesuffix('.ics')}-ent.ics"


def occasion(desk: Desk, item: Item) -> Occasion:
    """Return one thing of the programme as calendars carry it."""
    shown, entry = item.happening, item.cleared.entry
    names = desk.schools
    return Occasion(
        id=identity(desk, item.identity),
        title=shown.title,
        start=shown.start,
        end=shown.end,
        place=shown.place,
        schools=tuple((code, names[code].title if code in names else "") for code in item.schools),
        lanes=tuple((fil.name, fil.title) for fil in shown.fils),
        nature=shown.nature,
        state=shown.state,
        summary=shown.summary or entry.summary,
        url=_url(item),
        link=item.link,
        audience=entry.audience.name,
        modified=entry.origin.modified,
        sources=tuple((o.school.title, o.original) for o in shown.origins),
    )


def identity(desk: Desk, name: str) -> str:
    """Return the UUID of something of the frise."""
    return desk.uuid(f"evenement/{name}").removeprefix("urn:uuid:")


def _url(item: Item) -> str:
    """Return the entry's page or, when it has none, its place on the frise of the edition that prints it."""
    entry = item.cleared.entry
    if not isinstance(entry, Evenement):
        return entry.audience.address + address(entry)
    year = school_year_label(school_year(item.happening.start.day))
    return f"{entry.audience.address}frise/{year}/#{item.happening.id}"


def _rows(desk: Desk, item: Item, told: Occasion) -> Iterator[tuple[str, Occasion]]:
    """Yield every calendar that takes an occasion in, and how that one tells it."""
    yield WHOLE, told
    yield from ((f"frise/{name}.ics", told) for name, _ in told.lanes)
    named = dict.fromkeys((*item.schools, item.cleared.entry.author))
    yield from ((f"ecoles/{code}/frise.ics", told) for code in named if code in desk.schools)
    if told.nature == "echeance":
        yield DUE, replace(told, reminders=REMINDERS)
    elif told.nature == "fenetre" and told.end and not item.is_period:
        last = identity(desk, f"{item.identity}/fin")
        title = f"Dernier jour : {told.title}"
        yield DUE, replace(told, id=last, title=title, start=told.end, end=None, reminders=REMINDERS)


def _alone(desk: Desk, name: str, dates: Sequence[Occasion], paths: tuple[str, ...]) -> Sheet:
    """Return what puts one event, with all its dates, in an agenda."""
    first = dates[0]
    calendar = _calendar(desk, name, first.title, "", first.url, dates)
    return Sheet(name, "ics", replace(calendar, is_alone=True), paths)


def _titles(desk: Desk) -> Iterator[tuple[str, str, str, str]]:
    """Yield path, title, description and page of each calendar that this audience has."""
    general, root = desk.newsroom.title, desk.audience.address
    yield WHOLE, f"{general} : frise", "Les événements, les fenêtres et les échéances de l’année scolaire.", "frise/"
    yield DUE, f"{general} : échéances", "Ce qui est à faire, et avant quand.", "echeances/"
    for fil in desk.fils:
        year = school_year_label(school_year(desk.today))
        yield f"frise/{fil.name}.ics", f"{fil.title} : frise", fil.description, f"frise/{year}/{fil.name}/"
    for school in sorted(desk.schools.values(), key=lambda s: s.uai):
        told = f"Ce qui est propre à {school.title} : les dates communes sont dans l’agenda de la frise."
        home = school.audience.address + address(school)
        yield f"ecoles/{school.uai}/frise.ics", f"{school.title} : frise", told, home.removeprefix(root)


def _calendar(
    desk: Desk, name: str, title: str, description: str, home: str, occasions: Iterable[Occasion]
) -> Calendar:
    root = desk.audience.address
    return Calendar(
        id=identity(desk, f"calendrier/{desk.audience.name}/{name}"),
        title=title,
        description=description or title,
        home=home if "://" in home else root + home,
        address=root + name,
        edition=desk.audience.name,
        circonscription=desk.newsroom.identifier,
        occasions=tuple(occasions),
    )
