"""What one delivery changes: decided from values alone, before anything is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.model.decision import ACCEPTED, AFTERWARDS, REFUSED
from gazette.newsdesk.ledger import Page, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazette.model.correspondent import Correspondent
    from gazette.model.decision import Decision
    from gazette.model.depeche import Depeche
    from gazette.newsdesk.item import Delivery, Item
    from gazette.newsdesk.shelf import Shelf, Standing

FLOOD = 20
"""New items of a known source in one run, beyond which they are held (F71)."""
PEER_FLOOD = 500
"""The same of another Gazette, whose items were moderated there."""
MASS = 20
MASS_SHARE = 0.3
"""Items withdrawn in one run, beyond which they are held: more than so many, or than such a share (G13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What is to be done for one source."""

    page: Page
    """What will be known of it."""
    written: tuple[tuple[Depeche, bool], ...] = ()
    """New or changed; whether each is accepted at once."""
    followed: tuple[tuple[str, str, str], ...] = ()
    """Accepted without anybody's answer: name, identity and digest, for the register."""
    stale: tuple[Standing, ...] = ()
    """Versions that wait though the source no longer says them."""
    withdrawn: tuple[Standing, ...] = ()
    """Taken off at the source."""
    mended: int = 0
    """Written again because an earlier run did not finish, or somebody removed the file without an answer."""
    held: str = ""
    """Why something is not done before it is confirmed, in French; "" otherwise."""
    kept: int = 0
    """Items of the source that stand here, waiting or accepted."""
    refused: int = 0
    notes: tuple[str, ...] = ()


def raw_digest(item: Item) -> str:
    """Return the digest of what a source says of an item, whichever version of the source says it."""
    return hashlib.sha256(repr(replace(item, id="", version="")).encode()).hexdigest()[:24]


def arrivals(
    correspondent: Correspondent,
    delivery: Delivery,
    page: Page,
    shelf: Shelf,
    decisions: Iterable[Decision],
    take_in: Callable[[Item, Seen | None], Depeche | str],
    *,
    is_confirmed: bool = False,
    is_direct: bool = False,
) -> Arrivals:
    """Return what a delivery changes; ``take_in`` makes a dépêche of an item, or says why it cannot.

    ``is_direct``: a person looks at all of it afterwards, before it is on line.
    """
    decided = [d for d in decisions if d.source == correspondent.url]
    answers, last = {(d.id, d.digest): d for d in decided}, {d.id: d for d in decided}
    seen, written, notes = dict(page.items), [], list(delivery.notes)
    followed, stale = [], []
    mended = refused = 0
    delivery = replace(delivery, items=_known_again(delivery, page))
    fresh = [i for i in delivery.items if i.id not in seen]
    limit = PEER_FLOOD if correspondent.kind == "gazette" else FLOOD
    is_flood = bool(page.items) and len(fresh) > limit and not is_confirmed
    held = [f"{len(fresh)} nouveaux articles d’un coup"] if is_flood else []
    for item in delivery.items:
        known = seen.get(item.id)
        key = (correspondent.url, item.id)
        raw = raw_digest(item)
        if is_flood and known is None:
            continue
        waits, stands = shelf.waiting.get(key), shelf.accepted.get(key)
        standing = [s for s in (waits, stands) if s]
        if known and known.raw == raw:
            answer = answers.get((item.id, known.digest))
            if answer or any(s.origin.digest == known.digest for s in standing):
                refused += answer is not None and answer.answer == REFUSED
                continue  # one that was accepted and stands no more was removed by hand
        made = take_in(item, known)
        if isinstance(made, str):
            notes.append(made)
            continue
        seen[item.id] = Seen(
            made.name, raw, made.digest, item.date or (known.date if known else made.date[:10]), made.origin.seen
        )
        answer = answers.get((item.id, made.digest))
        direct = is_direct or (correspondent.is_trusted and _is_followed(last.get(item.id), stands))
        is_here = any(s.origin.digest == made.digest for s in standing)
        if answer and answer.answer == REFUSED:
            refused += 1
        elif answer and not standing and not page.version:
            continue  # the lock file was lost: what was accepted and stands no more was removed by hand
        elif not is_here:
            mended += known is not None and known.raw == raw
            written.append((made, direct))
        if direct and answer is None and not (waits and waits.origin.digest == made.digest):
            followed.append((made.name, item.id, made.digest))
        is_written_over = not is_here and not direct and not (answer and answer.answer == REFUSED)
        if waits and waits.origin.digest != made.digest and not is_written_over:
            stale.append(waits)
    gone = _gone(delivery, page, is_confirmed=is_confirmed)
    relayed = 0 if is_confirmed else len(delivery.yielded & page.items.keys())
    held += [f"{relayed} article(s) relayé(s) viennent désormais de leur propre Gazette : acceptez-les d’abord"] * bool(
        relayed
    )
    withdrawn, why = _withdrawals(correspondent, gone, shelf, page, delivery, is_confirmed=is_confirmed)
    if why:
        held.append(why)
    else:
        for identity in gone:
            seen.pop(identity, None)
    moved, home = delivery.former or page.moved_from, delivery.home
    after = Page(delivery.version, delivery.etag, delivery.modified, moved_from=moved, home=home, items=seen)
    if held:
        after = replace(after, version=page.version, etag="", modified="")  # looked at again, until it is confirmed
    return Arrivals(
        page=after,
        written=tuple(written),
        followed=tuple(followed),
        stale=tuple(stale),
        withdrawn=withdrawn,
        mended=mended,
        held=" ; ".join(held),
        kept=sum((correspondent.url, i) in shelf.waiting or (correspondent.url, i) in shelf.accepted for i in seen)
        + sum(d.origin.id not in page.items for d, _ in written),
        refused=refused,
        notes=tuple(notes),
    )


def _is_followed(last: Decision | None, stands: Standing | None) -> bool:
    """Tell whether nobody ever refused, corrected, accepted or removed by hand an item of a trusted source."""
    return last is None or (stands is not None and last.answer == ACCEPTED and last.reason == AFTERWARDS)


def _known_again(delivery: Delivery, page: Page) -> tuple[Item, ...]:
    """Return the items, those under their former identity that a source says word for word under a new one (F71)."""
    there = {item.id for item in delivery.items} | delivery.yielded
    vanished = {seen.raw: identity for identity, seen in page.items.items() if identity not in there}
    found = []
    for item in delivery.items:
        former = "" if item.id in page.items else vanished.pop(raw_digest(item), "")
        found.append(replace(item, id=former) if former else item)
    return tuple(found)


def _gone(delivery: Delivery, page: Page, *, is_confirmed: bool) -> list[str]:
    """Return the identities that the source took off: never what merely left a feed's window.

    What comes from its own home now stays until somebody, who accepted it from there, confirms.
    """
    if not delivery.is_whole or delivery.is_unchanged:
        return []
    there = {item.id for item in delivery.items} | (set() if is_confirmed else delivery.yielded)
    missing = [(identity, seen) for identity, seen in page.items.items() if identity not in there]
    return [identity for identity, seen in missing if not delivery.since or seen.date > delivery.since]


def _withdrawals(
    correspondent: Correspondent,
    gone: list[str],
    shelf: Shelf,
    page: Page,
    delivery: Delivery,
    *,
    is_confirmed: bool,
) -> tuple[tuple[Standing, ...], str]:
    """Return what is taken off here too, or why it is held."""
    keys = [(correspondent.url, identity) for identity in gone]
    found = tuple(s for key in keys for s in (shelf.waiting.get(key), shelf.accepted.get(key)) if s)
    count = len(gone)
    if not (delivery.items or delivery.yielded) and page.items and delivery.is_whole and not is_confirmed:
        return (), "la source ne contient plus rien"
    is_mass = count > 1 and (count > MASS or count > MASS_SHARE * len(page.items))
    if is_mass and not is_confirmed:
        return (), f"{count} articles retirés d’un coup sur {len(page.items)}"
    return found, ""
