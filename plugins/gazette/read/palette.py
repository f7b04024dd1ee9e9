"""What a theme can show of a fil: the colours and icons that its ``theme.toml`` names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.read.explain import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Palette:
    """The names a theme knows."""

    colours: tuple[str, ...]
    icons: tuple[str, ...]

    def faults(self, place: str, colour: str, icon: str) -> Iterator[tuple[str, str, str]]:
        """Yield key, message and remedy of each name that the theme does not know."""
        for key, value, known in (("couleur", colour, self.colours), ("icone", icon, self.icons)):
            if value not in known:
                near, choices = suggestion(value, known), f"choisissez parmi : {', '.join(known)}"
                remedy = near if near == choices else f"{near} Sinon, {choices}"
                yield key, f"{place}, {key} : le thème n'a pas « {value} »", remedy


def palette(theme: Path) -> Palette:
    """Return what the theme says it has; ``ConfigurationError`` when it does not say it."""
    path = theme / "theme.toml"
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        names = [tuple(map(str, told[key])) for key in ("couleurs", "icones")]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path} : fichier absent ou illisible · il nomme les couleurs et les icônes du thème : "
            'couleurs = ["…"], icones = ["…"]'
        ) from error
    return Palette(*names)
