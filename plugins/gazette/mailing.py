"""The letter of a week, printed and proofed as an edition is, and sent by nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.build import empty, frame, shown_of
from gazette.check import Clock, check, load
from gazette.compose.stage import compose_letter
from gazette.model.finding import Severity
from gazette.model.token import tokens
from gazette.proof.stage import proof
from gazette.state import State, state_folder

if TYPE_CHECKING:
    from datetime import datetime

    from gazette.model.finding import Finding
    from gazette.model.letter import Letter, Recipient
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.model.sheet import Proofed
    from gazette.order import Order


@dataclass(frozen=True, slots=True)
class LetterReport:
    """A letter printed and proofed, not sent, and everything that was found."""

    now: datetime
    newsroom: Newsroom
    audience: Audience
    letter: Letter
    recipients: tuple[Recipient, ...]
    proofed: Proofed | None
    """None: a STOP closed the gate."""
    findings: tuple[Finding, ...]
    uncommitted: int | None
    """As in ``Report``."""


def build_letter(order: Order, week: str) -> LetterReport:
    """Print the letter of a week for one edition, the most open one unless the order names another."""
    from gazette.press.letter import print_letter  # noqa: PLC0415  # css-inline, for nothing where no letter is asked

    newsroom, theme = load(order)
    name = order.editions[0] if order.editions else newsroom.audiences[0].name
    audience = next(a for a in newsroom.audiences if a.name == name)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell))
        cleared = clearance.cleared
        told, recipients, standing = compose_letter(cleared, audience, newsroom, order.now, measures, week)
        folder = state.folder / "lettre" / name
        empty(folder)
        printing = print_letter(told, name, theme, folder)
        shown = shown_of(audience, printing, cleared, reading, frame(order, theme), newsroom, measures)
        secrets = tokens(order.token_secret, newsroom, order.now.date())
        proofed, faults = proof((shown,), newsroom.audiences, state.memo("lettre"), secrets, {name: standing})
    findings = tuple(sorted((*reading.findings, *clearance.findings, *faults), key=lambda f: f.sort_key))
    is_closed = any(f.severity is Severity.STOP for f in findings)
    done = None if is_closed else proofed[0]
    return LetterReport(order.now, newsroom, audience, told, recipients, done, findings, reading.uncommitted)
