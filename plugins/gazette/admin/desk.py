"""The editor as a team puts it on line: a folder of files for one forge, where each signs in with their own account.

``REDACTION`` in ``publishconf.py`` says which forge; nothing of it is secret (OAuth 2 with PKCE, RFC 7636).
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from gazette.admin.bundle import folder
from gazette.admin.config import configuration
from gazette.errors import ConfigurationError
from gazette.settings import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.newsroom import Newsroom

FORMS = {
    "forge": (r"https://[A-Za-z0-9.-]+(?::\d{1,5})?|http://127\.0\.0\.1:\d{1,5}", "https://forge.exemple.fr"),
    "depot": (r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+", "groupe/circonscription"),
    "branche": (r"[A-Za-z0-9_./-]+", "main"),
    "application": (r"[A-Za-z0-9_-]{8,128}", "l’identifiant que la forge donne à l’application"),
}
"""What each setting looks like, and an example: what the page would read otherwise is refused."""
PLACE = "admin"
MARKS = ("config.json", ".well-known/gazette.json")
"""What only a folder of ours holds, and what only an edition does."""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the team writes."""

    forge: str
    """Address of the GitLab forge, without a last slash."""
    repository: str
    branch: str
    application: str
    """Identifier of the application declared there, which is public."""

    @property
    def backend(self) -> dict[str, Any]:
        """Return what Sveltia is told of it."""
        api = {"api_root": f"{self.forge}/api/v4", "graphql_api_root": f"{self.forge}/api/graphql"}
        signing = {"auth_type": "pkce", "auth_methods": ["oauth"], "app_id": self.application}
        return {
            "name": "gitlab",
            "repo": self.repository,
            "branch": self.branch,
            "base_url": self.forge,
            **api,
            **signing,
        }


def desk(settings: Path) -> Desk:
    """Return what the settings say; ``ConfigurationError`` tells the first thing that is wrong."""
    found = declared(settings, "REDACTION", FORMS, ", ".join(FORMS))
    values = {key: str(found.get(key, "")).rstrip("/") for key in FORMS}
    for key, (form, example) in FORMS.items():
        if not re.fullmatch(form, values[key], re.ASCII):
            raise ConfigurationError(f"REDACTION : « {key} » attend {example}, et non « {values[key]} »")
    return Desk(values["forge"], values["depot"], values["branche"], values["application"])


def files(root: Path, content: Path, newsroom: Newsroom, desk: Desk) -> Mapping[str, bytes]:
    """Return the files of the editor, by name: what is installed in ``root``, its page and its configuration."""
    installed = folder(root)
    names = (installed / "complet").read_text("utf-8").split("\n")
    settings = configuration(newsroom, content.name, desk.backend, None)
    page = Template((_HERE / "desk.html").read_text("utf-8")).substitute(forge=desk.forge, titre=escape(newsroom.title))
    return {
        **{name: (installed / name).read_bytes() for name in names},
        "index.html": page.encode(),
        "config.json": json.dumps(settings, ensure_ascii=False, indent=1).encode(),
        **{name: (_HERE / name).read_bytes() for name in ("desk.js", "page.css")},
    }


def put(place: Path, files: Mapping[str, bytes]) -> Path:
    """Write ``place/admin/``, whole or not at all, and return it; an edition or anything else is not touched."""
    ours, edition = MARKS
    target = place / PLACE
    if any((parent / edition).exists() for parent in (place, *place.parents)):
        raise ConfigurationError(f"{place} : une édition s’y trouve ; l’éditeur va ailleurs, jamais chez les lecteurs")
    if target.exists() and not (target / ours).is_file():
        raise ConfigurationError(f"{target} contient autre chose ; donnez un dossier nouveau")
    passage, former = (place / f".{PLACE}.{word}" for word in ("en-cours", "ancien"))
    shutil.rmtree(passage, ignore_errors=True)
    try:
        for name, data in files.items():
            (passage / name).parent.mkdir(parents=True, exist_ok=True)
            (passage / name).write_bytes(data)
        shutil.rmtree(former, ignore_errors=True)
        if target.exists():
            target.rename(former)
        passage.rename(target)
    finally:
        if former.exists() and not target.exists():
            former.rename(target)
        for rest in (passage, former):
            shutil.rmtree(rest, ignore_errors=True)
    return target
