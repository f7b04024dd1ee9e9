"""The pipeline, and nothing else: read → clear → compose → press → proof, then everything in place at once."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.check import Clock, check, load, measured
from gazette.compose.stage import compose
from gazette.compose.tokens import token_edition, without_secret
from gazette.errors import ForgottenError
from gazette.glimpse import Known
from gazette.model.finding import Severity
from gazette.model.horizon import horizon
from gazette.model.register import Register
from gazette.model.source import sources
from gazette.model.token import token_audience, tokens
from gazette.order import Count, Order, Report
from gazette.pool import Pool
from gazette.press.media import forget_media
from gazette.press.stage import (
    MARK_OF_OURS,
    Printing,
    Workshop,
    former_files,
    make_ready,
    print_edition,
    put_in_place,
    remove_files,
)
from gazette.press.theme import press_version
from gazette.press.worker import DECODER
from gazette.proof.stage import Shown, proof
from gazette.read.registers import secret_key
from gazette.read.stage import Reading
from gazette.rgpd.stage import Clearance
from gazette.seal import forget_seal, keep_seal, looked_at, roots
from gazette.state import State, state_folder
from gazette.waste import unsought

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.model.cleared import Cleared
    from gazette.model.media import Measure
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.model.sheet import Edition, Sheet


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
        decoders = stack.enter_context(Pool(DECODER))
        forget_seal(order)
        if order.is_fresh:
            empty(state.folder / "medias")
        with unsought():
            # A preview shows again, in a later build, what it showed last: it asks for its texts at once.
            is_open = not order.is_preview
            reading, clearance, measures = check(order, newsroom, state, clock, pool, decoders, is_open=is_open)
            cleared = _with_fallback(reading, clearance, fallback)
            if fallback:  # a text that a save broke keeps its pictures too
                measures |= measured((c.entry for c in cleared), order, state, Register(), decoders=decoders)
            key = secret_key(order.content) if measures else b""
            memo = state.memo("composition")
            editions = _compose(cleared, newsroom, order, measures, key, reading.register, memo)
            clock.lap("composition")
        staging = state.folder / "impression"
        stack.callback(empty, staging)
        empty(staging)
        printings = [_print(edition, order, theme, state, staging, decoders) for edition in editions]
        clock.lap("impression")
        own_words = frame(order, theme)
        pairs = zip(editions, printings, strict=True)
        shown = [shown_of(e.audience, p, cleared, reading, own_words, newsroom, measures, e.sheets) for e, p in pairs]
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


def _compose(
    cleared: tuple[Cleared, ...],
    newsroom: Newsroom,
    order: Order,
    measures: Mapping[str, Measure],
    key: bytes,
    register: Register,
    memo: Memo,
) -> list[Edition]:
    """Return the editions wanted, each followed by its token feeds when there is a secret to name them with."""
    editions = []
    made_with = f"{press_version()}{sys.version}"
    for audience in newsroom.audiences:
        if not order.editions or audience.name in order.editions:
            edition = compose(
                *(cleared, audience, newsroom, order.now, measures, key, register),
                has_search=order.has_search,
                is_preview=order.is_preview,
                memo=memo,
                made_with=made_with,
            )
            editions.append(edition)
            if audience.token_feeds and order.token_secret:
                editions.append(token_edition(edition, order.now.date(), order.token_secret))
    return editions


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


def _print(edition: Edition, order: Order, theme: Path, state: State, staging: Path, decoders: Pool) -> Printing:
    name = edition.audience.name
    before = state.manifest(name)
    places = theme, order.output / name, staging / name, state.folder / "medias"
    shop = Workshop(order.content, order.settings, *places, decoders)
    return print_edition(edition, before, shop, is_fresh=order.is_fresh)


def frame(order: Order, theme: Path) -> str:
    """Return the text that pages may hold whatever is published: the theme's, ours and the circonscription's."""
    own = sorted([*(theme / "templates").glob("*.html"), *Path(__file__).parent.glob("compose/*.py")])
    return "\n".join(p.read_text("utf-8") for p in (order.content / "circonscription.yml", *own))


def shown_of(
    audience: Audience,
    printing: Printing,
    cleared: tuple[Cleared, ...],
    reading: Reading,
    frame: str,
    newsroom: Newsroom,
    measures: Mapping[str, Measure],
    sheets: Iterable[Sheet] = (),
) -> Shown:
    """Return what an edition may and must not hold."""
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


def empty(folder: Path) -> None:
    """Remove a folder with all that it holds, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
