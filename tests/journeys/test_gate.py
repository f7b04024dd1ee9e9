"""The commands of the gate as people type them: reports, registers, authorisations, withdrawals, and their refusals."""

import json
import re
from pathlib import Path

import pytest

from tests.samples import Site
from tests.test_cli import call

JARDIN = "actualites/2026-11-13-jardin"
AFFICHE = "actualites/2026-11-18-affiche"


def test_a_report_is_written_beside_a_check(site: Site):
    """Self-contained, for a printer; the check says what it says without it."""
    code, out, _ = call(site, "controler", "--format", "json", "--rapport", "bilan.html")
    page = (site.content.parent / "bilan.html").read_text("utf-8")
    plain = call(site, "controler", "--format", "json")
    asked = re.findall(r"(?:src|href)=\"(?!#|mailto:)[^\"]*\"|<script", page)
    assert (plain[0], json.loads(plain[1]), True, []) == (code, json.loads(out), "AUT-2026-002" in page, asked)


@pytest.mark.parametrize(
    "place",
    [
        "output/bilan.html",
        "content/bilan.html",
        "content/pages/../bilan.html",
        "absent/b.html",
        "www/public/bilan.html",
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ("controler", "--rapport"),
        ("registre", "--imprimer"),
        ("nouveau", "autorisation", "Chorale", "--formulaire"),
    ],
    ids=lambda words: words[0],
)
def test_a_paper_is_never_written_where_it_would_be_published(site: Site, words: tuple[str, ...], place: str):
    """Nor in a folder that is not there; nothing else is written then."""
    (site.content.parent / "output").mkdir(exist_ok=True)
    (site.content.parent / "www/.gazette/editions/000001/public").mkdir(parents=True, exist_ok=True)
    (site.content.parent / "www/public").symlink_to(".gazette/editions/000001/public")
    before = sorted(site.content.rglob("*"))
    code, _, told = call(site, *words, place)
    assert (2, False, before) == (code, (site.content.parent / place).exists(), sorted(site.content.rglob("*"))), told


def test_an_authorisation_is_begun_with_its_form(site: Site):
    """Numbered after the last one; the form bears the number and asks for no name by machine."""
    code, out, _ = call(site, "nouveau", "autorisation", "Chorale de Noël", "--formulaire", "feuille.html")
    paths = sorted(p.name for p in (site.content / "registres/autorisations").iterdir())
    form = (site.content.parent / "feuille.html").read_text("utf-8")
    name = out.splitlines()[0].rpartition("/")[2].removesuffix(".yml")
    assert (0, True, True, True, False) == (
        code,
        f"{name}.yml" in paths,
        name in form,
        "Noël" in form,
        "<input" in form,
    )


def test_a_form_goes_with_an_authorisation(site: Site):
    """A draft of an article has none."""
    code, _, told = call(site, "nouveau", "actualites", "Chorale", "--formulaire", "feuille.html")
    assert (2, True) == (code, "nouveau autorisation" in told)


def test_authorisations_are_told_the_first_to_end_in_front(site: Site):
    """With who uses each; none yet is told with how to begin one."""
    code, out, _ = call(site, "autorisations")
    days = ["-".join(reversed(d.split("/"))) for d in re.findall(r"jusqu'au (\d\d/\d\d/\d{4})", out)]
    for file in (site.content / "registres/autorisations").iterdir():
        file.unlink()
    empty = call(site, "autorisations")
    assert (0, sorted(days), True, True) == (code, days, JARDIN in out, "nouveau autorisation" in empty[1])


def test_a_register_of_processings_is_begun_once_then_printed(site: Site):
    """What people completed is never written over."""
    register = site.content / "registres/traitements.yml"
    kept = register.read_text("utf-8")
    told = call(site, "registre")
    printed = call(site, "registre", "--imprimer", "registre.html")
    same = register.read_text("utf-8") == kept
    register.unlink()
    begun = call(site, "registre")
    page = (site.content.parent / "registre.html").read_text("utf-8")
    assert (0, True, 0, True, 0, True, True) == (
        told[0],
        "existe déjà" in told[1],
        printed[0],
        same,
        begun[0],
        register.is_file(),
        "art. 30" in page or "article 30" in page,
    )


def test_a_withdrawal_is_put_on_line_and_certified(site: Site):
    """On the target, in every kept release; the certificate is written, and asked again it is refused."""
    live = site.content.parent / "en-ligne"
    assert 0 == call(site, "publier", "--cible", "local", "--vers", str(live))[0]
    shown = {f.name for f in live.rglob("media/*")}
    words = ("--fichier", f"content/{AFFICHE}/carte.jpg", "--motif", "erreur", "--certificat", "certificat.txt")
    code, out, _ = call(site, "retirer", *words, "--cible", "local", "--vers", str(live))
    left = {f.name for f in live.rglob("media/*")}
    text = Path(site.content.parent / "certificat.txt").read_text("utf-8")
    again = call(site, "retirer", *words)
    assert (0, True, True, True, 2, "publié par erreur" in text) == (
        code,
        left < shown,
        text.strip() in out,
        "Plus rien de ce qui était imprimé" in text,
        again[0],
        True,
    )


def test_a_withdrawal_is_proved_again_on_its_target(site: Site):
    """Before the site is on line again, all is left there; after, nothing; what someone put back is told."""
    live = site.content.parent / "en-ligne"
    there = ("--cible", "local", "--vers", str(live))
    assert 2 == call(site, "retirer", "--preuve", *there)[0]
    assert 0 == call(site, "publier", *there)[0]
    assert 0 == call(site, "retirer", "--entree", AFFICHE)[0]
    early = call(site, "retirer", "--preuve", *there)
    data = Path(re.findall(r"encore là : (\S+)", early[1])[0]).read_bytes()
    assert 0 == call(site, "publier", *there)[0]
    proved = call(site, "retirer", "--preuve", *there, "--certificat", "preuve.txt")
    paper = (site.content.parent / "preuve.txt").read_text("utf-8")
    assert (1, True, 0, True, f"Cherché dans : {live}" in paper) == (
        early[0],
        str(live) in early[1].partition("encore là : ")[2],
        proved[0],
        "Plus rien de ce qui était imprimé" in paper,
        True,
    )
    (live / "copie.bin").write_bytes(data)
    assert (1, True) == ((found := call(site, "retirer", "--preuve", *there))[0], "copie.bin" in found[1])
