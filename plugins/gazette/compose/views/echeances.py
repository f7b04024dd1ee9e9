"""What is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.compose.views.cards import Due, SchoolTime
    from gazette.compose.views.frame import Link, PageHead


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Deadlines under one heading: « Cette semaine »."""

    title: str
    items: tuple[Due, ...]
    older: tuple[Due, ...] = ()
    """Late for long: told folded."""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """When one joins the ENT for the next school year; a convention is due two months after each commune has it."""

    label: str
    """« 2027-2028 »."""
    opens: date
    due: date
    """Of a convention that came on the first day."""
    page: Link


@dataclass(frozen=True, slots=True)
class DueView:
    """``echeances.html``."""

    head: PageHead
    template: str
    time: SchoolTime
    groups: tuple[DueGroup, ...]
    school: str
    """Whose page it is, or "": everybody's."""
    schools: tuple[Link, ...]
    """Pages of the schools that something names."""
    calendar: str
    """Absolute address of the same as a calendar."""
    campaign: Campaign | None
    """None when nobody joins, it is over, or its days are not known yet."""
