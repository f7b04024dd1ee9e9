"""Lists of a fil, twenty entries a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.cards import card, is_pinned
from gazette.compose.feeds import feed_links
from gazette.compose.views import Link, ListView, PageHead, Pages
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.model.newsroom import Fil

PAGE = 20
"""Entries on a page."""


def lists(desk: Desk) -> Iterator[Sheet]:
    """Yield every page of every fil but the tools'."""
    for fil in desk.fils:
        if fil.kind != "outil":
            yield from _pages(desk, fil)


def _pages(desk: Desk, fil: Fil) -> Iterator[Sheet]:
    cleared = desk.of(fil)
    cleared.sort(key=lambda c: not is_pinned(desk, c.entry))  # stable: pinned first, then by date
    total = max(1, -(-len(cleared) // PAGE))
    paths = [f"{fil.name}/" if n == 1 else f"{fil.name}/page/{n}/" for n in range(1, total + 1)]
    for number, path in enumerate(paths, 1):
        shown = cleared[(number - 1) * PAGE : number * PAGE]
        links = tuple(Link(str(n), p, is_current=n == number) for n, p in enumerate(paths, 1))
        title = fil.title if number == 1 else f"{fil.title}, page {number}"
        breadcrumb = () if number == 1 else (Link(fil.title, f"{fil.name}/"),)
        head = PageHead(title, fil.description, path, fil.name, breadcrumb, feed_links(desk, fil.name, fil.title))
        view = ListView(head, "fil", fil, tuple(card(desk, c) for c in shown), Pages(number, total, links))
        yield Sheet(f"{path}index.html", "html", view, tuple(c.entry.path for c in shown))
