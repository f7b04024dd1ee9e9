"""What is printed: an edition is a set of sheets, each a pure function of its view."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazette.model.newsroom import Audience, Newsroom


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sheet without its view."""

    digest: str
    page: str | None
    """Address of a page that search engines may be told of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of an edition before it is printed."""

    path: str
    """Of the file, relative to the edition's root."""
    form: str
    """How it is printed: a key of ``press.stage.FORMS``."""
    view: Any
    """A frozen dataclass whose ``repr`` tells everything that is printed; None: it was not composed again."""
    sources: tuple[str, ...] = ()
    """Content files it shows."""
    weighs: tuple[str, ...] = ()
    """Paths of files of its edition whose weight it tells: they are printed before it."""
    known: Known | None = None

    @property
    def digest(self) -> str:
        """Return the digest of the view: same digest, same bytes (theme and settings aside)."""
        if self.known:
            return self.known.digest
        return hashlib.blake2b(f"{self.form}\0{self.view!r}".encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Edition:
    """What one audience may read on one day."""

    audience: Audience
    newsroom: Newsroom
    sheets: tuple[Sheet, ...]
    site: Any
    """The part every page shares (masthead, menu, footer); stands in every page's digest."""
    whole: Callable[[], Edition] | None = field(default=None, compare=False, repr=False)
    """Composes it again in full: some of its sheets have no view."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One file of a printed edition."""

    digest: str
    """SHA-256 of its bytes."""
    size: int
    key: str
    """Digest of what it was printed from."""
    sources: tuple[str, ...] = ()
    stamp: int = field(default=0, compare=False)
    """Time of the file's last change when it was printed, in nanoseconds; at another, its bytes are read again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The printed files of an edition: what to print again, what is stale, what to upload, what is intact."""

    audience: str
    files: Mapping[str, Printed]
    """By path relative to the edition's root."""


@dataclass(frozen=True, slots=True)
class Proofed:
    """A printed edition that was read back without a STOP; made by ``proof`` alone, and the only thing published."""

    manifest: Manifest
    root: str
    """Folder that holds the files."""
