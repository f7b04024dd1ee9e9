"""What is due: « que dois-je faire, et avant quand ? ». Nothing tells who did it: nobody is followed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.cards import dues
from gazette.compose.deployment import ADHESION, campaign, two_months_after
from gazette.compose.desk import by_name
from gazette.compose.school_time import school_time
from gazette.compose.views.echeances import Campaign, DueGroup, DueView
from gazette.compose.views.frame import Link, PageHead
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.views.cards import Due
    from gazette.model.entry import Ecole

RECENT = dt.timedelta(days=14)
"""After its day, how long a deadline stands unfolded. It stays until the school year ends, or its entry expires."""


def echeances(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of what is due, by date, and that of each school: its own, and what is due everywhere."""
    shown = [d for d in dues(desk) if d.due.day >= dt.date(school_year(desk.today), 8, 1)]
    schools = sorted(desk.schools.values() if shown else (), key=by_name)
    yield _page(desk, shown, None, schools)
    for school in schools:
        yield _page(desk, [d for d in shown if not d.codes or school.uai in d.codes], school, schools)


def _page(desk: Desk, shown: list[Due], school: Ecole | None, schools: list[Ecole]) -> Sheet:
    path = f"echeances/{school.uai}/" if school else "echeances/"
    told = "Ce qui la concerne, et ce qui est à faire partout." if school else "Ce qui est à faire, et avant quand."
    title = f"Échéances : {school.title}" if school else "Échéances"
    breadcrumb = (Link("Échéances", "echeances/"),) if school else ()
    links = (
        Link("Toutes", "echeances/", is_current=school is None),
        *(Link(s.title, f"echeances/{s.uai}/", is_current=s is school) for s in schools),
    )
    view = DueView(
        PageHead(title, told, path, "echeances", breadcrumb, crumb=school.title if school else ""),
        "echeances",
        school_time(desk.today, desk.newsroom.zone),
        tuple(_groups(shown, desk.today)),
        school.title if school else "",
        links if schools else (),
        f"{desk.audience.address}echeances/echeances.ics",
        _campaign(desk),
    )
    return Sheet(f"{path}index.html", "html", view)


def _campaign(desk: Desk) -> Campaign | None:
    """Return the campaign of the school year; no deadline: it runs from the day each commune has its convention."""
    year, zone = school_year(desk.today), desk.newsroom.zone
    opens = campaign(year, zone) if desk.newsroom.adhesion else None
    if opens is None or two_months_after(opens, zone) < desk.today:
        return None
    page = Link("les étapes de l’adhésion", ADHESION)
    return Campaign(school_year_label(year + 1), opens, two_months_after(opens, zone), page)


def _groups(shown: list[Due], today: dt.date) -> Iterator[DueGroup]:
    late = tuple(d for d in shown if d.due.day < today)
    recent = tuple(d for d in late if d.due.day >= today - RECENT)
    behind = DueGroup("En retard", recent, late[: len(late) - len(recent)], is_late=True)
    if recent:
        yield behind
    week_end = today + dt.timedelta(days=6 - today.weekday())
    bounds = (
        ("Cette semaine", today, week_end),
        ("La semaine prochaine", week_end + dt.timedelta(days=1), week_end + dt.timedelta(days=7)),
        ("Dans le mois", week_end + dt.timedelta(days=8), today + dt.timedelta(days=31)),
        ("Plus tard", today + dt.timedelta(days=32), dt.date.max),
    )
    for title, start, end in bounds:
        items = tuple(d for d in shown if start <= d.due.day <= end)
        if items:
            yield DueGroup(title, items)
    if late and not recent:  # all folded: what is to come is read first
        yield behind
