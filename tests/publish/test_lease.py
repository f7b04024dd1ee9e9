"""Tests of publish/lease.py: who holds a target is told as far as clocks agree."""

import datetime as dt
from dataclasses import replace

from gazette.publish.lease import Owner


def test_a_publisher_is_at_work_for_as_long_as_clocks_tell():
    """In minutes, then in hours; one whose clock is ahead of ours has just begun."""
    now, owner = dt.datetime.now(dt.UTC), Owner.of_this_process()
    since = [(now - dt.timedelta(minutes=late)).isoformat(timespec="seconds") for late in (-60, 5, 300)]
    assert ["depuis 0 min", "depuis 5 min", "depuis 5 h"] == [replace(owner, since=at).age() for at in since]
