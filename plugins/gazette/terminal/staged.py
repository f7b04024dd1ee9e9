"""What the next commit would bring that the gate refuses, told to whoever commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.hook import staged_paths
from gazette.inquiry import inspect
from gazette.model.finding import Severity
from gazette.terminal.call import CLOSED, DONE, order, shown_root
from gazette.terminal.findings import tell_findings

if TYPE_CHECKING:
    from pathlib import Path


def check_staged(content: Path, contenu: str) -> int:
    """Tell the findings of the texts that are about to be committed; return 1 when one of them would be refused."""
    staged = staged_paths(content)
    if not any(path.endswith((".md", ".yml", ".csv")) for path in staged):
        return DONE
    found = [f for f in inspect(order(contenu, "", "")).foretold if f.place.file in staged]
    tell_findings(tuple(found), shown_root(contenu))
    if not any(f.severity > Severity.NOTE for f in found):
        return DONE
    print("Rien n’est enregistré : reprenez ces lignes, ou « git commit --no-verify » pour garder un état à reprendre.")
    return CLOSED
