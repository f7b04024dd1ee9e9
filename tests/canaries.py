"""Secrets that are sought where none may be: as they are, encoded, compressed."""

import base64
import gzip
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote


def forms(secret: str) -> Iterator[bytes]:
    """Yield what a secret may be written as."""
    for text in (secret, quote(secret, safe=""), secret[::-1], secret.encode().hex()):
        yield text.encode()
    for rest in range(3):  # in the middle of something that is encoded
        yield base64.b64encode(b"x" * rest + secret.encode())[4:-4]


def texts(path: Path) -> Iterator[bytes]:
    """Yield what a file holds, as it stands and without its compression."""
    data = path.read_bytes()
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def told(
    secrets: Mapping[str, str], where: Iterable[tuple[str, bytes]], folders: Iterable[Path]
) -> list[tuple[str, str]]:
    """Return where a secret is, and which, among texts and in the files of folders."""
    wanted = {form: name for name, secret in secrets.items() for form in forms(secret)}
    paths = {str(p): p for folder in folders for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
    everything = [*where, *((name, text) for name, path in paths.items() for text in texts(path))]
    return [(place, name) for place, data in everything for form, name in wanted.items() if form in data]
