"""The directory of schools, and what a school's page gathers of the rest of the edition."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gazette.compose.cards import card
from gazette.compose.deployment import deployment_links
from gazette.compose.desk import by_name
from gazette.compose.map import school_map
from gazette.compose.programme import programme
from gazette.compose.views.ecoles import SchoolCard, SchoolDesk, SchoolsView
from gazette.compose.views.frame import Link, PageHead
from gazette.model.entry import Projet
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet
from gazette.model.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.programme import Item
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Ecole

CARDS = 8
NEXT = 6


def ecoles(desk: Desk) -> Iterator[Sheet]:
    """Yield the directory: schools by town, numbered as on the map, then the services, which have no classes."""
    everyone = sorted(desk.schools.values(), key=lambda s: (alphabetical(s.town), *by_name(s)))
    schools = [s for s in everyone if s.levels or s.classes]
    cards = [SchoolCard(s, desk.href(s), number) for number, s in enumerate(schools, 1)]
    towns = tuple((town, tuple(own)) for town, own in groupby(cards, key=lambda c: c.entry.town))
    services = tuple(SchoolCard(s, desk.href(s)) for s in everyone if s not in schools)
    drawn = school_map(cards)
    unplaced = len(cards) - len(drawn.places) if drawn else 0
    head = PageHead("Écoles", f"Les écoles et les services de la {desk.newsroom.title.lower()}.", "ecoles/", "ecoles")
    view = SchoolsView(head, "ecoles", towns, services, drawn, unplaced, deployment_links(desk))
    yield Sheet("ecoles/index.html", "html", view, tuple(s.path for s in everyone))


def school_desk(desk: Desk, school: Ecole, concerning: Iterable[Cleared], items: Iterable[Item]) -> SchoolDesk:
    """Return what the page of a school gathers: entries that name it, what it takes part in, how to follow it."""
    of_fils = [c for c in concerning if desk.fil_of(c.entry)]
    items = tuple(items)
    shown = [i.happening for i in items if i.happening.last_day >= desk.today]
    return SchoolDesk(
        projects=tuple(card(desk, c) for c in of_fils if isinstance(c.entry, Projet))[:CARDS],
        entries=tuple(card(desk, c) for c in of_fils if not isinstance(c.entry, Projet))[:CARDS],
        current=tuple(h for h in shown if h.start.day < desk.today)[:NEXT],
        next=tuple(h for h in shown if h.start.day >= desk.today)[:NEXT],
        links=tuple(_links(desk, school, items)),
    )


def items_by_school(desk: Desk) -> dict[str, list[Item]]:
    """Return what each school takes part in by name, by date."""
    found: dict[str, list[Item]] = {}
    for item in desk.once(programme):
        for code in dict.fromkeys((*item.schools, item.cleared.entry.author)):
            if code in desk.schools and item.happening.nature != "outil":
                found.setdefault(code, []).append(item)
    return found


def _links(desk: Desk, school: Ecole, items: Iterable[Item]) -> Iterator[Link]:
    year = school_year(desk.today)
    if any(school.uai in i.happening.uais and school_year(i.happening.start.day) == year for i in items):
        yield Link("Sa frise de l’année", f"frise/{school_year_label(year)}/ecole-{school.uai.lower()}/")
    root = desk.audience.address
    yield Link("Son fil, pour l’ENT ou un lecteur", f"{root}fils/ecoles/{school.uai}.xml", "RSS")
    yield Link("Ses dates, pour un agenda", f"{root}ecoles/{school.uai}/frise.ics", "iCalendar")
