"""A face where nobody is said to be: refused, then blurred, declared or signed by a human; a new picture asks again."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from gazette.cli import main
from gazette.model.finding import Severity
from tests.plain import print_plain
from tests.portrait import encoded, gathering, portrait
from tests.samples import Site

ENTRY = "actualites/2026-11-20-sortie/index.md"
PICTURE = "actualites/2026-11-20-sortie/classe.jpg"
PAGE = "public/actualites/sortie/index.html"
TEXT = """---
titre: La sortie
date: 2026-11-20
statut: publie
auteur: cpc
resume: Une sortie.
images:
  - fichier: classe.jpg
    alt: Le groupe devant la mare
    personnes: aucune
---

![Le groupe](classe.jpg)
"""

pytestmark = pytest.mark.usefixtures("seeing")


@pytest.fixture
def outing(site: Site) -> Site:
    """Give a circonscription with a picture said to show nobody, in which two faces are seen."""
    site.write(PICTURE, encoded(gathering([(0, 0), (800, 500)])))
    site.write(ENTRY, TEXT)
    return site


def told(site: Site) -> tuple[list[tuple[str, str]], bool]:
    """Build, and return what is told of the entry, and whether its page is printed."""
    report = print_plain(site)
    found = [(f.code, f.severity.label) for f in report.findings if f.place.file == ENTRY]
    return found, (site.output / PAGE).is_file()


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command of ``./gazette`` and return its exit code and what it said."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["gazette", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def seal(site: Site) -> str:
    """Return what signs the picture as it is now."""
    return hashlib.sha256((site.content / PICTURE).read_bytes()).hexdigest()[:8]


def test_a_face_refuses_a_picture_that_shows_nobody(outing: Site):
    """The rest of the site is printed."""
    report = print_plain(outing)
    [finding] = [f for f in report.findings if f.place.file == ENTRY]
    assert (Severity.REFUSE, 1, 0, False) == (
        finding.severity,
        report.left_out,
        report.unseen,
        (outing.output / PAGE).is_file(),
    )
    assert f"visages_verifies: {seal(outing)}" in finding.remedy


def test_a_human_signs_a_picture_and_its_change_asks_again(outing: Site):
    """What was signed is that file, not whatever takes its name."""
    outing.change(ENTRY, "personnes: aucune", f"personnes: aucune\n    visages_verifies: {seal(outing)}")
    signed = told(outing)
    outing.write(PICTURE, encoded(gathering([(400, 200)])))
    assert (([], True), ([("RGPD-11", "refus")], False)) == (signed, told(outing))


@pytest.mark.parametrize("value", ["01234567", "12345678", "1e234567", "oui"])
def test_a_wrong_signature_is_no_signature(outing: Site, value: str):
    """Whatever YAML makes of it."""
    outing.change(ENTRY, "personnes: aucune", f"personnes: aucune\n    visages_verifies: {value}")
    assert ([("RGPD-11", "refus")], False) == told(outing)


def test_a_legible_face_among_people_who_are_not_is_refused(outing: Site):
    """An authorisation is due as soon as somebody can be known (R11): the page waits for who declares or blurs."""
    outing.change(ENTRY, "personnes: aucune", "personnes: non_identifiables")
    assert ([("RGPD-11", "refus")], False) == told(outing)


def test_a_blurred_copy_is_printed_without_a_word(outing: Site, capsys: pytest.CaptureFixture[str]):
    """By the very command that the finding gives, where the author is."""
    path = f"{ENTRY.removesuffix('index.md')}classe.jpg"
    code, out, _ = called(capsys, "flouter", path, "--contenu", str(outing.content))
    outing.change(ENTRY, "fichier: classe.jpg", "fichier: classe-floute.jpg")
    outing.change(ENTRY, "(classe.jpg)", "(classe-floute.jpg)")
    outing.change(ENTRY, "personnes: aucune", "personnes: non_identifiables")
    lines = ["1 · en haut à gauche", "2 · en bas à droite"]
    assert (0, lines, ([], True)) == (code, [row.partition(",")[0] for row in out.splitlines()[:2]], told(outing))


def test_faces_are_shown_under_their_numbers(outing: Site, capsys: pytest.CaptureFixture[str]):
    """In a temporary folder: nothing is written beside the picture, even where a copy stands already."""
    (outing.content / PICTURE).with_name("classe-floute.jpg").touch()
    code, out, _ = called(capsys, "flouter", str(outing.content / PICTURE), "--montrer")
    shown = Path(out.splitlines()[-1].rpartition(" : ")[2])
    size = Image.open(io.BytesIO(shown.read_bytes())).size
    shown.unlink()
    shown.parent.rmdir()
    assert (0, (1200, 900), 0) == (code, size, (outing.content / PICTURE).with_name("classe-floute.jpg").stat().st_size)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["absente.jpg"], 2, "ce fichier n’existe pas"),
        (["note.md"], 2, "illisible"),
        (["classe.jpg", "--visages", "3"], 2, "2 visage(s) vu(s)"),
        (["classe.jpg", "--vers", "copie.svg"], 2, ".jpg, .png ou .webp"),
        (["mur.jpg"], 1, "Aucun visage vu"),
    ],
)
def test_what_cannot_be_blurred_is_told(
    outing: Site,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    message: str,
):
    """And nothing is written."""
    folder = (outing.content / PICTURE).parent
    (folder / "note.md").write_text("Une note.", "utf-8")
    (folder / "mur.jpg").write_bytes(encoded(gathering([])))
    before = sorted(folder.iterdir())
    monkeypatch.chdir(folder)
    found, out, err = called(capsys, "flouter", *words)
    assert (code, True, before) == (found, message in out + err, sorted(folder.iterdir()))


def test_without_the_extra_the_report_says_what_nobody_looked_at(
    outing: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """The page is printed as its author declared it; a check, a build and its report tell."""
    monkeypatch.setattr("gazette.press.faces.is_installed", lambda: False)
    place = ("--contenu", str(outing.content), "--sortie", str(outing.output), "--jour", "2026-11-23 12:00")
    checked = called(capsys, "controler", *place)
    built = called(capsys, "construire", *place, "--rapport", str(tmp_path / "r.json"))
    refused = called(capsys, "flouter", str(outing.content / PICTURE))
    unseen = json.loads((tmp_path / "r.json").read_text("utf-8"))["images_non_regardees"]
    line = f"Visages : pas cherchés dans {unseen} image(s)"
    assert (0, True, 0, True) == (checked[0], line in checked[1], built[0], line in built[1])
    assert (True, True, 2, True) == (
        unseen > 0,
        (outing.output / PAGE).is_file(),
        refused[0],
        "./gazette photos" in refused[2],
    )


def test_looking_changes_no_byte(outing: Site, monkeypatch: pytest.MonkeyPatch):
    """Where nothing is refused, a build with the extra prints what a build without it prints."""
    outing.write(PICTURE, encoded(portrait().resize((400, 400)).crop((0, 0, 60, 400))))
    with_eyes = {p.relative_to(outing.output): p.read_bytes() for p in _printed(outing)}
    monkeypatch.setattr("gazette.press.faces.is_installed", lambda: False)
    assert with_eyes == {p.relative_to(outing.output): p.read_bytes() for p in _printed(outing)}


def _printed(site: Site) -> list[Path]:
    print_plain(site, is_fresh=True)
    return sorted(p for p in site.output.rglob("*") if p.is_file())
