"""What authors are told of the dates they wrote."""

from datetime import date, datetime
from typing import Any

import pytest

from gazette.check import Clock, check
from gazette.compose.dates import date_findings, far_off
from gazette.compose.school_time import holidays, horizon, is_school_day, school_day_before
from gazette.model.cleared import Cleared
from gazette.model.entry import Evenement
from gazette.model.moment import PARIS
from gazette.read import newsroom
from gazette.read.stage import read
from gazette.state import State, state_folder
from tests.compose.newsstand import article, at, deadline, desk, event, happening, linked, sheets, view, window
from tests.samples import NOW, ROOT, Shelf, Site, sample_newsroom

TODAY = NOW.date()


def told(*entries: Any, today: date = TODAY) -> list[str]:  # noqa: ANN401  # entries
    """Return the code of each finding."""
    return [f.code for f in findings(*entries, today=today)]


def findings(*entries: Any, today: date = TODAY) -> list[Any]:  # noqa: ANN401  # entries
    """Return what authors are told."""
    return list(date_findings([Cleared(e) for e in entries], sample_newsroom(), today))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-24", "", []),
        ("2026-11-28 10:00", "", ["AGD-01"]),  # a Saturday
        ("2026-12-22", "", ["AGD-01"]),  # Noël
        ("2027-03-29", "", ["AGD-01"]),  # lundi de Pâques
        ("2027-05-07", "", ["AGD-01"]),  # pont de l'Ascension
        ("2026-12-07", "2027-01-08", []),  # spans the holidays
        ("2026-12-07", "2027-01-02", ["AGD-01"]),  # ends in them
        ("2026-11-14", "", []),  # past
    ],
)
def test_an_event_on_a_day_without_school_is_told(start: str, end: str, expected: list[str]):
    """Once, unless it is past; several days may span what they span."""
    assert expected == told(happening("une", start, end))
    assert expected == told(article("une", events=(event("e", start, end),)))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-24", "2026-11-24 16:00", ["AGD-09"]),
        ("2026-11-24", "2026-11-26 16:00", ["AGD-09"]),
        ("2026-11-24 14:00", "2026-11-24 16:00", []),
        ("2026-11-24 14:00", "2026-11-26", []),
    ],
)
def test_an_hour_at_the_end_alone_is_told(start: str, end: str, expected: list[str]):
    """The event takes whole days: nobody would see at what hour it ends."""
    assert expected == told(happening("une", start, end))


def test_what_is_meant_or_cancelled_is_not_told():
    """``hors_classe: oui``: the 11th of November is no day of school."""
    events = [event("a", "2026-12-22", is_off_class=True), event("b", "2026-12-22", state="annule")]
    assert [] == told(article("une", events=tuple(events)))


def test_a_deadline_on_a_day_off_is_told_with_the_day_before():
    """Nobody is at school to do it; a window may end when it likes."""
    entry = article(
        "une", deadlines=(deadline("Rendre", "2026-11-29"),), windows=(window("w", "2026-11-23", "2026-11-29"),)
    )
    found = [(f.code, f.message, f.remedy) for f in findings(entry)]
    message = "échéance un jour sans classe, le dimanche 29 novembre 2026"
    assert [("AGD-01", message, "avancez-la au vendredi 27 novembre 2026")] == found


def test_an_event_without_an_id_is_told_while_it_may_move():
    """It has its entry's id and its rank: another order, another event."""
    bare = event("actualites/une/1", "2026-11-24")
    entries = [article("une", events=(bare,)), article("deux", events=(event("actualites/deux/1", "2026-11-02"),))]
    (found,) = findings(*entries)
    assert ("AGD-02", "actualites/une.md") == (found.code, found.place.file)
    assert "id: une-2026-11-24" in found.remedy


def test_an_event_of_its_own_has_its_entry_s_id():
    """What its file lists besides asks for one."""
    own, other = event("evenements/une", "2026-11-24"), event("evenements/une/1", "2026-11-25")
    assert [] == told(article("une", kind=Evenement, folder="evenements", events=(own,)))
    assert ["AGD-02"] == told(article("une", kind=Evenement, folder="evenements", events=(own, other)))


def test_two_events_under_one_id_are_told_and_shown_once():
    """The more open tells it, in the lanes of both; ids that give one anchor are one."""
    first = article("une", events=(event("Cross 2026", "2026-11-24"),))
    second = article("deux", folder="projets", events=(event("cross-2026", "2026-11-26"),))
    found = [
        (f.code, f.place.file, "actualites/une.md" in f.message, "diffèrent" in f.message)
        for f in findings(first, second)
    ]
    periods = view("public", "frise/2026-2027/index.html", [first, second]).periods
    shown = [h for p in periods for m in p.months for d in m.days for h in d.happenings]
    assert [("AGD-03", "projets/deux.md", True, True)] == found
    assert [("Titre une", ["actualites", "projets"])] == [(h.title, [f.name for f in h.fils]) for h in shown]


def test_a_restricted_entry_never_tells_an_event_that_a_more_open_one_tells():
    """Whatever the names of their files."""
    restricted = article("aaa", folder="directeurs", audience="directeurs", events=(event("cross", "2026-11-26"),))
    public = article("zzz", events=(event("cross", "2026-11-24"),))
    for edition in ("public", "directeurs"):
        calendar = view(edition, "frise/frise.ics", [restricted, public])
        assert [("Titre zzz", "public")] == [(o.title, o.audience) for o in calendar.occasions]


def test_an_hour_that_clocks_skip_is_told_and_shown_as_they_show_it():
    """On the frise and in calendars, 2:30 of that night is 3:30; what it overtakes has no end."""
    night = event("n", "2027-03-28 02:30", "2027-03-28 04:00", is_off_class=True)
    short = event("s", "2027-03-28 02:30", "2027-03-28 03:15", is_off_class=True)
    entry = article("une", events=(night, short), deadlines=(deadline("Rendre", "2027-03-28 02:00"),))
    found = [(f.code, f.message) for f in findings(entry) if f.code != "AGD-01"]
    told_ = "le dimanche 28 mars 2027 à {}, qui n’existe pas (heure d’été) : montré à {}"
    half, sharp = (("2\xa0h\xa030", "3\xa0h\xa030"), ("2\xa0h", "3\xa0h"))
    expected = [
        ("AGD-06", f"événement n° 1 {told_.format(*half)}"),
        ("AGD-06", f"événement n° 2 {told_.format(*half)}"),
        ("AGD-06", f"échéance {told_.format(*sharp)}"),
    ]
    assert expected == found
    made = sheets("public", [entry])
    periods = made["frise/2026-2027/index.html"].view.periods
    shown = [h for p in periods for m in p.months for d in m.days for h in d.happenings]
    carried = made["frise/frise.ics"].view.occasions
    listed, written = ([(x.start.iso, x.end and x.end.iso) for x in xs] for xs in (shown, carried))
    assert listed == written
    day = "2027-03-28T0"
    assert {(f"{day}3:30", f"{day}4:00"), (f"{day}3:30", None), (f"{day}3:00", None)} == set(listed)


def test_a_weekly_event_without_a_day_of_class_is_told():
    """It would stand nowhere."""
    weekly = event("club", "2026-12-21", repeat_day="mardi", repeat_until=date(2026, 12, 29))
    assert ["AGD-04"] == told(article("une", events=(weekly,)))


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("2026-11-24", date(2027, 7, 31), []),
        ("2026-11-24", date(2027, 8, 1), ["AGD-07"]),
        ("2026-11-23", date(2026, 12, 15), ["AGD-08"]),
        ("2026-11-25", date(2099, 1, 1), ["AGD-07", "AGD-08"]),
    ],
)
def test_a_weekly_event_that_outlives_its_year_or_begins_on_another_day_is_told(
    start: str, until: date, expected: list[str]
):
    """Its last day in print is told, and the official dates are not said to be too short for what is not shown."""
    found = findings(article("une", events=(event("club", start, repeat_day="mardi", repeat_until=until),)))
    assert expected == [f.code for f in found]
    assert all(("après le samedi 31 juillet 2027" in f.message) == (f.code == "AGD-07") for f in found)


def test_a_weekly_event_without_a_page_has_its_address_on_the_frise():
    """Links to it lead to its first day."""
    weekly = event("club", "2026-11-23 17:00", repeat_day="mardi", repeat_until=date(2026, 12, 15))
    entry = happening("club", "2026-11-23", events=(weekly,))
    periods = view("public", "frise/2026-2027/index.html", [entry]).periods
    anchors = [h.id for p in periods for m in p.months for d in m.days for h in d.happenings]
    assert f"frise/2026-2027/#{anchors[0]}" == desk("public", [entry]).href(entry)


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("2026-07-20 17:00", date(2026, 10, 6), "frise/2026-2027/#e-evenements-club"),
        ("2026-12-21 17:00", date(2026, 12, 29), "frise/"),
    ],
)
def test_a_link_to_a_weekly_event_leads_to_where_it_stands(start: str, until: date, expected: str):
    """To its first day, even in another school year than its first date; to the frise when it has no day of class."""
    weekly = event("evenements/club", start, repeat_day="mardi", repeat_until=until)
    entry = happening("club", start, events=(weekly,))
    text = article("une", body=linked("une", "../evenements/club.md"))
    made = sheets("public", [entry, text])
    (href,) = made["actualites/une/index.html"].view.hrefs
    page, _, anchor = href.partition("#")
    periods = made[f"{page}index.html"].view.periods
    shown = [h.id for p in periods for m in p.months for d in m.days for h in d.happenings]
    assert (expected, True) == (href, not anchor or anchor in shown)


def test_a_link_to_what_another_entry_tells_leads_to_where_that_one_stands():
    """Two events of two school years under one id: the first by its path is shown, and nothing leads nowhere."""
    first, other = (happening(n, d, events=(event("cross", d),)) for n, d in (("a", "2026-11-24"), ("b", "2027-11-23")))
    assert ["frise/2026-2027/#e-cross"] * 2 == [desk("public", [first, other]).href(one) for one in (first, other)]


@pytest.mark.parametrize(
    ("today", "start", "expected"),
    [("2028-03-01", "", []), ("2028-04-01", "", ["AGD-05"]), ("2027-11-24", "2028-09-05", ["AGD-05"])],
)
def test_the_end_of_the_official_dates_is_told_in_time(today: str, start: str, expected: list[str]):
    """Half a year before, or as soon as something is announced after it; and nothing is said of days nobody knows."""
    assert date(2028, 8, 31) == horizon("A")
    entries = [happening("une", start)] if start else []
    assert expected == told(*entries, today=at(today).date())


def test_the_bridges_that_the_official_data_leaves_out_are_days_off():
    """In every zone, in 2025 and 2026."""
    days = [date(2025, 5, 30), date(2026, 5, 15)]
    assert [False] * 6 == [is_school_day(day, zone) for day in days for zone in "ABC"]
    assert date(2026, 5, 13) == school_day_before(date(2026, 5, 18), "A")
    names = {h.name for h in holidays(2025, "A") if h.start == date(2026, 5, 15)}
    assert {"Pont de l'Ascension"} == names


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        ("2062-11-20", "publie", ["AGD-11"]),
        ("2027-12-01", "publie", ["AGD-11"]),
        ("2027-11-10", "publie", []),
        ("2062-11-20", "brouillon", []),
    ],
)
def test_a_text_that_waits_for_years_is_told(day: str, status: str, expected: list[str]):
    """« 2062 » for « 2026 » would never come out, and nothing would say so."""
    assert expected == [f.code for f in far_off([article("une", date=day, status=status)], TODAY)]


def test_the_check_tells_a_year_that_was_mistyped(site: Site):
    """Though what is scheduled is not cleared yet."""
    site.write("actualites/x.md", "---\ntitre: U\ndate: 2062-11-20\nstatut: publie\nresume: R.\n---\nTexte.\n")
    order = site.order()
    with State(state_folder(site.output)) as state:
        clearance = check(order, site.newsroom(), state, Clock(order.tell))[1]
    found = [f for f in clearance.findings if f.code == "AGD-11"]
    assert [("actualites/x.md", 3)] == [(f.place.file, f.place.line) for f in found]


def test_the_demo_is_clean_from_its_first_day_to_its_last():
    """Everything it ever publishes, seen as if it were all to come."""
    content, end = ROOT / "content", datetime(2027, 8, 31, 12, tzinfo=PARIS)
    demo = newsroom(content)
    entries = read(content, demo, end, Shelf()).entries
    found = list(date_findings([Cleared(e) for e in entries], demo, date(2025, 9, 1)))
    assert (True, []) == (sum(len(e.events) for e in entries) > 40, [f.line() for f in found])


def test_of_two_series_under_one_id_the_weeks_of_one_are_shown():
    """Those of the text that tells it; the other's are told to be others."""
    first, second = (
        article(name, events=(event("jeu", start, repeat_day="mardi", repeat_until=date.fromisoformat(until)),))
        for name, start, until in (("deux", "2026-12-01", "2026-12-15"), ("trois", "2026-12-01", "2027-01-12"))
    )
    periods = view("public", "frise/2026-2027/index.html", [first, second]).periods
    days = [h.start.day.isoformat() for p in periods for m in p.months for d in m.days for h in d.happenings]
    assert ["2026-12-01", "2026-12-08", "2026-12-15"] == days
    assert [True] == ["diffèrent" in f.message for f in findings(first, second) if f.code == "AGD-03"]
