"""A file to download can be read by everybody, and fetched over a telephone (RGAA 13.3; rule R52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

HEAVY = 10_000_000
"""Bytes from which a file's weight is told to its author."""


def usable(entry: Entry, case: Case) -> Iterator[Finding]:
    """Tell what a document lacks for those who cannot see, and its weight; it is printed all the same."""
    for medium in entry.attachments:
        measure = case.measures.get(medium.digest)
        if measure is None or measure.fault:
            continue
        name = f"fichier « {medium.file[:60]} »"
        if measure.lacks:
            message = f"{name} peu accessible : {', '.join(measure.lacks)}"
            remedy = "exportez-le en PDF balisé (PDF/UA), avec langue et titre, ou dites-en l'essentiel dans le texte"
            yield Finding("RGPD-52", Severity.NOTE, entry.place(medium), message, remedy)
        if measure.size >= HEAVY:
            message = f"{name} lourd : {measure.size / 1_000_000:.0f} Mo"
            remedy = "allégez ses images : on le lit aussi sur un téléphone"
            yield Finding("RGPD-52", Severity.NOTE, entry.place(medium), message, remedy)
