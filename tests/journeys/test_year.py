"""The demo on five days of its school year: everything is printed, and every page is whole."""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import pytest

from gazette.model.finding import Severity
from tests.journeys.conftest import EDITIONS, Demo

DAYS = ("2026-09-01", "2026-11-22", "2026-12-25", "2027-03-10", "2027-07-02")
LEGAL = ("plan-du-site/", "mentions-legales/", "donnees-personnelles/", "accessibilite/")


@pytest.fixture(scope="module", params=DAYS)
def day(request: pytest.FixtureRequest) -> str:
    """Give a day; tests of one day come together, since building it is what takes time."""
    return str(request.param)


class Outline(HTMLParser):
    """What a page says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.lang, self.title, self.viewport = "", "", ""
        self.levels: list[int] = []
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note headings, links and ids."""
        named = {name: value or "" for name, value in attrs}
        self.in_title = tag == "title" and not self.title
        if tag == "html":
            self.lang = named.get("lang", "")
        if tag == "meta" and named.get("name") == "viewport":
            self.viewport = named.get("content", "")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))
        if tag == "a":
            self.hrefs.append(named.get("href", ""))
        if "id" in named:
            self.ids.append(named["id"])

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # HTMLParser's
        """Close the title."""
        self.in_title = False

    def handle_data(self, data: str) -> None:
        """Read the title."""
        self.title += data if self.in_title else ""


@cache
def outline(page: bytes) -> Outline:
    """Return the outline of a page; most pages are the same from day to day."""
    found = Outline()
    found.feed(page.decode("utf-8"))
    return found


def pages(demo: Demo, day: str) -> dict[str, Outline]:
    """Return the outline of every page of a day, by path."""
    return {path: outline(data) for path, data in demo.at(day)[1].items() if path.endswith(".html")}


def test_nothing_is_left_out(demo: Demo, day: str):
    """No finding above a note; the three editions are proofed, and the token feeds of two."""
    report, printed = demo.at(day)
    grave = [f.line() for f in report.findings if f.severity > Severity.NOTE]
    homes = [name for name in EDITIONS if f"{name}/index.html" in printed]
    assert ([], 0, 5, list(EDITIONS)) == (grave, report.left_out, len(report.proofed), homes)


def test_holidays_are_wished_on_every_home(demo: Demo, day: str):
    """In holidays, whatever is due or comes next; never in time of class."""
    wished = ["Bonnes vacances" in demo.at(day)[1][f"{name}/index.html"].decode() for name in EDITIONS]
    assert [day == "2026-12-25"] * 3 == wished


def test_today_stands_in_its_own_month_of_the_frise(demo: Demo, day: str):
    """Whatever comes next, and when: on 22 November nothing public follows before December."""
    wrong = []
    for name in EDITIONS:
        page = demo.at(day)[1][f"{name}/frise/2026-2027/index.html"].decode()
        for before in page.split('<li class="aujourdhui">')[:-1]:
            months = re.findall(r'<h3 id="mois-(\d{4}-\d{2})', before)
            wrong += [name] if months[-1] != day[:7] else []
    assert [] == wrong


def test_every_page_has_one_title_and_its_headings_in_order(demo: Demo, day: str):
    """One h1, and no level skipped (RGAA 9.1)."""
    wrong = []
    for path, page in pages(demo, day).items():
        steps = [after - before for before, after in zip([0, *page.levels], page.levels, strict=False)]
        if page.levels.count(1) != 1 or max(steps, default=2) > 1:
            wrong.append((path, page.levels))
    assert [] == wrong


def test_every_page_says_its_language_and_fits_a_telephone(demo: Demo, day: str):
    """``lang`` (RGAA 8.3) and a viewport that may be zoomed (RGAA 10.4)."""
    wrong = [
        (path, page.lang, page.viewport)
        for path, page in pages(demo, day).items()
        if page.lang != "fr"
        or "width=device-width" not in page.viewport
        or "scal" in page.viewport.replace("initial-scale=1", "")
    ]
    assert [] == wrong


def test_titles_are_unique_within_an_edition(demo: Demo, day: str):
    """No two pages are called the same (RGAA 8.6); the frise's own page is that of its year."""
    found = [
        (path.partition("/")[0], page.title)
        for path, page in pages(demo, day).items()
        if "/frise/index.html" not in path and "/404.html" not in path
    ]
    assert [] == [(key, count) for key, count in Counter(found).items() if count > 1 or not key[1].strip()]


def test_every_page_leads_to_what_the_law_asks(demo: Demo, day: str):
    """Four links on each page of each edition (rule R1)."""
    missing = [
        (path, legal)
        for path, page in pages(demo, day).items()
        for legal in LEGAL
        if not any(href.endswith(legal) for href in page.hrefs) and not path.endswith(f"/{legal}index.html")
    ]
    assert [] == missing


def test_no_id_is_given_twice(demo: Demo, day: str):
    """A link to it would lead to one of the two (RGAA 8.2)."""
    wrong = {
        path: [name for name, count in Counter(page.ids).items() if count > 1]
        for path, page in pages(demo, day).items()
    }
    assert {} == {path: names for path, names in wrong.items() if names}


def test_every_edition_has_something_new_and_something_to_come(demo: Demo, day: str):
    """The demo reads like a real site on any day."""
    printed = demo.at(day)[1]
    lists = {name: printed[f"{name}/actualites/index.html"].decode().count("<article") for name in EDITIONS}
    frise = {name: printed[f"{name}/frise/index.html"].decode().count(' id="e-') for name in EDITIONS}
    assert ([], []) == ([n for n, count in lists.items() if not count], [n for n, count in frise.items() if count < 10])
