"""The directory of schools."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gazette.compose.views import PageHead, SchoolCard, SchoolsView
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk


def ecoles(desk: Desk) -> Iterator[Sheet]:
    """Yield the directory: schools by town, then the services, which have no classes."""
    everyone = sorted(desk.schools.values(), key=lambda s: (s.town, s.title))
    schools = [s for s in everyone if s.levels or s.classes]
    towns = tuple((t, tuple(SchoolCard(s, desk.href(s)) for s in g)) for t, g in groupby(schools, key=lambda s: s.town))
    services = tuple(SchoolCard(s, desk.href(s)) for s in everyone if s not in schools)
    head = PageHead("Écoles", f"Les écoles et les services de la {desk.newsroom.title.lower()}.", "ecoles/", "ecoles")
    yield Sheet(
        "ecoles/index.html", "html", SchoolsView(head, "ecoles", towns, services), tuple(s.path for s in everyone)
    )
