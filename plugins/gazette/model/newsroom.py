"""A circonscription as it describes itself: audiences, fils, roles, legal identity (``circonscription.yml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.finding import Place
    from gazette.model.media import Image

_ADDRESS = re.compile(r"[a-z0-9._+-]+@(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.ASCII | re.IGNORECASE)
"""What an address of a school or of a service looks like: nothing in it has a meaning in a header or in SMTP."""
_STATE = re.compile(r"ac-[a-z-]+\.fr|education\.gouv\.fr", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TokenFeeds:
    """Feeds of a restricted edition for the ENT, which cannot log in (``jeton:``)."""

    series: int
    """Raised to let the addresses of the series before die."""
    address: str
    """Absolute address of the folder they are served from, without a login, ending in ``/``."""


@dataclass(frozen=True, slots=True, repr=False)
class Audience:
    """Who may read: one edition is printed for each, and each sees what the more open ones hold."""

    rank: int
    """0 is the most open."""
    name: str
    title: str
    """As readers see it, e.g. « Directeurs »."""
    address: str
    """Absolute address of the edition's root, ending in ``/``."""
    token_feeds: TokenFeeds | None = None
    """None: it has none, or they are off."""

    def __repr__(self) -> str:
        """Return the name: the newsroom's digest stands beside it in every digest of a view."""
        return f"Audience({self.name})"

    def may_read(self, other: Audience) -> bool:
        """Tell whether what is addressed to ``other`` may be shown to this audience."""
        return other.rank <= self.rank


@dataclass(frozen=True, slots=True, repr=False)
class Fil:
    """A feed of entries; its folder in ``content/`` has its name."""

    name: str
    title: str
    short_title: str
    """For the menu."""
    description: str
    kind: str
    """The genre of its entries: actualite, projet, info_direction, outil."""
    floor: Audience
    """The most open audience its entries may have, and their default."""
    colour: str
    """A colour of the theme's palette, by name."""
    icon: str
    """An icon of the theme, by name."""
    mark: str
    """One to three letters that stand for its name where there is little room, or ""."""
    approval: str
    """``fusion`` or ``empreinte``."""
    approvers: tuple[str, ...]
    """Roles that may approve."""
    contact: str
    """An institutional address, or ""."""
    retention: int
    """Days on line by default; 0: kept in the archive without end."""

    def __repr__(self) -> str:
        """Return the name: the newsroom's digest stands beside it in every digest of a view."""
        return f"Fil({self.name})"


@dataclass(frozen=True, slots=True)
class Role:
    """A function that signs entries; never a person."""

    name: str
    label: str
    email: str
    committers: tuple[str, ...] = ()
    """Commit addresses of those who hold the role; never printed."""


@dataclass(frozen=True, slots=True)
class LegalNotice:
    """What the law asks a publisher to tell (LCEN art. 1-1, RGPD art. 13, RGAA); "" is a missing value."""

    publisher: str
    publisher_address: str
    publisher_phone: str
    publisher_email: str
    director: str
    """Name of the directeur de la publication."""
    director_function: str
    director_checked: date | None
    """Day it was last verified (each rentrée)."""
    editor: str
    """Responsable de la rédaction, a function."""
    host: str
    host_address: str
    host_phone: str
    host_country: str
    licence: str
    controller: str
    """Responsable du traitement."""
    controller_type: str
    """DASEN, recteur or ministre (rule R8)."""
    dpo_email: str
    """Délégué à la protection des données."""
    purposes: tuple[str, ...]
    legal_basis: str
    recipients: str
    retention: str
    accessibility_state: str
    """non, partiellement or totalement conforme."""
    accessibility_date: date | None
    accessibility_contact: str
    accessibility_scheme: str
    """Address of the schéma pluriannuel, or ""."""


@dataclass(frozen=True, slots=True)
class Adhesion:
    """How a collectivité joins the ENT (``ent: adhesion:``)."""

    link: str
    """Of the form to fill in, https."""
    school_cost: str
    """Euros a school a year, as printed, or ""."""
    checked: date | None
    """Day on which the procedure was last verified."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour of one's own, which the theme has not; it can be read, and so can its twin for the dark."""

    name: str
    """As classes of the style sheet call it: ``0b5e7a``."""
    light: str
    """``#0b5e7a``."""
    dark: str


@dataclass(frozen=True, slots=True)
class Identity:
    """How a circonscription looks, where it says so."""

    accent: Ink | None = None
    """Of its name, buttons and marks; None: the theme's."""
    inks: tuple[Ink, ...] = ()
    """Of fils."""
    logo: Image | None = None
    """With its alternative text."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything ``circonscription.yml`` says."""

    identifier: str
    """Stable; the name space of feed ids."""
    name: str
    title: str
    motto: str
    department: str
    """Three characters, as in a UAI."""
    academy: str
    zone: str
    """A, B or C."""
    audiences: tuple[Audience, ...]
    """From the most open to the most restricted."""
    fils: tuple[Fil, ...]
    """Declared fils, in the order of the menu; the weekly tool's fil « outils » comes last."""
    roles: tuple[Role, ...]
    email_domains: tuple[str, ...]
    ent_name: str
    ent_hosts: tuple[str, ...]
    legal: LegalNotice
    digest: str
    """SHA-256 of the file."""
    rules: tuple[tuple[str, str], ...] = ()
    """Rules it makes stricter: number, and note, refus or arret."""
    hub: str = ""
    """Address of the WebSub hub that is told of what changes in the most open edition; "": none."""
    figures: tuple[tuple[str, str], ...] = ()
    """File of figures (``deploiement``, ``cln``) and name of the audience that reads it."""
    adhesion: Adhesion | None = None
    """How a commune joins the ENT; None: it is not told here."""
    identity: Identity = Identity()
    has_archives: bool = False
    """Its public feeds lead on to all that they no longer show, for a Gazette that gathers it."""
    lines: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    """Line and column of each key of the file."""

    def place(self, *keys: str | int) -> Place:
        """Return where a key stands in ``circonscription.yml``, else what would hold it, else the head of the file."""
        from gazette.model.finding import Place  # noqa: PLC0415  # only findings need it

        known = (self.lines[keys[:depth]] for depth in range(len(keys), 0, -1) if keys[:depth] in self.lines)
        return Place("circonscription.yml", *next(known, (1, 1)))

    def figures_audience(self, name: str) -> Audience:
        """Return who reads a file of figures: nobody but the most restricted audience, unless it is said."""
        return self.audience(dict(self.figures).get(name, "")) or self.audiences[-1]

    def audience(self, name: str) -> Audience | None:
        """Return the audience of that name, or None."""
        return next((a for a in self.audiences if a.name == name), None)

    def fil(self, name: str) -> Fil | None:
        """Return the fil of that name, or None."""
        return next((f for f in self.fils if f.name == name), None)

    def role(self, name: str) -> Role | None:
        """Return the role of that name, or None."""
        return next((r for r in self.roles if r.name == name), None)

    def is_institutional(self, address: str) -> bool:
        """Tell whether an e-mail address is a function's: of the domains declared, or of the State (rule R31)."""
        found = _ADDRESS.fullmatch(address)
        if found is None:
            return False
        return found["domain"].lower() in self.email_domains or bool(_STATE.fullmatch(found["domain"]))
