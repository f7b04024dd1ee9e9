"""Whoever directs the publication is verified at each rentrée (rule R4; DRANE Normandie)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.model.moment import school_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case


def director_checked(case: Case) -> Iterator[Finding]:
    """Tell of a director last verified before 1 September of this school year; until that day, of the year before."""
    checked = case.newsroom.legal.director_checked
    rentree = date(school_year(case.today), 9, 1)
    since = rentree if case.today >= rentree else rentree.replace(year=rentree.year - 1)
    if checked is None or checked < since:
        message = f"directeur de la publication non vérifié depuis la rentrée du {since:%d/%m/%Y}"
        remedy = "vérifiez qui il est, puis écrivez mentions: directeur_verifie_le:"
        place = case.newsroom.place("mentions", "directeur_verifie_le")
        yield Finding("RGPD-04", Severity.NOTE, place, message, remedy)
