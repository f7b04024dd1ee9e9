"""What a dépêche says besides the keys of its kind: the fil it is for, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from gazette.model.cahier import BOOK
from gazette.model.depeche import EVENTS, Provenance
from gazette.model.finding import Finding, Place, Severity
from gazette.read.explain import explain, suggestion
from gazette.read.schema import DepecheTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.model.entry import Event
    from gazette.model.newsroom import Newsroom

OWN = ("fil", "origine")


@dataclass(frozen=True, slots=True)
class Taken:
    """A dépêche's front matter, taken apart."""

    kind: str
    fil: str
    front: dict[str, Any]
    """The keys of its kind; who signs is the school of its folder, whatever the source said."""
    provenance: Provenance


def depeche(
    path: str,
    school: str,
    front: Mapping[str, Any],
    places: Mapping[tuple[Any, ...], tuple[int, int]],
    newsroom: Newsroom,
    findings: list[Finding],
) -> Taken | None:
    """Return the dépêche, or None and a finding when its fil or its origin is not told."""

    def refuse(code: str, key: tuple[Any, ...], message: str, remedy: str) -> None:
        while key and key not in places:
            key = key[:-1]
        findings.append(Finding(code, Severity.REFUSE, Place(path, *places.get(key, (1, 1))), message, remedy))

    try:
        table = DepecheTable.model_validate({key: front[key] for key in OWN if key in front})
    except ValidationError as error:
        for one in error.errors(include_url=False):
            refuse(*_at(tuple(one["loc"]), *explain(one, DepecheTable)))
        return None
    fil = newsroom.fil(table.fil)
    is_page = bool(BOOK.fullmatch(table.fil))
    kind = fil.kind if fil else "evenement" if table.fil == EVENTS else "contribution" if is_page else ""
    if not kind:
        names = [*(f.name for f in newsroom.fils), EVENTS]
        refuse("LEC-16", ("fil",), f"fil inconnu « {table.fil[:40]} »", suggestion(table.fil, names))
        return None
    own = {key: value for key, value in front.items() if key not in OWN}
    own |= {"auteur": school, "ecoles": own.get("ecoles") or [school]}
    said = table.origin
    origin = Provenance(said.source, said.commit, said.link, said.id, said.seen.isoformat(), said.digest)
    return Taken(kind, table.fil, own, origin)


def of_its_own(events: Iterable[Event], identity: str) -> tuple[Event, ...]:
    """Return events under the identity of their dépêche: two sources, or two dates of Outlook, give one id alike."""
    return tuple(e if e.id.startswith(identity) else replace(e, id=f"{identity}/{e.id}") for e in events)


def _at(place: tuple[Any, ...], code: str, message: str, remedy: str) -> tuple[str, tuple[Any, ...], str, str]:
    return code, place, message, remedy
