"""The purge of a clone's history, once a person said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.read.registers import withdrawals
from gazette.terminal.call import CLOSED, DONE, ROOT
from gazette.withdrawal.clone import check_clone
from gazette.withdrawal.purge import apply, lines, purge_of, remaining
from gazette.withdrawal.withdraw import REGISTER

if TYPE_CHECKING:
    from pathlib import Path


def purge_clone(clone: Path, content: Path, *, is_sure: bool) -> int:
    """Purge what the register names, and tell what stays to do."""
    register = withdrawals(content)
    check_clone(clone, (content, ROOT), register, content / REGISTER)
    purge = purge_of(clone, register)
    if not purge.blobs:
        print(f"{clone} : l’histoire ne tient plus rien de ce que nomme le registre ({len(register.withdrawals)}).")
        return DONE
    print("\n".join(lines(purge)))
    if not is_sure and not _is_confirmed("Réécrire l’histoire de ce clone ? Écrivez « purger » : ", "purger"):
        print("Rien n’est changé. Sans clavier, ajoutez --oui.")
        return CLOSED
    left = apply(purge)
    print(f"Purgé : {len(purge.blobs)} version(s) ne sont plus dans ce clone ; il reste {left} enregistrement(s).")
    print("\n".join(remaining(purge)))
    return DONE


def _is_confirmed(question: str, word: str) -> bool:
    """Ask a person, and tell whether they wrote that very word; where nobody answers, they did not."""
    try:
        return input(question).strip().lower() == word
    except EOFError:
        print()
        return False
