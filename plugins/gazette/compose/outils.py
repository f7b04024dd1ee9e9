"""« L'outil numérique de la semaine »: all the sheets, and what a reader may choose among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.cards import card, is_pinned
from gazette.compose.feed_links import feed_links
from gazette.compose.lists import approvers, choices
from gazette.compose.pictures import picture
from gazette.compose.selections import ACCOUNT, CYCLES, FOLLOWED, selections, tool_selections
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.outils import ToolCard, ToolDesk, ToolFacts, ToolListView, ToolStep
from gazette.model.crcn import COMPETENCES
from gazette.model.entry import Outil
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.compose.selections import Selection
    from gazette.model.cleared import Cleared


UNFOLDED = (CYCLES, ACCOUNT)
"""Questions that every list of tools asks unfolded."""


def tool_card(desk: Desk, cleared: Cleared, *, day: dt.date | None = None) -> ToolCard:
    """Return the tool as lists show it today, or showed it on a day."""
    entry = cleared.entry
    assert isinstance(entry, Outil)  # noqa: S101  # the caller looked
    facts = ToolFacts(
        entry.tool, entry.publisher, entry.cycles, entry.price, entry.has_pupil_account, entry.data, entry.checked
    )
    return ToolCard(card(desk, cleared, day=day), facts)


def tool_desk(desk: Desk, entry: Outil) -> ToolDesk:
    """Return what the page of a tool says besides its entry."""
    images = {image.file: picture(desk, image) for image in entry.images}
    steps = tuple(ToolStep(step.text, images.get(step.image)) for step in entry.steps)
    skills = tuple((number, COMPETENCES.get(number, "")) for number in entry.skills)
    return ToolDesk(steps, skills, desk.referent[1])


def outils(desk: Desk) -> Iterator[Sheet]:
    """Yield the list of tools, and of what may be chosen in it: a cycle, a level, a school, a period, what is new."""
    fil = next((f for f in desk.fils if f.kind == "outil"), None)
    if fil is None:
        return
    tools = [c for c in desk.of(fil) if isinstance(c.entry, Outil)]
    found = (*tool_selections(tools), *selections(desk, tools))
    latest = max((s.year for s in found if s.year is not None), default=None)
    for chosen in (None, *found):
        shown = chosen.cleared if chosen else sorted(tools, key=lambda c: not is_pinned(desk, c.entry))
        path = f"{fil.name}/{chosen.segment if chosen else ''}"
        title = f"{fil.title} : {chosen.title}" if chosen else fil.title
        breadcrumb = (Link(fil.title, f"{fil.name}/"),) if chosen else ()
        crumb = chosen.title if chosen else ""
        is_followed = chosen is not None and chosen.group in FOLLOWED
        feeds = feed_links(desk, path.rstrip("/") if is_followed else fil.name, title if is_followed else fil.title)
        is_lasting = chosen is None or chosen.is_lasting
        view = ToolListView(
            PageHead(title, fil.description, path, fil.name, breadcrumb, feeds, is_lasting, crumb),
            "outils",
            fil,
            approvers(desk, fil),
            tuple(tool_card(desk, c) for c in shown),
            _unfolded(fil.name, tools, found, chosen),
            choices(
                fil, [s for s in found if s.group not in UNFOLDED], chosen.year if chosen and chosen.year else latest
            ),
            is_whole=chosen is None,
        )
        yield Sheet(f"{path}index.html", "html", view, tuple(c.entry.path for c in shown))


def _unfolded(
    name: str, tools: list[Cleared], found: Sequence[Selection], chosen: Selection | None
) -> tuple[Link, ...]:
    """Return what every list of tools shows unfolded, with how many sheets each answer holds."""
    whole = Link("Tous les cycles", f"{name}/", str(len(tools)), is_current=chosen is None)
    asked = sorted((s for s in found if s.group in UNFOLDED), key=lambda s: UNFOLDED.index(s.group))
    return (
        whole,
        *(Link(s.label, f"{name}/{s.segment}", str(len(s.cleared)), is_current=s is chosen) for s in asked),
    )
