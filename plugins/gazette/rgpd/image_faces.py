"""A face seen where nobody is said to be must be explained (rule R11): the tool advises, a human signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.model.picture import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.entry import Entry
    from gazette.model.media import Image, Look
    from gazette.rgpd.case import Case

LEGIBLE = 30
"""Printed pixels of height from which those who know a face recognise it (EN 62676-4: 125 a metre; a face is 24 cm)."""


def image_faces(entry: Entry, case: Case) -> Iterator[Finding]:
    """Refuse a picture without anybody where a face was seen, and one where a face said not to be legible is."""
    for image in entry.images:
        seen = case.looks.get(image.digest)
        if seen is None or not image.wants_look:
            continue
        name = f"image « {image.file[:60]} »"
        signed = (
            f"si aucun n'est celui d'une personne (dessin, statue, affiche), écrivez visages_verifies: {image.seal}"
        )
        if seen.fault:
            remedy = (
                f"enregistrez-la en plus petit ; ou, s'il n'y paraît personne, écrivez visages_verifies: {image.seal}"
            )
            yield Finding("RGPD-11", Severity.REFUSE, entry.place(image), f"{name} {seen.fault}", remedy)
        elif seen.faces and image.people == "aucune":
            message = f"{name} déclarée sans personne, mais on y voit {_places(seen)}"
            remedy = f"dites qui y paraît (personnes:), ou floutez : ./gazette flouter {image.path} ; {signed}"
            yield Finding("RGPD-11", Severity.REFUSE, entry.place(image), message, remedy)
        elif large := _legible(image, seen, case):
            message = f"{name} déclarée non_identifiables, mais un visage y reste lisible ({large} pixels de haut)"
            remedy = f"floutez : ./gazette flouter {image.path}, ou dites qui y paraît ; {signed}"
            yield Finding("RGPD-11", Severity.REFUSE, entry.place(image), message, remedy)


def unseen(entries: Iterable[Entry], case: Case) -> int:
    """Count the pictures that a face would belie and that nobody looked at."""
    wanted = {i.digest for e in entries for i in e.images if i.wants_look and not case.register.names(e, i)}
    return len(wanted - case.looks.keys())


def _places(seen: Look) -> str:
    """Return how many faces and where: « 2 visages (en haut à gauche, au centre) »."""
    places = ", ".join(dict.fromkeys(face.where for face in seen.faces))
    return f"{len(seen.faces)} visage{'s' if len(seen.faces) > 1 else ''} ({places})"


def _legible(image: Image, seen: Look, case: Case) -> int:
    """Return the height of the largest face in the widest printed file, or 0 when nobody could be recognised."""
    measure = case.measures.get(image.digest)
    if measure is None or measure.fault or not seen.faces:
        return 0
    height = max(face.height for face in seen.faces) * measure.height * min(1, WIDTHS[-1] / measure.width)
    return round(height) if height >= LEGIBLE else 0
