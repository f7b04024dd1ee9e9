"""Tests of figures.py: a figure is believed only with its two numbers, its date and its source."""

from datetime import date

import pytest

from gazette.model.figures import Deployment, Survey
from tests.samples import Site

COVERAGE = "portee;territoire;date;unite;numerateur;denominateur;taux;cout_eleve_ht;source;lien"
LAWFUL = "commune;Sourcelle;2026-09-04;ecoles;2;3;66,7;1,62;relevé;https://source.example/"
ANSWER = "date;perimetre;ecoles_interrogees;ecoles_repondantes;question;choix;reponse;ecoles"


def deployment(site: Site, *lines: str, encoding: str = "utf-8") -> tuple[Deployment | None, list[tuple[str, int]]]:
    """Return the deployment that these lines make, and the code and line of each finding."""
    site.write("donnees/deploiement.csv", "\n".join((COVERAGE, *lines)).encode(encoding))
    reading = site.read()
    found = next((e for e in reading.entries if isinstance(e, Deployment)), None)
    return found, [(f.code, f.place.line) for f in reading.findings if f.place.file == "donnees/deploiement.csv"]


def survey(site: Site, *answers: str, head: str = "2026-11-06;le bassin;58;41") -> tuple[Survey | None, list[str]]:
    """Return the survey that these answers make, and the code of each finding."""
    site.write("donnees/cln.csv", "\n".join((ANSWER, *(f"{head};{a}" for a in answers))))
    reading = site.read()
    found = next((e for e in reading.entries if isinstance(e, Survey)), None)
    return found, [f.code for f in reading.findings if f.place.file == "donnees/cln.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_figure_is_read_whole(site: Site, encoding: str):
    """With its scope, its numbers, its cost, its date and its source."""
    found, faults = deployment(site, LAWFUL, encoding=encoding)
    assert found
    row = found.rows[0]
    assert ("commune", "Sourcelle", date(2026, 9, 4), "ecoles", 2, 3, "1.62", "relevé", []) == (
        row.scope, row.territory, row.day, row.unit, row.numerator, row.denominator, row.pupil_cost, row.source, faults,
    )  # fmt: skip
    assert 66.67 == round(row.rate, 2)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (";2;3;66,7;", ";4;3;;", "CHF-04"),
        (";2;3;66,7;", ";0;0;;", "CHF-04"),
        (";relevé;", ";;", "CHF-05"),
        (";66,7;", ";67,0;", "CHF-06"),
        (";66,7;", ";66,6;", "CHF-06"),
        (";66,7;", ";65;", "CHF-06"),
        (";66,7;", ";beaucoup;", "CHF-06"),
        ("commune;", "canton;", "CHF-03"),
        ("ecoles;", "classes;", "CHF-03"),
        ("2026-09-04", "4/9/26", "CHF-03"),
        ("2026-09-04", "2062-09-04", "CHF-10"),
        (";2;3;", ";deux;3;", "CHF-03"),
        (";2;3;", ";-2;3;", "CHF-03"),
        ("1,62", "peu", "CHF-03"),
        ("https://source.example/", "javascript:alert(1)", "CHF-03"),
        ("relevé", "=cmd()", "CHF-03"),
        ("relevé", "<b>relevé</b>", "CHF-03"),
        ("commune;Sourcelle", "ecole;Sourcelle", "CHF-03"),
        ("commune;Sourcelle", "ecole;0869001T", "CHF-03"),
    ],
)
def test_a_figure_that_cannot_be_believed_is_not_printed(site: Site, before: str, after: str, code: str):
    """It costs its own row; the lawful one beside it stays."""
    assert before in LAWFUL
    found, faults = deployment(site, LAWFUL.replace(before, after), LAWFUL.replace("Sourcelle", "Clairval"))
    assert found
    assert (["Clairval"], [(code, 2)]) == ([r.territory for r in found.rows], faults)


@pytest.mark.parametrize("rate", ["66,7", "66.7 %", "67", "67 %", "66,67", ""])
def test_a_rate_is_compared_at_the_digit_it_was_rounded_at(site: Site, rate: str):
    """What a careful hand writes is not refused."""
    assert [] == deployment(site, LAWFUL.replace("66,7", rate))[1]


def test_a_figure_counted_twice_is_kept_once(site: Site):
    """Which of the two is true is for its author to say; the day after, it is another figure."""
    found, faults = deployment(site, LAWFUL, LAWFUL.replace(";2;3;66,7", ";3;3;"), LAWFUL.replace("09-04", "10-04"))
    assert found
    assert ([2, 2], [("CHF-09", 3)]) == ([r.numerator for r in found.rows], faults)


def test_a_date_to_come_waits(site: Site):
    """As everywhere: neither shown nor told before its day."""
    assert (None, []) == deployment(site, LAWFUL.replace("2026-09-04", "2027-01-04"))


def test_a_school_the_directory_does_not_have_is_told(site: Site):
    """No page could show it."""
    row = "ecole;{};2026-09-04;eleves;60;61;;;relevé;"
    assert [("CHF-07", 3)] == deployment(site, row.format("0869001S"), row.format("0869005W"))[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [(b"\x00\x01", "CHF-01"), (b"portee;date\n", "CHF-01"), (b"x" * 1_000_001, "CHF-01"), (b"", "CHF-01")],
)
def test_a_file_that_is_no_table_is_told(site: Site, text: bytes, code: str):
    """And the rest of the site is built."""
    site.write("donnees/deploiement.csv", text)
    assert [code] == [f.code for f in site.findings("donnees/deploiement.csv")]


def test_nobody_but_the_most_restricted_edition_reads_them_unless_it_is_said(site: Site):
    """``donnees:`` opens a file to an edition; a slip in it stops the build."""
    found, _ = deployment(site, LAWFUL)
    assert found
    before = found.audience.name
    text = (site.content / "circonscription.yml").read_text("utf-8")
    site.write("circonscription.yml", text + "\ndonnees: {deploiement: public}\n")
    found, _ = deployment(site, LAWFUL)
    assert found
    assert ("directeurs", "public") == (before, found.audience.name)


def test_a_survey_is_read_in_aggregates(site: Site):
    """Questions in their order, each with its answers and how many schools gave them."""
    found, faults = survey(
        site, "Débit;unique;moins de 8;20", "Débit;unique;plus;21", "Matériel;plusieurs;visualiseur;30"
    )
    assert found
    assert ([], 58, 41, ["Débit", "Matériel"]) == (
        faults,
        found.asked,
        found.answered,
        [q.title for q in found.questions],
    )
    assert [("moins de 8", 20), ("plus", 21)] == [(a.label, a.schools) for a in found.questions[0].answers]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (["Débit;unique;moins;30", "Débit;unique;plus;20"], "CHF-04"),
        (["Débit;unique;moins;42"], "CHF-04"),
        (["Débit;libre;moins;30"], "CHF-03"),
        (["Débit;unique;;30"], "CHF-03"),
        ([f"Débit;unique;{'nous pensons que ' * 10};30"], "CHF-03"),
        (["Débit;unique;moins;3", "Débit;plusieurs;plus;3"], "CHF-08"),
        (["Débit;unique;moins;3", "Débit;unique;moins;4"], "CHF-09"),
    ],
)
def test_a_survey_that_does_not_add_up_is_told(site: Site, answers: list[str], code: str):
    """More answers than schools, a sentence instead of a label, the same answer twice."""
    assert code in survey(site, *answers)[1]


def test_two_surveys_in_one_file_are_none(site: Site):
    """Their totals would not be of the same schools."""
    lines = ["2026-11-06;le bassin;58;41;Débit;unique;moins;20", "2025-11-06;le bassin;58;30;Débit;unique;plus;20"]
    site.write("donnees/cln.csv", "\n".join((ANSWER, *lines)))
    assert ["CHF-08"] == [f.code for f in site.findings("donnees/cln.csv")]


def test_a_column_of_schools_or_of_words_is_never_read(site: Site):
    """It is told, so that its author takes it out of the repository."""
    text = f"{ANSWER};ecole;commentaire\n2026-11-06;le bassin;58;41;Débit;unique;moins;20;0869001S;Canari se plaint\n"
    site.write("donnees/cln.csv", text)
    reading = site.read()
    found = next(e for e in reading.entries if isinstance(e, Survey))
    assert "Canari" not in repr((found.questions, found.body))
    assert ["CHF-02", "CHF-02"] == [f.code for f in reading.findings if f.place.file == "donnees/cln.csv"]
