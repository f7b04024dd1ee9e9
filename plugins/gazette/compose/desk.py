"""Where an edition is composed: what its audience may see, and how each thing is addressed and summed up for it."""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gazette.compose.views import Card, Due, Happening
from gazette.model.body import Body, resolved
from gazette.model.entry import Ecole, Entry, Evenement, InfoDirection, Outil, Page
from gazette.model.moment import Moment, school_year, school_year_label
from gazette.model.picture import WIDTHS, Derivative, Picture
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from gazette.model.body import Reference
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Deadline, Event, Window
    from gazette.model.media import Image, Measure
    from gazette.model.newsroom import Audience, Fil, Newsroom

NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""RFC 9562's name space of URLs; ours is made of it and of the circonscription's identifier."""


LEGAL = ("mentions-legales", "donnees-personnelles", "accessibilite")
"""Addresses of the legal pages."""


def event_anchor(identity: str) -> str:
    """Return the anchor of an event on the frise."""
    return "e-" + re.sub(r"[^a-z0-9]+", "-", identity.lower()).strip("-")


def address(entry: Entry) -> str:
    """Return the entry's address relative to its edition's root; an event's is its place on the frise."""
    if isinstance(entry, Evenement):
        event = entry.events[0]
        return f"frise/{school_year_label(school_year(event.start.day))}/#{event_anchor(event.id)}"
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

    @property
    def today(self) -> date:
        """Return the day of the edition."""
        return self.now.date()

    @cached_property
    def by_path(self) -> dict[str, Cleared]:
        """Return what is visible, by source path."""
        return {c.entry.path: c for c in self.cleared}

    @cached_property
    def schools(self) -> dict[str, Ecole]:
        """Return the schools of the directory, by UAI."""
        return {c.entry.uai: c.entry for c in self.cleared if isinstance(c.entry, Ecole)}

    @cached_property
    def fils(self) -> tuple[Fil, ...]:
        """Return the fils this audience has, in the order of the menu."""
        return tuple(f for f in self.newsroom.fils if self.audience.may_read(f.floor))

    def of(self, fil: Fil) -> list[Cleared]:
        """Return what the fil shows, newest first: its own entries and those that say ``aussi_dans``."""
        return [c for c in self.cleared if c.entry.folder == fil.name or fil.name in c.entry.also_in]

    def is_own(self, entry: Entry) -> bool:
        """Tell whether this edition is the one that prints the entry."""
        return entry.audience.name == self.audience.name

    def href(self, entry: Entry) -> str:
        """Return the entry's address: relative to the root in its own edition, absolute from another."""
        if isinstance(entry, Evenement) or self.is_own(entry):
            return address(entry)
        return entry.audience.address + address(entry)

    def audience_mark(self, entry: Entry) -> str:
        """Return the title of the entry's audience when not everybody may read it."""
        return entry.audience.title if entry.audience.rank else ""

    def author(self, entry: Entry) -> str:
        """Return who signs: a function or a school."""
        role = self.newsroom.role(entry.author)
        if role:
            return role.label
        school = self.schools.get(entry.author)
        return school.title if school else "Une école de la circonscription"

    def school_names(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the names of the schools of these codes that are in the directory."""
        return tuple(self.schools[c].title for c in codes if c in self.schools)

    def fil_of(self, entry: Entry) -> Fil | None:
        """Return the fil an entry belongs to."""
        return self.newsroom.fil(entry.folder)

    def card(self, cleared: Cleared) -> Card:
        """Return the entry as lists show it."""
        entry = cleared.entry
        fil = self.fil_of(entry)
        assert fil  # noqa: S101  # only entries of fils have cards
        assert entry.date  # noqa: S101  # and they are dated
        marks = []
        if isinstance(entry, InfoDirection) and entry.note_number:
            marks.append(entry.note_number)
        if isinstance(entry, Outil) and entry.number:
            marks.append(f"n° {entry.number}")
        if any(d.due.day >= self.today for d in entry.deadlines) or any(w.end.day >= self.today for w in entry.windows):
            marks.append("échéance")
        is_pinned = entry.pinned_until is not None and entry.pinned_until >= self.today
        return Card(
            entry.title,
            self.href(entry),
            entry.summary,
            entry.date,
            fil,
            self.author(entry),
            entry.levels,
            tuple(marks),
            self.audience_mark(entry),
            is_pinned,
            cleared.notice,
        )

    def due(self, cleared: Cleared, what: Deadline | Window, *, is_counted: bool = True) -> Due:
        """Return a deadline, or the end of a window, as lists show it."""
        entry = cleared.entry
        day = getattr(what, "due", None) or what.end  # type: ignore[union-attr]  # one or the other
        return Due(
            what.label,
            entry.title,
            self.href(entry),
            day,
            self.fil_of(entry),
            self.school_names(getattr(what, "schools", ())),
            getattr(what, "link", ""),
            (day.day - self.today).days if is_counted else None,
            cleared.notice,
        )

    def dues(self) -> list[Due]:
        """Return every deadline and end of window, by date."""
        found = [self.due(c, w) for c in self.cleared for w in (*c.entry.deadlines, *c.entry.windows)]
        return sorted(found, key=lambda d: (d.due.sort_key, d.title, d.label))

    def happening(self, cleared: Cleared, what: Event | Window | Deadline | Outil, rank: int = 0) -> Happening:
        """Return an event, a window, a deadline or a weekly tool as the frise shows it."""
        entry = cleared.entry
        nature = {"Event": "evenement", "Window": "fenetre", "Deadline": "echeance"}.get(type(what).__name__, "outil")
        own = self.fil_of(entry)
        names = entry.lanes if isinstance(entry, Evenement) else tuple(n for n in (entry.folder, *entry.also_in) if self.newsroom.fil(n))
        start = getattr(what, "start", None) or getattr(what, "due", None) or entry.date
        assert start  # noqa: S101  # every one of them is dated
        title = getattr(what, "label", "") or getattr(what, "title", "") or entry.title
        if nature in {"fenetre", "echeance"}:
            title = f"{entry.title} : {title}"
        identity = getattr(what, "id", "") if nature in {"evenement", "outil"} else f"{entry.id}/{nature}/{rank}"
        return Happening(
            event_anchor(identity),
            title,
            "" if isinstance(entry, Evenement) else self.href(entry),
            start,
            getattr(what, "end", None),
            getattr(what, "place", ""),
            self.school_names(getattr(what, "schools", ())),
            tuple(f for f in self.newsroom.fils if f.name in names and self.audience.may_read(f.floor)) or ((own,) if own else ()),
            nature,
            getattr(what, "state", "prevu"),
            entry.summary if isinstance(entry, Evenement) else "",
            self.audience_mark(entry),
            cleared.notice,
            entry.body if isinstance(entry, Evenement) else Body(),
            self.body_hrefs(entry) if isinstance(entry, Evenement) else (),
        )

    def body_hrefs(self, entry: Entry, *, is_absolute: bool = False) -> tuple[str, ...]:
        """Return where each reference of the text leads, by rank; "" where there is nothing to link to."""
        return tuple(self._reference_href(entry, r, is_absolute=is_absolute) for r in entry.body.references)

    def _reference_href(self, entry: Entry, reference: Reference, *, is_absolute: bool) -> str:
        if reference.kind == "entry":
            return self.target(entry, reference.target, reference.fragment, is_absolute=is_absolute)
        if reference.kind == "anchor" and f"t-{reference.fragment}" in entry.body.anchors:
            here = entry.audience.address + address(entry) if is_absolute else ""
            return f"{here}#t-{reference.fragment}"
        if reference.kind == "address" and reference.target.strip("/") in self.addresses:
            path = reference.target.lstrip("/")
            return self.audience.address + path if is_absolute else path
        return ""

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Return the addresses an author may write by hand (``/frise/``), without slashes at the ends."""
        entries = (address(c.entry).strip("/") for c in self.cleared if self.is_own(c.entry))
        return frozenset({"", "frise", "echeances", "ecoles", "outils", "fils", "plan-du-site", *LEGAL, *(f.name for f in self.fils), *entries})

    def target(self, entry: Entry, reference_path: str, fragment: str, *, is_absolute: bool) -> str:
        """Return where a link between entries leads this audience; "" when it may not, or there is nothing there."""
        path = resolved(PurePosixPath(entry.path).parent / reference_path)
        found = self.by_path.get(path) or self.by_path.get(f"{path.removesuffix('.md')}/index.md")
        if found is None:
            return ""
        if fragment and f"t-{fragment}" not in found.entry.body.anchors:
            fragment = ""
        href = found.entry.audience.address + address(found.entry) if is_absolute else self.href(found.entry)
        return f"{href}#t-{fragment}" if fragment and "#" not in href else href

    def picture(self, image: Image, *, is_absolute: bool = False) -> Picture | None:
        """Return the picture's printed files in this edition."""
        measure = self.measures.get(image.digest)
        if measure is None or measure.fault:
            return None
        root = self.audience.address if is_absolute else ""
        files = [(f"{root}{self.media_path(image, width)}", width) for width in printed_widths(measure)]
        return Picture(image, measure, tuple((f"{p}.webp", w) for p, w in files), tuple((f"{p}.jpg", w) for p, w in files))

    def media_path(self, image: Image, width: int) -> str:
        """Return the path of a derivative, without extension; keyed, so that a file does not tell where it is printed."""
        name = hmac.new(self.key, image.digest.encode(), hashlib.sha256).hexdigest()[:24]
        return f"media/{name}-{width}"

    def derivatives(self, image: Image) -> list[Sheet]:
        """Return the sheets that print the picture."""
        measure = self.measures[image.digest]
        return [
            Sheet(f"{self.media_path(image, width)}.{extension}", "image", Derivative(image.path, image.digest, width, form))
            for width in printed_widths(measure)
            for extension, form in (("webp", "WEBP"), ("jpg", "JPEG"))
        ]

    def uuid(self, identity: str) -> str:
        """Return the ``urn:uuid:`` of something of this circonscription (RFC 9562, version 5)."""
        space = uuid.uuid5(NAMESPACE, f"gazette:{self.newsroom.identifier}")
        return uuid.uuid5(space, identity).urn


def printed_widths(measure: Measure) -> tuple[int, ...]:
    """Return the widths a picture is printed at, in pixels."""
    largest = min(measure.width, WIDTHS[-1])
    return (*(w for w in WIDTHS if w < largest), largest)


def newest_first(cleared: Iterable[Cleared]) -> list[Cleared]:
    """Return entries by date, newest first; what has no date comes last, by title."""
    return sorted(
        cleared,
        key=lambda c: (
            c.entry.date is None,
            tuple(-n for n in (c.entry.date or Moment(c.entry.origin.created.date())).instant.timetuple()[:5]),
            c.entry.path,
        ),
    )
