"""Shared books as they are written: where a page stands in its book, and to whom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gazette.model.cahier import FOLDER, Awaited, Cahier, Contribution
from gazette.model.entry import Deadline
from gazette.model.finding import Finding, Severity
from gazette.model.moment import Moment
from gazette.model.text import slug
from gazette.read.explain import suggestion
from gazette.read.fields import is_uai

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom
    from gazette.read.schema import CahierTable, ContributionTable

    class Reader(Protocol):
        """Where an entry is being made."""

        newsroom: Newsroom

        def refuse(self, code: str, key: tuple[Any, ...], message: str, remedy: str) -> None:
            """Tell a fault that costs the entry."""


def cahier(reader: Reader, table: CahierTable, common: dict[str, Any]) -> Cahier:
    """Return a book: its last day is a deadline, and it calls for pages in the fil of projects."""
    names = [image.file for image in table.images]
    if table.cover and table.cover not in names:
        message = f"couverture non déclarée « {table.cover[:60]} »"
        reader.refuse("LEC-18", ("couverture",), message, suggestion(table.cover, names))
    given = Deadline(f"Cahier « {table.title} » : dernier jour pour donner une page", Moment(table.closes), (), "")
    projects = [f.name for f in reader.newsroom.fils if f.kind == "projet"][:1]
    shown = tuple(dict.fromkeys((*projects, *common["also_in"])))
    return Cahier(
        **{**common, "deadlines": (given, *common["deadlines"]), "also_in": shown},
        theme=table.theme,
        opens=table.opens,
        closes=table.closes,
        form=table.form,
        cover=table.cover,
        order=tuple(slug(name) for name in table.order),
        awaited=tuple(Awaited(a.school, a.class_name) for a in table.awaited),
    )


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """Where a page stands."""

    book: str
    group: str
    lead: str
    rank: int
    school: str
    """That its folder names, or ""."""


def shelfmark(path: str, folder: str, author: str) -> Shelfmark:
    """Return where a page stands: by its path or, when it came as a dépêche, by the book it names."""
    parts = path.split("/")
    if parts[0] != FOLDER:
        name = slug(f"{author} {parts[2].removesuffix('.md')}")
        return Shelfmark(folder.split("/")[1], name, path, 0, author)
    lead = "/".join((*parts[:4], "index.md"))
    uai = parts[3].partition("-")[0].upper()
    rank = 0 if path == lead else 1
    return Shelfmark(slug(parts[1]), slug(parts[3]), lead, rank, uai if is_uai(uai) else "")


def contribution(reader: Reader, table: ContributionTable, common: dict[str, Any]) -> Contribution:
    """Return a page of a book; its school signs it."""
    place = shelfmark(common["path"], common["folder"], common["author"])
    school = table.school or place.school
    if not school or school != (place.school or school):
        message = "le dossier ne porte pas le code UAI de l’école" if school else "école inconnue"
        remedy = "nommez le dossier de la contribution <UAI>-<classe>, par exemple 0869001S-cm2"
        reader.refuse("LEC-43", ("ecole",), message, remedy)
    own = {"author": school or common["author"], "schools": (school, *(s for s in common["schools"] if s != school))}
    return Contribution(
        **{**common, **own},
        cahier=place.book,
        group=place.group,
        rank=place.rank,
        lead=place.lead,
        school=school,
        class_name=table.class_name,
        licence=table.licence,
        is_pupil_work=table.is_pupil_work,
        authorisation=table.authorisation,
    )


def shelved(entries: Iterable[Entry], findings: list[Finding]) -> list[Entry]:
    """Return the entries, pages in their books: never for more readers than the book, and signed by its first page."""
    entries = tuple(entries)
    books = {e.name: e for e in entries if isinstance(e, Cahier)}
    leads = {e.path: e for e in entries if isinstance(e, Contribution)}
    kept: list[Entry] = []
    for entry in entries:
        if not isinstance(entry, Contribution):
            kept.append(entry)
        elif entry.cahier in books:
            kept.append(_shelved(entry, books[entry.cahier], leads.get(entry.lead, entry)))
        else:
            message = f"page d’un cahier qui n’existe pas, ou qui est refusé : « {entry.cahier[:60]} »"
            remedy = f"écrivez {FOLDER}/{entry.cahier}/index.md (./gazette nouveau cahier), ou rangez cette page"
            findings.append(Finding("LEC-44", Severity.REFUSE, entry.place(), message, remedy))
    return kept


def _shelved(page: Contribution, book: Cahier, lead: Contribution) -> Contribution:
    audience = max(page.audience, book.audience, lead.audience, key=lambda a: a.rank)
    class_name = page.class_name or lead.class_name
    if (audience, class_name) == (page.audience, page.class_name):
        return page
    seen = f"{page.digest}\0{audience.name}\0{class_name}"
    digest = hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
    return replace(page, audience=audience, class_name=class_name, digest=digest)
