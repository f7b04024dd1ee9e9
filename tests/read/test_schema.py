"""Tests of read/schema.py: what a key may hold, and each refusal in French."""

from typing import Any

import pytest
from pydantic import ValidationError

from gazette.model.moment import Moment
from gazette.read.explain import explain, keys, suggestion
from gazette.read.schema import TABLES

VALID: dict[str, dict[str, Any]] = {
    "actualite": {"titre": "T", "date": "2026-10-06", "resume": "R"},
    "projet": {"titre": "T", "date": "2026-10-06", "resume": "R"},
    "info_direction": {"titre": "T", "date": "2026-10-06", "resume": "R"},
    "outil": {
        "titre": "T",
        "date": "2026-10-06",
        "resume": "R",
        "outil": "O",
        "editeur": "E",
        "url": "https://x.example/",
        "cycles": [2],
        "competences_crcn": ["1.1"],
        "compte_eleve": "non",
        "verifie_le": "2026-10-01",
        "etapes": ["Ouvrir."],
    },
    "evenement": {"titre": "T", "date": "2026-10-06", "resume": "R", "debut": "2026-10-07"},
    "ecole": {"nom": "N", "uai": "0869001S", "commune": "C"},
    "page": {"titre": "T"},
    "cahier": {
        "titre": "T",
        "date": "2026-10-06",
        "resume": "R",
        "theme": "H",
        "ouverture": "2026-10-06",
        "cloture": "2026-12-04",
    },
    "contribution": {"titre": "T", "date": "2026-10-06", "resume": "R"},
}


def told(kind: str = "actualite", **changes: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401  # any YAML value
    """Return what is told when these keys join, or replace, a valid front matter's; None takes a key away."""
    front = {k: v for k, v in (VALID[kind] | changes).items() if v is not None}
    try:
        TABLES[kind].model_validate(front)
    except ValidationError as error:
        return [explain(one, TABLES[kind]) for one in error.errors(include_url=False)]
    return []


@pytest.mark.parametrize("kind", TABLES)
def test_the_shortest_front_matter_of_each_kind_is_valid(kind: str):
    """Required keys are enough."""
    assert [] == told(kind)


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, front in VALID.items() for key in front])
def test_each_required_key_is_asked_for(kind: str, key: str):
    """Without it the author is told which, and how to add it."""
    assert [("LEC-07", f"clé obligatoire absente : {key}", f"ajoutez une ligne {key}:")] == told(kind, **{key: None})


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        ("actualite", {"date": "6/10/26"}, ("LEC-02", "date illisible « 6/10/26 »", "écrivez date: 2026-10-06")),
        (
            "actualite",
            {"date": "31.12.2026 à 8h"},
            ("LEC-02", "date illisible « 31.12.2026 à 8h »", "écrivez date: 2026-12-31"),
        ),
        (
            "actualite",
            {"date": "31/11/26"},
            (
                "LEC-02",
                "ce jour n'existe pas « 31/11/26 »",
                "novembre 2026 a 30 jours : écrivez date: 2026-11-30, ou 2026-12-01",
            ),
        ),
        (
            "actualite",
            {"date": "31 novembre 2026"},
            (
                "LEC-02",
                "ce jour n'existe pas « 31 novembre 2026 »",
                "novembre 2026 a 30 jours : écrivez date: 2026-11-30, ou 2026-12-01",
            ),
        ),
        (
            "actualite",
            {"date": "lundi 6 octobre 2026"},
            (
                "LEC-02",
                "« lundi 6 octobre 2026 » est un mardi",
                "écrivez date: 2026-10-06, ou corrigez le jour",
            ),
        ),
        (
            "actualite",
            {"epingle": True},
            (
                "LEC-02",
                "epingle attend un jour, le dernier en tête",
                "écrivez epingle: 2026-10-06, ou ôtez la ligne",
            ),
        ),
        ("actualite", {"date": "2026-99-99"}, ("LEC-02", "date illisible « 2026-99-99 »", "écrivez date: 2026-10-06")),
        (
            "actualite",
            {"date": "2026-02-30 10:00"},
            (
                "LEC-02",
                "ce jour n'existe pas « 2026-02-30 10:00 »",
                "février 2026 a 28 jours : écrivez date: 2026-02-28, ou 2026-03-01",
            ),
        ),
        (
            "actualite",
            {"date": "2026-10-06 24:00"},
            ("LEC-02", "date illisible « 2026-10-06 24:00 »", "écrivez date: 2026-10-06"),
        ),
        (
            "actualite",
            {"date": "2026-10-06T10:00+14:00"},
            ("LEC-02", "date illisible « 2026-10-06T10:00+14:00 »", "écrivez date: 2026-10-06"),
        ),
        (
            "actualite",
            {"date": "0001-01-01"},
            (
                "LEC-02",
                "date : année hors de 2000 à 2100 « 0001-01-01 »",
                "corrigez l'année, par exemple date: 2026-10-06",
            ),
        ),
        (
            "actualite",
            {"date": "9999-01-01"},
            (
                "LEC-02",
                "date : année hors de 2000 à 2100 « 9999-01-01 »",
                "corrigez l'année, par exemple date: 2026-10-06",
            ),
        ),
        ("actualite", {"expire": "demain"}, ("LEC-02", "date illisible « demain »", "écrivez expire: 2026-10-06")),
        (
            "actualite",
            {"echeances": [{"libelle": "L", "date": "2026-10-06", "heure": "25:00"}]},
            ("LEC-02", "heure illisible « 25:00 »", "écrivez heure: 14:30"),
        ),
        (
            "actualite",
            {"statut": "publié"},
            ("LEC-09", "statut : valeur inconnue « publié »", "vouliez-vous dire « publie » ?"),
        ),
        (
            "actualite",
            {"statut": "zzz"},
            ("LEC-09", "statut : valeur inconnue « zzz »", "choisissez parmi : brouillon, relecture, publie"),
        ),
        (
            "actualite",
            {"niveaux": ["CM3"]},
            ("LEC-09", "niveaux n° 1 : valeur inconnue « CM3 »", "vouliez-vous dire « CM2 » ?"),
        ),
        (
            "actualite",
            {"niveaux": ["cm2"]},
            ("LEC-09", "niveaux n° 1 : valeur inconnue « cm2 »", "vouliez-vous dire « CM2 » ?"),
        ),
        ("actualite", {"titre": "x" * 400}, ("LEC-09", "titre : texte de plus de 300 caractères", "raccourcissez-le")),
        (
            "actualite",
            {"titre": " \u200b "},
            ("LEC-09", "titre : rien n'est écrit", "écrivez quelque chose après titre:"),
        ),
        (
            "actualite",
            {"titre": ["a"]},
            ("LEC-09", "titre : un texte est attendu", "écrivez titre: suivi du texte, entre guillemets au besoin"),
        ),
        (
            "actualite",
            {"edition": ["public"]},
            ("LEC-09", "edition : un texte est attendu", "écrivez edition: suivi du texte, entre guillemets au besoin"),
        ),
        (
            "actualite",
            {"edition": True},
            ("LEC-09", "edition : un texte est attendu", "écrivez edition: suivi du texte, entre guillemets au besoin"),
        ),
        (
            "actualite",
            {"resume": "x" * 301},
            ("LEC-09", "resume : texte de plus de 300 caractères", "raccourcissez-le"),
        ),
        (
            "actualite",
            {"images": "a.png"},
            ("LEC-09", "images : une liste est attendue", "mettez un tiret devant la première clé : « - fichier: … »"),
        ),
        (
            "actualite",
            {"evenements": {"titre": "T", "debut": "2026-11-26"}},
            (
                "LEC-09",
                "evenements : une liste est attendue",
                "mettez un tiret devant la première clé : « - debut: … »",
            ),
        ),
        (
            "actualite",
            {"mots_cles": {"a": "b"}},
            ("LEC-09", "mots_cles : une liste est attendue", "écrivez un tiret par ligne, ou [a, b]"),
        ),
        (
            "actualite",
            {"evenements": [{"debut": "2026-11-26", "repete": "tous les mardis"}]},
            (
                "LEC-09",
                "evenements n° 1, repete : des clés sont attendues ici",
                "écrivez repete: {jour: …, jusqu_a: …}",
            ),
        ),
        (
            "actualite",
            {"images": ["a.png"]},
            ("LEC-09", "images n° 1 : des clés sont attendues ici", "écrivez-les après le tiret : « - fichier: … »"),
        ),
        (
            "actualite",
            {"images": [{"fichier": "a.png", "personnes": "eleve"}]},
            ("LEC-09", "images n° 1, personnes : valeur inconnue « eleve »", "vouliez-vous dire « eleves » ?"),
        ),
        (
            "actualite",
            {"images": [{"fichier": "a.png", "altt": "x"}]},
            ("LEC-08", "clé inconnue « altt »", "vouliez-vous dire « alt » ?"),
        ),
        (
            "actualite",
            {"images": [{"fichier": "a.png", "oeuvre_eleve": "peut-être"}]},
            (
                "LEC-09",
                "images n° 1, oeuvre_eleve : oui ou non, pas « peut-être »",
                "écrivez oeuvre_eleve: oui, ou oeuvre_eleve: non",
            ),
        ),
        (
            "actualite",
            {"ecoles": ["0869001T"]},
            (
                "LEC-09",
                "ecoles n° 1 : code UAI faux « 0869001T »",
                "recopiez le code de l'annuaire (sept chiffres et une lettre)",
            ),
        ),
        (
            "actualite",
            {"evenements": [{"titre": "E"}]},
            ("LEC-07", "clé obligatoire absente : evenements n° 1, debut", "ajoutez une ligne debut:"),
        ),
        (
            "actualite",
            {"evenements": [{"debut": "2026-10-06", "etat": "anulé"}]},
            ("LEC-09", "evenements n° 1, etat : valeur inconnue « anulé »", "vouliez-vous dire « annule » ?"),
        ),
        (
            "actualite",
            {"evenements": [{"debut": "2026-10-06", "id": "A B"}]},
            (
                "LEC-09",
                "evenements n° 1, id : cela ne s'écrit pas ainsi, « A B »",
                "écrivez-le en minuscules, chiffres et tirets, par exemple id: rencontre-des-chorales",
            ),
        ),
        ("actualite", {"reserve": "oui"}, ("LEC-08", "clé inconnue « reserve »", "vouliez-vous dire « edition » ?")),
        ("actualite", {"tags": "x"}, ("LEC-08", "clé inconnue « tags »", "vouliez-vous dire « mots_cles » ?")),
        (
            "actualite",
            {"statut": True},
            ("LEC-09", "statut : valeur inconnue « oui »", "choisissez parmi : brouillon, relecture, publie"),
        ),
        (
            "actualite",
            {"statut": ["publie"]},
            ("LEC-09", "statut : valeur inconnue « [publie] »", "vouliez-vous dire « publie » ?"),
        ),
        ("actualite", {"tittre": "x"}, ("LEC-08", "clé inconnue « tittre »", "vouliez-vous dire « titre » ?")),
        ("outil", {"cycles": [5]}, ("LEC-09", "cycles n° 1 : nombre trop grand « 5 »", "au plus 4")),
        (
            "outil",
            {"cycles": ["deux"]},
            ("LEC-09", "cycles n° 1 : un nombre entier est attendu, pas « deux »", "écrivez cycles: 3"),
        ),
        ("outil", {"cycles": []}, ("LEC-09", "cycles : rien n'est écrit", "écrivez quelque chose après cycles:")),
        ("outil", {"numero": 0}, ("LEC-09", "numero : nombre trop petit « 0 »", "au moins 1")),
        (
            "outil",
            {"url": "mur.example"},
            ("LEC-09", "url : adresse illisible « mur.example »", "écrivez l'adresse entière, avec https://"),
        ),
        (
            "outil",
            {"url": "ftp://mur.example"},
            ("LEC-09", "url : adresse illisible « ftp://mur.example »", "écrivez l'adresse entière, avec https://"),
        ),
        (
            "outil",
            {"competences_crcn": ["6.1"]},
            (
                "LEC-09",
                "competences_crcn n° 1 : cela ne s'écrit pas ainsi, « 6.1 »",
                "écrivez un domaine et un rang, par exemple competences_crcn: ['2.2']",
            ),
        ),
        (
            "ecole",
            {"courriel": "pas une adresse"},
            (
                "LEC-09",
                "courriel : cela ne s'écrit pas ainsi, « pas une adresse »",
                "écrivez l'adresse entière, par exemple ecole.du-bourg@ac-valbrune.example",
            ),
        ),
        (
            "ecole",
            {"etat": "fermée"},
            ("LEC-09", "etat : valeur inconnue « fermée »", "vouliez-vous dire « fermee » ?"),
        ),
    ],
)
def test_each_refusal_is_told_in_french(kind: str, changes: dict[str, Any], expected: tuple[str, str, str]):
    """Code, what is wrong with the value, and what to write instead."""
    assert [expected] == told(kind, **changes)


def test_every_fault_is_told_at_once():
    """An author who made four mistakes reads four lines."""
    codes = {code for code, _, _ in told(resume=None, date="hier", statut="pret", couleur="bleu")}
    assert {"LEC-02", "LEC-07", "LEC-08", "LEC-09"} == codes


def test_a_quoted_value_is_short_and_on_one_line():
    """A message shows no more than it needs of what was typed."""
    message = told(date="2026\n" + "9" * 500)[0][1]
    assert "date illisible « 2026 9999999999999999999999999999999999… »" == message


@pytest.mark.parametrize(
    ("key", "typed", "attribute", "value"),
    [
        ("titre", 2026, "title", "2026"),
        ("titre", "  Un\ttitre\u202e ", "title", "Un titre"),
        ("date", "2026-10-06 8h05", "date", "2026-10-06T08:05"),
        ("date", "2026-10-06T08:05", "date", "2026-10-06T08:05"),
        ("niveaux", "CP", "levels", ["CP"]),
        ("mots_cles", [2026, "lecture"], "keywords", ["2026", "lecture"]),
        ("epingle", "2026-12-01", "pinned_until", "2026-12-01"),
    ],
)
def test_what_was_meant_is_understood(key: str, typed: object, attribute: str, value: object):
    """A number as a title, one word for a list, an hour in French: no reason to refuse."""
    read = getattr(TABLES["actualite"].model_validate(VALID["actualite"] | {key: typed}), attribute)
    assert value == (read.iso if isinstance(read, Moment) else str(read) if key == "epingle" else read)


@pytest.mark.parametrize("word", ["oui", "non", True, False])
def test_yes_and_no_are_french(word: object):
    """``oui`` and ``non`` are truth values where one is expected."""
    table = TABLES["outil"].model_validate(VALID["outil"] | {"compte_eleve": word})
    assert (word in {"oui", True}) == table.model_dump()["has_pupil_account"]


@pytest.mark.parametrize("uai", ["0442953W", "0756036D", "0040533H", "0682027J", "0869001S", "7200001Z"])
def test_the_check_letter_of_a_uai_is_computed(uai: str):
    """Codes found in public sources pass; with any other letter they do not."""
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if not told("ecole", uai=uai[:7] + letter)]
    assert 1 == len(letters)
    assert (uai[7] in letters) == (uai != "7200001Z")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tittre", "vouliez-vous dire « titre » ?"),
        ("TITRE", "vouliez-vous dire « titre » ?"),
        ("zz", "choisissez parmi : titre, date"),
    ],
)
def test_a_near_word_is_suggested(word: str, expected: str):
    """Else the choices are listed."""
    assert expected == suggestion(word, ["titre", "date"])


@pytest.mark.parametrize("kind", TABLES)
def test_keys_are_those_of_the_contract(kind: str):
    """Every key is a French word in ASCII, and the common ones are in every kind."""
    common = {
        "date",
        "statut",
        "validation",
        "auteur",
        "resume",
        "edition",
        "niveaux",
        "images",
        "evenements",
        "echeances",
        "id",
    }
    assert (set(), True) == (common - set(keys(TABLES[kind])), all(key.isascii() for key in keys(TABLES[kind])))
