"""``clear()``: passes every entry through every rule, and alone makes ``Cleared``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from gazette.model.cleared import Cleared
from gazette.model.finding import Finding, Severity
from gazette.model.media import Writing
from gazette.rgpd.accessibility_stated import accessibility_stated
from gazette.rgpd.approval import approval
from gazette.rgpd.attached import attached
from gazette.rgpd.authorised import authorised
from gazette.rgpd.bound import bound
from gazette.rgpd.case import Hold, Withhold
from gazette.rgpd.complete import complete
from gazette.rgpd.controller_academic import controller_academic
from gazette.rgpd.declared import declared
from gazette.rgpd.director_checked import director_checked
from gazette.rgpd.dpo_institutional import dpo_institutional
from gazette.rgpd.ends_soon import ends_soon
from gazette.rgpd.ent_only import ent_only, stub
from gazette.rgpd.everyone_covered import everyone_covered
from gazette.rgpd.floor import floor
from gazette.rgpd.host_in_europe import host_in_europe
from gazette.rgpd.image_alt import image_alt
from gazette.rgpd.image_faces import image_faces, unseen
from gazette.rgpd.legal_notice import legal_notice
from gazette.rgpd.one_project import one_project
from gazette.rgpd.personal_data import personal_data, scan_all
from gazette.rgpd.processings import processings
from gazette.rgpd.pupil_agreed import pupil_agreed
from gazette.rgpd.pupil_works import pupil_works
from gazette.rgpd.readable import readable
from gazette.rgpd.register_anonymous import register_anonymous
from gazette.rgpd.rulebook import stricter
from gazette.rgpd.same_title import same_title
from gazette.rgpd.schedule import schedule
from gazette.rgpd.school_year_over import school_year_over
from gazette.rgpd.small_counts import merged, small_counts
from gazette.rgpd.status import status
from gazette.rgpd.transcribed import transcribed
from gazette.rgpd.usable import usable
from gazette.rgpd.withdrawn import withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

Rule: TypeAlias = "Callable[[Entry, Case], Iterator[Finding | Hold | Withhold]]"
SiteRule: TypeAlias = "Callable[[Case], Iterator[Finding]]"

RULES: tuple[Rule, ...] = (
    status,
    schedule,
    approval,
    floor,
    ent_only,
    declared,
    image_alt,
    image_faces,
    readable,
    transcribed,
    authorised,
    ends_soon,
    complete,
    one_project,
    everyone_covered,
    pupil_agreed,
    pupil_works,
    school_year_over,
    withdrawn,
    personal_data,
    attached,
    usable,
    small_counts,
)
"""Rules on an entry, in the order of reports."""
SITE_RULES: tuple[SiteRule, ...] = (
    legal_notice,
    controller_academic,
    director_checked,
    dpo_institutional,
    host_in_europe,
    processings,
    accessibility_stated,
    register_anonymous,
)
"""Rules on the circonscription itself."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """What the gate answered."""

    cleared: tuple[Cleared, ...]
    findings: tuple[Finding, ...]
    held: int
    """Entries that are not for readers now, through no fault."""
    case: Case
    """What it was told of the circonscription."""
    unseen: int = 0
    """Pictures said to show nobody, in which no face was looked for."""
    expired: tuple[tuple[str, str], ...] = ()
    """Path and reason of what is past its last day on line, which no page, list, feed nor calendar shows any more."""
    foreseen: tuple[Finding, ...] = ()
    """Remarks on drafts, texts in review and texts without approval: what will be told the day they are published."""


def clear(entries: Iterable[Entry], case: Case, *, is_preview: bool = False) -> Clearance:
    """Return the entries that may be printed; a rule that raises stops the build: the gate fails closed."""
    entries, given = tuple(entries), case
    case = replace(case, scans=scan_all(entries, case))
    cleared: list[Cleared] = []
    raised = stricter(case.newsroom)
    findings: list[Finding] = [_raised(finding, raised) for rule in SITE_RULES for finding in rule(case)]
    expired: list[tuple[str, str]] = []
    foreseen: list[Finding] = []
    held = 0
    for entry in entries:
        answers = [answer for rule in RULES for answer in rule(entry, case)]
        holds = [a for a in answers if isinstance(a, Hold)]
        withheld = [a for a in answers if isinstance(a, Withhold)]
        told = [a for a in answers if isinstance(a, Finding)] + [w.finding for w in withheld]
        told = [_raised(finding, raised) for finding in told]
        is_refused = any(f.severity > Severity.NOTE for f in told)
        expired += [] if is_refused else _over(entry, holds)
        held += bool(holds) and not is_preview and not is_refused
        is_held = any(not (is_preview and h.may_preview) for h in holds)
        # A draft's faults are told by the preview, where its author looks; a build tells those of what it prints, and
        # of what it will print without anybody looking.
        is_told = is_preview or all(h.is_to_come for h in holds)
        findings += told if is_told else [h.finding for h in holds if h.finding]
        foreseen += () if is_told or any(h.is_over for h in holds) else map(_foreseen, told)
        is_held |= any(isinstance(w.medium, Writing) for w in withheld)  # nothing is left of a page without its text
        if not is_refused and not is_held:
            printable = stub(entry) if entry.ent_only else merged(_without(entry, withheld))
            cleared.append(Cleared(printable, " · ".join(h.reason for h in holds)))
    findings += [_raised(finding, raised) for finding in same_title(cleared)]
    told = sorted(findings, key=lambda f: f.sort_key)
    coming = tuple(sorted(foreseen, key=lambda f: f.sort_key))
    return Clearance(bound(cleared), tuple(told), held, given, unseen(entries, case), tuple(expired), coming)


def _over(entry: Entry, holds: list[Hold]) -> list[tuple[str, str]]:
    """Return what leaves only because its time is past: a draft was never there."""
    is_over = bool(holds) and all(h.is_over for h in holds)
    return [(entry.path, holds[0].reason)] if is_over else []


def _foreseen(finding: Finding) -> Finding:
    """Return what is wrong with a text that nobody can read yet: a remark, that says what it would cost."""
    if finding.severity is Severity.NOTE:
        return finding
    return replace(finding, severity=Severity.NOTE, message=f"{finding.message} (ce texte serait refusé)")


def _raised(finding: Finding, raised: Mapping[str, Severity]) -> Finding:
    """Return the finding as grave as the circonscription wants it, never less than it is."""
    wanted = raised.get(finding.code, finding.severity)
    return replace(finding, severity=wanted) if wanted > finding.severity else finding


def _without(entry: Entry, withheld: list[Withhold]) -> Entry:
    """Return the entry without the media that are withheld."""
    gone = {w.medium for w in withheld}
    if not gone:
        return entry
    seen = f"{entry.digest}\0{sorted((m.path, m.digest) for m in gone)}"
    return replace(
        entry,
        images=tuple(i for i in entry.images if i not in gone),
        sounds=tuple(s for s in entry.sounds if s not in gone),
        attachments=tuple(a for a in entry.attachments if a not in gone),
        digest=hashlib.blake2b(seen.encode(), digest_size=12).hexdigest(),
        face="",
    )
