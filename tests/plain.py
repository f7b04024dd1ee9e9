"""Printing with the plain theme of ``tests/theme``: fast, and independent of how the real one looks."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gazette.build import build
from gazette.order import Report
from gazette.state import state_folder
from tests.samples import ROOT, Site

THEME = ROOT / "tests" / "theme"
SETTINGS = ROOT / "tests" / "plainconf.py"


def print_plain(site: Site, *, is_first: bool = False, **options: Any) -> Report:  # noqa: ANN401  # any field of Order
    """Build the site with the plain theme, as after a build before the test's changes; ``is_first``: there was none.

    What that one printed and nothing changed since is not printed again. With ``settings`` of another theme, all is.
    """
    is_bare = state_folder(site.output).exists() and not site.output.exists()
    if site.before and is_bare and not is_first and "settings" not in options:
        shutil.copytree(site.before, site.output)
        for manifest in state_folder(site.before).glob("*.manifeste.json"):
            shutil.copy2(manifest, state_folder(site.output))
    return build(site.order(**({"settings": SETTINGS} | options)), pool=site.pool)


def settings_with(folder: Path, theme: Mapping[str, str] | None = None, more: str = "") -> Path:
    """Copy the plain theme into ``folder``, change files in it, and return settings that name it and say more."""
    shutil.copytree(THEME, folder / "theme", dirs_exist_ok=True)
    for path, text in (theme or {}).items():
        (folder / "theme" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "theme" / path).write_text(text, "utf-8")
    settings = folder / "plainconf.py"
    text = SETTINGS.read_text("utf-8").replace("__file__", repr(str(folder / "plainconf.py")))
    settings.write_text(text + more, "utf-8")
    return settings


def template(name: str) -> str:
    """Return the text of one of the plain theme's templates."""
    return (THEME / "templates" / name).read_text("utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by path."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a folder, by path: shorter to compare and to read when they differ."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in files(folder).items()}
