"""A WebDAV folder (Nextcloud's kind) as a shelf; our notes stand beside it, in ``<folder>.gazette/``."""

from __future__ import annotations

import contextlib
import email.utils
import hashlib
import posixpath
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import urllib3

from gazette.errors import TargetError
from gazette.publish.answer import lost, note_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OK = range(200, 300)
BARRED = (401, 403)
GONE, EXISTS = (404, 410), (405, 412, 423)
TIMEOUT = urllib3.Timeout(connect=20, read=60)


class WebDav:
    """One folder, by its https address."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.name = address.rstrip("/")
        self.notes = f"{self.name}.gazette"
        self._headers = urllib3.make_headers(basic_auth=f"{user}:{password}") if user else {}
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=urllib3.Retry(0, redirect=0))
        self._made: set[str] = set()
        self._mine = b""
        """What our lock holds."""

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Make sure that the server lets us in; nothing is made before there is something to send."""
        self._rows(self.name)
        yield
        self._pool.clear()

    def _ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        *,
        also: tuple[int, ...] = (),
        is_read: bool = True,
        **headers: str,
    ) -> urllib3.BaseHTTPResponse:
        """Ask, and answer what the server said; ``TargetError`` when it is neither a success nor expected."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = self._pool.request(
                method,
                address,
                body=body,
                headers={**self._headers, **named},
                redirect=False,
                preload_content=is_read,
            )
        except urllib3.exceptions.HTTPError as error:
            raise TargetError(f"{self.name} : {lost(error)}") from error
        if answer.status in BARRED:
            raise TargetError(
                f"{self.name} : accès refusé (code {answer.status}) ; vérifiez l'utilisateur et le mot de passe"
            )
        if answer.status not in OK and answer.status not in also:
            raise TargetError(f"{self.name} : le serveur refuse {method} (code {answer.status})")
        return answer

    def _at(self, path: str) -> str:
        return f"{self.name}/{quote(path)}"

    def _folder(self, address: str) -> None:
        if address not in self._made:
            self._ask("MKCOL", address, also=EXISTS)
            self._made.add(address)

    def _rows(self, address: str) -> dict[str, tuple[int | None, str, str]]:
        """Return what stands in a folder: size (None: a folder), ETag and date of change, by name."""
        answer = self._ask("PROPFIND", address + "/", Depth="1", also=GONE)
        if answer.status in GONE:
            return {}
        try:
            tree = ET.fromstring(answer.data)  # noqa: S314  # from the server that we are trusted by
        except ET.ParseError as error:
            raise TargetError(f"{self.name} : réponse illisible du serveur") from error
        here, found = urlsplit(address).path.rstrip("/"), {}
        for row in tree.iter("{DAV:}response"):
            path = unquote(urlsplit(row.findtext("{DAV:}href") or "").path).rstrip("/")
            is_inside = posixpath.dirname(path) == unquote(here) and posixpath.basename(path) not in {".", ".."}
            if is_inside and path != unquote(here):
                size = (
                    None
                    if row.find(".//{DAV:}collection") is not None
                    else int(row.findtext(".//{DAV:}getcontentlength") or 0)
                )
                found[posixpath.basename(path)] = (
                    size,
                    _mark(row.findtext(".//{DAV:}getetag")),
                    row.findtext(".//{DAV:}getlastmodified") or "",
                )
        return found

    def sizes(self) -> Mapping[str, tuple[int, str]]:
        """Return every file by path, with its size and ETag."""
        found: dict[str, tuple[int, str]] = {}
        folders = [""]
        while folders:
            prefix = folders.pop()
            for name, (size, mark, _) in self._rows(self._at(prefix).rstrip("/")).items():
                if size is None:
                    folders.append(f"{prefix}{name}/")
                else:
                    found[f"{prefix}{name}"] = (size, mark)
        return found

    def put(self, path: str, data: bytes) -> str:
        """Send a file under another name, read it again, then give it its own; return its ETag."""
        for depth in range(1, path.count("/") + 1):
            self._folder(self._at("/".join(path.split("/")[:depth])))
        aside = f"{self.notes}/{hashlib.sha256(path.encode()).hexdigest()[:32]}.partiel"
        self._ask("PUT", aside, data)
        if self._ask("GET", aside).data != data:
            raise TargetError(f"{self.name} : {path} n'est pas arrivé tel qu'il a été vérifié ; relancez")
        self._ask("MOVE", aside, Destination=self._at(path), Overwrite="T")
        return _mark(self._ask("HEAD", self._at(path)).headers.get("ETag"))

    def get(self, path: str) -> bytes | None:
        """Return a file's bytes; None when there is none."""
        answer = self._ask("GET", self._at(path), also=GONE)
        return None if answer.status in GONE else answer.data

    def delete(self, path: str) -> None:
        """Remove a file, and the folders it leaves empty."""
        self._ask("DELETE", self._at(path), also=GONE)
        folder = posixpath.dirname(path)
        while folder and not self._rows(self._at(folder)):
            self._ask("DELETE", self._at(folder), also=GONE)
            self._made.discard(self._at(folder))
            folder = posixpath.dirname(folder)

    def forget(self) -> None:
        """Leave it to the server: WebDAV knows no versions, and a cloud's trash is its own (docs/hebergement.md)."""

    def note(self, name: str) -> bytes | None:
        """Return a note of ours; None when there is none."""
        answer = self._ask("GET", f"{self.notes}/{name}", also=GONE, is_read=False)
        data = note_of(answer, self.name)
        return None if answer.status in GONE else data

    def keep_note(self, name: str, data: bytes) -> None:
        """Store a note of ours, whole."""
        self._ask("PUT", f"{self.notes}/{name}.partiel", data)
        self._ask("MOVE", f"{self.notes}/{name}.partiel", Destination=f"{self.notes}/{name}", Overwrite="T")

    def create(self, data: bytes) -> bool:
        """Make the lock: a folder, which only one can make, beside the site's own."""
        self._folder(self.name)
        self._folder(self.notes)
        if self._ask("MKCOL", f"{self.notes}/verrou", also=EXISTS).status not in OK:
            return False
        self._mine = data
        self.renew()
        return True

    def renew(self) -> None:
        """Write in the lock again: we are alive."""
        self._ask("PUT", f"{self.notes}/verrou/auteur", self._mine)

    def holder(self) -> tuple[bytes, float] | None:
        """Return what the lock holds and the seconds since it was renewed, by the server's own clock."""
        answer = self._ask("GET", f"{self.notes}/verrou/auteur", also=GONE)
        row = self._rows(self.notes).get("verrou")
        if row is None:
            return None
        renewed = answer.headers.get("Last-Modified") if answer.status in OK else None
        made, now = (email.utils.parsedate_to_datetime(d) for d in (renewed or row[2], answer.headers["Date"]))
        return (b"" if answer.status in GONE else answer.data), (now - made).total_seconds()

    def drop(self, data: bytes) -> None:
        """Remove the lock if it holds this."""
        if (self.note("verrou/auteur") or b"") == data:  # nobody's, when its maker died before it was signed
            self._ask("DELETE", f"{self.notes}/verrou", also=GONE)


def _mark(tag: str | None) -> str:
    """Return an ETag without what servers write around it, here and not there."""
    return (tag or "").removeprefix("W/").strip('"')
