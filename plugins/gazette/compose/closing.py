"""What a shared book lacks before it can be closed: pages awaited or kept out by the gate, sounds out of tune."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from gazette.model.cahier import CONTRIBUTIONS, Cahier, Contribution
from gazette.model.entry import Ecole
from gazette.model.finding import Finding, Place, Severity
from gazette.model.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.media import Measure

SOON = dt.timedelta(days=14)
"""Before a book closes, the time in which what it lacks is a finding."""
APART = 8.0
"""Decibels from the other sounds of a book at which a reader reaches for the volume."""
SEVERAL = 3
"""Sounds from which a book has a level of its own."""
LACKS = {
    "RGPD-11": "déclaration",
    "RGPD-12": "autorisation",
    "RGPD-13": "autorisation pour cette édition",
    "RGPD-14": "autorisation pour ce cahier",
    "RGPD-15": "autorisation valable",
    "RGPD-16": "accords",
    "RGPD-22": "autorisation de voix",
    "RGPD-23": "licence",
    "RGPD-25": "fichier lisible",
    "RGPD-45": "texte alternatif",
    "RGPD-46": "transcription",
}
"""What a finding of the gate asks for, in a word."""
BROUGHT = "une première page qui paraisse"
"""What a page lacks that nothing is wrong with: it goes with its first page."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Where a book stands."""

    book: Cahier
    given: int
    """Pages that are printed."""
    awaited: tuple[str, ...]
    """« CE2, École du Pont »."""
    kept_out: tuple[tuple[Place, tuple[str, ...]], ...]
    """Where a page that is not printed is wrong, and what it lacks, by file."""


def closings(
    entries: Iterable[Entry], cleared: Iterable[Cleared], findings: Iterable[Finding], today: dt.date
) -> tuple[Closing, ...]:
    """Return where each book that is printed stands, by title."""
    shown = {c.entry.path: c.entry for c in cleared}
    schools = {e.uai: e.title for e in shown.values() if isinstance(e, Ecole)}
    faults: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity > Severity.NOTE:
            faults.setdefault(finding.place.file, []).append(finding)
    pages = [e for e in entries if isinstance(e, Contribution) and e.status == "publie"]
    pages = [page for page in pages if page.date is None or page.date.day <= today]
    found = []
    for book in (e for e in shown.values() if isinstance(e, Cahier)):
        own = [page for page in pages if page.cahier == book.name]
        given = [page for page in own if page.path in shown]
        unread = {path for path in faults if path.startswith(book.path.replace("index.md", f"{CONTRIBUTIONS}/"))}
        out = tuple(
            _lacking(path, faults.get(path, ())) for path in sorted(unread | {p.path for p in own} - shown.keys())
        )
        wanted = (a for a in book.awaited if not any(a.is_answered_by(page) for page in given))
        names = tuple(", ".join(w for w in (a.class_name, schools.get(a.school, a.school)) if w) for a in wanted)
        found.append(Closing(book, len(given), names, out))
    return tuple(sorted(found, key=lambda closing: alphabetical(closing.book.title)))


def _lacking(path: str, faults: Sequence[Finding]) -> tuple[Place, tuple[str, ...]]:
    """Return where a page is wrong first, and what it lacks in words."""
    place = min((fault.place for fault in faults), key=lambda p: (p.line, p.column), default=Place(path))
    words = tuple(dict.fromkeys(LACKS.get(fault.code, f"{fault.message} ({fault.code})") for fault in faults))
    return place, words or (BROUGHT,)


def closing_findings(
    found: Iterable[Closing], cleared: Iterable[Cleared], measures: Mapping[str, Measure], today: dt.date
) -> Iterator[Finding]:
    """Yield notes on what books lack as they close, then on sounds far louder or softer than the others."""
    for one in found:
        if one.book.closes - SOON <= today and one.awaited:
            message = f"pages encore attendues : {' · '.join(one.awaited)}"
            yield _note("CAH-01", one.book.place("attendus"), message, "relancez-les, ou ôtez-les d'attendus:")
        for place, lacks in one.kept_out if one.book.closes - SOON <= today else ():
            message = f"page retenue du cahier « {one.book.title[:60]} » ; il lui manque : {', '.join(lacks)}"
            yield _note("CAH-02", place, message, "complétez-la, ou remettez-la en brouillon")
    yield from _levels(cleared, measures)


def _levels(cleared: Iterable[Cleared], measures: Mapping[str, Measure]) -> Iterator[Finding]:
    pages = [c.entry for c in cleared if isinstance(c.entry, Contribution)]
    counts = Counter(page.cahier for page in pages for _ in page.sounds)
    for name in sorted(book for book, count in counts.items() if count >= SEVERAL):
        heard = [(page, sound) for page in pages if page.cahier == name for sound in page.sounds]
        known = [(page, sound, measures[sound.digest].loudness) for page, sound in heard if sound.digest in measures]
        usual = median(level for _, _, level in known)
        for page, sound, level in known:
            if abs(level - usual) > APART:
                how = "plus fort" if level > usual else "plus faible"
                gap = f"{abs(level - usual):.0f} décibels"
                message = f"son « {sound.file[:60]} » {how} que les autres du cahier, de {gap}"
                yield _note("CAH-03", page.place(sound), message, "réglez son volume, puis exportez-le à nouveau")


def _note(code: str, place: Place, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.NOTE, place, message, remedy)
