"""One calendar, told four times: the list, the overview, frise.json and frise.ics, read back from what is printed."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import icalendar
from hypothesis import example, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from gazette.model.entry import Evenement, Projet
from gazette.press.html import print_pages
from gazette.press.stage import print_files
from gazette.press.theme import theme
from tests.compose.newsstand import UAI, article, deadline, edition, event, happening, school, tool, window
from tests.compose.test_stories import depeche
from tests.samples import NOW, ROOT

TITLES = ("Cross des écoles", "Réunion <b>& « café »</b>", "Défi n° 3 ; salle 2, \\ étage", "{{ 7 * 7 }} l’été 🚀")
STATES = {"Annulé": "annule", "Déplacé": "deplace", None: "prevu"}
HOURS = ("", " 00:15", " 00:45", " 02:30", " 03:30", " 08:00", " 13:30", " 23:59")
CHANGES = ("2026-10-24", "2026-10-25", "2027-03-27", "2027-03-28", "2027-07-31", "2027-08-01")
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")


@dataclass(frozen=True, order=True)
class Told:
    """An event, as any of the four tells it."""

    day: str
    title: str
    state: str
    lanes: tuple[str, ...]


@st.composite
def calendars(draw: st.DrawFn) -> list[Any]:
    """Draw events of two school years: whole days, hours at night and at changes of hour, several days, weekly ones."""
    days = st.one_of(st.sampled_from(CHANGES), st.dates(date(2026, 8, 1), date(2028, 7, 31)).map(str))
    found: list[Any] = [school(UAI)]
    for rank in range(draw(st.integers(0, 8))):
        day, hour = draw(days), draw(st.sampled_from(HOURS))
        last = date.fromisoformat(day) + timedelta(draw(st.integers(0, 12)))
        title = f"{draw(st.sampled_from(TITLES))} {rank}"
        end = draw(st.sampled_from(("", f"{last}", f"{last} 23:59" if hour else "")))
        facts = {"state": draw(st.sampled_from(("prevu", "deplace", "annule"))), "title": title}
        kind = draw(st.sampled_from(("event", "own", "weekly", "window", "deadline", "tool")))
        if kind == "weekly":
            facts |= {"repeat_day": draw(st.sampled_from(WEEK)), "repeat_until": last + timedelta(40)}
            end = f"{day} 23:59" if hour else ""
        dates = (event(f"e-{rank}", day + hour, end, **facts),)
        found.append(
            happening(f"h{rank}", day, events=dates, lanes=("projets",))
            if kind == "own"
            else article(f"a{rank}", windows=(window(title, day, str(last)),), also_in=("projets",))
            if kind == "window"
            else article(f"a{rank}", deadlines=(deadline(title, day + hour),))
            if kind == "deadline"
            else tool(f"o{rank}", title=title, date="2026-11-13")
            if kind == "tool"
            else article(f"a{rank}", folder="projets", schools=(UAI,), events=dates)
        )
    return found


UNTIL, LOTO = date(2026, 12, 15), event("evenements/loto", "2026-12-11 18:00", "2026-12-11 22:00")
NIGHTS = [
    article(
        "nuits",
        events=(
            event("tot", "2026-11-24 00:15", "2026-11-24 00:45", title="Avant une heure"),
            event("octobre", "2026-10-25 02:30", "2026-10-25 03:30", title="Deux heures et demie, deux fois"),
            event("mars", "2027-03-28 02:30", "2027-03-28 04:00", title="Deux heures et demie, jamais"),
            event("longue", "2027-04-05", "2027-04-09", title="Cinq jours"),
            event("jour", "2026-12-04", title="Un jour"),
        ),
    )
]


SOURCES = [
    school(UAI),
    happening("cross", "2026-11-24 13:30", lanes=("projets",)),
    article(
        "une",
        events=(event("lecture", "2026-11-25"), event("club", "2026-11-24", repeat_day="mardi", repeat_until=UNTIL)),
        windows=(window("Saisir", "2026-11-20", "2026-12-04 17:00"),),
        deadlines=(deadline("Rendre", "2026-11-27 17:00"), deadline("Choisir", "2026-12-11")),
    ),
    article("periode", kind=Projet, folder="projets", period=window("", "2026-11-23", "2027-06-18")),
    tool("mur", date="2026-11-13"),
    depeche("fete", UAI, events=(event("fete", "2026-12-14"),)),
    depeche("loto", UAI, "https://ecole.example/l", kind=Evenement, folder="evenements", events=(LOTO,)),
]
"""One entry of each kind that puts dates on the frise; the last came in a school's own calendar."""


def test_each_source_of_dates_is_told_by_all_four(tmp_path: Path):
    """Events, of their own, weekly or of an entry; windows, deadlines, a project, the weekly tool, dépêches."""
    found = compared(SOURCES, tmp_path / "public")
    natures = Counter(one["nature"] for one in found)
    assert {"evenement": 8, "fenetre": 2, "echeance": 2, "outil": 1} == natures  # the weekly one has four Tuesdays
    assert ["2026-12-11", "2026-12-14"] == [one["debut"][:10] for one in found if one["sources"]]


@given(calendars())
@example(NIGHTS)
@example(
    [school(UAI), article("semaines", events=(event("jeu", "2026-10-24", repeat_day="lundi", repeat_until=UNTIL),))]
)
def test_the_list_the_overview_the_json_and_the_calendar_tell_the_same(drawn: list[Any]):
    """By count and one by one, with their instants, as three other people's parsers read them."""
    with TemporaryDirectory() as folder:
        compared(drawn, Path(folder) / "public")


def compared(entries: list[Any], printed: Path) -> list[dict[str, Any]]:
    """Print the frise of entries and compare all four; return what frise.json tells."""
    everything = put_in_print(entries, printed)
    events: list[dict[str, Any]] = json.loads((printed / "frise/frise.json").read_bytes())["evenements"]
    lists: dict[str, Told] = {}
    alone = set()
    for year in sorted(printed.glob("frise/20*-20*/index.html")):
        page = html5lib.parse(year.read_bytes(), namespaceHTMLElements=False)
        found = list(listed(page))
        assert [anchor for anchor, _, _ in found] == drawn_in(page)
        for anchor, told, _ in found:  # what crosses the first of August stands in two years
            known = lists.setdefault(anchor, told)
            assert known == replace(told, day=known.day)
        alone |= {(year.parent / href).resolve() for _, _, href in found if href}
    from_json = [in_json(one) for one in events]
    uids = [one["id"] for one in events]
    assert sorted(lists.values()) == sorted(from_json)
    assert (len(events), len(set(uids))) == (len(lists), len(uids))
    for path in ("frise/frise.ics", "frise/frise-ent.ics"):
        one, other = both(printed / path)
        assert one == other
        assert sorted(uids) == sorted(one)
    expected = {one["id"]: instants(one) for one in events}
    one, _ = both(printed / "frise/frise.ics")
    assert expected == one
    taken = [both(file)[0] for file in sorted(alone)]  # one event each, or one that is repeated with all its weeks
    to_come = {one["id"] for one in events if is_to_come(one)}
    assert all(to_come & set(file) for file in taken)
    together = [uid for file in taken for uid in file]
    assert (len(together), set()) == (len(set(together)), to_come - set(together))
    assert all(expected[uid] == told for file in taken for uid, told in file.items())
    assert everything == len(events)
    return events


def test_the_overview_of_both_years_tells_the_days_of_what_crosses_august(tmp_path: Path):
    """Its mark is cut at the end of the year, not what it says."""
    put_in_print([happening("ete", "2027-06-28", "2027-09-10")], tmp_path)
    said = "lun.\xa028 juin – ven.\xa010 sept."
    pages = [(tmp_path / f"frise/{year}/index.html").read_text() for year in ("2026-2027", "2027-2028")]
    assert [1, 1] == [page.count(f"<title>{said}") for page in pages]


def put_in_print(entries: list[Any], output: Path) -> int:
    """Print the frise and the calendars of the public edition with the real theme; return how many events it has."""
    whole = edition("public", entries)
    pages = [s for s in whole.sheets if re.fullmatch(r"frise/\d{4}-\d{4}/index\.html", s.path)]
    files = [s for s in whole.sheets if s.path.startswith("frise/") and s.form in {"ics", "frise_json"}]
    current = theme(ROOT / "themes" / "gazette")
    print_pages(pages, whole, current, ROOT / "pelicanconf.py", output)
    print_files(files, whole, current, ROOT, output, output)
    return len({mark.id for sheet in pages for mark in sheet.view.overview.marks})


def listed(page: Element) -> Iterator[tuple[str, Told, str]]:
    """Yield the anchor of each event of the list, what is told of it, and where its agenda link leads: "" when over."""
    days = [li for ol in page.iter("ol") if ol.get("class") == "jours" for li in ol]
    for day, item in ((li.find("p/time").get("datetime"), one) for li in days for one in li.findall("ul/li")):
        heading = next(p for p in item.iter("div") if p.get("class") == "quoi")
        state = STATES[next((s.text for s in heading.iter("strong")), None)]
        lanes = tuple(sorted((item.get("data-fils") or "").split()))
        (agenda,) = [a.get("href") for a in item.iter("a") if a.get("class") == "ajouter"] or [""]
        yield item.get("id"), Told(day, plain("".join(heading.find("a").itertext())), state, lanes), agenda


def drawn_in(page: Element) -> list[str]:
    """Return the anchors of the overview's marks, which each say their title."""
    marks = [a for g in page.iter("{http://www.w3.org/2000/svg}g") if g.get("class") == "marques" for a in g]
    return [a.get("href")[1:] for a in marks if a.get("href") and len("".join(a.itertext()).strip()) > 3]


def in_json(one: dict[str, Any]) -> Told:
    """Return what frise.json tells of an event."""
    return Told(one["debut"][:10], plain(one["titre"]), one["etat"], tuple(sorted(f["nom"] for f in one["fils"])))


def instants(one: dict[str, Any]) -> tuple[Any, Any, str]:
    """Return start and exclusive end of an event of frise.json, in UTC when it has hours, and whether it is on."""
    status = "CANCELLED" if one["etat"] == "annule" else "CONFIRMED"
    if "T" not in one["debut"]:
        return date.fromisoformat(one["debut"]), date.fromisoformat(one["fin"]) + timedelta(1), status
    start, end = (datetime.fromisoformat(one[key]).astimezone(UTC) if one[key] else None for key in ("debut", "fin"))
    return start, end, status


def is_to_come(one: dict[str, Any]) -> bool:
    """Tell whether an event of frise.json lasts beyond the start of this day."""
    start, end, _ = instants(one)
    today = NOW.replace(hour=0) if "T" in one["debut"] else NOW.date()
    return bool(end > today if end else start >= today)


def both(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return start, end and status of each event of a calendar by UID, as icalendar reads them, then as ical does."""
    data = file.read_bytes()
    one = icalendar.Calendar.from_ical(data).walk("VEVENT")
    other = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return (
        {str(e["uid"]): (utc(e.start), utc(e.get("dtend") and e.end), str(e["status"])) for e in one},
        {e.uid: (utc(e.dtstart), utc(e.dtend), e.status.value) for e in other},
    )


def utc(found: Any) -> Any:  # noqa: ANN401  # a day, an instant or nothing
    """Return an instant in UTC; a day as it is."""
    return found.astimezone(UTC) if isinstance(found, datetime) else found


def plain(text: str) -> str:
    """Return a text without what French typography changes of it."""
    return re.sub(r"\s+", "", text.replace("’", "'"))
