"""What frames an edition: masthead, menu, footer, plan du site, page not found, sitemap, robots."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gazette.compose.cahiers import book_links
from gazette.compose.deployment import deployment_links
from gazette.compose.desk import address, by_name
from gazette.compose.feed_links import FORMATS
from gazette.compose.fiche import fiche_path
from gazette.compose.identity import STYLES, has_inks, logo
from gazette.compose.legal import PAGES
from gazette.compose.recall import page_address
from gazette.compose.search import title_pages
from gazette.compose.views.frame import Link, PageHead, PlainView, Site
from gazette.compose.views.legal import MapView
from gazette.compose.weeks import link, told
from gazette.model.cahier import FOLDER as CAHIERS
from gazette.model.cahier import Cahier
from gazette.model.entry import Evenement, Page
from gazette.model.feed import Sitemap, TextFile
from gazette.model.moment import school_year
from gazette.model.sheet import Sheet
from gazette.model.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.compose.desk import Desk


def site(desk: Desk) -> Site:
    """Return what every page of the edition shares."""
    newsroom, here = desk.newsroom, desk.audience
    state = newsroom.legal.accessibility_state
    accessibility = f"Accessibilité : {state} conforme"
    return Site(
        title=newsroom.title,
        motto=newsroom.motto,
        address=here.address,
        edition=here.name,
        edition_title=here.title,
        editions=tuple(Link(a.title, "" if a is here else a.address, is_current=a is here) for a in newsroom.audiences),
        menu=(
            *(Link(f.short_title, f"{f.name}/") for f in desk.fils),
            *((Link("Cahiers", f"{CAHIERS}/"),) if any(isinstance(c.entry, Cahier) for c in desk.cleared) else ()),
            Link("Frise", "frise/"),
            Link("Échéances", "echeances/"),
            Link("Écoles", "ecoles/"),
        ),
        footer=(
            *pages(desk)[:FOOTER_PAGES],
            Link("S’abonner", "fils/"),
            *((Link("Aide", "aide/"),) if desk.referent[1] else ()),
            Link("Plan du site", "plan-du-site/"),
            Link("Mentions légales", "mentions-legales/"),
            Link("Données personnelles", "donnees-personnelles/"),
            Link(accessibility, "accessibilite/"),
        ),
        accessibility=accessibility,
        feeds=tuple(
            Link(f"{newsroom.title} ({form.upper()})", f"{here.address}fils/tout.{suffix}", media)
            for form, suffix, media in FORMATS
        ),
        logo=logo(desk),
        inks=STYLES if has_inks(newsroom) else "",
    )


FOOTER_PAGES = 8


def pages(desk: Desk) -> tuple[Link, ...]:
    """Return the free pages, by title."""
    found = sorted((c.entry for c in desk.cleared if isinstance(c.entry, Page)), key=lambda e: alphabetical(e.title))
    return tuple(Link(e.title, desk.href(e)) for e in found)


def plan(desk: Desk) -> Iterator[Sheet]:
    """Yield the plan du site (RGAA 12.3): every page of the edition but the pages of lists and former years' weeks."""
    groups = [
        (
            "Rubriques",
            (
                Link("Accueil", ""),
                *(Link(f.title, f"{f.name}/") for f in desk.fils),
                Link("Frise", "frise/"),
                Link("Fiche à recopier", fiche_path(school_year(desk.today))),
                Link("Échéances", "echeances/"),
                Link("Écoles", "ecoles/"),
                *deployment_links(desk),
                *((Link("Aide", "aide/"),) if desk.referent[1] else ()),
                Link("S’abonner", "fils/"),
                Link("Rechercher", "recherche/"),
                *(Link(title, f"{name}/") for name, title, _ in PAGES),
            ),
        ),
    ]
    entries = [c.entry for c in desk.cleared if not isinstance(c.entry, Evenement)]
    groups.append(("Pages", pages(desk)))
    weeks = (w for w in reversed(desk.once(told)) if school_year(w.friday) == school_year(desk.today))
    groups.append(("La semaine", tuple(link(week, is_whole=True) for week in weeks)))
    groups += [(f.title, tuple(Link(e.title, desk.href(e)) for e in entries if e.folder == f.name)) for f in desk.fils]
    schools = sorted(desk.schools.values(), key=lambda s: (alphabetical(s.town), *by_name(s)))
    named = ((s.title if s.town in s.title else f"{s.title}, {s.town}", desk.href(s)) for s in schools)
    groups.append(("Cahiers", book_links(desk)))
    groups.append(("Écoles", tuple(Link(title, href) for title, href in named)))
    groups.append(("Tous les titres, de A à Z", title_pages(desk)))
    head = PageHead("Plan du site", "Toutes les pages de cette édition.", "plan-du-site/", "plan-du-site")
    yield Sheet("plan-du-site/index.html", "html", MapView(head, "plan-du-site", tuple(g for g in groups if g[1])))


def not_found(desk: Desk) -> Iterator[Sheet]:
    """Yield the page a server shows for an address that leads nowhere."""
    links = (
        Link("Accueil", ""),
        *(Link(f.title, f"{f.name}/") for f in desk.fils),
        Link("Plan du site", "plan-du-site/"),
    )
    head = PageHead("Page introuvable", "Cette page n’existe pas, ou n’existe plus.", "404.html", is_indexed=False)
    yield Sheet("404.html", "html", PlainView(head, "404", links))


def machine_files(desk: Desk, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield sitemap.xml (of what stands in this edition), robots.txt and .well-known/gazette.json."""
    changed = {
        address(c.entry): c.entry.origin.modified.date().isoformat() for c in desk.cleared if desk.is_own(c.entry)
    }
    pages = {page for sheet in sheets if (page := page_address(sheet)) is not None}
    yield Sheet(
        "sitemap.xml",
        "sitemap",
        Sitemap(tuple((desk.audience.address + p, changed.get(p, "")) for p in sorted(pages))),
    )
    robots = (
        "User-agent: *\nDisallow: /\n"
        if desk.audience.rank
        else f"User-agent: *\nAllow: /\n\nSitemap: {desk.audience.address}sitemap.xml\n"
    )
    yield Sheet("robots.txt", "text", TextFile(robots))
    facts = {
        "format": 1,
        "circonscription": desk.newsroom.identifier,
        "titre": desk.newsroom.title,
        "edition": desk.audience.name,
        "adresse": desk.audience.address,
        "fils": {f.name: f"{desk.audience.address}fils/{f.name}.json" for f in desk.fils},
        "frise": f"{desk.audience.address}frise/frise.json",
        "licence": desk.newsroom.legal.licence,
    }
    yield Sheet(".well-known/gazette.json", "text", TextFile(json.dumps(facts, ensure_ascii=False, indent=1) + "\n"))
