"""The next instant that changes anything, against what is composed a minute before and at that instant."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from gazette import build
from gazette.check import Clock, check, load
from gazette.model.horizon import horizon
from gazette.model.memo import Forgetful
from gazette.model.moment import PARIS
from gazette.order import Order
from gazette.read.registers import secret_key
from gazette.state import State
from tests.samples import ROOT, Site

DEMO = ROOT / "content"


def composed(folder: Path, content: Path, now: dt.datetime) -> tuple[dict[tuple[str, str], str], dt.datetime]:
    """Return the digest of every sheet composed at an instant, and until when they are said to stay."""
    order = Order(
        content=content, output=folder / "out", settings=ROOT / "pelicanconf.py", now=now, token_secret=b"x" * 32
    )
    newsroom, _ = load(order)
    with State(folder / "memoire") as state:
        reading, clearance, measures = check(order, newsroom, state, Clock(order.tell))
        known = order, measures, secret_key(content), reading.register
        editions = build._compose(clearance.cleared, newsroom, *known, Forgetful())
    digests = {(edition.audience.name, sheet.path): sheet.digest for edition in editions for sheet in edition.sheets}
    return digests, horizon(reading.entries, now).instant


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo, away from git, whose commits have dates too, and where readings are remembered."""
    folder = tmp_path_factory.mktemp("horizon")
    shutil.copytree(DEMO, folder / "content")
    return folder


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-23 00:00",
        "2026-11-27 09:10",
        "2026-11-27 16:00",
        "2026-12-18 15:59",
        "2027-03-27 23:59",
        "2027-03-28 00:30",
    ],
)
def test_nothing_changes_before_and_something_does_then(folder: Path, day: str):
    """An ordinary day, a Friday before and after its closing, the eve and the day of summer time."""
    now = dt.datetime.strptime(day, "%Y-%m-%d %H:%M").replace(tzinfo=PARIS)
    here, instant = composed(folder, folder / "content", now)
    assert now < instant
    before, _ = composed(folder, folder / "content", instant - dt.timedelta(minutes=1))
    then, _ = composed(folder, folder / "content", instant)
    assert (True, True) == (here == before, here != then)


def test_a_text_that_waits_for_an_hour_is_waited_for(site: Site):
    """Not one that waits for another day, nor a draft; and it appears then, not a minute before."""
    path = "actualites/2026-11-24-a-venir.md"
    text = "---\ntitre: À venir\ndate: 2026-11-24 {}\nstatut: {}\nresume: Ce qui vient.\n---\n\nCe qui vient.\n"
    now = dt.datetime(2026, 11, 24, 8, 0, tzinfo=PARIS)
    site.write(path, text.format("14:30", "publie"))
    site.write(path.replace("venir", "part"), text.format("10:00", "brouillon"))
    here, instant = composed(site.output.parent, site.content, now)
    then, after = composed(site.output.parent, site.content, instant)
    expected = now.replace(hour=14, minute=30), now.replace(day=25, hour=0)
    assert (expected, True, True) == (
        (instant, after),
        here != then,
        ("public", "actualites/a-venir/index.html") in then,
    )


def test_the_alarm_is_a_number_in_utc():
    """The only text that a shell compares without knowing of summer time."""
    assert "202703272300" == horizon((), dt.datetime(2027, 3, 27, 11, 30, tzinfo=PARIS)).stamp
    assert "202703282200" == horizon((), dt.datetime(2027, 3, 28, 11, 30, tzinfo=PARIS)).stamp
