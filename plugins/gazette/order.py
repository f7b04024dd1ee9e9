"""What a build is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from gazette.glimpse import Known
    from gazette.model.horizon import Horizon
    from gazette.model.sheet import Proofed
    from gazette.model.source import Source


def untold(_: str) -> None:
    """Tell nobody that a stage is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What to build."""

    content: Path
    output: Path
    settings: Path
    """``pelicanconf.py``."""
    now: datetime
    """Aware, Europe/Paris; decides everything that depends on the date."""
    editions: tuple[str, ...] = ()
    """Names of the editions wanted; none: all."""
    has_search: bool = True
    """Index what is printed for the search engine."""
    is_fresh: bool = False
    is_production: bool = False
    is_preview: bool = False
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Address of each edition and of its token feeds, where the preview serves them."""
    token_secret: bytes = field(default=b"", repr=False)
    """What names token feeds; b"": none is printed. It goes into no file, no message and no memo."""
    tell: Callable[[str], None] = field(default=untold, repr=False, compare=False)
    """Is told each stage that is over, by its name in the report's durations."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one edition took."""

    sheets: int
    printed: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and everything it found."""

    now: datetime
    counts: Mapping[str, Count]
    findings: tuple[Finding, ...]
    left_out: int
    """Entries refused."""
    held: int
    proofed: tuple[Proofed, ...]
    """None when a STOP closed the gate, nor of a build that would only have told again what the last one told."""
    durations: Mapping[str, float]
    """Seconds, by stage."""
    commit: str
    uncommitted: int | None
    """Files that differ from that commit, in a publication; None: the content is in no repository."""
    unseen: int = 0
    """Pictures said to show nobody, in which no face was looked for."""
    expired: tuple[tuple[str, str], ...] = ()
    """Path and reason of what is past its last day on line."""
    known: Known | None = None
    """Of a preview: what it falls back on when a save fails, and shows the next page with."""
    sources: Mapping[str, Mapping[str, Source]] = field(default_factory=dict)
    """By audience, then by path: what a publication may show, and an older one be judged by."""
    unprinted: tuple[str, ...] = ()
    """Token feeds that are asked for and were not printed, for want of a secret."""
    horizon: Horizon | None = None
    """What time alone changes next."""
    withdrawn: frozenset[str] = frozenset()
    """``Register.marks``."""

    @property
    def is_closed(self) -> bool:
        """Tell whether a STOP closed the gate: then nothing was put in place."""
        return any(f.severity is Severity.STOP for f in self.findings)
