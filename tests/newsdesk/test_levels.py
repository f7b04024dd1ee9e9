"""Three levels that gather each other: schools, circonscriptions, départements, an académie; each item once."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gazette.compose.archives import archive_pages
from gazette.compose.feeds import ITEMS
from gazette.model.depeche import first_home, provenance
from gazette.model.feed import Feed, FeedItem
from gazette.model.moment import PARIS
from gazette.press.feeds import json_feed
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import NOW, Newsdesk, entry, rss
from tests.newsdesk.test_peer import identity

IS_WHOLE = "GAZETTE_COMPLET" in os.environ
DEPARTEMENTS, CIRCONSCRIPTIONS, SCHOOLS, COUNT = (3, 12, 600, 20_000) if IS_WHOLE else (2, 3, 6, 240)
TITLE = re.compile(r'^titre: "(.*)"$', re.MULTILINE)
DATE = re.compile(r"^date: (.*)$", re.MULTILINE)


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


class Level:
    """A Gazette that gathers, accepts all, and prints its feeds through our own composition and press."""

    def __init__(self, peer: Peer, folder: Path, name: str) -> None:
        self.peer, self.name, self.desk = peer, name, Newsdesk(folder / name)

    @property
    def url(self) -> str:
        """Return its address."""
        return self.peer.url(f"/{self.name}/")

    def round(self) -> None:
        """Gather, accept and print."""
        done = self.desk.run(ours=self.name, branch="collecte/2026-S48", seconds=60.0)
        assert [] == [(g.correspondent.key, g.health.fault, g.health.held) for g in done.gathered if _is_ill(g.health)]
        items = sorted(map(self.item, self.desk.files().items()), key=lambda i: (i.published, i.id), reverse=True)
        archives = list(archive_pages("actualites", "T", [(item, item.title) for item in items[ITEMS:]]))
        older = archives[0].name if archives else ""
        self.serve("fils/actualites.json", json_feed(self.feed("actualites", items[:ITEMS], older)))
        for page in archives:
            self.serve(f"fils/{page.name}.json", json_feed(self.feed(page.name, page.items, page.older)))
        facts = f'{{"format": 1, "circonscription": "{self.name}", "fils": {{"actualites": "fils/actualites.json"}}}}'
        self.serve(".well-known/gazette.json", facts.encode())

    def serve(self, path: str, body: bytes) -> None:
        """Put a file on line."""
        self.peer.serve_feed(f"/{self.name}/{path}", body)

    def feed(self, name: str, items: list[FeedItem] | tuple[FeedItem, ...], older: str) -> Feed:
        """Return a feed as the composition makes it."""
        address = f"{self.url}fils/{older}.json" if older else ""
        told = {"id": "urn:f", "title": self.name, "description": "d", "home": self.url, "author": self.name}
        return Feed(**told, address=f"{self.url}fils/{name}", items=tuple(items), updated=NOW, older=address)

    def item(self, file: tuple[str, str]) -> FeedItem:
        """Return a dépêche as an item of a feed."""
        path, text = file
        origin, title, date = provenance(text), TITLE.search(text), DATE.search(text)
        assert origin
        assert title
        assert date
        return FeedItem(
            id=identity(f"{self.name}/{path}"),
            title=title[1],
            url=f"https://{self.name}.example/{title[1]}/",
            summary="Un résumé.",
            author="École",
            categories=(),
            published=datetime.fromisoformat(date[1]).replace(tzinfo=PARIS),
            updated=NOW,
            body=None,
            first_home=first_home(origin.id),
        )

    def titles(self) -> Counter[str]:
        """Return how many times each item stands here, by title."""
        return Counter(found[1] for text in self.desk.files().values() if (found := TITLE.search(text)))

    def homes(self) -> Counter[str]:
        """Return how many items say that they first were in each circonscription."""
        return Counter(
            home[0] for t in self.desk.files().values() if (o := provenance(t)) and (home := first_home(o.id))
        )


def _is_ill(health: object) -> bool:
    return bool(getattr(health, "fault", "") or getattr(health, "held", ""))


def school_feed(rank: int, gone: int = -1) -> bytes:
    """Return what a school publishes: its share of the items, over many months, but one that it took off."""
    start = NOW - timedelta(days=400)
    numbers = [n for n in range(rank, COUNT, SCHOOLS) if n != gone]
    days = {n: start + timedelta(days=n * 390 // COUNT) for n in numbers}
    return rss(*(entry(n, date=f"{days[n]:%d %b %Y} 08:30:00 +0100") for n in numbers))


def test_each_item_is_everywhere_once_and_withdrawn_everywhere_in_one_round(peer: Peer, tmp_path: Path):
    """Far beyond what one feed shows; with its origin; what a school takes off is gone at every level."""
    academy = Level(peer, tmp_path, "academie")
    depts = [Level(peer, tmp_path, f"departement-{n}") for n in range(DEPARTEMENTS)]
    circs = [Level(peer, tmp_path, f"circonscription-{n}") for n in range(CIRCONSCRIPTIONS)]
    for rank in range(SCHOOLS):
        url = peer.serve_feed(f"/ecole-{rank}.xml", school_feed(rank))
        circs[rank % CIRCONSCRIPTIONS].desk.declare("rss", url, f"{rank:07}A")
    for rank, circ in enumerate(circs):
        depts[rank % DEPARTEMENTS].desk.declare("gazette", circ.url, f"{rank:07}B")
    for rank, dept in enumerate(depts):
        academy.desk.declare("gazette", dept.url, f"{rank:07}C")
    academy.desk.declare("gazette", circs[0].url, "0000099C")  # by two ways
    levels = (*circs, *depts, academy)
    for one in levels:
        one.round()
    expected = Counter(f"Article {n}" for n in range(COUNT))
    assert (expected, expected) == (academy.titles(), sum((d.titles() for d in depts), Counter()))
    assert {c.name: COUNT // CIRCONSCRIPTIONS for c in circs}.keys() == academy.homes().keys()
    assert COUNT == academy.homes().total()
    gone = COUNT // 2
    peer.serve_feed(f"/ecole-{gone % SCHOOLS}.xml", school_feed(gone % SCHOOLS, gone))
    for one in levels:
        one.round()
    del expected[f"Article {gone}"]
    everywhere = [sum((one.titles() for one in row), Counter()) for row in (circs, depts, [academy])]
    assert [expected] * 3 == everywhere
