"""The theme's static files, named by their digest, and the digest of all that prints."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from gazette.errors import PressError
from gazette.model.feed import ARTWORK, STYLESHEET

LIBRARIES = (
    *("pelican", "Jinja2", "feedgen", "lxml", "Pillow", "av", "pagefind-bin"),
    *("jours-feries-france", "vacances-scolaires-france"),
)
"""What prints, and what the composed pages ask of the calendar."""
LASTING = {PurePosixPath(path).name: path for path in (STYLESHEET, ARTWORK)}
"""Static files that feeds name: a new theme changes no feed."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file of the theme."""

    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme folder as it stands."""

    path: Path
    assets: dict[str, tuple[str, Asset]]
    """Printed path and file, by path relative to ``static/``."""
    digest: str
    """Of every file of the theme."""

    def address(self, name: str) -> str:
        """Return the printed path of a static file."""
        try:
            return self.assets[name][0]
        except KeyError:
            raise PressError(f"thème : le fichier static/{name} n'existe pas") from None


def theme(path: Path) -> Theme:
    """Return the theme that stands in the folder."""
    if not (path / "templates").is_dir():
        raise PressError(f"{path} : ce dossier n'est pas un thème (templates/ manque)")
    whole = hashlib.sha256()
    assets: dict[str, tuple[str, Asset]] = {}
    for file in sorted(f for f in path.rglob("*") if f.is_file() and not f.name.startswith(".")):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        relative = file.relative_to(path)
        whole.update(f"{relative.as_posix()}\0{digest}\n".encode())
        if relative.parts[0] == "static":
            name = Path(*relative.parts[1:])
            printed = f"theme/{name.with_name(f'{name.stem}.{digest[:8]}{name.suffix}').as_posix()}"
            printed = LASTING.get(name.as_posix(), printed)
            assets[name.as_posix()] = (printed, Asset(str(file), digest))
    return Theme(path, assets, whole.hexdigest())


@cache
def press_version() -> str:
    """Return a digest of the code and the libraries that print."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for source in sorted(package.rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode() + source.read_bytes())
    digest.update(" ".join(map(version, LIBRARIES)).encode())
    return digest.hexdigest()


def code_near(settings: Path) -> str:
    """Return a digest of the settings and of the code beside them that they may run: settings, plugins of Pelican."""
    digest = hashlib.sha256(settings.read_bytes())
    ours = Path(__file__).parents[1]
    plugins = settings.parent / "plugins"
    near = [*settings.parent.glob("*.py"), *plugins.glob("*.py")]
    near += [source for folder in plugins.glob("*/") if folder != ours for source in folder.rglob("*.py")]
    for source in sorted(near):
        digest.update(source.relative_to(settings.parent).as_posix().encode() + source.read_bytes())
    return digest.hexdigest()
