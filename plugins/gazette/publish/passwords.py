"""Passwords of schools for a restricted edition: drawn here, told once, kept as what bcrypt makes of them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import bcrypt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Thirty-two that a hand copies without doubt: no l, o, 0, 1."""
GROUPS, LENGTH = 4, 4
"""80 bits of chance: no guess succeeds, so the hash need not be slow, and nginx asks for it at every request."""
COST = 5


def password() -> str:
    """Draw a password, in groups of letters."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def kept(text: str) -> dict[str, str]:
    """Return the hashes of a password file, by school."""
    rows = (line.strip().partition(":") for line in text.splitlines() if not line.startswith("#"))
    return {name: digest for name, _, digest in rows if digest}


def renewed(
    before: Mapping[str, str], schools: Collection[str], chosen: Iterable[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the hashes of every school, and the passwords just drawn: of those chosen, and of those that have none.

    A school that is no more has no password any more.
    """
    wanted = {*chosen, *(uai for uai in schools if uai not in before)}
    drawn = {uai: password() for uai in sorted(wanted)}
    digests = {uai: digest for uai, digest in before.items() if uai in schools}
    digests |= {uai: bcrypt.hashpw(word.encode(), bcrypt.gensalt(COST)).decode() for uai, word in drawn.items()}
    return dict(sorted(digests.items())), drawn


def encoded(digests: Mapping[str, str]) -> str:
    """Return the file as nginx reads it."""
    return "".join(f"{name}:{digest}\n" for name, digest in digests.items())
