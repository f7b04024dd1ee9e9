"""What was withdrawn stays withdrawn, whatever comes back (RGPD art. 17 and 21; rule R19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.model.media import Attachment
from gazette.model.register import ALIKE, TURNED
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
    elif record := case.register.near_text(entry):
        message = f"article : il ressemble à un article retiré ({record.id}), à peu de mots près : retenu"
        remedy = "ôtez ce fichier ; s'il dit autre chose, récrivez ce qu'ils ont en commun"
        finding = Finding("RGPD-19", Severity.NOTE, entry.place(), message, remedy)
        yield Hold("Semblable à un article retiré", may_preview=False, finding=finding)
    for medium in entry.works:
        record = case.register.of_medium(medium)
        if record:
            message = f"{medium.word} « {medium.file[:60]} » : retrait {record.id} du {record.day}, ne paraît plus"
            remedy = "ôtez ce fichier, et ce que le texte en dit (légende, « à gauche… »)"
            yield Withhold(medium, Finding("RGPD-19", Severity.NOTE, entry.place(medium), message, remedy))
    yield from _alike(entry, case)


def _alike(entry: Entry, case: Case) -> Iterator[Withhold]:
    """Withhold what looks like a withdrawn picture, or is a document that shows one, until someone looks."""
    for medium in (*entry.images, *entry.attachments):
        measure = case.measures.get(medium.digest)
        if measure is None or case.register.of_medium(medium) or medium.likeness_checked == medium.seal:
            continue
        is_document = isinstance(medium, Attachment)
        near = ALIKE if is_document else TURNED
        others = (found for one in measure.likenesses if (found := case.register.like(one, near)))
        record = case.register.like(measure.likeness) or next(others, None)
        if record:
            shows = "montre une image semblable" if is_document else "est semblable"
            message = f"{medium.word} « {medium.file[:60]} » : {shows} à une image retirée ({record.id}), ne paraît pas"
            seal = f"ressemblance_verifiee: {medium.seal}"
            remedy = f"ôtez ce fichier ; si vous avez vu que c'en est une autre, écrivez {seal}"
            yield Withhold(medium, Finding("RGPD-19", Severity.NOTE, entry.place(medium), message, remedy))
