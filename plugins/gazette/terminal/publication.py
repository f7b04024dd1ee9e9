"""A publication, step by step, as whoever publishes is told of it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from gazette.build import build
from gazette.check import load
from gazette.inquiry import sources_of
from gazette.model.finding import Severity
from gazette.model.moment import PARIS
from gazette.model.token import SUFFIX
from gazette.publish import stage
from gazette.publish.forge import exposure
from gazette.publish.release import Facts
from gazette.publish.words import Bar, plan_lines
from gazette.publish.words import instant as moment
from gazette.state import state_folder, write_whole
from gazette.terminal.call import CLOSED, DONE, refusal, shown_root
from gazette.terminal.findings import tell_findings
from gazette.terminal.notice import changed_feeds, feed_lines, ping
from gazette.terminal.report import SHUT, next_change, tell_all, tell_build, write_json
from gazette.terminal.serving import stale_lines
from gazette.terminal.waiting import Waiting
from gazette.write.series import raise_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazette.model.newsroom import Newsroom
    from gazette.model.sheet import Manifest
    from gazette.order import Order, Report
    from gazette.publish.plan import Plan
    from gazette.publish.stage import Target

ALARM = "prochain"
"""File of the state folder: when the next publication has something to do, for a forge that wakes up each hour."""


def is_exposed(contenu: str) -> bool:
    """Tell whether the forge shows the content to others, and say so."""
    stops = exposure(os.environ)
    if stops:
        tell_findings(stops, shown_root(contenu))
        print("Porte fermée : rien n’a été changé en ligne.")
    return bool(stops)


def put_on_line(target: Target, wanted: Order, contenu: str, *, is_rehearsal: bool, rapport: str, ours: int = 0) -> int:
    """Build, proof, then publish, or say what publishing would do; return the exit code.

    ``ours``: files that this very command wrote, which nobody could save in git yet.
    """
    alarm = state_folder(wanted.output) / ALARM
    if not is_rehearsal:
        alarm.unlink(missing_ok=True)  # what fails is tried again
    with Waiting() as line:
        report = build(replace(wanted, tell=line.done))
    tell_findings(report.findings, shown_root(contenu))
    plans: tuple[Plan, ...] = ()
    newsroom, _ = load(wanted)
    if not report.is_closed:
        unsaved = report.uncommitted and max(0, report.uncommitted - ours)
        tell_all(stage.limits(target, uncommitted=unsaved))
        built = [e.manifest for e in report.proofed]
        off = without_tokens(newsroom, built)
        plans = stage.plans(target, built, off, report.withdrawn) if is_rehearsal else _applied(target, report, off)
    for plan in plans:
        tell_all(plan_lines(plan, is_done=not is_rehearsal))
    editions = {p.audience: p.as_json() for p in plans}
    feeds = changed_feeds(newsroom, plans)
    facts = {"cible": target.name, "editions": editions, "fils": feeds, "prochain": next_change(report)}
    write_json(rapport, facts)
    if not is_rehearsal:
        tell_all(feed_lines(feeds, plans))
        tell_all(ping(newsroom, feeds) if target.is_live else ())
        tell_all(stale_lines(wanted) if not report.is_closed else ())
    if report.horizon and not (is_rehearsal or report.is_closed):
        write_whole(alarm, report.horizon.stamp.encode())
    tell_build(report)
    return CLOSED if report.is_closed else DONE


def without_tokens(newsroom: Newsroom, built: Sequence[Manifest]) -> list[str]:
    """Return the trees of token feeds that were not printed: for want of a secret, switched off, or never asked for."""
    printed = {manifest.audience for manifest in built}
    return [name for a in newsroom.audiences[1:] if (name := f"{a.name}{SUFFIX}") not in printed]


def _applied(target: Target, report: Report, off: Sequence[str]) -> tuple[Plan, ...]:
    """Publish what was proofed, and tell what there is to tell of it."""
    at = datetime.now(PARIS).isoformat(timespec="seconds")
    slips = [f for f in report.findings if f.severity is Severity.REFUSE and f.code.startswith("LEC")]
    unread = frozenset(f.place.file for f in slips)
    facts = Facts(at, f"{report.now:%Y-%m-%d %H:%M}", report.commit, report.sources, report.withdrawn, unread)
    with Bar() as tell:
        outcome = stage.publish(target, report.proofed, facts, tell, off)
    tell_all(outcome.notes)
    return outcome.plans


def go_back(target: Target, wanted: Order, retour: str | bool, contenu: str) -> int:
    """Put a kept release on line again, judged by what may be shown today; return the exit code."""
    number = "0" if retour is True else str(retour)
    if not number.isdigit():
        raise refusal(f"--retour {number} : donnez le numéro d’une édition gardée (voir ./gazette etat)")
    sources, withdrawn, stops = sources_of(wanted)
    if stops:
        tell_findings(stops, shown_root(contenu))
        print(SHUT)
        return CLOSED
    names = [name for a in load(wanted)[0].audiences for name in (a.name, f"{a.name}{SUFFIX}")]
    facts = Facts("", f"{wanted.now:%Y-%m-%d %H:%M}", "", sources, withdrawn)
    for name, release in stage.go_back(target, names, int(number), facts):
        print(f"{name} : édition {release.number} de nouveau en ligne, publiée le {moment(release.at)}.")
    remedy = "défaites aussi le changement (« git revert »), sinon il revient"
    print(f"Elle y reste jusqu’à la prochaine publication : {remedy}.")
    return DONE


def renew_token(wanted: Order, edition: str, contenu: str) -> None:
    """Raise the series of an edition's token feeds, and say what follows."""
    series = raise_series(wanted.content, edition)
    file = f"{shown_root(contenu)}circonscription.yml"
    print(
        f"{file} : serie: {series} pour l’édition {edition}. Enregistrez ce changement dans git, sinon il sera perdu."
    )
    print("Les adresses d’avant meurent à cette publication. Les nouvelles : " + f"./gazette jeton {edition}")
