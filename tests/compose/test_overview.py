"""The overview of a year: the same happenings as its list, each at its days, none on another."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gazette.compose.views.overview import Overview
from tests.compose.newsstand import article, event, happening, view, window

PATH = "frise/2026-2027/index.html"
DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 31))
CALENDARS = st.lists(st.tuples(DAYS, st.integers(0, 400), st.sampled_from(((), ("projets",), ("actualites",)))))


def drawn(found: Overview) -> list[tuple[str, date]]:
    """Return what is drawn, in its order."""
    return [(mark.id, mark.start) for mark in found.marks]


@given(CALENDARS)
def test_the_list_and_the_overview_carry_the_same_events(calendar: list[tuple[date, int, tuple[str, ...]]]):
    """On random calendars, on the page of everything and on that of a fil: as many, the same, in one order."""
    entries = [
        happening(f"e{n}", str(day), str(date.fromordinal(day.toordinal() + more)), lanes=lanes)
        for n, (day, more, lanes) in enumerate(calendar)
    ]
    for path in (PATH, "frise/2026-2027/projets/index.html"):
        page = view("public", path, entries)
        told = [(h.id, h.start.day) for p in page.periods for m in p.months for d in m.days for h in d.happenings]
        assert told == drawn(page.overview)
    assert len(calendar) == len(view("public", PATH, entries).overview.marks)


@given(CALENDARS)
def test_no_mark_covers_another(calendar: list[tuple[date, int, tuple[str, ...]]]):
    """Two marks of a row have their own days, and each row is of one track."""
    entries = [
        happening(f"e{n}", str(day), str(date.fromordinal(day.toordinal() + more)), lanes=lanes)
        for n, (day, more, lanes) in enumerate(calendar)
    ]
    found = view("public", PATH, entries).overview
    rows: dict[int, list[tuple[date, date]]] = {}
    for mark in found.marks:
        rows.setdefault(mark.row, []).append((mark.start, mark.end))
    covered = [
        (one, other)
        for spans in rows.values()
        for one, other in zip(sorted(spans), sorted(spans)[1:], strict=False)
        if other[0] <= one[1]
    ]
    astray = [
        mark
        for mark in found.marks
        for track in [found.tracks[mark.track]]
        if not track.row <= mark.row < track.row + track.rows or not found.start <= mark.start <= mark.end <= found.end
    ]
    assert ([], []) == (covered, astray)


def test_a_mark_stands_in_the_track_of_its_fil():
    """What no fil announces has a track of its own, the last, which is not drawn for nothing."""
    entries = [happening("cross", "2026-11-24", lanes=("projets",)), article("une", events=(event("x", "2026-11-25"),))]
    found = view("public", PATH, entries).overview
    orphan = view("public", PATH, [*entries, happening("pont", "2027-05-07")]).overview
    expected = {"e-evenements-cross": "projets", "e-x": "actualites"}
    named = {m.id: f.name for m in found.marks if (f := found.tracks[m.track].fil)}
    assert (expected, None, len(found.tracks) + 1) == (named, orphan.tracks[-1].fil, len(orphan.tracks))


def test_a_window_is_as_long_as_it_is_open():
    """Until its last day, or that of the year."""
    entries = [
        article("une", windows=(window("a", "2026-11-20", "2026-12-04"), window("b", "2027-07-20", "2027-09-01")))
    ]
    found = view("public", PATH, entries).overview.marks
    assert [date(2026, 12, 4), date(2027, 7, 31)] == [mark.end for mark in found]


def test_an_evening_until_midnight_is_of_one_day():
    """The day after begins where it ends."""
    entries = [article("nuit", events=(event("e", "2026-12-08 20:00", "2026-12-09 00:00"),))]
    (mark,) = view("public", "frise/2026-2027/index.html", entries).overview.marks
    assert (date(2026, 12, 8), date(2026, 12, 8)) == (mark.start, mark.end)


def test_holidays_are_bands():
    """Those of the zone, within the year that is drawn."""
    bands = view("public", PATH, []).overview.bands
    expected = ["Vacances de la Toussaint", "Vacances de Noël", "Vacances d'hiver", "Vacances de printemps"]
    assert (expected, date(2027, 7, 31)) == ([b.title for b in bands][:4], bands[-1].end)


def test_the_drawing_begins_with_what_comes_first():
    """In September, or earlier for what takes place in August; months are whole."""
    months = [
        view("public", PATH, entries).overview.months for entries in ([], [happening("pre-rentree", "2026-08-28")])
    ]
    assert [(date(2026, 9, 1), 11), (date(2026, 8, 1), 12)] == [(found[0], len(found)) for found in months]
