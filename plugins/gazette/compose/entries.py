"""The page of each entry, printed once, in the edition of its own audience, with its pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gazette.compose.cards import card, cover, due
from gazette.compose.desk import address
from gazette.compose.ecoles import items_by_school, school_desk
from gazette.compose.feed_links import feed_links
from gazette.compose.outils import tool_desk
from gazette.compose.pictures import audio, copies, derivatives, document, picture, video_cards
from gazette.compose.programme import events
from gazette.compose.stories import origins
from gazette.compose.views.entries import EntryView
from gazette.compose.views.frame import Link, MovedView, PageHead
from gazette.model.cahier import Cahier, Contribution
from gazette.model.entry import FORMER_ADDRESS, Ecole, Evenement, Outil, Page, Projet
from gazette.model.figures import Figures
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk
    from gazette.compose.recall import Recall
    from gazette.compose.views.cards import Card
    from gazette.model.cleared import Cleared
    from gazette.model.entry import Entry
    from gazette.model.picture import Picture

TEMPLATES = {
    "actualite": "actualite",
    "projet": "projet",
    "info_direction": "info_direction",
    "outil": "outil",
    "ecole": "ecole",
    "page": "page",
}
RELATED = 8


def entries(desk: Desk, recall: Recall | None = None) -> Iterator[Sheet]:
    """Yield the page of every entry of this audience, and the files of its media."""
    seen: set[str] = set()
    for cleared in desk.cleared:
        entry = cleared.entry
        sheet = (recall.page(entry) if recall else None) or page(desk, cleared)
        if sheet is None:
            yield from _cover(desk, entry)
            continue
        yield recall.composed_page(entry, sheet) if recall and sheet.view else sheet
        for image in entry.images:
            if image.digest not in seen:
                seen.add(image.digest)
                yield from derivatives(desk, image)
        yield from copies(desk, entry)


def page(desk: Desk, cleared: Cleared) -> Sheet | None:
    """Return the page of an entry; None in an edition that only lists it, and of what has no page like the others."""
    entry = cleared.entry
    if not desk.is_own(entry) or isinstance(entry, Evenement | Figures | Cahier | Contribution):
        return None
    related = desk.once(_used_by).get(entry.name, []) if isinstance(entry, Outil) else []
    sheet = _page(desk, cleared, related, desk.once(_neighbours).get(entry.path, (None, None)))
    if isinstance(entry, Ecole):
        items = desk.once(items_by_school).get(entry.uai, ())
        gathered = school_desk(desk, entry, desk.once(_concerning).get(entry.uai, ()), items)
        return replace(sheet, view=replace(sheet.view, school=gathered))
    if isinstance(entry, Outil):
        used = {step.image for step in entry.steps}
        gallery = tuple(p for p in sheet.view.gallery if p.image.file not in used)
        return replace(sheet, view=replace(sheet.view, tool=tool_desk(desk, entry), gallery=gallery))
    return sheet


def _used_by(desk: Desk) -> dict[str, list[Cleared]]:
    """Return the entries that name each tool."""
    found: dict[str, list[Cleared]] = {}
    for cleared in desk.cleared:
        for tool in cleared.entry.tools:
            found.setdefault(tool, []).append(cleared)
    return found


def _concerning(desk: Desk) -> dict[str, list[Cleared]]:
    """Return the entries that each school wrote or takes part in, by UAI."""
    found: dict[str, list[Cleared]] = {}
    for cleared in desk.cleared:
        for uai in dict.fromkeys((*cleared.entry.schools, cleared.entry.author)):
            found.setdefault(uai, []).append(cleared)
    return found


def _cover(desk: Desk, entry: Entry) -> Iterator[Sheet]:
    """Yield this edition's own copies of the picture that its lists show of an entry of a more open one."""
    image = cover(entry) if desk.fil_of(entry) else None
    if image and picture(desk, image):
        yield from derivatives(desk, image)


def moved(desk: Desk) -> Iterator[Sheet]:
    """Yield a page at each former address of an entry, which leads to where it is now."""
    for entry in (c.entry for c in desk.cleared if desk.is_own(c.entry)):
        for former in entry.former_addresses:
            path = former.strip("/")
            if FORMER_ADDRESS.fullmatch(path):
                yield _moved(desk, entry, path)
        if not isinstance(entry, Evenement):
            yield from (_moved(desk, entry, address(o).strip("/")) for o in desk.same_story.get(entry.path, ()))


def _moved(desk: Desk, entry: Entry, path: str) -> Sheet:
    head = PageHead("Page déplacée", "", f"{path}/", is_indexed=False)
    view = MovedView(head, "deplacee", entry.title, desk.href(entry))
    return Sheet(f"{path}/index.html", "html", view, (entry.path,))


def pictures_of(
    desk: Desk, entry: Entry, *, is_absolute: bool = False
) -> tuple[tuple[Picture | None, ...], tuple[Picture, ...]]:
    """Return the pictures the text places, by rank of its references, and those that neither it nor a video places."""
    if not entry.images:
        return (None,) * len(entry.body.references), ()
    folder = PurePosixPath(entry.path).parent
    by_path = {image.path: image for image in entry.images}
    placed = [by_path.get((folder / r.target).as_posix()) if r.kind == "image" else None for r in entry.body.references]
    announcing = {video.preview for video in entry.videos}
    used = {image.path for image in placed if image} | {i.path for i in entry.images if i.file in announcing}
    rest = [
        p for image in entry.images if image.path not in used and (p := picture(desk, image, is_absolute=is_absolute))
    ]
    return tuple(picture(desk, i, is_absolute=is_absolute) if i else None for i in placed), tuple(rest)


def _page(desk: Desk, cleared: Cleared, related: list[Cleared], around: tuple[Cleared | None, Cleared | None]) -> Sheet:
    entry = cleared.entry
    fil = desk.fil_of(entry)
    path = address(entry)
    pictures, gallery = pictures_of(desk, entry)
    previous, following = around
    view = EntryView(
        head=PageHead(entry.title, entry.summary, path, _section(entry), _breadcrumb(entry, desk), _feeds(entry, desk)),
        template=TEMPLATES[entry.kind],
        entry=entry,
        fil=fil,
        author=desk.author(entry),
        audience=desk.audience_mark(entry),
        notice=cleared.notice,
        body=entry.body,
        hrefs=desk.body_hrefs(entry),
        pictures=pictures,
        gallery=gallery,
        sounds=tuple(audio(desk, sound) for sound in entry.sounds),
        documents=tuple(document(desk, file) for file in entry.attachments),
        videos=video_cards(desk, entry),
        due=tuple(due(desk, cleared, d, is_counted=False) for d in entry.deadlines),
        happenings=tuple(events(desk, cleared)),
        schools=tuple(
            Link(desk.schools[u].title, desk.href(desk.schools[u])) for u in entry.schools if u in desk.schools
        ),
        tools=_tools(desk, entry),
        also_in=tuple(Link(f.title, f"{f.name}/") for f in desk.fils if f.name in entry.also_in),
        related=tuple(card(desk, c) for c in related if desk.fil_of(c.entry))[:RELATED],
        origins=origins(desk, entry),
        previous=_neighbour(desk, previous),
        next=_neighbour(desk, following),
        is_over=isinstance(entry, Projet) and entry.period is not None and entry.period.end.day < desk.today,
    )
    return Sheet(f"{path}index.html", "html", view, (entry.path,))


def _neighbour(desk: Desk, cleared: Cleared | None) -> Card | None:
    return card(desk, cleared) if cleared else None


def _section(entry: Entry) -> str:
    return entry.name if isinstance(entry, Page) else entry.folder


def _breadcrumb(entry: Entry, desk: Desk) -> tuple[Link, ...]:
    fil = desk.fil_of(entry)
    if fil:
        return (Link(fil.title, f"{fil.name}/"),)
    return (Link("Écoles", "ecoles/"),) if isinstance(entry, Ecole) else ()


def _feeds(entry: Entry, desk: Desk) -> tuple[Link, ...]:
    """Return the feeds that an entry's page tells: a school has its own."""
    return feed_links(desk, f"ecoles/{entry.uai}", entry.title) if isinstance(entry, Ecole) else ()


def _tools(desk: Desk, entry: Entry) -> tuple[Link, ...]:
    return tuple(Link(desk.tools[t].title, desk.href(desk.tools[t])) for t in entry.tools if t in desk.tools)


def _neighbours(desk: Desk) -> dict[str, tuple[Cleared | None, Cleared | None]]:
    """Return, by path, the entry before (older) and after (newer) in the same fil, as this audience sees it."""
    result: dict[str, tuple[Cleared | None, Cleared | None]] = {}
    for fil in desk.newsroom.fils:
        row = [c for c in desk.cleared if c.entry.folder == fil.name]
        for rank, cleared in enumerate(row):
            older = row[rank + 1] if rank + 1 < len(row) else None
            newer = row[rank - 1] if rank else None
            result[cleared.entry.path] = (older, newer)
    return result
