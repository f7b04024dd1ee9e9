"""The HTTP client: public machines alone at each hop, within a wall deadline and a size, and nothing told of us.

No cookie, no Referer, no proxy of the environment, one content coding, redirects followed by hand with their bodies
unread. The deadline closes the socket, wherever the answer stands: a server that drips headers meets it too.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from gazette.model.correspondent import address_fault
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AGENT = "Gazette (journal d'une circonscription)"
HOPS = 5
CONNECT_LIMIT = 5.0
"""Seconds an address is tried."""
WAIT_LIMIT = 86_400.0
"""Seconds: a server that asks to wait for a month is asked again tomorrow."""
CHUNK = 65_536
TAKEN = range(200, 300)
FORM = "application/x-www-form-urlencoded"
Done = TypeVar("Done")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_STATUSES = {
    401: "demande un mot de passe (401)",
    403: "interdit (403)",
    404: "introuvable (404)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: 200 with a body, or 304."""

    status: int
    url: str
    """Where the body stands, after redirects."""
    body: bytes = b""
    media: str = ""
    """Content-Type, as told."""
    etag: str = ""
    modified: str = ""
    """Last-Modified, as told."""
    moved: str = ""
    """The new address, when every redirect was permanent."""


@dataclass(slots=True)
class _Alarm:
    """Closes the socket of the moment when time is over."""

    seconds: float
    sock: socket.socket | None = None
    has_rung: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ring(self) -> None:
        with self.lock:
            self.has_rung = True
            if self.sock is not None:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # not SSLSocket's, which says goodbye first

    def hold(self, sock: socket.socket) -> None:
        """Take the socket that is read from now on."""
        with self.lock:
            self.sock = sock
            self.check()

    def check(self) -> None:
        if self.has_rung:
            raise self.fault

    @property
    def fault(self) -> FetchError:
        return FetchError("RES-04", f"trop lent : plus de {self.seconds:.0f} s")


class _Plain(http.client.HTTPConnection):
    """A connection to one vetted address, which its name is not asked again for."""

    addresses: list[str]
    alarm: _Alarm

    def connect(self) -> None:
        self.sock = _socket(self.addresses, self.port)
        self.alarm.hold(self.sock)


class _Secure(http.client.HTTPSConnection):
    """The same, with the certificate checked against the name."""

    addresses: list[str]
    alarm: _Alarm
    trust: ssl.SSLContext

    def connect(self) -> None:
        plain = _socket(self.addresses, self.port)
        secure = self.trust.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = secure
        self.alarm.hold(secure)
        secure.do_handshake()


def _socket(addresses: list[str], port: int) -> socket.socket:
    """Connect to the first address that answers."""
    fault: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), CONNECT_LIMIT)
        except OSError as error:
            fault = error
    assert fault  # noqa: S101  # there is an address
    raise fault


@dataclass(frozen=True, slots=True)
class Client:
    """Asks servers for documents."""

    network: Network = field(default_factory=Network)
    seconds: float = 60.0
    """Wall time of one document, redirects included."""
    size: int = 20 * 1024 * 1024
    """Bytes of a body, inflated."""
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, url: str, etag: str = "", modified: str = "") -> Answer:
        """Return the document, or 304 when it did not change since; ``FetchError`` otherwise."""
        return self._in_time(lambda alarm: self._follow(url, _conditions(etag, modified), alarm))

    def post(self, url: str, form: bytes) -> None:
        """Send a form; ``FetchError`` unless it is taken. What is answered is not read, and no redirect is followed."""
        self._in_time(lambda alarm: self._send(url, form, alarm))

    def _send(self, url: str, form: bytes, alarm: _Alarm) -> None:
        with contextlib.closing(self._connection(url)) as connection:
            connection.alarm = alarm
            connection.request("POST", _target(url), form, _HEADERS | {"Content-Type": FORM})
            with connection.getresponse() as response:
                if response.status not in TAKEN:
                    raise _refused(response)

    def _in_time(self, work: Callable[[_Alarm], Done]) -> Done:
        """Do some work until time is over."""
        alarm = _Alarm(self.seconds)
        timer = threading.Timer(self.seconds, alarm.ring)
        timer.daemon = True
        timer.start()
        try:
            return work(alarm)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise (alarm.fault if alarm.has_rung else _told(error)) from error
        finally:
            timer.cancel()

    def _follow(self, url: str, conditions: dict[str, str], alarm: _Alarm) -> Answer:
        origin, is_permanent, start = _origin(url), True, url
        for _ in range(HOPS + 1):
            headers = conditions if _origin(url) == origin else {}
            alarm.check()
            with contextlib.closing(self._connection(url)) as connection:
                connection.alarm = alarm
                connection.request("GET", _target(url), headers=_HEADERS | headers)
                with connection.getresponse() as response:
                    if response.status not in REDIRECTS:
                        moved = url if is_permanent and url != start else ""
                        return self._answer(response, url, moved, alarm, is_conditional=bool(headers))
                    is_permanent &= response.status in {301, 308}
                    url = _next(url, response.getheader("Location", ""))
        raise FetchError("RES-05", f"plus de {HOPS} redirections")

    def _connection(self, url: str) -> _Plain | _Secure:
        """Return a connection whose address was vetted; it is opened by the request."""
        if fault := address_fault("rss", url):
            raise FetchError("RES-06", f"adresse refusée : {fault}")
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme == "http" and not self.network.has_loopback:
            raise FetchError("RES-06", "adresse refusée : elle n’est pas en https")
        usual = 80 if parts.scheme == "http" else 443
        port = parts.port or usual
        self.network.check_port(port, usual)
        addresses = self.network.addresses(host, port)
        limit = min(CONNECT_LIMIT * 2, self.seconds)
        connection: _Plain | _Secure
        if parts.scheme == "http":
            connection = _Plain(host, port, timeout=limit)
        else:
            connection = _Secure(host, port, timeout=limit, context=self.trust)
            connection.trust = self.trust
        connection.addresses = addresses
        return connection

    def _answer(
        self, response: http.client.HTTPResponse, url: str, moved: str, alarm: _Alarm, *, is_conditional: bool
    ) -> Answer:
        header = response.getheader
        etag, modified = _short(header("ETag")), _short(header("Last-Modified"))
        if response.status == http.client.NOT_MODIFIED:
            if not is_conditional:
                raise FetchError("RES-07", "répond « inchangé » à qui ne demandait rien (304)")
            return Answer(304, url, etag=etag, modified=modified, moved=moved)
        if response.status != http.client.OK:
            raise _refused(response)
        body = b"".join(self._body(response))
        alarm.check()
        return Answer(200, url, body, _short(header("Content-Type")), etag, modified, moved)

    def _body(self, response: http.client.HTTPResponse) -> Iterator[bytes]:
        """Yield the body inflated, as long as it stays within its size."""
        coding = (response.getheader("Content-Encoding") or "").strip().lower()
        if coding not in CODINGS:
            raise FetchError("RES-08", "compression inconnue ou répétée")
        inflate = zlib.decompressobj(_window(coding)) if coding not in {"", "identity"} else None
        left = self.size
        while chunk := response.read1(CHUNK):
            if inflate is None:
                left -= len(chunk)
                yield chunk
            else:
                part = inflate.decompress(chunk, left + 1)
                left -= len(part)
                yield part
            if left < 0:
                raise FetchError("RES-09", f"plus de {self.size // 1_048_576} Mo")
        if response.length or (inflate and not inflate.eof):
            raise FetchError("RES-10", "réponse coupée avant la fin")


_HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"}


def _window(coding: str) -> int:
    return zlib.MAX_WBITS if coding == "deflate" else zlib.MAX_WBITS | 16


def _conditions(etag: str, modified: str) -> dict[str, str]:
    told = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in told.items() if value}


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _next(url: str, location: str) -> str:
    """Return where a redirect leads; from https to https alone."""
    if not location:
        raise FetchError("RES-05", "redirection sans adresse")
    target = urljoin(url, location.encode("latin-1", "replace").decode("ascii", "replace").strip())
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
        raise FetchError("RES-06", "redirigée vers une adresse qui n’est pas en https")
    return target


def _short(value: str | None) -> str:
    """Return a header that is kept and sent back, when it is one line of ASCII."""
    text = (value or "").strip()
    return text if len(text) <= 300 and text.isascii() and text.isprintable() else ""  # noqa: PLR2004  # no ETag is longer


def _refused(response: http.client.HTTPResponse) -> FetchError:
    status = response.status
    if status == http.client.GONE:
        return FetchError("RES-11", "n’existe plus (410)", is_gone=True)
    wait = _wait(response.getheader("Retry-After") or "")
    if status >= http.client.INTERNAL_SERVER_ERROR:
        return FetchError("RES-16", f"en panne ({status})", wait=wait)
    if status == http.client.TOO_MANY_REQUESTS:
        return FetchError("RES-17", "trop de demandes (429)", wait=wait)
    return FetchError("RES-12", _STATUSES.get(status, f"réponse inattendue ({status})"), wait=wait)


def _wait(value: str) -> float:
    """Return the seconds that a Retry-After asks for (RFC 9110 §10.2.3), a day at most; 0 when it says nothing."""
    text = value.strip()
    if text.isdecimal() and len(text) < 12:  # noqa: PLR2004  # longer is no number of seconds
        return min(float(text), WAIT_LIMIT)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError, OSError):
        return 0
    return min(max(seconds, 0), WAIT_LIMIT)


def _told(error: Exception) -> FetchError:
    """Return what went wrong in French, without an address nor what the server wrote."""
    if isinstance(error, FetchError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return FetchError("RES-13", "certificat refusé : expiré, ou d’un autre nom")
    if isinstance(error, ssl.SSLError):
        return FetchError("RES-13", "connexion chiffrée impossible")
    if isinstance(error, TimeoutError):
        return FetchError("RES-04", "ne répond pas")
    if isinstance(error, ConnectionRefusedError):
        return FetchError("RES-14", "connexion refusée")
    if isinstance(error, http.client.IncompleteRead):
        return FetchError("RES-10", "réponse coupée avant la fin")
    if isinstance(error, zlib.error):
        return FetchError("RES-08", "compression abîmée")
    if isinstance(error, http.client.HTTPException | ValueError):
        return FetchError("RES-15", "réponse qui n’est pas du HTTP")
    return FetchError("RES-14", "connexion interrompue")
