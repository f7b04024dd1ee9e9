"""Who is told of what changed: a real hub on loopback, which records what it hears."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import feedparser
import pytest

from gazette.build import build
from gazette.newsdesk.client import Client
from gazette.newsdesk.network import Network
from gazette.publish.plan import Plan
from gazette.terminal.notice import changed_feeds, feed_lines, ping
from tests.samples import TOKEN_SECRET, Site

CLIENT = Client(Network(has_loopback=True), seconds=0.5)
FEEDS = ("fils/tout.atom", "fils/tout.json", "fils/tout.xml", "frise/frise.ics")
UPLOADS = ("actualites/index.html", *FEEDS, "sitemap.xml")
PLANS = tuple(Plan(name, UPLOADS, (), (), 1) for name in ("public", "directeurs"))


class Hub(ThreadingHTTPServer):
    """Answers a status, or nothing at all, and remembers what it was told."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Ear)
        self.status, self.heard, self.rest = status, [], threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/relais"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Ear(BaseHTTPRequestHandler):
    """Hears one request."""

    server: Hub

    def do_POST(self) -> None:
        """Remember, then answer."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.path, self.headers["Content-Type"], parse_qsl(body)))
        if not self.server.status:
            self.server.rest.wait(5)
            return
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/ailleurs")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(request: pytest.FixtureRequest) -> Iterator[Hub]:
    """Give a hub that answers what the test says."""
    found = Hub(getattr(request, "param", 204))
    yield found
    found.rest.set()
    found.shutdown()
    found.server_close()


def test_the_hub_hears_of_the_open_feeds_that_changed_and_of_no_other(site: Site, hub: Hub):
    """By one form (WebSub §7, as PubSubHubbub had it); a restricted edition's addresses are nobody's business."""
    newsroom = replace(site.newsroom(), hub=hub.address)
    told = list(ping(newsroom, changed_feeds(newsroom, PLANS), CLIENT))
    form = [
        ("hub.mode", "publish"),
        *(("hub.url", f"https://sourcelle.example/fils/tout.{s}") for s in ("atom", "json")),
    ]
    assert ([("/relais", "application/x-www-form-urlencoded", form)], ["WebSub : relais prévenu de 2 fil(s)."]) == (
        hub.heard,
        told,
    )


@pytest.mark.parametrize("hub", [500, 302, 0], indirect=True)
def test_a_hub_that_fails_is_told_and_nothing_more(site: Site, hub: Hub):
    """In error, elsewhere, or silent: what is on line is on line; no redirect is followed, and time is counted."""
    newsroom = replace(site.newsroom(), hub=hub.address)
    told = list(ping(newsroom, changed_feeds(newsroom, PLANS), CLIENT))
    assert (1, 1, True) == (len(told), len(hub.heard), "n’a pas été prévenu" in told[0])


def test_a_hub_behind_the_firewall_is_not_asked(site: Site, hub: Hub):
    """An address of this machine, as any client of ours refuses it."""
    newsroom = replace(site.newsroom(), hub=hub.address)
    told = list(ping(newsroom, changed_feeds(newsroom, PLANS)))
    assert ([], True) == (hub.heard, "n’a pas été prévenu" in told[0])


def test_nothing_changed_or_no_hub_is_nothing_said(site: Site, hub: Hub):
    """Nobody is woken for nothing."""
    newsroom = site.newsroom()
    unchanged = (Plan("public", ("index.html",), (), (), 1),)
    told = [*ping(newsroom, changed_feeds(newsroom, PLANS), CLIENT)]
    told += ping(replace(newsroom, hub=hub.address), changed_feeds(newsroom, unchanged), CLIENT)
    assert ([], []) == (told, hub.heard)


def test_who_publishes_is_told_the_addresses_but_those_of_token_feeds(site: Site):
    """By edition; the ENT's too."""
    site.open_tokens()
    plans = (*PLANS, Plan("directeurs-jeton", ("aaaabbbbccccddddeeeeffff00001111.xml", "index.html"), (), (), 1))
    lines = "\n".join(feed_lines(changed_feeds(site.newsroom(), plans), plans))
    assert "public : 4 fil(s) et agenda(s) changés" in lines
    assert "    https://directeurs.sourcelle.example/fils/tout.xml" in lines
    assert (
        "directeurs-jeton : 1 fil(s) changés (leurs adresses : ./gazette jeton directeurs)" in lines,
        "aaaa" in lines,
    ) == (
        True,
        False,
    )


def test_the_open_feeds_tell_of_the_hub_and_no_other(site: Site):
    """In Atom and in JSON Feed, beside their own address (WebSub §4); the ENT's profile stays as it is."""
    address = "https://relais.valbrune.example/"
    site.write(
        "circonscription.yml", f"websub: {address}\n".encode() + (site.content / "circonscription.yml").read_bytes()
    )
    site.open_tokens()
    report = build(site.order(token_secret=TOKEN_SECRET.encode() * 2), pool=site.pool)
    assert not report.is_closed
    atom = feedparser.parse((site.output / "public/fils/tout.atom").read_bytes())
    links = {link["rel"]: link["href"] for link in atom.feed.links}
    assert (address, "https://sourcelle.example/fils/tout.atom") == (links["hub"], links["self"])
    feed = json.loads((site.output / "public/fils/tout.json").read_text("utf-8"))
    assert [{"type": "WebSub", "url": address}] == feed["hubs"]
    told = {p.relative_to(site.output).parts[0] for p in site.output.rglob("*") if p.is_file() and tells(p, address)}
    assert {"public"} == told
    assert not tells(site.output / "public/fils/tout.xml", address)


def tells(path: Path, address: str) -> bool:
    """Tell whether a file holds an address."""
    return address.encode() in path.read_bytes()
