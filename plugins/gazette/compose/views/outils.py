"""The weekly tool: in lists, and what its sheet says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.compose.views.cards import Card, Choice
    from gazette.compose.views.frame import Link, PageHead
    from gazette.model.newsroom import Fil
    from gazette.model.picture import Picture


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """What lists tell of a tool; named as in ``Outil``, without its text."""

    tool: str
    publisher: str
    cycles: tuple[int, ...]
    price: str
    has_pupil_account: bool
    data: str
    checked: date


@dataclass(frozen=True, slots=True)
class ToolCard:
    """The weekly tool on the home page and in lists."""

    card: Card
    entry: ToolFacts


@dataclass(frozen=True, slots=True)
class ToolListView:
    """``outils.html``: the tools, all or what was chosen among them."""

    head: PageHead
    template: str
    fil: Fil
    approvers: tuple[str, ...]
    tools: tuple[ToolCard, ...]
    filters: tuple[Link, ...]
    """Cycles, « sans compte élève »; ``detail`` is how many sheets each holds."""
    choices: tuple[Choice, ...]
    """What else may be chosen."""
    is_whole: bool
    """All the sheets; a reader may keep the day of a visit in its address."""


@dataclass(frozen=True, slots=True)
class ToolStep:
    """A step of a sheet, with its picture."""

    text: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ToolDesk:
    """What the page of a tool says besides its entry."""

    steps: tuple[ToolStep, ...]
    skills: tuple[tuple[str, str], ...]
    """Number and name of each competence."""
    contact: str
    """Function address of whom to ask for help, or ""."""
