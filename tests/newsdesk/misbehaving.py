"""An HTTP server on loopback that misbehaves on demand, byte by byte, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><guid>1</guid></item></channel></rss>'


@dataclass
class Peer:
    """The server: ``routes`` say what each path sends, given the request."""

    port: int
    routes: dict[str, Callable[[socket.socket, bytes], None]] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)
    """Every request as it came."""
    is_secure: bool = False

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http{'s' if self.is_secure else ''}://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, head: str, body: bytes = b"") -> str:
        """Have a path answer these bytes; return its address."""
        self.routes[path] = lambda sock, _: sock.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        return self.url(path)

    def serve_feed(self, path: str, body: bytes, etag: str = "") -> str:
        """Have a path answer a document, and 304 to who knows it."""

        def reply(sock: socket.socket, request: bytes) -> None:
            if etag and f"if-none-match: {etag}".lower().encode() in request.lower():
                sock.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n")
                return
            head = f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            sock.sendall(head + body)

        self.routes[path] = reply
        return self.url(path)


def drip(head: bytes, piece: bytes, seconds: float = 0.02) -> Callable[[socket.socket, bytes], None]:
    """Return a route that sends a head, then pieces for ever."""

    def reply(sock: socket.socket, _: bytes) -> None:
        sock.sendall(head)
        with contextlib.suppress(OSError):
            while True:
                sock.sendall(piece)
                time.sleep(seconds)

    return reply


@contextlib.contextmanager
def misbehaving(context: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """Serve on a free port of loopback until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        peer = Peer(server.getsockname()[1], is_secure=context is not None)
        thread = threading.Thread(target=_accept, args=(server, peer, context), daemon=True)
        thread.start()
        yield peer
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, peer: Peer, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            sock, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(sock, peer, context), daemon=True).start()


def _serve(sock: socket.socket, peer: Peer, context: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError), sock:
        if context:
            sock = context.wrap_socket(sock, server_side=True)
        request = b""
        while b"\r\n\r\n" not in request:
            chunk = sock.recv(65_536)
            if not chunk:
                return
            request += chunk
        peer.asked.append(request)
        path = request.split(b" ")[1].decode()
        peer.routes.get(path, _missing)(sock, request)
        sock.shutdown(socket.SHUT_WR)
        sock.close()


def _missing(sock: socket.socket, _: bytes) -> None:
    sock.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
