"""One text → an entry: its front matter is held against the schema of its kind, and its faults are told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from gazette.model.finding import Finding, Place, Severity
from gazette.model.text import slug
from gazette.read.depeche import depeche, of_its_own
from gazette.read.explain import explain, suggestion
from gazette.read.frontmatter import with_line_feeds
from gazette.read.kinds import entry_of
from gazette.read.placeholder import placeholders
from gazette.read.schema import TABLES, EntryTable
from gazette.read.signature import signature
from gazette.read.slips import mend

if TYPE_CHECKING:
    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom
    from gazette.read.media import MediaFolder
    from gazette.read.texts import File

_DATED_NAME = re.compile(r"\A(\d{4}-\d{2}-\d{2})[-_ ]*(.*)\Z", re.DOTALL)
_SECOND = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---\s*?\n(?:(?!---\s*$).*\n)*---\s*?\n\s*---\s*?\n[a-z_]+\s*:", re.MULTILINE | re.IGNORECASE
)
"""A front matter that follows another: its keys would be read as words, ``edition: directeurs`` among them."""
_NOTES = frozenset({"LEC-20", "LEC-21", "LEC-22", "LEC-23", "LEC-29", "LEC-45", "LEC-46"})
"""The text is printed: without what they tell, or as it was meant."""
_UNREADABLE = frozenset({"LEC-01", "LEC-03", "LEC-04", "LEC-05", "LEC-10", "LEC-12", "LEC-63"})
"""After these the keys are unknown: validating them would only add noise."""
_RESTRICTIVE = (
    *("edition", "audience", "statut", "diffusion", "expire", "date", "validation", "visibilite", "prive", "brouillon"),
    *("lecteurs", "acces", "public", "reserve", "confidentiel", "destinataires", "restreint", "interne"),
)
"""Words for who may read, and when."""
_NEVER_EMPTY = ("edition", "statut", "diffusion", "expire", "date", "validation")
"""Keys that say who may read and when: without a value, what was meant is unknown, and nothing is printed."""


def read_entry(
    file: File,
    data: bytes,
    parsed: dict[str, Any],
    newsroom: Newsroom,
    media: MediaFolder,
    findings: list[Finding],
) -> Entry | None:
    """Return the entry, without what git tells of it, or None when a fault costs it."""
    places = {tuple(path): (line, column) for path, line, column in parsed["places"]}
    refused = parsed["body"] is None
    front, provenance = parsed["front"], None
    for code, message, remedy, line, column in parsed["faults"]:
        severity = Severity.NOTE if code in _NOTES else Severity.REFUSE
        refused |= severity is Severity.REFUSE
        findings.append(Finding(code, severity, Place(file.path, line, column), message, remedy))
    if _SECOND.match(data):
        refused = True
        remedy = "gardez un seul en-tête, le premier : ce que dit le second ne serait pas appliqué"
        findings.append(Finding("LEC-28", Severity.REFUSE, Place(file.path), "deux en-têtes à la suite", remedy))
    table = None
    stem = _DATED_NAME.sub(r"\2", file.name) or file.name
    if not any(f[0] in _UNREADABLE for f in parsed["faults"]):
        if file.school:
            said = depeche(file.path, file.school, front, places, newsroom, findings)
            if said is None:
                return None
            file = replace(file, kind=said.kind, folder=said.fil)
            front, provenance = said.front, said.provenance
        else:
            front, places = _mended(file, front, places, findings)
        table = _validate(file, front, places, newsroom, findings)
    name = slug(unicodedata.normalize("NFC", f"{file.school} {stem}" if file.school and slug(stem) else stem))
    if not name:
        findings.append(
            Finding(
                "LEC-32",
                Severity.REFUSE,
                Place(file.path),
                "nom de fichier sans lettre ni chiffre",
                "renommez le fichier",
            )
        )
    if table is None or refused or not name:
        return None
    entry, faults = entry_of(file.kind, table, file.path, file.folder, name, parsed["body"], newsroom, media, places)
    findings.extend(faults)
    if entry is None:
        return None
    source = with_line_feeds(data.decode("utf-8-sig"))
    left = () if file.school else tuple(placeholders(file.path, front, places, source))
    findings.extend(left)
    if any(f.severity is Severity.REFUSE for f in left):
        return None
    signed = signature(entry, parsed["front"], data)
    events = of_its_own(entry.events, entry.id) if provenance else entry.events
    return replace(entry, source_digest=signed, source=source, provenance=provenance, events=events)


def _mended(
    file: File,
    front: dict[str, Any],
    places: dict[tuple[Any, ...], tuple[int, int]],
    findings: list[Finding],
) -> tuple[dict[str, Any], dict[tuple[Any, ...], tuple[int, int]]]:
    """Return the front matter as its author meant it, and tell what was read otherwise than typed."""
    front, meant, slips = mend(front, places, TABLES[file.kind])
    for slip in slips:
        place = Place(file.path, *places.get(slip.path, (1, 1)))
        message, remedy = f"« {slip.typed} » lu comme « {slip.meant} »", f"écrivez {slip.meant}"
        if slip.typed == slip.meant:  # the eye would see no difference
            message, remedy = f"espace insécable contre « {slip.meant} », lue comme rien", "effacez cette espace"
        findings.append(Finding("LEC-29", Severity.NOTE, place, message, remedy))
    return front, meant


def _validate(
    file: File,
    front: dict[str, Any],
    places: dict[tuple[Any, ...], tuple[int, int]],
    newsroom: Newsroom,
    findings: list[Finding],
) -> EntryTable | None:
    kind = TABLES[file.kind]
    empty = [key for key in _NEVER_EMPTY if (key,) in places and front.get(key) in (None, "")]
    for key in empty:
        message, remedy = f"{key}: est resté vide", "complétez cette ligne, ou retirez-la"
        findings.append(Finding("LEC-19", Severity.REFUSE, Place(file.path, *places[key,]), message, remedy))
    if empty:
        return None
    try:
        return kind.model_validate(front)
    except ValidationError as error:
        fatal = []
        for one in error.errors(include_url=False):
            place = tuple(one["loc"])
            while place and place not in places:
                place = place[:-1]
            code, message, remedy = explain(one, kind)
            is_unknown = (
                one["type"] == "extra_forbidden"
                and len(one["loc"]) == 1
                and not _may_restrict(str(one["loc"][0]), one["input"], newsroom)
            )
            severity = Severity.NOTE if is_unknown else Severity.REFUSE
            findings.append(Finding(code, severity, Place(file.path, *places.get(place, (1, 1))), message, remedy))
            fatal.append(severity is Severity.REFUSE)
        if any(fatal):
            return None
        known = {f.alias or n for n, f in kind.model_fields.items()}
        return kind.model_validate({k: v for k, v in front.items() if k in known})


def _may_restrict(key: str, value: object, newsroom: Newsroom) -> bool:
    """Tell whether an unknown key may have meant to restrict or to hold back: in doubt, refuse (fail closed)."""
    names = {word.lower() for a in newsroom.audiences for word in (a.name, a.title)}
    return suggestion(key, _RESTRICTIVE).startswith("vouliez") or str(value).strip().lower() in names
