"""The page of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Card, Due, Happening, OriginLine
    from gazette.compose.views.ecoles import SchoolDesk
    from gazette.compose.views.frame import Link, PageHead
    from gazette.compose.views.outils import ToolDesk
    from gazette.model.body import Body
    from gazette.model.entry import Entry
    from gazette.model.newsroom import Fil
    from gazette.model.picture import Audio, Document, Picture, VideoCard


@dataclass(frozen=True, slots=True)
class EntryView:
    """``actualite.html``, ``projet.html``, ``info_direction.html``, ``outil.html``, ``page.html``, ``ecole.html``."""

    head: PageHead
    template: str
    entry: Entry
    fil: Fil | None
    author: str
    audience: str
    notice: str
    body: Body
    hrefs: tuple[str, ...]
    """By rank of the body's references; "" where there is nothing to link to."""
    pictures: tuple[Picture | None, ...]
    """By rank of the body's references; None where the reference is no picture."""
    gallery: tuple[Picture, ...]
    """Pictures the text does not place itself."""
    sounds: tuple[Audio, ...]
    documents: tuple[Document, ...]
    videos: tuple[VideoCard, ...]
    due: tuple[Due, ...]
    happenings: tuple[Happening, ...]
    schools: tuple[Link, ...]
    tools: tuple[Link, ...]
    also_in: tuple[Link, ...]
    related: tuple[Card, ...]
    """Cards to read on: for an outil « ils l'ont utilisé »."""
    origins: tuple[OriginLine, ...]
    """Of a dépêche: the school it comes from, then those that published it too; none: the circonscription wrote it."""
    previous: Card | None
    next: Card | None
    school: SchoolDesk | None = None
    """For an école."""
    is_over: bool = False
    """A project whose time is behind."""
    tool: ToolDesk | None = None
    """For an outil."""
