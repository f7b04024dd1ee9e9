"""``federation.lock.json``: what was gathered from where, at which commit or ETag, under which name and digest."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "federation.lock.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """One upstream item as it was last taken in."""

    name: str
    """Of its dépêche, for good: an address does not move because a title did."""
    raw: str
    """Digest of what the source said; the same one is not looked at again."""
    digest: str
    """``Depeche.digest`` of what was made of it."""
    date: str
    """As the source tells it, or the day it was first seen."""
    first: str
    """Day it was first seen."""
    until: str = ""
    """Last day on which its pictures that could not be had are asked for again; "": none is lacking."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one source."""

    version: str = ""
    """Commit, or digest of the document."""
    etag: str = ""
    modified: str = ""
    is_gone: bool = False
    """It said that it is no more (410)."""
    moved_from: str = ""
    """Commit before its history was rewritten."""
    home: str = ""
    """Circonscription that it is, when it is another Gazette: it is no other from one day to the next."""
    items: dict[str, Seen] = field(default_factory=dict)
    """By identity at the source."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole lock file, by ``Correspondent.key``."""

    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, key: str) -> Page:
        """Return what is known of a source."""
        return self.pages.get(key, Page())

    def text(self, keys: Iterable[str]) -> str:
        """Return the file, with the pages of the sources that are still declared and gave something."""
        known = sorted(key for key in set(keys) & self.pages.keys() if self.pages[key] != Page())
        rows = {key: _row(self.pages[key]) for key in known}
        return json.dumps({"version": VERSION, "sources": rows}, ensure_ascii=False, indent=1) + "\n"


def _row(page: Page) -> dict[str, Any]:
    told = asdict(replace(page, items={}))
    del told["items"]
    rows = {identity: _facts(seen) for identity, seen in sorted(page.items.items())}
    return {key: value for key, value in told.items() if value} | {"items": rows}


def _facts(seen: Seen) -> list[str]:
    *facts, until = asdict(seen).values()
    return [*facts, until] if until else facts


def ledger(content: Path) -> Ledger:
    """Read the lock file; an empty one when there is none, ``ConfigurationError`` when it cannot be believed."""
    try:
        return ledger_of((content / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return Ledger()
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def ledger_of(text: str) -> Ledger:
    """Return what the text of a lock file tells; an empty one for none, ``ConfigurationError`` as above."""
    if not text:
        return Ledger()
    try:
        told = json.loads(text)
        if told["version"] != VERSION:
            raise ConfigurationError(f"{FILE} : écrit par une version plus récente de Gazette")
        return Ledger({key: _page(row) for key, row in told["sources"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable() from error


def _unreadable() -> ConfigurationError:
    remedy = f"reprenez sa dernière version dans git : git checkout -- {FILE}"
    return ConfigurationError(f"{FILE} : illisible (conflit de fusion ?) · {remedy}")


def _page(row: dict[str, Any]) -> Page:
    facts = {key: value for key, value in row.items() if key != "items"}
    return Page(**facts, items={identity: Seen(*seen) for identity, seen in row["items"].items()})
