"""A withdrawal: written into the register, then everything built without it, and what to seek elsewhere kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.build import build, empty
from gazette.check import Clock, check, load
from gazette.inquiry import built
from gazette.state import State, forget_previews, state_folder
from gazette.withdrawal.withdraw import (
    Sought,
    begun,
    followers,
    holding,
    keep_sought,
    printed_digests,
    shown_in,
    withdrawal,
    write_withdrawal,
)

if TYPE_CHECKING:
    from pathlib import Path

    from gazette.order import Order, Report
    from gazette.withdrawal.withdraw import Request


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did."""

    sought: Sought
    report: Report
    """Of the build that followed."""
    state: Path
    """Folder of what is remembered, where nothing of it may be left either."""
    followed: tuple[str, ...] = ()
    """Paths of the pages that stand no more without it."""


def withdraw(order: Order, request: Request) -> Withdrawn:
    """Write a withdrawal into the register, then build without what it names; one that was interrupted goes on.

    Where nothing stands, as on a forge's runner, it is printed first: what is sought elsewhere is known by its bytes.
    """
    if not built(order):
        build(order)
    newsroom, _ = load(order)
    folder = state_folder(order.output)
    last = begun(folder, order.content)
    with State(folder) as state:
        reading, _, measures = check(order, newsroom, state, Clock(order.tell))
        before = last[0].record if last else None
        record = withdrawal(request, reading.entries, measures, newsroom, order.content, order.now.date(), before)
        if last and record is before:
            sought, held = last
        else:
            manifests = [state.manifest(name) for name in state.editions()]
            printed = printed_digests(record, reading.entries, manifests, order.content)
            sought = Sought(record, printed, shown_in(record, reading.entries))
            held = holding(sought.texts, manifests)
        state.forget({*record.digests, *sought.printed})
        empty(state.folder / "lettre")
    forget_previews(folder)
    keep_sought(folder, sought, held)
    if record is not before:
        write_withdrawal(order.content, record)
    report = build(order)
    kept = {printed.digest for manifest in built(order) for printed in manifest.files.values()}
    sought = replace(sought, printed=sought.printed | (held - kept))
    keep_sought(folder, sought, held if report.is_closed else None)
    return Withdrawn(sought, report, folder, followers(record, reading.entries))
