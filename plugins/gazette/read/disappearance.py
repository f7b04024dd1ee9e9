"""Events that git knew on line and that no text announces any more: agendas that hold them are never told."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from gazette.model.entry import Event
from gazette.model.finding import Finding, Place, Severity
from gazette.model.moment import PARIS, school_year
from gazette.read.frontmatter import front_matter, with_line_feeds
from gazette.read.history import former_versions
from gazette.read.kinds import announced
from gazette.read.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.memo import Memo
    from gazette.model.register import Register
    from gazette.read.history import History


@dataclass(frozen=True, slots=True)
class _Announced:
    """An event as a text that was on line announced it; its title is known by its digest only."""

    path: str
    entry: str
    """Identity of the entry."""
    id: str
    start: str
    last: str
    state: str
    title: str
    is_ranked: bool
    """Without an ``id`` of its own: it had its rank in the entry."""


def disappearances(
    content: Path,
    kinds: Mapping[str, str],
    entries: Iterable[Entry],
    unread: frozenset[str],
    register: Register,
    past: History,
    today: date,
    memo: Memo,
) -> Iterator[Finding]:
    """Yield a note on each event to come that was on line this school year and that no published text announces.

    ``kinds`` gives the kind of entries by folder, ``unread`` the files that could not be read: they may still hold it.
    What was withdrawn is not asked for again, and what a school took out of its own source left with it.
    """
    standing = [e for e in entries if e.status == "publie"]
    ids = {event.id for e in standing for event in e.events}
    alike = {fact for e in standing for event in e.events for fact in _alike(e, event)}
    withdrawn = {w.entry for w in register.withdrawals if w.entry}
    seen: set[str] = set()
    for one in _known(content, kinds, past, date(school_year(today), 8, 1), memo):
        is_told = one.id in seen or one.id in ids or one.state == "annule" or date.fromisoformat(one.last) < today
        is_known = one.is_ranked and bool(alike & {(one.entry, one.start), (one.entry, one.title)})
        seen.add(one.id)  # the newest version is what agendas hold
        alike |= {(one.entry, one.start), (one.entry, one.title)}
        is_out = one.path in unread or bool(withdrawn & {one.entry, _stem(one.path)})
        if not (is_told or is_known or is_out):
            message = (
                f"événement « {one.id} » du {one.start}, annoncé puis effacé : "
                "s’il avait paru, des agendas le montrent encore"
            )
            remedy = f"remettez-le avec etat: annule ; s’il a changé de place, redonnez-lui id: {one.id}"
            yield Finding("AGD-10", Severity.NOTE, Place(one.path), message, remedy)


def _known(content: Path, kinds: Mapping[str, str], past: History, since: date, memo: Memo) -> list[_Announced]:
    """Return what versions that commits replaced since that day announced, newest first; once for each commit."""
    if not past.head or past.is_shallow:
        return []
    key = f"disparitions:{past.head}:{since}:{content.resolve()}"
    rows = memo.get(key)
    if rows is None:
        found = [
            one
            for path, data, replaced in former_versions(content, since)
            if (kind := kinds.get(path.partition("/")[0])) and path.endswith(".md")
            for one in _of_version(path, kind, data, replaced)
        ]
        rows = json.dumps([asdict(one) for one in found])
        memo.put(key, rows)
    return [_Announced(**row) for row in json.loads(rows)]


def _of_version(path: str, kind: str, data: bytes, replaced: datetime) -> Iterator[_Announced]:
    """Yield what a version announced, if it was on line when it was replaced."""
    front = front_matter(with_line_feeds(data.decode("utf-8-sig", "replace")))
    try:
        table = TABLES[kind].model_validate(front.values)
    except ValueError:  # pydantic’s: that version never was printed
        return
    if front.faults or table.status != "publie" or not table.date or table.date.instant > replaced.astimezone(PARIS):
        return
    entry = table.id or _stem(path)
    for event in announced(table, entry):
        titled = replace(event, title=event.title or table.title)
        last = max(d for d in (event.start.day, event.end and event.end.day, event.repeat_until) if d)
        is_ranked = event.id.rpartition("/")[0] == entry
        facts = str(event.start.day), str(last), event.state, _digest(titled.title), is_ranked
        yield _Announced(path, entry, event.id, *facts)


def _alike(entry: Entry, event: Event) -> Iterator[tuple[str, str]]:
    """Yield what an event that is given an ``id`` still has: its day, or its title."""
    yield entry.id, str(event.start.day)
    yield entry.id, _digest(event.title or entry.title)


def _digest(title: str) -> str:
    return blake2b(title.encode(), digest_size=12).hexdigest()


def _stem(path: str) -> str:
    return path.removesuffix("/index.md").removesuffix(".md")
