"""A problem in what people wrote: a value that says where, what, and what to do."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.IntEnum):
    """How much a finding holds back; ordered."""

    NOTE = 0
    """Printed anyway."""
    REFUSE = 1
    """This entry stays out."""
    STOP = 2
    """Nothing is published."""

    @property
    def label(self) -> str:
        """Return the French word of the JSON format: note, refus, arret."""
        return ("note", "refus", "arret")[self]


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file."""

    file: str
    """Path relative to the content folder, or to the output folder for what is found in print."""
    line: int = 1
    """From 1."""
    column: int = 1
    """From 1, in characters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. Never raised: all are collected, so that an author sees every fault at once."""

    code: str
    """Stable, e.g. ``LEC-02``; the letters name the stage, the catalogue explains it."""
    severity: Severity
    place: Place
    message: str
    """What is wrong, in French; never repeats a personal datum."""
    remedy: str
    """What to do, in French, imperative."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Return the order of reports: by place, then code."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)

    def line(self, root: str = "") -> str:
        """Return the finding on one line, *where · what · what to do [code]*."""
        p = self.place
        return f"{root}{p.file}:{p.line}:{p.column} · {self.message} · {self.remedy}  [{self.code}]"

    def as_json(self, root: str = "") -> dict[str, str | int]:
        """Return the finding as the JSON object of the contract."""
        return {
            "code": self.code,
            "gravite": self.severity.label,
            "fichier": f"{root}{self.place.file}",
            "ligne": self.place.line,
            "colonne": self.place.column,
            "message": self.message,
            "remede": self.remedy,
        }
