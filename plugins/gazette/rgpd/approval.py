"""In a fil that asks for it, what was changed since its approval is not printed (rule R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.case import Hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def approval(entry: Entry, case: Case) -> Iterator[Finding | Hold]:
    """Hold an entry without a matching approval where its fil asks for one; elsewhere a stale one is a note."""
    fil = case.newsroom.fil(entry.folder)
    if fil is None or entry.status != "publie":
        return
    given = entry.approval
    is_valid = (
        given is not None
        and given.role in fil.approvers
        and given.digest == entry.source_digest != ""
        and given.day <= case.today
    )
    if fil.approval == "empreinte" and not is_valid:
        message = "texte non approuvé" if given is None else "texte modifié depuis son approbation"
        remedy = f"faites-le approuver par : {', '.join(fil.approvers)}"
        finding = Finding("RGPD-05", Severity.REFUSE, entry.place("validation" if given else "statut"), message, remedy)
        yield Hold("Pas encore approuvé : les lecteurs ne voient pas cette page", finding=finding)
    elif fil.approval == "fusion" and given is not None and not is_valid:
        remedy = "faites-le approuver à nouveau, ou retirez validation:"
        yield Finding(
            "RGPD-05",
            Severity.NOTE,
            entry.place("validation"),
            "approbation périmée : le texte a changé depuis",
            remedy,
        )
