"""What cannot be decoded as a picture, a sound or a document is none, whatever its name says (SAFETY P93, P104)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

REMEDIES = {
    "image": "enregistrez-la à nouveau en JPEG ou en PNG",
    "son": "exportez-le à nouveau en MP3",
    "fichier": "exportez-le à nouveau en PDF",
}


def readable(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry with a medium that is missing or unreadable; one that was withdrawn is not read."""
    for medium in (m for m in entry.media if not case.register.names(entry, m)):
        measure = case.measures.get(medium.digest)
        if not medium.digest:
            message, remedy = "introuvable", "copiez le fichier à côté du texte, ou corrigez son nom"
            if medium.near:
                remedy = f"le fichier s'appelle « {medium.near[:60]} » : écrivez fichier: {medium.near[:60]}"
        elif measure is None or measure.fault:
            message = (measure.fault if measure else "") or "illisible"
            remedy = (measure.remedy if measure else "") or REMEDIES[medium.word]
        else:
            continue
        message = f"{medium.word} « {medium.file[:60]} » {message}"
        yield Finding("RGPD-25", Severity.REFUSE, entry.place(medium), message, remedy)
