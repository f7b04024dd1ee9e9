"""The sending of weekly letters, told to whoever sends them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gazette.publish.mail import send
from gazette.publish.post import check_sending
from gazette.terminal.call import CLOSED, DONE, instant, refusal
from gazette.terminal.report import tell_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazette.mailing import LetterReport
    from gazette.model.letter import Recipient
    from gazette.publish.mail import Message
    from gazette.publish.post import Post


def only(recipients: Sequence[Recipient], ecoles: str) -> Sequence[Recipient]:
    """Return the recipients of these codes, or all; leave when one has no letter."""
    codes = {code.strip().upper() for code in ecoles.split(",") if code.strip()}
    unknown = codes - {r.uai for r in recipients}
    if unknown:
        raise refusal(f"--ecoles : {min(unknown)} ne reçoit pas cette lettre")
    return [r for r in recipients if r.uai in codes] if codes else recipients


def tell_unserved(report: LetterReport) -> None:
    """Tell the schools that no letter can reach."""
    if report.letter.unserved:
        names = ", ".join(report.letter.unserved)
        print(f"Sans adresse de fonction dans l’annuaire (courriel:), donc sans lettre : {names}.")


def send_letters(report: LetterReport, made: Sequence[Message], settings: Post) -> int:
    """Send the messages, tell who got none, and return the exit code."""
    password = check_sending(settings, report.letter.week, report.now, instant(""), report.uncommitted, os.environ)
    done = send(made, settings, password)
    print(f"{report.letter.title}, édition {report.audience.name} : {len(done.sent)} lettre(s) remise(s).")
    tell_unserved(report)
    if done.refused:
        tell_all(f"  {uai} : {why}" for uai, why in done.reasons.items())
        print(f"Non remises ; pour réessayer, ajoutez --ecoles {','.join(done.refused)}")
        return CLOSED
    return DONE
