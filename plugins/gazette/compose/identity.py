"""How the circonscription looks, where it says so: its own colours as a style sheet, and its logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.pictures import derivatives, picture
from gazette.errors import ConfigurationError
from gazette.model.feed import TextFile
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.model.newsroom import Newsroom
    from gazette.model.picture import Picture

STYLES = "theme/identite.css"


def identity(desk: Desk) -> Iterator[Sheet]:
    """Yield the style sheet and the logo's files, where there are any."""
    if has_inks(desk.newsroom):
        yield Sheet(STYLES, "text", TextFile(_styles(desk.newsroom)))
    if desk.newsroom.identity.logo:
        yield from derivatives(desk, desk.newsroom.identity.logo)


def has_inks(newsroom: Newsroom) -> bool:
    """Tell whether it has colours of its own."""
    return bool(newsroom.identity.accent or newsroom.identity.inks)


def logo(desk: Desk) -> Picture | None:
    """Return the logo as printed, if there is one; ``ConfigurationError`` when it cannot be."""
    image = desk.newsroom.identity.logo
    measure = desk.measures.get(image.digest) if image else None
    if image and measure and measure.fault:
        raise ConfigurationError(f"circonscription.yml · identite, logo : {measure.fault} · {measure.remedy}")
    return picture(desk, image) if image else None


def _styles(newsroom: Newsroom) -> str:
    """Return the rules that give the theme the circonscription's own colours, in the light and in the dark."""
    accent, inks = newsroom.identity.accent, newsroom.identity.inks
    rows = {
        scheme: [
            *([f":root {{ --accent: {getattr(accent, scheme)} }}"] if accent else []),
            *(f".couleur-{ink.name} {{ --c: {getattr(ink, scheme)} }}" for ink in inks),
        ]
        for scheme in ("light", "dark")
    }
    washes = [f".couleur-{ink.name} {{ --w: color-mix(in srgb, var(--c) 10%, var(--feuille)) }}" for ink in inks]
    dark = "\n  ".join(rows["dark"])
    return "\n".join((*rows["light"], *washes, "@media (prefers-color-scheme: dark) {", f"  {dark}", "}", ""))
