"""Tests of read/registers.py: authorisations and the key, never printed."""

import shutil
import subprocess
from datetime import date

import pytest

from gazette.errors import ConfigurationError
from gazette.model.finding import Severity
from gazette.model.register import Withdrawal
from gazette.read.registers import authorisations, decisions, secret_key, withdrawals
from gazette.read.stage import read
from tests.samples import NOW, Shelf, Site, sample_authorisation

FOLDER = "registres/autorisations"


def test_authorisations_are_read_by_their_file_name(site: Site):
    """Days included, and the editions they cover by name."""
    expected = sample_authorisation(
        id="AUT-2026-002",
        rights=("image", "voix"),
        place="Écoles de Sourcelle",
        dates=("13 novembre 2026", "19 novembre 2026"),
        purpose="Montrer le jardin et la comptine de la grande section",
        projects=("2026-11-13-jardin", "2026-11-19-comptine"),
    )
    found, faults = authorisations(site.content)
    assert (expected, ["AUT-2025-001", "AUT-2026-002"], []) == (found["AUT-2026-002"], sorted(found), faults)


@pytest.mark.parametrize(
    "text",
    [
        "fin: 2027-07-02\nsupports: [site-public]\n",
        "debut: hier\nfin: 2027-07-02\nsupports: [site-public]\n",
        "debut: 2027-07-03\nfin: 2027-07-02\nsupports: [site-public]\n",
        "debut: 2026-09-01\nfin: 2027-07-02\nfin: 2037-07-02\nsupports: [site-public]\n",
        "debut: [2026\n",
        "debut: 2026-09-01\nfin: &f 2027-07-02\nsupports: *f\n",
        "",
    ],
)
def test_an_unreadable_authorisation_authorises_nothing(site: Site, text: str):
    """In doubt, what it should allow is not printed, and whoever keeps the register is told."""
    site.write(f"{FOLDER}/AUT-2026-002.yml", text)
    found, faults = authorisations(site.content)
    told = [(f.code, f.place.file, f.severity.label) for f in faults]
    assert (["AUT-2025-001"], [("LEC-40", f"{FOLDER}/AUT-2026-002.yml", "note")]) == (list(found), told)


def test_an_authorisation_of_another_encoding_authorises_nothing(site: Site):
    """Bytes that are no UTF-8 are told like any other fault."""
    site.write(f"{FOLDER}/AUT-2026-002.yml", b"debut: 2026-09-01 # \xe9t\xe9\n")
    assert ["LEC-40"] == [f.code for f in authorisations(site.content)[1]]


def test_more_may_be_recorded_than_printing_reads(site: Site):
    """A record keeps what the law asks for; printing looks at days and supports."""
    site.change(f"{FOLDER}/AUT-2026-002.yml", "debut:", "nb_eleves_identifiables: 3\ndebut:")
    assert [] == authorisations(site.content)[1]


def test_no_register_is_no_fault(site: Site):
    """A circonscription without pictures of pupils has none."""
    for path in (site.content / FOLDER).iterdir():
        path.unlink()
    (site.content / FOLDER).rmdir()
    assert ({}, []) == authorisations(site.content)


def test_the_key_is_256_bits(site: Site):
    """As many as HMAC-SHA-256 takes."""
    assert bytes.fromhex("5e1f00d" * 9 + "5") == secret_key(site.content)


@pytest.mark.parametrize("text", [None, "", "cle: abc\n", "cle: " + "g" * 64, "cle: " + "a" * 63])
def test_a_site_without_a_key_is_not_printed(site: Site, text: str | None):
    """Names of media would be guessable: this is a broken set-up, and the message says how to make a key."""
    path = site.content / "registres" / "cle.yml"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"clé absente ou illisible ; .*openssl rand -hex 32"):
        secret_key(site.content)


RECORDS = """retraits:
  - {id: RET-2026-001, jour: 2026-11-18, motif: demande, edition: public, entree: actualites/a}
  - {id: RET-2026-002, jour: 2026-11-19, motif: autorisation, edition: public, autorisation: AUT-1, precedent: HEAD}
"""
REGISTER = "registres/retraits.yml"


def chained(records: str = RECORDS) -> str:
    """Return the records with the digest that the second must hold."""
    first = Withdrawal(
        id="RET-2026-001", day=date(2026, 11, 18), motive="demande", edition="public", entry="actualites/a"
    )
    return records.replace("HEAD", first.digest)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", []),
        ("retraits: []\n", []),
        ("# rien encore\n", []),
        (chained(), ["RET-2026-001", "RET-2026-002"]),
    ],
)
def test_withdrawals_are_read_in_their_order(site: Site, text: str, ids: list[str]):
    """An empty register is one."""
    site.write(REGISTER, text)
    assert ids == [w.id for w in withdrawals(site.content).withdrawals]


@pytest.mark.parametrize(
    "text",
    [
        chained().replace("actualites/a", "actualites/b"),
        chained().replace("2026-11-18", "2026-11-17"),
        "\n".join(line for line in chained().splitlines() if "RET-2026-001" not in line),
        chained().replace("precedent: ", "precedent: 0"),
        "retraits: [{id: RET-1}]\n",
        "retraits: {}\n",
        "retrait: []\n",
        "retraits: [\n",
        "retraits: &a []\nautres: *a\n",
        b"retraits: [] # \xe9\n",
        b"\0",
    ],
)
def test_a_broken_register_stops_everything(site: Site, text: str | bytes):
    """A record changed, dropped or unreadable: never « no register, publish all »."""
    site.write(REGISTER, text)
    with pytest.raises(ConfigurationError, match=r"retraits\.yml.*reprenez.*git"):
        withdrawals(site.content)


@pytest.mark.parametrize("cut", ["retraits: []\n", chained().rpartition("  - {")[0], None])
def test_a_register_cut_short_is_seen_on_a_fresh_clone(site: Site, cut: str | None):
    """Its chain holds, nothing is remembered here, and yet git knew more: a publication stops."""
    git(site, "init", "-q")
    for text in ("retraits: [\n", "retraits: []\n", chained(), cut):
        if text is None:
            shutil.rmtree((site.content / REGISTER).parent)
        else:
            site.write(REGISTER, text)
        git(site, "add", "-A")
        git(site, "commit", "-qm", "Registre")
    known = withdrawals(site.content)
    with pytest.raises(ConfigurationError, match="git lui a connu"):
        read(site.content, site.newsroom(), NOW, Shelf(), site.pool, is_production=True)
    assert known == site.read().register


def test_a_register_that_grew_is_whole(site: Site):
    """Each version holds the one before, broken ones apart."""
    git(site, "init", "-q")
    for text in ("retraits: []\n", chained().rpartition("  - {")[0], "retraits: [\n", chained()):
        site.write(REGISTER, text)
        git(site, "add", "-A")
        git(site, "commit", "-qm", "Registre")
    found = read(site.content, site.newsroom(), NOW, Shelf(), site.pool, is_production=True).register
    assert ["RET-2026-001", "RET-2026-002"] == [w.id for w in found.withdrawals]


def git(site: Site, *words: str) -> None:
    """Call git over the content's folder."""
    name = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    subprocess.run(["git", *name, *words], cwd=site.content.parent, check=True)


def test_a_lost_register_stops_everything(site: Site):
    """Its folder is there, so a register was kept."""
    (site.content / REGISTER).unlink()
    with pytest.raises(ConfigurationError, match="absent"):
        withdrawals(site.content)


DECISIONS = """decisions:
  - depeche: 0869001S/2026-11-13-journal
    source: "https://petit-pont.example/flux.xml"
    id: "17"
    empreinte: "abc"
    decision: refusee
    jour: 2026-11-14
    role: cpc
    motif: "Des prénoms d’élèves"
"""


def test_decisions_are_read(site: Site):
    """Each with what it was pinned to."""
    site.write("registres/decisions.yml", DECISIONS)
    (found,) = decisions(site.content)
    expected = (("https://petit-pont.example/flux.xml", "17"), "abc", "refusee", "Des prénoms d’élèves")
    assert expected == (found.key, found.digest, found.answer, found.reason)


@pytest.mark.parametrize(
    "text", ["decisions:\n  - depeche: x\n", "decisions: [\n", "", DECISIONS.replace("refusee", "oui"), "\xff\xfe"]
)
def test_a_broken_register_of_decisions_accepts_nothing(site: Site, text: str):
    """It is an error for who moderates, and is told by a build; a publication stops."""
    site.write("registres/decisions.yml", text.encode("latin-1" if text.startswith("\xff") else "utf-8"))
    with pytest.raises(ConfigurationError, match="registre des décisions illisible"):
        decisions(site.content)
    assert [("LEC-42", Severity.NOTE)] == [(f.code, f.severity) for f in site.findings("registres/decisions.yml")]
    strict = read(site.content, site.newsroom(), NOW, Shelf(), site.pool, is_production=True)
    assert Severity.STOP in [f.severity for f in strict.findings if f.code == "LEC-42"]


def test_a_register_of_decisions_is_missed_once_something_was_accepted(site: Site):
    """Before, there is nothing to remember."""
    assert () == decisions(site.content)
    site.write("depeches/0869001S/2026-11-13-journal.md", "---\n---\n")
    with pytest.raises(ConfigurationError, match="absent"):
        decisions(site.content)
