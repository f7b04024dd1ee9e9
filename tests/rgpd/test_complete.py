"""Tests of rgpd/complete.py: nine things, none left out."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.complete import complete
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(**facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in complete(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found]


def test_a_complete_one_is_lawful():
    """The neighbour of what is refused below."""
    assert [] == told()


@pytest.mark.parametrize(
    "fact",
    [
        {"rights": ()},
        {"place": ""},
        {"dates": ()},
        {"purpose": ""},
        {"supports": ()},
        {"territory": ""},
        {"is_free": None},
        {"is_free": False},
        {"contact": ""},
    ],
)
def test_each_thing_left_out_refuses(fact: dict[str, object]):
    """Whichever it is; the end is asked for when the record is read."""
    assert [("RGPD-12", "refus")] == told(**fact)


def test_what_shows_no_pupil_asks_for_nothing():
    """An adult's picture may name an incomplete one."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(place="")})
    entry = sample_entry(images=(sample_image(people="adultes", authorisation="AUT-1"),))
    assert [] == list(complete(entry, case))
