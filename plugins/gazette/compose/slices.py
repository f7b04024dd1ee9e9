"""Slices of a school year of the frise: a fil's, what names a cycle, what names a school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.compose.desk import by_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.views.cards import Happening
    from gazette.model.newsroom import Fil


@dataclass(frozen=True, slots=True)
class Slice:
    """Happenings of a year that share something, at an address of their own."""

    group: str
    """The question it answers: « Par cycle »; "" for the whole and the fils."""
    segment: str
    """Of the address, under the year's: ``cycle-2/``."""
    label: str
    """As a link: « Cycle 2 »."""
    title: str
    """After the year's: « cycle 2 »."""
    shown: tuple[Happening, ...]
    fil: Fil | None = None


def slices(desk: Desk, shown: Sequence[Happening], *, is_over: bool) -> tuple[Slice, ...]:
    """Return the year whole, by fil, then by what it names; a year that is over is no longer narrowed down."""
    whole = Slice("", "", "Tout", "", tuple(shown))
    lanes = (
        Slice("", f"{f.name}/", f.short_title, f.short_title, tuple(h for h in shown if f in h.fils), f)
        for f in desk.fils
    )
    return (whole, *lanes, *(() if is_over else _named(desk, shown)))


def _named(desk: Desk, shown: Sequence[Happening]) -> Iterator[Slice]:
    for cycle in sorted({c for h in shown for c in h.cycles}):
        own = tuple(h for h in shown if cycle in h.cycles)
        yield Slice("Par cycle", f"cycle-{cycle}/", f"Cycle {cycle}", f"cycle {cycle}", own)
    schools = (desk.schools[uai] for uai in {uai for h in shown for uai in h.uais})
    for school in sorted(schools, key=by_name):
        name = school.title if school.town in school.title else f"{school.title}, {school.town}"
        own = tuple(h for h in shown if school.uai in h.uais)
        yield Slice("Par école", f"ecole-{school.uai.lower()}/", name, name, own)
