"""Pupils' pictures, voices, works need an authorisation for this edition and day (C. civ. art. 9; R12-15, R22-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.case import Withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.authorisation import Authorisation
    from gazette.model.entry import Entry
    from gazette.model.media import Medium
    from gazette.rgpd.case import Case

NAMES = {"image": "l'image", "voix": "la voix", "production": "une œuvre"}


def authorised(entry: Entry, case: Case) -> Iterator[Finding | Withhold]:
    """Refuse an entry whose authorisation is missing or for something else; withhold the medium when it ended."""
    for medium in entry.works:
        if not medium.is_of_pupils:
            continue
        known = case.authorisations.get(medium.authorisation)
        if known is None:
            message = f"{medium.word} d'élèves « {medium.file[:60]} » sans autorisation"
            message += " connue" if medium.authorisation else ""
            remedy = "indiquez autorisation: et son numéro dans registres/autorisations/, ou retirez ce fichier"
            yield Finding("RGPD-12", Severity.REFUSE, entry.place(medium), message, remedy)
            continue
        yield from _scope(entry, medium, known)
        if not case.is_in_force(known):
            message = f"l'autorisation {known.id} n'est pas valable ce jour : « {medium.file[:60]} » ne paraît pas"
            remedy = f"retirez ce fichier ({medium.word}), ou faites renouveler l'autorisation"
            yield Withhold(medium, Finding("RGPD-15", Severity.NOTE, entry.place(medium), message, remedy))


def _scope(entry: Entry, medium: Medium, known: Authorisation) -> Iterator[Finding]:
    """Yield what the authorisation does not cover: this edition, a voice, a work, a recording made before it."""
    remedy = "demandez une nouvelle autorisation, ou retirez ce fichier"
    place = entry.place(medium)
    if entry.audience.name not in known.supports:
        message = f"l'autorisation {known.id} ne couvre pas l'édition « {entry.audience.name} »"
        yield Finding("RGPD-13", Severity.REFUSE, place, message, remedy)
    wanted = {medium.right} if medium.people == "eleves" and medium.right else set()
    wanted |= {"production"} if medium.is_pupil_work else set()
    for right in sorted(wanted - set(known.rights)):
        message = f"l'autorisation {known.id} ne couvre pas {NAMES[right]} (types:)"
        yield Finding("RGPD-22" if right == "voix" else "RGPD-12", Severity.REFUSE, place, message, remedy)
    recorded = getattr(medium, "recorded", None)
    if recorded and known.signed and known.signed > recorded:
        message = f"l'autorisation {known.id} a été signée après l'enregistrement « {medium.file[:60]} »"
        in_order = "l'accord vient avant l'enregistrement : retirez ce son, ou corrigez les dates"
        yield Finding("RGPD-22", Severity.REFUSE, place, message, in_order)
