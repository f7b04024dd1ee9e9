"""Times the feeds alone: composing and printing those of every edition; ``feeds.py CONTENT DAY`` prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from gazette.check import Clock, check, load
from gazette.compose.desk import Desk, newest_first
from gazette.compose.feeds import feeds
from gazette.compose.stage import edition_key
from gazette.model.moment import PARIS
from gazette.order import Order
from gazette.press.stage import FORMS
from gazette.state import State

ROOT = Path(__file__).resolve().parents[1]


def main(content: str, day: str) -> None:
    """Read and clear once, then time what feeds take."""
    now = datetime.fromisoformat(f"{day}T23:59").replace(tzinfo=PARIS)
    with tempfile.TemporaryDirectory() as folder:
        order = Order(content=Path(content), output=Path(folder), settings=ROOT / "pelicanconf.py", now=now)
        newsroom, _ = load(order)
        with State(Path(folder) / "etat") as state:
            _, clearance, measures = check(order, newsroom, state, Clock())
    start = time.perf_counter()
    sheets = []
    for audience in newsroom.audiences:
        seen = newest_first(c for c in clearance.cleared if audience.may_read(c.entry.audience))
        desk = Desk(audience, newsroom, now, tuple(seen), measures, edition_key(bytes(32), audience.name))
        sheets += [s for s in feeds(desk) if s.form in FORMS]
    composed = time.perf_counter()
    for sheet in sheets:
        assert sheet.digest  # noqa: S101  # what decides whether it is printed again
    digested = time.perf_counter()
    size = sum(len(FORMS[sheet.form](sheet.view)) for sheet in sheets)
    printed = time.perf_counter()
    facts = {
        "fichiers": len(sheets),
        "octets": size,
        "composition": round(composed - start, 3),
        "empreintes": round(digested - composed, 3),
        "impression": round(printed - digested, 3),
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main(*sys.argv[1:])
