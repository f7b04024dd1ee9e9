"""What is published is hosted in the European Economic Area (rule R38; RGPD chapter V)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

EUROPE = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split())
"""The European Economic Area, by ISO 3166-1."""


def host_in_europe(case: Case) -> Iterator[Finding]:
    """Tell of a host elsewhere, or nobody knows where: a note in a build, STOP in a publication."""
    country = case.newsroom.legal.host_country.strip().upper()
    if country not in EUROPE:
        severity = Severity.STOP if case.is_production else Severity.NOTE
        message = "pays de l'hébergeur absent" if not country else "hébergeur hors de l'Espace économique européen"
        remedy = "écrivez mentions: hebergeur_pays: en deux lettres (FR), ou changez d'hébergeur"
        yield Finding("RGPD-38", severity, case.newsroom.place("mentions", "hebergeur_pays"), message, remedy)
