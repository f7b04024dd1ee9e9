"""Documents made on the spot by other people's libraries, laden with what an office suite leaves in a file."""

import io
import zipfile

import docx
import openpyxl
from docx.shared import Mm
from odf.dc import Creator
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SECRET = "Claire SECRET"
WORDS = "Carnet vierge de lecture"
Rows = list[list[str]]


def photo() -> bytes:
    """Return a JPEG that tells where it was taken, by whom, and what was said of it."""
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 34.0, 0.0)})
    Image.effect_noise((64, 48), 80).convert("RGB").save(stream, "JPEG", exif=exif, comment=SECRET)
    return stream.getvalue()


def pdf(rows: Rows = (), *, title: str = "Carnet", picture: bytes = b"", pages: int = 1) -> bytes:  # type: ignore[assignment]
    """Return a PDF of reportlab's, by a known author, with a table and a picture if wanted."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setAuthor(SECRET)
    canvas.setSubject(SECRET)
    canvas.setTitle(title)
    for page in range(pages):
        canvas.drawString(72, 780, f"{WORDS} {page + 1}")
        for rank, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(72 + 150 * column, 700 - 20 * rank, cell)
        if picture:
            canvas.drawImage(ImageReader(io.BytesIO(picture)), 72, 100)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed_pdf(change: str) -> bytes:
    """Return a PDF with one thing that is not printed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    if change == "javascript":
        action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('SECRET')")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(k): v for k, v in action.items()})
    elif change == "attachment":
        writer.add_attachment("liste.csv", b"SECRET")
    elif change == "password":
        writer.encrypt("SECRET", algorithm="RC4-128")
    elif change == "comment":
        from pypdf.annotations import Text  # noqa: PLC0415

        writer.add_annotation(0, Text(rect=(50, 550, 200, 650), text="SECRET"))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(rows: Rows = (), *, picture: bytes = b"") -> bytes:  # type: ignore[assignment]
    """Return a DOCX of python-docx's."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = SECRET
    made.add_paragraph(WORDS)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    if picture:
        made.add_picture(io.BytesIO(picture), Mm(20))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sheet(rows: Rows = ()) -> bytes:  # type: ignore[assignment]
    """Return an XLSX of openpyxl's; what is asked for stands in a hidden sheet."""
    made = openpyxl.Workbook()
    made.properties.creator = made.properties.lastModifiedBy = SECRET
    made["Sheet"].append([WORDS])
    hidden = made.create_sheet("Autre")
    hidden.sheet_state = "hidden"
    for row in rows:
        hidden.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def text(rows: Rows = ()) -> bytes:  # type: ignore[assignment]
    """Return an ODT of odfpy's."""
    made = OpenDocumentText()
    made.meta.addElement(Creator(text=SECRET))
    made.text.addElement(P(text=WORDS))
    table = Table()
    for row in rows:
        line = TableRow()
        for cell in row:
            box = TableCell()
            box.addElement(P(text=cell))
            line.addElement(box)
        table.addElement(line)
    made.text.addElement(table)
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, body: bytes) -> bytes:
    """Return a zipped document with one part more, or another one of this name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for info in before.infolist():
            if info.filename != name:
                after.writestr(info, before.read(info))
        after.writestr(name, body)
    return stream.getvalue()


def part(data: bytes, name: str) -> bytes:
    """Return one part of a zipped document."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return pack.read(name)
