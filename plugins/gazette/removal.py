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
    followers,
    keep_sought,
    printed_digests,
    rewritten,
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
    """Write a withdrawal into the register, then build without what it names.

    Where nothing stands, as on a forge's runner, it is printed first: what is sought elsewhere is known by its bytes.
    """
    if not built(order):
        build(order)
    newsroom, _ = load(order)
    with State(state_folder(order.output)) as state:
        reading, _, measures = check(order, newsroom, state, Clock(order.tell))
        record = withdrawal(request, reading.entries, measures, newsroom, order.content, order.now.date())
        manifests = [state.manifest(name) for name in state.editions()]
        printed = printed_digests(record, reading.entries, manifests, order.content)
        sought = Sought(record, printed, shown_in(record, reading.entries))
        state.forget({*record.digests, *printed})
        empty(state.folder / "lettre")
    forget_previews(state_folder(order.output))
    write_withdrawal(order.content, record)
    keep_sought(state_folder(order.output), sought)
    report = build(order)
    sought = replace(sought, printed=printed | rewritten(sought.texts, manifests, built(order)))
    keep_sought(state_folder(order.output), sought)
    return Withdrawn(sought, report, state_folder(order.output), followers(record, reading.entries))
