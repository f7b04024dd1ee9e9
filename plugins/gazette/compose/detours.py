"""What an edition answers at former addresses of its entries, and at those of entries withdrawn for good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.model.detour import Detours
from gazette.model.entry import FORMER_ADDRESS, Evenement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.newsroom import Audience
    from gazette.model.register import Register

_IDENTITY = re.compile(r"(?P<folder>[a-z0-9-]+)/(?:\d{4}-\d{2}-\d{2}-)?(?P<name>[a-zA-Z0-9-]+)(?:/index)?")
"""The default identity of an entry: its path without extension."""


def detours(cleared: Iterable[Cleared], entries: Iterable[Entry], audience: Audience, register: Register) -> Detours:
    """Return the detours of one edition; no other edition's are told, nor any address that a page has today."""
    own = [c.entry for c in cleared if c.entry.audience.name == audience.name]
    taken = {address(entry).strip("/") for entry in own}
    by_identity = {entry.id: entry for entry in entries}
    gone = {
        path
        for record in register.withdrawals
        if record.entry and record.edition == audience.name
        for path in _of_withdrawn(record.entry, by_identity.get(record.entry))
        if FORMER_ADDRESS.fullmatch(path) and path not in taken
    }
    moved = {
        path: f"{audience.address}{address(entry)}"
        for entry in own
        for path in (former.strip("/") for former in entry.former_addresses)
        if FORMER_ADDRESS.fullmatch(path) and path not in taken | gone
    }
    return Detours(tuple(sorted(moved.items())), tuple(sorted(gone)))


def _of_withdrawn(identity: str, entry: Entry | None) -> Iterator[str]:
    """Yield the addresses that an entry had; those of a file that was removed since are read in its identity."""
    if entry and not isinstance(entry, Evenement):
        yield address(entry).strip("/")
        yield from (former.strip("/") for former in entry.former_addresses)
    elif entry is None and (found := _IDENTITY.fullmatch(identity)) and found["folder"] != "evenements":
        yield found["name"] if found["folder"] == "pages" else f"{found['folder']}/{found['name']}"
