"""The frise: a school year's events, windows and deadlines, by period, month and day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from gazette.compose.feed_links import feed_links
from gazette.compose.programme import happenings
from gazette.compose.school_time import MONTHS, school_time, terms
from gazette.compose.views import Day, FriseView, Link, Month, PageHead, Period
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.views import Happening
    from gazette.model.newsroom import Fil


def frise(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of the current school year, of every year that has something, and of each lane of it."""
    everything = happenings(desk)
    current = school_year(desk.today)
    years = sorted({school_year(h.start.day) for h in everything} | {current})
    yield _page(desk, everything, current, years, None, "frise/")
    for year in years:
        label = school_year_label(year)
        yield _page(desk, everything, year, years, None, f"frise/{label}/")
        for fil in desk.fils:
            yield _page(desk, everything, year, years, fil, f"frise/{label}/{fil.name}/")


def _page(desk: Desk, everything: list[Happening], year: int, years: list[int], fil: Fil | None, path: str) -> Sheet:
    label = school_year_label(year)
    shown = [h for h in everything if school_year(h.start.day) == year and (fil is None or fil in h.fils)]
    lanes = (
        Link("Tout", f"frise/{label}/", is_current=fil is None),
        *(Link(f.short_title, f"frise/{label}/{f.name}/", is_current=f is fil) for f in desk.fils),
    )
    title = f"Frise {label}" + (f" : {fil.short_title}" if fil else "")
    breadcrumb = (Link("Frise", "frise/"),) if path != "frise/" else ()
    description = f"L’année scolaire {label} de la circonscription, jour par jour : événements, fenêtres et échéances."
    view = FriseView(
        PageHead(title, description, path, "frise", breadcrumb, feed_links(desk, "frise", "Frise")),
        "frise",
        school_time(desk.today, desk.newsroom.zone),
        label,
        tuple(_periods(shown, year, desk)),
        len(shown),
        lanes,
        tuple(Link(school_year_label(y), f"frise/{school_year_label(y)}/", is_current=y == year) for y in years),
    )
    return Sheet(f"{path}index.html", "html", view)


def _periods(shown: list[Happening], year: int, desk: Desk) -> Iterator[Period]:
    for term in terms(year, desk.newsroom.zone):
        inside = [h for h in shown if term.start <= h.start.day <= term.end]
        if inside or term.number:
            months = tuple(_months(inside, desk.today))
            anchor = f"periode-{term.number}" if term.number else f"vacances-{term.start}"
            start = max(term.start, dt.date(year, 9, 1))  # what precedes the rentrée belongs to the first period
            yield Period(term.title, anchor, start, term.end, term.end < desk.today, months)


def _months(inside: list[Happening], today: dt.date) -> Iterator[Month]:
    for (year, month), of_month in groupby(inside, key=lambda h: (h.start.day.year, h.start.day.month)):
        days = tuple(
            Day(day, day == today, all((h.end or h.start).day < today for h in of_day), of_day)
            for day, of_day in ((d, tuple(g)) for d, g in groupby(of_month, key=lambda h: h.start.day))
        )
        yield Month(f"{MONTHS[month - 1]} {year}", f"mois-{year}-{month:02}", days)
