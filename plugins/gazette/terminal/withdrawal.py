"""A withdrawal, step by step, as whoever asks for it is told of it: register, site, target, certificate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.check import load
from gazette.errors import GazetteError
from gazette.model.token import SUFFIX
from gazette.publish import stage
from gazette.removal import withdraw
from gazette.state import state_folder
from gazette.terminal.call import CLOSED, DONE, WRONG, instant
from gazette.terminal.publication import is_exposed, put_on_line
from gazette.terminal.report import tell_all, tell_build
from gazette.withdrawal.withdraw import certificate, holders, last_sought

if TYPE_CHECKING:
    from gazette.order import Order
    from gazette.publish.stage import Target
    from gazette.withdrawal.withdraw import Request, Sought

SHUT = "la porte est fermée"
REGISTER = 1
"""Files that a withdrawal writes in the content."""


def take_off(wanted: Order, request: Request, target: Target | None, contenu: str, folder: str, paper: str) -> int:
    """Withdraw, put on line without it, and tell where nothing of it is left; return the exit code.

    ``wanted`` is the order to publish; what a target would refuse is told before the register is written.
    """
    if target:
        tell_all(stage.limits(target, now=instant(""), day=wanted.now))
        if is_exposed(contenu):
            return CLOSED
    done = withdraw(replace(wanted, is_production=False), request)
    tell_build(done.report)
    for path in done.followed:
        print(f"Parti avec lui, faute de première page ou de cahier : {path} ; publiez-le ailleurs s’il doit rester.")
    code = CLOSED if done.report.is_closed else DONE
    told = "" if not target or not code else SHUT
    if target and not code:
        try:
            code = put_on_line(target, wanted, contenu, is_rehearsal=False, rapport="", ours=REGISTER)
            told = SHUT if code else ""
        except GazetteError as error:  # the register stands: the paper says what is not proved
            code, told = WRONG, str(error)
    is_left = _certify(wanted, done.sought, None if told else target, folder, paper, told)
    if not target:
        print("Enregistrez registres/retraits.yml dans git, puis publiez : ./gazette publier --cible NOM.")
    return CLOSED if is_left else code


def prove(wanted: Order, target: Target | None, folder: str, paper: str) -> int:
    """Seek again what the last withdrawal took off, on a target too, and certify it; return the exit code."""
    sought = last_sought(state_folder(wanted.output), wanted.content)
    return CLOSED if _certify(wanted, sought, target, folder, paper) else DONE


def _certify(wanted: Order, sought: Sought, target: Target | None, folder: str, paper: str, missed: str = "") -> bool:
    """Seek what was printed wherever it can be, print the certificate, and tell whether anything is left."""
    here = [wanted.output, state_folder(wanted.output), *([Path(folder).resolve()] if folder else [])]
    searched, left = stage.held(target, _editions(wanted), sought.printed) if target else ([], [])
    held = sorted({*holders(sought.printed, *here), *left})
    text = certificate(sought, dict.fromkeys((*map(str, here), *searched)), held, missed)
    print(text)
    if paper:
        Path(paper).write_text(f"{text}\n", "utf-8")
    return bool(held)


def _editions(wanted: Order) -> list[str]:
    """Return every edition that a target may hold, token feeds included."""
    return [name for a in load(wanted)[0].audiences for name in (a.name, f"{a.name}{SUFFIX}")]
