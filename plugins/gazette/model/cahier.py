"""A shared book and the contributions that schools give to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from gazette.model.entry import Entry
from gazette.model.media import Writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gazette.model.media import Medium

FOLDER = "cahiers"
"""Folder of the books in ``content/``, and first segment of their addresses."""
CONTRIBUTIONS = "contributions"
"""Folder of a book in which each contribution has its own."""

BOOK = re.compile(r"cahiers/[a-z0-9-]{1,80}")
"""How a page that comes from a school's own source names the book it is for (``fil:``)."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Who said that they would give a page."""

    school: str
    """A UAI."""
    class_name: str
    """« CM2 », or "": any class of the school."""

    def is_answered_by(self, page: Contribution) -> bool:
        """Tell whether a page is the one they said they would give."""
        return page.school == self.school and self.class_name.casefold() in {"", page.class_name.casefold()}


@dataclass(frozen=True, kw_only=True, repr=False)
class Cahier(Entry):
    """A shared book; its text is what contributors are asked."""

    kind: ClassVar[str] = "cahier"
    theme: str
    opens: date
    closes: date
    """Last day on which a page may be given."""
    form: str = "livre"
    """livre, or exposition: a wall of pictures."""
    cover: str = ""
    """File name of one of its pictures, or "": the first."""
    order: tuple[str, ...] = ()
    """Names of contributions, as their folders are called, in the order of the book; the others follow by school."""
    awaited: tuple[Awaited, ...] = ()

    def is_open(self, today: date) -> bool:
        """Tell whether pages may be given."""
        return self.opens <= today <= self.closes


@dataclass(frozen=True, kw_only=True, repr=False)
class Contribution(Entry):
    """A page that a class gives to a book: its own owner, authorisation, licence and state."""

    kind: ClassVar[str] = "contribution"
    cahier: str
    """Name of the book."""
    group: str
    """Name of the contribution's folder: its pages stand together."""
    rank: int
    """0: the first page, which brings the others; they follow in the order of their files."""
    lead: str
    """Path of the first page."""
    school: str
    """A UAI."""
    class_name: str
    """« CM2 », or "": not told."""
    licence: str = ""
    is_pupil_work: bool = True
    """Pupils wrote the text: it is theirs, and an authorisation covers it (rule R23)."""
    authorisation: str = ""
    """Id of the authorisation for the text."""

    @property
    def works(self) -> tuple[Medium, ...]:
        """Return its media, then its text, which leaves like them when it is no longer authorised."""
        text = Writing(
            file=self.title,
            path=self.path,
            digest="",
            people="aucune",
            licence=self.licence,
            authorisation=self.authorisation,
            is_pupil_work=self.is_pupil_work,
        )
        return (*self.media, text)


def in_order(cahier: Cahier, pages: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """Return the pages of a book as they follow: the order it declares, then by school and class."""
    ranks = {name.lower(): rank for rank, name in enumerate(cahier.order)}
    return tuple(sorted(pages, key=lambda p: (ranks.get(p.group, len(ranks)), p.group, p.rank, p.name)))
