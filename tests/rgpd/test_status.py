"""Tests of rgpd/status.py: only what its author calls published is printed."""

import pytest

from gazette.rgpd.case import Case, Hold
from gazette.rgpd.status import status
from tests.samples import NOW, sample_entry, sample_newsroom


@pytest.mark.parametrize(("word", "holds"), [("publie", 0), ("brouillon", 1), ("relecture", 1)])
def test_a_text_waits_for_its_author(word: str, holds: int):
    """A draft or a text under review is held, and may be previewed."""
    answers = list(status(sample_entry(status=word), Case(sample_newsroom(), NOW, {})))
    assert [True] * holds == [isinstance(a, Hold) and a.may_preview for a in answers]


def test_an_unknown_status_is_no_permission():
    """What the rule does not know crashes, and the gate fails closed."""
    with pytest.raises(KeyError):
        list(status(sample_entry(status="fini"), Case(sample_newsroom(), NOW, {})))
