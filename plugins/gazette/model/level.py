"""Levels of the primary school, and the cycles they make (code de l'éducation, D311-10)."""

from __future__ import annotations

from functools import cache

CYCLES = {1: ("TPS", "PS", "MS", "GS"), 2: ("CP", "CE1", "CE2"), 3: ("CM1", "CM2", "6e")}
"""Levels by number of cycle, in order of age."""
LEVELS = tuple(level for levels in CYCLES.values() for level in levels)


@cache
def cycles_of(levels: tuple[str, ...]) -> tuple[int, ...]:
    """Return the cycles that levels belong to; none when no level is named, which means all."""
    named = frozenset(levels)
    return tuple(number for number, own in CYCLES.items() if named.intersection(own))
