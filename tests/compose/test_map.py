"""Tests of map.py: whatever the places, nothing that is drawn hides anything else that is."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from gazette.compose.map import GAP, MANY, RADIUS, WIDTH, school_map
from gazette.compose.views.ecoles import SchoolCard
from tests.compose.newsstand import school

NAMES = ("Clairval", "Saint-Germain-de-la-Rivière-en-Montagne", "Œy", "MMMMMMMM WWWWWW", "Illiers-lès-Illils")


def cards(places: list[tuple[float, float, str]]) -> list[SchoolCard]:
    """Return schools of the directory at these places, in these towns."""
    return [
        SchoolCard(school(f"{n:07}A", latitude=str(lat), longitude=str(lon), town=town), f"ecoles/{n}/", n)
        for n, (lat, lon, town) in enumerate(places, 1)
    ]


def drawing(places: list[tuple[float, float, str]]) -> str:
    """Return the markers and the names as the theme draws them, to be measured."""
    found = school_map(cards(places))
    assert found
    marks = "".join(f'<circle cx="{p.x}" cy="{p.y}" r="{RADIUS}"/>' for p in found.places)
    names = "".join(
        f'<text x="{t.x}" y="{t.y}" dy=".35em" text-anchor="{t.anchor}" font-size="11">{t.name}</text>'
        for t in found.towns
    )
    return (
        f'<svg width="{found.width}" height="{found.height}" style="font: italic 16px sans-serif">{marks}{names}</svg>'
    )


@given(
    st.lists(
        st.tuples(
            st.floats(46.5, 46.8).map(lambda x: round(x, 4)),
            st.floats(-6.6, -6.3).map(lambda x: round(x, 4)),
            st.sampled_from(NAMES),
        ),
        min_size=2,
        max_size=60,
    )
)
def test_markers_stand_apart_within_the_paper(places: list[tuple[float, float, str]]):
    """Sixty schools, some in one street: each has its marker, whole, and its true place is known."""
    found = school_map(cards(places))
    assert found
    assert len(places) == len(found.places)
    for one, other in combinations(found.places, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= 2 * RADIUS + GAP - 0.2
    for place in found.places:
        assert RADIUS <= place.x <= WIDTH - RADIUS
        assert RADIUS <= place.y <= found.height - RADIUS


@pytest.mark.parametrize("places", [[], [(46.5, -6.5, "Clairval")], [(46.5, -6.5, "Clairval")] * (MANY + 1)])
def test_no_map_is_drawn_of_too_few_places_or_too_many(places: list[tuple[float, float, str]]):
    """The list stands alone then."""
    assert school_map(cards(places)) is None


def test_the_north_is_up_and_the_east_on_the_right():
    """As on any map."""
    found = school_map(cards([(46.7, -6.5, "Nord"), (46.5, -6.3, "Sud-Est")]))
    assert found
    north, south = found.places
    assert (True, True) == (north.y < south.y, north.x < south.x)


def test_a_square_is_as_wide_as_it_says():
    """Two schools eleven kilometres apart stand that many squares apart."""
    found = school_map(cards([(46.5, -6.5, "A"), (46.6, -6.5, "B")]))
    assert found
    north, south = sorted(found.places, key=lambda p: p.y)
    assert 11.12 == pytest.approx((south.point_y - north.point_y) / found.square * found.kilometres, abs=0.1)


@pytest.mark.parametrize("count", [2, 6, 20, 60])
def test_names_overlap_nothing_in_a_browser(browser: Browser, count: int):
    """Measured by the browser: no name meets another, a marker, or the edge."""
    places = [(46.5 + (n * 37 % 61) / 250, -6.5 + (n * 23 % 59) / 250, NAMES[n % len(NAMES)]) for n in range(count)]
    page = browser.new_page()
    page.set_content(drawing(places))
    boxes = page.evaluate("""() => [...document.querySelectorAll('text, circle')].map(one => {
        const b = one.getBBox(); return [one.tagName, b.x, b.y, b.x + b.width, b.y + b.height] })""")
    page.close()
    met = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if "text" in (one[0], other[0])
        and one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]  # fmt: skip
    assert [] == met
    assert all(b[1] >= 0 and b[3] <= WIDTH for b in boxes)
