"""Figures out of the files of ``donnees/``: how far the ENT reaches, what schools answered to the CLN’s survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from gazette.model.entry import Entry

if TYPE_CHECKING:
    from datetime import date

SCOPES = ("circonscription", "departement", "commune", "ecole")
UNITS = ("ecoles", "eleves")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of how many, where, when, and who says so."""

    scope: str
    """One of ``SCOPES``."""
    territory: str
    """The UAI of an école, else a name."""
    day: date
    unit: str
    """One of ``UNITS``: what is counted."""
    numerator: int
    denominator: int
    """At least 1, and the numerator at least."""
    pupil_cost: str
    """Euros a pupil a year, without tax: « 1.62 », or ""."""
    school_cost: str
    source: str
    link: str
    """Where the source stands, https, or ""."""
    line: int

    @property
    def rate(self) -> float:
        """Return the rate in per cent."""
        return 100 * self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the schools that gave it."""

    label: str
    schools: int | None
    """None: not told (rule R37)."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the survey."""

    title: str
    is_multiple: bool
    """A school may give several answers."""
    answers: tuple[Answer, ...]
    """In the order of the file; none: they cannot be told without pointing at a school."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Figures(Entry):
    """A file of figures: it has no page of its own kind, a page is made of it."""

    kind: ClassVar[str] = "donnees"


@dataclass(frozen=True, kw_only=True, repr=False)
class Deployment(Figures):
    """``deploiement.csv``: the deployment of the ENT."""

    rows: tuple[Coverage, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Survey(Figures):
    """``cln.csv``: the survey of the comités locaux du numérique, in aggregates."""

    day: date
    scope: str
    """Whom it was sent to: « les écoles du bassin de Montclair »."""
    asked: int
    """Schools."""
    answered: int
    questions: tuple[Question, ...]
