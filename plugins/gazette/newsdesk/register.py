"""``registres/decisions.yml`` as it is written: each answer at its end, once, whole or not at all."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from gazette.model.decision import REGISTER, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEAD = """\
# Ce qui fut répondu aux dépêches, et sur quel contenu ; ./gazette moderer l'écrit.
# Une dépêche refusée ne revient que si l'école la change ; une dépêche acceptée puis changée attend de nouveau.
decisions:
"""

_ROWS = re.compile(r"^(?=  - )", re.MULTILINE)


def record(content: Path, decisions: Iterable[Decision], *, is_first: bool = False) -> None:
    """Add decisions at the end of the register, but those that stand there; nothing is written when all do.

    ``is_first``: at its beginning, so that a branch merges with what was answered elsewhere meanwhile.
    """
    path = content / REGISTER
    before = path.read_text("utf-8") if path.exists() else _HEAD
    text = _with(before, [_row(decision) for decision in decisions], is_first=is_first)
    if not text:
        return
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def united(text: str, other: str) -> str:
    """Return a register with the rows of another besides its own."""
    return _with(text or _HEAD, _ROWS.split(other.rstrip() + "\n")[1:], is_first=True) or text


def _with(before: str, rows: list[str], *, is_first: bool) -> str:
    """Return a register with these rows besides its own; "" when it has them all."""
    text = re.sub(r"^decisions:[ \t]*\[\][ \t]*$", "decisions:", before, flags=re.MULTILINE).rstrip() + "\n"
    head, *there = _ROWS.split(text)
    known = set(there)
    added = [row for row in dict.fromkeys(rows) if row not in known]
    if not added:
        return ""
    return "".join([head, *added, *there] if is_first else [head, *there, *added])


def _row(decision: Decision) -> str:
    told = {
        "depeche": decision.depeche,
        "source": _quoted(decision.source),
        "id": _quoted(decision.id),
        "empreinte": _quoted(decision.digest),
        "decision": decision.answer,
        "jour": decision.day.isoformat(),
        "role": decision.role,
        "motif": _quoted(decision.reason) if decision.reason else "",
        "texte": decision.edited,
        "lignes": _quoted(decision.before) if decision.before else "",
        "images": f"[{', '.join(map(_quoted, decision.pictures))}]" if decision.pictures else "",
    }
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in told.items() if value) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
