"""An authorisation says nine things, none left out (rule R12; the académies' models, C. civ. art. 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def complete(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry one of whose authorisations leaves out what it is made of."""
    for medium, known in case.authorised(entry):
        if known.missing:
            message = f"l'autorisation {known.id} est incomplète : {', '.join(known.missing)}"
            remedy = f"complétez registres/autorisations/{known.id}.yml d'après le formulaire signé"
            yield Finding("RGPD-12", Severity.REFUSE, entry.place(medium), message, remedy)
