"""The preview's page of components: every state of each, at its worst, on every screen."""

import random
import shutil
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gazette.build import build
from gazette.compose.components import COLUMNS, LONG_TITLE, LONG_WORD, TAGS
from gazette.order import Order
from gazette.pool import Pool
from tests.compose.newsstand import article, sheets
from tests.journeys.conftest import Quiet
from tests.judges import COLOURS, EAGER, OVERFLOW, SCHEMES, invalid, snapped, violations
from tests.samples import CONTENT, NOW, ROOT

PAGE = "composants/index.html"
OVERLAP = """() => {
  const away = ".cache, svg, .tampon, caption, details:not([open])";  // a stamp is set tighter than its font is high
  const clipped = (head) => head && getComputedStyle(head).clipPath !== "none";  // read out, above stacked cells
  const shown = (e) => e.checkVisibility({visibilityProperty: true})
    && !e.closest(away) && !clipped(e.closest("thead"));
  const leaf = (e) => !e.children.length && e.textContent.trim() && shown(e);
  const boxes = [...document.querySelectorAll("main *")].filter(leaf).flatMap((e) => {
    const range = document.createRange(); range.selectNodeContents(e);
    return [...range.getClientRects()].map((box) => [e, box]);
  });
  const wide = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return boxes.flatMap(([one, a], rank) => boxes.slice(rank + 1)
    .filter(([other, b]) => one !== other && wide(a, b) > 2 && high(a, b) > 6)
    .map(([other]) => [one.outerHTML.slice(0, 90), other.outerHTML.slice(0, 90)])).slice(0, 5);
}"""
"""Texts of which one covers another."""
LONG, SHORT = "actualites/2026-11-20-le-pire/index.md", "actualites/2026-11-20-trois-lignes.md"
NAMED = (
    ("circonscription.yml", "titre: Circonscription de Sourcelle", "devise: Un fil par semaine"),
    ("ecoles/0869001S.md", "École du Petit Pont", "commune: Sourcelle", "RPI des Deux Rives"),
    (
        "outils/2026-11-13-mur-de-craie.md",
        "outil: Mur de craie",
        "Une association d’essai",
        "prix: gratuit",
        "Ouvrir un mur",
    ),
)
"""Files of others that take the longest word, and after what."""
WORDS = ("classe", "élève", "lecture", "cahier", "frise", "récréation", "chorale", "école")
EVENT, BOOK, PAGE_OF_BOOK = "evenements/2026-11-24-le-pire.md", "cahiers/le-pire", "contributions/0869001S-cp"
ACCORD = "registres/autorisations/AUT-2026-002.yml"
FIGURES = {
    "donnees/deploiement.csv": """portee;territoire;date;unite;numerateur;denominateur;taux;cout_eleve_ht;\
cout_ecole_ht;source;lien
circonscription;{long};2026-11-02;eleves;1234567;2345678;52,6;1234,56;98765,43;{title};https://x.example/{long}
departement;{long};2026-11-02;ecoles;1;2;50;;;{long};
commune;{long};2026-11-02;ecoles;1;2;50;;;{title};
ecole;0869001S;2026-11-02;eleves;1;2;50;;;{long};
""",
    "donnees/cln.csv": """date;perimetre;ecoles_interrogees;ecoles_repondantes;question;choix;reponse;ecoles
2026-11-06;{title};58;41;{long};unique;{long};17
2026-11-06;{title};58;41;{long};unique;{title:.120};24
""",
}
"""Figures of places, sources and answers with the longest names."""
PAGES = f"""public/composants public public/actualites/le-pire public/actualites/trois-lignes public/actualites/du
public/outils/mur-de-craie public/ecoles/0869001S public/fils public/echeances public/frise/2026-2027
public/frise/2026-2027/affiche public/semaine/2026-S47 public/cahiers public/{BOOK} public/{BOOK}/0869001s-cp
directeurs directeurs/deploiement directeurs/deploiement/cln"""
"""What shows them, by edition."""
HEAD = "---\ntitre: {}\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: {}\n{}---\n\n"
MEDIA = """mots_cles: [{}]
ecoles: [0869001S]
images:
  - fichier: dessin.png
    alt: Un triangle bleu sur un disque jaune
    credit: L’équipe de circonscription
    licence: etalab-2.0
    personnes: aucune
videos:
  - url: https://video.example/v/1
    titre: Tracer un triangle
    duree: 3 min
    sous_titres: oui
    apercu: dessin.png
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Path:
    """Give the preview of the small circonscription, which has a sound and documents, in the real theme."""
    folder = tmp_path_factory.mktemp("apercu")
    output, content = folder / "output", folder / "content"
    shutil.copytree(CONTENT, content)
    write_the_worst(content)
    write_the_worst_of_a_year(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(content))
        order = Order(content=content, output=output, settings=ROOT / "pelicanconf.py", now=NOW, is_preview=True)
        report = build(order, pool=pool)
    assert not report.is_closed
    return output / "public"


def write_the_worst(content: Path) -> None:
    """Write an article that has too much of everything, and one of three lines."""
    (content / LONG).parent.mkdir()
    shutil.copy(content / "actualites/2026-11-18-affiche/dessin.png", (content / LONG).parent)
    media = MEDIA.format(", ".join(f"étiquette {n}" for n in range(1, TAGS + 1)))
    columns = range(1, COLUMNS + 1)
    table = [[f"Colonne {n}" for n in columns], ["---"] * COLUMNS, [LONG_WORD[: n * 3] for n in columns]]
    told = random.Random(1).choices(WORDS, k=5_000)  # noqa: S311  # no secret
    text = [" ".join(told[start : start + 100]).capitalize() + "." for start in range(0, len(told), 100)]
    rows = ["| " + " | ".join(row) + " |" for row in table]
    body = "\n\n".join([LONG_WORD, f"## {LONG_WORD}", "\n".join(rows), *text])
    (content / LONG).write_text(HEAD.format(LONG_TITLE, LONG_WORD, media) + body, "utf-8")
    (content / SHORT).write_text(HEAD.format("Trois lignes", "Court.", "") + "Une.\nDeux.\nTrois.\n", "utf-8")
    for file, *named in NAMED:
        text = (content / file).read_text("utf-8")
        assert [] == [name for name in named if name not in text]
        for name in named:
            text = text.replace(name, f"{name} {LONG_WORD}")
        (content / file).write_text(text, "utf-8")


def write_the_worst_of_a_year(content: Path) -> None:
    """Write an event, what is due, a book with a page, and figures, all with the longest names."""
    when = f"debut: 2026-11-24 09:00\nfin: 2026-12-24 11:00\nlieu: {LONG_WORD}\nid: evt-pire\necoles: [0869001S]\n"
    (content / EVENT).write_text(HEAD.format(LONG_TITLE, LONG_TITLE[:200], when), "utf-8")
    called = f"titre: {LONG_WORD}, debut: 2026-12-01 18:00, lieu: {LONG_WORD}, etat: annule, id: evt-annule"
    due = f"evenements:\n  - {{{called}}}\necheances:\n"
    due += "".join(
        f"  - {{libelle: {what}, date: 2026-11-2{n}}}\n" for n, what in ((4, LONG_WORD), (5, f'"{LONG_TITLE}"'))
    )
    (content / "actualites/2026-11-19-du.md").write_text(HEAD.format(LONG_WORD, LONG_TITLE, due) + LONG_WORD, "utf-8")
    book = f"theme: {LONG_WORD}\nouverture: 2026-09-01\ncloture: 2027-06-30\n"
    page = content / BOOK / PAGE_OF_BOOK
    page.mkdir(parents=True)
    (content / BOOK / "index.md").write_text(HEAD.format(LONG_TITLE, LONG_WORD, book) + LONG_WORD, "utf-8")
    picture = MEDIA[MEDIA.index("  - fichier") : MEDIA.index("videos:")]
    own = f"ecole: 0869001S\nclasse: CP\nautorisation: AUT-2026-002\nimages:\n{picture}"
    written = HEAD.format(LONG_WORD, LONG_TITLE, own).replace("auteur: cpc\n", "") + "Un."
    (page / "index.md").write_text(written, "utf-8")
    accord = (content / ACCORD).read_text("utf-8").replace("[image", "[production, image")
    (content / ACCORD).write_text(accord.replace("projet: [", f"projet: [{page.name}, "), "utf-8")
    shutil.copy(content / "actualites/2026-11-18-affiche/dessin.png", page)
    (content / "donnees").mkdir()
    for file, rows in FIGURES.items():
        told = rows.format(long=LONG_WORD[::-1], title="Relevé des écoles et des élèves, commune par commune, " * 5)
        (content / file).write_text(told, "utf-8")  # directors' own: not the words of what everybody reads


def test_it_is_in_the_preview_alone(preview: Path):
    """On line there is no such page, nor a link to it in the preview."""
    online = sheets("public", [article("a")])
    links = [page for page in preview.rglob("*.html") if "composants/" in page.read_text("utf-8")]
    assert (False, True, [preview / PAGE]) == (PAGE in online, (preview / PAGE).is_file(), links)


def test_the_worst_is_really_that_bad(preview: Path):
    """A word of 60 letters, a title of 300 signs, 40 tags, a table of 12 columns."""
    text = (preview / PAGE).read_text("utf-8")
    row = text.split("<thead>")[1].split("</thead>")[0]
    assert (60, 300, TAGS, COLUMNS, 12) == (len(LONG_WORD), len(LONG_TITLE), 40, 12, row.count("<th "))
    assert (True, True, True) == (LONG_WORD in text, "<audio" in text, text.count("étiquette ") >= TAGS)


def test_the_worst_article_is_whole(preview: Path):
    """Five thousand words, twelve columns, forty tags, and a video told by a picture from here, shown once."""
    text = (preview / "actualites/le-pire/index.html").read_text("utf-8")
    words = len(text.split('<div class="texte">')[1].split("</article>")[0].split())
    assert (True, True, 1) == (words >= 5_000, LONG_TITLE in text, text.count("<picture>"))
    assert (True, True) == ('class="annoncee"' in text, text.count("<th ") == COLUMNS)


def test_it_is_valid(preview: Path):
    """The Nu HTML checker has nothing to say of it."""
    assert [] == invalid(
        [preview / PAGE, *(preview / f"actualites/{n}/index.html" for n in ("le-pire", "trois-lignes"))]
    )


@pytest.mark.parametrize("name", PAGES.split())
def test_nothing_overflows_overlaps_or_is_out_of_reach(browser: Browser, preview: Path, name: str):
    """At 320, 768 and 1280 px, light and dark, all unfolded."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(preview.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/{name}/")
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
    page.evaluate(EAGER)
    wrong = []
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [(width, "déborde", html) for html in page.evaluate(OVERFLOW)]
        wrong += [(width, "se recouvrent", *pair) for pair in page.evaluate(OVERLAP)]
        for rank, scheme in enumerate(SCHEMES):
            page.emulate_media(color_scheme=scheme)
            snapped(page, f"pire-{name.replace('/', '-')}-{width}-{scheme}", whole=True)
            wrong += [(width, scheme, *row) for row in violations(page, COLOURS if rank else None)]
    context.close()
    server.shutdown()
    server.server_close()
    assert [] == wrong


def test_a_long_name_stands_under_the_drawing_of_a_cover(browser: Browser, preview: Path):
    """On a telephone it takes four lines, which covered the foot of the drawing."""
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto((preview / BOOK / "index.html").as_uri())
    boxes = "() => ['', ' img', ' p'].map((e) => document.querySelector('.livre-plat' + e).getBoundingClientRect())"
    cover, drawing, name = page.evaluate(boxes)
    page.close()
    assert (True, True) == (drawing["bottom"] <= name["top"] + 1, drawing["height"] > cover["height"] / 3)


def test_a_wide_table_goes_on_paper_whole(browser: Browser, preview: Path):
    """Twelve columns with the longest words stand between the margins of a sheet of A4."""
    context = browser.new_context(viewport={"width": 695, "height": 1000})
    page = context.new_page()
    page.goto((preview / "actualites/le-pire/index.html").as_uri())
    wide = "() => [...document.querySelectorAll('.table')].map((e) => e.scrollWidth > e.clientWidth + 1)"
    on_screen = page.evaluate(wide)
    page.emulate_media(media="print")
    on_paper = page.evaluate(wide)
    context.close()
    assert ([True], [False]) == (on_screen, on_paper)
