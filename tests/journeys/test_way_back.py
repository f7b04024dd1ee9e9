"""A publication, its regrets, and what a way back may not bring back."""

import shutil
from pathlib import Path

import pytest

from gazette.cli import main
from gazette.pool import Pool
from tests.samples import CONTENT, Site

FLUENCE = "actualites/2026-09-15-fluence.md"


class Newsroom:
    """Someone who publishes to a folder of this machine."""

    def __init__(self, site: Site, www: Path) -> None:
        self.site, self.www = site, www

    def runs(self, *words: str) -> int:
        """Run a command and return its exit code."""
        where = ("--cible", "local", "--vers", str(self.www))
        places = ("--contenu", str(self.site.content), "--sortie", str(self.site.output), "--jour", "2026-11-23 12:00")
        with pytest.raises(SystemExit) as ended:
            main(["gazette", words[0], *where, *places, *words[1:]])
        return int(ended.value.code or 0)

    def reads(self, address: str, edition: str = "public") -> str:
        """Return a page on line; "" when there is none."""
        page = self.www / edition / address / "index.html"
        return page.read_text("utf-8") if page.exists() else ""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Path:
    """Give a circonscription with one edition on line, published once for all tests here."""
    folder = tmp_path_factory.mktemp("publie")
    shutil.copytree(CONTENT, folder / "content")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(folder / "content"))
        patch.setattr("gazette.press.faces.is_installed", lambda: False)
        found = Newsroom(Site(folder / "content", folder / "output", pool), folder / "www")
        assert 0 == found.runs("publier")
    return folder


@pytest.fixture
def newsroom(published: Path, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Give a copy of that circonscription, of what its builds remember and of what is on line."""
    folder = tmp_path / "copie"
    shutil.copytree(published, folder, symlinks=True)
    monkeypatch.setenv("GAZETTE_CONTENU", str(folder / "content"))
    return Newsroom(Site(folder / "content", folder / "output", pool), folder / "www")


def test_a_text_that_went_wrong_is_taken_back(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]):
    """The edition before is on line again, whole; ``etat`` tells which, and what publishing would change."""
    newsroom.site.change(FLUENCE, "titre: ", "titre: Raté ")
    done = [newsroom.runs("publier"), "Raté" in newsroom.reads("actualites/fluence")]
    capsys.readouterr()
    done += [newsroom.runs("publier", "--retour"), "Raté" in newsroom.reads("actualites/fluence")]
    assert "jusqu’à la prochaine publication : défaites aussi le changement (« git revert »)" in capsys.readouterr().out
    code, told = newsroom.runs("etat"), capsys.readouterr().out
    assert ([0, True, 0, False], 0) == (done, code)
    record = newsroom.www / ".courante"
    record.resolve().with_suffix(".json").write_text("{}")
    assert (1, True) == (newsroom.runs("etat"), "manque, ou n'est pas de Gazette" in capsys.readouterr().out)
    assert [
        "en ligne : édition 1",
        "public : intacte",
        "gardée : édition 2",
        "envoyer  actualites/fluence/index.html",
    ] == [
        words
        for words in (
            "en ligne : édition 1",
            "public : intacte",
            "gardée : édition 2",
            "envoyer  actualites/fluence/index.html",
        )
        if words in told
    ]


def test_what_nginx_was_told_and_is_no_longer_so_is_said(
    newsroom: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """By ``etat`` and ``publier``, once an address moved since ``serveur``; where nothing was written, nothing is."""
    written = tmp_path / "nginx.conf"
    monkeypatch.setattr("gazette.terminal.serving.WRITTEN", written)
    place = ("--contenu", str(newsroom.site.content), "--sortie", str(newsroom.site.output))

    def is_told(*words: str) -> bool:
        capsys.readouterr()
        newsroom.runs(*words)
        return "nginx.conf n’est plus à jour" in capsys.readouterr().out

    def write() -> None:
        with pytest.raises(SystemExit):
            main(["gazette", "serveur", *place, "--vers", str(written), "--jour", "2026-11-23 12:00"])

    found = [is_told("etat")]
    write()
    found.append(is_told("etat"))
    newsroom.site.change(FLUENCE, "statut: ", "anciennes_adresses: [lire-vite]\nstatut: ")
    found += [is_told("etat"), is_told("publier")]
    write()
    assert ([False, False, True, True], False) == (found, is_told("etat"))
    assert "lire-vite" in written.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (FLUENCE, "statut: publie", "statut: publie\nedition: directeurs"),
        (FLUENCE, "statut: publie", "statut: publie\nexpire: 2026-11-22"),
        (FLUENCE, "statut: publie", "statut: publie\ndiffusion: ent"),
    ],
)
def test_what_was_withdrawn_expired_or_reclassified_does_not_come_back(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], path: str, before: str, after: str
):
    """The way back is refused with the name of the text; then the next publication leaves no byte of it anywhere."""
    phrase = newsroom.reads("actualites/fluence").partition("<title>")[2][:20]
    newsroom.site.change("actualites/2026-11-20-guillemets.md", "titre: ", "titre: Autre ")
    newsroom.runs("publier")
    newsroom.site.change(path, before, after)
    capsys.readouterr()
    code, told = newsroom.runs("publier", "--retour"), capsys.readouterr().err
    published, said = newsroom.runs("publier"), capsys.readouterr().out
    assert f"(retiré, supprimé, expiré, reclassé ou refusé) : {path} ; pour revenir à avant, « git revert »" in said
    kept = [f for f in newsroom.www.rglob("actualites/fluence/index.html") if "/public/" in f.as_posix()]
    kept = [f for f in kept if phrase in f.read_text("utf-8") and "À lire dans l’ENT" not in f.read_text("utf-8")]
    assert (2, True, 0, []) == (code, f": {path} ;" in told, published, kept)


def test_a_picture_that_is_withheld_does_not_come_back(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]):
    """Its authorisation has ended since: nothing of it is left, in any kept edition."""
    without = {f.name for f in newsroom.www.rglob("media/*")}
    newsroom.site.change("registres/autorisations/AUT-2025-001.yml", "fin: 2026-07-03", "fin: 2027-07-03")
    newsroom.runs("publier")
    shown = {f.name for f in newsroom.www.rglob("media/*")}
    newsroom.site.change("registres/autorisations/AUT-2025-001.yml", "fin: 2027-07-03", "fin: 2026-07-03")
    published = newsroom.runs("publier")
    capsys.readouterr()
    code, told = newsroom.runs("publier", "--retour", "2"), capsys.readouterr().err
    after = {f.name for f in newsroom.www.rglob("media/*")}
    assert (True, 0, without, 2, True) == (without < shown, published, after, code, "éditions gardées : 1" in told)
