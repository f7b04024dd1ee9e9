"""Figures: how far the ENT reaches, what schools answered, how to join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.compose.views.frame import Link, PageHead


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart; the table beside it says the same."""

    label: str
    """Shortened where it would not fit."""
    value: str
    """« 66,7 % »."""
    width: float
    """Of the full bar, from 0 to 100."""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How many of how many, as a table shows it."""

    label: str
    href: str
    """Of the école, or ""."""
    part: str
    """« 4 écoles »."""
    whole: str
    """« 6 écoles »."""
    rate: str
    day: date
    cost: str
    """« 1,62 € par élève », or ""."""
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """What is counted alike: « Par commune »."""

    title: str
    anchor: str
    first: str
    """Title of the first column."""
    lines: tuple[CoverageLine, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DeploymentView:
    """``deploiement.html``: how far the ENT reaches."""

    head: PageHead
    template: str
    latest: CoverageLine | None
    """Of the circonscription."""
    tables: tuple[CoverageTable, ...]
    audience: str
    """Title of who may read it when not everybody may, or ""."""
    ent_name: str
    links: tuple[Link, ...]
    """The survey and the adhesion, where they are."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer of the survey."""

    label: str
    schools: int | None
    rate: str


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question of the survey with what may be told of its answers."""

    title: str
    is_multiple: bool
    lines: tuple[AnswerLine, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SurveyView:
    """``enquete.html``: the survey of the comités locaux du numérique, in aggregates."""

    head: PageHead
    template: str
    day: date
    scope: str
    asked: int
    answered: int
    rate: str
    questions: tuple[QuestionBlock, ...]
    audience: str


@dataclass(frozen=True, slots=True)
class AdhesionView:
    """``adhesion.html``: how a commune joins the ENT; a date is None where holidays are not known yet."""

    head: PageHead
    template: str
    label: str
    """School year it is for: « 2027-2028 »."""
    talk_by: date | None
    """Last day of class before the campaign."""
    opens: date | None
    due: date | None
    """Two months after the campaign opens, on a day of class."""
    year: int
    """In which the school year it is for begins."""
    link: str
    cost: str
    checked: date | None
    ent_name: str
    contact: str
    """Function address of whom to ask, or ""."""
