"""``registres/``: authorisations and the secret key; never printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field, ValidationError

from gazette.errors import ConfigurationError
from gazette.model.authorisation import Authorisation
from gazette.model.finding import Finding, Place, Severity
from gazette.read.fields import Day, RequiredLine, Words
from gazette.read.frontmatter import FrontMatter, load
from gazette.read.schema import Table

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"^cle:\s*[\"']?([0-9a-f]{64})[\"']?\s*$", re.MULTILINE)


class AuthorisationTable(Table):
    """``registres/autorisations/<ID>.yml``, as far as printing needs it."""

    model_config = ConfigDict(extra="ignore")

    start: Day = Field(alias="debut")
    end: Day = Field(alias="fin")
    supports: Words = Field([])
    id: RequiredLine | Literal[""] = ""


def secret_key(content: Path) -> bytes:
    """Return the 256 bits of ``registres/cle.yml`` that names of media are made with."""
    path = content / "registres" / "cle.yml"
    try:
        found = _KEY.search(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    if found is None:
        remedy = (
            "écrivez-y une ligne « cle: » suivie de 64 chiffres hexadécimaux tirés au hasard (openssl rand -hex 32)"
        )
        raise ConfigurationError(f"{path} : clé absente ou illisible ; {remedy}")
    return bytes.fromhex(found[1])


def authorisations(content: Path) -> tuple[dict[str, Authorisation], list[Finding]]:
    """Return the authorisations by id; an unreadable one authorises nothing, and is told."""
    found: dict[str, Authorisation] = {}
    findings: list[Finding] = []
    for path in sorted((content / "registres" / "autorisations").glob("*.yml")):
        matter = FrontMatter()
        place = Place(f"registres/autorisations/{path.name}")
        try:
            load(path.read_bytes().decode("utf-8-sig"), matter)
            table = AuthorisationTable.model_validate(matter.values)
        except (OSError, UnicodeDecodeError, ValidationError):
            table = None
        if table is None or matter.faults or table.start > table.end:
            remedy = "reprenez-la depuis le modèle : debut, fin, supports"
            findings.append(
                Finding("LEC-40", Severity.NOTE, place, "autorisation illisible : elle n'autorise rien", remedy)
            )
            continue
        supports = tuple(support.removeprefix("site-") for support in table.supports)
        found[path.stem] = Authorisation(path.stem, table.start, table.end, supports)
    return found, findings
