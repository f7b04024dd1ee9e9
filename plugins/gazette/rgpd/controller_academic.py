"""Who answers for personal data is the academic authority, never a school's head (rule R8; RGPD art. 4 and 6.1.e)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

_OTHER = re.compile(
    r"\b(?:direct(?:eur|rice)s?\s+(?:de\s+l.|d.)[ée]cole|maire|mairie|commune|erun|cpc)\b", re.IGNORECASE
)


def controller_academic(case: Case) -> Iterator[Finding]:
    """Tell of a controller that cannot be one: a note in a build, STOP in a publication; R7 tells a missing one."""
    if _OTHER.search(case.newsroom.legal.controller):
        severity = Severity.STOP if case.is_production else Severity.NOTE
        message = "le responsable du traitement n'est ni le DASEN, ni le recteur, ni le ministre"
        remedy = "nommez l'autorité académique : donnees_personnelles: responsable et type_responsable"
        yield Finding("RGPD-08", severity, case.newsroom.place("donnees_personnelles", "responsable"), message, remedy)
