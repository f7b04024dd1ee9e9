"""« L'outil numérique de la semaine »: all the sheets, and those of each cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.cards import card
from gazette.compose.feed_links import feed_links
from gazette.compose.lists import approvers
from gazette.compose.views import Link, PageHead, ToolCard, ToolFacts, ToolListView
from gazette.model.entry import Outil
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared


def tool_card(desk: Desk, cleared: Cleared, *, day: dt.date | None = None) -> ToolCard:
    """Return the tool as lists show it today, or showed it on a day."""
    entry = cleared.entry
    assert isinstance(entry, Outil)  # noqa: S101  # the caller looked
    facts = ToolFacts(
        entry.tool, entry.publisher, entry.cycles, entry.price, entry.has_pupil_account, entry.data, entry.checked
    )
    return ToolCard(card(desk, cleared, day=day), facts)


def outils(desk: Desk) -> Iterator[Sheet]:
    """Yield the list of tools and one list a cycle."""
    fil = next((f for f in desk.fils if f.kind == "outil"), None)
    if fil is None:
        return
    tools = [(c, c.entry.cycles) for c in desk.of(fil) if isinstance(c.entry, Outil)]
    cycles = sorted({cycle for _, own in tools for cycle in own})
    by_cycle = {chosen: [c for c, own in tools if chosen is None or chosen in own] for chosen in (None, *cycles)}
    for chosen, shown in by_cycle.items():
        path = "outils/" if chosen is None else f"outils/cycle-{chosen}/"
        filters = tuple(
            Link(
                f"Cycle {n}" if n else "Tous les cycles",
                f"outils/cycle-{n}/" if n else "outils/",
                str(len(found)),
                is_current=n == chosen,
            )
            for n, found in by_cycle.items()
        )
        title = fil.title if chosen is None else f"{fil.title} : cycle {chosen}"
        breadcrumb = () if chosen is None else (Link(fil.title, "outils/"),)
        head = PageHead(title, fil.description, path, "outils", breadcrumb, feed_links(desk, fil.name, fil.title))
        view = ToolListView(
            head, "outils", fil, approvers(desk, fil), tuple(tool_card(desk, c) for c in shown), filters
        )
        yield Sheet(f"{path}index.html", "html", view, tuple(c.entry.path for c in shown))
