"""The directory, its map, and what a school's page gathers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Card, Happening
    from gazette.compose.views.frame import Link, PageHead
    from gazette.model.entry import Ecole


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school in the directory."""

    entry: Ecole
    href: str
    number: int = 0
    """Its rank in the list, which the map shows; 0 for a service."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A school on the map; units of the drawing."""

    number: int
    title: str
    town: str
    href: str
    x: float
    """Of its marker."""
    y: float
    point_x: float
    """Of the place itself, where the marker had to stand aside."""
    point_y: float

    @property
    def is_aside(self) -> bool:
        """Tell whether the marker stands away from the place."""
        return (self.x, self.y) != (self.point_x, self.point_y)


@dataclass(frozen=True, slots=True)
class MapTown:
    """A town's name on the map."""

    name: str
    anchor: str
    """``start``, ``middle`` or ``end``."""
    x: float
    y: float
    """Of its middle line."""


@dataclass(frozen=True, slots=True)
class SchoolMap:
    """The schools of the list, where they stand."""

    width: int
    height: int
    kilometres: float
    """A side of a square of its paper."""
    square: float
    """The same in units."""
    places: tuple[MapPlace, ...]
    towns: tuple[MapTown, ...]


@dataclass(frozen=True, slots=True)
class SchoolsView:
    """``ecoles.html``: the directory, by town; services (RASED, team) apart."""

    head: PageHead
    template: str
    towns: tuple[tuple[str, tuple[SchoolCard, ...]], ...]
    services: tuple[SchoolCard, ...]
    map: SchoolMap | None
    """None where too few schools say where they stand."""
    unplaced: int
    """Schools that the map cannot show."""
    links: tuple[Link, ...]
    """The deployment of the ENT among them, where it is told."""


@dataclass(frozen=True, slots=True)
class SchoolDesk:
    """What a school's page gathers of the rest of the edition."""

    projects: tuple[Card, ...]
    entries: tuple[Card, ...]
    """Other entries that name it or that it signed."""
    current: tuple[Happening, ...]
    """What it takes part in that has begun, and is not over."""
    next: tuple[Happening, ...]
    """What it takes part in from today on."""
    links: tuple[Link, ...]
    """Its dates and deadlines, its feed, its calendar."""
