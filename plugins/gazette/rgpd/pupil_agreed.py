"""The child had a say (rule R17; C. civ. art. 372-1, loi 2024-120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def pupil_agreed(entry: Entry, case: Case) -> Iterator[Finding]:
    """Tell of an authorisation that does not say the pupils agreed."""
    for medium, known in case.authorised(entry):
        if not known.pupil_agreed:
            message = f"l'autorisation {known.id} ne dit pas que les élèves ont été associés à la décision"
            remedy = f"demandez-leur, puis écrivez accord_eleve: oui dans registres/autorisations/{known.id}.yml"
            yield Finding("RGPD-17", Severity.NOTE, entry.place(medium), message, remedy)
