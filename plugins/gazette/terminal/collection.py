"""A collection, as whoever runs it is told of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.check import load
from gazette.errors import ConfigurationError, GazetteError, why
from gazette.model.entry import Ecole
from gazette.model.finding import Severity
from gazette.newsdesk.bench import Settings
from gazette.newsdesk.health import load as health
from gazette.newsdesk.health import remedy
from gazette.newsdesk.network import Network
from gazette.newsdesk.permissions import permissions
from gazette.newsdesk.proposal import propose
from gazette.newsdesk.quarantine import quarantine
from gazette.newsdesk.queue import count
from gazette.newsdesk.stage import collect
from gazette.papers.checkup import checkup
from gazette.read.registers import decisions
from gazette.read.stage import directory
from gazette.state import state_folder
from gazette.terminal.call import DONE, ROOT, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom
    from gazette.newsdesk.stage import Collection, Gathered
    from gazette.order import Order
    from gazette.papers.checkup import Checkup


SOURCE_FAULTS = frozenset({"LEC-60", "LEC-61"})
"""A source that cannot be, or that the inspector did not authorise."""


def settings_of(wanted: Order, *, is_offline: bool, is_confirmed: bool, branch: str = "") -> Settings:
    """Return what this run may do."""
    allowed = permissions(ROOT / "publishconf.py")
    newsroom, _ = load(wanted)
    roots = allowed.roots if allowed.roots is not None or "CI" not in os.environ else ()
    return Settings(
        content=wanted.content,
        state=state_folder(wanted.output) / "collecte",
        quarantine=quarantine(newsroom.identifier, os.environ),
        day=wanted.now.date(),
        network=Network(has_loopback=allowed.has_loopback),
        roots=roots,
        known_hosts=allowed.known_hosts,
        ssh_key=allowed.ssh_key,
        is_offline=is_offline,
        is_confirmed=is_confirmed,
        ours=newsroom.identifier,
        branch=branch,
    )


def offer(wanted: Order, settings: Settings, school: str) -> int:
    """Gather onto the branch of the settings, send it, and say what came."""

    def onto(content: Path) -> Collection:
        return gather(replace(wanted, content=content), replace(settings, content=content), school)

    folder = settings.state / "proposition"
    done, sent = propose(wanted.content, folder, settings.branch, os.environ, onto)
    tell_collection(done)
    if sent.is_mended:
        print(f"{settings.branch} : accordée avec les réponses données depuis sur la branche principale.")
    if not sent.schools and not sent.is_mended:
        print("Rien de nouveau : aucune branche n’est envoyée.")
    else:
        asked = "demande de fusion ouverte" if sent.is_offered else "ouvrez-y vous-même la demande de fusion"
        print(
            f"{settings.branch} : {len(sent.schools)} commit(s), un par école ; {asked}. La fusionner, c’est approuver."
        )
    return DONE


def gather(wanted: Order, settings: Settings, school: str) -> Collection:
    """Gather from the sources of every school, or of one."""
    newsroom, _ = load(wanted)
    schools, findings = directory(wanted.content, newsroom, wanted.now)
    twice = next((f for f in findings if f.code == "LEC-62"), None)
    if twice:
        raise ConfigurationError(twice.line())
    for fault in findings:
        if fault.severity > Severity.NOTE or fault.code in SOURCE_FAULTS:
            print(fault.line())
    if school and school not in {s.uai for s in schools if s.correspondents}:
        raise ConfigurationError(f"--source {school} : aucune école de ce code ne déclare de source")
    sources = [one for s in schools for one in s.correspondents]
    with bar() as tell:
        done = collect(settings, wanted.now, sources, lambda: decisions(wanted.content), tell, only=school)
    write_checkup(settings.state, sources_of(wanted, newsroom, schools))
    return done


def sources_of(wanted: Order, newsroom: Newsroom, entries: Iterable[Entry]) -> Checkup:
    """Return how the authorised sources of the schools are, as the last collections of this output found them."""
    schools = [one for one in entries if isinstance(one, Ecole)]
    authorised = [c for school in schools for c in school.correspondents if c.is_authorised(wanted.now.date())]
    known = health(state_folder(wanted.output) / "collecte")
    return checkup(newsroom.title, schools, known, authorised, wanted.now)


def write_checkup(state: Path, found: Checkup) -> None:
    """Write how the sources are beside the state, instead of what the last run wrote, and say where."""
    folder, files = state / "sante", found.files()
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    except OSError as error:
        raise GazetteError(f"{shown(folder)} : écriture impossible ({why(error)}); la collecte est faite") from error
    ready = [path for path in files if path.endswith(".eml")]
    told = f" ; {len(ready)} message(s) prêt(s) pour des écoles, dans {shown(folder / 'messages')}" if ready else ""
    print(f"État des sources : {shown(folder / 'index.html')}{told}")


def waiting(wanted: Order) -> str:
    """Return how many dépêches wait for an answer, and where to give it."""
    found = count(wanted.content)
    return f" ; {found} en attente : ./gazette moderer" if found else " ; rien n’attend"


def tell_collection(done: Collection, then: str = "") -> int:
    """Say what came, source by source where there is something to say, then in one line; ``then``: what is next."""
    for one in done.gathered:
        for line in lines(one):
            print(line)
    new, gone, mended = (sum(getattr(g, key) for g in done.gathered) for key in ("new", "withdrawn", "mended"))
    faulty = sum(bool(g.health.fault) for g in done.gathered)
    came = f"{new} dépêche(s) nouvelle(s) ou changée(s), {gone} retirée(s), {mended} réparée(s)"
    took = f"{done.seconds:.1f} s".replace(".", ",")
    print(f"{len(done.gathered)} source(s) : {came}, {faulty} en panne, en {took}{then}")
    return DONE


def lines(one: Gathered) -> Iterator[str]:
    """Yield what there is to say of a source."""
    who, health = f"{one.correspondent.uai} · {one.correspondent.kind}", one.health
    if health.fault:
        kept = f" ; ce qu’elle avait donné le {_day(health.success)} reste" if health.success else ""
        yield f"{who} · {health.fault}{kept} · {remedy(health.code)}{_next(one)}  [{health.code}]"
    if health.held:
        ask = f"./gazette collecter --source {one.correspondent.uai} --confirmer"
        yield f"{who} · retenu : {health.held} · si c’est voulu : {ask}"
    for note in health.notes if one.is_asked else ():
        yield f"{who} · {note}"
    if one.new or one.withdrawn or one.mended:
        yield f"{who} · {one.new} nouvelle(s) ou changée(s), {one.withdrawn} retirée(s), {one.mended} réparée(s)"


def _next(one: Gathered) -> str:
    """Return when a source that this run did not ask is asked again, and how to ask it at once; "" for one it did."""
    if one.is_asked:
        return ""
    now = f"./gazette collecter --source {one.correspondent.uai}"
    if one.health.is_gone:
        return f" ; elle n’est plus demandée, sauf par {now}"
    until = one.health.until
    return f" ; pas redemandée : prochain essai le {_day(until)} à {until[11:16]}, ou tout de suite par {now}"


def _day(moment: str) -> str:
    return f"{moment[8:10]}/{moment[5:7]}/{moment[:4]}"


@contextlib.contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """Show schools as they are done, on a terminal and past one second; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from gazette.publish.words import Steps  # noqa: PLC0415  # on a terminal only

    with Steps("Écoles") as tell:
        yield tell
