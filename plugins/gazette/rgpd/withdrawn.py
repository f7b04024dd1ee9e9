"""What was withdrawn stays withdrawn, whatever comes back (RGPD art. 17 and 21; rule R19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.case import Hold, Withhold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def withdrawn(entry: Entry, case: Case) -> Iterator[Hold | Withhold]:
    """Hold an entry, or withhold a medium, that the register of withdrawals names."""
    record = case.register.of_entry(entry)
    if record:
        message = f"article : retrait {record.id} du {record.day}, ne paraît plus"
        finding = Finding("RGPD-19", Severity.NOTE, entry.place(), message, "ôtez ce fichier de content/")
        yield Hold("Retiré", may_preview=False, finding=finding)
    elif record := case.register.of_text(entry):
        message = f"article : il dit mot pour mot un article retiré ({record.id}) : retenu"
        remedy = "ôtez ce fichier ; s'il doit paraître malgré tout, récrivez-le"
        finding = Finding("RGPD-19", Severity.NOTE, entry.place(), message, remedy)
        yield Hold("Semblable à un article retiré", may_preview=False, finding=finding)
    for medium in entry.works:
        record = case.register.of_medium(medium)
        if record:
            message = f"{medium.word} « {medium.file[:60]} » : retrait {record.id} du {record.day}, ne paraît plus"
            remedy = "ôtez ce fichier, et ce que le texte en dit (légende, « à gauche… »)"
            yield Withhold(medium, Finding("RGPD-19", Severity.NOTE, entry.place(medium.key), message, remedy))
    yield from _alike(entry, case)


def _alike(entry: Entry, case: Case) -> Iterator[Withhold]:
    """Withhold a picture that looks like a withdrawn one (smaller, cropped, of another format) until someone looks."""
    for image in entry.images:
        measure = case.measures.get(image.digest)
        if measure is None or case.register.of_medium(image) or image.likeness_checked == image.seal:
            continue
        record = case.register.like(measure.likeness)
        if record:
            message = f"image « {image.file[:60]} » semblable à une image retirée ({record.id}) : retenue"
            remedy = f"ôtez-la ; si vous avez vu que c'en est une autre, écrivez ressemblance_verifiee: {image.seal}"
            yield Withhold(image, Finding("RGPD-19", Severity.NOTE, entry.place("images"), message, remedy))
