"""Where an edition is composed: what its audience may see, and how each thing is addressed for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from gazette.compose.occurrences import occurrences, precedence
from gazette.compose.pictures import beside
from gazette.model.body import resolved
from gazette.model.cahier import FOLDER as CAHIERS
from gazette.model.cahier import Cahier
from gazette.model.entry import Ecole, Evenement, Outil, Page
from gazette.model.figures import Figures
from gazette.model.moment import Moment, school_year, school_year_label
from gazette.model.register import Register
from gazette.model.text import alphabetical, anchored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from gazette.compose.views.cards import Card
    from gazette.model.body import Reference
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry, Event
    from gazette.model.feed import Enclosure
    from gazette.model.media import Measure
    from gazette.model.newsroom import Audience, Fil, Newsroom

Made = TypeVar("Made")
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""RFC 9562's name space of URLs; ours is made of it and of the circonscription's identifier."""
SECTIONS = ("", "frise", "echeances", "ecoles", "fils", "plan-du-site", "recherche")
"""Addresses of the pages every edition has."""
LEGAL = ("mentions-legales", "donnees-personnelles", "accessibilite")
"""Addresses of the legal pages."""


def event_anchor(identity: str) -> str:
    """Return the anchor of an event on the frise."""
    return f"e-{anchored(identity)}"


def agenda_path(anchor: str) -> str:
    """Return the file that puts one event, with every date of a weekly one, in an agenda."""
    return f"frise/dates/{anchor}.ics"


def address(entry: Entry) -> str:
    """Return the entry's address relative to its edition's root; an event's is its place on the frise."""
    if isinstance(entry, Evenement):
        event = entry.events[0]
        return f"frise/{school_year_label(school_year(event.start.day))}/#{event_anchor(event.id)}"
    if isinstance(entry, Figures):
        return "deploiement/" if entry.name == "deploiement" else f"deploiement/{entry.name}/"
    return f"{entry.name}/" if isinstance(entry, Page) else f"{entry.folder}/{entry.name}/"


@dataclass(frozen=True)
class Desk:
    """The desk of one edition; every answer is for its audience."""

    audience: Audience
    newsroom: Newsroom
    now: datetime
    cleared: tuple[Cleared, ...]
    """What the audience may see, newest first."""
    measures: Mapping[str, Measure]
    key: bytes
    """Secret that names this edition's media; not printed."""
    register: Register = field(default_factory=Register)
    """What was withdrawn."""
    enclosures: Mapping[str, tuple[Enclosure, ...]] = field(default_factory=dict)
    """Recordings and documents as this edition prints them, by the path of their entry."""
    same_story: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By the path of a dépêche, the others that tell its story: they have no page of their own."""

    has_search: bool = False
    """The engine's indexes are wanted."""
    is_preview: bool = False
    """It is made for who prepares it, with its components."""
    cards: dict[str, Card] = field(default_factory=dict, init=False)
    """Cards made so far, by the path of their entry: many pages show the same."""
    answers: dict[Any, Any] = field(default_factory=dict, init=False)
    """What was made ``once``, by what made it."""

    def once(self, make: Callable[[Desk], Made]) -> Made:
        """Return what ``make`` makes of this desk; several pages ask for the same."""
        if make not in self.answers:
            self.answers[make] = make(self)
        made: Made = self.answers[make]
        return made

    @property
    def today(self) -> date:
        """Return the day of the edition."""
        return self.now.date()

    @cached_property
    def by_path(self) -> dict[str, Cleared]:
        """Return what is visible, by source path."""
        found = {c.entry.path: c for c in self.cleared}
        return found | {other.path: found[path] for path, others in self.same_story.items() for other in others}

    @cached_property
    def schools(self) -> dict[str, Ecole]:
        """Return the schools of the directory, by UAI."""
        return {c.entry.uai: c.entry for c in self.cleared if isinstance(c.entry, Ecole)}

    @cached_property
    def figures(self) -> tuple[Figures, ...]:
        """Return the files of figures."""
        return tuple(c.entry for c in self.cleared if isinstance(c.entry, Figures))

    @cached_property
    def referent(self) -> tuple[str, str]:
        """Return the function to ask for help and its address: the ERUN's, else that of the tools or of the team."""
        roles = [self.newsroom.role(name) for name in ("erun", "equipe")]
        known = [(role.label, role.email) for role in roles if role and role.email]
        kept = [(fil.title, fil.contact) for fil in self.fils if fil.kind == "outil" and fil.contact]
        is_erun = bool(roles[0] and roles[0].email)
        return next(iter(known if is_erun else [*kept, *known]), ("", ""))

    @cached_property
    def tools(self) -> dict[str, Outil]:
        """Return the sheets of tools, by name."""
        return {c.entry.name: c.entry for c in self.cleared if isinstance(c.entry, Outil)}

    @cached_property
    def fils(self) -> tuple[Fil, ...]:
        """Return the fils this audience has, in the order of the menu."""
        return tuple(f for f in self.newsroom.fils if self.audience.may_read(f.floor))

    def of(self, fil: Fil) -> list[Cleared]:
        """Return what the fil shows, newest first: its own entries and those of other fils that say ``aussi_dans``."""
        return list(self._by_fil.get(fil.name, ()))

    @cached_property
    def _by_fil(self) -> dict[str, list[Cleared]]:
        """Return what each fil shows, by name: pages ask for it time and again."""
        found: dict[str, list[Cleared]] = {}
        for cleared in self.cleared:
            if self.fil_of(cleared.entry):
                for name in dict.fromkeys((cleared.entry.folder, *cleared.entry.also_in)):
                    found.setdefault(name, []).append(cleared)
        return found

    def is_own(self, entry: Entry) -> bool:
        """Tell whether this edition is the one that prints the entry."""
        return entry.audience.name == self.audience.name

    def href(self, entry: Entry) -> str:
        """Return the entry's address: relative to the root in its own edition, absolute from another."""
        if isinstance(entry, Evenement):
            return self.place(entry.events[0].id)
        return address(entry) if self.is_own(entry) else entry.audience.address + address(entry)

    def agenda(self, entry: Entry, anchor: str) -> str:
        """Return where what an entry announces is put in an agenda: in the most open edition that announces it."""
        teller, _ = self.standing.get(anchor, (entry.audience, None))
        return ("" if teller.name == self.audience.name else teller.address) + agenda_path(anchor)

    def place(self, identity: str) -> str:
        """Return where an event stands on the frise, at its first day; the frise itself when it has no day at all."""
        anchor = event_anchor(identity)
        if anchor not in self.standing:
            return "frise/"  # a weekly event without a day of class
        _, day = self.standing[anchor]
        return f"frise/{school_year_label(school_year(day))}/#{anchor}"

    @cached_property
    def standing(self) -> dict[str, tuple[Audience, date]]:
        """Return the audience that each event is told to first, and its first day, by anchor."""
        found: dict[str, tuple[Audience, date]] = {}
        for entry in sorted((c.entry for c in self.cleared), key=precedence):
            for event in entry.events:
                days = self.dates(event)
                if days:
                    found.setdefault(event_anchor(event.id), (entry.audience, days[0].start.day))
        return found

    def dates(self, event: Event) -> list[Event]:
        """Return an event, or the sessions of a weekly one but for those that have an event of their own."""
        if not event.repeat_day:
            return [event]
        return [day for day in occurrences(event, self.newsroom.zone) if event_anchor(day.id) not in self.sessions]

    @cached_property
    def sessions(self) -> dict[str, str]:
        """Return the identity of each session told by an event of its own (moved, called off), by that one's anchor."""
        events = [event for c in self.cleared for event in c.entry.events]
        alone = {event_anchor(event.id) for event in events if not event.repeat_day}
        weekly = (day for e in events if e.repeat_day for day in occurrences(e, self.newsroom.zone))
        return {anchor: day.id for day in weekly if (anchor := event_anchor(day.id)) in alone}

    def audience_mark(self, entry: Entry) -> str:
        """Return the title of the entry's audience when not everybody may read it."""
        return entry.audience.title if entry.audience.rank else ""

    def author(self, entry: Entry) -> str:
        """Return who signs: a function or a school."""
        return self._authors.get(entry.author, "Une école de la circonscription")

    @cached_property
    def _authors(self) -> dict[str, str]:
        """Return who may sign, by name of role or by UAI."""
        schools = {uai: school.title for uai, school in self.schools.items()}
        return schools | {role.name: role.label for role in self.newsroom.roles}

    def school_names(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the names of the schools of these codes that are in the directory."""
        return tuple(self.schools[c].title for c in codes if c in self.schools)

    def fil_of(self, entry: Entry) -> Fil | None:
        """Return the fil an entry belongs to; a book calls for pages in the first that shows it."""
        if isinstance(entry, Cahier):
            return next((f for f in self.fils if f.name in entry.also_in), None)
        return self.fils_by_name.get(entry.folder)

    @cached_property
    def fils_by_name(self) -> dict[str, Fil]:
        """Return every fil of the circonscription, by name: lists ask for one at each entry."""
        return {f.name: f for f in self.newsroom.fils}

    def body_hrefs(self, entry: Entry, *, is_absolute: bool = False) -> tuple[str, ...]:
        """Return where each reference of the text leads, by rank; "" where there is nothing to link to."""
        return tuple(self._reference_href(entry, r, is_absolute=is_absolute) for r in entry.body.references)

    def _reference_href(self, entry: Entry, reference: Reference, *, is_absolute: bool) -> str:
        if reference.kind == "entry":
            return self.target(entry, reference.target, reference.fragment, is_absolute=is_absolute)
        if reference.kind == "file":
            return self._beside(entry, reference.target, is_absolute=is_absolute)
        if reference.kind == "anchor" and f"t-{reference.fragment}" in entry.body.anchors:
            here = entry.audience.address + address(entry) if is_absolute else ""
            return f"{here}#t-{reference.fragment}"
        if reference.kind == "address" and reference.target.strip("/") in self.addresses:
            path = reference.target.lstrip("/")
            return self.audience.address + path if is_absolute else path
        return ""

    def _beside(self, entry: Entry, target: str, *, is_absolute: bool) -> str:
        """Return where a link to a file that the entry declares leads; an event has no page, and prints none."""
        href = beside(self, entry, resolved(PurePosixPath(entry.path).parent / target))
        if not href or isinstance(entry, Evenement):
            return ""
        if href.startswith("#"):
            return entry.audience.address + address(entry) + href if is_absolute else href
        return self.audience.address + href if is_absolute else href

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Return the addresses an author may write by hand (``/frise/``), without slashes at the ends."""
        entries = (address(c.entry).strip("/") for c in self.cleared if self.is_own(c.entry))
        joins = ("deploiement", "deploiement/adhesion") if self.newsroom.adhesion else ()
        figures = (place for f in self.figures for place in ("deploiement", address(f).strip("/")))
        asked = ("aide",) if self.referent[1] else ()
        books = (CAHIERS,) if any(isinstance(c.entry, Cahier) for c in self.cleared) else ()
        return frozenset({*SECTIONS, *LEGAL, *(f.name for f in self.fils), *entries, *joins, *figures, *asked, *books})

    def target(self, entry: Entry, reference_path: str, fragment: str, *, is_absolute: bool) -> str:
        """Return where a link between entries leads this audience; "" when it may not, or there is nothing there."""
        path = resolved(PurePosixPath(entry.path).parent / reference_path)
        found = self.by_path.get(path) or self.by_path.get(f"{path.removesuffix('.md')}/index.md")
        if found is None:
            return ""
        if fragment and f"t-{fragment}" not in found.entry.body.anchors:
            fragment = ""
        href = self.href(found.entry)
        if is_absolute and "://" not in href:
            href = found.entry.audience.address + href
        return f"{href}#t-{fragment}" if fragment and "#" not in href else href

    def uuid(self, identity: str) -> str:
        """Return the ``urn:uuid:`` of something of this circonscription (RFC 9562, version 5)."""
        space = uuid.uuid5(NAMESPACE, f"gazette:{self.newsroom.identifier}")
        return uuid.uuid5(space, identity).urn


def by_name(school: Ecole) -> tuple[str, str, str]:
    """Return the place of a school among others, as a French dictionary sorts their names."""
    return alphabetical(school.title), alphabetical(school.town), school.uai


def newest_first(cleared: Iterable[Cleared]) -> list[Cleared]:
    """Return entries by date, newest first; what has no date comes last, by title."""
    return sorted(
        cleared,
        key=lambda c: (
            c.entry.date is None,
            _latest_first(c.entry.date or Moment(c.entry.origin.created.date())),
            c.entry.path,
        ),
    )


def _latest_first(moment: Moment) -> tuple[int, int]:
    """Return what puts the latest day, then minute, first."""
    hour = moment.hour
    return -moment.day.toordinal(), -(60 * hour.hour + hour.minute) if hour else 0
