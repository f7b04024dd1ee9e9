"""The frise: every event once, in order, in five periods."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.compose.frise import POSTER
from tests.compose.newsstand import (
    NAMES,
    UAI,
    article,
    at,
    deadline,
    desk,
    event,
    happening,
    moment,
    school,
    sheets,
    tool,
    view,
    window,
)
from tests.samples import NOW


def shown(
    entries: list, path: str = "frise/2026-2027/index.html", edition: str = "public", now: datetime = NOW
) -> list:
    """Return what a page of the frise shows, in its order."""
    periods = view(edition, path, entries).periods
    return [h for period in periods for month in period.months for day in month.days for h in day.happenings]


def test_what_crosses_the_first_of_august_stands_in_both_years():
    """Under the first day of the second, whose drawing it opens; its title there tells its own days."""
    entries = [happening("ete", "2027-06-28", "2027-09-10"), happening("rentree", "2027-09-02")]
    first, second = (view("public", f"frise/{year}/index.html", entries) for year in ("2026-2027", "2027-2028"))
    days = [(d.day, h.title) for p in second.periods for m in p.months for d in m.days for h in d.happenings]
    own = (date(2027, 6, 28), date(2027, 9, 10))
    assert [(date(2027, 8, 1), "Titre ete"), (date(2027, 9, 2), "Titre rentree")] == days
    assert [(own[0], date(2027, 7, 31), *own)] == [(m.start, m.end, m.first, m.last) for m in first.overview.marks]
    mark = second.overview.marks[0]
    assert (date(2027, 8, 1), own[1], *own) == (mark.start, mark.end, mark.first, mark.last)
    assert date(2027, 8, 1) == second.overview.start


def test_what_never_ends_does_not_fill_the_frise():
    """Its own year and three more."""
    made = sheets("public", [happening("long", "2026-12-01", "2099-12-01")])
    assert {f"{y}-{y + 1}" for y in range(2026, 2030)} == {p.split("/")[1] for p in made if p.startswith("frise/20")}


@given(st.lists(st.dates(date(2026, 8, 1), date(2027, 7, 31)), max_size=30))
def test_every_event_of_a_year_is_shown_once_in_order(days: list[date]):
    """On any day of the school year, holidays included."""
    entries = [happening(f"e{rank}", str(day)) for rank, day in enumerate(days)]
    found = shown(entries)
    expected = (sorted(days), len(days))
    assert expected == ([h.start.day for h in found], len({h.id for h in found}))


def test_an_event_stands_under_its_own_day_month_and_period():
    """The cross of the 24th of November is in period 2."""
    periods = view("public", "frise/2026-2027/index.html", [happening("cross", "2026-11-24 13:30")]).periods
    found = [(p.title, m.title, d.day.isoformat()) for p in periods for m in p.months for d in m.days]
    assert [("Période 2", "novembre 2026", "2026-11-24")] == found


def test_the_five_periods_show_even_when_nothing_happens():
    """An empty holiday does not."""
    titles = [p.title for p in view("public", "frise/2026-2027/index.html", []).periods]
    assert [f"Période {n}" for n in range(1, 6)] == titles


def test_an_event_in_the_holidays_shows_the_holidays():
    """They stand between the periods they part."""
    titles = [p.title for p in view("public", "frise/2026-2027/index.html", [happening("stage", "2026-10-20")]).periods]
    assert ["Période 1", "Vacances de la Toussaint", "Période 2"] == titles[:3]


def test_whole_days_come_before_hours_and_hours_in_order():
    """The programme of a day reads from top to bottom."""
    entries = [happening("b", "2026-11-24 14:00"), happening("a", "2026-11-24 09:00"), happening("z", "2026-11-24")]
    assert ["Titre z", "Titre a", "Titre b"] == [h.title for h in shown(entries)]


def test_windows_deadlines_and_tools_stand_on_the_frise():
    """Each with its nature."""
    entries = [
        article(
            "une",
            windows=(window("Saisir", "2026-11-20", "2026-12-04"),),
            deadlines=(deadline("Rendre", "2026-12-05"),),
        ),
        tool("mur", date="2026-11-13"),
    ]
    expected = [("outil", "Titre mur"), ("fenetre", "Saisir"), ("echeance", "Rendre")]
    assert expected == [(h.nature, h.title) for h in shown(entries)]


def test_a_weekly_event_skips_days_off_and_ends_on_its_last_day():
    """Every Tuesday from the 6th of October to the 17th of November: not in the Toussaint holidays."""
    weekly = event("club", "2026-10-05 12:00", "2026-10-05 13:00", repeat_day="mardi", repeat_until=date(2026, 11, 17))
    found = shown([article("une", events=(weekly,))])
    days = ["2026-10-06", "2026-10-13", "2026-11-03", "2026-11-10", "2026-11-17"]
    assert [(f"{d}T12:00", f"{d}T13:00") for d in days] == [(h.start.iso, h.end.iso) for h in found]


def test_each_session_of_a_weekly_event_lasts_as_the_first():
    """Two days, or past midnight."""
    course = event("stage", "2026-09-03", "2026-09-04", repeat_day="jeudi", repeat_until=date(2026, 9, 17))
    night = event("nuit", "2026-09-18 22:00", "2026-09-19 02:00", repeat_day="vendredi", repeat_until=date(2026, 9, 25))
    found = [(h.start.iso, h.end.iso) for h in shown([article("une", events=(course, night))])]
    assert [
        ("2026-09-03", "2026-09-04"),
        ("2026-09-10", "2026-09-11"),
        ("2026-09-17", "2026-09-18"),
        ("2026-09-18T22:00", "2026-09-19T02:00"),
        ("2026-09-25T22:00", "2026-09-26T02:00"),
    ] == found


def test_a_weekly_event_known_to_be_off_class_has_no_session_in_the_holidays():
    """A choir on Saturdays."""
    choir = event("chorale", "2026-10-10", repeat_day="samedi", repeat_until=date(2026, 11, 7), is_off_class=True)
    days = [str(h.start.day) for h in shown([article("une", events=(choir,))])]
    assert ["2026-10-10", "2026-10-17", "2026-11-07"] == days


@pytest.mark.parametrize("id_", ["club-2026-12-01", "club/2026-12-01", "Club 2026-12-01"])
@pytest.mark.parametrize("session", ["2026-12-01", "2026-11-24"])
def test_one_session_of_a_weekly_event_is_called_off_or_moved(id_: str, session: str):
    """By an event of its own, under the id that its address shows: it stands once, and agendas know it again."""
    weekly = event("club", "2026-11-24 17:00", repeat_day="mardi", repeat_until=date(2026, 12, 8))
    moved = event(id_.replace("2026-12-01", session), "2026-12-03 17:00", state="deplace")
    before = {o.id for o in sheets("public", [article("une", events=(weekly,))])["frise/frise.ics"].view.occasions}
    entries = [article("une", events=(weekly,)), article("autre", events=(moved,))]
    found = sheets("public", entries)["frise/frise.ics"].view.occasions
    told = {(str(o.start.day), o.state) for o in found}
    others = {"2026-11-24", "2026-12-01", "2026-12-08"} - {session}
    assert (before, {("2026-12-03", "deplace"), *((day, "prevu") for day in others)}) == ({o.id for o in found}, told)
    assert len(others) + 1 == len(shown(entries))


def test_occurrences_of_a_weekly_event_have_anchors_of_their_own():
    """Two elements of a page never have one id; links to the event lead to its first day."""
    weekly = event("club", "2026-11-23", repeat_day="lundi", repeat_until=date(2026, 12, 14))
    ids = [h.id for h in shown([article("une", events=(weekly,))])]
    assert ["e-club", "e-club-2026-11-30", "e-club-2026-12-07", "e-club-2026-12-14"] == ids


@pytest.mark.parametrize(
    ("start", "last"), [("2026-11-23", "2027-06-28"), ("2026-07-20", "2027-06-28"), ("2027-06-28", "2027-06-28")]
)
def test_a_weekly_event_ends_with_the_school_year_in_which_it_begins(start: str, last: str):
    """A slip of the pen does not fill the frise (attack 81); what is written in July begins in September."""
    weekly = event("club", start, repeat_day="lundi", repeat_until=date(2099, 1, 1))
    entries = [article("une", events=(weekly,))]
    years = {p.split("/")[1] for p in sheets("public", entries) if p.startswith("frise/20")}
    assert ({"2026-2027"}, last) == (years, str(max(h.start.day for h in shown(entries))))


def test_a_lane_shows_its_fil_only():
    """An event without an article is in the lanes it names; an article in its fil and in those it names."""
    entries = [
        happening("cross", "2026-11-24", lanes=("projets",)),
        article("une", events=(event("x", "2026-11-25"),)),
        article("deux", events=(event("y", "2026-11-26"),), also_in=("projets",)),
    ]
    found = {
        lane: [h.id for h in shown(entries, f"frise/2026-2027/{lane}/index.html")] for lane in ("actualites", "projets")
    }
    assert {"actualites": ["e-x", "e-y"], "projets": ["e-evenements-cross", "e-y"]} == found


def test_the_frise_opens_on_the_school_year_of_the_day():
    """On the 1st of August the year turns."""
    labels = [view("public", "frise/index.html", [], now=at(day)).label for day in ("2026-07-31", "2026-08-01")]
    assert ["2025-2026", "2026-2027"] == labels


def test_a_year_with_something_keeps_its_page():
    """What happened last year stays, and years lead to one another."""
    entries = [happening("bilan", "2026-06-30")]
    years = view("public", "frise/index.html", entries).years
    expected = [("frise/2025-2026/", False), ("frise/2026-2027/", True)]
    assert (expected, True) == (
        [(link.href, link.is_current) for link in years],
        "frise/2025-2026/index.html" in sheets("public", entries),
    )


def test_today_and_what_is_past_are_marked():
    """A long event is past the day after its end."""
    entries = [happening("a", "2026-11-16", "2026-11-23"), happening("b", "2026-11-23"), happening("c", "2026-11-20")]
    days = [d for p in view("public", "frise/index.html", entries).periods for m in p.months for d in m.days]
    expected = [(16, False, False), (20, False, True), (23, True, False)]
    assert expected == [(d.day.day, d.is_today, d.is_past) for d in days]


def test_periods_that_ended_are_marked():
    """On the 23rd of November only period 1 is past."""
    periods = view("public", "frise/index.html", []).periods
    assert [True, False, False, False, False] == [p.is_past for p in periods]


def test_an_event_is_read_where_its_audience_reads():
    """A restricted event stands on no more open frise, and on its own it is a place of that page."""
    entries = [happening("cross", "2026-11-24", audience="enseignants")]
    found = {name: [h.id for h in shown(entries, edition=name)] for name in NAMES}
    assert {"public": [], "enseignants": ["e-evenements-cross"], "directeurs": ["e-evenements-cross"]} == found


def test_a_link_to_an_event_leads_to_its_place_on_the_frise():
    """An event has no page: its address is its anchor, in the year it takes place."""
    cross = happening("cross", "2027-09-24")
    assert "frise/2027-2028/#e-evenements-cross" == desk("public", [cross]).href(cross)


def test_an_event_tells_when_it_ends_and_where():
    """What its author wrote is on the frise."""
    entries = [
        article(
            "une",
            events=(
                event("x", "2026-11-27 17:00", "2026-11-27 18:00", title="Vernissage", place="Mairie", state="deplace"),
            ),
        )
    ]
    found = shown(entries)[0]
    expected = ("Vernissage", moment("2026-11-27 18:00"), "Mairie", "deplace", "evenement", "actualites/une/")
    assert expected == (found.title, found.end, found.place, found.state, found.nature, found.href)


def test_the_year_and_a_day_after_are_apart():
    """The 31st of July and the 1st of August are on two pages."""
    entries = [happening("a", "2027-07-31"), happening("b", "2027-08-01")]
    found = [[h.id for h in shown(entries, f"frise/{y}/index.html")] for y in ("2026-2027", "2027-2028")]
    assert [["e-evenements-a"], ["e-evenements-b"]] == found


def test_a_year_beyond_the_official_dates_shows_everything_in_one_term():
    """An event of 2040 is told all the same."""
    days = [date(2040, 9, 1) + timedelta(30 * n) for n in range(10)]
    found = shown([happening(f"e{n}", str(day)) for n, day in enumerate(days)], "frise/2040-2041/index.html")
    assert days == [h.start.day for h in found]


def test_only_the_page_of_the_whole_year_is_printed_again_each_day():
    """It tells today; the others change on the day after something, or with what they show."""
    entries = [
        school(UAI),
        happening("cross", "2026-11-24", schools=(UAI,), levels=("CP",)),
        happening("bilan", "2026-06-30"),
        happening("rentree", "2027-09-02"),
    ]
    made = {day: sheets("public", entries, now=at(f"2026-11-{day}")) for day in (22, 23, 24, 25)}
    pages = [path for path in made[22] if path.startswith("frise/") and path.endswith(".html")]
    changed = [
        {p for p in pages if made[day][p].digest != made[day + 1][p].digest} - {f"frise/2026-2027/{POSTER}/index.html"}
        for day in (22, 23, 24)
    ]
    whole = {"frise/index.html", "frise/2026-2027/index.html"}
    slices = {f"frise/2026-2027/{s}/index.html" for s in ("cycle-2", f"ecole-{UAI.lower()}")}
    assert [whole, whole | slices, whole | slices] == changed
    assert len(pages) > 15


def test_a_page_that_does_not_tell_today_tells_the_day_of_its_last_change():
    """Of what it shows; on paper, it stands in the place of the day of printing."""
    old = article("a", events=(event("x", "2026-11-25"),))
    new = article(
        "b",
        folder="projets",
        origin=replace(old.origin, modified=old.origin.modified + timedelta(2)),
        events=(event("y", "2026-11-26"),),
    )
    made = sheets("public", [old, new])
    found = {lane: made[f"frise/2026-2027/{lane}index.html"].view for lane in ("", "actualites/", "projets/")}
    day = old.origin.modified.date()
    expected = {"": (True, day + timedelta(2)), "actualites/": (False, day), "projets/": (False, day + timedelta(2))}
    assert expected == {lane: (v.time is not None, v.known) for lane, v in found.items()}


def test_holidays_without_a_date_are_named_between_the_periods():
    """With their public holidays; those that have a date are a period of their own."""
    periods = view("public", "frise/2026-2027/index.html", [happening("stage", "2026-10-20")]).periods
    found = {p.title: [band.title for band in p.rest] for p in periods}
    assert {
        "Période 1": [],
        "Vacances de la Toussaint": [],
        "Période 2": ["Vacances de Noël", "Jour de Noël", "Jour de l'an"],
        "Période 3": ["Vacances d'hiver"],
        "Période 4": ["Vacances de printemps"],
        "Période 5": ["Vacances d'été", "Fête nationale"],
    } == found


def test_the_sheet_of_a_month_tells_what_goes_on_and_when_there_is_no_class():
    """What began in an earlier month is told on each sheet until it ends; so are the holidays that touch it."""
    entries = [
        happening("expo", "2026-10-12", "2026-12-04"),
        happening("conseil", "2026-11-12"),
        happening("cross", "2026-12-10"),
        happening("defi", "2027-01-11"),
    ]
    months = [m for p in view("public", "frise/2026-2027/index.html", entries).periods for m in p.months]
    assert {
        "octobre 2026": ([], ["Vacances de la Toussaint"]),
        "novembre 2026": (["Titre expo"], ["Vacances de la Toussaint", "Armistice de 1918"]),
        "décembre 2026": (["Titre expo"], ["Vacances de Noël"]),
        "janvier 2027": ([], ["Vacances de Noël"]),
    } == {m.title: ([h.title for h in m.going], [b.title for b in m.off]) for m in months}
