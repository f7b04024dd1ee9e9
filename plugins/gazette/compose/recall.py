"""What an edition was composed of last time: pages that cannot have changed are known, without being composed again.

An entry's words stand on its own page, in feeds, books and indexes of search, and nowhere else. While all the rest that
is shown stays what it was (the entries' faces, the circonscription, the day), so does every other page. It is no graph
of what depends on what, but one digest: whatever else changes, everything is composed again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from gazette.model.sheet import Known, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.compose.desk import Desk
    from gazette.model.entry import Entry
    from gazette.model.memo import Memo

Row: TypeAlias = list[Any]
"""A sheet as the memo keeps it, without its view."""


class Recall:
    """The sheets of one edition, as the last run composed them and as this one does."""

    def __init__(self, desk: Desk, memo: Memo, made_with: str) -> None:
        """Take up what was composed of the same; ``made_with`` tells the code and the libraries that compose."""
        self.memo = memo
        self.row = f"edition:{desk.audience.name}"
        self.kept = memo.get(self.row) or ""
        self.outline = _outline(desk, made_with)
        outline, made, pages = json.loads(self.kept) if self.kept else ("", {}, {})
        is_same = outline == self.outline
        self.past: tuple[dict[str, list[Row]], dict[str, tuple[str, Row]]] = (made, pages) if is_same else ({}, {})
        self.made: dict[str, list[Row]] = {}
        """By the name of what composed them."""
        self.pages: dict[str, tuple[str, Row]] = {}
        """With the digest of the entry, by its path."""

    def known(self, name: str) -> list[Sheet] | None:
        """Return the sheets that something composed; None when it must again."""
        rows = self.past[0].get(name)
        if rows is None:
            return None
        self.made[name] = rows
        return [_sheet(row) for row in rows]

    def composed(self, name: str, sheets: Iterable[Sheet]) -> list[Sheet]:
        """Note the sheets that something composed, and return them with their digests."""
        noted = [_noted(sheet) for sheet in sheets]
        self.made[name] = [_row(sheet) for sheet in noted]
        return noted

    def page(self, entry: Entry) -> Sheet | None:
        """Return the page of an entry that is what it was; None when it must be composed."""
        digest, row = self.past[1].get(entry.path, ("", []))
        if not row or digest != entry.digest:
            return None
        self.pages[entry.path] = digest, row
        return _sheet(row)

    def composed_page(self, entry: Entry, sheet: Sheet) -> Sheet:
        """Note the page of an entry, and return it with its digest."""
        noted = _noted(sheet)
        self.pages[entry.path] = entry.digest, _row(noted)
        return noted

    def keep(self) -> None:
        """Keep what this run composed of."""
        kept = json.dumps([self.outline, self.made, self.pages], ensure_ascii=False, separators=(",", ":"))
        if kept != self.kept:
            self.memo.put(self.row, kept)


def page_address(sheet: Sheet) -> str | None:
    """Return the address of a page that search engines may be told of, or None."""
    if sheet.known:
        return sheet.known.page
    return sheet.view.head.address if sheet.form == "html" and sheet.view.head.is_indexed else None


def _outline(desk: Desk, made_with: str) -> str:
    """Return a digest of all that an edition shows, but for the words of its entries."""
    shown = [
        (desk.audience.name, desk.newsroom.digest, made_with, desk.today.isoformat(), desk.has_search, desk.is_preview),
        (
            desk.newsroom.identity,
            desk.register.head,
            hashlib.blake2b(desk.key).hexdigest(),
            sorted(desk.measures.items()),
        ),
        *((c.entry.path, c.entry.face or c.entry.digest, c.notice) for c in desk.cleared),
    ]
    return hashlib.blake2b(repr(shown).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _noted(sheet: Sheet) -> Sheet:
    return replace(sheet, known=Known(sheet.digest, page_address(sheet)))


def _row(sheet: Sheet) -> Row:
    assert sheet.known  # noqa: S101  # it was noted
    return [sheet.path, sheet.form, sheet.sources, sheet.weighs, sheet.known.digest, sheet.known.page]


def _sheet(row: Row) -> Sheet:
    path, form, sources, weighs, digest, page = row
    return Sheet(path, form, None, tuple(sources), tuple(weighs), Known(digest, page))
