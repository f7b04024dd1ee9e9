"""The server of moderation: on loopback, for who holds its address, and for no other page of the browser.

Another site may make this browser ask anything of 127.0.0.1: by a name of its own (DNS rebinding), or by a form (CSRF).
So the name asked for is checked, the token of the address is secret, and an answer must come from our own page.
"""

from __future__ import annotations

import hmac
import http.server
import mimetypes
import re
import secrets
import shutil
import threading
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from gazette.errors import GazetteError
from gazette.model.finding import Severity
from gazette.moderation import Shown, pictures
from gazette.read.frontmatter import front_matter
from gazette.web.page import Screen, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.moderation import Moderator
    from gazette.newsdesk.queue import Item
    from gazette.trial import Trial

    class Try(Protocol):
        """Tries a dépêche out, and prints its page when it is to be shown."""

        def __call__(self, item: Item, shown: Mapping[str, Shown], text: str, *, is_shown: bool = False) -> Trial:
            """Return what it would be."""
            ...


HOST = "127.0.0.1"
BODY_LIMIT = 4 * 1024 * 1024
OWN = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
POLICY = f"{OWN}base-uri 'none'; frame-ancestors 'none'"
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Of the printed page, whose text a school wrote: it runs nothing and sends nothing."""
SCRIPT = re.compile(rb"<script\b[^>]*>.*?</script>", re.DOTALL)
"""The theme's own, left out of a preview: its policy would refuse each of them, and say so."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # not « no-referrer »: our own forms would send « Origin: null »
    "X-Content-Type-Options": "nosniff",
}
FILES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.svg": "image/svg+xml",
}
SCHOOL_LIMIT = 256 * 1024


class Desk(http.server.ThreadingHTTPServer):
    """Serves what waits to one moderator; one question is answered at a time."""

    daemon_threads = True

    def __init__(self, who: Moderator, try_out: Try, port: int = 0) -> None:
        self.who, self.try_out = who, try_out
        self.token = secrets.token_urlsafe(32)
        self.turn = threading.Lock()
        self._tried: tuple[str, Trial, Trial] | None = None
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Return the address to open: whoever has it may answer."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names by which this server may be asked for."""
        return frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))

    def trial(self, item: Item) -> Trial:
        """Return what would be told of a dépêche accepted as it came: without its pictures; the last one is kept."""
        return self._trials(item)[0]

    def preview(self, item: Item) -> Trial:
        """Return a dépêche as it would be printed with all its pictures; without, where the gate refuses it so."""
        return self._trials(item)[1]

    def _trials(self, item: Item) -> tuple[Trial, Trial]:
        if self._tried is None or self._tried[0] != item.id or not self._tried[2].folder.is_dir():
            self._tried = None
            names = [row["fichier"] for row in pictures(item.text)]
            shown = {name: Shown("aucune") for name in names if self.who.has_picture(name)}
            whole = self.try_out(item, shown, "", is_shown=True) if shown else None
            alone = self.try_out(item, {}, "", is_shown=not (whole and whole.page))
            whole = whole if whole and whole.page else alone
            self._tried = item.id, alone, whole
        return self._tried[1:]

    def server_close(self) -> None:
        """Close, and keep no page that shows pictures of the quarantine."""
        super().server_close()
        if self._tried:
            shutil.rmtree(self._tried[2].folder, ignore_errors=True)

    def attempt(self, item: Item, shown: Mapping[str, Shown], text: str) -> Trial:
        """Return a dépêche as it would be once accepted so."""
        return self.try_out(item, shown, text)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing when a tab is closed while it is written to."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Desk
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:  # http.server's name
        """Answer a page, a picture of the quarantine, or a file of a preview."""
        parts = self._parts()
        if parts is None:
            return
        with self.server.turn:
            try:
                self._get(parts)
            except GazetteError as error:
                self._send(500, f"Gazette s’arrête : {error}".encode(), "text/plain; charset=utf-8")

    def do_POST(self) -> None:  # http.server's name
        """Take an answer, which only our own page may send."""
        parts = self._parts()
        if parts is None:
            return
        length = self.headers.get("Content-Length") or ""
        is_own = self.headers.get("Origin") == f"http://{self.headers.get('Host')}"
        if not is_own or self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            self._close(403)
        elif not length.isdigit() or int(length) > BODY_LIMIT:
            self._close(413)
        elif len(parts) != 2 or parts[1] not in {"accepter", "refuser"}:  # noqa: PLR2004  # an id and a verb
            self._close(404)
        else:
            fields = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True)
            typed = {key: values[-1].replace("\r\n", "\n") for key, values in fields.items()}
            with self.server.turn:
                self._answer(parts[0], parts[1], typed)

    def _parts(self) -> list[str] | None:
        """Return what follows the token in the address; None, and an answer, to who may not ask."""
        if self.headers.get("Host") not in self.server.names:
            self._close(421)
            return None
        token, *parts = unquote(urlsplit(self.path).path).lstrip("/").split("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._close(404)
            return None
        return parts

    def _get(self, parts: list[str]) -> None:
        name = "/".join(parts)
        if name in FILES:
            self._send(200, Path(__file__).with_name(name).read_bytes(), FILES[name])
            return
        items = self.server.who.items()
        item = next((i for i in items if i.id == parts[0]), None)
        if not name:
            said = parse_qs(urlsplit(self.path).query).get("dit", [""])[-1]
            self._page(self._screen(items, items[0] if items else None), said=said)
        elif item is None and len(parts) > 1:
            self._close(404)
        elif item is None:
            gone = "Cette dépêche n’attend plus."
            self._page(self._screen(items, items[0] if items else None), fault=gone, status=404)
        elif len(parts) == 1:
            self._page(self._screen(items, item))
        elif parts[1] == "images":
            self._picture(item, "/".join(parts[2:]))
        elif parts[1] == "apercu":
            self._preview(item, "/".join(parts[2:]))
        else:
            self._close(404)

    def _screen(self, items: list[Item], item: Item | None) -> Screen:
        who = self.server.who
        schools = {i.uai: _school(who.content, i.uai) for i in items}
        screen = Screen(
            who.newsroom.title, who.signature, f"/{self.server.token}", items, schools, item, doubt=who.doubt
        )
        if item is None or item.origin is None:
            return screen
        try:
            trial = self.server.trial(item)
        except GazetteError as error:
            return replace(screen, fault=f"{error}")
        shown = self.server.preview(item)
        screen = replace(screen, has_preview=shown.page is not None, is_illustrated=shown is not trial)
        return replace(screen, findings=trial.findings, correction=who.correction(item))

    def _page(self, screen: Screen, *, said: str = "", fault: str = "", status: int = 200) -> None:
        shown = replace(screen, said=said, fault=fault or screen.fault)
        self._send(status, page(shown).encode(), "text/html; charset=utf-8")

    def _picture(self, item: Item, name: str) -> None:
        """Show a picture of the quarantine, if this very dépêche names it."""
        if name not in {row["fichier"] for row in pictures(item.text)}:
            self._close(404)
            return
        kind = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
        path = self.server.who.picture(name)
        self._send(200, path.read_bytes(), kind.get(path.suffix, "application/octet-stream"))

    def _preview(self, item: Item, name: str) -> None:
        """Answer the printed page, at an address as deep as its own, or a file it asks for."""
        trial = self.server.preview(item)
        if trial.page is None:
            self._close(404)
            return
        own = trial.page.relative_to(trial.folder).as_posix()
        if not name:
            self._redirect(f"/{self.server.token}/{item.id}/apercu/{own.removesuffix('index.html')}")
            return
        wanted = f"{name}index.html" if name.endswith("/") else name
        assets = {printed: Path(asset.source) for printed, asset in trial.theme.assets.values()}
        file = assets.get(wanted) or trial.folder / wanted
        is_ours = wanted in assets or file.resolve().is_relative_to(trial.folder.resolve())
        if not is_ours or not file.is_file():
            self._close(404)
        else:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            charset = "; charset=utf-8" if kind.startswith("text/") else ""
            data = file.read_bytes()
            told = SCRIPT.sub(b"", data) if kind == "text/html" else data
            self._send(200, told, kind + charset, PREVIEW_POLICY)

    def _answer(self, identity: str, verb: str, typed: dict[str, str]) -> None:
        who = self.server.who
        try:
            item = who.item(identity)
        except GazetteError:
            items = who.items()
            gone = "Cette dépêche a changé ou a déjà sa réponse : relisez ce qui attend."
            self._page(self._screen(items, items[0] if items else None), fault=gone, status=409)
            return
        try:
            if verb == "refuser":
                who.refuse(item, typed.get("motif", ""))
                self._redirect(f"/{self.server.token}/?dit=refusee")
                return
            fault = self._accept(item, typed)
        except GazetteError as error:
            fault = str(error)
        if not fault:
            self._redirect(f"/{self.server.token}/?dit=acceptee")
            return
        screen = self._screen(who.items(), item)
        self._page(replace(screen, typed=typed), fault=fault, status=422)

    def _accept(self, item: Item, typed: dict[str, str]) -> str:
        """Accept, unless the gate would refuse: then return why in French."""
        text = typed.get("texte", "") if typed.get("geste") == "corriger" else ""
        shown = {
            key.removeprefix("qui:"): Shown(said, typed.get(f"autorisation:{key.removeprefix('qui:')}", "").strip())
            for key, said in typed.items()
            if key.startswith("qui:") and said
        }
        trial = self.server.attempt(item, shown, text)
        refused = [f for f in trial.findings if f.severity > Severity.NOTE]
        if refused:
            told = " ; ".join(f"{f.message} ({f.code}) : {f.remedy}" for f in refused)
            return f"Elle ne paraîtrait pas. {told}"
        self.server.who.accept(item, shown, text, trial.approval)
        return ""

    def _redirect(self, address: str) -> None:
        self._send(303, b"", "text/plain", headers={"Location": address})

    def _close(self, status: int) -> None:
        """Answer that there is nothing, and read nothing more of this connection."""
        self.close_connection = True
        self._send(status, b"", "text/plain", headers={"Connection": "close"})

    def _send(
        self, status: int, data: bytes, kind: str, policy: str = POLICY, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        own = {"Content-Type": kind, "Content-Length": str(len(data)), "Content-Security-Policy": policy}
        for key, value in (HEADERS | own | dict(headers or {})).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def version_string(self) -> str:
        """Name nothing of what runs here."""
        return "Gazette"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
        """Keep the terminal clear, and the token out of it."""


def _school(content: Path, uai: str) -> str:
    """Return the name of a school of the directory, or its code."""
    try:
        text = (content / "ecoles" / f"{uai}.md").read_bytes()[:SCHOOL_LIMIT].decode("utf-8", "replace")
    except OSError:
        return uai
    return str(front_matter(text.replace("\r\n", "\n")).values.get("nom") or uai)
