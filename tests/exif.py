"""What exiftool, other people's reader, finds in files that should tell nothing."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

ABOUT_PIXELS = frozenset("SourceFile ExifTool System File Composite".split())
"""Groups about the file as it stands on the disk, and about what its pixels are."""
HARMLESS = {
    "PNG": frozenset("ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace".split()),
    "JFIF": frozenset({"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"}),
    "RIFF": frozenset({"ImageWidth", "ImageHeight", "VP8Version", "HorizontalScale", "VerticalScale"}),
}
"""What formats ask for themselves, by group."""


@cache
def exiftool() -> str:
    """Return where exiftool is, installed if need be; a machine without it fails the test, and says how to get it."""
    if shutil.which("exiftool") is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "libimage-exiftool-perl"], check=False, capture_output=True)
    found = shutil.which("exiftool")
    assert found, "exiftool manque : apt install libimage-exiftool-perl"
    return found


def strange_tags(*places: Path) -> list[str]:
    """Return ``FILE: GROUP:TAG`` for what pictures of the folders tell besides their pixels."""
    words = ["-json", "-a", "-G1", "-u", "-r", "-q", "-ext", "jpg", "-ext", "webp", "-ext", "png"]
    done = subprocess.run([exiftool(), *words, *map(str, places)], capture_output=True, check=True)
    rows = json.loads(done.stdout or b"[]")
    assert rows, "aucune image à relire"
    found = []
    for row in rows:
        for name in row:
            group, _, tag = name.partition(":")
            is_known = group in ABOUT_PIXELS or tag in HARMLESS.get(group, frozenset())
            if not is_known or tag == "Comment":
                found.append(f"{row['SourceFile']}: {name}")
    return found
