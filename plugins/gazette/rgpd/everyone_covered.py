"""Each pupil who can be recognised is covered, by those who hold parental authority (rule R16; loi 2024-120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


BOTH = 2


def everyone_covered(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry with fewer forms than pupils; one signature alone is a note when it says why."""
    for medium, known in case.authorised(entry):
        place = entry.place(medium)
        file = f"registres/autorisations/{known.id}.yml"
        if known.pupils is None or known.forms is None:
            message = f"l'autorisation {known.id} ne dit pas combien d'élèves elle couvre"
            remedy = f"écrivez eleves_identifiables: et accords: dans {file}"
            yield Finding("RGPD-16", Severity.REFUSE, place, message, remedy)
        elif known.pupils != known.forms:
            message = f"l'autorisation {known.id} : {known.pupils} élève(s) reconnaissable(s), {known.forms} accord(s)"
            remedy = "retirez ou floutez ceux qui n'ont pas d'accord, ou corrigez les nombres"
            yield Finding("RGPD-16", Severity.REFUSE, place, message, remedy)
        if known.holders != BOTH:
            is_told = known.holders == 1 and bool(known.reason)
            message = f"l'autorisation {known.id} n'est pas signée des deux titulaires de l'autorité parentale"
            remedy = f"faites signer l'autre, ou dites pourquoi dans {file} (motif_un_titulaire:)"
            severity = Severity.NOTE if is_told else Severity.REFUSE
            yield Finding("RGPD-16", severity, place, message, remedy)
