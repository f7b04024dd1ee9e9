"""The page of a text that was just saved, shown before the rest of the site is built: the preview's own shortcut.

It passes the same gate and is printed by the same press as in a build, which follows at once, tells what is wrong and
prints it again. Whatever could change another page's mind (an audience, a picture, another day) is left to that build.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazette.compose.stage import compose_page
from gazette.press.stage import Workshop, print_sheets
from gazette.press.theme import theme
from gazette.read.stage import reread
from gazette.rgpd.stage import clear
from gazette.state import State, state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gazette.model.cleared import Cleared
    from gazette.model.sheet import Edition
    from gazette.order import Order
    from gazette.pool import Pool
    from gazette.read.history import History
    from gazette.rgpd.case import Case


@dataclass(frozen=True, slots=True)
class Known:
    """What the last build of a preview knew."""

    theme: Path
    cleared: Mapping[str, Cleared]
    """What it showed, by source path."""
    case: Case
    """What its gate was told."""
    past: History
    key: bytes
    """Secret that names the media."""


def glimpse(order: Order, known: Known, path: str, pool: Pool) -> Path | None:
    """Print again the page of a text that the last build showed; return its file, or None where a build must tell."""
    former = known.cleared.get(path)
    if former is None or order.now.date() != known.case.today:
        return None
    entry = reread(order.content, known.case.newsroom, order.now, path, known.past, pool)
    if entry is None:
        return None
    allowed = clear([entry], replace(known.case, now=order.now), is_preview=True).cleared
    if not allowed or not _is_alike(former, allowed[0]):
        return None
    case, everyone = known.case, {**known.cleared, path: allowed[0]}
    given = (case.newsroom, order.now, case.measures, known.key, case.register)
    return _printed(compose_page(everyone.values(), path, *given), order, known.theme)


def _is_alike(former: Cleared, now: Cleared) -> bool:
    """Tell whether a text stands where it stood, to the same readers, with the same media."""
    before, after = former.entry, now.entry
    standing = [(e.id, e.audience, e.folder, e.name, e.media, e.ent_only) for e in (before, after)]
    return standing[0] == standing[1]


def _printed(edition: Edition, order: Order, theme_folder: Path) -> Path | None:
    """Put the page in the place of the one that stands; None where none does."""
    output = order.output / edition.audience.name
    if not edition.sheets or not (output / edition.sheets[0].path).is_file():
        return None
    page = edition.sheets[0]
    with State(state_folder(order.output)) as state, ExitStack() as stack:
        staging = state.folder / "impression"
        stack.callback(shutil.rmtree, staging, ignore_errors=True)
        shutil.rmtree(staging, ignore_errors=True)
        shop = Workshop(order.content, order.settings, theme_folder, output, staging, state.folder / "medias")
        weights = {path: (output / path).stat().st_size for path in page.weighs}
        print_sheets([page], edition, theme(theme_folder), shop, weights)
        (staging / page.path).replace(output / page.path)
    return output / page.path
