"""What a source took off: followed here, unless it is so much at once that somebody must confirm it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.item import Delivery
    from gazette.newsdesk.ledger import Page
    from gazette.newsdesk.shelf import Shelf, Standing

MASS = 20
MASS_SHARE = 0.3
"""Items withdrawn in one run, beyond which they are held: more than so many, or than such a share (G13)."""


def gone(delivery: Delivery, page: Page, *, is_confirmed: bool) -> list[str]:
    """Return the identities that the source took off: never what merely left a feed's window.

    What comes from its own home now stays until somebody, who accepted it from there, confirms.
    """
    if not delivery.is_whole or delivery.is_unchanged:
        return []
    there = {item.id for item in delivery.items} | (set() if is_confirmed else delivery.yielded)
    missing = [(identity, seen) for identity, seen in page.items.items() if identity not in there]
    return [identity for identity, seen in missing if not delivery.since or seen.date > delivery.since]


def departures(correspondent: Correspondent, identities: list[str], shelf: Shelf) -> tuple[Standing, ...]:
    """Return what stands here of the identities that a source took off."""
    keys = [(correspondent.url, identity) for identity in identities]
    return tuple(s for key in keys for s in (shelf.waiting.get(key), shelf.accepted.get(key)) if s)


def held_back(identities: list[str], delivery: Delivery, page: Page) -> str:
    """Return why what a source took off stays until somebody confirms, in French; "" when it does not."""
    if not (delivery.items or delivery.yielded) and page.items and delivery.is_whole:
        return "la source ne contient plus rien"
    count = len(identities)
    is_mass = count > 1 and (count > MASS or count > MASS_SHARE * len(page.items))
    return f"{count} articles retirés d’un coup sur {len(page.items)}" if is_mass else ""
