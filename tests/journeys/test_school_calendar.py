"""A school's own calendar, from its file to the frise: one event each, with its school and its original."""

import json
from datetime import date

import html5lib
import icalendar

from gazette.build import build
from gazette.model.correspondent import Correspondent
from gazette.model.depeche import accepted
from gazette.newsdesk.calendar import parse
from gazette.newsdesk.intake import Intake
from gazette.newsdesk.item import item_of
from tests.plain import files
from tests.samples import Site

OUTLOOK = "040000008200E00074C5B7101A82E008000000000000000000000000000000000000000031000000766{}"
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//école//\r\n{}END:VCALENDAR\r\n"
EVENT = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:20261101T080000Z\r\nSUMMARY:{}\r\n{}END:VEVENT\r\n"
MARKET = "DTSTART;TZID=Europe/Paris:20261211T163000\r\nDTEND;TZID=Europe/Paris:20261211T183000\r\nURL:{}\r\n"
CLUB = "DTSTART;TZID=Europe/Paris:20261012T120000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
LINK = "https://petit-pont.example/marche"
DAY = date(2026, 11, 20)


def take(site: Site, uai: str, *events: str) -> None:
    """Gather a calendar of a school, and accept all that it says."""
    told = parse(HEAD.format("".join(events)).encode(), DAY.isoformat())
    correspondent = Correspondent(uai, "ics", f"https://{uai.lower()}.example/ecole.ics", ("actualites",))
    intake = Intake(correspondent, DAY, "v", lambda _: "", set())
    for row in told["items"]:
        made = intake(item_of(row), None)
        assert not isinstance(made, str)
        site.write(accepted(uai, made.depeche.name), made.depeche.text())
    site.write("registres/decisions.yml", "decisions: []\n")


def printed(site: Site) -> dict[str, bytes]:
    """Build the site with the real theme; return the public edition's files."""
    assert not build(site.order(), pool=site.pool).is_closed
    return files(site.output / "public")


def of_schools(made: dict[str, bytes]) -> list[dict[str, object]]:
    """Return the events of frise.json that come from a school's source."""
    return [e for e in json.loads(made["frise/frise.json"])["evenements"] if e["sources"]]


def test_two_events_of_two_sources_are_two_whatever_ids_they_bear(site: Site):
    """A bare number in two schools, and ids of Outlook that begin alike: none hides another."""
    whole_day = "DTSTART;VALUE=DATE:202612{}\r\n"
    take(site, "0869001S", EVENT.format("1", "Marché", MARKET.format(LINK)))
    take(
        site,
        "0869002T",
        EVENT.format("1", "Chorale", whole_day.format("14")),
        EVENT.format(OUTLOOK.format("A"), "Loto", whole_day.format("15")),
        EVENT.format(OUTLOOK.format("B"), "Cross", whole_day.format("16")),
    )
    found = of_schools(printed(site))
    assert ["Marché", "Chorale", "Loto", "Cross"] == [e["titre"] for e in found]
    assert len({e["id"] for e in found}) == 4


def test_its_source_is_told_on_the_page_in_json_and_in_the_calendar(site: Site):
    """The school, by its name, and the original."""
    take(site, "0869001S", EVENT.format("marche@ecole", "Marché", MARKET.format(LINK)))
    made = printed(site)
    (told,) = of_schools(made)
    calendar = icalendar.Calendar.from_ical(made["frise/frise.ics"])
    (event,) = [e for e in calendar.walk("VEVENT") if str(e["uid"]) == told["id"]]
    page = html5lib.parse(made["frise/2026-2027/index.html"], namespaceHTMLElements=False)
    (item,) = [li for li in page.iter("li") if LINK in [a.get("href") for a in li.findall("p/a")]]
    (source,) = told["sources"]
    assert (LINK, LINK, "2026-12-11T16:30:00+01:00") == (source["original"], str(event["link"]), told["debut"])
    assert f"Source : {source['nom']}, {LINK}" in str(event["description"])
    assert source["nom"] in "".join(item.itertext()).replace("\u202f", " ")


def test_an_event_that_its_school_moves_keeps_its_identity(site: Site):
    """A weekly one too: each date has its own, which the dates before it do not change."""
    take(site, "0869001S", EVENT.format("club", "Club", CLUB))
    before = {e["debut"][:10]: e["id"] for e in of_schools(printed(site))}
    without = CLUB.replace("COUNT=3", "COUNT=3\r\nEXDATE;TZID=Europe/Paris:20261012T120000")
    take(site, "0869001S", EVENT.format("club", "Club", without))
    after = {e["debut"][:10]: e["id"] for e in of_schools(printed(site))}
    assert (["2026-10-12", "2026-10-19", "2026-10-26"], ["2026-10-19", "2026-10-26"]) == (sorted(before), sorted(after))
    assert after.items() <= before.items()
