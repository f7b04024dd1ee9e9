"""The first half of the pipeline, which prints nothing: a circonscription is loaded, read and cleared."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.compose.dates import date_findings, far_off
from gazette.errors import ConfigurationError
from gazette.model.token import token_audience
from gazette.press.faces import look
from gazette.read.stage import Reading, read
from gazette.rgpd.case import Case
from gazette.rgpd.stage import Clearance, clear
from gazette.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gazette.model.entry import Entry
    from gazette.model.media import Image, Measure, Medium
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.model.register import Register
    from gazette.order import Order
    from gazette.pool import Pool
    from gazette.state import State


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
    order: Order,
    newsroom: Newsroom,
    state: State,
    clock: Clock,
    pool: Pool | None = None,
    decoders: Pool | None = None,
    *,
    is_open: bool = False,
) -> tuple[Reading, Clearance, dict[str, Measure]]:
    """Read and clear: everything that can be told before anything is printed; ``is_open`` as in ``read``."""
    memo = state.memo("lecture")
    how = {"is_production": order.is_production, "is_open": is_open}
    reading = read(order.content, newsroom, order.now, memo, pool, **how)
    state.follow(newsroom.identifier, reading.register)
    clock.lap("lecture")
    measures = measured(reading.entries, order, state, reading.register, newsroom.identity.logo, decoders)
    clock.lap("medias")
    looks = look((i for e in reading.entries for i in e.images), measures, order.content, state.memo("medias"))
    clock.lap("visages")
    known = reading.authorisations, looks, reading.register, reading.processings, state.memo("personnes")
    case = Case(newsroom, order.now, measures, *known, is_production=order.is_production)
    clearance = clear(reading.entries, case, is_preview=order.is_preview)
    today = order.now.date()
    dates = (*date_findings(clearance.cleared, newsroom, today), *far_off(reading.entries, today))
    clearance = replace(clearance, findings=(*clearance.findings, *dates))
    clock.lap("controle")
    return reading, clearance, measures


def measured(
    entries: Iterable[Entry],
    order: Order,
    state: State,
    register: Register,
    logo: Image | None = None,
    decoders: Pool | None = None,
) -> dict[str, Measure]:
    """Return what decoding told of each medium; what is withdrawn is not even read."""
    media: list[Medium] = [m for entry in entries for m in entry.media if not register.names(entry, m)]
    media += [logo] if logo else []
    if not media:
        return {}
    from gazette.press.media import measure  # noqa: PLC0415  # for nothing where there is no medium

    return measure(media, order.content, state.memo("medias"), state.folder / "medias", decoders)
