"""What shows pupils leaves the site with their school year (rules R15, R24)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.model.moment import school_year
from gazette.rgpd.case import Withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


JULY, SEPTEMBER = 7, 9


def school_year_over(entry: Entry, case: Case) -> Iterator[Finding | Withhold]:
    """Tell of pupils' media from 1 July, withhold them from 30 September, unless their authorisation says otherwise.

    What an authorisation no longer covers is already told (rule R15): it is not said that it will leave.
    """
    for medium, known in case.authorised(entry):
        if not case.is_in_force(known):
            continue
        place = entry.place(medium)
        day = getattr(medium, "recorded", None) or (entry.date.day if entry.date else known.start)
        year = school_year(day) + 1
        name = f"{medium.word} « {medium.file[:60]} »"
        if not known.outlives_year and case.today >= date(year, SEPTEMBER, 30):
            message = f"{name} ne paraît plus : son année scolaire est finie"
            remedy = "retirez ce fichier, ou faites signer qu'il peut rester (apres_annee_scolaire: oui)"
            yield Withhold(medium, Finding("RGPD-24", Severity.NOTE, place, message, remedy))
        elif not known.outlives_year and case.today >= date(year, JULY, 1):
            message = f"{name} ne paraîtra plus à partir du 30 septembre : l'année scolaire est finie"
            yield Finding("RGPD-24", Severity.NOTE, place, message, "retirez ce fichier, ou renouvelez l'autorisation")
        if not known.outlives_year and known.end > date(year, 8, 31):
            message = f"l'autorisation {known.id} court au-delà du 31 août qui suit le projet"
            yield Finding("RGPD-15", Severity.NOTE, place, message, "ramenez sa fin au 31 août, ou à la date signée")
