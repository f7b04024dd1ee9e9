"""Tests of upkeep.py: what grew old is told, and weeks of class without a tool."""

from datetime import date

import pytest

from gazette.compose.upkeep import upkeep
from gazette.model.body import Body
from gazette.model.entry import Entry
from gazette.model.figures import Coverage, Deployment
from tests.compose.newsstand import article, tool
from tests.samples import sample_newsroom


def told(entries: list[Entry], day: str = "2026-11-23") -> list[tuple[str, str]]:
    """Return the code and the words of each note."""
    return [(f.code, f.message) for f in upkeep(entries, sample_newsroom(), date.fromisoformat(day))]


@pytest.mark.parametrize(("checked", "expected"), [("2025-11-23", []), ("2025-11-22", ["OUT-01"])])
def test_a_sheet_is_checked_every_year(checked: str, expected: list[str]):
    """A year to the day is still a year."""
    shown = tool("a", date="2026-11-20", checked=date.fromisoformat(checked))
    to_come = tool("b", date="2026-12-04", checked=date.fromisoformat(checked))
    assert expected == [code for code, _ in told([shown, to_come]) if code == "OUT-01"]


def test_a_week_of_class_without_a_tool_is_told_up_to_the_next():
    """Those of holidays are not asked for; before the first sheet nothing is."""
    dates = ("2026-09-04", "2026-09-11", "2026-10-16", "2026-11-06", "2026-11-13")
    found = told([tool(f"t{n}", date=day) for n, day in enumerate(dates)])
    assert [("OUT-02", "7 semaine(s) de classe sans outil depuis la rentrée : 38, 39, 40, 41, 47, 48, 49")] == found


def test_a_scheduled_sheet_counts_for_its_week_and_a_draft_does_not():
    """What is written ahead is there; a draft may never be."""
    first = tool("un", date="2026-11-20")
    ahead = [tool("deux", date="2026-11-27"), tool("trois", date="2026-12-04")]
    assert [] == told([first, *ahead])
    draft = tool("trois", date="2026-12-04", status="brouillon")
    assert ["1 semaine(s) de classe sans outil depuis la rentrée : 49"] == [
        m for _, m in told([first, ahead[0], draft])
    ]


def test_many_weeks_are_told_by_the_last_ones():
    """A line that nobody reads to its end tells nothing."""
    message = told([tool("un", date="2026-09-04"), tool("deux", date="2026-09-11")], "2027-02-01")[0][1]
    assert (True, 8) == (": …, " in message, message.count(", "))


def test_a_circonscription_without_tools_is_told_nothing():
    """It keeps no series; one sheet alone begins none."""
    assert [] == [*told([article("une")]), *told([tool("un", date="2026-09-04")])]


@pytest.mark.parametrize(("day", "expected"), [("2025-11-23", []), ("2025-11-22", ["CHF-11"])])
def test_figures_are_counted_every_year(day: str, expected: list[str]):
    """The newest of the file decides."""
    rows = tuple(
        Coverage("commune", f"C{d}", date.fromisoformat(d), "ecoles", 1, 2, "", "", "relevé", "", 2)
        for d in ("2020-01-01", day)
    )
    file = article("deploiement", kind=Deployment, folder="donnees", rows=rows, date=None, body=Body())
    assert expected == [code for code, _ in told([file])]
