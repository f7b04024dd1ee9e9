"""``compose()``: cleared entries × audience × day → an edition's sheets; pure."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from gazette.compose.cahiers import cahiers
from gazette.compose.calendars import calendars
from gazette.compose.components import components
from gazette.compose.deployment import deployment
from gazette.compose.desk import Desk, newest_first
from gazette.compose.echeances import echeances
from gazette.compose.ecoles import ecoles
from gazette.compose.entries import entries, moved, page
from gazette.compose.feeds import feeds
from gazette.compose.fiche import fiche
from gazette.compose.frise import frise
from gazette.compose.help import help_page
from gazette.compose.home import home
from gazette.compose.identity import identity
from gazette.compose.legal import legal
from gazette.compose.letters import chosen, letter, recipients, standing
from gazette.compose.lists import lists
from gazette.compose.outils import outils
from gazette.compose.pictures import enclosures
from gazette.compose.recall import Recall
from gazette.compose.search import indexes, search
from gazette.compose.site import machine_files, not_found, plan, site
from gazette.compose.stories import stories
from gazette.compose.subscribe import subscribe
from gazette.compose.weeks import Bundle, bundled, weeks
from gazette.model.register import Register
from gazette.model.sheet import Edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from gazette.model.cleared import Cleared
    from gazette.model.letter import Letter, Recipient
    from gazette.model.media import Measure
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.model.sheet import Sheet

Maker: TypeAlias = "Callable[[Desk], Iterator[Sheet]]"
PAGES: tuple[Maker, ...] = (
    moved, home, lists, outils, entries, cahiers, frise, fiche, echeances, weeks, ecoles, deployment, help_page, feeds,
    calendars, legal, search, indexes, identity, plan, not_found, components,
)  # fmt: skip
"""What an edition is made of; a page takes the place of a former address of another."""
WORDED: frozenset[Maker] = frozenset({entries, cahiers, feeds, indexes, identity})
"""Those that show the words of entries, or yield pictures, of which the view is asked for every time."""


def compose(
    cleared: Iterable[Cleared],
    audience: Audience,
    newsroom: Newsroom,
    now: datetime,
    measures: Mapping[str, Measure],
    secret: bytes,
    register: Register | None = None,
    *,
    has_search: bool = False,
    is_preview: bool = False,
    memo: Memo | None = None,
    made_with: str = "",
) -> Edition:
    """Return the edition of the audience; entries it may not read are not even looked at.

    With a ``memo``, sheets that are what they were have no view; ``made_with`` tells the code and the libraries.
    """
    desk = _desk(cleared, audience, newsroom, now, measures, secret, register or Register())
    desk = replace(desk, has_search=has_search, is_preview=is_preview)
    return _edition(desk, Recall(desk, memo, made_with) if memo is not None else None)


def compose_page(
    cleared: Iterable[Cleared],
    path: str,
    newsroom: Newsroom,
    now: datetime,
    measures: Mapping[str, Measure],
    secret: bytes,
    register: Register,
) -> Edition:
    """Return the edition that prints an entry as far as the entry's page, which it has or not."""
    cleared = tuple(cleared)
    audience = next(c.entry.audience for c in cleared if c.entry.path == path)
    desk = _desk(cleared, audience, newsroom, now, measures, secret, register)
    sheet = page(desk, desk.by_path[path]) if path in desk.by_path else None
    return Edition(audience, newsroom, (sheet,) if sheet else (), site(desk))


def compose_letter(
    cleared: Iterable[Cleared],
    audience: Audience,
    newsroom: Newsroom,
    now: datetime,
    measures: Mapping[str, Measure],
    week: str,
) -> tuple[Letter, tuple[Recipient, ...], Mapping[str, frozenset[str]]]:
    """Return the letter of a week (``2026-S47``, or "" for the last one told), and who may receive it.

    Then the files of its edition, with their anchors: what it may link to.
    """
    desk = _desk(cleared, audience, newsroom, now, measures, b"", Register())
    told = chosen(desk, week)
    bundle = bundled(desk).get(told, Bundle())
    return letter(desk, told, bundle), recipients(desk), standing(_edition(desk).sheets)


def _desk(
    cleared: Iterable[Cleared],
    audience: Audience,
    newsroom: Newsroom,
    now: datetime,
    measures: Mapping[str, Measure],
    secret: bytes,
    register: Register,
) -> Desk:
    """Return the desk of an audience: what it may not read never reaches a page."""
    told, same_story = stories(c for c in cleared if audience.may_read(c.entry.audience))
    visible = newest_first(told)
    visible.sort(key=lambda c: c.entry.date is not None and c.entry.date.is_after(now))  # in a preview, what is to come
    key = edition_key(secret, audience.name)
    desk = Desk(audience, newsroom, now, tuple(visible), measures, key, register, same_story=same_story)
    return replace(desk, enclosures=enclosures(desk))


def _edition(desk: Desk, recall: Recall | None = None) -> Edition:
    sheets = {sheet.path: sheet for make in PAGES for sheet in _made(desk, make, recall)}
    sheets |= {sheet.path: sheet for sheet in subscribe(desk, sheets)}
    sheets |= {sheet.path: sheet for sheet in machine_files(desk, tuple(sheets.values()))}
    if recall:
        recall.keep()
    whole = partial(_edition, desk) if any(sheet.view is None for sheet in sheets.values()) else None
    return Edition(desk.audience, desk.newsroom, tuple(sheets[p] for p in sorted(sheets)), site(desk), whole)


def _made(desk: Desk, make: Maker, recall: Recall | None) -> Iterable[Sheet]:
    """Return what one maker makes, or made when nothing that it shows was otherwise."""
    if recall is None:
        return make(desk)
    if make is entries:
        return entries(desk, recall)
    if make in WORDED:
        return make(desk)
    known = recall.known(make.__name__)
    return recall.composed(make.__name__, make(desk)) if known is None else known


def edition_key(secret: bytes, name: str) -> bytes:
    """Return the key that names an edition's media: HKDF-SHA-256 (RFC 5869), one block, without salt."""
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, f"gazette-media-{name}".encode() + b"\1", hashlib.sha256).digest()
