"""What whoever keeps the weekly tool and the figures is told: what grew old, and weeks that were left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.school_time import date_fr, has_class
from gazette.model.entry import Outil
from gazette.model.figures import Deployment
from gazette.model.finding import Finding, Place, Severity
from gazette.model.moment import school_year
from gazette.model.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom

TOLD = 8
"""Weeks that are named, the last ones."""
SERIES = 2
"""Sheets from which there is a series to keep."""
YEAR = dt.timedelta(days=365)


def upkeep(entries: Iterable[Entry], newsroom: Newsroom, today: dt.date) -> Iterator[Finding]:
    """Yield notes on sheets and figures that nobody looked at for a year, then on weeks of class without a tool."""
    entries = tuple(entries)
    tools = [e for e in entries if isinstance(e, Outil) and e.status == "publie"]
    for tool in tools:
        if tool.date and tool.date.day <= today and today - tool.checked > YEAR:
            message = f"fiche vérifiée le {date_fr(tool.checked)}, il y a plus d’un an"
            remedy = "rouvrez l’outil, relisez ses conditions, puis changez verifie_le:"
            yield _note("OUT-01", tool.place("verifie_le"), message, remedy)
    for file in (e for e in entries if isinstance(e, Deployment)):
        newest = max(row.day for row in file.rows)
        if today - newest > YEAR:
            message = f"chiffres les plus récents : {date_fr(newest)}, il y a plus d’un an"
            yield _note("CHF-11", file.place(), message, "recomptez, et ajoutez les lignes du jour")
    yield from _missed(tools, newsroom, today)


def _missed(tools: Iterable[Outil], newsroom: Newsroom, today: dt.date) -> Iterator[Finding]:
    """Tell the weeks of class of the school year, up to the next one, that have no tool; a series must have begun."""
    days = [tool.date.day for tool in tools if tool.date]
    told = {Week.of(day) for day in days}
    if len(days) < SERIES or min(days) > today:
        return
    start = max(min(days), dt.date(school_year(today), 9, 1))
    week, last, missed = Week.of(start), Week.of(today).after, []
    while week <= last:
        if week not in told and has_class(week, newsroom.zone):
            missed.append(week)
        week = week.after
    if missed:
        named = ", ".join([*["…"] * (len(missed) > TOLD), *(str(w.number) for w in missed[-TOLD:])])
        message = f"{len(missed)} semaine(s) de classe sans outil depuis la rentrée : {named}"
        remedy = './gazette nouveau outils "Nom de l’outil", et datez la fiche du vendredi de la semaine'
        yield _note("OUT-02", Place("outils"), message, remedy)


def _note(code: str, place: Place, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.NOTE, place, message, remedy)
