"""What one source says now, before any of it is ours: items as they came, in plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gazette.model.depeche import Appointment
from gazette.newsdesk.prose import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a source says."""

    id: str
    """Its identity there."""
    title: str = ""
    date: str = ""
    """AAAA-MM-JJ or AAAA-MM-JJ HH:MM, in Paris; "": it tells none that can be believed."""
    link: str = ""
    """Where readers find it, http(s), or ""."""
    summary: str = ""
    markdown: str = ""
    """Its text, in which ``prose.MARK`` stands for each picture."""
    pictures: tuple[Picture, ...] = ()
    """At absolute addresses, or at paths of the source's own."""
    levels: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    fil: str = ""
    """The fil that it asks for; given only when the source may feed it."""
    events: tuple[Appointment, ...] = ()
    version: str = ""
    """Commit or ETag at which it was read; "": the delivery's."""

    def as_json(self) -> dict[str, Any]:
        """Return the item as a worker sends it."""
        return asdict(self)


def item_of(told: Mapping[str, Any]) -> Item:
    """Return an item out of what a worker sent."""
    facts = dict(told)
    facts["pictures"] = tuple(Picture(**p) for p in told.get("pictures", ()))
    facts["events"] = tuple(Appointment(**e) for e in told.get("events", ()))
    facts["levels"], facts["keywords"] = tuple(told.get("levels", ())), tuple(told.get("keywords", ()))
    return Item(**facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a source answered in one run."""

    items: tuple[Item, ...] = ()
    version: str = ""
    """Commit, or digest of the document."""
    etag: str = ""
    modified: str = ""
    is_unchanged: bool = False
    """Nothing moved there since the last run: there are no items to look at."""
    is_whole: bool = True
    """It tells everything the source holds: what is missing was withdrawn. A broken document is not."""
    since: str = ""
    """Moment after which it tells everything: a feed holds the newest alone; "": it tells all there is."""
    notes: tuple[str, ...] = ()
    """What was left aside, and why, in French."""
    home: str = ""
    """Circonscription that the source is, when it is another Gazette."""
    yielded: frozenset[str] = frozenset()
    """Identities that it relays, and that come from their own home."""
    former: str = ""
    """Address or commit before a move that the source told (a permanent redirect, a rewritten history)."""
