"""Tests of roster.py: the national directory is taken in, and nothing that people wrote is lost."""

import csv
import io
from typing import Any

import pytest

from gazette.errors import ConfigurationError
from gazette.model.entry import Ecole
from gazette.read.fields import UAI_LETTERS
from gazette.write.roster import Roster, roster, take_in
from tests.samples import Site

TILLEULS = "ecoles/0869001S.md"
FACTS = {
    "identifiant_de_l_etablissement": "0869001S",
    "nom_etablissement": "Ecole élémentaire Les Tilleuls",
    "type_etablissement": "Ecole",
    "adresse_1": "Canari rue des Personnes",
    "telephone": "0612345678",
    "mail": "ce.0869001S@ac-sourcelle.example",
    "nom_commune": "Sourcelle",
    "ecole_maternelle": "0",
    "ecole_elementaire": "1",
    "nombre_d_eleves": "218",
    "latitude": "46.6502",
    "longitude": "-6.5",
    "code_circonscription": "0869000R",
    "etat": "OUVERT",
}


def uai(number: int) -> str:
    """Return the code of an invented school."""
    return f"{number:07}{UAI_LETTERS[number % 23]}"


def export(*rows: dict[str, str], encoding: str = "utf-8-sig", **changes: str) -> bytes:
    """Return the national directory's file with these rows, or the lawful one with changes."""
    rows = rows or (FACTS | changes,)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(k for row in rows for k in row)), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def taken(site: Site, data: bytes, code: str = "", **options: Any) -> Roster:  # noqa: ANN401  # of roster()
    """Take a file in."""
    done = roster(data, site.content, site.newsroom(), code, **options)
    take_in(done)
    return done


def school(site: Site, code: str = "0869001S") -> Ecole:
    """Return a school as reading finds it."""
    found = next(e for e in site.read().entries if isinstance(e, Ecole) and e.uai == code)
    assert isinstance(found, Ecole)
    return found


def written(site: Site, path: str = TILLEULS) -> str:
    """Return a file of the content folder."""
    return (site.content / path).read_bytes().decode("utf-8")


def test_a_school_follows_the_directory_and_keeps_every_other_byte(site: Site):
    """Pupils, state and place are facts that change; a comment, an order, a text are people's."""
    before = """---
# à relire à la rentrée
nom: 'École Les Tilleuls'   # le nom d’usage
uai: 0869001S
eleves: 214  # constat
commune: Sourcelle
classes: 9
niveaux: [CE1, CE2]
statut: publie
courriel:
position: {lat: "46.1", lon: -6}
---

Notre *texte*.
"""
    site.write(TILLEULS, before)
    done = taken(site, export())
    after = before.replace("214", "218").replace('"46.1", lon: -6', "'46.65020', lon: '-6.50000'")
    assert after.replace("courriel:", "courriel: 'ce.0869001s@ac-sourcelle.example'") == written(site)
    assert [
        "ecoles/0869001S.md · élèves : 214 → 218",
        "ecoles/0869001S.md · position : 46.1, -6 → 46.65020, -6.50000",
        "ecoles/0869001S.md · courriel : rien → ce.0869001s@ac-sourcelle.example",
        "ecoles/0869001S.md · nom gardé : « École Les Tilleuls » (annuaire : « Ecole élémentaire Les Tilleuls »)",
    ] == [line for line in done.told if line.startswith(TILLEULS)]


@pytest.mark.parametrize(("mark", "end"), [("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n")])
def test_line_ends_and_marks_stay(site: Site, mark: str, end: str):
    """A file typed on Windows stays one."""
    text = f"{mark}---\nnom: Les Tilleuls\nuai: 0869001S\ncommune: Sourcelle\neleves: 1\n---\nTexte.\n".replace(
        "\n", end
    )
    site.write(TILLEULS, text)
    taken(site, export(latitude="", mail="", ecole_elementaire="0"))
    assert text.replace("eleves: 1", "eleves: 218") == written(site)


def test_taken_in_twice_is_taken_in_once(site: Site):
    """The second import finds nothing to say but what it keeps."""
    taken(site, export())
    before = written(site)
    done = taken(site, export())
    assert (before, {}, 0) == (written(site), done.writes, done.updated)


def test_a_new_school_waits_for_its_reader(site: Site):
    """It is a draft, valid as written, and published only when asked."""
    code = uai(869_123)
    row = export(identifiant_de_l_etablissement=code, mail=f"ce.{code.lower()}@ac-sourcelle.example")
    done = taken(site, row)
    found = school(site, code)
    assert (1, "brouillon", ("CP", "CE1", "CE2", "CM1", "CM2"), 218, "46.65020") == (
        done.added, found.status, found.levels, found.pupils, found.latitude,
    )  # fmt: skip
    (site.content / f"ecoles/{code}.md").unlink()
    taken(site, row, is_public=True)
    assert "publie" == school(site, code).status


def test_a_dry_run_writes_nothing(site: Site):
    """What would change is told, and every byte of the folder is as before."""
    before = {p: p.read_bytes() for p in site.content.rglob("*") if p.is_file()}
    done = roster(export(), site.content, site.newsroom())
    assert before == {p: p.read_bytes() for p in site.content.rglob("*") if p.is_file()}
    assert done.writes


def test_nothing_of_a_person_is_ever_taken(site: Site):
    """No street, no telephone, no column that is not allowed, no address that is not the school's own."""
    code = uai(869_124)
    for mail in ("camille.canari@ac-sourcelle.example", "ecole.canari@wanadoo.fr", f"{code}@canari.example"):
        facts = {"identifiant_de_l_etablissement": code, "mail": mail, "nom_directeur": "Canari Camille"}
        done = taken(site, export(FACTS | facts))
        text = "".join(p.read_text("utf-8") for p in (site.content / "ecoles").glob("*.md")) + "".join(done.told)
        assert not {"Canari", "canari", "0612345678"} & {w for w in ("Canari", "canari", "0612345678") if w in text}
        assert any("ce n’est pas l’adresse de fonction" in line for line in done.told)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"identifiant_de_l_etablissement": "0869001T"}, "lettre de contrôle"),
        ({"identifiant_de_l_etablissement": "0869001É"}, "lettre de contrôle"),
        ({"identifiant_de_l_etablissement": "086/../x"}, "lettre de contrôle"),
        ({"nom_etablissement": '=HYPERLINK("https://mal.example")'}, "formule"),
        ({"nom_etablissement": "<img src=x onerror=alert(1)>"}, "balise"),
        ({"nom_etablissement": "x" * 5000}, "trop longs"),
        ({"nom_commune": ""}, "absents"),
        ({"etat": "A OUVRIR"}, "pas encore ouverte"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_left_out(site: Site, change: dict[str, str], reason: str):
    """It is told, it writes nothing, and the lawful row beside it is taken."""
    lawful = FACTS | {"identifiant_de_l_etablissement": uai(869_125), "mail": ""}
    before = written(site)
    done = taken(site, export(FACTS | change, lawful))
    assert (1, before) == (done.added, written(site))
    assert any(reason in line for line in done.told)


def test_rows_that_contradict_each_other_are_both_left_out(site: Site):
    """The same row twice is one; two that differ are none."""
    other = FACTS | {"identifiant_de_l_etablissement": uai(869_126), "mail": ""}
    done = taken(site, export(other, other, FACTS, FACTS | {"nombre_d_eleves": "3"}))
    assert (1, 0, True) == (done.added, done.updated, any("se contredisent" in line for line in done.told))


def test_hidden_signs_do_not_reach_a_name(site: Site):
    """A right-to-left sign would show another name than is written."""
    code = uai(869_127)
    taken(site, export(identifiant_de_l_etablissement=code, nom_etablissement="Les \u202eslleuliT\u202c"))
    assert "Les slleuliT" == school(site, code).title


def test_a_name_with_yaml_in_it_is_a_name(site: Site):
    """Quotes, colons, hashes and brackets stay text."""
    code = uai(869_128)
    name = 'L\'école : "Bleue" # [1] {a: b} \\ --- fin'
    taken(site, export(identifiant_de_l_etablissement=code, nom_etablissement=name))
    assert name == school(site, code).title


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_file_of_any_spreadsheet_is_read(site: Site, encoding: str):
    """Whatever it was saved as."""
    code = uai(869_129)
    taken(site, export(identifiant_de_l_etablissement=code, nom_etablissement="École des Chênes", encoding=encoding))
    assert "École des Chênes" == school(site, code).title


def test_a_circonscription_is_chosen_in_a_larger_file(site: Site):
    """Without a choice the import says which there are; a school of another one is told, and stays."""
    rows = [
        FACTS | {"code_circonscription": "0869999K"},
        FACTS | {"identifiant_de_l_etablissement": uai(869_130), "mail": ""},
        FACTS | {"identifiant_de_l_etablissement": "0442953W", "nom_etablissement": "D’ailleurs"},
        FACTS | {"identifiant_de_l_etablissement": uai(869_131), "type_etablissement": "Collège"},
    ]
    with pytest.raises(ConfigurationError, match=r"0869000R \(1 écoles\), 0869999K \(1 écoles\)"):
        taken(site, export(*rows))
    with pytest.raises(ConfigurationError, match="absente du fichier"):
        taken(site, export(*rows), "0860000A")
    done = taken(site, export(*rows), "0869000r")
    assert (1, 0) == (done.added, done.updated)
    assert "ecoles/0869001S.md · intacte : le fichier la rattache à une autre circonscription (0869999K)" in done.told


def test_a_school_the_file_does_not_have_is_told_and_stays(site: Site):
    """It may have closed or merged; the RASED and the team, which no directory holds, are not told."""
    done = taken(site, export(identifiant_de_l_etablissement=uai(869_132), mail=""))
    assert any(line.startswith(f"{TILLEULS} · intacte : absente du fichier") for line in done.told)
    assert (site.content / TILLEULS).is_file()


def test_a_merged_school_stays_merged(site: Site):
    """The directory knows closed schools only."""
    site.change(TILLEULS, "etat: ouverte", "etat: fusionnee")
    taken(site, export(etat="FERME"))
    assert "fusionnee" == school(site).state
    site.change(TILLEULS, "etat: fusionnee", "etat: ouverte")
    taken(site, export(etat="FERME"))
    assert "fermee" == school(site).state


def test_a_file_that_cannot_be_changed_surely_is_left_whole(site: Site):
    """Broken front matter, other bytes than UTF-8, a symbolic link."""
    for data in (b"---\nnom: [\n---\n", b"---\nnom: \xff\n---\n", b"sans en-tete"):
        site.write(TILLEULS, data)
        done = taken(site, export())
        assert data == (site.content / TILLEULS).read_bytes()
        assert any("intacte" in line for line in done.told)
    target = site.write("ailleurs.md", "---\nnom: x\n---\n")
    (site.content / TILLEULS).unlink()
    (site.content / TILLEULS).symlink_to(target)
    taken(site, export())
    assert "---\nnom: x\n---\n" == target.read_text("utf-8")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"nom;prenom\nx;y\n", b"%PDF-1.7\n\xff\x81"])
def test_what_is_no_directory_is_refused(site: Site, data: bytes):
    """With a sentence, and nothing written."""
    with pytest.raises(ConfigurationError, match="annuaire illisible"):
        taken(site, data)


def test_places_that_are_nowhere_are_left_out(site: Site):
    """Null Island, degrees that do not exist, and words."""
    code = uai(869_133)
    for latitude, longitude in (("0", "0.0"), ("91", "2"), ("nord", "2"), ("46.5", "")):
        taken(site, export(identifiant_de_l_etablissement=code, latitude=latitude, longitude=longitude))
        assert "" == school(site, code).latitude
        (site.content / f"ecoles/{code}.md").unlink()
