"""An authorisation about to end is told a month ahead: families are asked before anything goes (rule R15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.authorisation import SOON
from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def ends_soon(entry: Entry, case: Case) -> Iterator[Finding]:
    """Tell of each authorisation of an entry that ends within thirty days, once."""
    for key, known in {known.id: (medium.key, known) for medium, known in case.authorised(entry)}.values():
        if known.start <= case.today and 0 <= (known.end - case.today).days <= SOON:
            message = f"l'autorisation {known.id} finit le {known.end:%d/%m/%Y} : ce qu'elle couvre partira ce soir-là"
            remedy = "faites-la renouveler, ou laissez partir"
            yield Finding("RGPD-15", Severity.NOTE, entry.place(key), message, remedy)
