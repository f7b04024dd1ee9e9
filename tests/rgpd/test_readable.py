"""Tests of rgpd/readable.py: what cannot be decoded is no picture."""

import pytest

from gazette.model.media import Measure
from gazette.rgpd.case import Case
from gazette.rgpd.readable import readable
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom


@pytest.mark.parametrize(
    ("digest", "measures", "message"),
    [
        ("i1", {"i1": Measure(640, 400)}, None),
        ("", {}, "image « dessin.png » introuvable"),
        ("i1", {}, "image « dessin.png » illisible"),
        ("i1", {"i1": Measure(0, 0, "trop grande")}, "image « dessin.png » trop grande"),
    ],
)
def test_a_picture_has_pixels(digest: str, measures: dict[str, Measure], message: str | None):
    """Absent, not measured or measured with a fault: the entry is refused."""
    entry = sample_entry(images=(sample_image(digest=digest),))
    found = list(readable(entry, Case(sample_newsroom(), NOW, measures)))
    expected = [("RGPD-25", "refus", message)] if message else []
    assert expected == [(f.code, f.severity.label, f.message) for f in found]
