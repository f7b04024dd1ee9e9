"""Tests of deployment.py: figures as tables and bars, the survey, and the dates of the adhesion."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from gazette.compose.bars import LETTERS, bar, counted, euros, rate_fr
from gazette.compose.deployment import campaign, two_months_after
from gazette.compose.stage import compose
from gazette.model.body import Body
from gazette.model.cleared import Cleared
from gazette.model.entry import Entry
from gazette.model.figures import Answer, Coverage, Deployment, Question, Survey
from gazette.model.moment import PARIS
from gazette.model.newsroom import Adhesion
from gazette.model.sheet import Sheet
from tests.compose.newsstand import NAMES, SECRET, UAI, article, audience, school, sheets
from tests.samples import NOW, sample_newsroom


def row(scope: str, territory: str, day: str, numbers: tuple[int, int], unit: str = "ecoles") -> Coverage:
    """Return a figure."""
    return Coverage(scope, territory, date.fromisoformat(day), unit, *numbers, "1.62", "", "relevé", "", 2)


def deployment(*rows: Coverage, name: str = "public") -> Deployment:
    """Return the file of figures."""
    facts = {"folder": "donnees", "date": None, "audience": name, "body": Body()}
    found: Deployment = article("deploiement", kind=Deployment, rows=rows, **facts)
    return found


def survey(name: str = "directeurs") -> Survey:
    """Return a survey of two questions, one of which may not be told."""
    questions = (Question("Débit", False, (Answer("lent", 20), Answer("vif", 21))), Question("ENT", False, ()))
    facts = {"folder": "donnees", "date": None, "audience": name, "body": Body()}
    own = {"day": date(2026, 11, 6), "scope": "le bassin", "asked": 58, "answered": 41, "questions": questions}
    found: Survey = article("cln", kind=Survey, **facts, **own)
    return found


def joined(*entries: Entry, now: datetime = NOW) -> dict[str, Sheet]:
    """Return the public sheets of a circonscription that tells how to join."""
    adhesion = Adhesion("https://demarches.example/", "45", date(2026, 9, 1))
    newsroom = replace(sample_newsroom(), adhesion=adhesion)
    made = compose([Cleared(e) for e in entries], audience("public"), newsroom, now, {}, SECRET)
    return {sheet.path: sheet for sheet in made.sheets}


def test_figures_are_told_by_scope_the_newest_of_each_territory():
    """But the circonscription's, whose dates follow one another."""
    entries = [
        school(UAI),
        deployment(
            row("circonscription", "Sourcelle", "2025-09-01", (1, 3)),
            row("circonscription", "Sourcelle", "2026-09-01", (2, 3)),
            row("commune", "Sourcelle", "2025-09-01", (0, 2)),
            row("commune", "Sourcelle", "2026-09-01", (1, 2)),
            row("ecole", UAI, "2026-09-01", (60, 61), "eleves"),
            row("ecole", "0869002T", "2026-09-01", (1, 9), "eleves"),
        ),
    ]
    view = sheets("public", entries)["deploiement/index.html"].view
    found = {t.anchor: [(line.label, line.rate) for line in t.lines] for t in view.tables}
    assert {
        "par-circonscription": [("Sourcelle", "33,3\u00a0%"), ("Sourcelle", "66,7\u00a0%")],
        "par-commune": [("Sourcelle", "50\u00a0%")],
        "par-ecole": [(f"École {UAI}", "98,4\u00a0%")],
    } == found
    assert ("66,7\u00a0%", f"ecoles/{UAI}/") == (view.latest.rate, view.tables[-1].lines[0].href)


def test_every_bar_has_its_line():
    """The chart and its table say the same, in the same order."""
    view = sheets("public", [deployment(*(row("commune", f"C{n}", "2026-09-01", (n, 9)) for n in range(9)))])
    for table in view["deploiement/index.html"].view.tables:
        assert [line.rate for line in table.lines] == [b.value for b in table.bars]


@pytest.mark.parametrize("name", NAMES)
def test_only_their_audience_has_the_figures(name: str):
    """Neither the page, nor a link to it, nor a word stands in a more open edition."""
    entries = [deployment(row("commune", "Canarville", "2026-09-01", (1, 2)), name="enseignants"), survey()]
    found = sheets(name, entries)
    expected = {"public": set(), "enseignants": {"deploiement/index.html"}}.get(
        name, {"deploiement/index.html", "deploiement/cln/index.html"}
    )
    assert expected == {path for path in found if path.startswith("deploiement")}
    assert (name != "public") == ("Canarville" in repr(found))
    assert (name == "directeurs") == ("deploiement/cln" in repr(found))


def test_a_survey_tells_totals_and_their_share():
    """A question that may not be told stands with no answer."""
    view = sheets("directeurs", [survey()])["deploiement/cln/index.html"].view
    assert ("70,7\u00a0%", [("lent", 20, "48,8\u00a0%"), ("vif", 21, "51,2\u00a0%")], ()) == (
        view.rate,
        [(line.label, line.schools, line.rate) for line in view.questions[0].lines],
        view.questions[1].lines,
    )


@pytest.mark.parametrize(
    ("day", "label", "talk_by", "opens", "due"),
    [
        ("2026-11-23", "2027-2028", date(2027, 4, 9), date(2027, 4, 26), date(2027, 6, 25)),
        ("2027-07-15", "2027-2028", date(2027, 4, 9), date(2027, 4, 26), date(2027, 6, 25)),
        ("2026-02-02", "2026-2027", date(2026, 4, 3), date(2026, 4, 20), date(2026, 6, 19)),
        ("2060-02-02", "2060-2061", None, None, None),
    ],
)
def test_the_adhesion_has_the_dates_of_school_time(
    day: str, label: str, talk_by: date | None, opens: date | None, due: date | None
):
    """In zone A; past the official dates, none is invented."""
    now = datetime.fromisoformat(day).replace(hour=12, tzinfo=PARIS)
    view = joined(now=now)["deploiement/adhesion/index.html"].view
    assert (label, talk_by, opens, due) == (view.label, view.talk_by, view.opens, view.due)


@pytest.mark.parametrize(
    ("day", "label"), [("2026-11-23", "2027-2028"), ("2027-06-25", "2027-2028"), ("2027-06-26", ""), ("2060-02-02", "")]
)
def test_what_is_due_tells_the_campaign_until_it_is_over(day: str, label: str):
    """Beside deadlines and not among them: its two months run from the day each commune has its convention."""
    view = joined(now=datetime.fromisoformat(day).replace(hour=12, tzinfo=PARIS))["echeances/index.html"].view
    assert () == view.groups
    assert label == (view.campaign.label if view.campaign else "")
    assert not label or (date(2027, 4, 26), date(2027, 6, 25)) == (view.campaign.opens, view.campaign.due)


@pytest.mark.parametrize(
    ("zone", "opens", "due"),
    [
        ("A", date(2027, 4, 26), date(2027, 6, 25)),
        ("B", date(2027, 5, 3), date(2027, 7, 2)),
        ("C", date(2027, 4, 19), date(2027, 6, 18)),
    ],
)
def test_each_zone_has_its_own_dates(zone: str, opens: date, due: date):
    """The last day of class before, when two months end on a day without."""
    found = campaign(2026, zone)
    assert found
    assert (opens, due) == (found, two_months_after(found, zone))


def test_two_months_after_the_end_of_december_is_the_end_of_february():
    """A month that is shorter ends sooner."""
    assert date(2026, 2, 27) == two_months_after(date(2025, 12, 31), "A")


def test_nothing_is_told_of_the_deployment_where_there_is_nothing():
    """No page, and no link."""
    assert [] == [path for path in sheets("directeurs", [school(UAI)]) if path.startswith("deploiement")]


def test_figures_are_written_as_in_french():
    """A comma, a thin space between thousands, a singular for one."""
    assert ["66,7\u00a0%", "100\u00a0%", "0\u00a0%"] == [rate_fr(r) for r in (66.66, 100, 0)]
    assert ["1\u00a0école", "38\u202f940\u00a0écoles"] == [counted(n, "école", "écoles") for n in (1, 38_940)]
    assert ["", "45\u00a0€ HT par école", "1,62\u00a0€ HT par élève", "98\u202f765,40\u00a0€ HT par an"] == [
        euros("", "x"), euros("45.00", "école"), euros("1.62", "élève"), euros("98765.40", "an"),
    ]  # fmt: skip
    assert LETTERS == len(bar("x" * 99, 50).label)
