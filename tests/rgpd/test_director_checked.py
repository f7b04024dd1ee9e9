"""Tests of rgpd/director_checked.py: verified at each rentrée."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from gazette.model.moment import PARIS
from gazette.rgpd.case import Case
from gazette.rgpd.director_checked import director_checked
from tests.samples import NOW, sample_newsroom


def told(checked: date | None, now: datetime = NOW, *, is_production: bool = False) -> list[tuple[str, str]]:
    """Return code and severity of what is found."""
    newsroom = sample_newsroom()
    newsroom = replace(newsroom, legal=replace(newsroom.legal, director_checked=checked))
    case = Case(newsroom, now, {}, is_production=is_production)
    return [(f.code, f.severity.label) for f in director_checked(case)]


@pytest.mark.parametrize("checked", [date(2026, 9, 1), date(2026, 11, 2)])
def test_since_the_rentree(checked: date):
    """Nothing to tell."""
    assert [] == told(checked)


@pytest.mark.parametrize("checked", [None, date(2026, 8, 31), date(2025, 9, 1)])
def test_before_it_or_never(checked: date | None):
    """A note, in a publication too."""
    assert ([("RGPD-04", "note")], [("RGPD-04", "note")]) == (told(checked), told(checked, is_production=True))


def test_in_august_last_year_s_still_holds():
    """The rentrée has not come."""
    assert [] == told(date(2026, 9, 1), datetime(2027, 8, 31, 12, tzinfo=PARIS))
