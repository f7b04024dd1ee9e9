"""How a circonscription looks, chosen in ``circonscription.yml`` and nowhere else; what cannot be read is refused."""

import re
from pathlib import Path

import pytest
from PIL import Image as Pillow

from gazette.errors import ConfigurationError
from gazette.model.colour import RATIO, colour, poorest
from gazette.model.newsroom import Newsroom
from gazette.read import newsroom
from gazette.read.palette import palette
from tests.plain import files, print_plain
from tests.samples import ROOT, Site

THEME = ROOT / "themes" / "gazette"


def chosen(site: Site, lines: str) -> Newsroom:
    """Return the circonscription with an identity."""
    site.change("circonscription.yml", "zone: A", f"zone: A\nidentite:\n{lines}")
    return newsroom(site.content, THEME)


def draw(path: Path) -> None:
    """Draw a logo."""
    Pillow.new("RGB", (300, 120), "#a03a12").save(path)


def test_a_colour_that_can_be_read_is_taken_with_its_twin_for_the_dark(site: Site):
    """Both have contrast enough on the theme's papers."""
    accent = chosen(site, '  couleur: "#0B5E7A"\n').identity.accent
    known = palette(THEME)
    assert accent
    dark = colour(accent.dark)
    assert dark
    assert ("0b5e7a", "#0b5e7a", True) == (accent.name, accent.light, poorest(dark, known.dark_papers) >= RATIO)


@pytest.mark.parametrize("key", ["identite", "fil"])
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(site: Site, key: str):
    """For the circonscription and for a fil; the suggestion is taken."""
    if key == "fil":
        site.change("circonscription.yml", "couleur: petrole", 'couleur: "#ffcc00"')
    else:
        site.change("circonscription.yml", "zone: A", 'zone: A\nidentite:\n  couleur: "#ffcc00"\n')
    with pytest.raises(ConfigurationError, match=r"« #ffcc00 » se lit mal \(contraste de 1,\d") as caught:
        newsroom(site.content, THEME)
    found = re.search(r"prenez « (#[0-9a-f]{6}) »", str(caught.value))
    assert found
    site.change("circonscription.yml", "#ffcc00", found[1])
    newsroom(site.content, THEME)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("  couleur: rouge\n", 'entre guillemets : couleur: "#0b5e7a"'),
        ('  couleur: "#777"\n', "six chiffres ou lettres"),
        ("  couleur: #0b5e7a\n", "couleur: est resté vide · écrivez-la entre guillemets"),
        ("  logo:\n", "logo: est resté vide · complétez cette ligne"),
        ("  logo: logo.png\n", "il manque son texte"),
        ("  logo: absent.png\n  logo_alternative: Valbrune\n", "introuvable"),
        ("  logo: ../logo.png\n  logo_alternative: Valbrune\n", "introuvable"),
        ("  police: Comic\n", "police"),
    ],
)
def test_what_is_wrong_is_told(site: Site, lines: str, said: str):
    """Each stops before anything is read."""
    draw(site.content / "logo.png")
    draw(site.content.parent / "logo.png")
    with pytest.raises(ConfigurationError, match=said):
        chosen(site, lines)


def test_the_identity_is_printed_in_every_edition(site: Site):
    """The logo without what it held beside its pixels, under a keyed name, and the colours as a style sheet."""
    draw(site.content / "logo.png")
    site.change(
        "circonscription.yml",
        "zone: A",
        'zone: A\nidentite:\n  couleur: "#0b5e7a"\n  logo: logo.png\n  logo_alternative: Le pont de Valbrune\n',
    )
    site.change("circonscription.yml", "couleur: petrole", 'couleur: "#a03a12"')
    report = print_plain(site, settings=ROOT / "pelicanconf.py")
    assert not report.is_closed, [f.message for f in report.findings]
    made = files(site.output)
    page = made["public/index.html"].decode()
    styles = made["directeurs/theme/identite.css"].decode()
    source = re.search(r'class="logo".*?src="(media/[0-9a-f]{24}-300\.jpg)"', page, re.DOTALL)
    assert source
    assert (True, True, True, True, True) == (
        'alt="Le pont de Valbrune"' in page,
        f"public/{source[1]}" in made,
        'href="theme/identite.css"' in page,
        ":root { --accent: #0b5e7a }" in styles,
        ".couleur-a03a12 { --c: #a03a12 }" in styles and 'class="fil couleur-a03a12"' in page,
    )


def test_a_logo_that_is_no_picture_stops_the_build(site: Site):
    """It is told, not left out."""
    (site.content / "logo.png").write_bytes(b"pas une image")
    lines = "zone: A\nidentite:\n  logo: logo.png\n  logo_alternative: Valbrune\n"
    site.change("circonscription.yml", "zone: A", lines)
    with pytest.raises(ConfigurationError, match="identite, logo"):
        print_plain(site)
