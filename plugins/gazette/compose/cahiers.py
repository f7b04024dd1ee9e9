"""Shared books: the shelf and, for each book, its cover, its pages, what is heard and seen in it, and its packages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.compose.entries import pictures_of
from gazette.compose.pictures import (
    audio,
    copies,
    copy_path,
    derivatives,
    document,
    media_path,
    picture,
    printed_widths,
    video_cards,
)
from gazette.compose.stories import origins
from gazette.compose.views.cahiers import (
    BookCard,
    ContentsView,
    CoverView,
    EpubView,
    Frame,
    Giver,
    GiversView,
    Heard,
    Leaf,
    LeafView,
    ListenView,
    PackedFile,
    PackView,
    ProgressView,
    Section,
    ShelfView,
    Step,
    WallView,
    WholeView,
    Work,
)
from gazette.compose.views.frame import Link, PageHead
from gazette.model.cahier import FOLDER, Cahier, Contribution, in_order
from gazette.model.picture import Derivative, Recording
from gazette.model.sheet import Sheet
from gazette.model.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.compose.desk import Desk
    from gazette.model.cleared import Cleared
    from gazette.model.media import Image, Sound
    from gazette.model.picture import Picture

IN_PACKAGE = 960
"""Pixels: the widest picture of a package; every reader has a screen for it, and a telephone fetches it."""
WALL = 2
"""Pictures from which there is a wall to see."""


def cahiers(desk: Desk) -> Iterator[Sheet]:
    """Yield the shelf, then every page of the books that this edition prints."""
    found = books(desk)
    if not found:
        return
    yield _shelf(found)
    for book in found:
        if book.cover:
            yield from derivatives(desk, book.cover.image)
        if book.is_printed_here:
            yield from book.sheets()
        if book.is_followed:
            yield book.progress()


def books(desk: Desk) -> tuple[Book, ...]:
    """Return the books that the audience may read, the latest first, each with its pages in order."""
    pages: dict[str, list[Contribution]] = {}
    for cleared in desk.cleared:
        if isinstance(cleared.entry, Contribution):
            pages.setdefault(cleared.entry.cahier, []).append(cleared.entry)
    shelf = [(c, c.entry) for c in desk.cleared if isinstance(c.entry, Cahier)]
    return tuple(Book(desk, c, entry, in_order(entry, pages.get(entry.name, ()))) for c, entry in shelf)


def book_links(desk: Desk) -> tuple[Link, ...]:
    """Return the shelf, then each book with its contents and what is printed of it, for the plan du site."""
    found = books(desk)
    links = [Link("Tous les cahiers", f"{FOLDER}/")] if found else []
    for book in found:
        links.append(Link(book.entry.title, book.root))
        if book.is_printed_here:
            links += [Link(f"{book.entry.title} : {one.title.lower()}", one.href) for one in book.frame.links[1:]]
            links += [Link(leaf.title, leaf.href) for leaf in book.leaves]
    return tuple(links)


def _shelf(found: Sequence[Book]) -> Sheet:
    cards = [book.card for book in found]
    head = PageHead("Cahiers", "Les livres que plusieurs écoles écrivent ensemble.", f"{FOLDER}/", FOLDER)
    opened, closed = tuple(c for c in cards if c.is_open), tuple(c for c in cards if not c.is_open)
    view = ShelfView(head, "cahiers", opened, closed)
    return Sheet(f"{FOLDER}/index.html", "html", view, tuple(book.entry.path for book in found))


@dataclass(frozen=True)
class Book:
    """One book in the making, with the pages that the audience may read."""

    desk: Desk
    cleared: Cleared
    entry: Cahier
    pages: tuple[Contribution, ...]

    @cached_property
    def root(self) -> str:
        """Return where this audience reads the book: here, when this edition prints it."""
        return address(self.entry) if self.is_printed_here else self.desk.href(self.entry)

    @cached_property
    def is_printed_here(self) -> bool:
        """Tell whether the edition prints the book: it is its own, or it holds pages that no more open one may show."""
        return any(self.desk.is_own(entry) for entry in (self.entry, *self.pages))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return the contents."""
        return tuple(self._leaf(number, page) for number, page in enumerate(self.pages, 1))

    def _leaf(self, number: int, page: Contribution) -> Leaf:
        desk = self.desk
        mark = desk.audience_mark(page) if page.audience != self.entry.audience else ""
        return Leaf(
            page.title,
            address(page) if self.is_printed_here else self.desk.href(page),
            page.summary,
            desk.author(page),
            page.class_name,
            number,
            len(page.sounds),
            len(page.images),
            mark,
            desk.by_path[page.path].notice,
        )

    @cached_property
    def authorisations(self) -> tuple[str, ...]:
        """Return the ids of the authorisations under which pupils are in the book, or made it."""
        works = (work for entry in (self.entry, *self.pages) for work in entry.works)
        return tuple(sorted({work.authorisation for work in works if work.is_of_pupils}))

    @cached_property
    def cover(self) -> Picture | None:
        """Return the picture of the cover: the one it names, else its first, else the first of its pages."""
        own = sorted(self.entry.images, key=lambda i: i.file != self.entry.cover)
        rest = [image for page in self.pages for image in page.images]
        return next((p for image in (*own, *rest) if (p := picture(self.desk, image))), None)

    @cached_property
    def card(self) -> BookCard:
        """Return the book on the shelf."""
        entry = self.entry
        return BookCard(
            entry.title,
            self.root,
            entry.theme,
            entry.summary,
            entry.opens,
            entry.closes,
            entry.is_open(self.desk.today),
            entry.form,
            self.cover,
            len(self.pages),
            len({page.school for page in self.pages}),
            self.desk.audience_mark(entry),
            self.cleared.notice,
            self.follow_up,
            self.authorisations,
        )

    @cached_property
    def frame(self) -> Frame:
        """Return what every page of the book says of it."""
        return Frame(self.entry.title, self.entry.theme, self.root, tuple(self._links()), self.authorisations)

    def _links(self) -> Iterator[Link]:
        yield Link("Couverture", self.root)
        if self.pages:
            if self.has_wall:
                yield Link("Exposition", f"{self.root}exposition/")
            yield Link("Sommaire", f"{self.root}sommaire/")
            yield Link("Tout lire", f"{self.root}tout/")
            if any(page.sounds for page in self.pages):
                yield Link("Écouter", f"{self.root}ecouter/")
            yield Link("Contributeurs", f"{self.root}contributeurs/")

    @property
    def has_wall(self) -> bool:
        """Tell whether the book is an exposition with something to see."""
        return self.entry.form == "exposition" and len(self.works) >= WALL

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """Return every picture of its pages, in order."""
        pairs = [(image, leaf) for page, leaf in zip(self.pages, self.leaves, strict=True) for image in page.images]
        return tuple(Work(shown, leaf) for image, leaf in pairs if (shown := picture(self.desk, image)))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Return the content of each page."""
        return tuple(self._section(page, leaf) for page, leaf in zip(self.pages, self.leaves, strict=True))

    def _section(self, page: Contribution, leaf: Leaf) -> Section:
        desk = self.desk
        pictures, gallery = pictures_of(desk, page)
        school = desk.schools.get(page.school)
        return Section(
            leaf,
            f"p{leaf.number}",
            page,
            Link(desk.author(page), desk.href(school) if school else ""),
            page.body,
            desk.body_hrefs(page),
            pictures,
            gallery,
            tuple(audio(desk, sound) for sound in page.sounds),
            tuple(document(desk, file) for file in page.attachments),
            video_cards(desk, page),
            origins(desk, page),
        )

    @cached_property
    def givers(self) -> tuple[Giver, ...]:
        """Return the schools that gave pages, by name."""
        rows: dict[str, list[Section]] = {}
        for section in self.sections:
            rows.setdefault(section.entry.school, []).append(section)
        found = [
            Giver(
                row[0].school,
                tuple(dict.fromkeys(s.leaf.class_name for s in row if s.leaf.class_name)),
                tuple(s.leaf for s in row),
            )
            for row in rows.values()
        ]
        return tuple(sorted(found, key=lambda giver: alphabetical(giver.school.title)))

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the content files of the book, its own first."""
        return (self.entry.path, *(page.path for page in self.pages))

    def sheets(self) -> Iterator[Sheet]:
        """Yield every page of the book, its packages and its media."""
        pages = tuple(self._pages())
        yield from pages
        if self.pages:
            yield self._epub()
            yield self._pack(pages)
        seen: set[str] = set()
        for image in (image for entry in (self.entry, *self.pages) for image in entry.images):
            if image.digest not in seen:
                seen.add(image.digest)
                yield from derivatives(self.desk, image)
        for entry in (self.entry, *self.pages):
            yield from copies(self.desk, entry)

    def _pages(self) -> Iterator[Sheet]:
        """Yield the pages that a package holds too."""
        yield self._cover()
        if not self.pages:
            return
        yield self._sheet("sommaire/", ContentsView(self._head("Sommaire"), "sommaire", self.frame, self.leaves))
        for rank, section in enumerate(self.sections):
            yield self._page(rank, section)
        whole = WholeView(
            self._head("Tout lire"),
            "livret",
            self.frame,
            self.entry,
            self.desk.author(self.entry),
            self.cover,
            self.sections,
            self.givers,
        )
        yield self._sheet("tout/", whole)
        author = self.desk.author(self.entry)
        last = _turned(self.leaves[-1])
        givers = GiversView(self._head("Contributeurs"), "contributeurs", self.frame, author, self.givers, last)
        yield self._sheet("contributeurs/", givers)
        heard = tuple(Heard(section.leaf, section.sounds) for section in self.sections if section.sounds)
        if heard:
            yield self._sheet("ecouter/", self._listen(heard))
        if self.has_wall:
            view = WallView(self._head("Exposition"), "exposition", self.frame, self.works)
            yield self._sheet("exposition/", view)

    def _head(self, title: str) -> PageHead:
        """Return what a page of the book says of itself, its own name first."""
        link = next(one for one in self.frame.links if one.title == title)
        parents = (Link("Cahiers", f"{FOLDER}/"), Link(self.entry.title, self.root))
        whole = f"{title} : {self.entry.title}"
        return PageHead(whole, self.entry.summary, link.href, FOLDER, parents, crumb=title)

    def _sheet(self, segment: str, view: object) -> Sheet:
        return Sheet(f"{self.root}{segment}index.html", "html", view, self.paths)

    def _cover(self) -> Sheet:
        desk, entry = self.desk, self.entry
        pictures, _ = pictures_of(desk, entry)
        named = (desk.schools[uai] for uai in entry.schools if uai in desk.schools)
        fil = desk.fil_of(entry)
        role = desk.newsroom.role(entry.author)
        view = CoverView(
            PageHead(entry.title, entry.summary, self.root, FOLDER, (Link("Cahiers", f"{FOLDER}/"),)),
            "cahier",
            self.frame,
            entry,
            desk.author(entry),
            desk.audience_mark(entry),
            self.cleared.notice,
            self.cover,
            entry.body,
            desk.body_hrefs(entry),
            pictures,
            tuple(Link(school.title, desk.href(school)) for school in named),
            self.leaves,
            len(self.givers),
            entry.is_open(desk.today),
            (role.email if role else "") or (fil.contact if fil else ""),
            f"{FOLDER}/{entry.name}.epub" if self.pages else "",
            f"{FOLDER}/{entry.name}.zip" if self.pages else "",
            self.follow_up,
        )
        taken = tuple(path for path in (view.epub, view.pack) if path)
        return Sheet(f"{self.root}index.html", "html", view, self.paths, taken)

    def _page(self, rank: int, section: Section) -> Sheet:
        leaf = section.leaf
        title = f"{leaf.title} : {leaf.signature}, {self.entry.title}"
        parents = (Link("Cahiers", f"{FOLDER}/"), Link(self.entry.title, self.root))
        last = len(self.leaves) - 1
        view = LeafView(
            PageHead(title, leaf.summary, leaf.href, FOLDER, parents, crumb=leaf.title),
            "contribution",
            self.frame,
            section,
            len(self.leaves),
            _turned(self.leaves[rank - 1]) if rank else Link("Sommaire", f"{self.root}sommaire/"),
            _turned(self.leaves[rank + 1]) if rank < last else Link("Contributeurs", f"{self.root}contributeurs/"),
            leaf.notice,
        )
        return Sheet(f"{leaf.href}index.html", "html", view, (section.entry.path,))

    def _listen(self, heard: tuple[Heard, ...]) -> ListenView:
        sounds = [sound for page in heard for sound in page.sounds]
        return ListenView(
            self._head("Écouter"),
            "ecouter",
            self.frame,
            heard,
            sum(sound.measure.seconds for sound in sounds),
            sum(sound.measure.size for sound in sounds),
            "fils/audio.rss",
        )

    @property
    def is_followed(self) -> bool:
        """Tell whether this edition is the team's, the most restricted and not the only one: it sees who is awaited."""
        audiences = self.desk.newsroom.audiences
        return len(audiences) > 1 and self.desk.audience.name == audiences[-1].name

    @property
    def follow_up(self) -> str:
        """Return the address of the progress of the book, or ""."""
        return f"{address(self.entry)}avancement/" if self.is_followed else ""

    def progress(self) -> Sheet:
        """Return who gave and who is awaited."""
        entry, desk = self.entry, self.desk
        steps = []
        for one in entry.awaited:
            found = next(
                (leaf for page, leaf in zip(self.pages, self.leaves, strict=True) if one.is_answered_by(page)), None
            )
            school = desk.schools.get(one.school)
            steps.append(Step(school.title if school else one.school, one.class_name, found))
        known = [step.leaf for step in steps if step.leaf]
        steps += [Step(leaf.school, leaf.class_name, leaf) for leaf in self.leaves if leaf not in known]
        given = sum(step.leaf is not None for step in steps)
        left = (entry.closes - desk.today).days
        parents = (Link("Cahiers", f"{FOLDER}/"), Link(entry.title, self.root))
        head = PageHead(
            f"Avancement : {entry.title}", entry.summary, self.follow_up, FOLDER, parents, crumb="Avancement"
        )
        frame = replace(self.frame, links=(*self.frame.links, Link("Avancement", self.follow_up)))
        view = ProgressView(head, "avancement", frame, entry, tuple(steps), given, left)
        return Sheet(f"{self.follow_up}index.html", "html", view, self.paths)

    def _epub(self) -> Sheet:
        entry, desk = self.entry, self.desk
        chapters = tuple((section.leaf.href, f"{section.anchor}.xhtml") for section in self.sections)
        changed = max(e.origin.modified for e in (entry, *self.pages)).astimezone(UTC)
        view = EpubView(
            entry,
            desk.uuid(f"livre/{desk.audience.name}/{entry.id}"),
            desk.author(entry),
            desk.newsroom.title,
            changed.strftime("%Y-%m-%dT%H:%M:%SZ"),
            self.cover,
            self.sections,
            self.givers,
            chapters,
            tuple(self._media(("jpg",))),
        )
        return Sheet(f"{FOLDER}/{entry.name}.epub", "epub", view, self.paths)

    def _pack(self, pages: Sequence[Sheet]) -> Sheet:
        told = tuple((sheet.path, sheet.view) for sheet in pages)
        view = PackView(self.entry.name, told, tuple(self._media(("jpg", "webp"))))
        return Sheet(f"{FOLDER}/{self.entry.name}.zip", "pack", view, self.paths)

    def _media(self, extensions: tuple[str, ...]) -> Iterator[PackedFile]:
        """Yield the pictures and sounds that a package holds, each once, under the names that pages give them."""
        images: dict[str, Image] = {i.digest: i for e in (self.entry, *self.pages) for i in e.images}
        for image in images.values():
            for width in package_widths(printed_widths(self.desk.measures[image.digest])):
                for extension in extensions:
                    form = {"webp": "WEBP", "jpg": "JPEG"}[extension]
                    name = f"{media_path(self.desk, image, width)}.{extension}"
                    yield PackedFile(name, "image", Derivative(image.path, image.digest, width, form))
        sounds: dict[str, Sound] = {s.digest: s for e in (self.entry, *self.pages) for s in e.sounds}
        for sound in sounds.values():
            yield PackedFile(copy_path(self.desk, sound), "sound", Recording(sound.path, sound.digest))


def package_widths(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return the width that a package holds of those a picture is printed at."""
    return tuple(w for w in widths if w <= IN_PACKAGE)[-1:] or widths[:1]


def _turned(leaf: Leaf) -> Link:
    return Link(leaf.title, leaf.href, leaf.signature)
