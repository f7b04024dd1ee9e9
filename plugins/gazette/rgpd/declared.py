"""Every medium an entry uses is declared, and its declaration says who is in it (rule R11: default-deny on people)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def declared(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse an entry with a picture that is not declared, or with a medium whose ``personnes`` is not told."""
    images = {image.path for image in entry.images}
    folder = PurePosixPath(entry.path).parent
    for reference in entry.body.references:
        if reference.kind == "image" and (folder / reference.target).as_posix() not in images:
            message = f"image non déclarée « {reference.target[:60]} »"
            remedy = "ajoutez-la à images: avec fichier, alt et personnes"
            yield Finding("RGPD-11", Severity.REFUSE, Place(entry.path, reference.line), message, remedy)
    for medium in entry.media:
        if not medium.people:
            remedy = "écrivez personnes: aucune, non_identifiables, adultes ou eleves"
            message = f"{medium.word} « {medium.file[:60]} » : on ne sait pas qui y paraît"
            yield Finding("RGPD-11", Severity.REFUSE, entry.place(medium.key), message, remedy)
