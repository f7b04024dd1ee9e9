"""``/deploiement/``: how far the ENT reaches, from the circonscription to the école; the survey; how to join."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.bars import bar, counted, euros, rate_fr
from gazette.compose.school_time import holidays, is_school_day, school_day_before
from gazette.compose.views.deployment import (
    AdhesionView,
    AnswerLine,
    CoverageLine,
    CoverageTable,
    DeploymentView,
    QuestionBlock,
    SurveyView,
)
from gazette.compose.views.frame import Link, PageHead
from gazette.model.figures import Deployment, Survey
from gazette.model.moment import school_year, school_year_label
from gazette.model.sheet import Sheet
from gazette.model.typography import NO_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.compose.desk import Desk
    from gazette.model.figures import Coverage, Question
    from gazette.model.newsroom import Adhesion

ROOT = "deploiement/"
SURVEY, ADHESION = f"{ROOT}cln/", f"{ROOT}adhesion/"
TITLE = "Déploiement de l’ENT"
UNITS = {"ecoles": ("école", "écoles"), "eleves": ("élève", "élèves")}
TABLES = (
    ("circonscription", "La circonscription, date après date", "Date"),
    ("departement", "Le département", "Département"),
    ("commune", "Par commune", "Commune"),
    ("ecole", "Par école", "École"),
)
MONTHS_TO_SIGN = 2


def deployment(desk: Desk) -> Iterator[Sheet]:
    """Yield the deployment, the survey and the adhesion, as far as this audience has them."""
    figures = next((f for f in desk.figures if isinstance(f, Deployment)), None)
    survey = next((f for f in desk.figures if isinstance(f, Survey)), None)
    if survey:
        yield _survey(desk, survey)
    if desk.newsroom.adhesion:
        yield _adhesion(desk, desk.newsroom.adhesion)
    links = deployment_links(desk)
    if links:
        yield _deployment(desk, figures, links[1:])


def deployment_links(desk: Desk) -> tuple[Link, ...]:
    """Return the pages of the deployment that this audience has, the first that leads to the others."""
    links = []
    if any(isinstance(f, Survey) for f in desk.figures):
        links.append(Link("Enquête des comités locaux du numérique", SURVEY))
    if desk.newsroom.adhesion:
        links.append(Link("Adhérer à l’ENT, étape par étape", ADHESION))
    return (Link(TITLE, ROOT), *links) if links or desk.figures else ()


def _deployment(desk: Desk, entry: Deployment | None, links: tuple[Link, ...]) -> Sheet:
    rows = tuple(r for r in (entry.rows if entry else ()) if r.scope != "ecole" or r.territory in desk.schools)
    whole = [r for r in rows if r.scope == "circonscription"]
    newest = max(whole, key=lambda r: (r.day, r.unit == "ecoles"), default=None)
    told = f"Combien d’écoles et d’élèves ont {desk.newsroom.ent_name}, avec la date, le périmètre et la source."
    view = DeploymentView(
        PageHead(TITLE, told, ROOT, "ecoles", (Link("Écoles", "ecoles/"),)),
        "deploiement",
        _line(desk, newest) if newest else None,
        tuple(_tables(desk, rows)),
        desk.audience_mark(entry) if entry else "",
        desk.newsroom.ent_name,
        links,
    )
    return Sheet(f"{ROOT}index.html", "html", view, (entry.path,) if entry else ())


def _tables(desk: Desk, rows: Iterable[Coverage]) -> Iterator[CoverageTable]:
    rows = tuple(rows)
    for scope, title, first in TABLES:
        own = [r for r in rows if r.scope == scope]
        if scope != "circonscription":
            own = _latest(own)
        if own:
            lines = [(r, _line(desk, r)) for r in sorted(own, key=lambda r: _order(desk, r))]
            bars = tuple(bar(_label(desk, r, line), r.rate) for r, line in lines)
            yield CoverageTable(title, f"par-{scope}", first, tuple(line for _, line in lines), bars)


def _latest(rows: Iterable[Coverage]) -> list[Coverage]:
    """Return the newest figure of each territory, for each thing that is counted."""
    found: dict[tuple[str, str], Coverage] = {}
    for row in sorted(rows, key=lambda r: r.day):
        found[row.territory, row.unit] = row
    return list(found.values())


def _order(desk: Desk, row: Coverage) -> tuple[object, ...]:
    if row.scope == "circonscription":
        return (row.unit != "ecoles", row.day)
    school = desk.schools.get(row.territory)
    return ((school.town, school.title) if school else ("", row.territory), row.unit != "ecoles")


def _line(desk: Desk, row: Coverage) -> CoverageLine:
    school = desk.schools.get(row.territory)
    costs = (euros(row.pupil_cost, f"élève et par{NO_BREAK}an"), euros(row.school_cost, f"école et par{NO_BREAK}an"))
    return CoverageLine(
        school.title if school else row.territory,
        desk.href(school) if school else "",
        counted(row.numerator, *UNITS[row.unit]),
        counted(row.denominator, *UNITS[row.unit]),
        rate_fr(row.rate),
        row.day,
        ", ".join(cost for cost in costs if cost),
        row.source,
        row.link,
    )


def _label(desk: Desk, row: Coverage, line: CoverageLine) -> str:
    """Return what a bar is of."""
    school = desk.schools.get(row.territory)
    if row.scope == "circonscription":
        return f"{UNITS[row.unit][1].capitalize()}, {row.day:%d/%m/%Y}"
    return f"{school.title}, {school.town}" if school else f"{line.label} ({UNITS[row.unit][1]})"


def _survey(desk: Desk, survey: Survey) -> Sheet:
    told = "Débit, équipement, usages, formations, projets : ce que les écoles ont répondu, en totaux seulement."
    parents = (Link("Écoles", "ecoles/"), Link(TITLE, ROOT))
    view = SurveyView(
        PageHead("Comités locaux du numérique", told, SURVEY, "ecoles", parents),
        "enquete",
        survey.day,
        survey.scope,
        survey.asked,
        survey.answered,
        rate_fr(100 * survey.answered / survey.asked),
        tuple(_question(q, survey.answered) for q in survey.questions),
        desk.audience_mark(survey),
    )
    return Sheet(f"{SURVEY}index.html", "html", view, (survey.path,))


def _question(question: Question, answered: int) -> QuestionBlock:
    rates = [None if a.schools is None else 100 * a.schools / answered for a in question.answers]
    lines = tuple(
        AnswerLine(a.label, a.schools, "" if rate is None else rate_fr(rate))
        for a, rate in zip(question.answers, rates, strict=True)
    )
    bars = tuple(bar(a.label, rate) for a, rate in zip(question.answers, rates, strict=True) if rate is not None)
    return QuestionBlock(question.title, question.is_multiple, lines, bars)


def _adhesion(desk: Desk, adhesion: Adhesion) -> Sheet:
    year = school_year(desk.today)
    role = desk.newsroom.role("erun")
    zone = desk.newsroom.zone
    opens = campaign(year, zone)
    told = f"De la concertation à la rentrée : comment une commune adhère à {desk.newsroom.ent_name}, et quand."
    parents = (Link("Écoles", "ecoles/"), Link(TITLE, ROOT))
    view = AdhesionView(
        PageHead("Adhérer à l’ENT", told, ADHESION, "ecoles", parents),
        "adhesion",
        school_year_label(year + 1),
        school_day_before(_spring(year, zone) or dt.date(year + 1, 4, 1), zone) if opens else None,
        opens,
        two_months_after(opens, zone) if opens else None,
        year + 1,
        adhesion.link,
        euros(adhesion.school_cost, f"école et par{NO_BREAK}an"),
        adhesion.checked,
        desk.newsroom.ent_name,
        role.email if role else "",
    )
    return Sheet(f"{ADHESION}index.html", "html", view)


def _spring(year: int, zone: str) -> dt.date | None:
    """Return the first day of the spring holidays; None past the official dates."""
    return next((h.start for h in holidays(year, zone) if "printemps" in h.name.lower()), None)


def campaign(year: int, zone: str) -> dt.date | None:
    """Return the first day of class after the spring holidays, when the campaign opens; None when it is not known."""
    end = next((h.end for h in holidays(year, zone) if "printemps" in h.name.lower()), None)
    if end is None:
        return None
    day = end + dt.timedelta(days=1)
    while not is_school_day(day, zone):
        day += dt.timedelta(days=1)
    return day


def two_months_after(day: dt.date, zone: str) -> dt.date:
    """Return the day two months later, or the last day of class before it."""
    month = day.month + MONTHS_TO_SIGN
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    due = dt.date(year, month, min(day.day, last))
    return due if is_school_day(due, zone) else school_day_before(due, zone)
