"""What is asked of a circonscription and answered without printing: what was found, what may be shown, what stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.check import Clock, check, load
from gazette.compose.closing import closing_findings, closings
from gazette.compose.detours import detours
from gazette.compose.upkeep import upkeep
from gazette.impact import Built
from gazette.model.entry import Ecole
from gazette.model.finding import Severity
from gazette.model.source import sources
from gazette.state import State, state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.detour import Detours
    from gazette.model.finding import Finding
    from gazette.model.newsroom import Newsroom
    from gazette.model.sheet import Manifest
    from gazette.model.source import Source
    from gazette.order import Order
    from gazette.pool import Pool
    from gazette.read.stage import Reading
    from gazette.rgpd.stage import Clearance


@dataclass(frozen=True, slots=True)
class Inspected:
    """What reading and clearing found, nothing printed."""

    newsroom: Newsroom
    reading: Reading
    clearance: Clearance

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return every finding of the content, in the order of reports."""
        return tuple(sorted((*self.reading.findings, *self.clearance.findings), key=lambda f: f.sort_key))

    @property
    def foretold(self) -> tuple[Finding, ...]:
        """Return them with what is already known of the texts that nobody can read yet."""
        return tuple(sorted((*self.findings, *self.clearance.foreseen), key=lambda f: f.sort_key))


def inspect(order: Order, pool: Pool | None = None) -> Inspected:
    """Read and clear, for who asks what may be printed and on what ground."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell), pool)
    today, cleared = order.now.date(), clearance.cleared
    books = closings(reading.entries, cleared, (*reading.findings, *clearance.findings), today)
    kept = closing_findings(books, cleared, measures, today)
    told = (*clearance.findings, *upkeep(reading.entries, newsroom, today), *kept)
    return Inspected(newsroom, reading, replace(clearance, findings=told))


def sources_of(order: Order) -> tuple[Mapping[str, Mapping[str, Source]], frozenset[str], tuple[Finding, ...]]:
    """Return what may be shown today, by audience and path, what is withdrawn, and what closes the gate."""
    found = inspect(order)
    cleared, entries = found.clearance.cleared, found.reading.entries
    stops = tuple(f for f in found.findings if f.severity is Severity.STOP)
    shown = {a.name: sources(cleared, entries, a) for a in found.newsroom.audiences}
    return shown, found.reading.register.marks, stops


def schools_of(order: Order) -> Mapping[str, str]:
    """Return the name of every school of the directory, by code."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        _, clearance, _ = check(order, newsroom, state, Clock(order.tell))
    return {c.entry.name.upper(): c.entry.title for c in clearance.cleared if isinstance(c.entry, Ecole)}


def detours_of(order: Order) -> Mapping[str, Detours]:
    """Return what each edition answers at addresses of its past; nothing is printed."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, _ = check(order, newsroom, state, Clock(order.tell))
    return {a.name: detours(clearance.cleared, reading.entries, a, reading.register) for a in newsroom.audiences}


def built(order: Order) -> tuple[Manifest, ...]:
    """Return the manifests of the editions that stand in the output."""
    with State(state_folder(order.output)) as state:
        return tuple(state.manifest(name) for name in state.editions())


def editions_of(order: Order) -> Mapping[str, Built]:
    """Return the editions that stand in the output, by name."""
    return {m.audience: Built(m, order.output / m.audience) for m in built(order)}
