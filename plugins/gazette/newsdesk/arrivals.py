"""What one delivery changes: decided from values alone, before anything is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazette.model.decision import ACCEPTED, AFTERWARDS, REFUSED
from gazette.newsdesk.departures import departures, gone, held_back
from gazette.newsdesk.ledger import Page, Seen

if TYPE_CHECKING:
    from gazette.model.correspondent import Correspondent
    from gazette.model.decision import Decision
    from gazette.model.depeche import Depeche
    from gazette.newsdesk.intake import Made
    from gazette.newsdesk.item import Delivery, Item
    from gazette.newsdesk.shelf import Shelf, Standing

FLOOD = 20
"""New items of a known source in one day, beyond which they are held (F71)."""
PEER_FLOOD = 500
"""The same of another Gazette, whose items were moderated there."""
PATIENCE = dt.timedelta(days=7)
"""How long the pictures that could not be had are asked for again, at each run."""
_STORY = re.compile(r"\A\d{4}-\d{2}-\d{2}-(.+?)(?:-[0-9a-f]{6})?\Z")
"""The name of a dépêche: its day, the words of its title, and what tells it from another of that name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a run takes in what comes."""

    day: dt.date
    is_confirmed: bool = False
    """Somebody confirms what was held."""
    is_direct: bool = False
    """A person looks at all of it afterwards, before it is on line."""


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
    take_in: Callable[[Item, Seen | None], Made | str],
    terms: Terms,
) -> Arrivals:
    """Return what a delivery changes; ``take_in`` makes a dépêche of an item, or says why it cannot."""
    delivery = replace(delivery, items=_known_again(delivery, page))
    found = _Sorting(correspondent, page, shelf, _Answers.of(correspondent, decisions), take_in, terms)
    found.notes += delivery.notes
    fresh = [item for item in delivery.items if item.id not in page.items]
    flood = "" if terms.is_confirmed else found.flood(fresh)
    defaced = set() if terms.is_confirmed else found.rewritten(delivery.items)
    waiting = {item.id for item in fresh if flood} | defaced
    for item in delivery.items:
        if item.id not in waiting:
            found.take(item)
    left = gone(delivery, page, is_confirmed=terms.is_confirmed)
    relayed = 0 if terms.is_confirmed else len(delivery.yielded & page.items.keys())
    told = f"{relayed} article(s) relayé(s) viennent désormais de leur propre Gazette : acceptez-les d’abord"
    mass = "" if terms.is_confirmed else held_back(left, delivery, page)
    changed = f"{len(defaced)} articles changés d’un coup" if defaced else ""
    held = " ; ".join(filter(None, (flood, changed, told if relayed else "", mass)))
    for identity in () if mass else left:
        found.seen.pop(identity, None)
    moved, home = delivery.former or page.moved_from, delivery.home
    after = Page(delivery.version, delivery.etag, delivery.modified, moved_from=moved, home=home, items=found.seen)
    if held:
        after = replace(after, version=page.version, etag="", modified="")  # looked at again, until it is confirmed
    here = shelf.waiting.keys() | shelf.accepted.keys()
    return Arrivals(
        page=after,
        written=tuple(found.written),
        followed=tuple(found.followed),
        stale=tuple(found.stale),
        withdrawn=() if mass else departures(correspondent, left, shelf),
        mended=found.mended,
        held=held,
        kept=sum((correspondent.url, identity) in here for identity in found.seen)
        + sum(made.origin.id not in page.items for made, _ in found.written),
        refused=found.refused,
        notes=tuple(found.notes),
    )


def _known_again(delivery: Delivery, page: Page) -> tuple[Item, ...]:
    """Return the items, those under their former identity that a source says word for word under a new one (F71)."""
    there = {item.id for item in delivery.items} | delivery.yielded
    vanished = {seen.raw: identity for identity, seen in page.items.items() if identity not in there}
    found = []
    for item in delivery.items:
        former = "" if item.id in page.items else vanished.pop(raw_digest(item), "")
        found.append(replace(item, id=former) if former else item)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was answered to a source, and what was refused to its school."""

    given: dict[tuple[str, str], Decision]
    """By identity and digest, the last one."""
    judged: dict[str, list[Decision]]
    """By identity, all."""
    stories: frozenset[str]
    """Words of the titles that were refused to the school, from whichever of its sources."""
    refused: frozenset[str]
    """Digests of the same."""

    @classmethod
    def of(cls, correspondent: Correspondent, decisions: Iterable[Decision]) -> _Answers:
        """Return them out of the register."""
        given: dict[tuple[str, str], Decision] = {}
        judged: dict[str, list[Decision]] = {}
        refused = []
        for one in decisions:
            if one.source == correspondent.url:
                given[one.id, one.digest] = one
                judged.setdefault(one.id, []).append(one)
            if one.answer == REFUSED and one.depeche.startswith(f"{correspondent.uai}/"):
                refused.append(one)
        stories = frozenset(_story(one.depeche.partition("/")[2]) for one in refused)
        return cls(given, judged, stories, frozenset(one.digest for one in refused))

    def is_followed(self, made: Depeche, stands: Standing | None) -> bool:
        """Tell whether nobody ever refused, corrected, accepted or removed by hand an item of a trusted source.

        Nor refused the same words, or the same title, under another identity or from another source of the school.
        """
        judged = self.judged.get(made.origin.id, [])
        if made.digest in self.refused or _story(made.name) in self.stories or (judged and stands is None):
            return False
        return all(one.answer == ACCEPTED and one.reason == AFTERWARDS for one in judged)

    def is_corrected(self, stands: Standing | None) -> bool:
        """Tell whether somebody corrected the version that stands: the next one waits for the same to be done to it."""
        judged = self.judged.get(stands.origin.id, []) if stands else []
        return any(one.edited and stands and one.digest == stands.origin.digest for one in judged)


def _story(name: str) -> str:
    found = _STORY.match(name)
    return found[1] if found else name


@dataclass(slots=True)
class _Sorting:
    """Sorts the items of a delivery: what is written, what stays, what is told."""

    correspondent: Correspondent
    page: Page
    shelf: Shelf
    answers: _Answers
    take_in: Callable[[Item, Seen | None], Made | str]
    terms: Terms
    seen: dict[str, Seen] = field(init=False)
    written: list[tuple[Depeche, bool]] = field(default_factory=list)
    followed: list[tuple[str, str, str]] = field(default_factory=list)
    stale: list[Standing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mended: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.seen = dict(self.page.items)

    def flood(self, fresh: list[Item]) -> str:
        """Return why new items are held: too many in one day, with those that came earlier; "" when they are not.

        Nothing is too much on the first day of a source; what somebody accepted since is no part of a flood.
        """
        day, known = self.terms.day.isoformat(), self.page.items
        today = [identity for identity, seen in known.items() if seen.first == day]
        before = 0 if len(today) == len(known) else sum(not self._is_accepted(identity) for identity in today)
        limit = PEER_FLOOD if self.correspondent.kind == "gazette" else FLOOD
        if not known or not fresh or len(fresh) + before <= limit:
            return ""
        return f"{len(fresh)} nouveaux articles d’un coup" + (f", après {before} le même jour" if before else "")

    def rewritten(self, items: Iterable[Item]) -> set[str]:
        """Return the items of a trusted source that say something else, when too many do at once: nobody would see it.

        Of any other source they wait for an answer; of a branch, somebody merges.
        """
        if not self.correspondent.is_trusted or self.terms.is_direct:
            return set()
        known = self.page.items
        found = {item.id for item in items if item.id in known and known[item.id].raw != raw_digest(item)}
        return found if len(found) > FLOOD else set()

    def _is_accepted(self, identity: str) -> bool:
        """Tell whether a person accepted an item."""
        return any(d.answer == ACCEPTED and not d.reason for d in self.answers.judged.get(identity, ()))

    def take(self, item: Item) -> None:
        """Take in one item, unless it is as it was."""
        known, raw = self.page.items.get(item.id), raw_digest(item)
        waits, stands = self._standing(item.id)
        is_same = known is not None and known.raw == raw
        if known and is_same:
            answer = self.answers.given.get((item.id, known.digest))
            is_refused = answer is not None and answer.answer == REFUSED
            is_here = any(s.origin.digest == known.digest for s in (waits, stands) if s)
            if (answer or is_here) and (is_refused or not self._is_asked_again(known, item.id)):
                self.refused += is_refused
                return  # one that was accepted and stands no more was removed by hand
        made = self.take_in(item, known)
        if isinstance(made, str):
            self.notes.append(made)
            return
        until = (known.until if known and is_same else "") or (self.terms.day + PATIENCE).isoformat()
        if made.lacking:
            again = "redemandée(s) à chaque relève pendant sept jours"
            self.notes.append(
                f"« {made.depeche.title[:60]} » : {made.lacking} image(s) qui n’ont pu être lues, {again}"
            )
            if known and is_same and any(s.origin.digest == known.digest for s in (waits, stands) if s):
                return  # what stands shows as much of it as could be had
        self._keep(item, made, raw, until if made.lacking else "")
        self._sort(item, made.depeche, is_same=is_same)

    def _standing(self, identity: str) -> tuple[Standing | None, Standing | None]:
        key = (self.correspondent.url, identity)
        return self.shelf.waiting.get(key), self.shelf.accepted.get(key)

    def _is_asked_again(self, known: Seen, identity: str) -> bool:
        """Tell whether pictures of an item are asked for again; past their time, it stays without."""
        if known.until and self.terms.day.isoformat() > known.until:
            self.seen[identity] = replace(known, until="")
            self.notes.append(f"{known.name} : sept jours sans que toutes ses images aient pu être lues")
            return False
        return bool(known.until)

    def _keep(self, item: Item, made: Made, raw: str, until: str) -> None:
        """Remember what was made of an item."""
        known, depeche = self.page.items.get(item.id), made.depeche
        date = item.date or (known.date if known else depeche.date[:10])
        self.seen[item.id] = Seen(depeche.name, raw, depeche.digest, date, depeche.origin.seen, until)

    def _sort(self, item: Item, made: Depeche, *, is_same: bool) -> None:
        """Decide where a dépêche goes: to wait, to its place, or nowhere."""
        waits, stands = self._standing(item.id)
        answer = self.answers.given.get((item.id, made.digest))
        is_refused = answer is not None and answer.answer == REFUSED
        is_followed = self.correspondent.is_trusted and self.answers.is_followed(made, stands)
        direct = is_followed or (self.terms.is_direct and not self.answers.is_corrected(stands))
        is_here = any(s.origin.digest == made.digest for s in (waits, stands) if s)
        if is_refused:
            self.refused += 1
        elif answer and not (waits or stands) and not self.page.version:
            return  # the lock file was lost: what was accepted and stands no more was removed by hand
        elif not is_here:
            self.mended += is_same
            self.written.append((made, direct))
        if direct and answer is None and not (waits and waits.origin.digest == made.digest):
            self.followed.append((made.name, item.id, made.digest))
        is_written_over = not is_here and not direct and not is_refused
        if waits and waits.origin.digest != made.digest and not is_written_over:
            self.stale.append(waits)
