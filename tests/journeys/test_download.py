"""A file to download, from the folder of its text to readers, to their feeds, and away."""

import json
import re

import feedparser
import pytest

from gazette.build import build
from gazette.removal import withdraw
from gazette.withdrawal.withdraw import Request, holders
from tests.plain import SETTINGS, files, print_plain
from tests.press.papers import pdf, sheet
from tests.samples import Site

FOLDER = "actualites/2026-11-20-carnet"
FRONT = """---
titre: Le carnet de lecture
date: 2026-11-20
statut: publie
auteur: cpc
resume: Un carnet à imprimer.
fichiers:
  - {fichier: carnet.pdf, legende: Carnet vierge, personnes: aucune}
---
Prenez [le carnet](carnet.pdf).
"""


@pytest.fixture
def shelf(site: Site) -> Site:
    """Declare a document, and link to it in the text."""
    site.write(f"{FOLDER}/index.md", FRONT)
    site.write(f"{FOLDER}/carnet.pdf", pdf())
    return site


def page(site: Site) -> str:
    """Return the printed page."""
    return (site.output / "public/actualites/carnet/index.html").read_text("utf-8")


def test_readers_get_it_from_the_page_and_the_feeds(shelf: Site):
    """Under a name that tells nothing, with form and weight; the text leads to it, and feeds carry it."""
    assert not build(shelf.order(), pool=shelf.pool).is_closed
    links = re.findall(r'href="(?:\.\./)*(media/[0-9a-f]{24}\.pdf)"', page(shelf))
    printed = shelf.output / "public" / links[0]
    atom = feedparser.parse((shelf.output / "public/fils/tout.atom").read_bytes())
    carried = [e for item in atom.entries for e in item.enclosures if e["type"] == "application/pdf"]
    rows = json.loads((shelf.output / "public/fils/tout.json").read_text("utf-8"))["items"]
    attached = [a for row in rows for a in row.get("attachments", ()) if a["url"].endswith(".pdf")]
    size = printed.stat().st_size
    assert (2, 1, True, [str(size)], [size], False) == (
        len(links),
        len(set(links)),
        bool(re.search(r"« Carnet vierge » \(PDF, \d\sko\)", page(shelf).replace("\u202f", " ").replace("\xa0", " "))),
        [c["length"] for c in carried],
        [a["size_in_bytes"] for a in attached],
        b"SECRET" in printed.read_bytes(),
    )


def test_a_list_of_pupils_keeps_its_text_out(shelf: Site):
    """The author is told why, at the declaration; no byte of either is printed."""
    rows = [["Nom", "Prénom", "Date de naissance"], ["DUPONT", "Emma", "12/03/2018"]]
    shelf.write(f"{FOLDER}/carnet.pdf", sheet(rows))
    report = print_plain(shelf)
    told = {(f.code, f.place.line) for f in report.findings if f.place.file.startswith(FOLDER) and f.code == "RGPD-36"}
    assert ({("RGPD-36", 8)}, []) == (told, [f for f in files(shelf.output) if "carnet/" in f or f.endswith(".xlsx")])


def test_withdrawn_it_is_nowhere(shelf: Site):
    """In no edition, nor in what is kept to print it again; its text stays, without a dead link."""
    print_plain(shelf)
    done = withdraw(shelf.order(settings=SETTINGS), Request(file=f"{FOLDER}/carnet.pdf"))
    assert (True, (), False, False) == (
        len(done.sought.printed) > 0,
        holders(done.sought.printed, shelf.output, done.state),
        ".pdf" in page(shelf),
        done.report.is_closed,
    )


def test_a_link_to_a_sound_leads_to_its_player(site: Site):
    """On the page where it is heard, and told from a feed by the whole address."""
    site.change("projets/2026-11-19-comptine/index.md", "Quelle classe", "[Écoutez](comptine.mp3). Quelle classe")
    assert not build(site.order(), pool=site.pool).is_closed
    text = (site.output / "public/projets/comptine/index.html").read_text("utf-8")
    atom = (site.output / "public/fils/tout.atom").read_text("utf-8")
    assert (True, True, True) == ('href="#son-1"' in text, 'id="son-1"' in text, "projets/comptine/#son-1" in atom)
