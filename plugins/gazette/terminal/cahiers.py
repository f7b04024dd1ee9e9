"""What ``controler`` tells of shared books: pages that came, pages awaited, pages that the gate keeps out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.closing import closings

if TYPE_CHECKING:
    from datetime import date

    from gazette.inquiry import Inspected


def tell_books(found: Inspected, today: date) -> None:
    """Tell what each book that is open, or that lacks something, needs before it can be closed."""
    for one in closings(found.reading.entries, found.clearance.cleared, found.findings, today):
        is_open = one.book.is_open(today)
        if not (is_open or one.awaited or one.kept_out):
            continue
        until = f"ouvert jusqu’au {one.book.closes:%d/%m/%Y}" if is_open else f"clos le {one.book.closes:%d/%m/%Y}"
        print(f"Cahier « {one.book.title} », {until} : {one.given} page(s) reçue(s).")
        if one.awaited:
            print(f"  attendues : {' · '.join(one.awaited)}")
        for place, lacks in one.kept_out:
            print(f"  retenue : {place.file}, il lui manque : {', '.join(lacks)}")
