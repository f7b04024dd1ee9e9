"""« L'outil numérique de la semaine »: all the sheets, and what a reader may choose among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.cards import card, is_pinned
from gazette.compose.feed_links import feed_links
from gazette.compose.lists import approvers, choices
from gazette.compose.selections import CYCLES, selections
from gazette.compose.views import Link, PageHead, ToolCard, ToolFacts, ToolListView
from gazette.model.entry import Outil
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.selections import Selection
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
    """Yield the list of tools, and of what may be chosen in it: a cycle, a level, a school, a period, what is new."""
    fil = next((f for f in desk.fils if f.kind == "outil"), None)
    if fil is None:
        return
    tools = [c for c in desk.of(fil) if isinstance(c.entry, Outil)]
    found = selections(desk, tools)
    latest = max((s.year for s in found if s.year is not None), default=None)
    for chosen in (None, *found):
        shown = chosen.cleared if chosen else sorted(tools, key=lambda c: not is_pinned(desk, c.entry))
        path = f"{fil.name}/{chosen.segment if chosen else ''}"
        title = f"{fil.title} : {chosen.title}" if chosen else fil.title
        breadcrumb = (Link(fil.title, f"{fil.name}/"),) if chosen else ()
        feeds, is_lasting = feed_links(desk, fil.name, fil.title), chosen is None or chosen.is_lasting
        view = ToolListView(
            PageHead(title, fil.description, path, fil.name, breadcrumb, feeds, is_indexed=is_lasting),
            "outils",
            fil,
            approvers(desk, fil),
            tuple(tool_card(desk, c) for c in shown),
            _cycles(fil.name, tools, found, chosen),
            choices(fil, [s for s in found if s.group != CYCLES], chosen.year if chosen and chosen.year else latest),
            is_whole=chosen is None,
        )
        yield Sheet(f"{path}index.html", "html", view, tuple(c.entry.path for c in shown))


def _cycles(name: str, tools: list[Cleared], found: Sequence[Selection], chosen: Selection | None) -> tuple[Link, ...]:
    """Return the cycles, which every list of tools shows unfolded, with how many sheets each holds."""
    whole = Link("Tous les cycles", f"{name}/", str(len(tools)), is_current=chosen is None)
    by_cycle = (s for s in found if s.group == CYCLES)
    return (
        whole,
        *(Link(s.label, f"{name}/{s.segment}", str(len(s.cleared)), is_current=s is chosen) for s in by_cycle),
    )
