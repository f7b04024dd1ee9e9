"""Lists of a fil, twenty entries a page: the whole, and what a reader may choose in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.compose.cards import card, is_pinned
from gazette.compose.feed_links import feed_links
from gazette.compose.selections import selections
from gazette.compose.views.cards import Choice, Pages, page_address
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.lists import ListView
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.selections import Selection
    from gazette.compose.views.cards import Card
    from gazette.model.cleared import Cleared
    from gazette.model.newsroom import Fil

PAGE = 20
"""Entries on a page."""


def lists(desk: Desk) -> Iterator[Sheet]:
    """Yield every page of every fil but the tools', and of what may be chosen in it."""
    cards = {c.entry.path: card(desk, c) for c in desk.cleared if desk.fil_of(c.entry)}
    for fil in desk.fils:
        if fil.kind != "outil":
            cleared = desk.of(fil)
            feeds = feed_links(desk, fil.name, fil.title)
            rack = _Rack(fil, approvers(desk, fil), feeds, selections(desk, cleared), cards)
            yield from rack.pages(sorted(cleared, key=lambda c: not is_pinned(desk, c.entry)), None)
            for selection in rack.selections:
                yield from rack.pages(selection.cleared, selection)


def approvers(desk: Desk, fil: Fil) -> tuple[str, ...]:
    """Return the labels of the roles that may approve what the fil prints."""
    roles = (desk.newsroom.role(name) for name in fil.approvers)
    return tuple(role.label for role in roles if role)


def choices(fil: Fil, found: Sequence[Selection], year: int | None) -> tuple[Choice, ...]:
    """Return the questions a list offers with their answers; periods are those of one school year."""
    groups: dict[str, list[Link]] = {}
    for one in found:
        if not one.is_period or one.year == year:
            link = Link(one.label, f"{fil.name}/{one.segment}", str(len(one.cleared)))
            groups.setdefault(one.group, []).append(link)
    return tuple(Choice(title, tuple(links)) for title, links in groups.items())


@dataclass(frozen=True, slots=True)
class _Rack:
    """One fil's lists in the making."""

    fil: Fil
    approvers: tuple[str, ...]
    feeds: tuple[Link, ...]
    selections: tuple[Selection, ...]
    cards: dict[str, Card]

    def pages(self, cleared: Sequence[Cleared], selection: Selection | None) -> Iterator[Sheet]:
        """Yield the pages of the whole fil, or of a selection."""
        base = f"{self.fil.name}/{selection.segment if selection else ''}"
        total = max(1, -(-len(cleared) // PAGE))
        for number in range(1, total + 1):
            path = page_address(base, number)
            shown = cleared[(number - 1) * PAGE : number * PAGE]
            view = ListView(
                self._head(selection, base, path, number),
                "fil",
                self.fil,
                self.approvers,
                selection.title if selection else "",
                len(cleared),
                tuple(self.cards[c.entry.path] for c in shown),
                Pages(number, total, base),
                self._choices(selection) if number == 1 else (),
            )
            yield Sheet(f"{path}index.html", "html", view, tuple(c.entry.path for c in shown))

    def _head(self, selection: Selection | None, base: str, path: str, number: int) -> PageHead:
        fil = self.fil
        chosen = f"{fil.title} : {selection.title}" if selection else fil.title
        title = chosen if number == 1 else f"{chosen}, page {number}"
        parents = [Link(fil.title, f"{fil.name}/")] if path != f"{fil.name}/" else []
        if selection and number > 1:
            parents.append(Link(selection.label, base))
        is_lasting = selection is None or selection.is_lasting
        crumb = f"Page {number}" if number > 1 else selection.title if selection else ""
        return PageHead(title, fil.description, path, fil.name, tuple(parents), self.feeds, is_lasting, crumb)

    def _choices(self, selection: Selection | None) -> tuple[Choice, ...]:
        """Return what the first page of a list offers; the others lead to it, and change less often."""
        years = [s.year for s in self.selections if s.year is not None]
        year = selection.year if selection and selection.year is not None else max(years, default=None)
        return choices(self.fil, self.selections, year)
