"""PDF documents: read whole, then written anew without author, history, files nor programs."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from gazette.press.images import likenesses
from gazette.press.metadata import without_metadata
from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DROPPED = frozenset(
    "/Metadata /PieceInfo /LastModified /Thumb /SpiderInfo /Threads /Perms /DSS /Legal /CreationDate".split()
)
"""Keys that tell of the making of a document; they go from every dictionary of it."""
FORBIDDEN = frozenset("/JavaScript /JS /Launch /ImportData /SubmitForm /GoToE /Rendition /RichMediaExecute".split())
"""Actions that run something or send what a reader wrote."""
ANNOTATIONS = frozenset("/Link /Widget".split())
"""What may lie upon a page; anything else is a comment, or hides what is under it."""
PAGES = 500
SURFACE = 12_000_000
"""Pixels of a picture, other than a photograph, that is decoded to be known again: a scanned page at 300 dpi."""
BROKEN = (
    *(PyPdfError, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RuntimeError, OverflowError),
    *(ArithmeticError, AssertionError, struct.error, zlib.error),
)
"""What a damaged file makes the library raise."""
AGAIN = "exportez-le à nouveau en PDF depuis le document d'origine"
COLUMN = re.compile(r" {2,}")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def print_pdf(data: bytes, target: Path) -> dict[str, Any]:
    """Write the document without what it tells of its making, and return ``{text, lacks}``."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("protégé par un mot de passe", "exportez-le en PDF sans protection")
        if len(reader.pages) > PAGES:
            raise UnreadableError(f"trop long (plus de {PAGES} pages)", "découpez-le, ou liez le site qui le publie")
        writer = PdfWriter(clone_from=reader)
        title = _title(reader)
        root = writer.root_object
        pictures = _clean(root)
        texts = [_page_text(page) for page in reader.pages]
        fields = "\n".join(f"{name} : {_said(f)}" for name, f in (reader.get_fields() or {}).items() if _said(f))
        written = _written(writer, title)
    except BROKEN as error:
        raise UnreadableError("illisible : PDF abîmé", AGAIN) from error
    if not any(text.strip() for text in texts):
        remedy = f"{AGAIN}, avec son texte ; ou montrez-le dans images:, avec une alternative"
        raise UnreadableError("n'est fait que d'images : rien ne peut y être lu, ni vérifié", remedy)
    target.write_bytes(written)
    told = {"text": "\f".join((*texts, f"{title}\n{fields}")), "lacks": list(_lacks(root, title, texts))}
    return {**told, "likenesses": likenesses(_shown(pictures))}


def _title(reader: PdfReader) -> str:
    found = reader.metadata.title if reader.metadata else ""
    return " ".join(str(found or "").split())


def _page_text(page: Any) -> str:  # noqa: ANN401  # pypdf's page
    """Return the words of a page as they follow each other, then as they stand, with a tabulation between columns."""
    plain = str(page.extract_text())
    standing = COLUMN.sub("\t", str(page.extract_text(extraction_mode="layout")).replace("\t", "  "))
    tables = "\n".join(line for line in standing.split("\n") if "\t" in line.strip())
    return f"{plain}\n\n{tables}"


def _said(field: Any) -> str:  # noqa: ANN401  # pypdf's field
    value = field.get("/V", "")
    return "" if isinstance(value, DictionaryObject) or value == "/Off" else str(value).strip()


def _clean(root: DictionaryObject) -> list[StreamObject]:
    """Drop what tells of the making, and refuse what runs, or carries files or comments; return the pictures.

    Each object is met once.
    """
    pictures: list[StreamObject] = []
    seen: set[int] = set()
    todo: list[Any] = [root]
    while todo:
        found = todo.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            for key in DROPPED & found.keys():
                del found[key]
            _check(found)
            if isinstance(found, StreamObject) and "/DCTDecode" in str(found.get("/Filter", "")):
                _strip(found)
            if isinstance(found, StreamObject) and found.get("/Subtype") == "/Image":
                pictures.append(found)
            todo += [value for key, value in found.items() if key != "/Parent"]
        elif isinstance(found, ArrayObject):
            todo += found
    return pictures


def _shown(pictures: list[StreamObject]) -> Iterator[bytes]:
    """Yield each picture as a file of its own: a photograph as it is stored, another as the library decodes it."""
    for picture in pictures:
        if str(picture.get("/Filter", "")) == "/DCTDecode":
            yield picture._data  # noqa: SLF001  # the file itself
        elif picture.get("/Width", 0) * picture.get("/Height", 0) <= SURFACE:
            with contextlib.suppress(*BROKEN, ImportError):  # a kind that the library does not decode
                stream = io.BytesIO()
                picture.decode_as_image().save(stream, "PNG", compress_level=0)
                yield stream.getvalue()


def _strip(picture: StreamObject) -> None:
    """Leave of a photograph its pixels: what a telephone noted of the place stays in a document too."""
    data: Any = decode_stream_data(picture)
    picture._data = without_metadata(data)  # noqa: SLF001
    picture[NameObject("/Filter")] = NameObject("/DCTDecode")
    picture.pop("/DecodeParms", None)


def _check(found: DictionaryObject) -> None:
    """Refuse what runs, what carries other files, and what is laid over the text."""
    if "/JPXDecode" in str(found.get("/Filter", "")):
        raise UnreadableError("contient une image JPEG 2000, que l'on ne sait pas nettoyer", AGAIN)
    kind = str(found.get("/Type", ""))
    if str(found.get("/S")) in FORBIDDEN or "/JS" in found or "/JavaScript" in found or "/XFA" in found:
        raise UnreadableError("contient un programme (JavaScript, lancement ou envoi)", AGAIN)
    if "/EF" in found or "/EmbeddedFiles" in found or kind == "/EmbeddedFile":
        raise UnreadableError("contient d'autres fichiers", "joignez chacun à part dans fichiers:")
    if kind == "/Annot" or ("/Rect" in found and "/Subtype" in found):
        if str(found.get("/Subtype")) not in ANNOTATIONS:
            remedy = f"{AGAIN}, sans commentaires"
            raise UnreadableError("contient des commentaires, ou ce qui en cache le texte", remedy)
        for key in ("/M", "/NM"):
            found.pop(key, None)


def _written(writer: PdfWriter, title: str) -> bytes:
    """Return the bytes of the document, the same each time, with its title as the only fact about it."""
    writer.metadata = {"/Title": title} if title else None
    writer._ID = None  # noqa: SLF001  # the identifier follows a document through its copies
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _lacks(root: DictionaryObject, title: str, texts: list[str]) -> Iterator[str]:
    """Yield what a reader who cannot see would miss (RGAA 13.3)."""
    marks: Any = root.get("/MarkInfo")
    if not (marks and marks.get_object().get("/Marked")) or "/StructTreeRoot" not in root:
        yield "il n'est pas balisé"
    if not root.get("/Lang"):
        yield "sa langue n'est pas dite"
    if not title:
        yield "il n'a pas de titre"
    empty = sum(not text.strip() for text in texts)
    if empty:
        yield "une page n'a pas de texte" if empty == 1 else f"{empty} pages n'ont pas de texte"
