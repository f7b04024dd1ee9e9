"""Tests of rgpd/image_alt.py: every picture has a text alternative."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.image_alt import LENGTH_NOTE, image_alt
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom


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
