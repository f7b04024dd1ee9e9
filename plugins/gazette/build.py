"""The pipeline, and nothing else: read → clear → compose → press → proof, then everything in place at once."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.compose.closing import closing_findings, closings
from gazette.compose.dates import date_findings
from gazette.compose.detours import detours
from gazette.compose.stage import compose, compose_letter
from gazette.compose.tokens import token_edition, without_secret
from gazette.compose.upkeep import upkeep
from gazette.errors import ConfigurationError, ForgottenError
from gazette.glimpse import Known
from gazette.impact import Built
from gazette.model.entry import Ecole
from gazette.model.finding import Finding, Severity
from gazette.model.horizon import horizon
from gazette.model.register import Register
from gazette.model.source import sources
from gazette.model.token import token_audience, tokens
from gazette.order import Count, Order, Report
from gazette.press.faces import look
from gazette.press.media import drop_images, forget_media
from gazette.press.stage import (
    MARK_OF_OURS,
    Printing,
    Workshop,
    former_files,
    make_ready,
    print_edition,
    print_sheets,
    put_in_place,
    remove_files,
)
from gazette.press.theme import theme
from gazette.proof.stage import Shown, proof
from gazette.read.registers import secret_key
from gazette.read.stage import Reading, read
from gazette.rgpd.case import Case
from gazette.rgpd.stage import Clearance, clear
from gazette.seal import forget_seal, keep_seal, looked_at, roots
from gazette.settings import settings_of
from gazette.state import State, forget_previews, state_folder
from gazette.trial import Trial, page_of, trial_content
from gazette.waste import unsought
from gazette.withdrawal.withdraw import (
    Sought,
    followers,
    keep_sought,
    printed_digests,
    rewritten,
    shown_in,
    withdrawal,
    write_withdrawal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from gazette.model.cleared import Cleared
    from gazette.model.detour import Detours
    from gazette.model.entry import Entry
    from gazette.model.letter import Letter, Recipient
    from gazette.model.media import Image, Measure, Medium
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.model.sheet import Edition, Manifest, Proofed, Sheet
    from gazette.model.source import Source
    from gazette.pool import Pool
    from gazette.withdrawal.withdraw import Request


__all__ = ["LetterReport", "Order", "Report", "build", "build_letter", "built", "check", "inspect", "load", "withdraw"]


@dataclass(frozen=True, slots=True)
class LetterReport:
    """A letter printed and proofed, not sent, and everything that was found."""

    now: datetime
    newsroom: Newsroom
    audience: Audience
    letter: Letter
    recipients: tuple[Recipient, ...]
    proofed: Proofed | None
    """None: a STOP closed the gate."""
    findings: tuple[Finding, ...]
    uncommitted: int | None
    """As in ``Report``."""


class Clock:
    """Seconds each stage took; ``tell`` is told each that is over."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.durations: dict[str, float] = {}
        self.last = time.perf_counter()
        self.tell = tell

    def lap(self, name: str) -> None:
        """Note the time since the last call under the stage's name."""
        now = time.perf_counter()
        self.durations[name] = round(self.durations.get(name, 0) + now - self.last, 4)
        self.last = now
        self.tell(name)


def load(order: Order) -> tuple[Newsroom, Path]:
    """Return the circonscription and the theme that the settings file names."""
    settings = settings_of(order.settings)
    newsroom: Newsroom = settings["GAZETTE"]
    theme = Path(settings["THEME"])
    if order.addresses:
        audiences = {a.name: _moved(a, order.addresses) for a in newsroom.audiences}
        fils = tuple(replace(f, floor=audiences[f.floor.name]) for f in newsroom.fils)
        digest = f"{newsroom.digest}{sorted(order.addresses.items())}"
        newsroom = replace(newsroom, audiences=tuple(audiences.values()), fils=fils, digest=digest)
    unknown = [name for name in order.editions if newsroom.audience(name) is None]
    if unknown:
        names = ", ".join(a.name for a in newsroom.audiences)
        raise ConfigurationError(f"édition inconnue « {unknown[0]} » ; choisissez parmi : {names}")
    return newsroom, theme


def _moved(audience: Audience, addresses: Mapping[str, str]) -> Audience:
    """Return the audience with the addresses that the preview serves it at."""
    feeds = audience.token_feeds
    if feeds:
        feeds = replace(feeds, address=addresses[token_audience(audience).name])
    return replace(audience, address=addresses[audience.name], token_feeds=feeds)


def check(
    order: Order, newsroom: Newsroom, state: State, clock: Clock, pool: Pool | None = None, *, is_open: bool = False
) -> tuple[Reading, Clearance, dict[str, Measure]]:
    """Read and clear: everything that can be told before anything is printed; ``is_open`` as in ``read``."""
    memo = state.memo("lecture")
    how = {"is_production": order.is_production, "is_open": is_open}
    reading = read(order.content, newsroom, order.now, memo, pool, **how)
    state.follow(newsroom.identifier, reading.register)
    clock.lap("lecture")
    measures = _measures(reading.entries, order, state, reading.register, newsroom.identity.logo)
    clock.lap("medias")
    looks = look((i for e in reading.entries for i in e.images), measures, order.content, state.memo("medias"))
    clock.lap("visages")
    known = reading.authorisations, looks, reading.register, reading.processings, state.memo("personnes")
    case = Case(newsroom, order.now, measures, *known, is_production=order.is_production)
    clearance = clear(reading.entries, case, is_preview=order.is_preview)
    dates = date_findings(clearance.cleared, newsroom, order.now.date())
    clearance = replace(clearance, findings=(*clearance.findings, *dates))
    clock.lap("controle")
    return reading, clearance, measures


@dataclass(frozen=True, slots=True)
class Inspected:
    """What reading and clearing found, nothing printed."""

    newsroom: Newsroom
    reading: Reading
    clearance: Clearance

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return every finding of the content, in the order of reports."""
        return tuple(sorted((*self.reading.findings, *self.clearance.findings), key=lambda f: f.sort_key))

    @property
    def foretold(self) -> tuple[Finding, ...]:
        """Return them with what is already known of the texts that nobody can read yet."""
        return tuple(sorted((*self.findings, *self.clearance.foreseen), key=lambda f: f.sort_key))


def inspect(order: Order) -> Inspected:
    """Read and clear, for who asks what may be printed and on what ground."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell))
    today, cleared = order.now.date(), clearance.cleared
    books = closings(reading.entries, cleared, (*reading.findings, *clearance.findings), today)
    kept = closing_findings(books, cleared, measures, today)
    told = (*clearance.findings, *upkeep(reading.entries, newsroom, today), *kept)
    return Inspected(newsroom, reading, replace(clearance, findings=told))


def try_out(
    order: Order, path: str, files: Mapping[str, bytes], gone: Iterable[str] = (), *, is_shown: bool = False
) -> Trial:
    """Read and clear an entry, and print its page when it is shown, as if its files stood and others were gone.

    All of it happens in a copy of the content, made of links to the same bytes, beside the state of the output; the
    copy is gone afterwards, with the pictures that were tried.
    """
    folder = state_folder(order.output) / "essai"
    content = trial_content(order.content, folder / "content", files, gone)
    wanted = replace(order, content=content, output=folder / "output", is_production=False)
    newsroom, theme_folder = load(wanted)
    with State(state_folder(wanted.output)) as state, ExitStack() as stack:
        stack.callback(_empty, content)
        reading, clearance, measures = check(wanted, newsroom, state, Clock(wanted.tell))
        told = tuple(f for f in (*reading.findings, *clearance.findings) if f.place.file == path)
        entry = next((c.entry for c in clearance.cleared if c.entry.path == path), None)
        printed, current = folder / "page", theme(theme_folder)
        was_read = next((e for e in reading.entries if e.path == path), None)
        if entry is None or not is_shown:
            return Trial(told, None, printed, current, was_read)
        _empty(printed)
        key = secret_key(content) if measures else b""
        edition = compose(clearance.cleared, entry.audience, newsroom, order.now, measures, key, reading.register)
        page, sheets = page_of(edition, entry)
        if page:
            shop = Workshop(content, order.settings, theme_folder, printed, printed, state.folder / "medias")
            stack.callback(drop_images, shop.cache, sheets)
            print_sheets([page, *sheets], edition, current, shop, {})
    return Trial(told, printed / page.path if page else None, printed, current, was_read)


def sources_of(order: Order) -> tuple[Mapping[str, Mapping[str, Source]], frozenset[str], tuple[Finding, ...]]:
    """Return what may be shown today, by audience and path, what is withdrawn, and what closes the gate."""
    found = inspect(order)
    cleared, entries = found.clearance.cleared, found.reading.entries
    stops = tuple(f for f in found.findings if f.severity is Severity.STOP)
    shown = {a.name: sources(cleared, entries, a) for a in found.newsroom.audiences}
    return shown, found.reading.register.marks, stops


def schools_of(order: Order) -> Mapping[str, str]:
    """Return the name of every school of the directory, by code."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        _, clearance, _ = check(order, newsroom, state, Clock(order.tell))
    return {c.entry.name.upper(): c.entry.title for c in clearance.cleared if isinstance(c.entry, Ecole)}


def detours_of(order: Order) -> Mapping[str, Detours]:
    """Return what each edition answers at addresses of its past; nothing is printed."""
    newsroom, _ = load(order)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, _ = check(order, newsroom, state, Clock(order.tell))
    return {a.name: detours(clearance.cleared, reading.entries, a, reading.register) for a in newsroom.audiences}


def built(order: Order) -> tuple[Manifest, ...]:
    """Return the manifests of the editions that stand in the output."""
    with State(state_folder(order.output)) as state:
        return tuple(state.manifest(name) for name in state.editions())


def editions_of(order: Order) -> Mapping[str, Built]:
    """Return the editions that stand in the output, by name."""
    return {m.audience: Built(m, order.output / m.audience) for m in built(order)}


def build(order: Order, *, pool: Pool | None = None, fallback: Mapping[str, Cleared] | None = None) -> Report:
    """Build the editions; with a STOP or an error the previous output stays as it was.

    ``fallback`` is what the preview showed last: an entry that a save broke keeps its last good text.
    """
    try:
        return _built(order, pool, fallback or {})
    except ForgottenError:
        return _built(replace(order, is_fresh=True), pool, fallback or {})


def _built(order: Order, pool: Pool | None, fallback: Mapping[str, Cleared]) -> Report:
    clock = Clock(order.tell)
    looked = looked_at(roots(order))
    newsroom, theme = load(order)
    looked |= looked_at([theme])
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state, ExitStack() as stack:
        forget_seal(order)
        if order.is_fresh:
            _empty(state.folder / "medias")
        with unsought():
            # A preview shows again, in a later build, what it showed last: it asks for its texts at once.
            reading, clearance, measures = check(order, newsroom, state, clock, pool, is_open=not order.is_preview)
            cleared = _with_fallback(reading, clearance, fallback)
            if fallback:  # a text that a save broke keeps its pictures too
                measures |= _measures((c.entry for c in cleared), order, state, Register())
            key = secret_key(order.content) if measures else b""
            editions = _compose(cleared, newsroom, order, measures, key, reading.register)
            clock.lap("composition")
        staging = state.folder / "impression"
        stack.callback(_empty, staging)
        _empty(staging)
        printings = [_print(edition, order, theme, state, staging) for edition in editions]
        clock.lap("impression")
        frame = _frame(order, theme)
        pairs = zip(editions, printings, strict=True)
        shown = [_shown(e.audience, p, cleared, reading, frame, newsroom, measures, e.sheets) for e, p in pairs]
        secrets = tokens(order.token_secret, newsroom, order.now.date())
        proofed, faults = proof(shown, newsroom.audiences, state.memo("epreuves"), secrets)
        clock.lap("epreuves")
        faults += [] if order.token_secret else without_secret(newsroom)
        findings = tuple(sorted((*reading.findings, *clearance.findings, *faults), key=lambda f: f.sort_key))
        is_closed = any(f.severity is Severity.STOP for f in findings)
        if not is_closed or order.is_preview:  # an author sees the page that the proof tells of
            for printing in printings:
                make_ready(printing)
            for printing in printings:
                state.forget_manifest(printing.manifest.audience)
                put_in_place(printing)
                state.keep_manifest(printing.manifest)
            _drop_former_editions(order, newsroom, state)
            if not order.editions:
                forget_media(state.folder / "medias", [s for e in editions for s in e.sheets])
        clock.lap("mise en place")
        report = Report(
            order.now,
            {p.manifest.audience: _count(p) for p in printings},
            findings,
            len({f.place.file for f in findings if f.severity is Severity.REFUSE}),
            clearance.held,
            () if is_closed else proofed,
            clock.durations,
            reading.past.head,
            reading.uncommitted,
            clearance.unseen,
            clearance.expired,
            _known(theme, cleared, clearance, reading, measures, key) if order.is_preview else None,
            {a.name: sources(cleared, reading.entries, a) for a in newsroom.audiences} if order.is_production else {},
            () if order.token_secret else tuple(token_audience(a).name for a in newsroom.audiences if a.token_feeds),
            horizon(reading.entries, order.now),
            reading.register.marks,
        )
        if not fallback:
            keep_seal(order, looked, (*reading.entries, *reading.waiting), report)
    return report


def build_letter(order: Order, week: str) -> LetterReport:
    """Print the letter of a week for one edition, the most open one unless the order names another."""
    from gazette.press.letter import print_letter  # noqa: PLC0415  # css-inline, for nothing where no letter is asked

    newsroom, theme = load(order)
    name = order.editions[0] if order.editions else newsroom.audiences[0].name
    audience = next(a for a in newsroom.audiences if a.name == name)
    with State(state_folder(order.output), is_fresh=order.is_fresh) as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell))
        cleared = clearance.cleared
        told, recipients, standing = compose_letter(cleared, audience, newsroom, order.now, measures, week)
        folder = state.folder / "lettre" / name
        _empty(folder)
        printing = print_letter(told, name, theme, folder)
        shown = _shown(audience, printing, cleared, reading, _frame(order, theme), newsroom, measures)
        secrets = tokens(order.token_secret, newsroom, order.now.date())
        proofed, faults = proof((shown,), newsroom.audiences, state.memo("lettre"), secrets, {name: standing})
    findings = tuple(sorted((*reading.findings, *clearance.findings, *faults), key=lambda f: f.sort_key))
    is_closed = any(f.severity is Severity.STOP for f in findings)
    done = None if is_closed else proofed[0]
    return LetterReport(order.now, newsroom, audience, told, recipients, done, findings, reading.uncommitted)


def _compose(
    cleared: tuple[Cleared, ...],
    newsroom: Newsroom,
    order: Order,
    measures: Mapping[str, Measure],
    key: bytes,
    register: Register,
) -> list[Edition]:
    """Return the editions wanted, each followed by its token feeds when there is a secret to name them with."""
    editions = []
    for audience in newsroom.audiences:
        if not order.editions or audience.name in order.editions:
            wanted = {"has_search": order.has_search, "is_preview": order.is_preview}
            edition = compose(cleared, audience, newsroom, order.now, measures, key, register, **wanted)
            editions.append(edition)
            if audience.token_feeds and order.token_secret:
                editions.append(token_edition(edition, order.now.date(), order.token_secret))
    return editions


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did."""

    sought: Sought
    report: Report
    """Of the build that followed."""
    state: Path
    """Folder of what is remembered, where nothing of it may be left either."""
    followed: tuple[str, ...] = ()
    """Paths of the pages that stand no more without it."""


def withdraw(order: Order, request: Request) -> Withdrawn:
    """Write a withdrawal into the register, then build without what it names.

    Where nothing stands, as on a forge's runner, it is printed first: what is sought elsewhere is known by its bytes.
    """
    if not built(order):
        build(order)
    newsroom, _ = load(order)
    with State(state_folder(order.output)) as state:
        reading, _, measures = check(order, newsroom, state, Clock(order.tell))
        record = withdrawal(request, reading.entries, measures, newsroom, order.content, order.now.date())
        manifests = [state.manifest(name) for name in state.editions()]
        printed = printed_digests(record, reading.entries, manifests, order.content)
        sought = Sought(record, printed, shown_in(record, reading.entries))
        state.forget({*record.digests, *printed})
        _empty(state.folder / "lettre")
    forget_previews(state_folder(order.output))
    write_withdrawal(order.content, record)
    keep_sought(state_folder(order.output), sought)
    report = build(order)
    sought = replace(sought, printed=printed | rewritten(sought.texts, manifests, built(order)))
    keep_sought(state_folder(order.output), sought)
    return Withdrawn(sought, report, state_folder(order.output), followers(record, reading.entries))


def public_edition(order: Order) -> tuple[Edition, Path]:
    """Return the most open edition, for a Pelican started from outside, and its theme."""
    newsroom, theme = load(order)
    with State(state_folder(order.output)) as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell))
        state.forget_manifest(newsroom.audiences[0].name)  # what Pelican prints over, no manifest knows
    key = secret_key(order.content) if measures else b""
    most_open = newsroom.audiences[0]
    register = reading.register
    cleared = clearance.cleared
    return compose(cleared, most_open, newsroom, order.now, measures, key, register, has_search=True), theme


def _measures(
    entries: Iterable[Entry], order: Order, state: State, register: Register, logo: Image | None = None
) -> dict[str, Measure]:
    """Return what decoding told of each medium; what is withdrawn is not even read."""
    media: list[Medium] = [m for entry in entries for m in entry.media if not register.names(entry, m)]
    media += [logo] if logo else []
    if not media:
        return {}
    from gazette.press.media import measure  # noqa: PLC0415  # for nothing where there is no medium

    return measure(media, order.content, state.memo("medias"), state.folder / "medias")


def _with_fallback(reading: Reading, clearance: Clearance, fallback: Mapping[str, Cleared]) -> tuple[Cleared, ...]:
    refused = {f.place.file for f in (*reading.findings, *clearance.findings) if f.severity is Severity.REFUSE}
    kept = {path: fallback[path] for path in refused if path in fallback}
    return (
        *clearance.cleared,
        *(c for p, c in sorted(kept.items()) if p not in {x.entry.path for x in clearance.cleared}),
    )


def _known(
    theme: Path,
    cleared: tuple[Cleared, ...],
    clearance: Clearance,
    reading: Reading,
    measures: Mapping[str, Measure],
    key: bytes,
) -> Known:
    case = replace(clearance.case, measures=measures, memo=None)
    return Known(theme, {c.entry.path: c for c in cleared}, case, reading.past, key)


def _print(edition: Edition, order: Order, theme: Path, state: State, staging: Path) -> Printing:
    name = edition.audience.name
    before = state.manifest(name)
    shop = Workshop(order.content, order.settings, theme, order.output / name, staging / name, state.folder / "medias")
    return print_edition(edition, before, shop, is_fresh=order.is_fresh)


def _frame(order: Order, theme: Path) -> str:
    """Return the text that pages may hold whatever is published: the theme's, ours and the circonscription's."""
    own = sorted([*(theme / "templates").glob("*.html"), *Path(__file__).parent.glob("compose/*.py")])
    return "\n".join(p.read_text("utf-8") for p in (order.content / "circonscription.yml", *own))


def _shown(
    audience: Audience,
    printing: Printing,
    cleared: tuple[Cleared, ...],
    reading: Reading,
    frame: str,
    newsroom: Newsroom,
    measures: Mapping[str, Measure],
    sheets: Iterable[Sheet] = (),
) -> Shown:
    visible = {c.entry.path: c.entry for c in cleared if audience.may_read(c.entry.audience)}
    # The words of what is withheld, or only a stub, are hidden too: the original is not what is shown.
    hidden = tuple(e for e in reading.entries if e.path not in visible or visible[e.path].digest != e.digest)
    feeds = {s.path: s.view for s in sheets if s.form in {"rss", "podcast"}}
    seen = tuple(visible.values())
    texts = {digest: measure.text for digest, measure in measures.items() if measure.text}
    return Shown(audience, printing, seen, hidden, frame, reading.waiting, feeds, newsroom.digest, texts)


def _drop_former_editions(order: Order, newsroom: Newsroom, state: State) -> None:
    """Remove what an edition left that the circonscription no longer has, or token feeds that may not be named."""
    kept = {a.name for a in newsroom.audiences}
    kept |= {token_audience(a).name for a in newsroom.audiences if a.token_feeds and order.token_secret}
    found = {folder.name for folder in order.output.iterdir() if (folder / MARK_OF_OURS).is_file()}
    for name in sorted((found | set(state.editions())) - kept):
        remove_files(order.output / name, former_files(state.manifest(name), order.output / name))
        state.forget_manifest(name)


def _count(printing: Printing) -> Count:
    total, fresh = len(printing.manifest.files), len(printing.fresh)
    return Count(total, fresh, total - fresh, len(printing.stale))


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
