"""What the forge says of the project that runs us: the content repository is private, or nothing is done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLD = "GAZETTE_VISIBILITE"
"""Where a workflow says what its forge answered, when no event tells it (GitHub's schedules)."""
WORDS = {"public": "public", "internal": "interne, donc ouvert à tous les inscrits de la forge"}


def exposure(environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a STOP when a forge runs us and does not say that the project is private, wherever the content stands."""
    if not (environment.get("GITLAB_CI") or environment.get("GITHUB_ACTIONS")):
        return ()
    seen = _gitlab(environment) if environment.get("GITLAB_CI") else _github(environment)
    if seen == "private":
        return ()
    told = f"le projet de la forge est {WORDS[seen]}" if seen in WORDS else "la forge ne dit pas si le projet est privé"
    remedy = "rendez-le privé (Paramètres, Visibilité) : il contient les textes réservés et les registres"
    return (Finding("FOR-01", Severity.STOP, Place("circonscription.yml"), told, remedy),)


def _gitlab(environment: Mapping[str, str]) -> str:
    return environment.get("CI_PROJECT_VISIBILITY", "")


def _github(environment: Mapping[str, str]) -> str:
    """Return what the event tells of the repository; its file is written by GitHub, not by the project."""
    try:
        repository: Any = json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes())["repository"]
        seen = repository.get("visibility") or ("private" if repository["private"] is True else "public")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        seen = environment.get(TOLD, "")
    return str(seen)
