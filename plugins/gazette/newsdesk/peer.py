"""Another Gazette as a source: what it tells of itself, its feeds and its frise; loops and repeats known by identity.

An item keeps for good the identity that it had where it first was, ``gazette:<circonscription>:<uuid>``: a département
gathers its circonscriptions, an académie its départements, and each item is there once, by whatever way it came.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from gazette.model.depeche import Appointment
from gazette.model.text import clean_line
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.item import Delivery, Item, item_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.correspondent import Correspondent

DISCOVERY = ".well-known/gazette.json"
FULL = 50
"""Items from which a feed that leads to no older ones may not tell everything."""
PAGES = 200
"""Pages of one fil that are followed."""
FILS = 12
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_UUID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
Fetch = Callable[[str], bytes]
Parse = Callable[[str, str, bytes], dict[str, Any]]
"""Kind, address and document → what a worker tells of it."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who another Gazette says it is, and where it tells what."""

    identifier: str
    """Of its circonscription."""
    fils: Mapping[str, str]
    frise: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What another Gazette told in this run."""

    said: Introduction
    delivery: Delivery


@dataclass(slots=True)
class Claims:
    """Which source each item of another Gazette comes by: its own home when that is a source here.

    Else the one by which it came before, else the first, in the order of the directory, of all that told it in the run
    where it was new: never whoever answered soonest.
    """

    homes: dict[str, str] = field(default_factory=dict)
    """The source that each circonscription is, by its identifier: for good, once it gave something."""
    keys: dict[str, str] = field(default_factory=dict)
    """The source of each item whose home is none, by identity."""
    answers: dict[str, Heard | FetchError] = field(default_factory=dict)
    """What each source told in this run."""

    def settle(self, answers: Mapping[str, Heard | FetchError]) -> None:
        """Hear all that the sources told: two newcomers of one name are none of it."""
        self.answers = dict(sorted(answers.items()))
        heard = {key: one for key, one in self.answers.items() if isinstance(one, Heard)}
        known = set(self.homes.values())
        new = {key: one.said.identifier for key, one in heard.items() if key not in known}
        names = Counter(new.values())
        for key, name in new.items():
            if names[name] == 1:
                self.homes.setdefault(name, key)
        for key, one in heard.items():
            if self.homes.get(one.said.identifier) == key:
                for item in one.delivery.items:
                    self.keys.setdefault(item.id, key)

    def heard(self, key: str) -> Heard:
        """Return what a source told; ``FetchError`` when it could not, or says that it is another."""
        answer = self.answers[key]
        if isinstance(answer, FetchError):
            raise answer
        who = answer.said.identifier
        if self.homes.get(who) != key:
            raise FetchError("FLX-06", f"elle dit être « {who} », ce qu’une autre source dit ou qu’elle n’était pas")
        return answer

    def is_elsewhere(self, identity: str, key: str) -> bool:
        """Tell whether the item's own home is another source here."""
        return self.homes.get(_circonscription(identity), key) != key

    def owns(self, key: str, identity: str) -> bool:
        """Tell whether the item is this source's."""
        return (self.homes.get(_circonscription(identity)) or self.keys.get(identity)) == key


def introduction(ours: str, base: str, fetch: Fetch, parse: Parse) -> Introduction:
    """Return who a Gazette says it is; ``FetchError`` when it is none, or our own."""
    facts = parse("decouverte", base, fetch(urljoin(base, DISCOVERY)))
    who = str(facts.get("circonscription", ""))
    if facts.get("format") != 1 or not _IDENTIFIER.fullmatch(who):
        raise FetchError("FLX-01", "ce n’est pas une Gazette (/.well-known/gazette.json)")
    if who == ours:
        raise FetchError("FLX-04", "cette Gazette est la nôtre : elle se relirait sans fin")
    return Introduction(who, _mapping(facts.get("fils")), str(facts.get("frise") or ""))


def gather(one: Correspondent, ours: str, said: Introduction, base: str, fetch: Fetch, parse: Parse) -> Delivery:
    """Return what a Gazette says: the fils it shares with the source's, or all of them; never what is ours."""
    who = said.identifier
    feeds = {name: _near(base, url) for name, url in said.fils.items()}
    chosen = {name: feeds[name] for name in one.fils if name in feeds} or feeds
    found: dict[str, Item] = {}
    limits, seen = [], hashlib.sha256()
    for name, url in sorted(chosen.items())[:FILS]:
        for page, is_last in _pages(base, url, fetch, parse, seen):
            rows = [_owned(row, who, name) for row in page]
            found |= {item.id: item for item in rows if item and _circonscription(item.id) != ours}
            if is_last and len(rows) >= FULL:
                limits.append(min((item.date for item in rows if item and item.date), default="9"))
    if said.frise:
        body = fetch(_near(base, said.frise))
        seen.update(body)
        found = _with_events(found, parse("frise", base, body), who)
    since = max(limits, default="")
    short = f"ses fils ne disent rien d’avant le {since[:10]} : demandez-lui « archives: oui » (docs/collecte.md)"
    notes = (short,) if "" < since < "9" else ()
    return Delivery(items=tuple(found.values()), version=seen.hexdigest(), since=since, home=who, notes=notes)


def _pages(
    base: str, url: str, fetch: Fetch, parse: Parse, seen: hashlib._Hash
) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    """Yield the items of a feed and of the pages that go on with it, and whether more may stand beyond a page."""
    known: set[str] = set()
    while url and url not in known and len(known) < PAGES:
        known.add(url)
        body = fetch(url)
        seen.update(body)
        told = parse("rss", url, body)
        older = str(told.get("older") or "")
        is_over = older and (older in known or len(known) == PAGES)
        yield told["items"], bool(is_over) or (not older and len(known) == 1)
        url = _near(base, older) if older else ""


def unclaimed(delivery: Delivery, key: str, claims: Claims) -> Delivery:
    """Return the delivery without what comes by another way: from its own home, or from who told it first."""
    yielded = frozenset(i.id for i in delivery.items if claims.is_elsewhere(i.id, key))
    return replace(delivery, items=tuple(i for i in delivery.items if claims.owns(key, i.id)), yielded=yielded)


def _circonscription(identity: str) -> str:
    return identity.split(":", 2)[1]


def _mapping(value: object) -> dict[str, str]:
    return {str(k)[:60]: str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _near(base: str, url: str) -> str:
    """Return an address of the same machine; a Gazette speaks for itself alone."""
    whole = urljoin(base, url)
    if urlsplit(whole)[:2] != urlsplit(base)[:2]:
        raise FetchError("FLX-05", "ses fils sont annoncés sur une autre machine")
    return whole


def _owned(row: dict[str, Any], who: str, fil: str) -> Item | None:
    """Return an item under the identity it had where it first was."""
    item = item_of({k: v for k, v in row.items() if k != "first"})
    first = row.get("first") or [who, item.id]
    identity = _UUID.fullmatch(str(first[1]))
    if identity is None or not _IDENTIFIER.fullmatch(str(first[0])):
        return None
    return replace(item, id=f"gazette:{first[0]}:{identity[1]}", fil=fil)


def _with_events(found: dict[str, Item], frise: dict[str, Any], who: str) -> dict[str, Item]:
    """Return the items with the events that their pages announce; events without a page come by themselves."""
    by_link = {item.link: item.id for item in found.values() if item.link}
    told = dict(found)
    for row in frise.get("evenements", ())[:500]:
        identity = _UUID.fullmatch(str(row.get("id", "")))
        if identity is None or row.get("nature") != "evenement" or not row.get("debut"):
            continue
        event = Appointment(f"e-{identity[1]}", *(row[key] for key in ("titre", "debut", "fin", "lieu", "etat")))
        page = by_link.get(row["adresse"].partition("#")[0])
        if page:
            told[page] = replace(told[page], events=(*told[page].events, event))
        elif not row.get("sources"):
            name = f"gazette:{who}:{identity[1]}"
            words = {"title": event.title, "summary": clean_line(row["resume"]), "link": row["adresse"]}
            told.setdefault(name, Item(id=name, events=(event,), **words))
    return told
