"""Tests of rgpd/declared.py: every picture is declared, and says who is in it."""

import pytest

from gazette.model.body import Body, Reference
from gazette.model.media import Image
from gazette.rgpd.case import Case
from gazette.rgpd.declared import declared
from tests.samples import NOW, sample_entry, sample_image, sample_newsroom


def told(target: str, *images: Image) -> list[tuple[str, int]]:
    """Return code and line of what is told of an entry whose text shows a picture."""
    body = Body(
        "", references=(Reference("image", target, line=9), Reference("file", "plan.pdf"), Reference("entry", "b.md"))
    )
    entry = sample_entry(body=body, images=images)
    return [(f.code, f.place.line) for f in declared(entry, Case(sample_newsroom(), NOW, {}))]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("dessin.png", []),
        ("autre.png", [("RGPD-11", 9)]),
        ("Dessin.png", [("RGPD-11", 9)]),
        ("../actualites/dessin.png", [("RGPD-11", 9)]),
    ],
)
def test_a_picture_shown_is_declared(target: str, expected: list[tuple[str, int]]):
    """Whatever the text shows stands in ``images:``, under the same name."""
    assert expected == told(target, sample_image())


@pytest.mark.parametrize(
    ("people", "codes"),
    [("aucune", 0), ("non_identifiables", 0), ("adultes", 0), ("eleves", 0), ("", 1)],
)
def test_who_is_on_it_is_told(people: str, codes: int):
    """Silence is not « aucune »."""
    assert codes == len(told("dessin.png", sample_image(people=people)))


@pytest.mark.parametrize("target", ["Dessin.png", "dessin.PNG", "dessin.jpg", "desin.png"])
def test_the_name_that_was_meant_is_told(target: str):
    """A slip of capitals, extension or letters leads to the name under which the picture is declared."""
    body = Body("", references=(Reference("image", target, line=9),))
    entry = sample_entry(body=body, images=(sample_image(),))
    remedies = [f.remedy for f in declared(entry, Case(sample_newsroom(), NOW, {}))]
    assert ["vouliez-vous dire « dessin.png » ? Les majuscules et l'extension comptent"] == remedies
