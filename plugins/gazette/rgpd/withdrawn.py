"""What was withdrawn stays withdrawn, whatever comes back (RGPD art. 17 and 21; rule R19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.case import Hold, Withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def withdrawn(entry: Entry, case: Case) -> Iterator[Hold | Withhold]:
    """Hold an entry, or withhold a medium, that the register of withdrawals names."""
    record = case.register.of_entry(entry)
    if record:
        message = f"article retiré le {record.day} ({record.id}), il ne paraît plus"
        finding = Finding("RGPD-19", Severity.NOTE, entry.place(), message, "ôtez ce fichier de content/")
        yield Hold("Retiré", may_preview=False, finding=finding)
    for medium in entry.media:
        record = case.register.of_medium(medium)
        if record:
            message = f"{medium.word} « {medium.file[:60]} » retiré le {record.day} ({record.id}), il ne paraît plus"
            remedy = "ôtez ce fichier, et ce que le texte en dit (légende, « à gauche… »)"
            yield Withhold(medium, Finding("RGPD-19", Severity.NOTE, entry.place(medium.key), message, remedy))
