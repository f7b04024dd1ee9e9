"""A sound can be read as well as heard: its transcript stands in its declaration (RGAA 4.1; rule R46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def transcribed(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse an entry with a sound that has no transcript."""
    for sound in entry.sounds:
        if not sound.transcript:
            message = f"son « {sound.file[:60]} » sans transcription"
            remedy = "écrivez transcription: et ce qu'on entend, mot à mot"
            yield Finding("RGPD-46", Severity.REFUSE, entry.place(sound), message, remedy)
