"""Figures, from their file to what is printed: who may read them does, small counts are nowhere, bytes are the same."""

from tests.plain import digests, files, print_plain
from tests.samples import Site

COVERAGE = """portee;territoire;date;unite;numerateur;denominateur;source
circonscription;Sourcelle;2026-09-04;ecoles;1;2;relevé du canari de rentrée
ecole;0869001S;2026-09-04;eleves;60;61;relevé du canari de rentrée
"""
SURVEY = """date;perimetre;ecoles_interrogees;ecoles_repondantes;question;choix;reponse;ecoles
2026-11-06;le bassin du canari jaune;58;41;Débit;unique;un débit bien suffisant;20
2026-11-06;le bassin du canari jaune;58;41;Débit;unique;un débit plutôt moyen;15
2026-11-06;le bassin du canari jaune;58;41;Débit;unique;notre antenne tombée du toit;2
"""


def published(site: Site, audiences: str = "{deploiement: enseignants, cln: directeurs}") -> None:
    """Write both files, and who reads them."""
    text = (site.content / "circonscription.yml").read_text("utf-8")
    site.write("circonscription.yml", f"{text}\ndonnees: {audiences}\n")
    site.write("donnees/deploiement.csv", COVERAGE)
    site.write("donnees/cln.csv", SURVEY)


def holding(site: Site, words: str) -> set[str]:
    """Return the editions that print these words somewhere."""
    return {
        edition.name
        for edition in site.output.iterdir()
        if any(words.encode() in data for data in files(edition).values())
    }


def test_each_file_is_read_by_those_it_is_for(site: Site):
    """In their edition and in more restricted ones; nowhere else, not even a word or an address."""
    published(site)
    assert not print_plain(site).is_closed
    assert {"enseignants", "directeurs"} == holding(site, "relevé du canari de rentrée")
    assert {"directeurs"} == holding(site, "un débit bien suffisant")
    assert {"directeurs"} == holding(site, "deploiement/cln")
    assert "public" not in holding(site, "deploiement/")


def test_a_small_count_is_printed_nowhere(site: Site):
    """Neither the answer that two schools gave, nor a number it could be subtracted from."""
    published(site, "{deploiement: public, cln: public}")
    print_plain(site)
    assert set() == holding(site, "antenne tombée")
    page = (site.output / "public" / "deploiement" / "cln" / "index.html").read_text("utf-8")
    assert (True, False) == ("Autres réponses 17" in page, "plutôt moyen" in page)


def test_without_a_word_on_who_reads_them_only_the_most_restricted_edition_does(site: Site):
    """In doubt, it is not opened."""
    site.write("donnees/deploiement.csv", COVERAGE)
    print_plain(site)
    assert {"directeurs"} == holding(site, "relevé du canari de rentrée")


def test_a_file_that_goes_leaves_nothing(site: Site):
    """Then as if it had never been there; and what is printed again is what is printed anew."""
    print_plain(site)
    before = {name: digests(site.output / name) for name in ("public", "directeurs")}
    published(site, "{deploiement: public, cln: directeurs}")
    print_plain(site)
    first = digests(site.output / "directeurs")
    print_plain(site, is_fresh=True)
    assert first == digests(site.output / "directeurs")
    for name in ("deploiement.csv", "cln.csv"):
        (site.content / "donnees" / name).unlink()
    text = (site.content / "circonscription.yml").read_text("utf-8")
    site.write("circonscription.yml", text.partition("\ndonnees:")[0])
    print_plain(site)
    after = {name: digests(site.output / name) for name in ("public", "directeurs")}
    assert [p for n in before for p in before[n].keys() ^ after[n].keys()] == []


def test_a_person_in_a_source_closes_the_file(site: Site):
    """The gate reads figures as it reads any text."""
    published(site, "{deploiement: public}")
    site.change(
        "donnees/deploiement.csv", "relevé du canari de rentrée\necole", "relevé de Julie MARTINEAU, CM2\necole"
    )
    report = print_plain(site)
    assert "donnees/deploiement.csv" in {f.place.file for f in report.findings if f.code.startswith("RGPD")}
    assert set() == holding(site, "MARTINEAU")
