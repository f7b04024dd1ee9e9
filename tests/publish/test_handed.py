"""What is made for someone else to put on line: a zip file, the folder of GitLab Pages."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from gazette.errors import TargetError
from gazette.publish.archive import Archive
from gazette.publish.handed import Handed
from gazette.publish.pages import Pages
from tests.plain import files
from tests.publish.newsstand import facts, proofed, put

MARK = {"_well-known__gazette": "x"}


def test_a_zip_file_holds_the_edition(tmp_path: Path):
    """Read by another program, which finds nothing to complain of."""
    path = tmp_path / "zip" / "gazette-public.zip"
    put(Archive(path), proofed(tmp_path, index="a", frise__index="é" * 1000))
    subprocess.run(["unzip", "-tq", path], check=True, capture_output=True)
    with zipfile.ZipFile(path) as archive:
        assert {"frise/index.html": "é" * 1000, "index.html": "a"} == {
            n: archive.read(n).decode() for n in archive.namelist()
        }


def test_the_same_edition_makes_the_same_zip_file(tmp_path: Path):
    """Byte for byte; and where it stands already nothing is written."""
    for name in ("un", "deux"):
        put(Archive(tmp_path / name), proofed(tmp_path, index="a", frise="b"))
    stamp = (tmp_path / "un").stat().st_mtime_ns
    plan = put(Archive(tmp_path / "un"), proofed(tmp_path, index="a", frise="b"))[0]
    assert ((tmp_path / "un").read_bytes(), True, stamp) == (
        (tmp_path / "deux").read_bytes(),
        plan.is_empty,
        (tmp_path / "un").stat().st_mtime_ns,
    )


def test_a_torn_zip_file_is_made_again(tmp_path: Path):
    """What cannot be read is not kept."""
    path = tmp_path / "gazette-public.zip"
    put(Archive(path), proofed(tmp_path, index="a"))
    path.write_bytes(path.read_bytes()[:-10])
    assert 1 == len(put(Archive(path), proofed(tmp_path, index="a"))[0].uploads)
    assert None is zipfile.ZipFile(path).testzip()


def test_a_forged_zip_file_is_made_again(tmp_path: Path):
    """A bomb is not unpacked, a stream that is torn, a name that leads out, a link: none is followed, none stops us."""
    path, edition = tmp_path / "gazette-public.zip", proofed(tmp_path, index="a")
    (tmp_path / "ailleurs").write_text("à moi")
    for what in ("bombe", "déchiré", "ailleurs", "lien", "vide"):
        path.unlink(missing_ok=True)
        put(Archive(path), edition)
        if what == "déchiré":
            data = path.read_bytes()
            start = data.index(b"index.html") + len(b"index.html")
            path.write_bytes(data[:start] + b"\xff\xff" + data[start + 2 :])
        elif what == "lien":
            path.unlink()
            path.symlink_to(tmp_path / "ailleurs")
        elif what == "vide":
            path.write_bytes(b"")
        else:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("../ailleurs" if what == "ailleurs" else "index.html", b"x" * 5000)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gazette.publish.archive.LARGEST", 4000)
            assert ("index.html",) == put(Archive(path), edition)[0].uploads, what
        with zipfile.ZipFile(path) as archive:
            assert [("index.html", b"a")] == [(n, archive.read(n)) for n in archive.namelist()], what
        assert (False, "à moi") == (path.is_symlink(), (tmp_path / "ailleurs").read_text())


def test_links_planted_beside_the_place_are_not_followed(tmp_path: Path, pages: Pages):
    """Where it is written before it takes its place, and where what it replaces goes."""
    outside = tmp_path / "ailleurs"
    outside.mkdir()
    (outside / "mien").write_text("à moi")
    archive = Archive(tmp_path / "site.zip")
    put(pages, edition_with_mark(tmp_path, "a"))
    for planted in (".public.partiel", ".public.ancien"):
        (tmp_path / planted).symlink_to(outside)
    archive.partial.symlink_to(outside / "mien")
    put(pages, edition_with_mark(tmp_path, "b"))
    put(archive, edition_with_mark(tmp_path, "b"))
    assert ({"mien": "à moi".encode()}, b"b", True) == (
        files(outside),
        (tmp_path / "public" / "index.html").read_bytes(),
        zipfile.is_zipfile(archive.path),
    )


def edition_with_mark(folder: Path, text: str):  # a Proofed
    """Return an edition that holds the file every edition holds."""
    (folder / "output" / "public" / ".well-known").mkdir(parents=True, exist_ok=True)
    return proofed(folder, index=text, **{".well-known__gazette": "{}"})


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """Give the folder of GitLab Pages; the mark of our editions is a page here."""
    monkeypatch.setattr("gazette.publish.pages.MARK_OF_OURS", ".well-known/gazette.html")
    return Pages(tmp_path / "public")


def test_pages_hold_the_edition_and_nothing_else(tmp_path: Path, pages: Pages):
    """The folder is replaced whole: a file added by hand is gone."""
    put(pages, edition_with_mark(tmp_path, "a"))
    (tmp_path / "public" / "intrus").write_text("x")
    put(pages, edition_with_mark(tmp_path, "b"))
    left = [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]
    assert ({"index.html": b"b", ".well-known/gazette.html": b"{}"}, []) == (files(tmp_path / "public"), left)


def test_somebody_s_folder_is_not_replaced(tmp_path: Path, pages: Pages):
    """It holds other files than ours."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "these.tex").write_text("x")
    with pytest.raises(TargetError, match="videz-le"):
        put(pages, edition_with_mark(tmp_path, "a"))
    assert {"these.tex": b"x"} == files(tmp_path / "public")


@pytest.mark.parametrize("kind", [Archive, Pages])
def test_a_file_changed_since_its_proof_is_refused(tmp_path: Path, kind: type[Handed]):
    """And what stood there stays."""
    edition = proofed(tmp_path, index="a")
    (tmp_path / "output" / "public" / "index.html").write_text("b")
    with pytest.raises(TargetError, match="modifié depuis"):
        put(kind(tmp_path / "sortie"), edition)
    assert False is (tmp_path / "sortie").exists()


@pytest.mark.parametrize("kind", [Archive, Pages])
def test_there_is_no_way_back(tmp_path: Path, kind: type[Handed]):
    """Nothing is kept, and the remedy is told."""
    with pytest.raises(TargetError, match="git revert"):
        kind(tmp_path / "sortie").back(0, facts())
