"""What pupils made is theirs: no open licence covers it (rule R23; CPI art. L. 111-1, L. 121-1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

OPEN = re.compile(
    r"\b(?:etalab|licence\s+ouverte|open\s+licen[cs]e|cc0|cc[ -]by|creative\s+commons|domaine\s+public)\b",
    re.IGNORECASE,
)


def pupil_works(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse an entry that gives a work of pupils under an open licence."""
    for work in entry.works:
        if work.is_pupil_work and OPEN.search(work.licence):
            message = f"{work.word} d'élèves « {work.file[:60]} » sous licence ouverte"
            remedy = (
                "retirez licence: ; une œuvre d'élève reste à son auteur, l'autorisation dit ce qu'on peut en faire"
            )
            yield Finding("RGPD-23", Severity.REFUSE, entry.place(work), message, remedy)
