"""Tests of model/moment.py: days and hours of the school."""

from datetime import UTC, date, datetime, time

import pytest

from gazette.model.moment import PARIS, Moment, school_year, school_year_label

DAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("moment", "iso", "utc"),
    [
        (Moment(DAY), "2026-11-18", datetime(2026, 11, 17, 23, tzinfo=UTC)),
        (Moment(DAY, time(9)), "2026-11-18T09:00", datetime(2026, 11, 18, 8, tzinfo=UTC)),
        (Moment(date(2026, 7, 1), time(9, 5)), "2026-07-01T09:05", datetime(2026, 7, 1, 7, 5, tzinfo=UTC)),
        (Moment(DAY, time(0)), "2026-11-18T00:00", datetime(2026, 11, 17, 23, tzinfo=UTC)),
    ],
)
def test_a_moment_is_an_instant_of_paris(moment: Moment, iso: str, utc: datetime):
    """In winter and in summer; a whole day starts at midnight and is told without an hour."""
    assert (iso, utc) == (moment.iso, moment.instant.astimezone(UTC))


def test_a_day_s_programme_begins_with_whole_days():
    """Then by hour."""
    programme = [Moment(DAY), Moment(DAY, time(0)), Moment(DAY, time(8, 30)), Moment(date(2026, 11, 19))]
    backwards = programme[::-1]
    assert programme == sorted(backwards, key=lambda moment: moment.sort_key)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_the_school_year_turns_in_summer(day: date, year: int):
    """On 1 August, between two years' classes."""
    assert (year, f"{year}-{year + 1}") == (school_year(day), school_year_label(school_year(day)))


@pytest.mark.parametrize("now", [datetime(2026, 11, 18, hour, tzinfo=PARIS) for hour in (0, 9, 10, 23)])
@pytest.mark.parametrize(
    "moment", [Moment(DAY), Moment(DAY, time(9)), Moment(date(2026, 11, 17)), Moment(date(2026, 11, 19))]
)
def test_a_moment_is_after_an_instant_as_its_own_instant_is(moment: Moment, now: datetime):
    """Its day alone tells it on any other day."""
    assert (moment.instant > now) == moment.is_after(now)
