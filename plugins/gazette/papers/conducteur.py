"""The conducteur: what comes this week and the next, what waits for whom, and what nobody has thought of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.compose.school_time import SATURDAY, class_week, class_week_before, has_class
from gazette.model.authorisation import SOON
from gazette.model.depeche import WAITING
from gazette.model.entry import Ecole, Outil
from gazette.model.horizon import horizon
from gazette.model.moment import DAYS, MONTHS, Moment
from gazette.model.week import Week
from gazette.papers.consent import rows as authorisation_rows
from gazette.papers.paper import Link, page, table
from gazette.read.history import held_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom
    from gazette.read.stage import Reading

SILENT = 3
"""Weeks of class after which a fil is told to be silent."""
IN_REVIEW = re.compile(rb"^statut\s*:\s*[\"']?relecture\b", re.MULTILINE)
STALE = 365
"""Days after which a tool's sheet is to be checked again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question and its answers; each answer is *when or who* · *what* · *where*."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    none: str
    """What is said where there is nothing."""


def conducteur(newsroom: Newsroom, reading: Reading, content: Path, now: dt.datetime) -> tuple[Part, ...]:
    """Return the plan of the circonscription's team on a day; drafts count, nothing here is for readers."""
    today, entries = now.date(), reading.entries
    this = Week.of(today if today.weekday() < SATURDAY else today + dt.timedelta(days=2))
    following = class_week(this.sunday + dt.timedelta(days=1), newsroom.zone)
    return (
        Part(
            f"D'ici au {_day(this.sunday)}",
            tuple(_agenda(newsroom, entries, now, today, this.sunday)),
            "Rien de prévu.",
        ),
        Part(
            f"Ensuite, jusqu'au {_day(following.sunday)}",
            tuple(_agenda(newsroom, entries, now, this.sunday + dt.timedelta(days=1), following.sunday)),
            "Rien de prévu.",
        ),
        Part("Ce que le temps change d'abord en ligne", _next(entries, now), ""),
        Part("À relire", tuple(_reviews(newsroom, entries, content, now)), "Aucun texte n'attend d'accord."),
        Part("Dépêches à accepter ou à refuser", tuple(_waiting(content, entries)), "Aucune dépêche n'attend."),
        Part(
            "Ce qui manque",
            (*_toolless(newsroom, entries, (this, following)), *_silent(newsroom, entries, now)),
            "Rien : chaque fil vit, chaque semaine a son outil.",
        ),
        Part("Fiches d'outil à vérifier", tuple(_stale(entries, now)), "Toutes ont été vérifiées depuis un an."),
        Part(
            f"Autorisations qui finissent dans les {SOON} jours",
            tuple(_ending(reading, today)),
            "Aucune autorisation ne finit bientôt.",
        ),
    )


def _day(day: dt.date) -> str:
    return f"{DAYS[day.weekday()]} {'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def _when(moment: Moment) -> str:
    return _day(moment.day) + (f", {moment.hour:%H:%M}" if moment.hour else "")


def _next(entries: Iterable[Entry], now: dt.datetime) -> tuple[tuple[str, str, str], ...]:
    """Return the instant at which the same texts will be printed otherwise, and why."""
    found = horizon(entries, now)
    moment = Moment(found.instant.date(), found.instant.time())
    return ((_when(moment), found.reason, "toutes les éditions"),)


def _agenda(
    newsroom: Newsroom, entries: Iterable[Entry], now: dt.datetime, start: dt.date, end: dt.date
) -> Iterator[tuple[str, str, str]]:
    """Yield by day what appears, is planned, takes place, is due or leaves between two days, both included."""
    found = [
        (moment, what, entry.path)
        for entry in entries
        for moment, what in _happens(newsroom, entry, now)
        if start <= moment.day <= end
    ]
    for moment, what, path in sorted(found, key=lambda f: (f[0].sort_key, f[1], f[2])):
        yield _when(moment), what, path


def _happens(newsroom: Newsroom, entry: Entry, now: dt.datetime) -> Iterator[tuple[Moment, str]]:
    """Yield each thing that a text has happen, past or to come."""
    is_ready = entry.status == "publie"
    to_come = entry.date if entry.date and entry.date.instant > now else None
    if to_come:
        verb = "paraît" if is_ready else f"doit paraître, est encore en « {entry.status} »"
        yield to_come, f"{verb} : {entry.title}"
    if entry.planned and not is_ready and not (to_come and to_come.day == entry.planned):
        yield Moment(entry.planned), f"prévu : {entry.title}"
    if not is_ready:
        return
    for event in entry.events:
        if event.state != "annule":
            yield event.start, f"a lieu : {event.title or entry.title}"
    for deadline in entry.deadlines:
        yield deadline.due, f"échéance : {deadline.label}"
    last = entry.last_day(newsroom.fil(entry.folder))
    if last:
        yield Moment(last), f"dernier jour en ligne : {entry.title}"


def _reviews(
    newsroom: Newsroom, entries: Iterable[Entry], content: Path, now: dt.datetime
) -> Iterator[tuple[str, str, str]]:
    """Yield what waits for an approval: since its first day in review, of whom; the oldest first."""
    waiting = [
        (min(held_since(content, e.path, IN_REVIEW) or e.origin.modified, now), e.path, e)
        for e in entries
        if e.status == "relecture"
    ]
    for instant, _, entry in sorted(waiting, key=lambda w: w[:2]):
        fil = newsroom.fil(entry.folder)
        roles = (newsroom.role(name) for name in (fil.approvers if fil else ()))
        who = " ou ".join(role.label for role in roles if role) or "l'équipe"
        days = (now.date() - instant.date()).days
        since = "depuis aujourd'hui" if days < 1 else f"depuis {days} jour{'s' * (days > 1)}"
        yield f"{since}, par {who}", entry.title, entry.path


def _waiting(content: Path, entries: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield how many dépêches of each school wait, and which came first by name."""
    folder, names = content / WAITING, {e.uai: e.title for e in entries if isinstance(e, Ecole)}
    for school in sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ():
        found = sorted(p.name for p in school.glob("*.md"))
        if found:
            who = names.get(school.name, school.name)
            yield who, f"{len(found)} en attente, la première : {found[0]}", f"{WAITING}/{school.name}/"


def _toolless(newsroom: Newsroom, entries: Iterable[Entry], weeks: Sequence[Week]) -> Iterator[tuple[str, str, str]]:
    """Yield each of the weeks of class to come that has no tool of the week."""
    fil = next((f for f in newsroom.fils if f.kind == "outil"), None)
    if fil is None:
        return
    dated = {Week.of(d) for e in entries if isinstance(e, Outil) for d in _days(e)}
    for week in weeks:
        if week not in dated and has_class(week, newsroom.zone):
            yield f"semaine du {_day(week.monday)}", f"aucune fiche dans « {fil.title} »", f"{fil.name}/"


def _days(entry: Entry) -> Iterator[dt.date]:
    if entry.planned:
        yield entry.planned
    if entry.date:
        yield entry.date.day


def _silent(newsroom: Newsroom, entries: Sequence[Entry], now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """Yield each fil where nothing has appeared for weeks of class."""
    since = class_week(now.date(), newsroom.zone)
    for _ in range(SILENT):
        since = class_week_before(since, newsroom.zone)
    for fil in newsroom.fils:
        days = [
            e.date.day
            for e in entries
            if fil.name in (e.folder, *e.also_in) and e.status == "publie" and e.date and e.date.instant <= now
        ]
        if not days or max(days) < since.monday:
            last = f"rien depuis le {_day(max(days))} {max(days).year}" if days else "rien n'y a jamais paru"
            yield fil.title, last, f"{fil.name}/"


def _stale(entries: Iterable[Entry], now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    tools = [e for e in entries if isinstance(e, Outil) and (now.date() - e.checked).days > STALE]
    for tool in sorted(tools, key=lambda e: (e.checked, e.path)):
        yield f"vérifiée le {tool.checked:%d/%m/%Y}", tool.title, tool.path


def _ending(reading: Reading, today: dt.date) -> Iterator[tuple[str, str, str]]:
    soon = [a for a in reading.authorisations.values() if 0 <= (a.end - today).days <= SOON]
    for name, projects, _, last, where in authorisation_rows(soon, reading.entries, today):
        yield last, f"{name}, {projects}", where


def lines(parts: Iterable[Part]) -> Iterator[str]:
    """Yield the plan as a terminal shows it."""
    for part in parts:
        yield part.title.replace("'", "’").upper()
        yield from (f"  {when} · {what} · {where}" for when, what, where in part.rows)
        if not part.rows:
            yield f"  {part.none}"
        yield ""


def sheet(newsroom: Newsroom, parts: Iterable[Part], now: dt.datetime, texts: str = "") -> str:
    """Return the plan as a page to print, or of the team's preview: ``texts`` and a text's path lead to its page."""
    heads = "Quand, ou qui", "Quoi", "Où"
    body = "\n".join(
        f"<h2>{part.title.replace(chr(39), '’')}</h2>"
        + table(f"{len(part.rows)} à voir", heads, (_linked(row, texts) for row in part.rows), part.none)
        for part in parts
    )
    foot = f"Écrit le {now:%d/%m/%Y à %H:%M}. Pour l'équipe : brouillons et textes réservés compris."
    return page("Conducteur", newsroom.title, "Équipe seulement", body, foot)


def _linked(row: tuple[str, str, str], texts: str) -> tuple[str | Link, ...]:
    """Return the row with what is said of a text leading to it."""
    when, what, where = row
    if not texts or not where.endswith(".md") or where.startswith(WAITING):
        return row
    return when, Link(what, texts + where.removesuffix(".md").removesuffix("/index")), where
