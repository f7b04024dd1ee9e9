"""Token feeds: the fils of a restricted edition in titles and summaries, at unguessable names, for the ENT."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.model.feed import ENT_ITEMS, FeedItem, TextFile
from gazette.model.finding import Finding, Severity
from gazette.model.sheet import Edition, Sheet
from gazette.model.token import VARIABLE, feed_names, token_audience, token_path

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.feed import Feed
    from gazette.model.newsroom import Newsroom

ROBOTS = "User-agent: *\nDisallow: /\n"


def token_edition(edition: Edition, day: date, secret: bytes) -> Edition:
    """Return the token feeds of a composed edition, as one more thing to print; no file of it names another."""
    newsroom, audience = edition.newsroom, edition.audience
    readers = token_audience(audience)
    made = {sheet.path: sheet for sheet in edition.sheets}
    facts = {"format": 1, "edition": readers.name}
    sheets = [
        Sheet("robots.txt", "text", TextFile(ROBOTS)),
        Sheet(".well-known/gazette.json", "text", TextFile(json.dumps(facts) + "\n")),
    ]
    for name in feed_names(newsroom, audience):
        whole = made[f"fils/{name}.xml"]
        path = token_path(secret, newsroom, audience, day, name)
        sheets.append(Sheet(path, "rss", _summaries(whole.view), whole.sources))
    return Edition(readers, newsroom, tuple(sorted(sheets, key=lambda s: s.path)), None)


def without_secret(newsroom: Newsroom) -> list[Finding]:
    """Return a note for each edition whose token feeds are asked for, when there is no secret to name them with."""
    return [
        Finding(
            "JET-01",
            Severity.NOTE,
            newsroom.place("editions", rank, "jeton"),
            f"édition {a.name} : fils à jeton non imprimés, faute de secret",
            f"donnez {VARIABLE} à la commande (docs/jetons.md), ou écrivez actif: false",
        )
        for rank, a in enumerate(newsroom.audiences)
        if a.token_feeds
    ]


def _summaries(feed: Feed) -> Feed:
    """Return the feed with titles and summaries only, and without its own address: no printed byte tells it."""
    items = tuple(_summary(item) for item in feed.items[:ENT_ITEMS])
    return replace(feed, address="", items=items, stylesheet="", tombstones=(), hub="")


def _summary(item: FeedItem) -> FeedItem:
    return FeedItem(
        id=item.id,
        title=item.title,
        url=item.url,
        summary=item.summary,
        author="",
        categories=(),
        published=item.published,
        updated=item.updated,
        body=None,
    )
