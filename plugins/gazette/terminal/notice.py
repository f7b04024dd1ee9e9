"""Who is told of what was put on line: whoever publishes, of the feeds that changed; and the hub, of the open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gazette.model.token import SUFFIX
from gazette.newsdesk.client import Client
from gazette.newsdesk.fault import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.newsroom import Newsroom
    from gazette.publish.plan import Plan

FEEDS = (".xml", ".atom", ".json", ".rss", ".ics")
FOLDERS = ("fils/", "frise/", "echeances/", "ecoles/")
THROUGH_HUB = (".atom", ".json")
"""Those that tell of the hub (WebSub §4)."""
SHOWN, SECONDS = 6, 20.0


def changed_feeds(newsroom: Newsroom, plans: Iterable[Plan]) -> dict[str, list[str]]:
    """Return the addresses of the feeds and calendars that a publication changed, by edition; none of token feeds."""
    addresses = {a.name: a.address for a in newsroom.audiences}
    return {
        plan.audience: [f"{addresses[plan.audience]}{p}" for p in plan.uploads if _is_feed(p)]
        for plan in plans
        if plan.audience in addresses
    }


def _is_feed(path: str) -> bool:
    return path.endswith(FEEDS) and path.startswith(FOLDERS)


def feed_lines(changed: Mapping[str, list[str]], plans: Iterable[Plan]) -> Iterator[str]:
    """Yield what changed for who follows by feed; the addresses of token feeds are told by ``jeton`` alone."""
    for name, addresses in changed.items():
        if addresses:
            yield f"{name} : {len(addresses)} fil(s) et agenda(s) changés"
            yield from (f"    {address}" for address in addresses[:SHOWN])
            if len(addresses) > SHOWN:
                yield f"    … et {len(addresses) - SHOWN} autres (--rapport les dit tous)"
    for plan in plans:
        count = sum(path.endswith(".xml") for path in plan.uploads)
        if plan.audience.endswith(SUFFIX) and count:
            edition = plan.audience.removesuffix(SUFFIX)
            yield f"{plan.audience} : {count} fil(s) changés (leurs adresses : ./gazette jeton {edition})"


def ping(newsroom: Newsroom, changed: Mapping[str, list[str]], client: Client | None = None) -> Iterator[str]:
    """Tell the hub which open feeds changed, and yield how it took it: its failure is told, and nothing more."""
    told = [a for a in changed.get(newsroom.audiences[0].name, ()) if a.endswith(THROUGH_HUB)]
    if not (newsroom.hub and told):
        return
    form = urlencode([("hub.mode", "publish"), *(("hub.url", address) for address in told)]).encode()
    try:
        (client or Client(seconds=SECONDS)).post(newsroom.hub, form)
    except FetchError as error:
        yield f"WebSub : le relais n’a pas été prévenu ({error}) ; les fils se liront au prochain passage de chacun."
    else:
        yield f"WebSub : relais prévenu de {len(told)} fil(s)."
