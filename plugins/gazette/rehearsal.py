"""An entry tried as if it stood among the others: what would be told of it, and its page; nothing of it stays."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.build import empty
from gazette.check import Clock, check, load
from gazette.compose.stage import compose
from gazette.press.media import drop_images
from gazette.press.stage import Workshop, print_sheets
from gazette.press.theme import theme
from gazette.read.registers import secret_key
from gazette.state import State, state_folder
from gazette.trial import Trial, page_of, trial_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.order import Order


def try_out(
    order: Order, path: str, files: Mapping[str, bytes], gone: Iterable[str] = (), *, is_shown: bool = False
) -> Trial:
    """Read and clear an entry, and print its page when it is shown, as if its files stood and others were gone.

    All of it happens in a copy of the content, made of links to the same bytes, beside the state of the output; the
    copy is gone afterwards, with the pictures that were tried.
    """
    folder = state_folder(order.output) / "essai"
    content = trial_content(order.content, folder / "content", files, gone)
    wanted = replace(order, content=content, output=folder / "output", is_production=False)
    newsroom, theme_folder = load(wanted)
    with State(state_folder(wanted.output)) as state, ExitStack() as stack:
        stack.callback(empty, content)
        reading, clearance, measures = check(wanted, newsroom, state, Clock(wanted.tell))
        told = tuple(f for f in (*reading.findings, *clearance.findings) if f.place.file == path)
        entry = next((c.entry for c in clearance.cleared if c.entry.path == path), None)
        printed, current = folder / "page", theme(theme_folder)
        was_read = next((e for e in reading.entries if e.path == path), None)
        if entry is None or not is_shown:
            return Trial(told, None, printed, current, was_read)
        empty(printed)
        key = secret_key(content) if measures else b""
        edition = compose(clearance.cleared, entry.audience, newsroom, order.now, measures, key, reading.register)
        page, sheets = page_of(edition, entry)
        if page:
            shop = Workshop(content, order.settings, theme_folder, printed, printed, state.folder / "medias")
            stack.callback(drop_images, shop.cache, sheets)
            print_sheets([page, *sheets], edition, current, shop, {})
    return Trial(told, printed / page.path if page else None, printed, current, was_read)
