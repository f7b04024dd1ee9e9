"""A pupil's picture or work needs an authorisation for this edition and day (C. civ. art. 9; rules R12-R15, R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.case import Withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def image_authorised(entry: Entry, case: Case) -> Iterator[Finding | Withhold]:
    """Refuse an entry whose authorisation is missing or for another support; withhold the picture when it ended."""
    for image in entry.images:
        if image.people != "eleves" and not image.is_pupil_work:
            continue
        known = case.authorisations.get(image.authorisation)
        if known is None:
            message = f"image d'élèves « {image.file[:60]} » sans autorisation" + (
                " connue" if image.authorisation else ""
            )
            remedy = "indiquez autorisation: et son numéro dans registres/autorisations/, ou retirez l'image"
            yield Finding("RGPD-12", Severity.REFUSE, entry.place("images"), message, remedy)
        elif entry.audience.name not in known.supports:
            message = f"l'autorisation {known.id} ne couvre pas l'édition « {entry.audience.name} »"
            yield Finding(
                "RGPD-13",
                Severity.REFUSE,
                entry.place("images"),
                message,
                "demandez une nouvelle autorisation, ou retirez l'image",
            )
        elif not known.start <= case.today <= known.end:
            message = f"l'autorisation {known.id} n'est pas valable ce jour : image « {image.file[:60]} » retirée"
            finding = Finding(
                "RGPD-15",
                Severity.NOTE,
                entry.place("images"),
                message,
                "retirez l'image, ou faites renouveler l'autorisation",
            )
            yield Withhold(image.digest, finding)
