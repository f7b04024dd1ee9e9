"""Files for a person's eyes: written neither with the content nor on line."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.terminal.call import refusal

if TYPE_CHECKING:
    from gazette.order import Order


def check_letter(path: str, wanted: Order) -> None:
    """Refuse a letter that would be put on line or kept with the content."""
    for folder in (wanted.output, wanted.content):
        if path and Path(path).resolve().is_relative_to(folder):
            raise refusal(f"--lettre {path} : cette lettre ne se publie pas ; choisissez un autre dossier")
    if path and not Path(path).resolve().parent.is_dir():
        raise refusal(f"--lettre {path} : le dossier n’existe pas")


def check_outside(path: Path, wanted: Order) -> None:
    """Refuse a file of passwords that would be put on line or kept with the content."""
    for folder in (wanted.output, wanted.content):
        if path.resolve().is_relative_to(folder):
            raise refusal(f"{path} : des mots de passe ne vont ni dans le contenu ni en ligne (--vers)")
    if not path.parent.is_dir():
        raise refusal(f"{path} : le dossier {path.parent} n’existe pas ; dites où écrire par --vers")


def write_private(path: Path, text: str) -> None:
    """Write a file whole, for its owner and group alone; a file that is there keeps its group."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
            file.write(text)
        if path.exists():
            shutil.chown(temporary, group=path.stat().st_gid)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
