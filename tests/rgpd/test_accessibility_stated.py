"""Tests of rgpd/accessibility_stated.py: an audit behind the mention, three years behind the statement."""

from dataclasses import replace
from datetime import date

import pytest

from gazette.rgpd.accessibility_stated import accessibility_stated
from gazette.rgpd.case import Case
from tests.samples import NOW, sample_newsroom


def told(state: str, stated: date | None) -> list[tuple[str, str, str]]:
    """Return code and gravity of what is found, in a build then in a publication."""
    newsroom = sample_newsroom()
    legal = replace(newsroom.legal, accessibility_state=state, accessibility_date=stated)
    cases = [
        Case(replace(newsroom, legal=legal), NOW, {}, is_production=is_production) for is_production in (False, True)
    ]
    build, publication = ([(f.code, f.severity.label) for f in accessibility_stated(case)] for case in cases)
    return [(code, gravity, publication[rank][1]) for rank, (code, gravity) in enumerate(build)]


@pytest.mark.parametrize("state", ["non", "partiellement", "totalement"])
def test_a_recent_statement(state: str):
    """To the last day of its three years."""
    assert ([], []) == (told(state, date(2026, 9, 1)), told(state, date(2023, 11, 24)))


@pytest.mark.parametrize(
    ("state", "stated", "expected"),
    [
        ("partiellement", None, ("RGPD-41", "note", "arret")),
        ("totalement", None, ("RGPD-41", "note", "arret")),
        ("non", None, ("RGPD-42", "note", "note")),
        ("non", date(2023, 9, 1), ("RGPD-42", "note", "arret")),
        ("totalement", date(2020, 2, 29), ("RGPD-42", "note", "arret")),
    ],
)
def test_a_claim_without_audit_and_an_old_statement(state: str, stated: date | None, expected: tuple[str, str, str]):
    """A note while one writes, and nothing is published."""
    assert [expected] == told(state, stated)
