"""What a feed no longer shows, in pages that do not move: by month, so that a new entry changes one of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from gazette.model.feed import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.feed import FeedItem

PAGE = 500
"""Items of one page: what a reader of feeds takes in at once."""


def archive_pages(fil: str, title: str, older: Iterable[tuple[FeedItem, str]]) -> Iterator[Stream]:
    """Yield the archives of a fil, the latest first, each leading to the one before; each item comes with its file.

    A month too long for one page is cut from its first day on: its earlier pages stay as they are.
    """
    rows = sorted(older, key=lambda row: (row[0].published, row[0].id))
    pages: list[tuple[str, list[tuple[FeedItem, str]]]] = []
    for month, found in itertools.groupby(rows, key=lambda row: f"{row[0].published:%Y-%m}"):
        for rank, part in enumerate(_parts(list(found)), 1):
            pages.append((f"archives/{fil}-{month}{f'-{rank}' if rank > 1 else ''}", part))
    before = ""
    made = []
    for name, part in pages:
        items, files = zip(*reversed(part), strict=True)
        made.append(Stream(name, title, "", "", "", items, tuple(dict.fromkeys(files)), before))
        before = name
    yield from reversed(made)


def _parts(rows: list[tuple[FeedItem, str]]) -> Iterator[list[tuple[FeedItem, str]]]:
    for start in range(0, len(rows), PAGE):
        yield rows[start : start + PAGE]
