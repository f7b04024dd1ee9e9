"""Contrast as WCAG counts it, and the nearest colour that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.colour import RATIO, Colour, colour, nearest, poorest

WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)
LIGHT = (Colour(251, 248, 241), Colour(255, 254, 251))
DARK = (Colour(19, 23, 38), Colour(27, 33, 53))
COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, two: str, expected: float):
    """Figures that every checker gives; the order does not matter."""
    first, second = colour(one), colour(two)
    assert first
    assert second
    assert (expected, expected) == (round(first.contrast(second), 2), round(second.contrast(first), 2))


@pytest.mark.parametrize("text", ["#12345", "bleu", "#12345g", "", "rgb(0,0,0)"])
def test_what_is_no_colour_is_none(text: str):
    """Six hexadecimal figures, with or without a sharp."""
    assert colour(text) is None


@given(COLOURS)
def test_the_nearest_can_always_be_read(ink: Colour):
    """On light papers and on dark ones; what can be read is left as it is."""
    for papers in (LIGHT, DARK):
        found = nearest(ink, papers)
        assert poorest(found, papers) >= RATIO
        assert found == nearest(found, papers)
        assert poorest(ink, papers) < RATIO or found == ink


def test_the_nearest_keeps_its_hue():
    """A yellow becomes a darker yellow, not a brown of another family."""
    assert "#816700" == str(nearest(Colour(255, 204, 0), LIGHT))
