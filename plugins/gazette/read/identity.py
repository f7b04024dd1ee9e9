"""How a circonscription looks: its colour, its fils' own colours, its logo (``identite:``)."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from gazette.errors import ConfigurationError
from gazette.model.colour import colour
from gazette.model.media import Image
from gazette.model.newsroom import Identity, Ink
from gazette.read.fields import Line
from gazette.read.schema import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazette.read.palette import Palette


def _without_sharp(value: object) -> object:
    """Return a colour as classes of the style sheet call it; a name of the theme as it is."""
    found = colour(value) if isinstance(value, str) else None
    return str(found).removeprefix("#") if found else value


Shade = Annotated[str, BeforeValidator(_without_sharp), Field(pattern=r"^[a-z0-9-]{1,80}$")]
"""A colour of the theme by its name, or one's own: « #0b5e7a »."""


class IdentityTable(Table):
    """``identite:``."""

    accent: Annotated[str, BeforeValidator(_without_sharp), Field(pattern=r"^([0-9a-f]{6})?$")] = Field(
        "", alias="couleur"
    )
    logo: Line = ""
    alternative: Line = Field("", alias="logo_alternative")


def identity(table: IdentityTable, colours: Iterable[str], known: Palette | None, path: Path) -> Identity:
    """Return the identity; ``ConfigurationError`` when the logo is not there, or has no alternative text."""
    inks = tuple(ink for name in sorted(set(colours)) if (ink := _ink(name, known)))
    return Identity(_ink(table.accent, known), inks, _logo(table, path) if table.logo else None)


def _ink(name: str, known: Palette | None) -> Ink | None:
    own = colour(name)
    return Ink(name, str(own), str(known.dark(own) if known else own)) if own else None


def _logo(table: IdentityTable, path: Path) -> Image:
    if not table.alternative:
        raise ConfigurationError(
            f"{path} · identite, logo : il manque son texte · écrivez logo_alternative: ce qu'on y lit  [LEC-19]"
        )
    file = path.parent / table.logo
    if PurePosixPath(table.logo).name != table.logo or not file.is_file() or file.is_symlink():
        raise ConfigurationError(f"{path} · identite, logo : fichier introuvable · posez-le à côté de ce fichier")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Image(file=table.logo, path=table.logo, digest=digest, alt=table.alternative, people="aucune")
