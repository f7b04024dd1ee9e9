"""Pages of a book that schools did not write here: from their own feed, and from a booklet exported by the ENT."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from gazette.build import build
from gazette.cli import main
from tests import shelf
from tests.newsdesk.misbehaving import misbehaving
from tests.newsdesk.newsroom import Newsdesk, entry, rss
from tests.newsdesk.waiting import somebody
from tests.samples import Site
from tests.test_cahiers import EPUB, PACK, WEB, everything, findings, held, printed

GRANT = "autorisation: AUT-2026-009\nclasse: CE2\n"


@pytest.fixture
def garden(site: Site) -> Site:
    """Give a circonscription with a book."""
    shelf.plant(site)
    return site


def forms(found: dict[str, bytes], words: str) -> list[bool]:
    """Tell whether the book says so all on one page, in its EPUB and in its zip."""
    whole = found[f"public/{WEB}/tout/index.html"].decode()
    return [words in whole, *(words in held(found[f"public/{name}"]) for name in (EPUB, PACK))]


def test_a_page_comes_from_a_schools_own_feed(garden: Site):
    """It waits, says nothing as it came, and once who moderates tells under which authorisation stands everywhere."""
    desk, told = Newsdesk(garden.content.parent), "Un mulot gris habite le compost."
    with misbehaving() as peer:
        url = peer.serve_feed("/f", rss(entry(3, "Le mulot du compost", told)), '"v1"')
        desk.declare("rss", url, fils=(shelf.BOOK,))
        assert 1 == desk.one().new
    who = somebody(garden.content)
    (item,) = who.items()
    printed(garden)
    assert told not in everything(garden, "directeurs")
    who.accept(item, {})
    report = build(garden.order(), pool=garden.pool)
    path = f"{item.target}.md"
    assert (True, False) == ("RGPD-12" in findings(report, path), told in everything(garden, "public"))
    garden.change(path, "statut: publie\n", f"statut: publie\n{GRANT}")
    found = printed(garden)
    assert [True, True, True] == forms(found, told)
    page = next(path for path in found if path.startswith(f"public/{WEB}/") and "mulot" in path)
    assert "https://ecole.example/3" in found[page].decode()  # provenance


def test_a_page_comes_from_a_booklet_of_the_ent(garden: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Its text and its drawing, once completed; a script that the export held stands nowhere."""
    drawn = io.BytesIO()
    made = Image.new("RGB", (320, 240), "#fdfaf2")
    ImageDraw.Draw(made).rectangle((60, 60, 250, 190), fill="#3d7a52")
    made.save(drawn, "PNG")
    with zipfile.ZipFile(tmp_path / "cahier.zip", "w") as export:
        text = "<p>Deux vers dans une poignée de terre.</p><script>alert(1)</script>"
        picture = '<img src="media/ver.png" alt="Un ver de terre"></body></html>'
        export.writestr("index.html", f"<html><head><title>Les vers</title></head><body>{text}{picture}")
        export.writestr("media/ver.png", drawn.getvalue())
    places = ("--contenu", str(garden.content), "--sortie", str(garden.output), "--jour", "2026-11-23 12:00")
    words = ("--fil", shelf.BOOK, "--auteur", "0869001S", "--classe", "CE2")
    with pytest.raises(SystemExit) as ended:
        main(["gazette", "importer", str(tmp_path / "cahier.zip"), *words, *places])
    assert (0, "1 brouillon(s)" in capsys.readouterr().out) == (ended.value.code or 0, True)
    path = f"{shelf.BOOK}/contributions/0869001S-ce2/index.md"
    garden.change(path, "statut: brouillon", "statut: publie")
    garden.change(path, "autorisation: À COMPLÉTER", "autorisation: AUT-2026-009")
    row = "\n    personnes: aucune\n    oeuvre_eleve: oui\n    autorisation: AUT-2026-009\n---\n"
    garden.change(path, "\n---\n\nDeux", f"{row}\nDeux")
    found = printed(garden)
    assert [True, True, True] == forms(found, "Deux vers dans une poignée de terre.")
    assert [True, True, True] == forms(found, "Un ver de terre")
    assert "alert(1)" not in everything(garden, "public")
