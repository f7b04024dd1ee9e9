"""What is said of accessibility rests on an audit, and is not too old (rules R41, R42; RGAA, déclaration)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

YEARS = 3
"""For which a statement holds."""


def accessibility_stated(case: Case) -> Iterator[Finding]:
    """Tell of a conformity claimed without a dated audit, and of a statement without date or past its three years."""
    legal = case.newsroom.legal
    state, stated = legal.accessibility_state, legal.accessibility_date
    severity = Severity.STOP if case.is_production else Severity.NOTE
    if state != "non" and stated is None:
        message = f"accessibilité dite « {state} conforme » sans audit daté"
        place = case.newsroom.place("accessibilite", "etat")
        yield Finding("RGPD-41", severity, place, message, "écrivez accessibilite: etat: non, ou etablie_le:")
    elif stated is None:
        message = "déclaration d’accessibilité sans date"
        place = case.newsroom.place("accessibilite")
        yield Finding("RGPD-42", Severity.NOTE, place, message, "écrivez accessibilite: etablie_le:")
    elif case.today >= stated.replace(year=stated.year + YEARS, day=min(stated.day, 28)):
        message = f"déclaration d’accessibilité du {stated:%d/%m/%Y} : elle ne vaut que trois ans"
        remedy = "refaites-la, puis écrivez accessibilite: etablie_le:"
        yield Finding("RGPD-42", severity, case.newsroom.place("accessibilite", "etablie_le"), message, remedy)
