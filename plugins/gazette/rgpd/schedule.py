"""A date to come is not printed before, and an expired entry no more (rule R39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.rgpd.case import Hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def schedule(entry: Entry, case: Case) -> Iterator[Hold]:
    """Hold what is dated after the build's instant, or past its last day on line."""
    if entry.date and entry.date.instant > case.now:
        when = f"{entry.date.day:%d/%m/%Y}" + (f" à {entry.date.hour:%H:%M}" if entry.date.hour else "")
        yield Hold(f"Programmé pour le {when} : les lecteurs ne voient pas encore cette page", is_to_come=True)
    last = entry.last_day(case.newsroom.fil(entry.folder))
    if last and case.today > last:
        yield Hold(f"Expiré le {last:%d/%m/%Y}", may_preview=False, is_over=True)
