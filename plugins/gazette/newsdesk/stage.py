"""``collect()``: the schools' sources → dépêches that wait; one bad source costs that source alone, for one day."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazette.errors import GazetteError, why
from gazette.model.decision import ACCEPTED, AFTERWARDS, REGISTER, Decision
from gazette.model.depeche import FOLDER, WAITING, accepted, waiting
from gazette.newsdesk.arrivals import Arrivals, Terms, arrivals
from gazette.newsdesk.bench import Bench, Settings
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.health import FILE as HEALTH_FILE
from gazette.newsdesk.health import Health, dumped, load
from gazette.newsdesk.intake import Intake
from gazette.newsdesk.ledger import FILE, Ledger, Page, ledger
from gazette.newsdesk.lock import held
from gazette.newsdesk.peer import Claims, Heard
from gazette.newsdesk.quarantine import PICTURE, release
from gazette.newsdesk.register import record
from gazette.newsdesk.shelf import Shelf, remove, shelf, write
from gazette.newsdesk.sources import deliver, forget, hear

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.prose import Picture
    from gazette.newsdesk.sources import Open

SCHOOLS = 16
"""Schools asked at once: each waits for others' machines most of the time."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one source gave in one run."""

    correspondent: Correspondent
    health: Health
    new: int = 0
    """Written: new, or changed at the source."""
    withdrawn: int = 0
    mended: int = 0
    is_asked: bool = True
    page: Page = field(default_factory=Page)
    followed: tuple[Decision, ...] = ()
    """Acceptances that nobody gave, for the register."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What one run gathered."""

    gathered: tuple[Gathered, ...]
    """Sorted by school, then source."""
    seconds: float


def collect(
    settings: Settings,
    now: dt.datetime,
    correspondents: Iterable[Correspondent],
    decisions: Callable[[], Iterable[Decision]],
    tell: Callable[[int, int], None],
    *,
    only: str = "",
) -> Collection:
    """Gather from every authorised source; ``tell`` hears how many schools of how many are done.

    ``decisions`` is asked once nobody else may answer, so that no refusal is missed. What is written is written
    before the lock file says so: a run that dies is finished by the next one.
    """
    start = time.monotonic()
    allowed = sorted((c for c in correspondents if c.is_authorised(settings.day)), key=lambda c: c.key)
    with held(settings.content), Bench(settings) as bench:
        _sweep(settings.content)
        known, before = ledger(settings.content), load(settings.state)
        bench.claims = _claims({one.key: known.page(one.key) for one in allowed if one.kind == "gazette"})
        this = _Run(bench, now, known, before, tuple(decisions()), is_wanted=bool(only))
        gathered = this.gather([one for one in allowed if only in {"", one.uai}], tell)
        _record(settings.content, [decision for g in gathered for decision in g.followed])
        _remember(settings, known, before, {c.key for c in allowed}, gathered, is_part=bool(only))
    return Collection(tuple(gathered), time.monotonic() - start)


def _claims(pages: dict[str, Page]) -> Claims:
    """Return what is known of whose each item of the other Gazettes is."""
    homes = {page.home: key for key, page in pages.items() if page.home}
    return Claims(homes, {identity: key for key, page in pages.items() for identity in page.items})


def _remember(
    settings: Settings,
    known: Ledger,
    before: dict[str, Health],
    keys: set[str],
    gathered: list[Gathered],
    *,
    is_part: bool,
) -> None:
    """Write what is known of each source that is still declared, and how it is; ``is_part``: others were not asked."""
    pages = known.pages | {g.correspondent.key: g.page for g in gathered}
    found = {key: before.get(key, Health()) for key in keys} | {g.correspondent.key: g.health for g in gathered}
    _keep(settings.content / FILE, Ledger(pages).text(keys | (known.pages.keys() if is_part else set())))
    settings.state.mkdir(parents=True, exist_ok=True)
    _keep(settings.state / HEALTH_FILE, dumped(found))


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run knows before it asks anybody."""

    bench: Bench
    now: dt.datetime
    known: Ledger
    before: dict[str, Health]
    decisions: tuple[Decision, ...]
    is_wanted: bool
    """Somebody named its school: even a source that is not due, or gone, is asked."""

    def gather(self, sources: list[Correspondent], tell: Callable[[int, int], None]) -> list[Gathered]:
        """Return what each source gave, sorted as they are; other Gazettes are heard meanwhile, and taken in last."""
        schools = [list(group) for _, group in itertools.groupby(sources, key=lambda c: c.uai)]
        peers = [one for one in sources if one.kind == "gazette" and self.is_asked(one)]
        found: list[Gathered] = []
        with ThreadPoolExecutor(SCHOOLS) as threads, ThreadPoolExecutor(SCHOOLS) as ears:
            heard = {one.key: ears.submit(hear, self.bench, one) for one in peers}
            for count, given in enumerate(self.turns(schools, threads, heard), 1):
                found += given
                tell(count, len(schools))
        return sorted(found, key=lambda g: g.correspondent.key)

    def turns(
        self,
        schools: list[list[Correspondent]],
        threads: ThreadPoolExecutor,
        heard: dict[str, Future[Heard | FetchError]],
    ) -> Iterator[list[Gathered]]:
        """Yield what each school gave; those that are other Gazettes last, once all of these were heard."""
        relaying = [group for group in schools if any(one.kind == "gazette" for one in group)]
        yield from threads.map(self.school, [group for group in schools if group not in relaying])
        self.bench.claims.settle({key: answer.result() for key, answer in heard.items()})
        yield from threads.map(self.school, relaying)

    def school(self, sources: list[Correspondent]) -> list[Gathered]:
        """Return what each source of one school gave; its files are written on the way."""
        return [self.source(one) for one in sources]

    def source(self, one: Correspondent) -> Gathered:
        """Return what one source gave; a failure costs it alone."""
        page, health = self.known.page(one.key), self.before.get(one.key, Health())
        if not self.is_asked(one):
            return Gathered(one, health.gone() if page.is_gone else health, is_asked=False, page=page)
        try:
            return self.taken(one, page, health)
        except FetchError as error:
            return Gathered(
                one, health.failed(error, self.now), page=replace(page, is_gone=page.is_gone or error.is_gone)
            )

    def is_asked(self, one: Correspondent) -> bool:
        """Tell whether a source is asked in this run."""
        is_due = self.bench.settings.is_offline or self.before.get(one.key, Health()).is_due(self.now)
        return self.is_wanted or (is_due and not self.known.page(one.key).is_gone)

    def taken(self, one: Correspondent, page: Page, health: Health) -> Gathered:
        """Ask a source, and take in what it says; ``FetchError`` when it cannot be read."""
        settings = self.bench.settings
        standing = shelf(settings.content, one.uai)
        is_torn = _is_torn(one, page, standing, self.decisions) or any(s.until for s in page.items.values())
        told, opened = deliver(self.bench, one, page, is_torn=is_torn)
        if told.is_unchanged:
            after = Page(told.version, told.etag, told.modified, False, page.moved_from, told.home, page.items)
            return Gathered(one, _well(health, self.now, len(page.items), health.kept, health.refused), page=after)
        names = {*standing.names, *(seen.name for seen in page.items.values())}
        here = standing.accepted | standing.waiting
        take_in = Intake(one, settings.day, told.version, _gate(self.bench, one, opened), names, here)
        terms = Terms(settings.day, is_confirmed=settings.is_confirmed, is_direct=bool(settings.branch))
        found = arrivals(one, told, page, standing, self.decisions, take_in, terms)
        _apply(settings, standing, found)
        if told.former or page.items.keys() - found.page.items.keys():
            forget(self.bench, one)
        well = _well(health, self.now, len(told.items), found.kept, found.refused)
        return Gathered(
            one,
            replace(well, held=found.held, notes=found.notes[:20]),
            new=len(found.written) - found.mended,
            withdrawn=len({standing.origin.key for standing in found.withdrawn}),
            mended=found.mended,
            page=found.page,
            followed=tuple(_followed(settings, one, *facts) for facts in found.followed),
        )


def _followed(settings: Settings, one: Correspondent, name: str, identity: str, digest: str) -> Decision:
    """Return the acceptance of what nobody judged before it stood: by whom the source, or the branch, is trusted."""
    role = settings.role if settings.branch else one.authorised_by
    reason = f"fusion de la branche {settings.branch}" if settings.branch else AFTERWARDS
    return Decision(
        depeche=f"{one.uai}/{name}",
        source=one.url,
        id=identity,
        digest=digest,
        answer=ACCEPTED,
        day=settings.day,
        role=role,
        reason=reason,
    )


def _well(health: Health, now: dt.datetime, seen: int, kept: int, refused: int) -> Health:
    return Health(now.isoformat(), seen=seen, kept=kept, refused=refused, notes=health.notes)


def _is_torn(one: Correspondent, page: Page, standing: Shelf, decisions: tuple[Decision, ...]) -> bool:
    """Tell whether something that was taken in stands nowhere, though nobody refused it."""
    answered = {d.id for d in decisions if d.source == one.url}
    keys = standing.waiting.keys() | standing.accepted.keys()
    return any((one.url, identity) not in keys and identity not in answered for identity in page.items)


def _gate(bench: Bench, one: Correspondent, opened: Open) -> Callable[[Picture], str]:
    """Return what puts a source's pictures through the gate, for as long as the source has time."""
    deadline = time.monotonic() + bench.settings.seconds

    def admit(picture: Picture) -> str:
        if one.is_trusted or bench.settings.branch:
            return ""  # nobody says whom it shows: the text is taken alone
        if time.monotonic() > deadline:
            raise FetchError("RES-04", "ne répond pas")  # or has not yet: the time of the source is over
        try:
            return bench.admit(opened(picture))
        except FetchError as error:
            if error.is_passing:
                raise
            return ""

    return admit


def _apply(settings: Settings, standing: Shelf, found: Arrivals) -> None:
    """Write what came, then remove what went; ``GazetteError`` where the disk does not let us."""
    content = settings.content
    try:
        for depeche, is_direct in found.written:
            key = depeche.origin.key
            stands = standing.accepted.get(key)
            if is_direct:
                write(content, stands.path if stands else accepted(depeche.uai, depeche.name), depeche.text())
                continue
            waits = standing.waiting.get(key)
            write(content, waits.path if waits else waiting(depeche.uai, depeche.name), depeche.text())
        for gone in (*found.withdrawn, *found.stale):
            pictures = set(PICTURE.findall((content / gone.path).read_text("utf-8", "replace")))
            remove(content, gone.path)
            release(settings.quarantine, pictures, (content / WAITING).glob("*/*.md"))
    except OSError as error:
        raise GazetteError(f"{content / FOLDER} : écriture impossible ({why(error)})") from error


def _record(content: Path, decisions: list[Decision]) -> None:
    try:
        record(content, decisions)
    except OSError as error:
        raise GazetteError(f"{content / REGISTER} : écriture impossible ({why(error)})") from error


def _sweep(content: Path) -> None:
    """Remove what a run that died left half written."""
    for left in (*content.glob(f".{FILE}.*.tmp"), *(content / REGISTER).parent.glob(".decisions.yml.*.tmp")):
        left.unlink(missing_ok=True)
    for folder in (WAITING, FOLDER):
        for left in itertools.chain((content / folder).glob("*/.*.tmp"), (content / folder).glob("*/.*.retire")):
            with contextlib.suppress(OSError):
                remove(content, f"{left.relative_to(content).as_posix()}/index.md") if left.is_dir() else left.unlink()


def _keep(path: Path, text: str) -> None:
    """Write a file whole, or not at all; not at all either when it says that already."""
    with contextlib.suppress(FileNotFoundError):
        if path.read_text("utf-8") == text:
            return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise GazetteError(f"{path} : écriture impossible ({why(error)})") from error
    finally:
        temporary.unlink(missing_ok=True)
