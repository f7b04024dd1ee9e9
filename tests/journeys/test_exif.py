"""Every picture and document of a whole output, read back by exiftool: nothing of who, where nor with what."""

import io
import json
import subprocess
from collections.abc import Iterator

from PIL import Image

from gazette.build import build
from tests.exif import exiftool, strange_tags
from tests.press.papers import pdf, photo
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


def test_exiftool_finds_nothing(site: Site):
    """In the derivatives of each of them, and in the copy of a document with a photograph; it does in the originals."""
    names = []
    for name, data in album():
        site.write(f"{FOLDER}/{name}", data)
        names.append(name)
    site.write(f"{FOLDER}/a.pdf", pdf(picture=photo()))
    images = "".join(f"  - {{fichier: {name}, alt: Un essai, personnes: aucune}}\n" for name in names)
    front = f"titre: Album\ndate: 2026-11-20\nstatut: publie\nresume: R.\nimages:\n{images}"
    front += "fichiers:\n  - {fichier: a.pdf, personnes: aucune}\n"
    site.write(f"{FOLDER}/index.md", f"---\n{front}---\nTexte.\n")
    report = build(site.order(), pool=site.pool)
    page = (site.output / "public/actualites/album/index.html").read_text("utf-8")
    documents = list((site.output / "public/media").glob("*.pdf"))
    words = [exiftool(), "-json", "-PDF:all", "-XMP:all", "-EXIF:all", str(documents[0])]
    told = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)[0]
    pictures = [f.message for f in report.findings if f.place.file.startswith(FOLDER) and f.severity.label != "note"]
    assert ([], len(names), [], True, set()) == (
        pictures,
        page.count("<img"),
        strange_tags(site.output),
        len(strange_tags(site.content / FOLDER)) > len(names),
        set(told) - {"SourceFile", "PDFVersion", "Linearized", "PageMode", "PageCount", "Title"},
    )
