"""What cannot be decoded as a picture or a sound is none, whatever its name says (SAFETY P93, P94, P104)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

REMEDIES = {"image": "enregistrez-la à nouveau en JPEG ou en PNG", "son": "exportez-le à nouveau en MP3"}


def readable(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry whose picture or sound is missing or unreadable."""
    for medium in (*entry.images, *entry.sounds):
        measure = case.measures.get(medium.digest)
        if not medium.digest:
            message, remedy = "introuvable", "copiez le fichier à côté du texte, ou corrigez son nom"
        elif measure is None or measure.fault:
            message, remedy = (measure.fault if measure else "") or "illisible", REMEDIES[medium.word]
        else:
            continue
        message = f"{medium.word} « {medium.file[:60]} » {message}"
        yield Finding("RGPD-25", Severity.REFUSE, entry.place(medium.key), message, remedy)
