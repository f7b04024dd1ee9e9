"""Every internal link and anchor leads to a printed file, and no page reaches into a more restricted edition."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazette.model.newsroom import Audience


class Anchors(Protocol):
    """The anchors of an edition's files, by path."""

    def __contains__(self, path: object) -> bool:
        """Tell whether there is such a file."""
        ...

    def __getitem__(self, path: str) -> frozenset[str]:
        """Return the anchors of a page."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads within the circonscription."""

    audience: Audience
    path: str
    """Printed file; "" when it names a folder without index."""
    fragment: str


def target(href: str, page: str, here: Audience, audiences: tuple[Audience, ...]) -> Target | None:
    """Return where a link found on a page leads, or None when it leaves the circonscription's sites."""
    parts = urlsplit(href)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return None
    if parts.scheme or parts.netloc:
        bare = href.partition("#")[0]
        own = [a for a in audiences if bare.startswith(a.address) or f"{bare}/" == a.address]
        if not own:
            return None
        audience = max(own, key=lambda a: len(a.address))
        path = unquote(bare[len(audience.address) :].partition("?")[0])
    else:
        audience = here
        if not parts.path:
            return Target(here, page, unquote(parts.fragment))
        base = urlsplit(here.address).path
        joined = unquote(parts.path)
        if joined.startswith("/"):
            if not joined.startswith(base):
                return Target(here, "\0", "")
            path = joined[len(base) :]
        else:
            folder = posixpath.dirname(page)
            path = posixpath.normpath(posixpath.join(folder, joined)) + (
                "/" if joined.endswith(("/", "/.", "..")) or joined in {".", ".."} else ""
            )
            path = "" if path in {".", "./"} else path
    if path == "" or path.endswith("/"):
        path += "index.html"
    return Target(audience, path, unquote(parts.fragment))


def dead(
    links: tuple[str, ...],
    page: str,
    here: Audience,
    audiences: tuple[Audience, ...],
    ids: Mapping[str, Anchors],
) -> Iterator[tuple[str, str]]:
    """Yield each link that leads nowhere, or too far, with the French reason; ``ids`` are by edition and file."""
    for href in links:
        found = target(href, page, here, audiences)
        if found is None:
            continue
        if found.audience.rank > here.rank and found.path != "index.html":
            yield href, "lien vers une page d'une édition plus restreinte"
        printed = ids.get(found.audience.name)
        if printed is None:
            continue
        if found.path not in printed:
            yield href, "lien interne qui ne mène nulle part"
        elif found.fragment and found.path.endswith(".html") and found.fragment not in printed[found.path]:
            yield href, "ancre interne qui n'existe pas"
