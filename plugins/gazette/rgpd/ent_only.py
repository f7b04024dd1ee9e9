"""What is for the ENT alone leaves only a stub: a static site authenticates nobody (rule R6)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gazette.model.body import Body
from gazette.model.entry import Actualite, InfoDirection, Page, Projet
from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

SUMMARY = "À lire dans l’ENT."
_LISTS = ("keywords", "schools", "tools", "images", "sounds", "attachments", "videos", "events", "windows", "deadlines")


def ent_only(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse ``diffusion: ent`` on a kind that cannot be reduced to a title."""
    if entry.ent_only and not isinstance(entry, Actualite | Projet | InfoDirection | Page):
        message = f"diffusion: ent ne convient pas au genre {entry.kind}"
        yield Finding(
            "RGPD-06", Severity.REFUSE, entry.place("diffusion"), message, "retirez cette ligne, ou écrivez un article"
        )


def stub(entry: Entry) -> Entry:
    """Return the title alone."""
    bare: dict[str, Any] = dict.fromkeys(_LISTS, ())
    if isinstance(entry, Projet):
        bare["period"] = None
    if isinstance(entry, InfoDirection):
        bare |= {"reference": "", "signatory": ""}
    return replace(entry, **bare, summary=SUMMARY, body=Body(), digest=f"{entry.digest}-ent", face="")
