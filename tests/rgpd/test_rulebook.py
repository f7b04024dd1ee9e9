"""Tests of rgpd/rulebook.py: what people read of the rules is what the gate does, and nobody lowers one."""

import re
from dataclasses import replace

import pytest

from gazette.errors import ConfigurationError
from gazette.model.finding import Severity
from gazette.rgpd.case import Case
from gazette.rgpd.rulebook import CLAUSES, page, stricter
from gazette.rgpd.stage import clear
from tests.samples import NOW, ROOT, Site, sample_authorisation, sample_entry, sample_image, sample_newsroom

RGPD = ROOT / "plugins" / "gazette" / "rgpd"
SOURCES = {path.stem: path.read_text("utf-8") for path in RGPD.glob("*.py")}


def numbers(source: str) -> set[str]:
    """Return the rules whose findings a module makes."""
    codes = {f"R{int(number)}" for number in re.findall(r'"RGPD-(\d\d)"', source)}
    return (
        codes | set(re.findall(r'Datum\(\s*"(R\d+)"', source)) | set(re.findall(r'\("\w+", "[^"]+", "(R\d)"\)', source))
    )


def test_the_page_is_in_step():
    """``./gazette regles > docs/regles.md`` writes it again."""
    assert page() == (ROOT / "docs" / "regles.md").read_text("utf-8")


def test_every_finding_has_its_row():
    """A module that tells a rule is named in that rule's row."""
    told = {(number, name) for name, source in SOURCES.items() if name != "rulebook" for number in numbers(source)}
    rows = {(clause.number, name) for clause in CLAUSES for name in clause.modules}
    assert set() == told - rows


def test_every_row_has_its_files():
    """And tells its rule there, but for those that hand on what others found, or hold."""
    handing = {"scan", "personal_data", "attached", "status", "schedule"}
    wrong = [
        (clause.number, name)
        for clause in CLAUSES
        for name in clause.modules
        if name not in SOURCES or (name not in handing and clause.number not in numbers(SOURCES[name]))
    ]
    assert [] == wrong


def test_what_is_held_elsewhere_stands_there():
    """A row without a file of the gate names one of ours."""
    paths = {path for clause in CLAUSES for path in clause.elsewhere}
    assert (set(), []) == (
        {path for path in paths if not (ROOT / path).is_file()},
        [clause.number for clause in CLAUSES if not (clause.modules or clause.elsewhere)],
    )


def test_the_notice_cites_the_law_in_force():
    """R3: article 1-1 of the law of 2004, no longer its article 6."""
    notice = (ROOT / "themes/gazette/templates/mentions-legales.html").read_text("utf-8")
    assert (True, None) == ("article 1-1 de la loi n° 2004-575" in notice, re.search(r"article\s+6\b", notice))


@pytest.mark.parametrize("key", ["nom_directeur", "photo", "portable"])
def test_the_directory_has_no_place_for_a_person(site: Site, key: str):
    """R33: a key that is not in the table is told at its line, and what it holds goes nowhere."""
    path = "ecoles/0869001S.md"
    site.change(path, "commune:", f"{key}: VALEUR-DE-TROP\ncommune:")
    school = next(e for e in site.read().entries if e.path == path)
    assert ([4], False) == ([f.place.line for f in site.findings(path)], "VALEUR-DE-TROP" in repr(school))


def test_nothing_of_the_survey_is_printed(site: Site):
    """R37: no reader takes ``donnees/cln.csv``, so that no answer is printed, free or not."""
    before = {e.path for e in site.read().entries}
    site.write("donnees/cln.csv", "uai;debit;attentes\n0869001S;8;REPONSE-LIBRE\n")
    assert before == {e.path for e in site.read().entries}


def test_each_number_has_one_row():
    """In order."""
    ranks = [int(clause.number[1:]) for clause in CLAUSES]
    assert sorted(set(ranks)) == ranks


def test_a_rule_made_stricter():
    """R17 is a note; a circonscription may refuse."""
    entry = sample_entry(images=(sample_image(people="eleves", authorisation="AUT-1"),))
    known = {"AUT-1": sample_authorisation(pupil_agreed=False)}
    answers = []
    for rules in ((), (("R17", "refus"),)):
        case = Case(replace(sample_newsroom(), rules=rules), NOW, {}, known)
        answers.append([f.severity for f in clear([entry], case).findings if f.code == "RGPD-17"])
    assert [[Severity.NOTE], [Severity.REFUSE]] == answers


@pytest.mark.parametrize("rules", [(("R20", "note"),), (("R99", "refus"),)])
def test_no_rule_is_softened(rules: tuple[tuple[str, str], ...]):
    """Nor invented: the set-up is wrong, and says where."""
    with pytest.raises(ConfigurationError, match=r"circonscription\.yml · regles: R\d+"):
        stricter(replace(sample_newsroom(), rules=rules))


def test_read_from_the_file(site: Site):
    """As authors write it."""
    path = site.content / "circonscription.yml"
    path.write_text(path.read_text("utf-8") + "\nregles: {R17: refus}\n", "utf-8")
    assert {"RGPD-17": Severity.REFUSE} == dict(stricter(site.newsroom()))
