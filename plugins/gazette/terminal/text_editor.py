"""The text editor of whoever sits at the terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gazette.errors import ConfigurationError


def open_draft(path: Path) -> None:
    """Open a draft for who asked for it at a terminal; what only reads our words, a script or a job, opens nothing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    words = _chosen() or _desktop()
    try:
        done = bool(words) and subprocess.run([*words, str(path)], check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        print("Ouvrez-le dans votre éditeur (EDITOR le nomme).")


def edited(text: str) -> str:
    """Return a text as an editor leaves it (``VISUAL``, ``EDITOR``, else ``vi``)."""
    words = _chosen() or ["vi"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "depeche.md")
        file.write_text(text, "utf-8")
        if subprocess.run([*words, str(file)], check=False).returncode:
            raise ConfigurationError(f"{words[0]} s’est arrêté sur une erreur : rien n’est changé")
        return file.read_text("utf-8")


def _chosen() -> list[str]:
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def _desktop() -> list[str]:
    """Return what opens a file in the editor of this desktop; nothing where there is no screen."""
    if os.environ.get("TERM_PROGRAM") == "vscode" and shutil.which("code"):
        return ["code"]
    if sys.platform == "darwin":
        return ["open", "-t"]
    if sys.platform == "win32":
        return ["cmd", "/c", "start", ""]
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return ["xdg-open"] if has_screen and shutil.which("xdg-open") else []
