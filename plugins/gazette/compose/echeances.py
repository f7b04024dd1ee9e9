"""What is due: « que dois-je faire, et avant quand ? »."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.cards import dues
from gazette.compose.school_time import school_time
from gazette.compose.views import DueGroup, DueView, PageHead
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk

JUST_PAST = 14
"""Days a deadline stays on the page after its day."""


def echeances(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of what is due, nearest first."""
    today, everything = desk.today, dues(desk)
    week_end = today + dt.timedelta(days=6 - today.weekday())
    bounds = (
        ("Tout juste passées", today - dt.timedelta(days=JUST_PAST), today - dt.timedelta(days=1)),
        ("Cette semaine", today, week_end),
        ("La semaine prochaine", week_end + dt.timedelta(days=1), week_end + dt.timedelta(days=7)),
        ("Dans le mois", week_end + dt.timedelta(days=8), today + dt.timedelta(days=31)),
        ("Plus tard", today + dt.timedelta(days=32), dt.date.max),
    )
    groups = tuple(
        DueGroup(title, tuple(d for d in everything if start <= d.due.day <= end)) for title, start, end in bounds
    )
    head = PageHead("Échéances", "Ce qui est à faire, et avant quand.", "echeances/", "echeances")
    view = DueView(head, "echeances", school_time(today, desk.newsroom.zone), tuple(g for g in groups if g.items))
    yield Sheet("echeances/index.html", "html", view)
