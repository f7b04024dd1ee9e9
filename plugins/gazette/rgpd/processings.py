"""A register tells what is done with personal data, and for how long (rule R10; RGPD art. 30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.case import Case

REQUIRED = ("annuaire", "medias", "journaux")
"""What every site does: the directory of schools, media that show pupils, the server's logs."""
PLACE = Place("registres/traitements.yml")


def processings(case: Case) -> Iterator[Finding]:
    """Tell each processing that is not there, or leaves something out: a note in a build, STOP in a publication."""
    severity = Severity.STOP if case.is_production else Severity.NOTE
    known = {processing.id for processing in case.processings}
    for name in REQUIRED:
        if name not in known:
            message = f"traitement absent du registre : {name}"
            remedy = (
                "ajoutez-le à registres/traitements.yml : finalite, personnes, donnees, destinataires, conservation…"
            )
            yield Finding("RGPD-10", severity, PLACE, message, remedy)
    for processing in case.processings:
        if processing.missing:
            message = f"traitement {processing.id[:40]} incomplet : {', '.join(processing.missing)}"
            place = Place(PLACE.file, processing.line)
            yield Finding("RGPD-10", severity, place, message, "écrivez ce qui manque dans registres/traitements.yml")
