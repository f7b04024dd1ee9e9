"""The page that tells how to follow the fils, in the ENT and elsewhere: what the edition prints, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.calendars import ent_path
from gazette.compose.feeds import PODCASTS
from gazette.compose.fiche import fiche_path
from gazette.compose.lists import approvers
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.subscribe import SubscribeFil, SubscribeGroup, SubscribeView
from gazette.model.moment import school_year
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from gazette.compose.desk import Desk
    from gazette.model.feed import Outline

LIST = "fils/index.opml"
FOR_ENT = "frise/frise-ent.ics"
CALENDARS = (
    (FOR_ENT, "Dans l’agenda de l’ENT"),
    ("frise/frise.ics", "Dans l’agenda d’un téléphone ou d’un ordinateur"),
    ("echeances/echeances.ics", "Les échéances seules"),
)
"""Calendars of a whole edition, and where each is read."""
PODCAST = "fils/audio.rss"


def subscribe(desk: Desk, sheets: Mapping[str, Sheet]) -> Iterator[Sheet]:
    """Yield the page that tells how to subscribe to what stands among the sheets."""
    here = desk.audience.address
    view = SubscribeView(
        PageHead(
            "S’abonner", "Suivre les fils dans l’ENT, dans un lecteur de flux ou dans un agenda.", "fils/", "fils"
        ),
        "fils",
        tuple(
            SubscribeGroup(title, tuple(_row(desk, outline, sheets) for outline in rows))
            for title, rows in sheets[LIST].view.groups
            if title != PODCASTS  # told apart
        ),
        tuple(
            Link(title, here + path)
            for path, title in CALENDARS
            if path in sheets and not (path == FOR_ENT and desk.audience.rank)  # as for its feeds
        ),
        fiche_path(school_year(desk.today)),
        here + PODCAST if PODCAST in sheets else "",
        here + LIST,
        desk.newsroom.ent_name,
        desk.audience.rank > 0,
        desk.audience.name if desk.audience.token_feeds else "",
        desk.newsroom.legal.publisher_email,
    )
    yield Sheet("fils/index.html", "html", view)


def _row(desk: Desk, outline: Outline, known: Container[str]) -> SubscribeFil:
    """Return a feed in each of its formats, with the calendar that goes with it."""
    address = outline.feed.removesuffix(".atom")
    name = address.removeprefix(f"{desk.audience.address}fils/")
    fil = desk.newsroom.fil(name)
    calendar = f"frise/{name}.ics" if fil else f"{name}/frise.ics"
    for_ent = "" if desk.audience.rank else ent_path(calendar)
    return SubscribeFil(
        name.replace("/", "-"),
        fil,
        outline.title,
        outline.description,
        approvers(desk, fil) if fil else (),
        "" if desk.audience.rank else f"{address}.xml",  # the ENT cannot fetch what is behind a login
        f"{address}.atom",
        f"{address}.json",
        desk.audience.address + calendar if calendar in known else "",
        desk.audience.address + for_ent if for_ent in known else "",
    )
