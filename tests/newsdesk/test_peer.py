"""Gazettes that gather each other: a département its circonscriptions, an académie its départements."""

import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.model.depeche import first_home, provenance
from gazette.read.worker import parse
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk

Route = Callable[[socket.socket, bytes], None]


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


def identity(name: str) -> str:
    """Return the id of an item."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


class Gazette:
    """What a circonscription prints of itself, and, when it gathers, its newsdesk."""

    def __init__(self, peer: Peer, folder: Path, name: str) -> None:
        self.peer, self.name = peer, name
        self.desk = Newsdesk(folder / name)
        self.own: list[str] = []
        self.events: list[dict[str, object]] = []

    @property
    def url(self) -> str:
        """Return its address."""
        return self.peer.url(f"/{self.name}/")

    def gather(self) -> None:
        """Gather from its sources and accept all of it."""
        self.desk.run(ours=self.name, branch="collecte/2026-S48")

    def titles(self) -> list[str]:
        """Return the titles it prints, its own and what it gathered."""
        return sorted([*self.own, *(parse(t.encode())["front"]["titre"] for t in self.desk.files().values())])

    def publish(self) -> None:
        """Put its documents on line."""
        for path, body in self.documents().items():
            self.peer.serve_feed(path, body)

    def documents(self) -> dict[str, bytes]:
        """Return its discovery document, its feed and its frise, as our press prints them."""
        items = [self.item(title, identity(f"{self.name}/{title}"), {}) for title in self.own]
        for text in self.desk.files().values():
            origin = provenance(text)
            home = first_home(origin.id) if origin else None
            assert home
            first = {"_gazette": {"circonscription": home[0], "id": home[1]}}
            items.append(self.item(parse(text.encode())["front"]["titre"], identity(f"{self.name}/{home}"), first))
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": self.name, "items": items}
        facts = {
            "format": 1,
            "circonscription": self.name,
            "fils": {"actualites": f"{self.url}fils/actualites.json"},
            "frise": f"{self.url}frise/frise.json",
        }
        frise = {"format": 1, "evenements": self.events}
        files = {".well-known/gazette.json": facts, "fils/actualites.json": feed, "frise/frise.json": frise}
        return {f"/{self.name}/{path}": json.dumps(told).encode() for path, told in files.items()}

    def item(self, title: str, name: str, more: dict[str, object]) -> dict[str, object]:
        """Return an item of its feed."""
        told = {"id": name, "title": title, "url": f"https://{self.name}.example/{title}/", "content_html": "<p>x</p>"}
        return told | {"date_published": "2026-11-02T08:00:00+01:00"} | more


def test_each_item_is_there_once_whatever_way_it_came(peer: Peer, tmp_path: Path):
    """Three levels: an académie that reads its département, and one of its circonscriptions too."""
    circ, other, dept, academy = (Gazette(peer, tmp_path, n) for n in ("vallee", "plaine", "montclair", "academie"))
    circ.own, other.own, dept.own = ["Jardin", "Chorale"], ["Cross"], ["Rentrée"]
    dept.desk.declare("gazette", circ.url)
    dept.desk.declare("gazette", other.url, OTHER)
    academy.desk.declare("gazette", dept.url)
    academy.desk.declare("gazette", circ.url, OTHER)
    for _ in range(2):
        for level in ((circ, other), (dept,), (academy,)):
            for one in level:
                one.gather()
                one.publish()
    everything = ["Chorale", "Cross", "Jardin", "Rentrée"]
    assert (everything, everything) == (dept.titles(), academy.titles())


def test_two_gazettes_that_read_each_other_do_not_echo(peer: Peer, tmp_path: Path):
    """F75: what was ours is recognised by its first home, however far it went."""
    left, right = Gazette(peer, tmp_path, "gauche"), Gazette(peer, tmp_path, "droite")
    left.own, right.own = ["A"], ["B"]
    left.desk.declare("gazette", right.url)
    right.desk.declare("gazette", left.url)
    left.publish()
    for _ in range(3):
        for one in (right, left):
            one.gather()
            one.publish()
    assert (["A", "B"], ["A", "B"]) == (left.titles(), right.titles())


def test_a_gazette_is_not_its_own_source(peer: Peer, tmp_path: Path):
    """F75: told, and nothing gathered."""
    alone = Gazette(peer, tmp_path, "seule")
    alone.own = ["A"]
    alone.publish()
    alone.desk.declare("gazette", alone.url)
    assert ("FLX-04", {}) == (alone.desk.one(ours="seule").health.code, alone.desk.files())


def test_what_its_first_home_withdraws_goes_everywhere_in_one_round(peer: Peer, tmp_path: Path):
    """F80, at three levels."""
    circ, dept, academy = (Gazette(peer, tmp_path, n) for n in ("vallee", "montclair", "academie"))
    circ.own = [f"T{n}" for n in range(6)]
    dept.desk.declare("gazette", circ.url)
    academy.desk.declare("gazette", dept.url)
    for _ in range(2):
        circ.own = [title for title in circ.own if title != "T3"] if academy.titles() else circ.own
        for one in (circ, dept, academy):
            one.gather()
            one.publish()
    assert ["T0", "T1", "T2", "T4", "T5"] == academy.titles()


def test_its_events_come_with_their_pages_or_by_themselves(peer: Peer, tmp_path: Path):
    """The frise of another Gazette: attached to what announces it."""
    circ = Gazette(peer, tmp_path, "vallee")
    circ.own = ["Cross"]
    common = {"nature": "evenement", "etat": "prevu", "lieu": "Stade", "resume": "Venez.", "sources": []}
    start = {"debut": "2026-12-01T13:30:00+01:00", "fin": None}
    page = "https://vallee.example/Cross/#e"
    circ.events = [
        {"id": str(uuid.uuid4()), "titre": "Départ", "adresse": page} | start | common,
        {"id": str(uuid.uuid4()), "titre": "Forum", "adresse": "https://vallee.example/frise/"} | start | common,
    ]
    circ.publish()
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url)
    desk.run()
    found = {(f := parse(t.encode())["front"])["titre"]: f["evenements"] for t in desk.files().values()}
    assert {"Cross": "Départ", "Forum": "Forum"} == {title: rows[0]["titre"] for title, rows in found.items()}
    assert {"2026-12-01 13:30"} == {rows[0]["debut"] for rows in found.values()}


def test_a_gazette_speaks_for_its_own_machine_alone(peer: Peer, tmp_path: Path):
    """A discovery document leads nowhere else."""
    circ = Gazette(peer, tmp_path, "vallee")
    circ.publish()
    facts = {"format": 1, "circonscription": "vallee", "fils": {"actualites": "https://autre.example/f.json"}}
    peer.serve_feed("/vallee/.well-known/gazette.json", json.dumps(facts).encode())
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url)
    assert ("FLX-05", UAI) == (desk.one().health.code, desk.sources[0].uai)


def test_each_item_comes_by_its_own_home_whoever_claims_it_first(peer: Peer, tmp_path: Path):
    """A Gazette that puts its words under another's names changes nothing of what that other says."""
    circ, thief = Gazette(peer, tmp_path, "vallee"), Gazette(peer, tmp_path, "aaa")
    circ.own = ["Jardin", "Chorale", "Cross"]
    circ.publish()
    stolen = {"_gazette": {"circonscription": "vallee", "id": identity("vallee/Jardin")}}
    thief.own = ["Une réclame"]
    thief.item = lambda title, name, _: {"id": name, "title": title, "content_text": "x"} | stolen  # type: ignore[method-assign]
    thief.publish()
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", thief.url)
    desk.declare("gazette", circ.url, OTHER)
    desk.run()
    assert ({OTHER}, 3) == ({path.split("/")[1] for path in desk.files()}, len(desk.files()))


@pytest.mark.parametrize("slow", ["nord", "sud"])
def test_what_two_relays_tell_comes_by_the_first_of_the_directory(peer: Peer, tmp_path: Path, slow: str):
    """Whoever answers sooner; and it stays there, though that one is silent for a day."""
    relays = {name: Gazette(peer, tmp_path, name) for name in ("nord", "sud")}
    other = next(name for name in relays if name != slow)
    desk, is_told = Newsdesk(tmp_path / "academie"), threading.Event()
    for uai, (name, relay) in zip((UAI, OTHER), relays.items(), strict=True):
        relay.own = [f"Mot de {name}"]
        relay.publish()
        items = [relay.item("Jardin", identity(name), {"_gazette": {"circonscription": "vallee", "id": identity("j")}})]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": name, "items": items}
        peer.serve_feed(f"/{name}/fils/actualites.json", json.dumps(feed).encode())
        desk.declare("gazette", relay.url, uai)
    last, first = f"/{other}/frise/frise.json", f"/{slow}/.well-known/gazette.json"
    answers, waits = peer.routes[last], peer.routes[first]

    def told(sock: socket.socket, request: bytes) -> None:
        answers(sock, request)
        is_told.set()

    peer.routes |= {last: told, first: lambda sock, request: is_told.wait(20) and waits(sock, request)}
    desk.run()
    (path,) = desk.files()
    assert (True, UAI) == (is_told.is_set(), path.split("/")[1])
    del peer.routes["/nord/.well-known/gazette.json"]
    assert ([0, 0], [path]) == ([g.new for g in desk.run().gathered], list(desk.files()))


def test_what_was_relayed_stays_until_it_is_accepted_from_its_home(peer: Peer, tmp_path: Path):
    """Its home is declared later: both wait for somebody's word, then the home's alone is left."""
    circ, dept = Gazette(peer, tmp_path, "vallee"), Gazette(peer, tmp_path, "montclair")
    circ.own, dept.own = ["Jardin"], ["Rentrée"]
    dept.desk.declare("gazette", circ.url)
    circ.publish()
    dept.gather()
    dept.publish()
    academy = Newsdesk(tmp_path / "academie")
    academy.declare("gazette", dept.url)
    academy.run()
    for path in academy.files():
        academy.accept(path)
    before = academy.files()
    academy.declare("gazette", circ.url, OTHER)
    for _ in range(2):
        relay = academy.run().gathered[0]
        stands = {path: text for path, text in academy.files().items() if UAI in path}
        assert (True, 0, before) == ("leur propre Gazette" in relay.health.held, relay.withdrawn, stands)
    (waits,) = academy.files().keys() - before.keys()
    academy.accept(waits)
    relay = academy.one(UAI, is_confirmed=True)
    assert (1, "", 2) == (relay.withdrawn, relay.health.held, len(academy.files()))
    again = academy.run()
    assert [("", 0, 0)] * 2 == [(g.health.held, g.new, g.withdrawn) for g in again.gathered]


@pytest.mark.parametrize("is_known", [False, True])
def test_two_gazettes_of_one_name_are_told(peer: Peer, tmp_path: Path, is_known: bool):
    """Neither is heard when both are new; who was known is heard, and who takes its name is not."""
    circ, other = Gazette(peer, tmp_path, "vallee"), Gazette(peer, tmp_path, "aaa")
    circ.own, other.own = ["Jardin"], ["Réclame"]
    circ.publish()
    other.publish()
    taken = peer.routes["/vallee/.well-known/gazette.json"]
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url, OTHER)
    if is_known:
        desk.run()
    desk.declare("gazette", other.url)
    peer.routes["/aaa/.well-known/gazette.json"] = taken
    thief, home = desk.run().gathered
    assert ("FLX-06", "" if is_known else "FLX-06") == (thief.health.code, home.health.code)


def test_a_gazette_that_did_not_change_is_not_sent_again(peer: Peer, tmp_path: Path):
    """Each of its documents is asked for by its ETag; a copy that was damaged here is asked for whole."""
    circ = Gazette(peer, tmp_path, "vallee")
    circ.own = ["Jardin"]
    circ.publish()
    sent: list[str] = []
    for path, body in circ.documents().items():
        route = peer.serve_feed(path, body, '"v1"').removeprefix(peer.url(""))
        peer.routes[route] = counted(peer.routes[route], sent)
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url)
    desk.run()
    first = len(sent)
    assert ((0, ""), first) == ((desk.one().new, desk.one().health.fault), len(sent))
    for kept in (desk.folder / "etat" / "documents").iterdir():
        if kept.suffix != ".json":
            kept.write_bytes(b"abime")
    assert ((0, ""), 2 * first) == ((desk.one().new, desk.one().health.fault), len(sent))


def counted(route: Route, sent: list[str]) -> Route:
    """Return a route that remembers the whole answers it sent."""

    def reply(sock: socket.socket, request: bytes) -> None:
        if b"if-none-match" not in request.lower():
            sent.append(request.split(b" ")[1].decode())
        route(sock, request)

    return reply


def test_a_gazette_that_leads_to_no_archives_is_told_so(peer: Peer, tmp_path: Path):
    """Beyond what its fils show, nothing that it withdraws is followed: the team hears it, with the remedy."""
    circ = Gazette(peer, tmp_path, "vallee")
    circ.own = [f"T{n}" for n in range(60)]
    circ.publish()
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url)
    assert ["archives: oui" in note for note in desk.one().health.notes] == [True]


def test_a_full_feed_without_dates_withdraws_nothing(peer: Peer, tmp_path: Path):
    """Nobody can tell what left its window from what was taken off."""
    circ = Gazette(peer, tmp_path, "vallee")
    circ.own = [f"T{n}" for n in range(60)]
    circ.item = lambda title, name, more: {"id": name, "title": title, "content_text": "x"} | more  # type: ignore[method-assign]
    circ.publish()
    desk = Newsdesk(tmp_path / "dept")
    desk.declare("gazette", circ.url)
    desk.run()
    circ.own = circ.own[:55]
    circ.publish()
    done = desk.one()
    assert (0, "", 60) == (done.withdrawn, done.health.held, len(desk.files()))
