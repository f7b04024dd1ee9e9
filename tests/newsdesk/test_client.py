"""The HTTP client before servers that misbehave (SAFETY F49-F62, F76-F78); each connection is counted at the socket."""

import gzip
import ipaddress
import resource
import socket
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from gazette.newsdesk.client import HOPS, Client
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.network import Network, is_public
from tests.newsdesk.misbehaving import FEED, Peer, drip, misbehaving
from tests.newsdesk.newsroom import Newsdesk, entry, rss

CONNECTED: list[tuple[str, int]] = []
"""Every address that this process connected to, as the interpreter saw it."""


def _seen(event: str, facts: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(facts[1], tuple):
        CONNECTED.append(facts[1][:2])


sys.addaudithook(_seen)


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Give a test its server."""
    with misbehaving() as served:
        yield served


@pytest.fixture
def client() -> Client:
    """Give a test a client that may speak to loopback, and does not wait long."""
    return Client(Network(has_loopback=True), seconds=1.0, size=1024 * 1024)


def fault(client: Client, url: str, **conditions: str) -> str:
    """Return the code of why nothing came."""
    with pytest.raises(FetchError) as caught:
        client.get(url, **conditions)
    return caught.value.code


PRIVATE = (
    *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "::ffff:0:127.0.0.1", "fec0::1", "fe80::1"),
    *(
        "fc00::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "3fff::1",
        "fe80::1%eth0",
        "5f00::1",
        "pas une adresse",
    ),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_no_special_address_is_public(address: str):
    """F55: with the traps of ``is_global`` among them."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_machines_of_the_internet_are_public(address: str):
    """And can be asked."""
    assert is_public(address)


SPELLINGS = (
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "0", "0.0"),
    *("localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "10.1", "169.254.169.254", "2852039166", "0xA9FEA9FE"),
    *("192.168.257", "0300.0250.1.1", "[::1]", "[::ffff:127.0.0.1]", "[::]", "①②⑦.⓪.⓪.①", "127。0。0。1"),
    *("[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]"),
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_private_address_is_ever_connected_to(spelling: str):
    """F55: refused before a socket is opened, in an address as in a redirect."""
    CONNECTED.clear()
    assert fault(Client(), f"https://{spelling}/flux.xml") in {"RES-01", "RES-02", "RES-06"}
    assert [] == CONNECTED


@pytest.mark.parametrize(
    "target",
    [
        *("https://169.254.169.254/latest/", "https://localhost/", "https://10.0.0.1/", "https://[::1]/"),
        *("file:///etc/passwd", "gopher://x/", "ftp://x/", "//10.0.0.1/x", "https://u:p@host.example/", "http://x/"),
        *("https://2130706433/", "https://host.example:22/", "javascript:alert(1)", "https://é.example/", ""),
    ],
)
def test_a_redirect_leads_nowhere_private(peer: Peer, client: Client, target: str):
    """F52, F53, F57: each hop is vetted like the first; only the first hop is connected to."""
    url = peer.answer("/", f"HTTP/1.1 302 Found\nLocation: {target}".encode().decode("latin-1"))
    CONNECTED.clear()
    strict = Client(_OnlyFirst(peer.port), seconds=1.0)
    with pytest.raises(FetchError):
        strict.get(url)
    assert [("127.0.0.1", peer.port)] == CONNECTED


class _OnlyFirst(Network):
    """Lets the test's own server be asked, and vets the rest as in production."""

    def __init__(self, port: int) -> None:
        super().__init__(has_loopback=True)
        object.__setattr__(self, "_first", port)

    def addresses(self, host: str, port: int) -> list[str]:
        if port == self._first:
            return super().addresses(host, port)
        return Network().addresses(host, port)

    __slots__ = ("_first",)


def test_a_name_is_resolved_once_and_connected_to_as_vetted(monkeypatch: pytest.MonkeyPatch):
    """F54: a name that becomes 127.0.0.1 at the second look gains nothing."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    tried: list[str] = []

    def create(address: tuple[str, int], limit: float) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("gazette.newsdesk.client.socket.create_connection", create)
    client = Client(Network(resolve=lambda *_: next(answers)))
    assert ("RES-14", ["93.184.216.34"]) == (fault(client, "https://rebind.example/"), tried)


def test_one_private_address_among_public_ones_refuses_the_name():
    """F54: no choice is left to the connection."""
    client = Client(Network(resolve=lambda *_: ["93.184.216.34", "10.0.0.1"]))
    assert "RES-02" == fault(client, "https://mixte.example/")


def test_a_document_comes_once_and_then_only_when_it_changed(peer: Peer, client: Client):
    """A conditional request spares both sides."""
    url = peer.serve_feed("/flux.xml", FEED, '"v1"')
    first = client.get(url)
    second = client.get(url, etag=first.etag)
    assert (200, FEED, '"v1"', 304, b"") == (first.status, first.body, first.etag, second.status, second.body)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("HTTP/1.1 500 Oups", "RES-16"),
        ("HTTP/1.1 502 Oups", "RES-16"),
        ("HTTP/1.1 403 Non", "RES-12"),
        ("HTTP/1.1 401 Non\nWWW-Authenticate: Basic", "RES-12"),
        ("HTTP/1.1 404 Non", "RES-12"),
        ("HTTP/1.1 204 Rien", "RES-12"),
        ("HTTP/1.1 206 Partie", "RES-12"),
        ("HTTP/1.1 410 Gone", "RES-11"),
        ("HTTP/1.1 304 Inchange", "RES-07"),
        ("HTTP/1.1 200 OK\nContent-Encoding: gzip, gzip", "RES-08"),
        ("HTTP/1.1 200 OK\nContent-Encoding: br", "RES-08"),
        ("HTTP/1.1 200 OK\nContent-Encoding: zstd", "RES-08"),
        ("HTTP/1.1 200 OK\nContent-Encoding: gzip", "RES-08"),
        ("HTTP/1.1 200 OK\nContent-Length: 1000000", "RES-10"),
        ("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "RES-10"),
        ("SSH-2.0-OpenSSH_9.2", "RES-15"),
        ("HTTP/1.1 abc", "RES-15"),
    ],
)
def test_what_is_no_document_is_told_and_never_taken_for_one(peer: Peer, client: Client, head: str, code: str):
    """F49-F51, F60, F61, F76: one code each."""
    assert code == fault(client, peer.answer("/x", head, b"ceci n'est pas fini"))


def test_lies_about_length_cost_their_source_alone(peer: Peer, client: Client):
    """F60: short, long and negative lengths; what is whole is read."""
    short = peer.answer("/s", "HTTP/1.1 200 OK\nContent-Length: 3", FEED)
    negative = peer.answer("/n", "HTTP/1.1 200 OK\nContent-Length: -5", FEED)
    long = peer.answer("/l", f"HTTP/1.1 200 OK\nContent-Length: {len(FEED) + 1}", FEED)
    assert (FEED[:3], FEED, "RES-10") == (client.get(short).body, client.get(negative).body, fault(client, long))


def test_who_is_asked_to_wait_waits(peer: Peer, client: Client):
    """F50: in seconds or as a date, a day at most."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=3000), usegmt=True)
    waits = []
    for rank, value in enumerate(("120", "99999999", later, "demain", "-5", "")):
        url = peer.answer(f"/{rank}", f"HTTP/1.1 429 Trop\nRetry-After: {value}")
        with pytest.raises(FetchError) as caught:
            client.get(url)
        waits.append(round(caught.value.wait, -3) if value == later else caught.value.wait)
    assert [120, 86_400, 3000, 0, 0, 0] == waits


def test_a_loop_of_redirects_is_cut(peer: Peer, client: Client):
    """F52."""
    url = peer.answer("/a", f"HTTP/1.1 302 Found\nLocation: {peer.url('/a')}")
    assert ("RES-05", HOPS + 1) == (fault(client, url), len(peer.asked))


def test_a_permanent_redirect_is_told(peer: Peer, client: Client):
    """The directory can be corrected; a temporary one says nothing."""
    end = peer.serve_feed("/nouveau", FEED)
    moved = peer.answer("/vieux", f"HTTP/1.1 301 Moved\nLocation: {end}")
    passing = peer.answer("/passage", f"HTTP/1.1 302 Found\nLocation: {end}")
    assert (end, "", "") == (client.get(moved).moved, client.get(passing).moved, client.get(end).moved)


def test_nothing_is_sent_on_to_another_server(peer: Peer, client: Client):
    """F58, F78: no condition, cookie nor referrer goes across; a constant name does."""
    with misbehaving() as other:
        end = other.serve_feed("/fin", FEED)
        start = peer.answer("/", f"HTTP/1.1 302 Found\nLocation: {end}\nSet-Cookie: a=b")
        client.get(start, etag='"secret"', modified="Sun, 22 Nov 2026 10:00:00 GMT")
        client.get(end)
        asked = [request.lower() for request in other.asked]
    assert b'if-none-match: "secret"' in peer.asked[0].lower()
    names = {line.split(b":")[0] for request in asked for line in request.split(b"\r\n")[1:] if line}
    assert {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"} == names


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["corps", "morceaux", "en-tete", "statut", "en-tetes", "continuer"],
)
def test_a_slow_drip_meets_the_wall(peer: Peer, head: bytes, piece: bytes):
    """F59: wherever the answer stands, time is counted on the wall."""
    peer.routes["/"] = drip(head, piece)
    start = time.monotonic()
    code = fault(Client(Network(has_loopback=True), seconds=0.5), peer.url("/"))
    assert code in {"RES-04", "RES-15"}
    assert time.monotonic() - start < 10  # on a busy machine; without the alarm: for ever


def test_bombs_are_cut_at_their_size(peer: Peer, client: Client):
    """F60-F62: 1 GiB in a megabyte, plain or inflated, on the document or on the redirect."""
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join([pack.compress(bytes(1 << 20)) for _ in range(256)]) + pack.flush()
    head = "HTTP/1.1 200 OK\nContent-Encoding: gzip"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gzipped = fault(client, peer.answer("/gz", head, bomb))
    plain = fault(client, peer.answer("/plein", "HTTP/1.1 200 OK", bytes(3 << 20)))
    end = peer.serve_feed("/fin", FEED)
    redirect = f"HTTP/1.1 302 Found\nContent-Encoding: gzip\nLocation: {end}"
    unread = client.get(peer.answer("/saut", redirect, bomb)).body
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert ("RES-09", "RES-09", FEED, True) == (gzipped, plain, unread, grown < 60_000)


def test_what_is_compressed_is_read(peer: Peer, client: Client):
    """One coding."""
    zipped = peer.answer("/gz", "HTTP/1.1 200 OK\nContent-Encoding: gzip", gzip.compress(FEED))
    deflated = peer.answer("/z", "HTTP/1.1 200 OK\nContent-Encoding: deflate", zlib.compress(FEED))
    cut = peer.answer("/cut", "HTTP/1.1 200 OK\nContent-Encoding: gzip", gzip.compress(FEED)[:-12])
    assert (FEED, FEED, "RES-10") == (client.get(zipped).body, client.get(deflated).body, fault(client, cut))


def test_proxies_of_the_environment_are_not_asked(peer: Peer, client: Client, monkeypatch: pytest.MonkeyPatch):
    """F56."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert FEED == client.get(peer.serve_feed("/", FEED)).body


def certificate(folder: Path, name: str, days: int = 2) -> tuple[Path, Path]:
    """Make a self-signed certificate for a name."""
    key, made = folder / "cle.pem", folder / "certificat.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(made)]
    command += ["-days", str(days), "-subj", f"/CN={name}", "-addext", f"subjectAltName={name}"]
    subprocess.run(command, check=True, capture_output=True)
    return key, made


@pytest.mark.parametrize(
    ("name", "is_trusted", "code"),
    [("IP:127.0.0.1", True, ""), ("IP:127.0.0.1", False, "RES-13"), ("DNS:autre.example", True, "RES-13")],
)
def test_a_certificate_must_be_good(tmp_path: Path, name: str, is_trusted: bool, code: str):
    """F77: self-signed, or of another name: nothing is read."""
    key, made = certificate(tmp_path, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    trust = ssl.create_default_context(cafile=str(made) if is_trusted else None)
    client = Client(Network(has_loopback=True), seconds=5.0, trust=trust)
    with misbehaving(context) as peer:
        url = peer.serve_feed("/", FEED)
        assert (code or FEED) == (client.get(url).body if not code else fault(client, url))


def test_no_fault_tells_an_address_nor_what_a_server_wrote(peer: Peer, client: Client):
    """G17, R17: a token in an address is in no message."""
    url = peer.answer("/x?jeton=SECRET", "HTTP/1.1 500 SECRET\nContent-Length: 0")
    with pytest.raises(FetchError) as caught:
        client.get(url)
    assert "SECRET" not in str(caught.value)


def test_a_whole_collection_connects_to_nothing_private(tmp_path: Path, peer: Peer):
    """F53-F55: redirects, pictures, fils of another Gazette, git and ssh: every connection is counted at the socket."""
    desk = Newsdesk(tmp_path)
    private = ("10.0.0.1", "169.254.169.254", "[fd00::1]", "[::ffff:10.0.0.1]", "2130706433.nip.example")
    text = "".join(f"&lt;img src='https://{host}/p.jpg'&gt;" for host in private)
    desk.declare("rss", peer.serve_feed("/images", rss(entry(1, text=text))))
    for rank, host in enumerate(private):
        url = peer.answer(f"/vers-{rank}", f"HTTP/1.1 302 Found\nLocation: https://{host}/")
        desk.declare("rss", url, f"{rank:07}R")
        desk.declare("gazette", f"https://{host.strip('[]').replace(':', '-')}/", f"{rank:07}Z")
    desk.declare("git", "https://10.0.0.1/a.git", "0000001G")
    desk.declare("git", "ssh://git@169.254.169.254/a.git", "0000002G")
    network = Network(has_loopback=True, resolve=lambda h, _: [h] if is_address(h) else ["192.168.7.7"])
    CONNECTED.clear()
    done = desk.run(network=network)
    assert {"127.0.0.1"} == {host for host, _ in CONNECTED}
    faults = {g.health.code for g in done.gathered if g.correspondent.url != peer.url("/images")}
    assert (True, 1) == (faults <= {"RES-02", "RES-06", "RES-01"}, len(desk.files()))


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address already."""
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False
