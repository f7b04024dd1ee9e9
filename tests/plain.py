"""Printing with the plain theme of ``tests/theme``: fast, and independent of how the real one looks."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gazette.build import build
from gazette.order import Report
from tests.samples import ROOT, Site

THEME = ROOT / "tests" / "theme"
SETTINGS = ROOT / "tests" / "plainconf.py"


def print_plain(site: Site, **options: Any) -> Report:  # noqa: ANN401  # any field of Order
    """Build the site with the plain theme, or with the ``settings`` given."""
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
