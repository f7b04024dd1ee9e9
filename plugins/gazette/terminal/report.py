"""What a build did, in words and in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.terminal.call import refusal
from gazette.terminal.findings import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.order import Report

TOLD_OUT = 3
"""Entries named on the line of those that left."""
SHUT = "Porte fermée : rien n’a été changé. Reprenez les lignes « ARRÊT » ci-dessus."


def tell_all(lines: Iterable[str]) -> None:
    """Print each line."""
    for line in lines:
        print(line)


def tell_build(report: Report) -> None:
    """Print what each edition took, then the line that says how it ended."""
    if report.is_closed:
        print(SHUT)
        return
    for name, count in report.counts.items():
        print(f"{name} : {count.sheets} fichiers, {count.printed} imprimés, {count.removed} retirés")
    for name in report.unprinted:
        print(f"{name} : fils à jeton non imprimés, faute de secret")
    if report.expired:
        more = " …" if len(report.expired) > TOLD_OUT else ""
        print(f"Sortis, leur durée est passée : {', '.join(p for p, _ in report.expired[:TOLD_OUT])}{more}")
    tell_unseen(report.unseen)
    if report.horizon:
        print(f"Prochain changement : {report.horizon.instant:%d/%m/%Y à %H:%M} ({report.horizon.reason}).")
    told = f"{sum(report.durations.values()):.1f}".replace(".", ",")
    if report.left_out:
        left = f"{report.left_out} texte(s) laissé(s) de côté, voir « refusé » ci-dessus"
        print(f"Imprimé en {told} s, avec réserves : {left}.")
    else:
        print(f"Imprimé en {told} s, sans réserve.")


def tell_unseen(count: int) -> None:
    """Say what no machine looked at."""
    if count:
        print(f"Visages : pas cherchés dans {count} image(s) déclarée(s) sans personne (./gazette photos).")


def next_change(report: Report) -> dict[str, str] | None:
    """Return what time alone changes next, as reports have it."""
    found = report.horizon
    return {"instant": f"{found.instant:%Y-%m-%d %H:%M}", "motif": found.reason} if found else None


def write_report(path: str, report: Report, root: str) -> None:
    """Write the report of a build as JSON, when asked to."""
    editions = {
        name: {"feuilles": c.sheets, "imprimees": c.printed, "inchangees": c.unchanged, "retirees": c.removed}
        for name, c in report.counts.items()
    }
    facts = {
        "jour": f"{report.now:%Y-%m-%d %H:%M}",
        "reserves": report.left_out,
        "editions": editions,
        "images_non_regardees": report.unseen,
        "sortis": [{"fichier": f"{root}{path}", "motif": reason} for path, reason in report.expired],
        "prochain": next_change(report),
        "constats": [as_json(f, root) for f in report.findings],
        "durees": dict(report.durations),
    }
    write_json(path, facts)


def check_report(path: str) -> None:
    """Refuse a report that could not be written, before anything is done."""
    if path and not Path(path).resolve().parent.is_dir():
        raise refusal(f"--rapport {path} : le dossier n’existe pas")


def write_json(path: str, facts: dict[str, Any]) -> None:
    """Write a report, when asked to."""
    if path:
        Path(path).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
