"""The frise as JSON, for other sites: format 1, told in docs/frise-json.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gazette.press.calendar import span

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.calendar import Calendar, Occasion

FORMAT = 1
"""Raised when a key changes its meaning or goes; a new key does not."""


def frise_json(calendar: Calendar) -> bytes:
    """Return every occasion of an edition, by date."""
    told = {
        "format": FORMAT,
        "circonscription": calendar.circonscription,
        "titre": calendar.title,
        "edition": calendar.edition,
        "adresse": calendar.address,
        "page": calendar.home,
        "fuseau": "Europe/Paris",
        "evenements": [_told(o) for o in calendar.occasions],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace") + b"\n"


def _told(occasion: Occasion) -> dict[str, Any]:
    start, _ = span(occasion)
    return {
        "id": occasion.id,
        "titre": occasion.title,
        "debut": _iso(start),
        "fin": _end(occasion),
        "nature": occasion.nature,
        "etat": occasion.state,
        "lieu": occasion.place,
        "resume": occasion.summary,
        "ecoles": [{"uai": code, "nom": name} for code, name in occasion.schools],
        "fils": [{"nom": name, "titre": title} for name, title in occasion.lanes],
        "adresse": occasion.url,
        "formulaire": occasion.link,
        "sources": [{"nom": name, "original": original} for name, original in occasion.sources],
        "edition": occasion.audience,
        "modifie": _iso(occasion.modified),
        "sequence": occasion.sequence,
    }


def _end(occasion: Occasion) -> str | None:
    """Return the last day of what lasts whole days, or the instant at which the rest ends; None where none is told."""
    _, end = span(occasion)
    if occasion.start.hour is None:
        return _iso(occasion.end.day if occasion.end else occasion.start.day)
    return _iso(end) if end else None


def _iso(moment: date) -> str:
    return moment.isoformat()
