"""The home page: what is due, what is new by fil, this week's tool, what comes next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.cards import card, dues, is_pinned
from gazette.compose.outils import tool_card
from gazette.compose.programme import happenings
from gazette.compose.school_time import school_time
from gazette.compose.views.cards import Lane
from gazette.compose.views.frame import PageHead
from gazette.compose.views.home import HomeView
from gazette.compose.weeks import latest
from gazette.model.entry import Outil
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.model.newsroom import Fil

DUE_COUNT, DUE_DAYS = 6, 45
CARDS = 3
NEXT_COUNT, NEXT_DAYS = 6, 60


def home(desk: Desk) -> Iterator[Sheet]:
    """Yield the home page."""
    horizon = desk.today + dt.timedelta(days=DUE_DAYS)
    due = [d for d in dues(desk) if desk.today <= d.due.day <= horizon][:DUE_COUNT]
    fils = sorted((f for f in desk.fils if f.kind != "outil"), key=lambda f: -f.floor.rank)
    lanes = tuple(_lanes(desk, fils))
    tools = [c for c in desk.cleared if isinstance(c.entry, Outil)]
    soon = desk.today + dt.timedelta(days=NEXT_DAYS)
    coming = [
        h for h in happenings(desk) if h.nature == "evenement" and desk.today <= h.last_day and h.start.day <= soon
    ]
    view = HomeView(
        PageHead(desk.newsroom.title, desk.newsroom.motto, ""),
        "accueil",
        school_time(desk.today, desk.newsroom.zone),
        tuple(due),
        lanes,
        tool_card(desk, tools[0]) if tools else None,
        tuple(coming[:NEXT_COUNT]),
        latest(desk),
    )
    yield Sheet("index.html", "html", view)


def _lanes(desk: Desk, fils: Iterable[Fil]) -> Iterator[Lane]:
    """Yield the fils; what two show stands in the first, that fewer may read, unless the other had nothing else."""
    told: set[str] = set()
    for fil in fils:
        own = [c for c in desk.of(fil) if c.entry.path not in told] or desk.of(fil)
        shown = sorted(own, key=lambda c: not is_pinned(desk, c.entry))[:CARDS]
        told.update(c.entry.path for c in shown)
        yield Lane(fil, f"{fil.name}/", tuple(card(desk, c) for c in shown))
