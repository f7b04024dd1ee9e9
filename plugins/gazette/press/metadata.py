"""Pictures without what their files tell of who, where and with what: the pixels keep their very bytes (no library)."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIENTATION = 0x0112
"""EXIF tag: the one fact without which pixels are shown wrong."""
SOI, EOI, SOS, FILL = 0xD8, 0xD9, 0xDA, 0xFF
"""JPEG markers (ITU-T T.81, table B.1): start and end of image, start of scan, and what precedes any."""
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
"""Where JFIF, EXIF and XMP, colour profiles, and Adobe's colour transform are."""
RESTARTS = range(0xD0, 0xD8)
PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_KEPT = {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA}
"""Frames, tables, restart interval and scan: what a baseline or progressive picture decodes from."""
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs acTL fcTL fdAT".split(),
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG, PNG or WebP file with its pixels, colours and orientation alone; no picture is re-encoded."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg(data))
        if data.startswith(PNG):
            return PNG + b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError) as error:
        raise UnreadableError("image abîmée") from error
    raise UnreadableError("ni JPEG, ni PNG, ni WebP")


def is_picture(data: bytes) -> bool:
    """Tell whether these bytes start as a picture that ``without_metadata`` knows."""
    return data.startswith((b"\xff\xd8\xff", PNG)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments that are kept, up to the end of the first picture; what follows it is dropped."""
    yield data[:2]
    orientation, at, is_first = 1, 2, True
    segments = []
    while data[at + 1] != EOI:
        if data[at] != FILL:
            raise UnreadableError("image abîmée")
        marker = data[at + 1]
        if marker == FILL:  # filling
            at += 1
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        body = data[at + 4 : end]
        if marker == APP1 and body.startswith(b"Exif\0\0") and is_first:
            orientation, is_first = _orientation(body[6:]), False
        if marker == SOS:
            end = _scan_end(data, end)
        if _is_kept(marker, body):
            segments.append((marker, data[at:end]))
        at = end
    told = _exif(orientation)
    jfif = [s for m, s in segments if m == APP0]
    yield from jfif[:1]
    if told:
        yield b"\xff\xe1" + struct.pack(">H", len(told) + 8) + b"Exif\0\0" + told
    yield from (s for m, s in segments if m != APP0)
    yield b"\xff\xd9"


def _is_kept(marker: int, body: bytes) -> bool:
    """Tell whether a segment decides pixels or their colours: JFIF, ICC and Adobe's colour transform do."""
    if marker == APP0:
        return body.startswith(b"JFIF\0") and body[12:14] == b"\0\0"  # no thumbnail
    if marker == APP2:
        return body.startswith(b"ICC_PROFILE\0")
    return marker in _JPEG_KEPT or (marker == APP14 and body.startswith(b"Adobe"))


def _scan_end(data: bytes, start: int) -> int:
    """Return where the entropy-coded bytes end: at a marker that is neither a stuffed byte nor a restart."""
    at = data.find(b"\xff", start)
    while at >= 0 and (data[at + 1] in {0, FILL} or data[at + 1] in RESTARTS):
        at = data.find(b"\xff", at + (1 if data[at + 1] == FILL else 2))
    if at < 0:
        raise UnreadableError("image abîmée")
    return at


def _png(data: bytes) -> Iterator[bytes]:
    at, told = len(PNG), b""
    kept = []
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise UnreadableError("image abîmée")
        if kind == b"eXIf":
            told = _exif(_orientation(chunk[8:-4]))
        if kind in _PNG_KEPT:
            kept.append(chunk)
        at += 12 + length
        if kind == b"IEND":
            break
    yield kept[0]
    if told:
        body = b"eXIf" + told
        yield struct.pack(">I", len(told)) + body + struct.pack(">I", zlib.crc32(body))
    yield from kept[1:]


def _webp(data: bytes) -> bytes:
    at, chunks, told = 12, [], b""
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) != length:
            raise UnreadableError("image abîmée")
        if kind == b"EXIF":
            told = _exif(_orientation(body.removeprefix(b"Exif\0\0")))
        if kind in _WEBP_KEPT:
            chunks.append((kind, body))
        at += 8 + length + length % 2
    if not chunks:
        raise UnreadableError("image abîmée")
    if told:
        chunks.append((b"EXIF", told))
    flag = _WEBP_EXIF if told else 0
    parts = [
        _riff(kind, bytes([body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | flag]) + body[1:] if kind == b"VP8X" else body)
        for kind, body in chunks
    ]
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _orientation(exif: bytes) -> int:
    """Return the orientation that an EXIF block tells, 1 to 8; 1 when it tells none that can be read."""
    try:
        order = {b"II": "<", b"MM": ">"}[exif[:2]]
        at = struct.unpack_from(f"{order}I", exif, 4)[0]
        for rank in range(struct.unpack_from(f"{order}H", exif, at)[0]):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * rank)
            if tag == ORIENTATION and kind == 3 and 1 <= value <= 8:  # noqa: PLR2004  # a SHORT
                return int(value)
    except (KeyError, struct.error):
        pass
    return 1


def _exif(orientation: int) -> bytes:
    """Return an EXIF block (TIFF, big-endian) that tells the orientation alone; b"" when the picture is upright."""
    if orientation == 1:
        return b""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
