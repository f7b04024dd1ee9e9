"""Tests of rgpd/pupil_agreed.py: the child had a say."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.pupil_agreed import pupil_agreed
from tests.samples import NOW, sample_authorisation, sample_entry, sample_image, sample_newsroom

PICTURE = sample_image(people="eleves", authorisation="AUT-1")


def told(**facts: object) -> list[tuple[str, str]]:
    """Return code and severity of what is found in an entry that shows pupils."""
    case = Case(sample_newsroom(), NOW, {}, {"AUT-1": sample_authorisation(**facts)})
    found = [getattr(a, "finding", a) for a in pupil_agreed(sample_entry(images=(PICTURE,)), case)]
    return [(f.code, f.severity.label) for f in found]


@pytest.mark.parametrize(
    ("agreed", "expected"), [(True, []), (False, [("RGPD-17", "note")]), (None, [("RGPD-17", "note")])]
)
def test_it_is_told(agreed: bool | None, expected: list[tuple[str, str]]):
    """A note when it is not."""
    assert expected == told(pupil_agreed=agreed)
