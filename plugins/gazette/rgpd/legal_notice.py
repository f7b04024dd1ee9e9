"""The legal pages are complete: publisher and host (LCEN art. 1-1, rule R2), RGPD art. 13 (rules R7-R9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

_REQUIRED = (
    ("publisher", "mentions: editeur", "R2"),
    ("publisher_address", "mentions: adresse", "R2"),
    ("publisher_phone", "mentions: telephone", "R2"),
    ("director", "mentions: directeur_publication", "R2"),
    ("director_function", "mentions: fonction_directeur", "R2"),
    ("host", "mentions: hebergeur", "R2"),
    ("host_address", "mentions: hebergeur_adresse", "R2"),
    ("host_phone", "mentions: hebergeur_telephone", "R2"),
    ("controller", "donnees_personnelles: responsable", "R7"),
    ("controller_type", "donnees_personnelles: type_responsable", "R7"),
    ("dpo_email", "donnees_personnelles: dpd", "R7"),
    ("legal_basis", "donnees_personnelles: base_legale", "R7"),
    ("purposes", "donnees_personnelles: finalites", "R7"),
    ("recipients", "donnees_personnelles: destinataires", "R7"),
    ("retention", "donnees_personnelles: conservation", "R7"),
)
_PLACEHOLDER = re.compile(r"\bTODO\b|à compléter|\[…\]|\[\.\.\.\]|\bLorem\b|\bXXX", re.IGNORECASE)
_PHONE = re.compile(r"\A(?:0|\+33 ?)[1-9](?:[ .-]?\d{2}){4}\Z")


def legal_notice(case: Case) -> Iterator[Finding]:
    """Tell each missing value: a note in a build, STOP in a publication."""
    severity = Severity.STOP if case.is_production else Severity.NOTE
    for attribute, key, rule in _REQUIRED:
        value = getattr(case.newsroom.legal, attribute)
        text = " ".join(value) if isinstance(value, tuple) else value
        place = case.newsroom.place(*key.split(": "))
        if not text or _PLACEHOLDER.search(text):
            message = f"mention légale manquante : {key}"
            yield Finding(
                f"RGPD-0{rule[1:]}", severity, place, message, "complétez cette valeur dans circonscription.yml"
            )
        elif attribute.endswith("phone") and not _PHONE.match(text):
            yield Finding(
                "RGPD-02",
                severity,
                place,
                f"téléphone illisible : {key}",
                "écrivez dix chiffres, par exemple 05 99 00 00 00",
            )
