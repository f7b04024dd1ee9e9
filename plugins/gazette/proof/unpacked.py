"""What a printed file says once it is unpacked: the parts of archives within archives, the words of documents."""

from __future__ import annotations

import gzip
import io
import logging
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LARGEST = 256 * 1024 * 1024
"""Bytes read back of one printed file, all its parts that may say a word together."""
DEEPEST = 5
"""Archives within archives."""
PICTURES_AND_SOUNDS = (".jpg", ".png", ".webp", ".gif", ".ico", ".woff2", ".mp3", ".m4a", ".ogg")
"""Files without words; their metadata is the press's matter, and tests read them back."""
_HOLDS = (b"PK\3\4", b"\x1f\x8b", b"%PDF-")
"""How archives and PDFs begin, whatever they are called."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError, KeyError),
    *(TypeError, IndexError, AttributeError, ArithmeticError, AssertionError),
)
"""What a damaged archive or document makes its library raise."""
_OFFICE = re.compile(rb"schemas\.openxmlformats\.org|oasis:names:tc:opendocument")
_BREAK = re.compile(
    rb"</(?:\w+:)?(?:p|h|tr|tc|si|row|c|is|table-cell|list-item)>|<(?:\w+:)?(?:tab|br|line-break)\b[^>]*>"
)
_SPACE = re.compile(rb"<text:s\b[^>]*>")
_RUN = re.compile(rb"<(?!p>)[^>]*>")
"""Mark-up within a paragraph of a document, which may stand within a word."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class SealedError(Exception):
    """The file cannot be read back: too large, damaged, or protected."""


def unpacked(path: str, printed: BinaryIO) -> Iterator[bytes]:
    """Yield each text of a printed file, as mark-up; ``SealedError`` when one cannot be read."""
    room = [LARGEST]
    try:
        if printed.read(4) == _HOLDS[0]:  # a book with its sounds is larger than what is read of it
            yield from _members(printed, 0, room)
        else:
            printed.seek(0)
            yield from _parts(path, printed.read(LARGEST + 1), 0, room)
    except BROKEN as error:
        raise SealedError(str(error)) from error


def _parts(path: str, data: bytes, depth: int, room: list[int]) -> Iterator[bytes]:
    """Yield the texts of a file and of what it holds; ``room`` is what may still be read, shared by all parts."""
    room[0] -= len(data)
    if room[0] < 0 or depth > DEEPEST:
        raise SealedError("trop grand")
    if data.startswith(_HOLDS[0]):
        yield from _members(io.BytesIO(data), depth, room)
    elif data.startswith(_HOLDS[1]):
        with gzip.open(io.BytesIO(data)) as pack:
            yield from _parts(path.removesuffix(".gz"), pack.read(room[0] + 1), depth + 1, room)
    elif data.startswith(_HOLDS[2]):
        yield from _pages(data)
    elif not path.endswith(PICTURES_AND_SOUNDS):
        yield _paragraphs(data) if _OFFICE.search(data, 0, 4096) else data


def _members(archive: BinaryIO, depth: int, room: list[int]) -> Iterator[bytes]:
    """Yield the names of an archive's members, then their texts; a picture or a sound is one by its first bytes too."""
    with zipfile.ZipFile(archive) as pack:
        yield "\n".join(pack.namelist()).encode()
        for info in pack.infolist():
            with pack.open(info) as part:
                start = part.read(8)
                if start.startswith(_HOLDS) or not info.filename.endswith(PICTURES_AND_SOUNDS):
                    yield from _parts(info.filename, start + part.read(room[0] + 1), depth + 1, room)


def _pages(data: bytes) -> Iterator[bytes]:
    """Yield the words of each page of a PDF, and what is typed in its fields."""
    from pypdf import PdfReader  # noqa: PLC0415  # a third of a second, for nothing where no PDF is printed
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        for page in reader.pages:
            yield _quoted(str(page.extract_text()))
        yield _quoted("\n".join(str(field.get("/V", "")) for field in (reader.get_fields() or {}).values()))
    except PyPdfError as error:
        raise SealedError(str(error)) from error


def _quoted(text: str) -> bytes:
    """Return plain text as mark-up in which no sign stands for a tag."""
    return text.replace("<", " ").replace(">", " ").encode("utf-8", "replace")


def _paragraphs(data: bytes) -> bytes:
    """Return a part of an office document with paragraphs and cells for its only mark-up."""
    return _RUN.sub(b"", _SPACE.sub(b" ", _BREAK.sub(b"<p>", data)))
