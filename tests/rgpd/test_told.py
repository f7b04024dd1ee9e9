"""Tests of rgpd/told.py: whatever a page tells is looked at, however its source hides it."""

from dataclasses import replace

import pytest

from gazette.model.finding import Severity
from gazette.rgpd.told import told
from tests.compose.newsstand import article
from tests.plain import print_plain
from tests.samples import Site

PHONE, MAIL, NAME = "RGPD-32", "RGPD-31", "RGPD-20"
PATH = "actualites/2026-11-20-essai.md"


def refused(site: Site, front: str, body: str = "Texte.") -> set[str]:
    """Return the codes that refuse an entry, which is printed if there is none."""
    head = f"titre: Essai\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\n{front}"
    site.write(PATH, f"---\n{head}\n---\n\n{body}\n")
    report = print_plain(site)
    codes = {f.code for f in report.findings if f.place.file == PATH and f.severity > Severity.NOTE}
    assert bool(codes) is not (site.output / "public/actualites/essai/index.html").exists()
    return codes


@pytest.mark.parametrize(
    ("front", "code"),
    [
        (r'resume: "Tel 0\x36 12 34 56 78"', PHONE),
        (r'resume: "Tel \u0030612345678"', PHONE),
        ("resume: >\n  Tel 06 12\n  34 56\n  78", PHONE),
        (r'resume: "Ecrire a jean\x40gmail.com"', MAIL),
        (r'resume: "1 8\x35 05 78 006 084 91"', "RGPD-35"),
        (r"""resume: R.
evenements: [{titre: "Em\x6da Dupont, CE2", debut: 2026-12-01, id: x1}]""", NAME),
        (r"""resume: R.
mots_cles: ["0\x36 12 34 56 78"]""", PHONE),
        ("resume: R.\nanciennes_adresses: [actualites/kevin-moreau]", NAME),
        ("resume: R.\nevenements: [{titre: X, debut: 2026-12-01, id: kevin-moreau}]", NAME),
        ("resume: R.\nvideos: [{url: 'https://tube.example/kevin-moreau', titre: X, sous_titres: oui}]", NAME),
    ],
)  # fmt: skip
def test_a_value_is_looked_at_as_it_is_decoded(site: Site, front: str, code: str):
    """YAML writes a character in many ways: in a summary, an event, a keyword."""
    assert code in refused(site, front)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<jean.dupont@gmail.com>", MAIL),
        ("Écrire à jean.dupont＠gmail.com.", MAIL),
        ("[x](mailto:jean.dupont%40gmail.com)", MAIL),
        ("[x](tel:+3361234567%38)", PHONE),
        ('<a href="tel:0612345678">x</a>', PHONE),
        ('<a href="https://ent.example/?x=1&amp;access_token=0a1b2c">x</a>', "RGPD-61"),
        ('<abbr title="Emma Dupont, élève de CE2">E.</abbr>', NAME),
        ("Tél ０６ １２ ３４ ５６ ７８.", PHONE),
        ("Tél ⓪⑥ ①② ③④ ⑤⑥ ⑦⑧.", PHONE),
        ("Tél ٠٦ ١٢ ٣٤ ٥٦ ٧٨.", PHONE),
        ("Tél 𝟎𝟔 𝟏𝟐 𝟑𝟒 𝟓𝟔 𝟕𝟖.", PHONE),
        ("Tél 06\\ 12\\.34\\-56 78.", PHONE),
        ("Tél 06 — 12 — 34 — 56 — 78.", PHONE),
        ("Félicitations à Kévin\nMoreau !", NAME),
        ("Félicitations à Kévin\nKerguelenn !", NAME),
        ("Le champion se nomme Kévin  \nMoreau, de Poitiers.", NAME),
        ("Bravo.<br>Kévin<br>Moreau", NAME),
        ("Les élèves<br>Kévin Moreau et Inès Lambert.", NAME),
        ("<p>x</p><p>Kévin <b>Moreau</b></p>", NAME),
        ('<span title="Kévin Moreau">x</span><p>Ké<em>vin</em> <b>Moreau</b></p>', NAME),
        ("Bravo à Kévin<font> Kerguelenn</font>.", NAME),
        ("## Le champion {: #kevin-moreau }", NAME),
        ("Une note[^kevin-moreau].\n\n[^kevin-moreau]: Texte.", NAME),
        ("Kévin\n:   Moreau", "RGPD-36"),
        ("| Rang | Qui |\n|---|---|\n| 1 | Kévin<br>Moreau |", NAME),
        ("<table><tr><th>Nom</th><th>Prénom</th></tr><tr><td>Dupont</td><td>Emma</td></tr></table>", "RGPD-36"),
    ],
)
def test_a_page_is_looked_at_as_it_is_read(site: Site, body: str, code: str):
    """Attributes, addresses, entities, signs that look like ours, cells of any table."""
    assert code in refused(site, "resume: R.", body)


@pytest.mark.parametrize(
    "body",
    [
        'Voir <abbr title="réseau d’aides spécialisées">RASED</abbr> et [le site](https://exemple.fr/a%20b?x=06).',
        "<https://exemple.fr/> ou <ce.0869001S@ac-sourcelle.example>, tél. 05 49 00 00 00.",
        "Multiples de 6 : 06, 12, 18, 24, 30 ; heures : 06:12:34 ; ① puis ② ; 10 m² ; n° 3.",
        "Récit de Léo<br>Niveau : CM1  \nDessin d’Inès  \nDurée : une heure",
        "## École Paul Bert\n\n## Kévin et la rivière\n\nAutonomie\n:   Savoir faire seul.",
        "<p>Léo</p><p>Moreau est le nom du chien.</p>",
        "<table><tr><th>Classe</th><th>Effectif</th></tr><tr><td>CE1</td><td>24</td></tr></table>",
    ],
)
def test_what_is_lawful_passes(site: Site, body: str):
    """Addresses, abbreviations, numbers and tables of any site."""
    assert set() == refused(site, "resume: R.", body)


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_second_front_matter_is_refused(site: Site, between: str):
    """Its audience would be printed as words, and not applied; a rule across the page is none."""
    codes = refused(site, "resume: R.", f"{between}---\nedition: directeurs\n---\nTexte.")
    assert ({"LEC-28"}, set()) == (codes, refused(site, "resume: R.", "Un.\n\n---\n\nNote : deux.\n\n---\n\nTrois."))


@pytest.mark.parametrize("name", ["digest", "face", "source_digest"])
def test_no_digest_of_ours_is_taken_for_what_an_author_wrote(name: str):
    """Ten figures in a row stand in one digest of some thousands: « 06… » would refuse a text for nothing."""
    assert "0612345678" not in told(replace(article("a"), **{name: "0612345678abcdefabcdefab"}), "")
