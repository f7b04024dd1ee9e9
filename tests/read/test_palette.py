"""Tests of read/palette.py: the colours and icons a theme has, and what is said of the others."""

import re
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError
from gazette.read import newsroom
from gazette.read.palette import palette
from tests.samples import ROOT, Site

THEME = ROOT / "themes" / "gazette"
FILE = "circonscription.yml"


def told(site: Site, theme: Path = THEME) -> list[str]:
    """Return the lines of the error, without the path of the copied folder."""
    with pytest.raises(ConfigurationError) as caught:
        newsroom(site.content, theme)
    return str(caught.value).replace(f"{site.content}/", "").split("\n")


def test_the_theme_has_a_rule_for_each_colour_it_names_and_for_no_other():
    """A fil of that colour is seen in it."""
    css = (THEME / "static" / "cahier.css").read_text("utf-8")
    assert set(palette(THEME).colours) == set(re.findall(r"^\.couleur-([a-z0-9-]+) \{", css, re.MULTILINE))


def test_the_theme_draws_each_icon_it_names_and_no_other():
    """An icon that is not drawn would be another in its place."""
    drawn = re.findall(
        r"^  '([a-z0-9-]+)': '<", (THEME / "templates" / "_icones.html").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(palette(THEME).icons) == sorted(drawn)


def test_the_demo_and_the_fixture_use_what_the_theme_has(site: Site):
    """With the theme or without it, they are read the same."""
    folders = (ROOT / "content", site.content)
    assert [newsroom(folder) for folder in folders] == [newsroom(folder, THEME) for folder in folders]


@pytest.mark.parametrize(
    ("before", "after", "place", "near"),
    [
        ("couleur: petrole", "couleur: petrol", "22:14", "petrole"),
        ("couleur: petrole", "couleur: fuchsia", "22:14", ""),
        ("icone: crayon", "icone: crayons", "23:12", "crayon"),
    ],
)
def test_a_name_the_theme_does_not_know_is_told_with_those_it_has(
    site: Site, before: str, after: str, place: str, near: str
):
    """Where it is, the nearest name, and the list."""
    site.change(FILE, before, after)
    key, _, word = after.partition(": ")
    known = palette(THEME).colours if key == "couleur" else palette(THEME).icons
    choices = f"choisissez parmi : {', '.join(known)}"
    remedy = f"vouliez-vous dire « {near} » ? Sinon, {choices}" if near else choices
    message = f"fils, actualites, {key} : le thème n'a pas « {word} »"
    assert [f"{FILE}:{place} · {message} · {remedy}  [LEC-09]"] == told(site)


def test_every_unknown_name_is_told_at_once(site: Site):
    """Those of the declared fils and those of the weekly tool's."""
    site.change(FILE, "couleur: petrole", "couleur: rose")
    site.change(FILE, "roles:\n", "outils: {couleur: vert, icone: marteau}\nroles:\n")
    found = [re.findall(r"n'a pas « (\w+) »", line)[0] for line in told(site)]
    assert ["rose", "vert", "marteau"] == found


@pytest.mark.parametrize("text", [None, "couleurs = [", 'couleurs = ["bleu"]', "couleurs = 1\nicones = 2"])
def test_a_theme_says_what_it_has(site: Site, tmp_path: Path, text: str | None):
    """Without its list, nobody can tell whether a fil will have its colour."""
    if text is not None:
        (tmp_path / "theme.toml").write_text(text, "utf-8")
    assert 1 == sum("theme.toml : fichier absent ou illisible" in line for line in told(site, tmp_path))


@pytest.mark.parametrize("mark", ["ABCD", "A B", "<b>", "é!"])
def test_a_mark_is_one_to_three_letters(site: Site, mark: str):
    """It stands where there is little room."""
    site.change(FILE, "    icone: crayon\n", f"    icone: crayon\n    sigle: '{mark}'\n")
    assert [f"{FILE}:24:12"] == [line.partition(" · ")[0] for line in told(site)]


def test_a_mark_belongs_to_its_fil(site: Site):
    """Accents are letters."""
    site.change(FILE, "    icone: crayon\n", "    icone: crayon\n    sigle: Éc2\n")
    assert ["Éc2", ""] == [f.mark for f in site.newsroom().fils[:2]]
