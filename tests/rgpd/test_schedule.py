"""Tests of rgpd/schedule.py: to the minute in Paris, nothing is printed before its date nor after its last day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from gazette.model.moment import PARIS, Moment
from gazette.rgpd.case import Case
from gazette.rgpd.schedule import schedule
from tests.samples import NOW, sample_entry, sample_newsroom

DAY = date(2026, 11, 23)


def reasons(now: datetime, retention: int = 0, **facts: object) -> list[tuple[str, bool]]:
    """Return why an entry is held at an instant, and whether the preview may show it."""
    newsroom = sample_newsroom()
    fils = tuple(replace(f, retention=retention) for f in newsroom.fils)
    case = Case(replace(newsroom, fils=fils), now, {})
    return [(hold.reason, hold.may_preview) for hold in schedule(sample_entry(**facts), case)]


@pytest.mark.parametrize(
    ("written", "now", "holds"),
    [
        (Moment(DAY), datetime(2026, 11, 22, 23, 59, tzinfo=PARIS), 1),
        (Moment(DAY), datetime(2026, 11, 23, 0, 0, tzinfo=PARIS), 0),
        (Moment(DAY, time(12, 1)), NOW, 1),
        (Moment(DAY, time(12, 0)), NOW, 0),
        (Moment(DAY, time(11, 59)), NOW, 0),
        (Moment(DAY, time(12, 30)), datetime(2026, 11, 23, 11, 29, tzinfo=UTC), 1),
        (Moment(DAY, time(12, 30)), datetime(2026, 11, 23, 11, 30, tzinfo=UTC), 0),
        (Moment(date(2100, 12, 31)), NOW, 1),
        (None, NOW, 0),
    ],
)
def test_a_date_to_come_is_held_to_the_minute(written: Moment | None, now: datetime, holds: int):
    """A whole day starts at midnight; an hour is legal time of mainland France."""
    assert holds == len(reasons(now, date=written))


def test_the_banner_says_when():
    """The hour is told when there is one."""
    expected = [
        ("Programmé pour le 24/11/2026 : les lecteurs ne voient pas encore cette page", True),
        ("Programmé pour le 24/11/2026 à 07:30 : les lecteurs ne voient pas encore cette page", True),
    ]
    tomorrow = DAY + timedelta(1)
    assert expected == [*reasons(NOW, date=Moment(tomorrow)), *reasons(NOW, date=Moment(tomorrow, time(7, 30)))]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 23, 59, tzinfo=PARIS), []),
        (datetime(2026, 11, 24, 0, 0, tzinfo=PARIS), [("Expiré le 23/11/2026", False)]),
    ],
)
def test_the_last_day_on_line_is_whole(now: datetime, expected: list[tuple[str, bool]]):
    """``expire`` is the last day: at midnight the entry goes, from the preview too."""
    assert expected == reasons(now, expires=DAY)


@pytest.mark.parametrize(
    ("retention", "expires", "holds"),
    [(0, None, 0), (21, None, 0), (20, None, 1), (20, date(2026, 12, 31), 0), (30, date(2026, 11, 22), 1)],
)
def test_the_fil_s_retention_is_the_default(retention: int, expires: date | None, holds: int):
    """Days after ``date``; what the entry says comes first; 0 keeps without end."""
    assert holds == len(reasons(NOW, retention, date=Moment(date(2026, 11, 2)), expires=expires))
