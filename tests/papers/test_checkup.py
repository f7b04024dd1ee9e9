"""How the sources are, as the team and the schools read it: a page, a feed, a message."""

import datetime as dt
import email.policy
import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser

from gazette.model.correspondent import Correspondent
from gazette.model.entry import Ecole
from gazette.newsdesk.health import REMEDIES, Health, load
from gazette.papers.checkup import Checkup, checkup
from tests.judges import violations
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import NOW, OTHER, UAI, Newsdesk, entry, rss
from tests.samples import ROOT, sample_entry

CODE = re.compile(r'"((?:RES|GIT|FLX|DOS)-\d\d)"')


def test_no_fault_is_left_without_a_remedy():
    """Each code that a source may end with says what to do, and no other does."""
    files = (ROOT / "plugins" / "gazette" / "newsdesk").glob("*.py")
    raised = {code for file in files if file.name != "health.py" for code in CODE.findall(file.read_text("utf-8"))}
    assert raised == REMEDIES.keys()


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


def looked_at(desk: Newsdesk) -> Checkup:
    """Return the checkup of what is remembered of the newsdesk's sources."""
    facts = {u: {"title": f"École {u}", "email": f"ce.{u.lower()}@ac.example", "town": "V"} for u in (UAI, OTHER)}
    schools = [sample_entry(Ecole, uai=uai, **told) for uai, told in facts.items()]
    return checkup("Valbrune", schools, load(desk.folder / "etat"), desk.sources, desk.now)


def test_a_dead_source_is_told_to_the_team_and_to_its_school(tmp_path: Path, peer: Peer):
    """After a week: what is wrong, what to do, since when, to the function address; the other school hears nothing."""
    desk = Newsdesk(tmp_path)
    bad = desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    desk.declare("rss", peer.serve_feed("/b", rss(entry(2))), OTHER)
    desk.run()
    peer.answer("/a", "HTTP/1.1 403 Non")
    desk.run()
    assert {"index.html", "sources.atom"} == looked_at(desk).files().keys()
    desk.later(days=8)
    desk.run()
    files = looked_at(desk).files()
    assert {"index.html", "sources.atom", f"messages/{UAI}-1.eml"} == files.keys()
    message = message_from_bytes(files[f"messages/{UAI}-1.eml"], policy=email.policy.default)
    words = message.get_content()
    assert (f"ce.{UAI.lower()}@ac.example", "1") == (message["To"], message["X-Unsent"])
    told = ("Depuis le 23/11/2026", bad.url, "interdit (403)", "ouvrez l’adresse dans un navigateur", "il y a 8 jours")
    assert [] == [part for part in told if part not in words]
    page = files["index.html"].decode()
    told = (
        "École 0869001S",
        "1 à regarder",
        "[RES-12]",
        "2 fois de suite",
        "en ordre",
        "1 vu(s), 1 gardé(s), 0 refusé(s)",
    )
    assert [] == [part for part in told if part not in page]


def test_the_feed_tells_each_trouble_once(tmp_path: Path, peer: Peer):
    """Read by someone else's parser: the same entry while it lasts, none once it is over."""
    desk = Newsdesk(tmp_path)
    desk.declare("rss", peer.serve_feed("/a", rss(entry(1))))
    desk.run()
    assert [] == feeds(desk)
    peer.answer("/a", "HTTP/1.1 410 Gone")
    desk.run()
    first = feeds(desk)
    desk.later(days=1)
    desk.run()
    assert (1, first) == (len(first), feeds(desk))
    peer.serve_feed("/a", rss(entry(1)))
    desk.run(UAI)
    assert [] == feeds(desk)


def feeds(desk: Newsdesk) -> list[tuple[str, str, str]]:
    """Return id, moment and title of each entry of the feed."""
    found = feedparser.parse(io.BytesIO(looked_at(desk).files()["sources.atom"]))
    assert (0, "atom10") == (found.bozo, found.version)
    return [(e.id, e.updated, e.title) for e in found.entries]


def test_what_said_that_it_is_no_more_is_known_on_every_machine(tmp_path: Path, peer: Peer):
    """The lock file says so to one that remembers nothing: it asks nobody, and tells it all the same."""
    desk = Newsdesk(tmp_path)
    desk.declare("rss", peer.answer("/a", "HTTP/1.1 410 Gone"))
    desk.run()
    (tmp_path / "etat" / "collecte.json").unlink()
    asked = len(peer.asked)
    desk.run()
    page = looked_at(desk).page()
    assert (asked, True, True) == (len(peer.asked), "RES-11" in page, "plus demandée" in page)
    assert [f"{UAI}-1"] == [name for name, _ in looked_at(desk).messages()]


def test_what_a_source_writes_stays_words(tmp_path: Path):
    """Nothing that a source or a directory says becomes markup."""
    desk = Newsdesk(tmp_path)
    one = desk.declare("dossier", "/partage/<b>")
    hostile = Health(success="2026-11-22T08:00:00+01:00", held="<script>", notes=("<img src=x>",))
    found = Checkup("<i>", {}, [(one, hostile)], desk.now)
    assert 0 == sum(bad in found.page() + found.feed() for bad in ("<script>", "<img", "<b>", "<i>"))
    feedparser_says = feedparser.parse(io.BytesIO(found.feed().encode()))
    assert (0, dt.date(2026, 11, 22)) == (feedparser_says.bozo, dt.date(*feedparser_says.entries[0].updated_parsed[:3]))


def test_a_message_about_what_was_never_read_leaves_no_hole():
    """It tells of no success, and its paragraphs stand one line apart."""
    facts = {"uai": UAI, "title": "École", "email": "ce@ac.example", "town": "V"}
    one = Correspondent(UAI, "rss", "https://ecole.example/flux.xml", ("actualites",))
    ill = Health(since="2026-11-02T08:00:00+01:00", faults=3, code="RES-01", fault="machine introuvable")
    found = checkup("Valbrune", [sample_entry(Ecole, **facts)], {one.key: ill}, [one], NOW)
    ((_, message),) = found.messages()
    words = message_from_bytes(message, policy=email.policy.default).get_content()
    assert (False, False) == ("\n\n\n" in words, "réussie" in words)


def test_a_school_is_asked_for_what_is_its_own_to_do():
    """The directory is the team's: of a source that is no more, the school tells the new address."""
    one = Correspondent(UAI, "rss", "https://ecole.example/flux.xml", ("actualites",))
    gone = Health(since="2026-11-02T08:00:00+01:00", faults=1, code="RES-11", fault="n’existe plus (410)", is_gone=True)
    school = sample_entry(Ecole, uai=UAI, title="École", email="ce@ac.example", town="V")
    ((_, message),) = checkup("Valbrune", [school], {one.key: gone}, [one], NOW).messages()
    words = message_from_bytes(message, policy=email.policy.default).get_content()
    assert (True, False) == ("donnez-nous sa nouvelle adresse" in words, "annuaire" in words)


def test_its_page_is_read_in_the_dark(browser: Browser, peer: Peer, tmp_path: Path):
    """Its letters are light on a dark sheet, which paper never is; axe finds nothing in either scheme."""
    desk = Newsdesk(tmp_path)
    desk.declare("rss", peer.answer("/a", "HTTP/1.1 410 Gone"))
    desk.run()
    tab, seen = browser.new_page(viewport={"width": 320, "height": 900}), []
    tab.set_content(looked_at(desk).page())
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
        tab.emulate_media(media=media, color_scheme=scheme)
        seen.append((tab.evaluate("() => getComputedStyle(document.body).backgroundColor"), violations(tab)))
    tab.close()
    assert [("rgb(255, 255, 255)", []), ("rgb(19, 23, 38)", []), ("rgb(255, 255, 255)", [])] == seen
