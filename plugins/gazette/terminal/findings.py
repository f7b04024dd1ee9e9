"""Findings as each reader takes them: a line on a terminal, JSON, a forge's Code Quality or annotations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from gazette.model.finding import Severity
from gazette.terminal.call import is_coloured

if TYPE_CHECKING:
    from gazette.model.finding import Finding

COLOURS = ("36", "31", "1;31")
"""Of a remark, a refusal and a stop (ECMA-48, SGR): cyan, red, bold red, each beside its word."""


def tell_findings(findings: tuple[Finding, ...], root: str) -> None:
    """Print each finding on a line, the gravest last, where the eye ends."""
    for finding in sorted(findings, key=lambda f: (f.severity, f.sort_key)):
        mark = ("remarque", "refusé", "ARRÊT")[finding.severity]
        print(f"{_coloured(mark, finding.severity)} · {finding.line(root_of(finding, root))}")


def _coloured(word: str, severity: Severity) -> str:
    """Return the word of a severity, in its colour on a terminal that shows any."""
    return f"\033[{COLOURS[severity]}m{word}\033[0m" if is_coloured() else word


def root_of(finding: Finding, root: str) -> str:
    """Return what stands before a finding's path: printed files are not content."""
    return "" if finding.code.startswith("EPR") else root


def as_json(finding: Finding, root: str) -> dict[str, str | int]:
    """Return a finding as the JSON format has it."""
    return finding.as_json(root_of(finding, root))


def code_quality(finding: Finding, root: str) -> dict[str, Any]:
    """Return a finding in GitLab's Code Quality format."""
    return {
        "description": f"{finding.message} · {finding.remedy}",
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(finding.line(root).encode()).hexdigest(),
        "severity": ("minor", "major", "blocker")[finding.severity],
        "location": {"path": f"{root_of(finding, root)}{finding.place.file}", "lines": {"begin": finding.place.line}},
    }


def annotation(finding: Finding, root: str) -> str:
    """Return a finding as a command of GitHub's runner, which shows it at its line of a pull request."""
    level = ("notice", "error", "error")[finding.severity]
    file = _inert(f"{root_of(finding, root)}{finding.place.file}").replace(":", "%3A").replace(",", "%2C")
    place = f"file={file},line={max(1, finding.place.line)},title={finding.code}"
    return f"::{level} {place}::{_inert(f'{finding.message} · {finding.remedy}')}"


def _inert(text: str) -> str:
    """Return a text that ends no command and begins no other."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def verdict(findings: tuple[Finding, ...], held: int) -> str:
    """Return the last line of a check."""
    counts = [sum(f.severity is s for f in findings) for s in Severity]
    words = f"{counts[0]} remarque(s), {counts[1]} refus, {counts[2]} arrêt(s)"
    waiting = f" ; {held} texte(s) en attente (brouillons, dates à venir)" if held else ""
    return f"Contrôle : {words}{waiting}."
