"""A fil has a floor: nothing of it is printed for a more open audience, whatever an entry says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def floor(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry that asks for a more open edition than its fil allows."""
    fil = case.newsroom.fil(entry.folder)
    if fil and entry.audience.rank < fil.floor.rank:
        message = (
            f"édition « {entry.audience.name} » plus ouverte que le fil {fil.name}, réservé à « {fil.floor.name} »"
        )
        remedy = "retirez la ligne edition:, ou déplacez l'article dans un autre fil"
        yield Finding("RGPD-06", Severity.REFUSE, entry.place("edition"), message, remedy)
