"""What the templates of a shared book are given: its cover, its pages one by one and all together, its packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.compose.views.cards import OriginLine
    from gazette.compose.views.frame import Link, PageHead
    from gazette.model.body import Body
    from gazette.model.cahier import Cahier, Contribution
    from gazette.model.picture import Audio, Derivative, Document, Picture, Recording, VideoCard


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a book in its contents."""

    title: str
    href: str
    summary: str
    school: str
    """Its name."""
    class_name: str
    number: int
    """Counted from 1."""
    sounds: int
    pictures: int
    audience: str
    """Title of its audience when not everybody may read it, or ""."""
    notice: str

    @property
    def signature(self) -> str:
        """Return « CM2, école des Tilleuls »."""
        return ", ".join(name for name in (self.class_name, self.school) if name)


@dataclass(frozen=True, slots=True)
class BookCard:
    """A book on the shelf."""

    title: str
    href: str
    theme: str
    summary: str
    opens: date
    closes: date
    is_open: bool
    form: str
    cover: Picture | None
    pages: int
    schools: int
    audience: str
    notice: str
    progress: str
    """Address of its progress in the team's edition, or ""."""
    authorisations: tuple[str, ...]
    """Ids of those under which pupils are in it, or made it."""


@dataclass(frozen=True, slots=True)
class ShelfView:
    """``cahiers.html``: every book, those that are open first."""

    head: PageHead
    template: str
    open: tuple[BookCard, ...]
    closed: tuple[BookCard, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a book says of it."""

    title: str
    theme: str
    href: str
    """Of the cover."""
    links: tuple[Link, ...]
    """Cover, contents, everything on a page, sounds, wall of pictures, contributors."""
    authorisations: tuple[str, ...]
    """Ids of those under which pupils are in it, or made it."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """``cahier.html``: the cover, what is asked of contributors, what may be taken away."""

    head: PageHead
    template: str
    frame: Frame
    entry: Cahier
    author: str
    audience: str
    notice: str
    cover: Picture | None
    body: Body
    hrefs: tuple[str, ...]
    pictures: tuple[Picture | None, ...]
    schools: tuple[Link, ...]
    """That may give a page; none: all."""
    leaves: tuple[Leaf, ...]
    givers: int
    """Schools that gave a page."""
    is_open: bool
    contact: str
    """Function address to which pages are sent, or ""."""
    epub: str
    pack: str
    """Address of the book as a folder to take away, or ""."""
    progress: str
    """Address of its progress in the team's edition, or ""."""


@dataclass(frozen=True, slots=True)
class ContentsView:
    """``sommaire.html``: the pages of a book, in order."""

    head: PageHead
    template: str
    frame: Frame
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The content of a page of a book, wherever it is printed."""

    leaf: Leaf
    anchor: str
    """Its own in a page that shows several."""
    entry: Contribution
    school: Link
    body: Body
    hrefs: tuple[str, ...]
    """By rank of the body's references; "" where there is nothing to link to."""
    pictures: tuple[Picture | None, ...]
    gallery: tuple[Picture, ...]
    sounds: tuple[Audio, ...]
    documents: tuple[Document, ...]
    videos: tuple[VideoCard, ...]
    origins: tuple[OriginLine, ...]
    """Of a page that came as a dépêche."""


@dataclass(frozen=True, slots=True)
class LeafView:
    """``contribution.html``: a page of a book, with the one before and the one after."""

    head: PageHead
    template: str
    frame: Frame
    section: Section
    total: int
    previous: Link
    next: Link
    notice: str


@dataclass(frozen=True, slots=True)
class WholeView:
    """``livret.html``: a book on one page, to be read and printed on A5."""

    head: PageHead
    template: str
    frame: Frame
    entry: Cahier
    author: str
    cover: Picture | None
    sections: tuple[Section, ...]
    givers: tuple[Giver, ...]


@dataclass(frozen=True, slots=True)
class Giver:
    """A school that gave pages."""

    school: Link
    classes: tuple[str, ...]
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class GiversView:
    """``contributeurs.html``: who made the book, as classes and schools."""

    head: PageHead
    template: str
    frame: Frame
    author: str
    givers: tuple[Giver, ...]
    previous: Link
    """The last page."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The sounds of a page."""

    leaf: Leaf
    sounds: tuple[Audio, ...]


@dataclass(frozen=True, slots=True)
class ListenView:
    """``ecouter.html``: the sounds of a book, each with its transcript."""

    head: PageHead
    template: str
    frame: Frame
    heard: tuple[Heard, ...]
    """Pages that have sounds."""
    seconds: float
    size: int
    podcast: str


@dataclass(frozen=True, slots=True)
class Work:
    """A picture on the wall."""

    picture: Picture
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class WallView:
    """``exposition.html``: the pictures of a book on a wall, and one after the other."""

    head: PageHead
    template: str
    frame: Frame
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Who gave, or is awaited."""

    school: str
    class_name: str
    leaf: Leaf | None
    """None: awaited."""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """``avancement.html``: who gave and who is awaited, for the team."""

    head: PageHead
    template: str
    frame: Frame
    entry: Cahier
    steps: tuple[Step, ...]
    given: int
    days_left: int


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A picture or a sound in a package."""

    name: str
    form: str
    """image or sound."""
    view: Derivative | Recording


@dataclass(frozen=True, slots=True)
class EpubView:
    """A book as an EPUB."""

    entry: Cahier
    id: str
    """``urn:uuid:…``."""
    author: str
    publisher: str
    modified: str
    """ISO 8601, UTC: the last change of what the book holds."""
    cover: Picture | None
    sections: tuple[Section, ...]
    givers: tuple[Giver, ...]
    chapters: tuple[tuple[str, str], ...]
    """Address of each page and its file in the package."""
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """A book as a folder of web pages, to be read without a network."""

    name: str
    pages: tuple[tuple[str, object], ...]
    """Path and view of each page, as the edition prints it."""
    files: tuple[PackedFile, ...]
