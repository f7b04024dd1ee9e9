"""How to subscribe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.frame import Link, PageHead
    from gazette.model.newsroom import Fil


@dataclass(frozen=True, slots=True)
class SubscribeFil:
    """One feed in its formats; every address is absolute."""

    name: str
    """For anchors."""
    fil: Fil | None
    """None: everything, the frise, a cycle, a school."""
    title: str
    description: str
    approvers: tuple[str, ...]
    rss: str
    """The ENT-profile feed; "" where the ENT could not fetch it."""
    atom: str
    json: str
    calendar: str
    """"" when it has none."""
    ent_calendar: str
    """The same in the ENT's profile; "" where the ENT could not fetch it."""


@dataclass(frozen=True, slots=True)
class SubscribeGroup:
    """Feeds under one heading: « Par cycle »."""

    title: str
    feeds: tuple[SubscribeFil, ...]


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """``fils.html``: how to subscribe."""

    head: PageHead
    template: str
    groups: tuple[SubscribeGroup, ...]
    """The first follows the whole circonscription and its fils."""
    calendars: tuple[Link, ...]
    """Of the whole edition; none while they are not printed."""
    fiche: str
    """Address of this year's dates, to copy."""
    podcast: str
    """Address of the recordings, or ""."""
    opml: str
    ent_name: str
    is_restricted: bool
    """The ENT cannot fetch the feeds of this edition."""
    token_edition: str
    """Name of this edition when it has feeds for the ENT, whose addresses stand on no page; or ""."""
    contact: str
    """Whom to ask for what no page tells, or ""."""
