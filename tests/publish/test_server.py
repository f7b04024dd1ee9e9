"""Tests of publish/server.py and publish/passwords.py: nothing is left open by mistake, no password is kept."""

from pathlib import Path
from typing import Any

import bcrypt
import pytest

from gazette.errors import ConfigurationError
from gazette.publish.passwords import COST, GROUPS, LETTERS, encoded, kept, password, renewed
from gazette.publish.server import Gateway, Network, Passwords, Server, password_file, server
from tests.samples import ROOT, sample_newsroom

SCHOOLS = {"par": "ecoles", "fichier": "/etc/nginx/ecoles"}
GATE = {"par": "passerelle", "adresse": "http://127.0.0.1:4180", "groupes": ["directeurs"]}


def told(folder: Path, **changes: Any) -> Server:  # noqa: ANN401  # any setting
    """Return what these settings say; a setting given None is left out."""
    facts: dict[str, Any] = {
        "dossier": "/srv/www",
        "certificats": "/etc/tls/{hote}",
        "acces": {"enseignants": SCHOOLS, "directeurs": GATE},
    }
    path = folder / "publishconf.py"
    path.write_text(f"SERVEUR = { {k: v for k, v in (facts | changes).items() if v is not None}!r}\n", "utf-8")
    return server(path, sample_newsroom())


def test_settings_say_who_reads_each_edition(tmp_path: Path):
    """Three ways, each as it was written; the most open edition needs none."""
    network = {"par": "reseau", "adresses": ["10.86.0.0/16", "192.0.2.7"]}
    found = told(tmp_path, acces={"enseignants": network, "directeurs": GATE})
    assert {
        "enseignants": Network(("10.86.0.0/16", "192.0.2.7/32")),
        "directeurs": Gateway("http://127.0.0.1:4180", ("directeurs",)),
    } == found.access
    assert "/etc/nginx/ecoles" == password_file(told(tmp_path), "enseignants")
    with pytest.raises(ConfigurationError, match="ne se lit pas par mot de passe"):
        password_file(found, "directeurs")


def test_the_settings_of_the_repository_are_read():
    """The demo's ``publishconf.py``."""
    assert isinstance(server(ROOT / "publishconf.py", sample_newsroom()).access["directeurs"], Passwords)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"acces": {"enseignants": SCHOOLS}}, "directeurs serait ouverte à tous"),
        ({"acces": None}, "enseignants serait ouverte à tous"),
        ({"acces": {"profs": SCHOOLS}}, "clé inconnue « profs »"),
        ({"acces": {"enseignants": {"par": "rien"}, "directeurs": GATE}}, "« par » attend"),
        ({"acces": {"enseignants": {**SCHOOLS, "mot": "x"}, "directeurs": GATE}}, "clé inconnue « mot »"),
        ({"acces": {"enseignants": {"par": "ecoles"}, "directeurs": GATE}}, "« fichier » attend"),
        ({"acces": {"enseignants": {**GATE, "groupes": []}, "directeurs": GATE}}, "tout inscrit entre"),
        ({"acces": {"enseignants": {**GATE, "groupes": ["a;b"]}, "directeurs": GATE}}, "tout inscrit entre"),
        ({"acces": {"enseignants": {**GATE, "adresse": "http://a/;x"}, "directeurs": GATE}}, "« adresse » attend"),
        ({"acces": {"enseignants": {"par": "reseau", "adresses": ["0.0.0.0/0"]}, "directeurs": GATE}}, "monde entier"),
        ({"acces": {"enseignants": {"par": "reseau", "adresses": []}, "directeurs": GATE}}, "quels réseaux"),
        ({"acces": {"enseignants": {"par": "reseau", "adresses": ["x"]}, "directeurs": GATE}}, "attend des réseaux"),
        ({"certificats": None}, "se lit en chemin"),
        ({"certificats": None, "ecoute": "192.0.2.1:80"}, "se lit en chemin"),
        ({"dossier": "srv"}, "« dossier » attend"),
        ({"defis": "/srv;"}, "« defis » attend"),
        ({"dossier": "/srv; include /etc/passwd"}, "« dossier » attend"),
        ({"ecoute": "443; x"}, "« ecoute » attend"),
        ({"ecoute": "70000"}, "« ecoute » attend"),
        ({"port": 80}, "clé inconnue « port »"),
    ],
)
def test_what_is_wrong_or_left_open_is_refused(tmp_path: Path, changes: dict[str, Any], reason: str):
    """In one sentence; nginx is given nothing that is not a path, a network or a name."""
    with pytest.raises(ConfigurationError, match=reason):
        told(tmp_path, **changes)


@pytest.mark.parametrize("ecoute", ["127.0.0.1:8080", "[::1]:8080"])
def test_without_tls_only_this_machine_is_heard(tmp_path: Path, ecoute: str):
    """Or a proxy that is named."""
    assert ecoute == told(tmp_path, certificats=None, ecoute=ecoute).listen
    assert ("10.0.0.5/32",) == told(tmp_path, certificats=None, ecoute="8080", relais=["10.0.0.5"]).relays


def test_a_password_is_drawn_once_and_kept_as_a_hash():
    """Schools that have one keep it, one that is no more loses it, one that is chosen gets another."""
    first, drawn = renewed({}, {"A", "B", "C"}, ())
    assert {"A", "B", "C"} == set(drawn) == set(first)
    assert all(bcrypt.checkpw(drawn[uai].encode(), digest.encode()) for uai, digest in first.items())
    assert not any(word in encoded(first) for word in drawn.values())
    second, again = renewed(kept(encoded(first)), {"A", "B", "D"}, ["B"])
    assert ({"A", "B", "D"}, {"B", "D"}) == (set(second), set(again))
    assert (first["A"], True) == (second["A"], first["B"] != second["B"])


def test_a_password_can_be_copied_and_not_guessed():
    """Eighty bits, in letters that no hand mistakes; never twice the same."""
    words = {password() for _ in range(200)}
    assert (200, 32, GROUPS * 4) == (len(words), len(set(LETTERS)), len(min(words).replace("-", "")))
    assert set("".join(words)) <= {*LETTERS, "-"}
    assert next(iter(renewed({}, {"A"}, ())[0].values())).startswith(f"$2b${COST:02}$")
