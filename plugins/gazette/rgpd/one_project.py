"""An authorisation is for one project, never a blank cheque (rule R14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.cahier import FOLDER, Contribution
from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


BLANK = re.compile(r"tou(?:s|tes)?\s+(?:les\s+)?(?:usages?|supports?)|toute\s+l.ann[ée]e|illimit", re.IGNORECASE)


def one_project(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry that its authorisations were not signed for, or that rests on one for anything."""
    stem = entry.path.removesuffix("/index.md").removesuffix(".md").rsplit("/", 1)[-1]
    for medium, known in case.authorised(entry):
        place = entry.place(medium)
        book = {entry.cahier, f"{FOLDER}/{entry.cahier}"} if isinstance(entry, Contribution) else set()
        if not {entry.id, entry.name, stem, *book} & set(known.projects):
            message = f"l'autorisation {known.id} n'a pas été signée pour cet article"
            name = entry.cahier if isinstance(entry, Contribution) else stem
            remedy = f"faites signer une autorisation pour ce projet ; si c'est le sien, écrivez-y projet: {name}"
            yield Finding("RGPD-14", Severity.REFUSE, place, message, remedy)
        if BLANK.search(" ".join((known.purpose, known.territory, *known.supports, *known.dates))):
            message = f"l'autorisation {known.id} vaut pour tout ou pour toute l'année : elle ne vaut rien"
            yield Finding("RGPD-14", Severity.REFUSE, place, message, "faites-en signer une pour ce projet")
