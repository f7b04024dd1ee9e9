"""A map drawn from the places of schools alone: markers that never overlap, names of towns where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.compose.views.ecoles import MapPlace, MapTown, SchoolMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazette.compose.views.ecoles import SchoolCard
    from gazette.model.entry import Ecole

WIDTH = 360
"""Units; a telephone shows about one a pixel."""
HEIGHTS = (150, 420)
MARGIN = 24
RADIUS = 10
GAP = 3
LETTER = 6.4
"""Units at most that a letter of a town's name takes, on average."""
LINE = 13
"""Units that a line of text is high."""
SQUARES = (0.5, 1, 2, 5, 10, 20, 50)
"""Kilometres that a square of the paper may stand for."""
DEGREE = 111.2
"""Kilometres in a degree of latitude."""
SMALLEST = 2.0
"""Kilometres across at least: schools of one street do not fill a map."""
MANY = 150
"""Markers: more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles have something in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def school_map(cards: Sequence[SchoolCard]) -> SchoolMap | None:
    """Return the map of the schools that have a place; None where there are fewer than two, or too many."""
    placed = [c for c in cards if c.entry.latitude and c.entry.longitude]
    if not 2 <= len(placed) <= MANY:  # noqa: PLR2004  # one place is no map
        return None
    points, scale, height = _projected([c.entry for c in placed])
    markers: list[tuple[float, float]] = []
    for point in points:
        spot = _free(point, markers, height)
        if spot is None:
            return None
        markers.append(spot)
    places = tuple(
        MapPlace(c.number, c.entry.title, c.entry.town, c.href, *map(_tidy, (*spot, *point)))
        for c, spot, point in zip(placed, markers, points, strict=True)
    )
    square = next((s for s in SQUARES if s * scale >= MARGIN), SQUARES[-1])
    return SchoolMap(WIDTH, height, square, _tidy(square * scale), places, tuple(_towns(places, height)))


def _projected(schools: Iterable[Ecole]) -> tuple[list[tuple[float, float]], float, int]:
    """Return where each school stands on the paper, its units in a kilometre, and the paper's height."""
    degrees = [(float(s.latitude), float(s.longitude)) for s in schools]
    shrink = math.cos(math.radians(sum(lat for lat, _ in degrees) / len(degrees)))
    plane = [(lon * shrink * DEGREE, -lat * DEGREE) for lat, lon in degrees]
    west, north = min(x for x, _ in plane), min(y for _, y in plane)
    wide = max(SMALLEST, max(x for x, _ in plane) - west)
    high = max(SMALLEST / 2, max(y for _, y in plane) - north)
    room = WIDTH - 2 * MARGIN
    scale = min(room / wide, (HEIGHTS[1] - 2 * MARGIN) / high)
    height = max(HEIGHTS[0], math.ceil(high * scale) + 2 * MARGIN)
    east = max(x for x, _ in plane) - west
    south = max(y for _, y in plane) - north
    left, top = (WIDTH - east * scale) / 2, (height - south * scale) / 2
    return [(left + (x - west) * scale, top + (y - north) * scale) for x, y in plane], scale, height


def _free(point: tuple[float, float], taken: Sequence[tuple[float, float]], height: int) -> tuple[float, float] | None:
    """Return the nearest spot where a marker meets no other; None when the paper is full."""
    apart, edge = 2 * RADIUS + GAP, RADIUS + 2
    for x, y in _around(point):
        is_within = edge <= x <= WIDTH - edge and edge <= y <= height - edge
        if is_within and all(math.hypot(x - a, y - b) >= apart for a, b in taken):
            return x, y
    return None


def _around(point: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield the point, then spots farther and farther from it."""
    yield point
    for ring in range(1, 60):
        distance = ring * RADIUS / 2
        for step in range(16):
            angle = math.tau * step / 16
            yield point[0] + distance * math.cos(angle), point[1] + distance * math.sin(angle)


def _towns(places: Sequence[MapPlace], height: int) -> Iterator[MapTown]:
    """Yield the names that fit, those of the towns with most schools first; a list tells them all anyway."""
    towns: dict[str, list[MapPlace]] = {}
    for place in places:
        towns.setdefault(place.town, []).append(place)
    taken = [Box(p.x - RADIUS - 1, p.y - RADIUS - 1, p.x + RADIUS + 1, p.y + RADIUS + 1) for p in places]
    for name, own in sorted(towns.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        for anchor, x, y, box in _spots(name, own):
            is_within = box.left >= 2 and box.right <= WIDTH - 2 and box.top >= 2 and box.bottom <= height - 2  # noqa: PLR2004  # the frame
            if is_within and not any(box.meets(other) for other in taken):
                taken.append(box)
                yield MapTown(name, anchor, _tidy(x), _tidy(y))
                break


def _spots(name: str, places: Iterable[MapPlace]) -> Iterator[tuple[str, float, float, Box]]:
    """Yield where a town's name may stand beside one of its schools: how it is anchored, where, what it takes."""
    width, aside = len(name) * LETTER, RADIUS + 4
    for place in places:
        for anchor, x, y in (
            ("start", place.x + aside, place.y),
            ("end", place.x - aside, place.y),
            ("middle", place.x, place.y + RADIUS + LINE - 2),
            ("middle", place.x, place.y - RADIUS - LINE / 2 - 1),
        ):
            left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
            yield anchor, x, y, Box(left, y - LINE / 2, left + width, y + LINE / 2)


def _tidy(number: float) -> float:
    return round(number, 1)
