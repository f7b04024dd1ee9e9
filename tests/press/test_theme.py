"""The theme's static files and its digest."""

import re
import shutil
from pathlib import Path

import pytest

from gazette.errors import PressError
from gazette.press.theme import code_near, press_version, theme
from tests.plain import THEME

OURS = Path(__file__).parents[2] / "themes" / "gazette" / "templates"
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LOOSE = re.compile(r".{0,30}(?: [:;?!»](?=[\s<.,)]|\Z)|« )")
"""A space that a line may break at, before a sign that never begins one."""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Give a copy of the plain theme."""
    return Path(shutil.copytree(THEME, tmp_path / "theme"))


def test_a_static_file_is_named_by_its_digest(copied: Path):
    """A browser that kept it never shows an old one."""
    before = theme(copied).address("style.css")
    (copied / "static" / "style.css").write_text("body { color: black }")
    after = theme(copied).address("style.css")
    expected = ("theme/style.", ".css", True)
    assert expected == (after[:12], after[-4:], before != after)


def test_a_static_file_may_stand_in_a_folder(copied: Path):
    """The folder stays in its printed path."""
    (copied / "static" / "img").mkdir()
    (copied / "static" / "img" / "point.svg").write_text("<svg/>")
    assert theme(copied).address("img/point.svg").startswith("theme/img/point.")


def test_a_static_file_that_is_not_there_is_an_error(copied: Path):
    """A template that asks for it stops the build."""
    with pytest.raises(PressError, match=r"static/absent\.css"):
        theme(copied).address("absent.css")


@pytest.mark.parametrize("path", ["templates/base.html", "static/style.css", "templates/new.html"])
def test_the_digest_changes_with_every_file(copied: Path, path: str):
    """Pages are printed again when the theme changes."""
    before = theme(copied).digest
    with (copied / path).open("a") as file:
        file.write(" ")
    assert before != theme(copied).digest


def test_hidden_files_are_no_part_of_a_theme(copied: Path):
    """What an editor or a system leaves there is neither printed nor counted."""
    before = theme(copied)
    (copied / "static" / ".DS_Store").write_text("x")
    assert before == theme(copied)


def test_a_folder_without_templates_is_no_theme(tmp_path: Path):
    """The settings name the wrong folder."""
    with pytest.raises(PressError, match="thème"):
        theme(tmp_path)


def test_the_version_of_the_press_is_a_digest_of_its_code():
    """The same within a run."""
    assert (64, press_version()) == (len(press_version()), press_version())


@pytest.mark.parametrize("path", ["pelicanconf.py", "tasks.py", "plugins/one.py", "plugins/other/deep/er.py"])
def test_the_code_near_the_settings_is_told_wherever_it_stands(tmp_path: Path, path: str):
    """A plugin of Pelican that changes prints again, in a folder of its own or not."""
    (tmp_path / "pelicanconf.py").write_text("")
    before = code_near(tmp_path / "pelicanconf.py")
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("pass")
    assert before != code_near(tmp_path / "pelicanconf.py")


def test_our_own_code_is_not_the_code_near_the_settings():
    """The press's version tells it: it is neither gone through nor read a second time."""
    root = Path(__file__).parents[2]
    read: list[Path] = []
    with pytest.MonkeyPatch.context() as patched:
        whole = Path.read_bytes
        patched.setattr(Path, "read_bytes", lambda path: read.append(path) or whole(path))
        code_near(root / "pelicanconf.py")
    assert [] == [path for path in read if path.is_relative_to(root / "plugins" / "gazette")]


@pytest.mark.parametrize("file", sorted(OURS.rglob("*.*html")), ids=lambda file: str(file.relative_to(OURS)))
def test_no_line_of_ours_begins_with_a_sign(file: Path):
    """Words that a template says itself take the thin spaces of authors: « ? » began a line of a telephone."""
    assert LOOSE.findall(CODE.sub("x", file.read_text("utf-8"))) == []
