"""Tests of unpacked.py: no archive nor document hides words from proofs, and one that cannot be read stops them."""

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from gazette.proof.page import words
from gazette.proof.unpacked import DEEPEST, SealedError, unpacked
from tests.press.papers import pdf, sheet, text, word
from tests.proof.paper import leak, sought
from tests.samples import sample_entry

SECRET = "Le conseil secret se tient mardi à huit heures dans la salle du fond"
ROWS = [["Séance", SECRET], ["Autre", "Ligne"]]


def zipped(data: bytes, name: str = "a.docx") -> bytes:
    """Return an archive of one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(name, data)
    return stream.getvalue()


def nested(data: bytes, depth: int) -> bytes:
    """Return archives within archives."""
    for _ in range(depth):
        data = zipped(data, "a.zip")
    return data


FORMS: dict[str, Callable[[], bytes]] = {
    "a.docx": lambda: word(ROWS),
    "a.odt": lambda: text(ROWS),
    "a.xlsx": lambda: sheet(ROWS),
    "a.pdf": lambda: pdf(ROWS),
    "a.csv": f"Séance;{SECRET}\n".encode,
    "a.zip": lambda: zipped(word(ROWS)),
    "b.zip": lambda: nested(gzip.compress(f"<p>{SECRET}</p>".encode()), 3),
    "a.html.gz": lambda: gzip.compress(f"<p>{SECRET}</p>".encode()),
    "a.epub": lambda: zipped(f"<p>Le conseil <em>secret</em> {SECRET[18:]}</p>".encode(), "OEBPS/a.xhtml"),
    "d.zip": lambda: zipped(zipped(word(ROWS)), "dessin.jpg"),
    "c.zip": lambda: zipped(b"", f"{SECRET}.txt"),
}


@pytest.mark.parametrize("path", FORMS)
def test_words_are_found_however_deep_they_are_packed(path: str):
    """In documents, in archives of documents, in the names of their parts; those of a hidden document too."""
    known = sought([sample_entry(summary=SECRET, path="directeurs/c.md", folder="directeurs")])
    assert "directeurs/c.md" in [leak(known, data)[0] for data in unpacked(path, io.BytesIO(FORMS[path]()))]


def test_words_split_by_mark_up_within_a_paragraph_are_whole():
    """An office suite cuts words wherever a hand stopped."""
    part = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/w"><w:p><w:t>Le con</w:t><w:r/><w:t>seil</w:t></w:p>'
    )
    assert ["le", "conseil"] == words(next(unpacked("a.xml", io.BytesIO(part))).decode().replace("<p>", " "))


def test_a_book_full_of_sounds_is_read_back(monkeypatch: pytest.MonkeyPatch):
    """Its pictures and sounds, which hold no word, take nothing of what may be read: they are more than that."""
    monkeypatch.setattr("gazette.proof.unpacked.LARGEST", 4000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as pack:
        pack.writestr("EPUB/son.mp3", b"\xff\xfb" + bytes(9000))
        pack.writestr("EPUB/p1.xhtml", f"<p>{SECRET}</p>")
    stream.seek(0)
    known = sought([sample_entry(summary=SECRET, path="directeurs/c.md", folder="directeurs")])
    assert "directeurs/c.md" in [told for data in unpacked("a.epub", stream) for told in leak(known, data)[:1]]


def torn(data: bytes) -> bytes:
    """Return an archive whose compressed bytes were changed."""
    return data[:60] + bytes(b ^ 255 for b in data[60:90]) + data[90:]


WRONG: dict[str, tuple[str, Callable[[], bytes]]] = {
    "deep": ("a.zip", lambda: nested(b"x", DEEPEST + 1)),
    "zip bomb": ("a.zip", lambda: zipped(bytes(300 * 1024 * 1024))),
    "gzip bomb": ("a.gz", lambda: gzip.compress(bytes(300 * 1024 * 1024))),
    "torn": ("a.zip", lambda: torn(zipped(SECRET.encode() * 40))),
    "cut": ("a.gz", lambda: gzip.compress(SECRET.encode() * 40)[:-12]),
    "no PDF": ("a.pdf", lambda: b"%PDF-1.7\nnothing of the sort"),
}
"""Made by the test alone: every worker of a run reads this module."""


@pytest.mark.parametrize(("path", "made"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_back_is_told(path: str, made: Callable[[], bytes]):
    """Too deep, too large, damaged."""
    with pytest.raises(SealedError):
        list(unpacked(path, io.BytesIO(made())))
