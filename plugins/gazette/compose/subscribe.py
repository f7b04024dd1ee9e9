"""The page that tells how to follow the fils, in the ENT and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.letters import DESCRIPTION, NAME, TITLE
from gazette.compose.views import PageHead, SubscribeFil, SubscribeView
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk


def subscribe(desk: Desk) -> Iterator[Sheet]:
    """Yield the page that tells how to subscribe."""
    shown = [(NAME, TITLE, DESCRIPTION), *((f.name, f.title, f.description) for f in desk.fils)]
    rows = []
    for name, title, description in (("tout", f"{desk.newsroom.title} : tout", desk.newsroom.motto), *shown):
        address = f"{desk.audience.address}fils/{name}"
        rss = "" if desk.audience.rank else f"{address}.xml"  # the ENT cannot fetch what is behind a login
        rows.append(
            SubscribeFil(desk.newsroom.fil(name), title, description, rss, f"{address}.atom", f"{address}.json")
        )
    head = PageHead(
        "S’abonner", "Suivre les fils dans l’ENT, dans un lecteur de flux ou dans un agenda.", "fils/", "fils"
    )
    yield Sheet("fils/index.html", "html", SubscribeView(head, "fils", tuple(rows), desk.newsroom.ent_name))
