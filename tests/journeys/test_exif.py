"""Every picture and document of a whole output, read back by exiftool: nothing of who, where nor with what."""

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from gazette.build import build
from tests.exif import ABOUT_PIXELS, exiftool, strange_tags
from tests.plain import print_plain
from tests.press.papers import pdf, photo, sheet, text, word
from tests.press.test_heic import heic
from tests.press.test_images import laden
from tests.press.test_metadata import laden as turned
from tests.samples import Site

FOLDER = "actualites/2026-11-20-album"


def album() -> Iterator[tuple[str, bytes]]:
    """Yield pictures with everything that cameras, telephones and editors leave in them."""
    yield from ((f"{form}.{form.lower()}", laden(form)) for form in ("JPEG", "PNG", "WEBP"))
    yield from ((f"sens-{n}.jpg", turned("JPEG", n)) for n in range(1, 9))
    yield "presse.jpg", turned("JPEG", mode="CMYK")
    yield "telephone.heic", heic()
    for name, picture, form, facts in (
        ("16-bits.png", Image.new("I;16", (30, 20), 40_000), "PNG", {}),
        ("un-point.jpg", Image.new("RGB", (1, 1)), "JPEG", {"comment": b"SECRET"}),
        ("paire.jpg", Image.new("RGB", (30, 20), "teal"), "MPO", {"append_images": [Image.new("RGB", (30, 20))]}),
    ):
        stream = io.BytesIO()
        picture.save(stream, form, **facts, **({"save_all": True} if form == "MPO" else {}))
        yield name, stream.getvalue()
    yield "polyglotte.jpg", photo() + b"PK\3\4<script>SECRET</script>"
    large = io.BytesIO()  # as many points as are read, 50 million
    Image.new("RGB", (8660, 5770), "teal").save(large, "JPEG", comment=b"SECRET", quality=20)
    yield "affiche-50-mpx.jpg", large.getvalue()


def papers() -> Iterator[tuple[str, bytes]]:
    """Yield documents by a known author, each with a photograph that tells where it was taken."""
    yield "a.pdf", pdf(picture=photo())
    yield "b.docx", word(picture=photo())
    yield "c.odt", text()
    yield "d.xlsx", sheet()


PAPER_TAGS = {
    "PDF": frozenset({"PDFVersion", "Linearized", "PageMode", "PageCount", "Title"}),
    "ZIP": frozenset(f"Zip{n}" for n in "RequiredVersion BitFlag Compression CRC CompressedSize".split())
    | {"ZipUncompressedSize", "ZipFileName", "ZipModifyDate"},
}
"""What formats of documents ask for themselves, by group; a zip file's date is always 1980."""


def strange_paper_tags(folder: Path) -> list[str]:
    """Return ``FILE: GROUP:TAG`` for what the documents of a folder tell besides their words."""
    files = [str(f) for f in sorted(folder.iterdir()) if f.suffix in {".pdf", ".docx", ".odt", ".xlsx"}]
    words = [exiftool(), "-json", "-a", "-G1", "-u", "-q", *files]
    rows = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    assert len(files) == len(rows) == 4
    return [
        f"{row['SourceFile']}: {name}"
        for row in rows
        for name, value in row.items()
        if (group := name.partition(":")[0]) not in ABOUT_PIXELS
        and (
            name.partition(":")[2] not in PAPER_TAGS.get(group, ())
            or (name == "ZIP:ZipModifyDate" and not value.startswith("1980"))
        )
    ]


def test_exiftool_finds_nothing(site: Site):
    """In the derivatives of each of them, and in the copy of a document with a photograph; it does in the originals."""
    names = []
    for name, data in album():
        site.write(f"{FOLDER}/{name}", data)
        names.append(name)
    folder = site.content / FOLDER
    thumbnail = [exiftool(), "-q", "-overwrite_original", f"-ThumbnailImage<={folder / 'un-point.jpg'}"]
    subprocess.run([*thumbnail, str(folder / "presse.jpg")], capture_output=True, check=True)
    files = dict(papers())
    for name, data in files.items():
        site.write(f"{FOLDER}/{name}", data)
    images = "".join(f"  - {{fichier: {name}, alt: Un essai, personnes: aucune}}\n" for name in names)
    front = f"titre: Album\ndate: 2026-11-20\nstatut: publie\nresume: R.\nimages:\n{images}fichiers:\n"
    front += "".join(f"  - {{fichier: {name}, personnes: aucune}}\n" for name in files)
    site.write(f"{FOLDER}/index.md", f"---\n{front}---\nTexte.\n")
    report = build(site.order(), pool=site.pool)
    page = (site.output / "public/actualites/album/index.html").read_text("utf-8")
    refused = [f.message for f in report.findings if f.place.file.startswith(FOLDER) and f.severity.label != "note"]
    originals = strange_tags(folder)
    assert ([], True, len(names), [], True, [], True) == (
        refused,
        any("presse.jpg: IFD1:ThumbnailImage" in tag for tag in originals),
        page.count("<img"),
        strange_tags(site.output),
        len(originals) > len(names),
        strange_paper_tags(site.output / "public/media"),
        len(strange_paper_tags(site.content / FOLDER)) > len(files),
    )


def test_a_truncated_picture_costs_its_entry_alone(site: Site):
    """Nothing of it is printed, not even its first lines."""
    site.write(f"{FOLDER}/coupe.jpg", laden("JPEG")[:500])
    front = "titre: Album\ndate: 2026-11-20\nstatut: publie\nresume: R.\n"
    front += "images: [{fichier: coupe.jpg, alt: Un essai, personnes: aucune}]\n"
    site.write(f"{FOLDER}/index.md", f"---\n{front}---\nTexte.\n")
    report = print_plain(site)
    told = [f.code for f in report.findings if f.place.file.startswith(FOLDER)]
    assert (["RGPD-25"], False, True) == (
        told,
        (site.output / "public/actualites/album").exists(),
        (site.output / "public/actualites/affiche").exists(),
    )
