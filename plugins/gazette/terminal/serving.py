"""What nginx is told: as it was written here last, and as it would be written today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gazette.check import load
from gazette.errors import GazetteError
from gazette.inquiry import detours_of
from gazette.publish.nginx import configuration
from gazette.publish.server import server
from gazette.state import write_whole
from gazette.terminal.call import HERE, ROOT, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazette.model.detour import Detours
    from gazette.order import Order

WRITTEN = Path("deploiement", "nginx.conf")
"""Where it is written, from the circonscription's folder, unless one says otherwise."""


def serve(wanted: Order, vers: str) -> Iterator[str]:
    """Write it; yield what there is to tell."""
    path = Path(vers) if vers else ROOT / WRITTEN
    text, detours = _configured(wanted)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    for name, found in detours.items():
        yield f"{name} : {len(found.moved)} adresse(s) déplacée(s), {len(found.gone)} retirée(s)"
    yield f"{shown(path)} : à inclure dans nginx, puis « nginx -t » et « systemctl reload nginx »."


def stale_lines(wanted: Order) -> Iterator[str]:
    """Yield that it is not what it would be today: a withdrawn address, a former one, another access."""
    path = ROOT / WRITTEN
    if not path.is_file():
        return
    try:
        is_stale = _configured(wanted)[0] != path.read_bytes()
    except GazetteError as error:
        yield f"{shown(path)} : rien ne dit s’il est à jour ({error})."
        return
    if is_stale:
        remedy = "./gazette serveur, puis rechargez nginx"
        yield f"{shown(path)} n’est plus à jour (adresses, retraits ou accès) : {remedy}."


def _configured(wanted: Order) -> tuple[bytes, Mapping[str, Detours]]:
    """Return what nginx would be told now, and the detours that are in it."""
    newsroom, _ = load(wanted)
    settings, detours = server(ROOT / "publishconf.py", newsroom), detours_of(wanted)
    feeds = (HERE / "deploiement" / "flux.conf").read_text("utf-8")
    return configuration(settings, newsroom, detours, feeds).encode(), detours
