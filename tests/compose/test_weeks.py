"""« La semaine »: what a week of class tells, and what it never tells."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.compose.school_time import has_class
from gazette.compose.weeks import latest, span, told
from gazette.model.entry import Entry
from gazette.model.media import Measure
from gazette.model.moment import PARIS
from gazette.model.week import Week
from tests.compose.newsstand import NAMES, article, at, audience, deadline, desk, edition, sheets, tool, view, window
from tests.compose.test_stage import SITES

MEASURES = {f"i{n}": Measure(500 + n, 300) for n in range(3)}
AUTUMN = ["S36", "S37", "S38", "S39", "S40", "S41", "S42", "S45", "S46", "S47", "S48"]
"""The weeks of class to 2026-11-23, in zone A: two weeks of holidays."""


def page(label: str, entries: list, day: str = "2026-11-23", name: str = "public"):
    """Return the view of a week, on a day."""
    return view(name, f"semaine/{label}/index.html", entries, at(day))


def titles(label: str, entries: list, day: str = "2026-11-23") -> list[str]:
    """Return the names of what a week says was published."""
    return [c.title.removeprefix("Titre ") for lane in page(label, entries, day).lanes for c in lane.cards]


def printed(entries: list, day: str = "2026-11-23", name: str = "public") -> list[str]:
    """Return the weeks that have a page."""
    return [path.split("/")[1] for path in sheets(name, entries, at(day)) if path.startswith("semaine/")]


def test_every_week_of_class_of_the_year_has_a_page_to_the_current_one():
    """Holidays have none; a week without anything has."""
    assert [f"2026-{week}" for week in AUTUMN] == printed([])


def test_the_current_week_has_its_page_from_monday():
    """And not on the Sunday before."""
    assert ["2026-S47", "2026-S48"] == [printed([], day)[-1] for day in ("2026-11-22", "2026-11-23")]


@pytest.mark.parametrize("day", ["2026-12-21", "2026-12-27", "2027-01-03"])
def test_a_week_of_holidays_has_no_page(day: str):
    """The last one of class stays the one that is linked."""
    found = latest(desk("public", [], at(day)))
    assert ("2026-S51", "semaine/2026-S51/") == (printed([], day)[-1], found and found.href)


def test_a_blank_week_is_not_the_one_that_is_linked():
    """On a Monday morning, the home page leads to what was said last, not to a page without a word."""
    monday = at("2026-11-23")
    before, now = article("a", date="2026-11-17"), article("b", date="2026-11-23")
    found = [latest(desk("public", entries, monday)) for entries in ([before], [before, now])]
    assert ["semaine/2026-S47/", "semaine/2026-S48/"] == [week and week.href for week in found]


def test_before_the_first_week_of_all_there_is_no_link():
    """In August, a new circonscription has told nothing yet."""
    assert (None, []) == (latest(desk("public", [], at("2026-08-10"))), printed([], "2026-08-10"))


def test_former_years_are_told_as_long_as_each_has_an_entry():
    """In a row: one stray old entry does not open twenty years."""
    entries = [article("a", date="2003-11-04"), article("b", date="2026-06-11"), article("c", date="2026-09-14")]
    assert ["2026-S24", "2026-S25", "2026-S26", "2026-S27", *(f"2026-{week}" for week in AUTUMN)] == printed(entries)


@pytest.mark.parametrize(
    ("first", "week"), [("2026-11-10", "2026-S46"), ("2026-10-28", "2026-S45"), ("2026-08-20", "2026-S36")]
)
def test_weeks_begin_with_the_first_entry(first: str, week: str):
    """No week is told from before there was a site; an entry of the holidays is told by the week that ends them."""
    entries = [article("a", date="2026-11-17"), article("b", date=first)]
    found = printed(entries)
    assert (week, ["b"]) == (found[0], titles(week, entries)[-1:])


def test_a_week_tells_what_was_published_in_it():
    """From Monday to Sunday, by fil."""
    days = ["2026-11-08", "2026-11-09", "2026-11-15", "2026-11-16"]
    assert ["2026-11-15", "2026-11-09"] == titles("2026-S46", [article(d, date=d) for d in days])


def test_what_holidays_published_is_told_by_the_week_that_ends_them():
    """Nothing is lost, and the page says so."""
    entries = [article(d, date=d) for d in ("2026-10-18", "2026-10-19", "2026-10-30", "2026-11-03")]
    found = {label: titles(label, entries) for label in ("2026-S42", "2026-S45")}
    says = [page("2026-S45", rows).has_holidays for rows in (entries[:1], entries, entries[3:])]
    assert (
        {"2026-S42": ["2026-10-18"], "2026-S45": ["2026-11-03", "2026-10-30", "2026-10-19"]},
        [False, True, False],
    ) == (
        found,
        says,
    )


def test_the_tool_of_the_week_stands_apart():
    """The newest; another one of the same week stands in its fil."""
    entries = [tool("mur", date="2026-11-13"), tool("son", date="2026-11-10"), article("une", date="2026-11-10")]
    found = page("2026-S46", entries)
    assert ("Titre mur", ["une", "son"], None) == (
        found.tool.card.title,
        titles("2026-S46", entries),
        page("2026-S47", entries).tool,
    )


def test_a_week_tells_what_is_due_in_the_next():
    """Deadlines and ends of windows, by date."""
    dues = (deadline("b", "2026-11-20"), deadline("x", "2026-11-15"), deadline("y", "2026-11-23"))
    entries = [article("une", date="2026-09-15", deadlines=dues, windows=(window("a", "2026-10-01", "2026-11-16"),))]
    found = page("2026-S46", entries)
    assert ("À faire la semaine suivante", ["a", "b"]) == (found.due_title, [d.label for d in found.due])


def test_the_last_week_before_holidays_tells_what_is_due_until_the_first_one_after():
    """Nothing falls between two weeks."""
    days = ("2026-10-18", "2026-10-20", "2026-11-02", "2026-11-08", "2026-11-09")
    entries = [article("une", date="2026-09-15", deadlines=tuple(deadline(day, day) for day in days))]
    found = page("2026-S42", entries)
    assert ("À faire d’ici au vendredi 6 novembre 2026", list(days[1:4])) == (
        found.due_title,
        [d.label for d in found.due],
    )


def test_a_deadline_that_is_announced_too_late_does_not_rewrite_a_week():
    """The entry is told by its own week."""
    late = article("une", date="2026-11-17", deadlines=(deadline("Rendre", "2026-11-19"),))
    entries = [article("rentree", date="2026-09-02"), late]
    assert ((), ["une"]) == (page("2026-S46", entries).due, titles("2026-S47", entries))


def test_weeks_lead_to_their_neighbours_over_holidays():
    """The first and the last of all have one neighbour."""
    found = [page(label, []) for label in ("2026-S36", "2026-S42", "2026-S48")]
    hrefs = [(v.previous and v.previous.href, v.next and v.next.href) for v in found]
    expected = [(None, "S37"), ("S41", "S45"), ("S47", None)]
    assert [tuple(w and f"semaine/2026-{w}/" for w in pair) for pair in expected] == hrefs


def test_only_the_current_week_says_that_it_goes_on():
    """To its Sunday."""
    said = [page("2026-S47", [], day).is_current for day in ("2026-11-16", "2026-11-22", "2026-11-23")]
    assert [True, True, False] == said


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2026-S47", "du 16 au 20 novembre 2026"),
        ("2026-S49", "du 30 novembre au 4 décembre 2026"),
        ("2026-S53", "du 28 décembre 2026 au 1er janvier 2027"),
        ("2027-S05", "du 1er au 5 février 2027"),
    ],
)
def test_a_week_is_called_by_its_days_of_class(label: str, expected: str):
    """Monday to Friday, as one says it."""
    week = Week.named(label)
    assert week
    assert expected == span(week).replace("\u00a0", " ")


def test_home_map_and_accessibility_sample_lead_to_the_current_week():
    """In each edition, to its own."""
    for name in NAMES:
        made = sheets(name, [])
        home = made["index.html"].view.week.href
        plan = dict(made["plan-du-site/index.html"].view.groups)["La semaine"][0].href
        sample = [link.href for link in made["accessibilite/index.html"].view.pages]
        assert ("semaine/2026-S48/", "semaine/2026-S48/", True) == (home, plan, home in sample)


@given(st.dates(date(2018, 9, 1), date(2045, 8, 31)))
def test_any_day_has_its_weeks(day: date):
    """Past the official dates' horizon too: weeks of class, in order, none of them to come."""
    here = desk("public", [], datetime(day.year, day.month, day.day, 12, tzinfo=PARIS))
    found = told(here)
    assert (sorted(found), True, True) == (
        list(found),
        all(has_class(week, "A") for week in found),
        not found or found[-1].monday <= day,
    )


def lived(entries: list[Entry], now: datetime, name: str = "public") -> dict[str, Any]:
    """Return the weeks' pages on a day, of what was published by then; what is due, whether it is over or not."""
    known = [e for e in entries if e.date is None or e.date.instant <= now]
    sheets = (s for s in edition(name, known, now, MEASURES).sheets if s.path.startswith("semaine/"))
    return {s.path: replace(s.view, due=tuple(replace(d, is_over=False) for d in s.view.due)) for s in sheets}


@given(SITES, st.integers(0, 200), st.integers(1, 200))
@example([article("a", date="2026-09-01", windows=(window("Saisir", "2026-11-20", "2027-01-18"),))], 133, 1)
def test_a_week_that_is_over_does_not_change(entries: list[Entry], first: int, more: int):
    """Whatever is published later: the last one alone gains the link to the next; what was due says when it is over."""
    entries = [*entries, article("rentree", date="2026-09-02")]  # a year without any entry is told no more in the next
    start = at("2026-09-07") + timedelta(first)
    before, after = lived(entries, start, "directeurs"), lived(entries, start + timedelta(more), "directeurs")
    over = sorted(before)[:-1]
    assert {path: before[path] for path in over} == {path: after.get(path) for path in over}


@given(SITES)
def test_nothing_restricted_shows_in_a_more_open_week(entries: list[Entry]):
    """Pages and feed of weeks are the same with and without what their audience may not read (oracle O1)."""
    for name in NAMES[:2]:
        readable = [e for e in entries if audience(name).may_read(e.audience)]
        both = [
            {s.path: s.digest for s in edition(name, given, measures=MEASURES).sheets if "semaine" in s.path}
            for given in (entries, readable)
        ]
        assert both[1] == both[0]
        assert both[0]
