"""Tests of proof/structure.py: each thing that a page owes its readers, taken away, closes the gate."""

from pathlib import Path

import pytest

from gazette.proof.structure import LEGAL, misbuilt
from tests.proof.paper import faults, printed
from tests.samples import Shelf

FOOT = "".join(f'<a href="../{path}">{name}</a>' for path, name in LEGAL.items())
PAGE = f"""<!doctype html><html lang="fr"><head><title>Le cross - Valbrune</title></head><body>
<a href="#contenu">Aller au contenu</a><main id="contenu"><h1>Le cross</h1><h2>Le départ</h2><h3>À huit heures</h3>
<h2>Le <em lang="en">fair play</em></h2><p>La Marianne de la mairie ; le DSFR.
<a href="x/"><img src="a.webp" alt="Un ballon"></a></p>
<audio controls src="a.mp3"></audio><a href="b/" aria-label="Suite"><svg></svg></a>
<table><tr><th scope="col">Rang</th></tr></table></main>
<footer>{FOOT}<a href="../">Accessibilité : non conforme</a></footer>
</body></html>"""


def test_a_whole_page_lacks_nothing():
    """The words of an article may name Marianne; a file that is no page owes nothing of this."""
    assert ("", "", "") == (
        misbuilt("a/index.html", PAGE.encode()),
        misbuilt("index.html", PAGE.encode()),
        misbuilt("a.xml", b"<rss/>"),
    )


@pytest.mark.parametrize(
    ("former", "now", "fault"),
    [
        ('href="../plan-du-site/"', 'href="../plan/"', "plan du site"),
        (FOOT, "", "mentions légales, données personnelles, accessibilité, plan du site"),
        ("Accessibilité : non conforme", "Accessibilité", "l’accueil ne dit pas"),
        ("non conforme</a>", "non conforme</a> Accessibilité : non conforme", "l’accueil ne dit pas"),
        ('<html lang="fr">', "<html>", "sa langue"),
        ('lang="en"', 'lang="anglais!"', "une langue"),
        ("Le cross - Valbrune", " ", "pas de titre"),
        ("<h1>Le cross</h1>", "", "un titre de page"),
        ("<h1>Le cross</h1>", "<h1>Le cross</h1><h1>Bis</h1>", "un titre de page"),
        ("<h3>À huit heures</h3>", "<h4>À huit heures</h4>", "un niveau"),
        ("</main>", "</main><main></main>", "un <main>"),
        ('<a href="#contenu">Aller au contenu</a>', "", "le premier lien"),
        (' alt="Un ballon"', "", "une image sans alternative"),
        ('<img src="a.webp" alt="Un ballon">', "", "un lien sans nom"),
        ("<audio controls", "<audio", "un son"),
        ("<audio controls", "<audio controls autoplay", "un son"),
        (' aria-label="Suite"', "", "un lien sans nom"),
        ('aria-label="Suite"', 'target="_blank" aria-label="Suite"', "un lien ouvre une autre fenêtre"),
        (' scope="col"', "", "un en-tête de tableau"),
        ("<main ", '<p class="fr-logo">Académie</p><main ', "l’identité de l’État"),
        ("</head>", '<link href="static/dsfr.min.css"></head>', "l’identité de l’État"),
    ],
)
def test_each_thing_missing_is_told(former: str, now: str, fault: str):
    """One at a time."""
    assert former in PAGE
    assert fault in misbuilt("index.html", PAGE.replace(former, now).encode())


def test_it_closes_the_gate_and_is_remembered(tmp_path: Path):
    """STOP at the page, from the memo too; so does a font of the State's, by its name."""
    paper = printed(tmp_path, **{"a.html": "<p>x</p>", "Marianne-Bold.woff2": "x", "marchand.css": ""})
    memo = Shelf()
    told = [[(f.place.file, f.severity.label) for f in faults(paper, memo, but=()) if f.code == "EPR-11"] for _ in "12"]
    assert [[("public/a.html", "arret"), ("public/Marianne-Bold.woff2", "arret")]] * 2 == told
