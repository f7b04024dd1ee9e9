"""Tests of inspection.py: what an inspector reads names nobody, and what left is told."""

import html
from dataclasses import replace
from datetime import datetime

import pytest

from gazette.build import build
from gazette.inquiry import inspect
from gazette.model.correspondent import Correspondent
from gazette.model.moment import PARIS
from gazette.newsdesk.health import Health
from gazette.papers.checkup import Checkup
from gazette.papers.inspection import masked, register, report, skeleton
from gazette.read.registers import processings
from tests.plain import SETTINGS
from tests.samples import NOW, ROOT, Site, sample_newsroom


def told(site: Site, now: datetime = NOW) -> str:
    """Return the report's text."""
    found = inspect(site.order(now=now))
    text = html.unescape(report(found.newsroom, found.reading, found.clearance, sources(), now))
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def sources() -> Checkup:
    """Return the state of two sources, one of which is dead."""
    rows = (("rss", Health(success=NOW.isoformat(), seen=3)), ("git", Health(fault="dépôt introuvable", code="GIT-05")))
    found = [(Correspondent("0869001S", kind, f"https://{kind}.example/x", ()), health) for kind, health in rows]
    return Checkup("Valbrune", {}, found, NOW)


def test_the_report_says_how_the_sources_are(site: Site):
    """What is wrong first, with what to do."""
    text = told(site)
    wanted = ("2 source(s), 1 à regarder", "dépôt introuvable", "vérifiez l’adresse du dépôt", "3 vu(s)")
    assert ([], True) == ([w for w in wanted if w not in text], text.index("git.example") < text.index("rss.example"))


def test_the_report_says_on_what_ground_and_until_when(site: Site):
    """The pupils' media with their authorisation and its end; the register of withdrawals; what no machine sees."""
    text = told(site)
    wanted = (
        "Une comptine d’école à école",
        "Tout public : projets/comptine/",
        "École de la Rive",
        "1 son (élèves)",
        "« Le jardin des Marronniers » · actualites/2026-11-13-jardin",
        "autorisation AUT-2026-002",
        "02/07/2027",
        "RET-2026-001",
        "journaux",
        "de dos, de profil",
    )
    assert [] == [w for w in wanted if w not in text]


def test_the_report_names_nobody(site: Site):
    """Neither what a text holds, nor what a file's name tells; what was refused and why is there."""
    front = "titre: T\ndate: 2026-11-20\nstatut: publie\nauteur: cpc\nresume: R."
    site.write("actualites/2026-11-20-emma-dupont-ce2.md", f"---\n{front}\n---\nÉcrire au 06 12 34 56 78.\n")
    text = told(site)
    assert (False, False, []) == (
        "06 12 34 56 78" in text,
        "emma-dupont" in text,
        [w for w in ("« T »", "R32. Ni portable", "06 •• •• •• 78", "donnez le téléphone de l’école") if w not in text],
    )


def test_every_page_is_dated(site: Site):
    """On its first line, and pages are numbered as they are printed."""
    text = told(site)
    head = text[text.index("<body>") : text.index("<h1>")]
    assert (True, True) == (f"{NOW:%d/%m/%Y}" in head, "counter(pages)" in text)


def test_texts_by_pupils_are_told_too(site: Site):
    """A page of a book is a work as a whole: its text is told with its pictures, under its authorisation."""
    found = inspect(site.order(content=ROOT / "content"))
    text = html.unescape(report(found.newsroom, found.reading, found.clearance, sources(), NOW))
    assert "1 image (œuvre d’élève), 1 texte (œuvre d’élève)" in text


@pytest.mark.parametrize("words", ["Emma DUPONT, élève de CE2", "06 12 34 56 78", "emma.dupont@gmail.com"])
def test_masking(words: str):
    """What the gate would refuse is masked; the rest stays."""
    assert (True, True) == (
        words not in masked(f"<td>{words}</td>", sample_newsroom()),
        "••••" in masked(words, sample_newsroom()),
    )


@pytest.mark.parametrize(("day", "left"), [(25, []), (26, ["actualites/2026-11-20-bref.md"])])
def test_what_is_past_is_told(site: Site, day: int, left: list[str]):
    """The day after its last; it is out of every printed file, and a draft never left."""
    front = "titre: Bref passage zanzibar\ndate: 2026-11-20\nauteur: cpc\nresume: R.\nexpire: 2026-11-25"
    site.write("actualites/2026-11-20-bref.md", f"---\n{front}\nstatut: publie\n---\nTexte.\n")
    site.write("actualites/2026-11-20-brouillon.md", f"---\n{front}\n---\nTexte.\n")
    done = build(site.order(settings=SETTINGS, now=datetime(2026, 11, day, 12, tzinfo=PARIS)))
    held = [p for p in site.output.rglob("*") if p.is_file() and b"zanzibar" in p.read_bytes()]
    assert (left, not left) == ([path for path, _ in done.expired if "2026-11-20" in path], bool(held))


def test_the_register_begins_with_the_configuration(site: Site):
    """It is read back, and only what the configuration does not say is left to write."""
    site.write("registres/traitements.yml", skeleton(site.newsroom()))
    known, findings = processings(site.content)
    page = html.unescape(register(site.newsroom(), known, NOW))
    assert ([], ["annuaire", "medias", "journaux"], [("conservation",)], True) == (
        findings,
        [p.id for p in known],
        [p.missing for p in known if p.missing],
        site.newsroom().legal.host in page and "à compléter" in page,
    )


def test_the_report_tells_a_rule_made_stricter(site: Site):
    """As the circonscription wrote it."""
    found = inspect(site.order())
    newsroom = replace(found.newsroom, rules=(("R17", "refus"),))
    assert "portée à" in report(newsroom, found.reading, found.clearance, sources(), NOW)
