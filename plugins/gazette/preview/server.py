"""The preview's web server: the editions on loopback, a reload at each build, findings on top of every page."""

from __future__ import annotations

import hashlib
import http.server
import json
import mimetypes
import posixpath
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from gazette.admin.forge import BODY_LIMIT, PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gazette.admin.forge import Forge
    from gazette.admin.said import Said

HOST = "127.0.0.1"
OWN = "/_apercu/"
"""Addresses of the preview itself."""
TEXT = f"{OWN}texte/"
"""Followed by a text's folder and name: leads to its page."""
KEEP_ALIVE = 15.0
"""Seconds between two signs of life to an open tab."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}

SCRIPT = """\
"use strict";
(() => {
  const panel = document.createElement("section");
  panel.id = "apercu-constats";
  panel.setAttribute("role", "alert");
  panel.hidden = true;
  const show = (state) => {
    panel.replaceChildren();
    panel.hidden = state.problems.length === 0;
    const title = document.createElement("strong");
    title.textContent = state.failed
      ? "Ce qui vient d’être enregistré ne peut pas paraître : la dernière version correcte reste affichée."
      : "À reprendre :";
    const list = document.createElement("ul");
    for (const problem of state.problems) {
      const item = document.createElement("li");
      item.textContent = problem;
      list.append(item);
    }
    panel.append(title, list);
  };
  const shown = document.currentScript.dataset.page;
  let epoch = null;
  const listen = () => {
    const source = new EventSource("/_apercu/evenements");
    source.onmessage = async (event) => {
      const state = JSON.parse(event.data);
      show(state);
      if (state.epoch === epoch) {
        return;
      }
      const page = await fetch(location.href, { method: "HEAD", cache: "no-store" });
      epoch = state.epoch;
      if (page.headers.get("ETag") !== shown) {
        location.reload();
      }
    };
  };
  document.body.prepend(panel);
  listen();
})();
"""
STYLE = """\
#apercu-constats { position: sticky; inset-block-start: 0; z-index: 1000; margin: 0; padding: .8rem 1.2rem;
  max-height: 45vh; overflow: auto; background: #8a1c1c; color: #fff; border-bottom: 4px solid #fff;
  font: 500 1rem/1.45 system-ui, sans-serif }
#apercu-constats ul { margin: .4rem 0 0; padding-inline-start: 1.2rem }
#apercu-constats[hidden] { display: none }
"""
NOTHING_YET = """<!doctype html><html lang="fr"><head><title>Gazette</title></head>
<body><p>Rien d’imprimé pour l’instant.</p></body></html>""".encode()
NOT_SHOWN = """<!doctype html><html lang="fr"><head><title>Pas de page · Gazette</title></head>
<body><p>Ce texte n’a pas de page : il n’a pas encore été enregistré, ou ce qu’il faut y reprendre l’empêche
d’être montré. L’éditeur dit quoi.</p></body></html>""".encode()
INJECTED = (
    b'<link rel="stylesheet" href="/_apercu/constats.css">'
    b'<script src="/_apercu/constats.js" data-page="%s" defer></script></head>'
)


@dataclass(slots=True)
class Board:
    """What open tabs are told; changing it wakes them."""

    problems: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    """The same, as the editor of ``/admin/`` tells them."""
    failed: bool = False
    """The last save could not be shown."""
    epoch: int = 0
    """Raised at each build that changed a page: a tab looks whether its own did."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _version: int = 0

    def post(self, problems: tuple[str, ...], said: tuple[Said, ...] = (), *, failed: bool, is_new: bool) -> None:
        """Tell every open tab; with ``is_new`` they load their page again if it changed."""
        with self._changed:
            self.problems, self.said, self.failed = problems, said, failed
            self.epoch += is_new
            self._version += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> tuple[int, str]:
        """Return the version and the message, at once when ``seen`` is not the last, else after a change or a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen, seconds)
            message = {"problems": self.problems, "said": self.said, "failed": self.failed, "epoch": self.epoch}
            return self._version, json.dumps(message, ensure_ascii=False)


class Server(http.server.ThreadingHTTPServer):
    """Serves ``/`` from the most open edition, ``/<edition>/`` and ``/<edition>-jeton/`` from the others."""

    daemon_threads = True
    pages: Mapping[str, Callable[[], str]] = {}
    """The team's own pages, by name under ``/_apercu/``, made when they are asked for."""
    address: Callable[[str], str | None] = staticmethod(lambda _: None)
    """Where the page of a text is, by its folder and name; None: it is not shown."""
    forge: Forge | None = None
    """What ``/admin/`` writes through; None: only what readers see is shown."""

    def __init__(self, port: int, output: Path, editions: tuple[str, ...], board: Board) -> None:
        self.output, self.editions, self.board = output, editions, board
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing when a tab is closed while it is written to."""


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except (OSError, ValueError):  # a name that no file system would take
        return False


def _is_file_of(file: Path, root: Path) -> bool:
    """Tell whether a file is there, within its edition, links followed."""
    try:
        return file.is_file() and file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # http.server's name
        """Answer a page, a file, or the preview's own addresses."""
        path = unquote(urlsplit(self.path).path)
        if not self._is_local():
            self._send(403, b"", "text/plain")
        elif path == f"{OWN}evenements":
            self._events()
        elif path == f"{OWN}constats.js":
            self._send(200, SCRIPT.encode(), TYPES[".js"])
        elif path == f"{OWN}constats.css":
            self._send(200, STYLE.encode(), TYPES[".css"])
        elif path.removeprefix(OWN) in self.server.pages and path.startswith(OWN):
            self._send(200, self.server.pages[path.removeprefix(OWN)]().encode(), TYPES[".html"])
        elif path.startswith(TEXT):
            self._text(path.removeprefix(TEXT))
        elif self._is_of_forge(path):
            self._forge(path)
        else:
            self._file(path)

    def do_POST(self) -> None:  # http.server's name
        """Take what the editor saves."""
        path = unquote(urlsplit(self.path).path)
        length = self.headers.get("Content-Length") or ""
        if not self._is_of_forge(path):
            self._close(501)  # nothing else is written to
        elif not self._is_local():
            self._close(403)
        elif not length.isdigit() or int(length) > BODY_LIMIT:
            self._close(413)
        else:
            self._forge(path, self.rfile.read(int(length)))

    def _is_of_forge(self, path: str) -> bool:
        return self.server.forge is not None and path.startswith(PREFIX)

    def _forge(self, path: str, body: bytes = b"") -> None:
        """Answer the editor: one of its files, or a call that it would make to a forge."""
        forge, host = self.server.forge, self.headers.get("Host") or ""
        if forge is None:
            return
        if path.startswith(f"{PREFIX}api/"):
            answer = forge.call(self.command, self.path, self.headers.get("Authorization") or "", body)
        else:
            answer = forge.page(path, host)
        self._send(answer.status, answer.data, answer.kind, {"Content-Security-Policy": answer.policy})

    def _close(self, status: int) -> None:
        """Refuse, and read nothing more of this connection."""
        self.close_connection = True
        self._send(status, b"", "text/plain", {"Connection": "close"})

    do_HEAD = do_GET  # noqa: N815  # http.server's name

    def _is_local(self) -> bool:
        """Refuse other names for this machine: a page elsewhere could read drafts through DNS rebinding."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        return host in {HOST, "localhost"}

    def _file(self, path: str) -> None:
        first, _, after = path.lstrip("/").partition("/")
        is_named = first in self.server.editions[1:]
        root = self.server.output / (first if is_named else self.server.editions[0])
        file = root / posixpath.normpath(f"/{after if is_named else path}").lstrip("/")
        if _is_folder(file):
            if not path.endswith("/"):
                self._redirect(301, f"/{path.strip('/')}/")
                return
            file /= "index.html"
        status = 200
        if not _is_file_of(file, root):
            file, status = root / "404.html", 404
        try:
            data = file.read_bytes()
        except OSError:
            data = NOTHING_YET
            file = root / "404.html"
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        if file.suffix == ".html":
            data = data.replace(b"</head>", INJECTED % digest.encode(), 1)
        self._send(status, data, kind, {"ETag": digest})

    def _text(self, name: str) -> None:
        """Lead to the page of a text, which another save may rename."""
        address = self.server.address(name)
        if address is None:
            self._send(404, NOT_SHOWN, TYPES[".html"])
        else:
            self._redirect(302, address)

    def _redirect(self, status: int, address: str) -> None:
        self.send_response(status)
        self.send_header("Location", quote(address, safe="/#"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, data: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        """Tell a tab of every change (HTML, server-sent events)."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        seen = -1
        while True:
            version, message = self.server.board.wait(seen, KEEP_ALIVE)
            text = ": en vie\n\n" if version == seen else f"data: {message}\n\n"
            seen = version
            try:
                self.wfile.write(text.encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        """Keep the terminal for findings."""
