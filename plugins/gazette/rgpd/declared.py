"""Every medium an entry uses is declared, and its declaration says who is in it (rule R11: default-deny on people)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity
from gazette.model.media import near_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def declared(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse an entry with a picture that is not declared, or with a medium whose ``personnes`` is not told."""
    images = {image.path for image in entry.images}
    for reference in (one for one in entry.body.references if one.kind == "image"):
        if (PurePosixPath(entry.path).parent / reference.target).as_posix() not in images:
            message = f"image non déclarée « {reference.target[:60]} »"
            near = near_name(reference.target, [image.file for image in entry.images])
            remedy = "ajoutez-la à images: avec fichier, alt et personnes"
            if near:
                remedy = f"vouliez-vous dire « {near[:60]} » ? Les majuscules et l'extension comptent"
            yield Finding("RGPD-11", Severity.REFUSE, Place(entry.path, reference.line), message, remedy)
    for medium in entry.media:
        if not medium.people:
            remedy = "écrivez personnes: aucune, non_identifiables, adultes ou eleves"
            message = f"{medium.word} « {medium.file[:60]} » : on ne sait pas qui y paraît"
            yield Finding("RGPD-11", Severity.REFUSE, entry.place(medium), message, remedy)
