"""What lists are made of: entries, deadlines, happenings, the school's time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING

from gazette.compose.views.frame import Link
from gazette.model.duration import last_day

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.body import Body
    from gazette.model.moment import Moment
    from gazette.model.newsroom import Fil
    from gazette.model.picture import Picture


@dataclass(frozen=True, repr=False)
class Card:
    """An entry in a list."""

    title: str
    href: str
    summary: str
    date: Moment
    fil: Fil
    author: str
    levels: tuple[str, ...]
    marks: tuple[str, ...]
    """Short words shown as tags: « NS n° 3 », « échéance », « n° 8 »."""
    audience: str
    """Title of its audience when it is more restricted than the most open one, or ""."""
    is_pinned: bool
    notice: str
    """In the preview, why readers do not see it yet, or ""."""
    picture: Picture | None = None
    """Its first picture that shows no pupil."""

    def __repr__(self) -> str:
        """Return the digest of what it shows: many views are digested by the same card."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        shown = repr(_shown_of(self))
        return f"Card({blake2b(shown.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()})"


_shown_of = attrgetter(*(field.name for field in fields(Card)))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in a list."""

    label: str
    title: str
    """Of the entry it comes from."""
    author: str
    """Who signs that entry."""
    href: str
    due: Moment
    fil: Fil | None
    schools: tuple[str, ...]
    """Names of the schools concerned; none: all."""
    codes: tuple[str, ...]
    """Their UAIs."""
    link: str
    """An https address where the thing is done, or ""."""
    days_left: int | None
    """Negative: late. None where it is not told: an entry's page does not change every day."""
    notice: str
    calendar: str
    """Of the file that puts it in an agenda."""
    opens: Moment | None = None
    """Of a window: it can be done from then on."""
    is_over: bool = False
    """Its day is behind: told where ``days_left`` is not."""


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A school that published a dépêche."""

    school: Link
    """Its page in the directory; without ``href`` when this edition has none."""
    original: str
    """Web address of what it published, or ""."""
    seen: date


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, a window or a deadline on the frise."""

    id: str
    """Anchor on the frise page."""
    title: str
    href: str
    """Of the entry it comes from; "": it has none."""
    start: Moment
    end: Moment | None
    place: str
    schools: tuple[str, ...]
    """Names."""
    fils: tuple[Fil, ...]
    nature: str
    """``evenement``, ``fenetre``, ``echeance``, ``outil``."""
    state: str
    """``prevu``, ``deplace``, ``annule``."""
    summary: str
    audience: str
    notice: str
    body: Body
    """Text of an event that has no page of its own; it may be empty (``body.words`` is 0)."""
    hrefs: tuple[str, ...]
    """Of the body's references."""
    uais: tuple[str, ...] = ()
    """Of the schools it names, or else its entry does; none: all."""
    cycles: tuple[int, ...] = ()
    """That its entry names; none: all."""
    calendar: str = ""
    """Of the file that puts it in an agenda, with its other dates."""
    origins: tuple[OriginLine, ...] = ()
    """Schools whose dépêches announce it; none: the circonscription does."""
    is_over: bool = False
    """Told on an entry's own page: others know of their day."""

    @property
    def last_day(self) -> date:
        """Return the day on which it is over."""
        return last_day(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """Today in the school's time."""

    day: date
    label: str
    """« lundi 23 novembre 2026 · semaine 48 · période 2 »."""
    ahead: str
    """« vacances de Noël dans 26 jours · zone A », or ""."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A fil on the home page."""

    fil: Fil
    href: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to choose among the entries of a list: « Par cycle »."""

    title: str
    links: tuple[Link, ...]
    """``detail`` is how many entries each holds."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands in a list of pages."""

    number: int
    total: int
    first: str | None
    """Address of the first, under which the others stand; None: where components are shown, none leads anywhere."""

    @property
    def links(self) -> tuple[Link, ...]:
        """Return all pages, the current one marked: not a part of every page's view, which would grow with each."""
        return tuple(map(self._link, range(1, self.total + 1)))

    @property
    def previous(self) -> Link | None:
        """Return the page before, if any."""
        return self._link(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> Link | None:
        """Return the page after, if any."""
        return self._link(self.number + 1) if self.number < self.total else None

    def _link(self, number: int) -> Link:
        href = "" if self.first is None else page_address(self.first, number)
        return Link(str(number), href, is_current=number == self.number)


def page_address(first: str, number: int) -> str:
    """Return the address of a page of a list that begins at ``first``."""
    return first if number == 1 else f"{first}page/{number}/"
