"""What a theme can show of a fil: the colours and icons that its ``theme.toml`` names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.colour import RATIO, Colour, colour, nearest, poorest
from gazette.read.explain import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Palette:
    """The names a theme knows."""

    colours: tuple[str, ...]
    icons: tuple[str, ...]
    papers: tuple[Colour, ...] = ()
    """What a colour of one's own is written on; none: the theme has its own colours only."""
    dark_papers: tuple[Colour, ...] = ()

    def faults(self, place: str, ink: str, icon: str) -> Iterator[tuple[str, str, str]]:
        """Yield key, message and remedy of each name that the theme does not know."""
        own = colour(ink)
        if own:
            yield from (("couleur", f"{place}, {message}", remedy) for message, remedy in self.unreadable(own))
        for key, value, known in (("couleur", ink, () if own else self.colours), ("icone", icon, self.icons)):
            if value not in known and known:
                near, choices = suggestion(value, known), f"choisissez parmi : {', '.join(known)}"
                remedy = near if near == choices else f"{near} Sinon, {choices}"
                yield key, f"{place}, {key} : le thème n'a pas « {value} »", remedy

    def unreadable(self, ink: Colour) -> Iterator[tuple[str, str]]:
        """Yield message and remedy when a colour of one's own cannot be read, or is not for this theme."""
        if not self.papers:
            message = f"couleur : le thème n'écrit qu'avec ses couleurs, et pas « {ink} »"
            yield message, f"choisissez parmi : {', '.join(self.colours)}"
        elif (found := poorest(ink, self.papers)) < RATIO:
            told = f"{found:.1f}".replace(".", ",")
            message = f"couleur : « {ink} » se lit mal (contraste de {told} ; il en faut 4,5)"
            yield message, f"prenez « {nearest(ink, self.papers)} », la plus proche qui se lise"

    def dark(self, ink: Colour) -> Colour:
        """Return the colour as it is read on dark papers."""
        return nearest(ink, self.dark_papers) if self.dark_papers else ink


def palette(theme: Path) -> Palette:
    """Return what the theme says it has; ``ConfigurationError`` when it does not say it."""
    path = theme / "theme.toml"
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        colours, icons = (tuple(map(str, told[key])) for key in ("couleurs", "icones"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path} : fichier absent ou illisible · il nomme les couleurs et les icônes du thème : "
            'couleurs = ["…"], icones = ["…"]'
        ) from error
    papers, dark = (_papers(path, told.get(key, [])) for key in ("papiers", "papiers_sombres"))
    return Palette(colours, icons, papers, dark)


def _papers(path: Path, told: object) -> tuple[Colour, ...]:
    found = [colour(str(one)) for one in told] if isinstance(told, list) else [None]
    if None in found:
        raise ConfigurationError(f'{path} : papiers illisibles · écrivez papiers = ["#ffffff"]')
    return tuple(one for one in found if one)
