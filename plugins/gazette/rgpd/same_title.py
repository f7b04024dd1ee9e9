"""Two texts do not bear one title (rule R43; RGAA 8.6): a tab, a feed, a search result would not tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.cleared import Cleared


def same_title(cleared: Iterable[Cleared]) -> Iterator[Finding]:
    """Tell, at the later of two texts, that an earlier one bears its title."""
    first: dict[str, str] = {}
    for one in cleared:
        entry = one.entry
        title = " ".join(entry.title.casefold().split())
        if first.setdefault(title, entry.path) != entry.path:
            message = f"même titre que {first[title]} : rien ne les distingue dans une liste ou un onglet"
            remedy = "dites dans le titre la classe, l’école ou l’année"
            yield Finding("RGPD-43", Severity.NOTE, entry.place("titre"), message, remedy)
