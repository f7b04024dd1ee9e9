"""Tests of hook.py, through real git: what is committed tells nothing of people; what could not be cleaned waits."""

import io
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from gazette.errors import ConfigurationError
from gazette.hook import clean, install
from gazette.terminal.staged import check_staged
from tests.exif import exiftool, strange_tags
from tests.press.papers import photo
from tests.press.tones import tone
from tests.samples import ROOT, Site

GOOD = "---\ntitre: Un texte\ndate: 2026-11-02\nstatut: publie\nresume: R.\n---\n\nTexte.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Start a repository with a content folder and our hook."""
    (tmp_path / "content/école").mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    install(tmp_path / "content", ROOT / "gazette")
    return tmp_path


def git(folder: Path, *words: str) -> bytes:
    """Run git away from this machine's own settings."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ("-c", "user.name=cpc", "-c", "user.email=cpc@ac-valbrune.example")
    done = subprocess.run(["git", *names, *words], cwd=folder, env=environment, check=True, capture_output=True)
    return done.stdout + done.stderr


def pixels(data: bytes) -> bytes:
    """Return what a picture shows."""
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


def test_a_commit_tells_nothing_of_who_and_where(project: Path):
    """In git and in the folder; the pixels are the same, a second commit has nothing to do, exiftool finds nothing."""
    photos = {"content/école/a.jpg": photo(), "content/b.mp3": tone("mp3"), "content/c.m4a": tone("m4a")}
    for path, data in photos.items():
        (project / path).write_bytes(data)
    git(project, "add", "--all")
    told = git(project, "commit", "--message", "Un état").decode()
    kept = {path: git(project, "show", f"HEAD:{path}") for path in photos}
    exiftool()
    assert (3, False, True, kept, b"", []) == (
        told.count("métadonnées ôtées"),
        b"SECRET" in b"".join(kept.values()),
        pixels(kept["content/école/a.jpg"]) == pixels(photos["content/école/a.jpg"]),
        {path: (project / path).read_bytes() for path in photos},
        git(project, "status", "--porcelain"),
        strange_tags(project / "content/école"),
    )


def test_what_cannot_be_cleaned_is_committed_and_told(project: Path):
    """A torn picture, another format, a text called .mp3."""
    for name, data in {"a.jpg": photo()[:300], "b.gif": b"GIF89a", "c.mp3": b"texte", "d.png": b"texte"}.items():
        (project / "content" / name).write_bytes(data)
    git(project, "add", "--all")
    told = git(project, "commit", "--message", "Un état").decode()
    assert (4, b"texte") == (told.count("laissé tel quel"), git(project, "show", "HEAD:content/c.mp3"))


def test_what_is_not_staged_stays_as_its_author_left_it(project: Path):
    """The staged version alone is cleaned, and what stands outside the content is nobody's business."""
    (project / "content/a.jpg").write_bytes(photo())
    (project / "b.jpg").write_bytes(photo())
    git(project, "add", "--all")
    (project / "content/a.jpg").write_bytes(photo() + b"encore")
    git(project, "commit", "--message", "Un état")
    assert (False, True, True) == (
        b"SECRET" in git(project, "show", "HEAD:content/a.jpg"),
        b"encore" in (project / "content/a.jpg").read_bytes(),
        b"SECRET" in git(project, "show", "HEAD:b.jpg"),
    )


def test_another_hook_is_not_written_over(project: Path):
    """Ours is, as often as asked."""
    hook = install(project / "content", ROOT / "gazette")
    hook.write_text("#!/bin/sh\necho à moi\n", "utf-8")
    with pytest.raises(ConfigurationError, match="un autre crochet"):
        install(project / "content", ROOT / "gazette")


def test_outside_a_repository_the_set_up_is_told(tmp_path: Path):
    """In one line."""
    with pytest.raises(ConfigurationError, match="git refuse"):
        clean(tmp_path)


def test_a_hook_that_fails_stops_the_commit(project: Path):
    """Its program is gone: the picture would go with its place, so nothing is committed, and what to do is told."""
    install(project / "content", project / "absent")
    (project / "content/a.jpg").write_bytes(photo())
    git(project, "add", "--all")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(project, "commit", "--message", "Un état")
    assert "métadonnées non ôtées, rien n’est enregistré" in stopped.value.stderr.decode()


def test_texts_are_checked_too_when_asked(site: Site):
    """What the gate would refuse is not committed; another text of the folder that is wrong blocks nobody."""
    folder = site.content.parent
    git(folder, "init", "--quiet", "--initial-branch", "main")
    hook = install(site.content, ROOT / "gazette", is_checked=True)
    call = hook.read_text("utf-8").splitlines()[-1]
    assert call.startswith(f"exec {ROOT}/gazette crochet --verifier --contenu ")
    good = site.write("actualites/2026-11-22-bon.md", GOOD)
    bad = site.write("actualites/2026-11-22-faux.md", GOOD.replace("2026-11-02", "hier"))
    git(folder, "add", str(good))
    assert 0 == check_staged(site.content, str(site.content))
    git(folder, "add", str(bad))
    assert 1 == check_staged(site.content, str(site.content))


def test_the_commit_itself_is_stopped(site: Site):
    """By git, which calls the hook."""
    git(site.content.parent, "init", "--quiet", "--initial-branch", "main")
    install(site.content, ROOT / "gazette", is_checked=True)
    site.write("actualites/2026-11-22-faux.md", GOOD.replace("2026-11-02", "hier"))
    git(site.content.parent, "add", "content/actualites/2026-11-22-faux.md")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(site.content.parent, "commit", "--message", "Un état")
    assert "[LEC-02]" in (stopped.value.stdout + stopped.value.stderr).decode()
