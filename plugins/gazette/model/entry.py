"""What people write: an entry and its kinds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from gazette.model.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.body import Body
    from gazette.model.correspondent import Correspondent
    from gazette.model.depeche import Provenance
    from gazette.model.finding import Place
    from gazette.model.media import Attachment, Image, Medium, Sound, Video
    from gazette.model.moment import Moment
    from gazette.model.newsroom import Audience, Fil


FORMER_ADDRESS = re.compile(r"[a-z0-9-]{1,80}(?:/[a-zA-Z0-9-]{1,80}){0,3}")
"""An address that an entry may have had, without slashes at the ends."""

RESERVED_NAME = re.compile(
    r"page|index|depuis|cycle-[0-9]|niveau-(?:tps|ps|ms|gs|cp|ce[12]|cm[12]|6e)|ecole-[0-9]{7}[a-z]|[0-9]{4}-[0-9]{4}|"
    r"competence-[1-5]-[1-4]|gratuit|payant|sans-compte-eleve"
)
"""What follows a fil's name in the addresses of its own lists: no entry of a fil has such a name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from and how old it is, as git tells it."""

    created: dt.datetime
    modified: dt.datetime
    contributors: tuple[str, ...] = ()
    """Roles, never names."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A recorded approval (front matter ``validation``)."""

    role: str
    day: dt.date
    digest: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes place."""

    id: str
    title: str
    """"": the entry's own title."""
    start: Moment
    end: Moment | None
    place: str
    schools: tuple[str, ...]
    state: str
    """prevu, deplace or annule."""
    repeat_day: str = ""
    """Day of the week of a weekly event, or ""."""
    repeat_until: dt.date | None = None
    is_off_class: bool = False
    """Its author knows that there is no class that day."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time during which something can be done."""

    label: str
    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class Deadline:
    """What must be done by when."""

    label: str
    due: Moment
    schools: tuple[str, ...]
    link: str
    """An https address, or ""."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Entry:
    """One publication, read and valid; not yet cleared for anybody."""

    kind: ClassVar[str] = ""

    id: str
    """Stable identity; by default the path without extension."""
    path: str
    """Source file, relative to the content folder, with ``/``."""
    name: str
    """Last part of the address, ``[a-z0-9-]{1,80}``."""
    folder: str
    """First part of the address: the fil, ``pages``, ``ecoles``, ``evenements``, ``cahiers`` or ``cahiers/<name>``."""
    title: str
    summary: str
    status: str
    """brouillon, relecture or publie."""
    author: str
    """A role or a UAI."""
    audience: Audience
    date: Moment | None
    origin: Origin
    body: Body
    levels: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    """Other fils that show it."""
    images: tuple[Image, ...] = ()
    sounds: tuple[Sound, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    """Files to download."""
    videos: tuple[Video, ...] = ()
    events: tuple[Event, ...] = ()
    windows: tuple[Window, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    planned: dt.date | None = None
    expires: dt.date | None = None
    """Last day on line."""
    pinned_until: dt.date | None = None
    ent_only: bool = False
    """``diffusion: ent``: only a stub is printed."""
    former_addresses: tuple[str, ...] = ()
    provenance: Provenance | None = None
    """Of a dépêche, which its school signs; None: the circonscription wrote it."""
    approval: Approval | None = None
    source_digest: str = ""
    """What an approval signs: SHA-256 of the entry without ``validation``, NFC, LF, with its media's digests."""
    source: Later = field(default=Later(), compare=False)
    """The whole file as it was written, with LF line ends: the gate looks in it for what may not be told of people."""
    lines: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    """Line and column of each front-matter key, for findings; of what is declared of media, « images.0.alt »."""
    digest: str = ""
    """Changes whenever anything of the entry does; stands for it in the digests of views."""
    face: str = ""
    """Changes whenever anything of it does that other pages than its own may show: all but its words, and when they
    were last changed. "": ``digest`` alone tells."""

    def __repr__(self) -> str:
        """Return a short text that changes with the entry: digests of views are made of it."""
        return f"{type(self).__name__}({self.id}@{self.digest})"

    @property
    def media(self) -> tuple[Medium, ...]:
        """Return every medium it declares, but videos, which are elsewhere."""
        return (*self.images, *self.sounds, *self.attachments)

    @property
    def works(self) -> tuple[Medium, ...]:
        """Return all that an authorisation may cover: its media and, of a kind that pupils write, its text."""
        return self.media

    def last_day(self, fil: Fil | None) -> dt.date | None:
        """Return its last day on line: its own, or that of its fil's retention; None: no end."""
        if self.expires or not (fil and fil.retention and self.date):
            return self.expires
        return self.date.day + dt.timedelta(days=fil.retention)

    def place(self, what: str | Medium = "", part: str = "") -> Place:
        """Return where a front-matter key stands, or a medium, or what is told of it; else the head of the file."""
        from gazette.model.finding import Place  # noqa: PLC0415  # only findings need it

        names = [what] if isinstance(what, str) else self._names(what, part)
        return Place(self.path, *next((self.lines[name] for name in names if name in self.lines), (1, 1)))

    def _names(self, medium: Medium, part: str) -> Iterator[str]:
        """Yield what a medium stands under, the nearest first."""
        declared = [m for m in self.media if m.key == medium.key]
        if medium in declared:
            yield f"{medium.key}.{declared.index(medium)}.{part}"
            yield f"{medium.key}.{declared.index(medium)}"
        yield medium.key


class Actualite(Entry):
    """A piece of pedagogical news."""

    kind = "actualite"


@dataclass(frozen=True, kw_only=True, repr=False)
class Projet(Entry):
    """A proposal that classes can join."""

    kind: ClassVar[str] = "projet"
    period: Window | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class InfoDirection(Entry):
    """Information to the school directors."""

    kind: ClassVar[str] = "info_direction"
    note_number: str = ""
    """As printed, e.g. « NS n° 3 »."""
    reference: str = ""
    signatory: str = ""
    """A function."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with a tool."""

    text: str
    image: str = ""
    """Name of one of the entry's pictures, or ""."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Outil(Entry):
    """A sheet of « L'outil numérique de la semaine »."""

    kind: ClassVar[str] = "outil"
    tool: str
    publisher: str
    url: str
    cycles: tuple[int, ...]
    skills: tuple[str, ...]
    """Competences of the CRCN, e.g. ``3.4``."""
    price: str = ""
    is_offline: bool | None = None
    has_pupil_account: bool = False
    data: str = ""
    hosting: str = ""
    gar: str = "inconnu"
    registry: str = "a_demander"
    checked: dt.date
    steps: tuple[Step, ...]
    number: int | None = None
    """In the weekly series."""
    replaces: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Evenement(Entry):
    """An event without an article: it stands on the frise and has no page."""

    kind: ClassVar[str] = "evenement"
    lanes: tuple[str, ...] = ()
    """Fils whose lane shows it."""


@dataclass(frozen=True, slots=True)
class Ent:
    """The digital workspace a school uses."""

    solution: str
    authorised_by: str
    authorised_on: dt.date | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Ecole(Entry):
    """A school, the RASED or the team, in the directory: function contacts only."""

    kind: ClassVar[str] = "ecole"
    uai: str
    town: str
    state: str = "ouverte"
    """ouverte, fermee or fusionnee."""
    classes: int | None = None
    pupils: int | None = None
    latitude: str = ""
    longitude: str = ""
    email: str = ""
    ent: Ent | None = None
    rpi: str = ""
    is_fictitious: bool = False
    correspondents: tuple[Correspondent, ...] = ()
    """Its sources that the newsdesk may gather."""


class Page(Entry):
    """A free page."""

    kind = "page"
