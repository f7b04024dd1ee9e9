"""Tests of rgpd/everyone_covered.py: as many forms as pupils, signed by both parents."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.everyone_covered import everyone_covered
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(**facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in everyone_covered(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found]


def test_everyone_is():
    """Twelve pupils, twelve forms, two signatures."""
    assert [] == told()


@pytest.mark.parametrize(
    "fact",
    [
        {"pupils": 13},
        {"forms": 11},
        {"pupils": None},
        {"forms": None},
        {"holders": None},
        {"holders": 1},
        {"holders": 0, "reason": "néant"},
    ],
)
def test_somebody_is_not(fact: dict[str, object]):
    """A number that does not match, or is not told."""
    assert [("RGPD-16", "refus")] == told(**fact)


def test_one_parent_with_a_reason_is_a_note():
    """As the académies differ on it."""
    assert [("RGPD-16", "note")] == told(holders=1, reason="autorité parentale exercée par un seul parent")
