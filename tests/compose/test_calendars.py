"""Calendars of an edition: the frise, no more and no less, and nothing of a more restricted edition."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.compose.calendars import calendars
from gazette.compose.frise import frise
from gazette.model.entry import Evenement, Projet, Window
from gazette.model.sheet import Sheet
from gazette.press.calendar import ics
from gazette.press.frise_json import frise_json
from tests.compose.newsstand import (
    NAMES,
    UAI,
    article,
    deadline,
    desk,
    event,
    happening,
    moment,
    school,
    sheets,
    tool,
    window,
)
from tests.compose.test_stories import depeche

OTHER = "0869002T"
FOLDERS = {"public": "actualites", "enseignants": "actualites", "directeurs": "directeurs"}


def occasions(made: dict[str, Sheet], path: str = "frise/frise.ics") -> list[Any]:
    """Return what a calendar holds."""
    return list(made[path].view.occasions)


@st.composite
def entries(draw: st.DrawFn) -> list[Any]:
    """Draw entries of every audience, with events, windows, deadlines, tools, projects and weekly events."""
    days = st.dates(date(2026, 8, 1), date(2027, 7, 31))
    found: list[Any] = [school(UAI, title="École du Pont"), school(OTHER, title="École du Gué")]
    for rank in range(draw(st.integers(0, 6))):
        edition = draw(st.sampled_from(NAMES))
        day, name = draw(days), f"SECRET-{edition}-{rank}"
        start, end = str(day), str(day + timedelta(days=draw(st.integers(0, 9))))
        kind = draw(st.sampled_from(("event", "weekly", "window", "deadline", "tool", "project", "own")))
        schools = draw(st.sampled_from(((), (UAI,), (UAI, OTHER))))
        facts = {"folder": FOLDERS[edition], "audience": edition, "schools": schools}
        shared = draw(st.sampled_from((f"e-{rank}", "partage")))
        if kind == "weekly":
            until = day + timedelta(days=60)
            found.append(article(name, events=(event(shared, start, repeat_day="mardi", repeat_until=until),), **facts))
        elif kind == "event":
            found.append(article(name, events=(event(shared, start, end), event(f"f-{rank}", end)), **facts))
        elif kind == "window":
            found.append(article(name, windows=(window(f"Fenêtre {name}", start, end),), **facts))
        elif kind == "deadline":
            found.append(article(name, deadlines=(deadline(f"Rendre {name}", start, schools),), **facts))
        elif kind == "tool":
            found.append(tool(name, date="2026-11-13", audience=edition))
        elif kind == "project":
            period = Window("Période du projet", moment(start), moment(end))
            found.append(article(name, kind=Projet, period=period, **(facts | {"folder": "projets"})))
        else:
            found.append(happening(name, start, end, audience=edition))
    return found


TWICE = [
    article("a", events=(event("partage", "2026-09-02", repeat_day="mardi", repeat_until=date(2026, 11, 1)),)),
    article("b", events=(event("partage", "2026-08-01", repeat_day="mardi", repeat_until=date(2026, 9, 30)),)),
    article("c", events=(event("e", "2027-07-23", "2027-08-01"), event("f", "2027-08-01"))),
]


@given(entries())
@example(TWICE)
def test_the_frise_its_calendars_and_its_json_carry_the_same(drawn: list[Any]):
    """By count and one by one: the pages of all years, frise.ics, frise-ent.ics, frise.json; fils within it."""
    for edition in NAMES:
        table = desk(edition, drawn)
        made = {sheet.path: sheet for sheet in (*frise(table), *calendars(table))}
        pages = [
            s.view for p, s in made.items() if p.startswith("frise/20") and p.count("/") == 2 and p.endswith(".html")
        ]
        by_id = {
            h.id: (h.title, h.start.iso, h.state, tuple(f.name for f in h.fils))
            for v in pages for p in v.periods for m in p.months for d in m.days for h in d.happenings
        }  # fmt: skip
        shown = sorted(by_id.values())  # what crosses the first of August stands in two years
        for path in ("frise/frise.ics", "frise/frise-ent.ics", "frise/frise.json"):
            carried = occasions(made, path)
            assert shown == sorted((o.title, o.start.iso, o.state, tuple(n for n, _ in o.lanes)) for o in carried)
            assert len(carried) == len({o.id for o in carried})
        lanes = [path for path in made if path.startswith("frise/") and path.endswith(".ics") and path.count("/") == 1]
        told = {path: occasions(made, path) for path in lanes}
        for path, some in told.items():
            fil = path.removeprefix("frise/").removesuffix(".ics")
            if fil not in {"frise", "frise-ent"}:
                assert [o for o in occasions(made) if fil.removesuffix("-ent") in dict(o.lanes)] == some


@given(entries())
@example(TWICE)
def test_every_link_of_an_event_puts_its_own_dates_in_an_agenda(drawn: list[Any]):
    """From the frise, the échéances and the pages of entries, of each edition; and no file is there for nothing."""
    made = {name: sheets(name, drawn) for name in NAMES}
    roots = {sheet["frise/frise.ics"].view.address.removesuffix("frise/frise.ics"): n for n, sheet in made.items()}
    asked = set()
    for edition, shown in made.items():
        for anchor, href in links(shown):
            root = next((r for r in roots if href.startswith(r)), "")
            name, path = roots.get(root, edition), href.removeprefix(root)
            carried = {o.id for o in occasions(made[name], path)}
            asked.add((name, path))
            everything = occasions(made[name])
            assert carried
            assert carried <= {o.id for o in everything}
            assert anchor is None or anchor.startswith(path.removeprefix("frise/dates/").removesuffix(".ics"))
    assert {(n, p) for n, s in made.items() for p in s if p.startswith("frise/dates/")} == asked
    for shown in made.values():
        own = [o.id for path in shown if path.startswith("frise/dates/") for o in occasions(shown, path)]
        assert len(own) == len(set(own))


def links(made: dict[str, Sheet]) -> list[tuple[str | None, str]]:
    """Return each link to an event's own file, with the anchor of the event where the page tells it."""
    found: list[tuple[str | None, str]] = []
    for sheet in made.values():
        for period in getattr(sheet.view, "periods", ()):
            found += [(h.id, h.calendar) for m in period.months for d in m.days for h in d.happenings]
        groups = getattr(sheet.view, "groups", ()) if sheet.path.startswith("echeances/") else ()
        found += [
            (None, due.calendar) for group in groups if sheet.form == "html" for due in (*group.older, *group.items)
        ]
        if getattr(sheet.view, "template", "") in {"actualite", "projet", "info_direction", "outil"}:
            found += [(h.id, h.calendar) for h in sheet.view.happenings]
            found += [(None, due.calendar) for due in sheet.view.due]
    return found


def test_each_calendar_has_its_twin_for_the_ent():
    """Of the whole, of each fil and school; what is due rings, which the ENT's calendar cannot."""
    made = sheets("public", [school(UAI), article("a", schools=(UAI,), events=(event("a", "2026-11-24"),))])
    names = [p for p in made if p.endswith("-ent.ics")]
    of_all = {"frise/frise-ent.ics", "frise/actualites-ent.ics", f"ecoles/{UAI}/frise-ent.ics"}
    assert of_all <= set(names)
    for name in names:
        other, twin = made[name.replace("-ent.ics", ".ics")].view, made[name].view
        told = (twin.title, twin.occasions, twin.is_ent, other.is_ent, twin.address.endswith(name))
        assert (other.title, other.occasions, True, False, True) == told
    plain = {p for p in made if p.endswith(".ics") and not p.startswith(("frise/dates/", "echeances/"))}
    assert len(plain) == 2 * len(names)


def test_a_weekly_event_is_put_in_an_agenda_with_all_its_dates():
    """And what is due with its reminders, under the identity that subscribers know."""
    club = event("club", "2026-11-24", repeat_day="mardi", repeat_until=date(2026, 12, 15))
    made = sheets("public", [article("a", events=(club,), deadlines=(deadline("Rendre", "2026-11-27"),))])
    found = {p: [(o.start.iso, o.reminders) for o in occasions(made, p)] for p in made if p.startswith("frise/dates/")}
    days = ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]
    due = "frise/dates/e-actualites-a-echeance-1.ics"
    assert {"frise/dates/e-club.ics": [(day, ()) for day in days], due: [("2026-11-27", (7, 1))]} == found
    assert occasions(made, due)[0].id == occasions(made, "echeances/echeances.ics")[0].id


def test_an_event_that_two_audiences_announce_is_put_in_an_agenda_by_the_more_open():
    """The page of the other links there: what is printed once is never a dead link."""
    public = article("zzz", events=(event("cross", "2026-11-24"),))
    restricted = article("aaa", audience="enseignants", events=(event("cross", "2026-11-24"),))
    made = sheets("enseignants", [public, restricted])
    (shown,) = made["actualites/aaa/index.html"].view.happenings
    assert "https://sourcelle.example/frise/dates/e-cross.ics" == shown.calendar
    assert [] == [path for path in made if path.startswith("frise/dates/")]


@given(entries())
def test_nothing_restricted_is_in_a_more_open_calendar(drawn: list[Any]):
    """No byte of any calendar, and no digest, changes with what the edition may not show; the last may show all."""
    for rank, edition in enumerate(NAMES[:-1]):
        made = sheets(edition, drawn)
        alone = sheets(edition, [e for e in drawn if e.audience.rank <= rank])
        kept = {p: s for p, s in made.items() if s.form in {"ics", "frise_json"}}
        assert {p: s.digest for p, s in kept.items()} == {
            p: s.digest for p, s in alone.items() if s.form in {"ics", "frise_json"}
        }
        text = b"".join(ics(s.view) if s.form == "ics" else frise_json(s.view) for s in kept.values())
        unfolded = text.replace(b"\r\n ", b"")
        assert [] == [n for n in NAMES[rank + 1 :] if f"SECRET-{n}".encode() in unfolded]


def test_a_school_s_calendar_holds_what_names_it():
    """By the event, by its entry when the event names none, or because the school signs."""
    made = sheets(
        "public",
        [
            school(UAI),
            school(OTHER),
            article("a", schools=(UAI,), events=(event("a", "2026-11-24"),)),
            article("b", schools=(UAI,), events=(event("b", "2026-11-25", schools=(OTHER,)),)),
            article("c", author=UAI, events=(event("c", "2026-11-26"),)),
            article("d", events=(event("d", "2026-11-27"),)),
        ],
    )
    found = {code: [o.title for o in occasions(made, f"ecoles/{code}/frise.ics")] for code in (UAI, OTHER)}
    assert {UAI: ["Titre a", "Titre c"], OTHER: ["Titre b"]} == found


def test_what_is_due_rings_and_a_window_stands_at_its_last_day():
    """By date; projects end without anything being due."""
    period = Window("Période du projet", moment("2026-11-23"), moment("2026-12-18"))
    made = sheets(
        "public",
        [
            article("a", windows=(window("Saisir", "2026-11-20", "2026-12-04"),)),
            article("b", deadlines=(deadline("Rendre", "2026-11-27"),)),
            article("p", kind=Projet, folder="projets", period=period),
        ],
    )
    found = [(o.title, o.start.iso, o.reminders) for o in occasions(made, "echeances/echeances.ics")]
    assert [("Rendre", "2026-11-27", (7, 1)), ("Dernier jour : Saisir", "2026-12-04", (7, 1))] == found
    assert [()] == [*{o.reminders for o in occasions(made)}]
    assert len({o.id for p in ("frise/frise.ics", "echeances/echeances.ics") for o in occasions(made, p)}) == 4


def test_a_window_keeps_its_closing_hour_everywhere():
    """Its first day begins at midnight: what would count it in whole days would lose the hour."""
    entry = article("a", windows=(window("Saisir", "2026-11-20", "2026-12-04 17:00"),))
    made = sheets("public", [entry])
    told = json.loads(frise_json(made["frise/frise.json"].view))["evenements"][0]
    (event_,) = icalendar.Calendar.from_ical(ics(made["frise/frise.ics"].view)).walk("VEVENT")
    (due,) = icalendar.Calendar.from_ical(ics(made["echeances/echeances.ics"].view)).walk("VEVENT")
    (line,) = [d for g in made["echeances/index.html"].view.groups for d in g.items]
    assert ("2026-11-20T00:00:00+01:00", "2026-12-04T17:00:00+01:00") == (told["debut"], told["fin"])
    assert ("2026-11-20T00:00:00+01:00", "2026-12-04T17:00:00+01:00") == (
        event_.start.isoformat(),
        event_.end.isoformat(),
    )
    assert ("2026-12-04T17:00:00+01:00", "2026-12-04T17:00") == (due.start.isoformat(), line.due.iso)


def test_an_event_that_moves_keeps_its_id_and_says_so():
    """A new day, a new title, a new file: the same event, and a greater sequence."""
    before = article("une", events=(event("cross", "2026-11-24"),))
    origin = replace(before.origin, modified=before.origin.modified + timedelta(days=2))
    moved = event("cross", "2026-11-26", state="deplace", title="Le cross")
    after = article("deux", folder="projets", origin=origin, events=(moved,))
    (one,), (other,) = (occasions(sheets("public", [e])) for e in (before, after))
    assert (one.id, one.sequence + 2, "deplace") == (other.id, other.sequence, other.state)


def test_addresses_lead_to_the_page_or_to_the_frise_of_its_own_edition():
    """Absolute, and the same from every edition."""
    entries_ = [article("une", events=(event("a", "2026-11-24"),)), happening("cross", "2026-11-25")]
    root = "https://sourcelle.example/"
    for edition in NAMES:
        found = [o.url for o in occasions(sheets(edition, entries_))]
        assert [f"{root}actualites/une/", f"{root}frise/2026-2027/#e-evenements-cross"] == found


def test_an_event_of_a_depeche_keeps_its_source_on_the_frise_and_in_calendars():
    """The school and its original, once, whichever way it came: a text, or a line of the school's own calendar."""
    link = "https://ecole.example/marche"
    dates = (event("evenements/0869001s-marche", "2026-12-11 16:30"),)
    entries_ = [
        school(UAI, title="École du Pont"),
        depeche("marche", UAI, link, kind=Evenement, folder="evenements", events=dates),
        depeche("fete", UAI, events=(event("fete", "2026-12-14"),)),
        article("une", events=(event("cross", "2026-12-15"),)),
    ]
    made = sheets("public", entries_)
    page = [
        (h.id, [(o.school.title, o.school.href, o.original) for o in h.origins])
        for p in made["frise/2026-2027/index.html"].view.periods for m in p.months for d in m.days for h in d.happenings
    ]  # fmt: skip
    home = f"ecoles/{UAI}/"
    assert [
        ("e-evenements-0869001s-marche", [("École du Pont", home, link)]),
        ("e-fete", [("École du Pont", home, "")]),
        ("e-cross", []),
    ] == page
    sources = [(("École du Pont", link),), (("École du Pont", ""),), ()]
    for path in ("frise/frise.ics", "frise/frise-ent.ics", "frise/frise.json"):
        assert sources == [o.sources for o in occasions(made, path)]
    assert sources[:2] == [o.sources for o in occasions(made, f"ecoles/{UAI}/frise.ics")]


def test_no_source_takes_an_event_of_the_circonscription_over():
    """A school that announces it under the same id is told as announcing it too (attack 70)."""
    official = happening("cross", "2026-12-15", title="Cross du secteur")
    taken = event(official.events[0].id, "2026-12-16", state="annule")
    entries_ = [school(UAI, title="École du Pont"), official, depeche("aaa", UAI, title="Annulé", events=(taken,))]
    (one,) = occasions(sheets("public", entries_))
    assert ("Cross du secteur", "2026-12-15", "prevu", (("École du Pont", ""),)) == (
        one.title,
        one.start.iso,
        one.state,
        one.sources,
    )
