"""The fiche à recopier: a year of the frise, one thing a line, for the ENT's own frise, which imports nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.programme import happenings, years_of
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.frise import FicheView
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk


def fiche(desk: Desk) -> Iterator[Sheet]:
    """Yield the fiche of the current school year, and of every year that has something."""
    everything = happenings(desk)
    years = sorted({year for h in everything for year in years_of(h)} | {school_year(desk.today)})
    for year in years:
        label = school_year_label(year)
        links = tuple(Link(school_year_label(y), fiche_path(y), is_current=y == year) for y in years)
        head = PageHead(
            f"Fiche à recopier {label}",
            f"La frise {label}, une date par ligne, à recopier dans la frise de l’ENT.",
            fiche_path(year),
            "frise",
            (Link("Frise", "frise/"),),
        )
        shown = tuple(h for h in everything if year in years_of(h))
        view = FicheView(head, "fiche", label, shown, desk.newsroom.ent_name, links)
        yield Sheet(f"{fiche_path(year)}index.html", "html", view)


def fiche_path(year: int) -> str:
    """Return the address of a year's fiche: no fil's lane can take it."""
    return f"frise/fiche/{school_year_label(year)}/"
