"""``donnees/``: CSV files of figures, each row recomputed and checked before it is believed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from gazette.model.body import Body
from gazette.model.entry import Ecole, Origin
from gazette.model.figures import SCOPES, UNITS, Answer, Coverage, Deployment, Question, Survey
from gazette.model.finding import Finding, Place, Severity
from gazette.model.moment import PARIS
from gazette.read.explain import suggestion
from gazette.read.fields import check_https, is_uai, read_day
from gazette.read.rows import UnreadableRowsError, decoded, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.figures import Figures
    from gazette.model.newsroom import Newsroom
    from gazette.read.rows import Row, Rows

FOLDER = "donnees"
SIZE_LIMIT = 1_000_000
DEPLOYMENT, SURVEY = "deploiement.csv", "cln.csv"
_COVERAGE = ("portee", "territoire", "date", "unite", "numerateur", "denominateur", "source")
_ANSWER = ("date", "perimetre", "ecoles_interrogees", "ecoles_repondantes", "question", "choix", "reponse", "ecoles")
_COUNT = re.compile(r"[0-9]{1,7}")
_RATE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?\s*%?")
_MONEY = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]{1,2}))?\s*€?")
LABEL = 120
"""Characters of a label at most: more is somebody's sentence."""
FAR = timedelta(days=366)
"""A date to come waits for its day, as everywhere; farther, it is a slip."""
_EPOCH = datetime(2000, 1, 1, tzinfo=PARIS)


class _RowError(ValueError):
    """A row that cannot be believed: its code, what is wrong, what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.remedy = code, remedy


@dataclass(slots=True)
class _Sheet:
    """A file being read, and what was found in it."""

    path: str
    data: bytes
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, line: int, message: str, remedy: str, severity: Severity = Severity.REFUSE) -> None:
        """Tell a finding at a line."""
        self.findings.append(Finding(code, severity, Place(self.path, line), message, remedy))

    def table(self, known: tuple[str, ...], needed: tuple[str, ...]) -> Rows | None:
        """Return the rows that can be trusted as cells; what cannot is told."""
        if len(self.data) > SIZE_LIMIT:
            self.tell("CHF-01", 1, "fichier de plus de 1 Mo", "gardez les seuls chiffres à publier")
            return None
        try:
            found = rows(self.data, known, needed)
        except UnreadableRowsError as error:
            expected = f"colonnes attendues : {', '.join(needed)} (docs/deploiement.md)"
            self.tell("CHF-01", 1, f"tableau illisible : {error}", expected)
            return None
        for name in found.unknown:
            message = f"colonne « {name} » inconnue, jamais lue"
            self.tell("CHF-02", 1, message, "retirez-la : seuls des chiffres agrégés vont ici", Severity.NOTE)
        return found


def figures(content: Path, newsroom: Newsroom, now: datetime) -> tuple[list[tuple[Figures, bytes]], list[Finding]]:
    """Return what the files of figures hold, each with its bytes, and every finding; a bad row costs that row."""
    found: list[tuple[Figures, bytes]] = []
    findings: list[Finding] = []
    for name, reader in ((DEPLOYMENT, _deployment), (SURVEY, _survey)):
        path = content / FOLDER / name
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            sheet = _Sheet(f"{FOLDER}/{name}", file.read(SIZE_LIMIT + 1))
        made = reader(sheet, newsroom, now.date())
        findings += sheet.findings
        found += [(made, sheet.data)] if made else []
    return found, findings


def unknown_schools(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Tell the figures of schools that the directory does not have: no page shows them."""
    entries = tuple(entries)
    known = {e.uai for e in entries if isinstance(e, Ecole)}
    for entry in entries:
        for row in entry.rows if isinstance(entry, Deployment) else ():
            if row.scope == "ecole" and row.territory not in known:
                message = f"école {row.territory} absente de l’annuaire : cette ligne n’est pas montrée"
                remedy = "corrigez le code, ou ajoutez l’école (./gazette importer-annuaire)"
                yield Finding("CHF-07", Severity.NOTE, Place(entry.path, row.line), message, remedy)


def _common(sheet: _Sheet, newsroom: Newsroom, name: str, title: str, labels: Iterable[str]) -> dict[str, Any]:
    """Return what every entry has."""
    digest = hashlib.sha256(sheet.data).hexdigest()
    return {
        "id": sheet.path,
        "path": sheet.path,
        "name": name,
        "folder": FOLDER,
        "title": title,
        "summary": "",
        "status": "publie",
        "author": "equipe",
        "audience": newsroom.figures_audience(name),
        "date": None,
        "origin": Origin(_EPOCH, _EPOCH),
        "body": Body(text="\n".join(labels), digest=digest),
        "source": decoded(sheet.data).replace("\r\n", "\n"),
        "digest": digest,
    }


def _deployment(sheet: _Sheet, newsroom: Newsroom, today: date) -> Deployment | None:
    table = sheet.table((*_COVERAGE, "taux", "cout_eleve_ht", "cout_ecole_ht", "lien"), _COVERAGE)
    found: dict[tuple[str, str, str, date], Coverage] = {}
    for row in table.rows if table else ():
        try:
            one = _coverage(row, today)
        except _RowError as error:
            sheet.tell(error.code, row.line, str(error), error.remedy)
            continue
        key = (one.scope, one.territory, one.unit, one.day)
        if key in found:
            message = f"déjà dit ligne {found[key].line} : même portée, même territoire, même unité, même jour"
            sheet.tell("CHF-09", row.line, message, "gardez une seule des deux lignes")
        else:
            found[key] = one
    found = {key: one for key, one in found.items() if one.day <= today}
    if not found:
        return None
    labels = [f"{c.territory} {c.source}" for c in found.values()]
    common = _common(sheet, newsroom, "deploiement", "Déploiement de l’ENT", labels)
    return Deployment(**common, rows=tuple(found.values()))


def _coverage(row: Row, today: date) -> Coverage:
    """Return what a row says; ``_RowError`` when it cannot be believed."""
    cells = row.cells
    _trusted(row)
    scope, unit = (_one_of(cells, name, known) for name, known in (("portee", SCOPES), ("unite", UNITS)))
    territory = cells["territoire"]
    if not territory or (scope == "ecole" and not is_uai(territory)):
        raise _RowError("CHF-03", "territoire: absent, ou code UAI faux", "écrivez le nom, ou le code de l’école")
    numerator, denominator = _count(cells, "numerateur"), _count(cells, "denominateur")
    if numerator > denominator or not denominator:
        message = f"{numerator} sur {denominator} : plus que le tout, ou le tout est nul"
        raise _RowError("CHF-04", message, "recomptez, à la même date et dans le même périmètre")
    if not cells["source"]:
        raise _RowError("CHF-05", "chiffre sans source", "dites d’où il vient : qui l’a compté")
    link = cells.get("lien", "")
    try:
        link = link and check_https(link)
    except ValueError as error:
        raise _RowError("CHF-03", "lien: adresse illisible", "écrivez l’adresse entière, avec https://") from error
    _check_rate(cells.get("taux", ""), numerator, denominator)
    return Coverage(
        scope=scope,
        territory=territory,
        day=_day(cells, today),
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        pupil_cost=_money(cells, "cout_eleve_ht"),
        school_cost=_money(cells, "cout_ecole_ht"),
        source=cells["source"],
        link=link,
        line=row.line,
    )


def _check_rate(written: str, numerator: int, denominator: int) -> None:
    """Compare a rate that is written with the one that is computed, to the digit it was rounded at."""
    if not written:
        return
    found = _RATE.fullmatch(written)
    digits = len(found[2] or "") if found else 0
    rate = 100 * numerator / denominator
    if not found or abs(float(f"{found[1]}.{found[2] or 0}") - rate) > 0.5 * 10**-digits + 1e-9:
        computed = f"{rate:.{digits}f}".replace(".", ",")
        message = f"taux écrit « {written[:12]} », calculé {computed} % ({numerator} sur {denominator})"
        raise _RowError("CHF-06", message, "corrigez les nombres, ou retirez ce taux")


def _survey(sheet: _Sheet, newsroom: Newsroom, today: date) -> Survey | None:
    table = sheet.table(_ANSWER, _ANSWER)
    heads: dict[tuple[date, str, int, int], int] = {}
    questions: dict[str, Question] = {}
    for row in table.rows if table else ():
        try:
            _trusted(row)
            head = _head(row, today)
            heads.setdefault(head, row.line)
            question, answer = _answer(row, head[3])
            _add(questions, question, answer)
        except _RowError as error:
            sheet.tell(error.code, row.line, str(error), error.remedy)
    if len(heads) > 1:
        line = sorted(heads.values())[1]
        message = "date, périmètre ou nombre d’écoles changent d’une ligne à l’autre"
        sheet.tell("CHF-08", line, message, "un fichier vaut pour une seule enquête")
        return None
    day, scope, asked, answered = next(iter(heads), (today, "", 0, 0))
    kept = tuple(q for q in questions.values() if _is_whole(sheet, q, answered))
    if not kept or day > today:
        return None
    labels = [text for q in kept for text in (q.title, *(a.label for a in q.answers))]
    common = _common(sheet, newsroom, "cln", "Enquête des comités locaux du numérique", labels)
    return Survey(**common, day=day, scope=scope, asked=asked, answered=answered, questions=kept)


def _head(row: Row, today: date) -> tuple[date, str, int, int]:
    asked, answered = _count(row.cells, "ecoles_interrogees"), _count(row.cells, "ecoles_repondantes")
    if answered > asked:
        raise _RowError("CHF-04", f"{answered} réponses de {asked} écoles", "recomptez les écoles")
    return _day(row.cells, today), row.cells["perimetre"], asked, answered


def _answer(row: Row, answered: int) -> tuple[Question, Answer]:
    cells = row.cells
    choice = _one_of(cells, "choix", ("unique", "plusieurs"))
    for name in ("question", "reponse"):
        if not 0 < len(cells[name]) <= LABEL:
            message = f"{name}: absente, ou de plus de {LABEL} caractères"
            raise _RowError("CHF-03", message, "un intitulé court : jamais une réponse rédigée")
    schools = _count(cells, "ecoles")
    if schools > answered:
        raise _RowError("CHF-04", f"{schools} écoles, et {answered} ont répondu", "recomptez les réponses")
    return Question(cells["question"], choice == "plusieurs", ()), Answer(cells["reponse"], schools)


def _add(questions: dict[str, Question], question: Question, answer: Answer) -> None:
    known = questions.get(question.title, question)
    if known.is_multiple != question.is_multiple:
        raise _RowError("CHF-08", "question tantôt à choix unique, tantôt à plusieurs", "choisissez")
    if answer.label in {a.label for a in known.answers}:
        raise _RowError("CHF-09", "réponse déjà comptée pour cette question", "gardez une seule des deux lignes")
    questions[question.title] = Question(known.title, known.is_multiple, (*known.answers, answer))


def _is_whole(sheet: _Sheet, question: Question, answered: int) -> bool:
    """Tell whether a question's answers can all be true together."""
    total = sum(a.schools or 0 for a in question.answers)
    if question.is_multiple or total <= answered:
        return True
    message = f"question à choix unique : {total} réponses, et {answered} écoles ont répondu"
    sheet.tell("CHF-04", 1, message, "recomptez, ou écrivez choix: plusieurs")
    return False


def _trusted(row: Row) -> None:
    if row.fault:
        raise _RowError("CHF-03", f"ligne illisible : {row.fault}", "retapez cette ligne")


def _one_of(cells: Any, name: str, known: tuple[str, ...]) -> str:  # noqa: ANN401  # a mapping of texts
    value = cells[name].lower().replace("é", "e").replace("è", "e")
    if value in known:
        return str(value)
    raise _RowError("CHF-03", f"{name}: « {cells[name][:30]} » inconnu", suggestion(value, known))


def _count(cells: Any, name: str) -> int:  # noqa: ANN401
    text = cells[name].replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if _COUNT.fullmatch(text):
        return int(text)
    raise _RowError("CHF-03", f"{name}: « {cells[name][:20]} » n’est pas un nombre", "écrivez un nombre entier")


def _money(cells: Any, name: str) -> str:  # noqa: ANN401
    text = cells.get(name, "")
    found = _MONEY.fullmatch(text)
    if found:
        return f"{int(found[1])}.{(found[2] or '').ljust(2, '0')}"
    if not text:
        return ""
    raise _RowError("CHF-03", f"{name}: « {text[:20]} » n’est pas un prix", "écrivez des euros hors taxes : 1,62")


def _day(cells: Any, today: date) -> date:  # noqa: ANN401
    try:
        day = read_day(cells["date"])
    except ValueError as error:
        message = f"date illisible « {cells['date'][:20]} »"
        raise _RowError("CHF-03", message, "écrivez AAAA-MM-JJ, par exemple 2026-10-06") from error
    if day > today + FAR:
        raise _RowError("CHF-10", f"chiffre daté du {day}, dans plus d’un an", "corrigez la date")
    return day
