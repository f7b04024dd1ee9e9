"""What every page has: the site around it, what its head says, links; and pages that have nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.picture import Picture


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """A labelled link."""

    title: str
    href: str
    detail: str = ""
    is_current: bool = False

    def __repr__(self) -> str:
        """Return all of it: the lists of titles hold one an entry, and the generated one looks out for loops."""
        return f"Link({self.title!r}, {self.href!r}, {self.detail!r}, {self.is_current})"


@dataclass(frozen=True, slots=True)
class Site:
    """What every page of an edition shares."""

    title: str
    motto: str
    address: str
    edition: str
    edition_title: str
    editions: tuple[Link, ...]
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    accessibility: str
    """« Accessibilité : non conforme »."""
    feeds: tuple[Link, ...]
    """Feeds told in ``<head>``; ``detail`` is the media type."""
    logo: Picture | None = None
    inks: str = ""
    """Address of the style sheet of the circonscription's own colours, or ""."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself."""

    title: str
    """Without the site's name."""
    description: str
    address: str
    """Edition-root-relative, e.g. ``actualites/defi-maths/``; "" for the home."""
    section: str = ""
    """First segment of the address, to mark the menu."""
    breadcrumb: tuple[Link, ...] = ()
    """From the home (excluded) to the parent."""
    feeds: tuple[Link, ...] = ()
    """Feeds of this page, told in ``<head>`` too."""
    is_indexed: bool = True
    crumb: str = ""
    """What the breadcrumb calls it, where its parents already tell the rest of the title."""


@dataclass(frozen=True, slots=True)
class PlainView:
    """``404.html``: a page with nothing of its own."""

    head: PageHead
    template: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MovedView:
    """``deplacee.html``: what stands at a former address of an entry."""

    head: PageHead
    template: str
    title: str
    href: str
