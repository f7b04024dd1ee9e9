"""A dépêche: what a school's own source says, as a file that waits in the repository until somebody answers for it.

``depeches/attente/<UAI>/<name>.md`` waits; moved to ``depeches/<UAI>/<name>.md`` it is accepted. Its pictures stay in a
quarantine outside the repository (``newsdesk/quarantine.py``) under the very names that ``images:`` and the text give.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

EVENTS = "evenements"
"""The fil of an event without a page of its own: its dates stand at the head of the file."""
FOLDER = "depeches"
WAITING = f"{FOLDER}/attente"
_ORIGIN = re.compile(r"^origine:[ \t]*\n((?:[ \t]+[^\n]*\n)+)", re.MULTILINE)
_FIRST = re.compile(r"gazette:([a-z0-9-]{1,61}):([0-9a-f-]{36})")
_KEY = re.compile(r"^[ \t]+(\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a dépêche comes from (front matter ``origine``)."""

    source: str
    """Address of the source, without credentials."""
    commit: str
    """Commit, ETag or digest of what was read there."""
    link: str
    """Where readers find the original, or ""."""
    id: str
    """Its identity at the source: with ``source``, that of the dépêche."""
    seen: str
    """Day it was first read, AAAA-MM-JJ."""
    digest: str
    """``Depeche.digest``: what an approval is pinned to; equal in two sources of one story."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells one upstream item from every other."""
        return self.source, self.id


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture in quarantine; nobody said yet whom it shows."""

    file: str
    """``<digest>.jpg``: its name in the quarantine."""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An event that a dépêche announces."""

    id: str
    """``[a-z0-9-]{1,80}``, of this source alone."""
    title: str
    start: str
    """AAAA-MM-JJ or AAAA-MM-JJ HH:MM, in Paris."""
    end: str = ""
    place: str = ""
    state: str = "prevu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Depeche:
    """What came, in our own words and within our own keys: a source sets no edition, address, status nor approval."""

    uai: str
    """The school that the directory gives the source to; signs it."""
    name: str
    """Of its file, without ``.md``: ``AAAA-MM-JJ-some-words``."""
    fil: str
    title: str
    date: str
    """AAAA-MM-JJ or AAAA-MM-JJ HH:MM, in Paris."""
    summary: str
    body: str
    """Markdown, without active HTML."""
    origin: Provenance
    levels: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    images: tuple[Illustration, ...] = ()
    events: tuple[Appointment, ...] = ()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what a moderator judges: not of where it comes from, nor of when it was seen."""
        judged = (self.title, self.date, self.summary, self.levels, self.keywords, self.images, self.events, self.body)
        return hashlib.sha256(repr(judged).encode()).hexdigest()

    def text(self) -> str:
        """Return the whole file."""
        lines = [f"fil: {self.fil}", f"titre: {_quoted(self.title)}", f"date: {self.date}"]
        lines += [f"resume: {_quoted(self.summary)}", f"auteur: {self.uai}", "statut: publie"]
        lines += [f"niveaux: [{', '.join(self.levels)}]"] if self.levels else []
        lines += [f"mots_cles: [{', '.join(map(_quoted, self.keywords))}]"] if self.keywords else []
        lines += _listed("images", [{"fichier": i.file, "alt": i.alt, "legende": i.caption} for i in self.images])
        lines += self._dates()
        origin = {"source": self.origin.source, "commit": self.origin.commit, "lien": self.origin.link}
        lines += ["origine:", *(f"  {key}: {_quoted(value)}" for key, value in origin.items())]
        lines += [f"  id: {_quoted(self.origin.id)}", f"  vu_le: {self.origin.seen}"]
        lines += [f"  empreinte: {_quoted(self.origin.digest)}"]
        return "---\n" + "\n".join(lines) + "\n---\n\n" + self.body.strip("\n") + "\n"

    def _dates(self) -> list[str]:
        """Return when it takes place: the first date of what is an event itself, then those that it announces."""
        own, others = (self.events[:1], self.events[1:]) if self.fil == EVENTS else ((), self.events)
        told = {key: value for e in own for key, value in _event(e).items() if key not in {"titre", "id"} and value}
        lines = [f"{key}: {value if key != 'lieu' else _quoted(value)}" for key, value in told.items()]
        return lines + _listed("evenements", [_event(e) for e in others])


def first_home(identity: str) -> tuple[str, str] | None:
    """Return the circonscription and the id that an item of another Gazette had where it first was; None for others."""
    found = _FIRST.fullmatch(identity)
    return (found[1], f"urn:uuid:{found[2]}") if found else None


def waiting(uai: str, name: str) -> str:
    """Return where a dépêche waits, in the content folder."""
    return f"{WAITING}/{uai}/{name}.md"


def accepted(uai: str, name: str) -> str:
    """Return where a dépêche stands once it is accepted; one with pictures is a folder of that name instead."""
    return f"{FOLDER}/{uai}/{name}.md"


def provenance(text: str) -> Provenance | None:
    """Return what ``origine:`` tells in a dépêche's file; None when it is no longer there whole."""
    front = _FENCE.match(text)
    block = _ORIGIN.search(front[0]) if front else None
    if block is None:
        return None
    told = {key: _unquoted(value) for key, value in _KEY.findall(block[1])}
    if not {"source", "id", "empreinte"} <= told.keys():
        return None
    commit, link, seen = (told.get(key, "") for key in ("commit", "lien", "vu_le"))
    return Provenance(told["source"], commit, link, told["id"], seen, told["empreinte"])


def _event(event: Appointment) -> dict[str, str]:
    told = {"titre": event.title, "debut": event.start, "fin": event.end, "lieu": event.place, "id": event.id}
    return told | ({"etat": event.state} if event.state != "prevu" else {})


def _listed(key: str, rows: list[dict[str, str]]) -> list[str]:
    """Return a list of mappings as YAML, without the keys that say nothing."""
    if not rows:
        return []
    lines = [f"{key}:"]
    for row in rows:
        told = [f"{name}: {_quoted(value)}" for name, value in row.items() if value]
        lines += [f"  - {told[0]}", *(f"    {one}" for one in told[1:])]
    return lines


def _quoted(text: str) -> str:
    """Return the text as a YAML double-quoted scalar: a JSON string is one (YAML 1.2 §1.3)."""
    return json.dumps(text, ensure_ascii=False)


def _unquoted(text: str) -> str:
    if text[:1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return ""
    return text[1:-1].replace("''", "'") if text[:1] == "'" and text[-1:] == "'" else text
