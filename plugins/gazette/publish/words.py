"""How a plan, a publication and what is on line are told to whoever publishes."""

from __future__ import annotations

import datetime as dt
import posixpath
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from gazette.model.moment import PARIS
from gazette.model.token import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazette.publish.plan import Plan
    from gazette.publish.release import Release
    from gazette.publish.releases import Damage
    from gazette.publish.stage import Place

KINDS = (
    ("page", "pages", (".html",)),
    ("fil ou agenda", "fils et agendas", (".xml", ".atom", ".json", ".ics", ".rss", ".opml")),
    ("image", "images", (".jpg", ".jpeg", ".webp", ".png", ".svg", ".ico")),
)
SHOWN = 8
"""Paths named at most, before « et … autres »."""


def plan_lines(plan: Plan, *, is_done: bool) -> Iterator[str]:
    """Yield what a plan does to an edition; with paths when it is not done yet."""
    sent, kept, gone = len(plan.uploads), len(plan.keeps), len(plan.deletes)
    if plan.is_empty:
        yield f"{plan.audience} : rien à envoyer, {_files(kept)} déjà en ligne"
        return
    ends = ["s" if count > 1 else "" for count in (sent, kept, gone)]
    done = [f"{verb}{end}" for verb, end in zip(("envoyé", "gardé", "supprimé"), ends, strict=True)]
    verbs = done if is_done else ["à envoyer", "à garder", "à supprimer"]
    kinds = f" ({told_kinds(plan.uploads)})" if plan.uploads else ""
    there = f"{kept} {verbs[1]}, {gone} {verbs[2]}"
    yield f"{plan.audience} : {_files(sent)} {verbs[0]}{kinds}, {octets(plan.size)} ; {there}"
    if plan.unknown:
        reason = "retouche à la main, manifeste perdu ou envoi interrompu"
        yield f"    dont {_files(len(plan.unknown))} en ligne autrement que publiés ({reason}) : {_some(plan.unknown)}"
    if not is_done:
        yield from _named("envoyer", plan.uploads)
        yield from _named("supprimer", plan.deletes)


def _named(verb: str, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths[:SHOWN]:
        yield f"    {verb}  {_shown(path)}"
    if len(paths) > SHOWN:
        yield f"    {verb}  … et {len(paths) - SHOWN} autres"


def _files(count: int) -> str:
    return f"{count} fichier{'s' if count > 1 else ''}"


def _some(paths: tuple[str, ...]) -> str:
    """Return the first of some paths."""
    return ", ".join(_shown(path) for path in paths[:SHOWN]) + (" …" if len(paths) > SHOWN else "")


def _shown(path: str) -> str:
    """Return a path as a terminal may show it: its name may be a stranger's, and no sign of it a command."""
    return "".join(sign if sign.isprintable() else "�" for sign in masked(path))


def told_kinds(paths: tuple[str, ...]) -> str:
    """Return how many pages, feeds and pictures there are among paths."""
    suffixes = Counter(posixpath.splitext(path)[1] for path in paths)
    counts = [(one, many, sum(suffixes[s] for s in known)) for one, many, known in KINDS]
    others = len(paths) - sum(count for _, _, count in counts)
    rows = [*counts, ("autre fichier", "autres fichiers", others)]
    return ", ".join(f"{count} {one if count == 1 else many}" for one, many, count in rows if count)


def octets(count: int) -> str:
    """Return a size as people read it."""
    size, unit = float(count), "octets"
    for larger in ("ko", "Mo", "Go"):
        if size < 1000:  # noqa: PLR2004  # the next unit
            break
        size, unit = size / 1000, larger
    return f"{size:.3g}".replace(".", ",") + f" {unit}"


def instant(text: str) -> str:
    """Return an instant as people read it, at Paris."""
    try:
        return f"{dt.datetime.fromisoformat(text).astimezone(PARIS):%d/%m/%Y à %H:%M}"
    except ValueError:
        return "date inconnue"


def place_lines(place: Place, damages: Iterable[Damage]) -> Iterator[str]:
    """Yield what is on line in a place, since when, from which commit, how it was damaged, and what is kept."""
    live = place.on_line()
    since = place.since()
    yield place.name
    if live is None:
        doubts = list(place.doubts())
        yield from (f"    {doubt}" for doubt in doubts)
        if not doubts:
            yield f"    fait le {_clock(since)}" if since else "    en ligne : rien que Gazette reconnaisse"
        return
    at = _clock(since) if since else instant(live.at)
    yield f"    en ligne : édition {live.number}, depuis le {at} ({_origin(live)})"
    for damage in damages:
        yield from damage_lines(damage)
    spoiled = place.spoiled()
    for release in place.kept():
        if release.number != live.number:
            end = " ; abîmée : elle ne peut plus revenir" if release.number in spoiled else ""
            yield f"    gardée : édition {release.number}, publiée le {instant(release.at)} ({_origin(release)}){end}"


def damage_lines(damage: Damage) -> Iterator[str]:
    """Yield whether an edition on line is what was put there."""
    if damage.is_none:
        yield f"    {damage.edition} : intacte"
        return
    if damage.astray:
        remedy = "retirez cela, puis publiez à nouveau" if damage.astray != "rien" else "publiez à nouveau pour réparer"
        yield f"    {damage.edition} : à son adresse il y a {damage.astray}, et non l’édition ; {remedy}"
    for one, many, paths in (
        ("manque", "manquent", damage.missing),
        ("a changé", "ont changé", damage.changed),
        ("est étranger", "sont étrangers", damage.strange),
    ):
        if paths:
            verb = one if len(paths) == 1 else many
            told = f"{_files(len(paths))} {verb} : {_some(paths)}"
            yield f"    {damage.edition} : {told} ; publiez à nouveau pour réparer"


def _origin(release: Release) -> str:
    commit = f"commit {release.commit[:10]}" if release.commit else "contenu hors de git"
    return f"{commit}, jour {release.day}"


def _clock(seconds: float) -> str:
    return f"{dt.datetime.fromtimestamp(seconds, PARIS):%d/%m/%Y à %H:%M}"


class Bar:
    """Bytes as they leave, on a terminal; nothing elsewhere."""

    def __enter__(self) -> Callable[[int], None]:
        self._progress = None
        if not sys.stderr.isatty():
            return lambda _: None
        from rich.console import Console  # noqa: PLC0415  # on a terminal only
        from rich.progress import FileSizeColumn, Progress, SpinnerColumn, TransferSpeedColumn  # noqa: PLC0415

        columns = (SpinnerColumn(), "Envoi", FileSizeColumn(), TransferSpeedColumn())
        progress = self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        progress.start()
        task = progress.add_task("Envoi", total=None)
        return lambda count: progress.advance(task, count)

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()


class Steps:
    """Steps as they are done, on a terminal and past one second."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> Callable[[int, int], None]:
        from rich.console import Console  # noqa: PLC0415  # on a terminal only
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn  # noqa: PLC0415

        columns = (self.name, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task(self.name, total=None)
        self.start = time.monotonic()
        self.is_shown = False
        return self._tell

    def _tell(self, done: int, total: int) -> None:
        if not self.is_shown and time.monotonic() - self.start > 1:
            self.progress.start()
            self.is_shown = True
        self.progress.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            self.progress.stop()
