"""A target without an atomic switch, against a real WebDAV server: what leads somewhere goes after where it leads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.errors import BusyError, TargetError
from gazette.publish.ordered import Ordered, step
from gazette.publish.webdav import WebDav
from tests.plain import files
from tests.publish.newsstand import facts, proofed, put
from tests.publish.servers import webdav


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Give a WebDAV server and the folder it serves."""
    folder = tmp_path_factory.mktemp("dav")
    with webdav(folder) as address:
        yield address, folder


@pytest.fixture
def place(server: tuple[str, Path], tmp_path: Path) -> Iterator[tuple[Ordered, Path]]:
    """Give an empty target and where its files are; it does not wait before it deletes."""
    found = Ordered(WebDav(f"{server[0]}/{tmp_path.name}", "gazette", "secret-canari"), wait=lambda _: None)
    with found.session():
        yield found, server[1] / tmp_path.name


def test_a_publication_makes_the_target_the_edition(tmp_path: Path, place: tuple[Ordered, Path]):
    """What is new is there, what is no more is gone, nothing of ours stands among it; then nothing is sent."""
    target, www = place
    put(target, proofed(tmp_path, index="a", fil__vieux="b"))
    first = files(www)
    plan = put(target, proofed(tmp_path, index="A", fil__é="c"))[0]
    again = put(target, proofed(tmp_path, index="A", fil__é="c"))[0]
    assert ({"index.html": b"a", "fil/vieux.html": b"b"}, {"index.html": b"A", "fil/é.html": b"c"}) == (
        first,
        files(www),
    )
    assert (("fil/vieux.html",), True, True) == (plan.deletes, again.is_empty, target.damages()[0].is_none)


def test_a_target_edited_by_hand_is_mended(tmp_path: Path, place: tuple[Ordered, Path]):
    """A page with other bytes, one that is gone, one that nobody published."""
    target, www = place
    edition = proofed(tmp_path, index="abc", fil="b")
    put(target, edition)
    (www / "index.html").write_text("ABCD")
    (www / "fil.html").unlink()
    (www / "intrus.html").write_text("x")
    damage = target.damages()[0]
    put(target, edition)
    told = (damage.missing, damage.changed, damage.strange)
    assert ((("fil.html",), ("index.html",), ("intrus.html",)), {"index.html": b"abc", "fil.html": b"b"}) == (
        told,
        files(www),
    )


def test_what_leads_somewhere_is_sent_after_where_it_leads():
    """Pictures and styles, pages, lists and the home page, feeds and indexes."""
    paths = ["fils/tout.xml", "index.html", "actualites/index.html", "actualites/defi/index.html", "theme/a.css"]
    assert list(reversed(paths)) == sorted(paths, key=lambda path: (step(path), -path.count("/")))


def test_another_publisher_is_waited_for(tmp_path: Path, place: tuple[Ordered, Path]):
    """And told."""
    target, www = place
    with target.alone(), pytest.raises(BusyError, match="autre publication"):
        put(target, proofed(tmp_path, index="a"))
    assert {} == files(www)


def test_a_wrong_password_is_told_without_repeating_it(server: tuple[str, Path]):
    """By the code of the server."""
    target = Ordered(WebDav(f"{server[0]}/x", "gazette", "faux-canari"))
    with pytest.raises(TargetError) as caught, target.session():
        pass
    assert ("401" in str(caught.value), "canari" in str(caught.value)) == (True, False)


def test_there_is_no_way_back(place: tuple[Ordered, Path]):
    """Nothing is kept, and the remedy is told."""
    with pytest.raises(TargetError, match="git revert"):
        place[0].back(0, facts())
