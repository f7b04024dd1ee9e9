"""A page of a book stands with its book and with the first page of its contribution, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.cahier import Cahier, Contribution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.model.cleared import Cleared


def bound(cleared: Iterable[Cleared]) -> tuple[Cleared, ...]:
    """Return what may be printed without the pages whose book, or whose contribution, may not."""
    cleared = tuple(cleared)
    books = {c.entry.name for c in cleared if isinstance(c.entry, Cahier)}
    leads = {c.entry.path for c in cleared}

    def stands(one: Cleared) -> bool:
        entry = one.entry
        return not isinstance(entry, Contribution) or (entry.cahier in books and entry.lead in leads)

    return tuple(c for c in cleared if stands(c))
