"""A picture that cannot be decoded as JPEG, PNG, WebP or GIF is no picture (SAFETY P93-P94)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def image_readable(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse an entry whose picture is missing or unreadable."""
    for image in entry.images:
        measure = case.measures.get(image.digest)
        if not image.digest:
            message, remedy = "introuvable", "copiez le fichier à côté du texte, ou corrigez son nom"
        elif measure is None or measure.fault:
            message = (measure.fault if measure else "") or "illisible"
            remedy = "enregistrez-la à nouveau en JPEG ou en PNG"
        else:
            continue
        yield Finding(
            "RGPD-25", Severity.REFUSE, entry.place("images"), f"image « {image.file[:60]} » {message}", remedy
        )
