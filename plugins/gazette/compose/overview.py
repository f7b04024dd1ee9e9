"""The overview of a school year: each happening a mark at its days, in the track of its fil, over the holidays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gazette.compose.school_time import holidays
from gazette.compose.views.overview import Band, Mark, Overview, Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.compose.school_time import Holiday
    from gazette.compose.views.cards import Happening
    from gazette.model.newsroom import Fil

WIDTH = 5
"""Days that a mark takes in its row, at least: narrower ones would touch."""


def overview(shown: Sequence[Happening], year: int, zone: str, fils: Sequence[Fil]) -> Overview:
    """Draw what a page of the frise shows (by date), a track for each of the fils, and one for what has none."""
    first = max(min((h.start.day for h in shown), default=dt.date(year, 9, 1)), dt.date(year, 8, 1))
    start, end = min(first.replace(day=1), dt.date(year, 9, 1)), dt.date(year + 1, 7, 31)
    lanes = [_lane(h, fils) for h in shown]
    drawn: list[Fil | None] = [*fils, *([None] if None in lanes or not fils else [])]
    tracks: list[Track] = []
    places = [(0, 0)] * len(shown)
    for rank, lane in enumerate(drawn):
        inside = [n for n, its in enumerate(lanes) if its is lane]
        packed = _packed([shown[n] for n in inside], start)
        row = sum(track.rows for track in tracks)
        for n, within in zip(inside, packed, strict=True):
            places[n] = rank, row + within
        tracks.append(Track(lane, row, max(packed, default=0) + 1))
    marks = (
        Mark(
            h.id,
            h.title,
            max(h.start.day, start),
            min(h.last_day, end),
            h.nature,
            h.state,
            *at,
            h.start.day,
            h.last_day,
        )
        for h, at in zip(shown, places, strict=True)
    )
    bands = _bands(start, end, holidays(year, zone))
    return Overview(start, end, tuple(_months(start, end)), tuple(bands), tuple(tracks), tuple(marks))


def _lane(happening: Happening, fils: Sequence[Fil]) -> Fil | None:
    """Return the fil whose track shows it: its first among those drawn."""
    return next((f for f in happening.fils if f in fils), None)


def _packed(shown: Sequence[Happening], start: dt.date) -> list[int]:
    """Return the row of each mark of a track, the highest that is free on its days."""
    free: list[dt.date] = []
    rows: list[int] = []
    for one in shown:
        first = max(one.start.day, start)
        row = next((n for n, day in enumerate(free) if day <= first), len(free))
        free[row : row + 1] = [max(one.last_day + dt.timedelta(2), first + dt.timedelta(WIDTH))]
        rows.append(row)
    return rows


def _months(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    month = start
    while month <= end:
        yield month
        month = (month + dt.timedelta(31)).replace(day=1)


def _bands(start: dt.date, end: dt.date, known: Sequence[Holiday]) -> Iterator[Band]:
    for holiday in known:
        if holiday.start <= end and holiday.end >= start:
            yield Band(holiday.name, max(holiday.start, start), min(holiday.end, end))
