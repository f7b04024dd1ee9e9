"""Tests of rgpd/image_alt.py: every picture has a text alternative."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.image_alt import LENGTH_NOTE, image_alt
from tests.samples import CONTENT, NOW, Site, sample_entry, sample_image, sample_newsroom


@pytest.mark.parametrize(
    ("alt", "severities"),
    [
        ("Un triangle bleu", []),
        ("", []),
        (None, ["refus"]),
        ("dessin.png", ["refus"]),
        ("dessin", ["refus"]),
        ("Image", ["note"]),
        ("photo d’une classe", ["note"]),
        ("Illustration de l’article", ["note"]),
        ("Imagerie satellite de la vallée", []),
        ("x" * LENGTH_NOTE, []),
        ("x" * (LENGTH_NOTE + 1), ["note"]),
    ],
)
def test_an_alternative_says_what_is_seen(alt: str | None, severities: list[str]):
    """Missing or a file name refuses; too long, or saying only that it is a picture, is a note; empty is decorative."""
    entry = sample_entry(images=(sample_image(alt=alt),))
    found = list(image_alt(entry, Case(sample_newsroom(), NOW, {})))
    assert ([("RGPD-45", s) for s in severities]) == [(f.code, f.severity.label) for f in found]


def test_a_fault_is_told_at_the_line_of_its_own_picture(site: Site):
    """Of two, the second; at what is said of it, or at its file when that is not said."""
    folder = "actualites/2026-11-09-deux"
    for name in ("a.png", "b.png"):
        site.write(f"{folder}/{name}", (CONTENT / "actualites/2026-11-13-jardin/plan.png").read_bytes() + name.encode())
    head = "---\ntitre: Deux\ndate: 2026-11-09\nstatut: publie\nauteur: equipe\nresume: R.\nimages:\n"
    first = "  - {fichier: a.png, alt: Un dessin, personnes: aucune}\n  - fichier: b.png\n    personnes: aucune\n"
    for second, line in (("", 9), ("    alt: b.png\n", 11)):
        site.write(f"{folder}/index.md", f"{head}{first}{second}---\n\nTexte.\n")
        entry = next(e for e in site.read().entries if e.path == f"{folder}/index.md")
        assert [line] == [f.place.line for f in image_alt(entry, Case(sample_newsroom(), NOW, {}))]
