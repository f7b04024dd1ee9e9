"""Tests of consent.py: an authorisation begins as a valid draft that authorises nothing, and a sheet to sign."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from gazette.errors import ConfigurationError
from gazette.inquiry import inspect
from gazette.model.moment import PARIS
from gazette.papers.consent import form, lines, rows, write_authorisation
from gazette.papers.paper import check_paper
from gazette.read.registers import authorisations
from tests.samples import NOW, Site, sample_authorisation, sample_entry, sample_image, sample_newsroom

DAY = NOW.date()


def test_a_draft_is_read_and_authorises_nothing(site: Site):
    """The next number; every key is there; what the school must count is left to it, and an entry waits."""
    path = write_authorisation(site.content, site.newsroom(), "Le jardin d'Émile", DAY)
    known, findings = authorisations(site.content)
    draft = known[path.stem]
    path_of_entry = "actualites/2026-11-20-jardin-emile.md"
    site.write("actualites/d.png", (site.content / "actualites/2026-11-18-affiche/dessin.png").read_bytes())
    image = f"{{fichier: d.png, alt: Le jardin, personnes: eleves, autorisation: {path.stem}}}"
    front = f"titre: J\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: R.\nimages: [{image}]"
    site.write(path_of_entry, f"---\n{front}\n---\nTexte.\n")
    codes = {f.code for f in inspect(site.order()).findings if f.place.file == path_of_entry}
    assert ("AUT-2026-003", [], ("le-jardin-d-emile",), ("lieu", "dates", "finalite"), date(2027, 8, 31), True) == (
        *(path.stem, findings, draft.projects, draft.missing, draft.end),
        {"RGPD-12", "RGPD-14", "RGPD-16"} <= codes,
    )


def test_a_filled_draft_authorises(site: Site):
    """The commented lines are those the rules ask for."""
    path = write_authorisation(site.content, site.newsroom(), "Potager", DAY)
    filled = {
        'lieu: ""': "lieu: Cour de l'école",
        "dates: []": "dates: [12 novembre 2026]",
        'finalite: ""': "finalite: Montrer le jardin",
        "eleves_identifiables:": "eleves_identifiables: 3",
        "accords:": "accords: 3",
        "accord_eleve:": "accord_eleve: oui",
        "signee_le:": "signee_le: 2026-11-01",
    }
    for before, after in filled.items():
        site.change(f"registres/autorisations/{path.name}", f"\n{before}", f"\n{after}")
    site.write("actualites/d.png", (site.content / "actualites/2026-11-18-affiche/dessin.png").read_bytes())
    image = f"{{fichier: d.png, alt: Le jardin, personnes: eleves, autorisation: {path.stem}}}"
    front = f"titre: J\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: R.\nimages: [{image}]"
    site.write("actualites/2026-11-20-potager.md", f"---\n{front}\n---\nTexte.\n")
    found = inspect(site.order())
    mine = ("2026-11-20-potager", path.stem)
    assert [] == [f.line() for f in found.findings if any(name in f.place.file for name in mine)]


@pytest.mark.parametrize("title", ["", "…", "x" * 121])
def test_a_project_has_a_name(site: Site, title: str):
    """Nothing is written otherwise."""
    before = sorted((site.content / "registres/autorisations").iterdir())
    with pytest.raises(ConfigurationError):
        write_authorisation(site.content, site.newsroom(), title, DAY)
    assert before == sorted((site.content / "registres/autorisations").iterdir())


class Fields(HTMLParser):
    """What a page asks a machine for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what loads or sends anything."""
        if tag in {"input", "form", "textarea", "select", "script", "img", "link", "iframe"} or dict(attrs).get("src"):
            self.asked.append(tag)


def test_the_form_says_what_the_law_asks():
    """One project; each support with its address; both parents, the child; nothing for a machine to fill."""
    text = form(sample_newsroom(), "Jardin <b>", "AUT-2026-009", DAY)
    page = Fields()
    page.feed(text)
    wanted = [a.address for a in sample_newsroom().audiences]
    wanted += [
        "Jardin &lt;b&gt;",
        "31/08/2027",
        "Gratuit",
        "372-1",
        "AUT-2026-009",
        "d’accord",
        "un jour ouvré",
        "Les deux",
        "peut rester en ligne après cette date",
        "Responsable du traitement",
        "CNIL",
    ]
    assert ([], []) == ([w for w in wanted if w not in text.replace("\u202f", " ")], page.asked)


def test_what_expires_first_is_told_first():
    """With what uses it."""
    soon = sample_authorisation(id="AUT-2", end=DAY + timedelta(days=3))
    gone = replace(soon, id="AUT-0", end=DAY - timedelta(days=1), projects=())
    entry = sample_entry(images=(sample_image(people="eleves", authorisation="AUT-2"),))
    told = list(lines(rows([sample_authorisation(), soon, gone], [entry], DAY)))
    assert (["AUT-0", "AUT-2", "AUT-1"], True, True, True) == (
        [line.split(" · ")[0] for line in told],
        "finie" in told[0] and "aucun projet" in told[0],
        "finit dans 3 j" in told[1] and told[1].endswith("actualites/2026-11-02-essai"),
        "valable" in told[2] and told[2].endswith("aucun article"),
    )


def test_a_draft_is_not_told_as_valid():
    """Nothing is printed under it before it is filled."""
    told = list(lines(rows([replace(sample_authorisation(), place="")], [], DAY)))
    assert (True, False) == ("à remplir" in told[0], "valable" in told[0])


@pytest.mark.parametrize(("day", "told"), [((2027, 6, 1), 0), ((2027, 6, 2), 1), ((2027, 7, 2), 1), ((2027, 7, 3), 0)])
def test_an_end_is_told_a_month_ahead(site: Site, day: tuple[int, int, int], told: int):
    """Thirty days before the last, and that day; a note, once an entry."""
    order = site.order(now=datetime(*day, 12, tzinfo=PARIS))
    found = [f for f in inspect(order).findings if "finit le" in f.message and "comptine" in f.place.file]
    assert (told, {0} if told else set()) == (len(found), {int(f.severity) for f in found})


def test_a_page_for_people_is_never_published(site: Site):
    """Nor kept with the content."""
    for folder in (site.output, site.content):
        with pytest.raises(ConfigurationError, match="ne se publie pas"):
            check_paper(str(folder / "public" / "f.html"), site.output, site.content)
    with pytest.raises(ConfigurationError, match="n'existe pas"):
        check_paper(str(site.output.parent / "absent" / "f.html"), site.output, site.content)
