"""Only what its author calls published is printed (rule R5; the inspector remains the editor)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.rgpd.case import Hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

_REASONS = {"brouillon": "Brouillon", "relecture": "En relecture"}


def status(entry: Entry, _: Case) -> Iterator[Hold]:
    """Hold what is not ``statut: publie``."""
    if entry.status != "publie":
        yield Hold(f"{_REASONS[entry.status]} : les lecteurs ne voient pas cette page")
