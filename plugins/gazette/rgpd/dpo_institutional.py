"""The data-protection officer is reached at an institutional address (rule R9; RGPD art. 13 and 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case


def dpo_institutional(case: Case) -> Iterator[Finding]:
    """Tell of a private address: a note in a build, STOP in a publication."""
    address = case.newsroom.legal.dpo_email
    if address and not case.newsroom.is_institutional(address):
        severity = Severity.STOP if case.is_production else Severity.NOTE
        message = "l'adresse du délégué à la protection des données n'est pas institutionnelle"
        place = case.newsroom.place("donnees_personnelles", "dpd")
        remedy = "donnez l'adresse académique (donnees_personnelles: dpd)"
        yield Finding("RGPD-09", severity, place, message, remedy)
