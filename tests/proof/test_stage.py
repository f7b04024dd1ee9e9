"""Each gate of the proof, broken: a theme that does what it must not closes the gate, and nothing is put in place."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from gazette.model.finding import Severity
from gazette.model.search import Record, SearchIndex
from gazette.model.sheet import Manifest
from gazette.model.sheet import Printed as PrintedFile
from gazette.order import Report
from gazette.press.search import print_index
from gazette.proof.stage import Shown, proof
from tests.compose.newsstand import article
from tests.plain import print_plain, settings_with, template
from tests.press.papers import pdf, text, word
from tests.proof.test_unpacked import zipped
from tests.samples import Shelf, Site, sample_newsroom

BASE = template("base.html")
SECRET = "Un mot de passe très long que seuls les directeurs doivent connaître avant la fin du mois"


LEAK = f"{{{{ '{' '.join(SECRET.split()[::-1])}'.split()|reverse|join(' ') }}}}"
"""Prints the secret without the theme's text holding it: what a theme says itself is no leak."""


LINK, IMAGE = '<a href="nulle-part/">x</a>', '<img src="https://pub.example/x.gif" alt="">'


def stops(report: Report) -> set[str]:
    """Return the codes that closed the gate."""
    return {f.code for f in report.findings if f.severity is Severity.STOP}


def with_more(mark_up: str) -> str:
    """Return the plain theme's base with something more on every page."""
    return BASE.replace("</main>", f"{mark_up}</main>")


def proofed(site: Site, tmp_path: Path, mark_up: str, **theme: str) -> Report:
    """Build with a theme that also prints ``mark_up``; a closed gate puts nothing in place."""
    settings = settings_with(tmp_path, {"templates/base.html": with_more(mark_up)} | theme)
    report = print_plain(site, settings=settings)
    assert report.is_closed is not site.output.exists()
    return report


BROKEN = {
    '<a href="nulle-part/">x</a>': ("EPR-01", "nulle-part"),
    '<a href="https://sourcelle.example/jamais/">x</a>': ("EPR-01", "jamais"),
    '<a href="#nulle-ancre">x</a>': ("EPR-01", "nulle-ancre"),
    '<a href="https://directeurs.sourcelle.example/directeurs/effectifs/">x</a>': ("EPR-01", "effectifs"),
    '<img src="media/absente.jpg" alt="">': ("EPR-01", "absente"),
    '<img src="https://un.example/x.gif" alt="">': ("EPR-02", "un.example"),
    '<img src="//deux.example/x.gif" alt="">': ("EPR-02", "deux.example"),
    '<script src="https://trois.example/x.js"></script>': ("EPR-02", "trois.example"),
    '<link rel="preconnect" href="https://quatre.example/">': ("EPR-02", "quatre.example"),
    '<iframe src="https://cinq.example/"></iframe>': ("EPR-02", "cinq.example"),
    '<p style="background: url(https://six.example/x.png)">x</p>': ("EPR-02", "six.example"),
    '<style>@import "https://sept.example/x.css";</style>': ("EPR-02", "sept.example"),
    '<img src="data:text/html,x" alt="">': ("EPR-02", "data:text/html"),
    '<a href="./" ping="https://huit.example/">x</a>': ("EPR-02", "huit.example"),
    '<img src="https://directeurs.sourcelle.example/media/x.jpg" alt="">': ("EPR-02", "media/x.jpg"),
}
"""What a theme may not print, the code it stops with and a word of the message."""


def test_a_theme_that_breaks_a_rule_closes_the_gate(site: Site, tmp_path: Path):
    """A dead link, a dead anchor, a door to a more restricted edition, anything fetched from elsewhere: all told."""
    report = proofed(site, tmp_path, "{% if site.edition == 'public' %}" + "".join(BROKEN) + "{% endif %}")
    said = [(f.code, f.message) for f in report.findings if f.severity is Severity.STOP]
    silent = [m for m, (code, word) in BROKEN.items() if not any(c == code and word in text for c, text in said)]
    assert (True, [], ()) == (report.is_closed, silent, report.proofed), said


def test_one_broken_link_is_enough(site: Site, tmp_path: Path):
    """And one request."""
    codes = [stops(proofed(site, tmp_path / name, mark)) for name, mark in (("a", LINK), ("b", IMAGE))]
    assert [{"EPR-01"}, {"EPR-02"}] == codes


def test_a_style_sheet_that_fetches_closes_the_gate(site: Site, tmp_path: Path):
    """Fonts and pictures of a theme are its own, and there."""
    css = [
        '@import "//un.example/x.css";',
        "body { background: url(https://deux.example/x.png) }",
        "p { background: url(absent.png) }",
    ]
    report = proofed(site, tmp_path, "", **{"static/style.css": "\n".join(css)})
    said = [f.message for f in report.findings if f.severity is Severity.STOP]
    words = ("un.example", "deux.example", "absent.png")
    assert (True, []) == (report.is_closed, [w for w in words if not any(w in text for text in said)]), said


def test_a_picture_within_the_page_is_no_request(site: Site, tmp_path: Path):
    """``data:image/`` leaves this reader's machine alone."""
    settings = settings_with(
        tmp_path, {"templates/base.html": with_more('<img src="data:image/gif;base64,R0" alt="">')}
    )
    assert set() == stops(print_plain(site, settings=settings))


def test_words_of_the_theme_itself_are_no_leak(site: Site, tmp_path: Path):
    """What every page says is said by all editions; a restricted entry may say it too."""
    restricted(site)
    assert set() == stops(proofed(site, tmp_path, f"<p>{SECRET}</p>"))


def restricted(site: Site, statut: str = "publie", folder: str = "directeurs") -> None:
    """Add an entry that the public must not read."""
    site.write(
        f"{folder}/2026-11-20-reserve.md",
        f"---\ntitre: Réservé\ndate: 2026-11-20\nstatut: {statut}\nauteur: ien\nresume: Bref.\n---\n\n{SECRET}.\n",
    )


@pytest.mark.parametrize(
    "mark_up", ["<p hidden>LEAK</p>", "<!-- LEAK -->", '<p title="LEAK">x</p>', "<p>LEAK|upper</p>"]
)
def test_words_of_a_restricted_entry_close_the_gate(site: Site, tmp_path: Path, mark_up: str):
    """A theme that prints them in the public edition, whatever the way."""
    restricted(site)
    leak = mark_up.replace("LEAK|upper", LEAK.replace(" }}", "|upper }}")).replace("LEAK", LEAK)
    report = proofed(site, tmp_path, "{% if site.edition == 'public' %}" + leak + "{% endif %}")
    files = {f.place.file.partition("/")[0] for f in report.findings if f.code == "EPR-03"}
    assert ({"EPR-03"}, {"public"}) == (stops(report), files)


def test_words_of_a_restricted_entry_stand_in_its_own_edition(site: Site):
    """The canary sings for the others only."""
    restricted(site)
    assert set() == stops(print_plain(site))


def test_words_of_a_draft_close_the_gate(site: Site, tmp_path: Path):
    """Nobody reads a draft."""
    restricted(site, "brouillon", "actualites")
    assert {"EPR-03"} == stops(proofed(site, tmp_path, f"<p>{LEAK}</p>"))


def test_the_address_of_a_restricted_entry_closes_the_gate(site: Site, tmp_path: Path):
    """Its existence is no business of the public's."""
    report = proofed(site, tmp_path, "{% if site.edition == 'public' %}<!-- directeurs/effectifs/ -->{% endif %}")
    assert {"EPR-03"} == stops(report)


@dataclass(frozen=True)
class Printed:
    """A printed edition, as the press hands it over."""

    manifest: Manifest
    fresh: frozenset[str]
    output: Path
    staging: Path

    def file(self, path: str) -> Path:
        """Return where the file stands."""
        return (self.staging if path in self.fresh else self.output) / path


@pytest.mark.parametrize("name", ["sw.js", ".htaccess", "actualites/carte.html"])
def test_a_file_that_nothing_asked_for_closes_the_gate(tmp_path: Path, name: str):
    """Whoever wrote it where the edition is printed."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    printed = Printed(Manifest("public", {}), frozenset(), tmp_path / "output", tmp_path)
    audiences = sample_newsroom().audiences
    proofs, findings = proof([Shown(audiences[0], printed, (), (), "")], audiences, Shelf())
    assert ((), [("EPR-04", f"public/{name}")]) == (proofs, [(f.code, f.place.file) for f in findings])


def test_without_a_fault_every_edition_is_proofed(site: Site):
    """And with one, none is."""
    report = print_plain(site)
    assert ["public", "enseignants", "directeurs"] == [p.manifest.audience for p in report.proofed]


def test_a_proof_that_is_remembered_is_the_same(site: Site, tmp_path: Path):
    """The second build with the broken theme finds what the first did."""
    settings = settings_with(tmp_path, {"templates/base.html": with_more('<a href="nulle-part/">x</a>')})
    first, second = (print_plain(site, settings=settings) for _ in range(2))
    assert first.findings == second.findings


@pytest.mark.parametrize(
    ("form", "expected"), [("odt", "EPR-03"), ("zip", "EPR-03"), ("pdf", "EPR-03"), ("?", "EPR-07")]
)
def test_a_restricted_document_in_another_file_closes_the_gate(site: Site, tmp_path: Path, form: str, expected: str):
    """Its words, whatever packs them; and what proofs cannot read back."""
    note = "directeurs/2026-11-20-note"
    site.write(f"{note}/note.pdf", pdf([["Ordre du jour", SECRET]]))
    front = "titre: Note\ndate: 2026-11-20\nstatut: publie\nauteur: ien\nresume: Bref.\n"
    site.write(f"{note}/index.md", f"---\n{front}fichiers: [{{fichier: note.pdf, personnes: aucune}}]\n---\n\nVoir.\n")
    settings = settings_with(tmp_path, {"templates/base.html": BASE})
    made = {"odt": text([[SECRET]]), "zip": zipped(word([[SECRET]])), "pdf": pdf([[SECRET]]), "?": b"PK\3\4..."}[form]
    before = print_plain(site, settings=settings)
    (tmp_path / "theme/static" / f"modele.{form}").write_bytes(made)
    assert (set(), {expected}) == (stops(before), stops(print_plain(site, settings=settings)))


def test_what_the_engine_zips_is_read_too(tmp_path: Path):
    """A fragment of its index that holds a restricted text, with a ligature, closes the gate of a more open edition."""
    hidden = article("secret", title="Au cœur de la réunion des directeurs du premier bassin de collège")
    record = Record("directeurs/secret/", hidden, hidden.title, ("directeurs",), (), (), "", "")
    folder = tmp_path / "recherche" / "moteur" / "2026-2027"
    made = print_index(SearchIndex((record,), is_first=False), folder)
    printed = {
        f"recherche/moteur/2026-2027/{name}": PrintedFile(
            hashlib.sha256((folder / name).read_bytes()).hexdigest(), 1, ""
        )
        for name in made
    }
    printing = Printed(Manifest("public", printed), frozenset(printed), tmp_path / "output", tmp_path)
    audiences = sample_newsroom().audiences
    _, findings = proof([Shown(audiences[0], printing, (), (hidden,), "")], audiences, Shelf())
    assert [("EPR-03", True)] == [(f.code, f.place.file.endswith(".pf_fragment")) for f in findings]
