"""``sources:`` of a school: which may be gathered, and what is wrong with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.model.cahier import BOOK, FOLDER, Cahier
from gazette.model.correspondent import Correspondent, address_fault, branch_fault, folder_fault
from gazette.model.depeche import EVENTS
from gazette.model.entry import Ecole
from gazette.model.finding import Finding, Severity
from gazette.read.explain import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Protocol

    from gazette.model.newsroom import Newsroom
    from gazette.read.schema import EcoleTable, SourceTable

    class Tell(Protocol):
        """Where faults go."""

        def __call__(self, code: str, key: tuple[str | int, ...], message: str, remedy: str) -> None:
            """Take one fault at a key."""


def correspondents(table: EcoleTable, newsroom: Newsroom, tell: Tell) -> tuple[Correspondent, ...]:
    """Return the sources that nothing is wrong with; a faulty one is left out, the school stays."""
    return tuple(_checked(table, newsroom, tell))


def _checked(table: EcoleTable, newsroom: Newsroom, tell: Tell) -> Iterator[Correspondent]:
    for rank, source in enumerate(table.sources):
        fault = False
        for key, what in _faults(source):
            fault = True
            remedy = "https pour un flux ou un calendrier, https ou ssh pour git, sans mot de passe dans l’adresse"
            tell("LEC-60", ("sources", rank, key), f"source laissée de côté : {what}", remedy)
        names = [*(f.name for f in newsroom.fils if f.name != "outils"), EVENTS]
        fils = tuple(name for name in source.fils if name in names or BOOK.fullmatch(name))
        for name in set(source.fils) - set(fils):
            tell("LEC-16", ("sources", rank, "fils"), f"fil inconnu « {name[:40]} »", suggestion(name, names))
        if fault or not fils:
            continue
        found = _correspondent(table, source, fils)
        if found.authorised_by != "ien" or found.authorised_on is None:
            remedy = "une fois l’autorisation donnée, écrivez autorise_par: ien et autorise_le: dans cette source"
            tell("LEC-61", ("sources", rank), "source que l’IEN n’a pas autorisée : rien n’y est relevé", remedy)
        yield found


def _faults(source: SourceTable) -> list[tuple[str, str]]:
    told = {
        "url": address_fault(source.type, source.url),
        "branche": branch_fault(source.branch),
        "dossier": folder_fault(source.folder),
    }
    return [(key, what) for key, what in told.items() if what]


def _correspondent(table: EcoleTable, source: SourceTable, fils: tuple[str, ...]) -> Correspondent:
    """Return the source; what says nothing of its authorisation has that of the school's ENT."""
    by, on = source.authorised_by, source.authorised_on
    if not by and on is None and table.ent:
        by, on = table.ent.authorised_by, table.ent.authorised_on
    return Correspondent(
        uai=table.uai,
        kind=source.type,
        url=source.url,
        fils=fils,
        branch=source.branch,
        folder=source.folder.strip("/"),
        is_trusted=source.moderation == "a_posteriori",
        authorised_by=by,
        authorised_on=on,
    )


def bookless(entries: Iterable[object]) -> Iterator[Finding]:
    """Yield a note for each book that a source is for and that does not exist: its pages would be refused."""
    entries = tuple(entries)
    books = sorted(f"{FOLDER}/{e.name}" for e in entries if isinstance(e, Cahier))
    for school in entries:
        if not isinstance(school, Ecole):
            continue
        named = [name for one in school.correspondents for name in one.fils if BOOK.fullmatch(name)]
        for name in sorted(set(named).difference(books)):
            message = f"source pour un cahier qui n’existe pas, ou qui est refusé : « {name} »"
            yield Finding("LEC-16", Severity.NOTE, school.place("sources"), message, suggestion(name, books))


def doubled(entries: Iterable[object]) -> Iterator[Finding]:
    """Yield a STOP for each source declared twice: one of the two schools would sign what the other wrote."""
    seen: dict[tuple[str, ...], str] = {}
    for school in entries:
        if not isinstance(school, Ecole):
            continue
        for one in school.correspondents:
            address = (one.url.removesuffix("/").removesuffix(".git").lower(), one.branch, one.folder)
            if address in seen:
                message = f"la même source est déclarée par {seen[address]}"
                remedy = "gardez-la dans une seule école, ou donnez à chacune son dossier: du dépôt"
                yield Finding("LEC-62", Severity.STOP, school.place("sources"), message, remedy)
            seen.setdefault(address, school.path)
