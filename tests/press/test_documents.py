"""Tests of press/documents.py, pdf.py and office.py: what is printed tells its words, and nothing of who made it."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from odf.opendocument import load
from pypdf import PdfReader

from gazette.press import documents
from gazette.press.documents import print_document
from gazette.press.unreadable import UnreadableError
from tests.press.papers import SECRET, WORDS, changed_pdf, part, pdf, photo, sheet, text, with_part, word

ROWS = [["Nom", "Prénom", "Date de naissance"], ["DUPONT", "Emma", "12/03/2018"]]
OOXML = {"docx": word, "xlsx": sheet}
MAKERS: dict[str, Callable[..., bytes]] = {"pdf": pdf, "odt": text, **OOXML}


def printed(tmp_path: Path, data: bytes, name: str = "a.pdf") -> tuple[dict[str, Any], bytes]:
    """Return what is told of a file with these bytes, and the printed copy."""
    (tmp_path / name).write_bytes(data)
    told = print_document(tmp_path / name, tmp_path / "out")
    return told, (tmp_path / "out").read_bytes()


def whole(data: bytes) -> bytes:
    """Return every byte of a document once unpacked, those that are packed within it too."""
    if not data.startswith(b"PK"):
        reader = PdfReader(io.BytesIO(data))
        return data + repr(reader.metadata).encode() + repr(reader.trailer["/Root"]).encode()
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return b"".join(name.encode() + pack.read(name) for name in pack.namelist())


@pytest.mark.parametrize("form", MAKERS)
def test_the_author_is_gone_and_the_words_stay(tmp_path: Path, form: str):
    """Whatever the file is called; the copy is the same each time."""
    data = MAKERS[form]()
    told, made = printed(tmp_path, data, "sans-extension")
    assert (form, True, True, False, made) == (
        told["format"],
        WORDS in told["text"],
        b"SECRET" in whole(data),
        b"SECRET" in whole(made),
        printed(tmp_path, data)[1],
    )


@pytest.mark.parametrize("form", MAKERS)
def test_the_cells_of_a_table_stand_on_one_line(tmp_path: Path, form: str):
    """Parted by tabulations, a hidden sheet's too: the gate knows a nominative table by its header."""
    lines = printed(tmp_path, MAKERS[form](ROWS))[0]["text"].replace("\f", "\n").split("\n")
    found = [[cell.strip() for cell in line.split("\t") if cell.strip()] for line in lines]
    assert [True, True] == [row in found for row in ROWS]


def test_other_libraries_read_the_copies(tmp_path: Path):
    """As readers will."""
    copies = {form: printed(tmp_path, make(ROWS))[1] for form, make in MAKERS.items()}
    cells = openpyxl.load_workbook(io.BytesIO(copies["xlsx"]))["Autre"]
    assert ([WORDS, WORDS, "Emma", "Carnet"], "mimetype") == (
        [
            docx.Document(io.BytesIO(copies["docx"])).paragraphs[0].text,
            str(load(io.BytesIO(copies["odt"])).text.firstChild),
            cells["B2"].value,
            PdfReader(io.BytesIO(copies["pdf"])).metadata.title,  # type: ignore[union-attr]
        ],
        zipfile.ZipFile(io.BytesIO(copies["odt"])).namelist()[0],
    )


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_photograph_within_keeps_its_pixels_alone(tmp_path: Path, form: str):
    """Where it was taken is gone, and it is not encoded again."""
    data = MAKERS[form](picture=photo())
    made = printed(tmp_path, data)[1]
    if form == "pdf":
        before, after = (PdfReader(io.BytesIO(d)).pages[0].images[0].data for d in (data, made))
    else:
        before, after = (part(d, "word/media/image1.jpg") for d in (data, made))
    scans = [d[d.index(b"\xff\xda") :] for d in (before, after)]
    assert (True, False, True) == (b"SECRET" in before, b"SECRET" in after, scans[0] == scans[1])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("javascript", "programme"),
        ("attachment", "autres fichiers"),
        ("password", "mot de passe"),
        ("comment", "commentaires"),
    ],
)
def test_what_hides_in_a_pdf_is_refused(tmp_path: Path, change: str, told: str):
    """Programs, other files, comments; with what to do."""
    with pytest.raises(UnreadableError, match=told) as caught:
        printed(tmp_path, changed_pdf(change))
    assert caught.value.remedy


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OUTSIDE = '<Relationship Id="r9" Type="x/attachedTemplate" Target="https://x.example/a.dotm" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/comments.xml", b"<a/>", "commentaires"),
        ("word/embeddings/a.xlsx", b"PK", "autre document"),
        ("word/media/a.emf", b"x", "image d'un format"),
        ("word/document.xml", f"<w:document {W}><w:del>Emma</w:del></w:document>".encode(), "effacé"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entités"),
        ("word/document.xml", b"<a", "abîmé"),
        (
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{RELS}">{OUTSIDE}</Relationships>'.encode(),
            "ailleurs",
        ),
        ("../../evil.xml", b"<a/>", "abîmé"),
    ],
)
def test_what_hides_in_a_docx_is_refused(tmp_path: Path, name: str, body: bytes, told: str):
    """Macros, comments, what was erased, what asks for another file."""
    with pytest.raises(UnreadableError, match=told):
        printed(tmp_path, with_part(word(), name, body))


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("Basic/Standard/Module1.xml", b"<a/>", "macros"),
        ("content.xml", b'<a xmlns:office="urn:o"><office:annotation>Emma</office:annotation></a>', "commentaires"),
        ("content.xml", b'<a xmlns:t="urn:t"><t:tracked-changes><b/></t:tracked-changes></a>', "effacé"),
        ("content.xml", b'<a xmlns:x="http://www.w3.org/1999/xlink"><b x:href="file:///c"/></a>', "ailleurs"),
    ],
)
def test_what_hides_in_an_odt_is_refused(tmp_path: Path, name: str, body: bytes, told: str):
    """The same in OpenDocument."""
    with pytest.raises(UnreadableError, match=told):
        printed(tmp_path, with_part(text(), name, body))


def test_what_names_a_part_that_went_goes_too(tmp_path: Path):
    """A thumbnail of the first page is dropped, and its line of the manifest."""
    line = b'<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/>'
    data = with_part(text(), "Thumbnails/thumbnail.png", b"\x89PNG\r\n\x1a\nSECRET")
    manifest = part(data, "META-INF/manifest.xml").replace(b"</manifest:manifest>", line + b"</manifest:manifest>")
    made = printed(tmp_path, with_part(data, "META-INF/manifest.xml", manifest))[1]
    assert (True, False) == (b"Thumbnails" in manifest, b"humbnail" in whole(made))


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "ancien"),
        (b"<html><script>1</script>", "a.html", "ni PDF"),
        (b"\x89PNG", "a.png", "ni PDF"),
        (b"a;b\0c", "a.csv", "texte"),
        (b"%PDF-1.7\n" + b"x" * 400, "a.pdf", "abîmé"),
        (pdf()[: len(pdf()) // 3], "a.pdf", "abîmé"),
        (b"PK\3\4" + bytes(60), "a.docx", "abîmé"),
        (with_part(word(), "x", b"")[:-9], "a.docx", "abîmé"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, data: bytes, name: str, told: str):
    """Old formats, pages, pictures, torn files: a French reason, and never a bug."""
    with pytest.raises(UnreadableError, match=told):
        printed(tmp_path, data, name)


@pytest.mark.parametrize("form", MAKERS)
def test_no_damage_to_a_file_breaks_a_build(tmp_path: Path, form: str):
    """Bytes changed at random: the document is printed, or its fault is told, never another exception."""
    chance = random.Random(20261123)  # noqa: S311  # the same damages at each run
    whole, told = MAKERS[form](ROWS, **({"picture": photo()} if form in {"pdf", "docx"} else {})), set()
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            printed(tmp_path, bytes(damaged))
        except UnreadableError as error:
            told.add(str(error))
    assert told


def test_a_document_of_pictures_alone_is_refused(tmp_path: Path):
    """Nothing can be read in it, by people who do not see nor by the gate."""
    stream = io.BytesIO()
    from PIL import Image  # noqa: PLC0415

    Image.open(io.BytesIO(photo())).save(stream, "PDF")
    with pytest.raises(UnreadableError, match="images"):
        printed(tmp_path, stream.getvalue())


@pytest.mark.parametrize("data", ["élève".encode(), "\ufeffélève".encode(), "élève".encode("cp1252")])
def test_a_text_becomes_utf_8(tmp_path: Path, data: bytes):
    """Whatever the spreadsheet that exported it writes."""
    told, made = printed(tmp_path, data, "a.csv")
    assert ("csv", "élève", "élève".encode()) == (told["format"], told["text"], made)


@pytest.mark.parametrize(("limit", "told"), [("HEAVIEST", r"trop lourd \(plus de 20 Mo\)"), ("LONGEST", "trop long")])
def test_heavy_and_long_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str):
    """Past 20 MB nothing is read; past a million characters nothing could be looked at in time."""
    monkeypatch.setattr(documents, limit, 3)
    with pytest.raises(UnreadableError, match=told):
        printed(tmp_path, b"abcd", "a.txt")


def test_what_a_pdf_lacks_is_told(tmp_path: Path):
    """Tags, language, title (RGAA 13.3): of reportlab's, the title alone is there."""
    told = printed(tmp_path, pdf())[0]["lacks"]
    assert (["il n'est pas balisé", "sa langue n'est pas dite"], SECRET in str(told)) == (told, False)
