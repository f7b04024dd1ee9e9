"""Pages of a PDF: their words, and their pictures drawn by poppler's pdftoppm, as a person would see them on paper."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PageObject

ABSENT = "Les tests ont besoin de pdftoppm : installez-le (Debian : apt install poppler-utils)."
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
"""Letters that a font draws as one sign."""


def text_of(sheet: PageObject) -> str:
    """Return the words of a page in its order, with the letters that were typed."""
    return sheet.extract_text().translate(LIGATURES)


def pdftoppm() -> str:
    """Return its path, installing Debian's package when root; raise RuntimeError when there is none."""
    found = shutil.which("pdftoppm")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with (Path(tempfile.gettempdir()) / "gazette-apt.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # apt-get refuses to run twice, and test workers start together
            found = shutil.which("pdftoppm") or _install()
    if found is None:
        raise RuntimeError(ABSENT)
    return found


def _install() -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "poppler-utils"]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *command], env=environment, check=False)
    return shutil.which("pdftoppm")


def drawn(pdf: bytes, folder: Path, name: str, dots: int) -> list[Image.Image]:
    """Draw each page in black and white as ``folder/name-1.png``…, at so many dots an inch; return them in order."""
    for former in folder.glob(f"{name}-*.png"):
        former.unlink()
    command = [pdftoppm(), "-png", "-gray", "-r", str(dots), "-", str(folder / name)]
    subprocess.run(command, input=pdf, check=True)
    return [Image.open(BytesIO(made.read_bytes())) for made in sorted(folder.glob(f"{name}-*.png"))]
