"""The calls that Sveltia makes to GitLab, answered by the preview out of the working copy; nothing is committed."""

from __future__ import annotations

import hmac
import json
import re
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from gazette.admin.bundle import INSTALL, folder, is_installed
from gazette.admin.config import FOLDERS, configuration
from gazette.admin.copy import Copy, RefusedError, Seen
from gazette.errors import why
from gazette.read.frontmatter import strict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazette.model.newsroom import Newsroom

PREFIX = "/admin/"
PROJECT, BRANCH = "circonscription/gazette", "copie-de-travail"
BODY_LIMIT = 48 * 1024 * 1024
"""Bytes of a save: a few pictures in base 64."""
PAGES = 16
"""Pages of the editor of which it is known what they were told: an older one covers no text until it is reloaded."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self' blob: data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""It fetches nothing but from here."""
KINDS = {".js": "text/javascript", ".json": "application/json", ".css": "text/css", ".txt": "text/plain"}
_HERE = Path(__file__).parent
_OWN = ("entree.js", "page.css")
_FILE = re.compile(r"\A/projects/[^/]+/repository/files/([^/]+)/raw\Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gives."""

    status: int
    data: bytes
    kind: str
    policy: str = POLICY


def _json(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")


@dataclass(slots=True)
class Forge:
    """``/admin/`` of one preview: its page is for whoever opens it here, its calls for who holds the page's token."""

    root: Path
    """Of the project, where the editor was installed."""
    content: Path
    newsroom: Newsroom
    now: Callable[[], datetime]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """Each page holds it, followed by a dot and a name of its own."""
    seen: dict[str, Seen | None] = field(default_factory=dict)
    """The working copy as a page was told it, by the page's name: when it first asked, then each text that it reads or
    saves. The editor itself warns of a text that changed; whoever saves all the same knows."""
    turn: threading.Lock = field(default_factory=threading.Lock)
    """One save at a time."""

    @property
    def copy(self) -> Copy:
        """Return the working copy, in the folders that the editor writes."""
        return Copy(self.content, (*(f.name for f in self.newsroom.fils), *FOLDERS))

    def page(self, path: str, host: str) -> Answer:
        """Answer a file of the editor itself."""
        name = path.removeprefix(PREFIX)
        if name in {"", "index.html"}:
            template = "page.html" if is_installed(self.root) else "absent.html"
            text = (_HERE / template).read_text("utf-8").replace("$jeton", self.new_token()).replace("$poser", INSTALL)
            return Answer(200, text.replace("$titre", escape(self.newsroom.title)).encode(), "text/html; charset=utf-8")
        if name == "config.json":
            return _json(self.settings(host))
        known = folder(self.root)
        file = _HERE / name if name in _OWN else known / name
        if name not in _OWN and not (file.is_file() and file.resolve().is_relative_to(known.resolve())):
            return Answer(404, b"", "text/plain")
        kind = KINDS.get(file.suffix, "font/woff2")
        return Answer(200, file.read_bytes(), kind + ("" if kind.startswith("font") else "; charset=utf-8"))

    def settings(self, host: str) -> dict[str, Any]:
        """Return the editor's configuration, with this preview in the place of a forge."""
        here = f"http://{host}{PREFIX}api"
        backend = {"name": "gitlab", "repo": PROJECT, "branch": BRANCH, "base_url": f"http://{host}/admin"}
        backend |= {"api_root": f"{here}/v4", "graphql_api_root": f"{here}/graphql"}
        return configuration(self.newsroom, self.content.name, backend, self.now().date())

    def call(self, verb: str, address: str, authorization: str, body: bytes) -> Answer:
        """Answer one call of GitLab's API, REST or GraphQL."""
        token, _, page = authorization.rpartition(" ")[2].partition(".")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return _json({"message": "401 Unauthorized"}, 401)
        parts = urlsplit(address)
        path = parts.path.removeprefix(f"{PREFIX}api")
        try:
            asked = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict):
            return _json({"message": "400 Bad Request"}, 400)
        with self.turn:
            seen = self._seen(page)
            if path == "/graphql":
                return self._graphql(asked, seen)
            return self._rest(verb, path.removeprefix("/v4"), asked, seen)

    def new_token(self) -> str:
        """Return the token of one more page."""
        page = secrets.token_urlsafe(6)
        self.seen[page] = None
        while len(self.seen) > PAGES:
            del self.seen[next(iter(self.seen))]
        return f"{self.token}.{page}"

    def _seen(self, page: str) -> Seen:
        """Return the working copy as it was when the page first asked: it shows no text that is older."""
        if page not in self.seen:
            return {}
        seen = self.seen[page]
        if seen is None:
            seen = self.seen[page] = self.copy.seen()
        return seen

    def _rest(self, verb: str, path: str, asked: Mapping[str, Any], seen: Seen) -> Answer:
        me = {"id": 1, "name": "Cet ordinateur", "username": "ici", "email": "", "avatar_url": "", "web_url": ""}
        if path == "/user":
            return _json(me)
        if path.endswith("/users"):
            return _json([me])
        file = _FILE.match(path)
        if file and verb == "GET":
            data = self.copy.read(unquote(file[1]), seen)
            return Answer(404, b"", "text/plain") if data is None else Answer(200, data, "application/octet-stream")
        if path.endswith("/repository/commits") and verb == "POST":
            return self._save(asked, seen)
        if path == "/avatar":
            return _json({"avatar_url": None})
        if "/repository/branches/" in path:
            return _json({"name": BRANCH, "commit": {"id": self.copy.version()}})
        is_list = path.endswith(("/commits", "/deployments", "/statuses", "/merge_requests", "/service_accounts"))
        return _json([]) if is_list and verb == "GET" else _json({"message": "404 Not Found"}, 404)

    def _save(self, asked: Mapping[str, Any], seen: Seen) -> Answer:
        actions = asked.get("actions", [])
        if not isinstance(actions, list) or not all(isinstance(action, dict) for action in actions):
            return _json({"message": "400 Bad Request"}, 400)
        try:
            self.copy.save(actions, seen)
        except (RefusedError, OSError) as error:
            reason = why(error) if isinstance(error, OSError) else error
            return _json({"message": f"Rien n’a été enregistré : {reason}"}, 400)
        return _json({"id": self.copy.version(), "committed_date": datetime.now(UTC).isoformat()}, 201)

    def _graphql(self, asked: Mapping[str, Any], seen: Seen) -> Answer:
        query, given = str(asked.get("query", "")), asked.get("variables") or {}
        paths = given.get("paths", []) if isinstance(given, dict) else None
        if not isinstance(paths, list):
            return _json({"message": "400 Bad Request"}, 400)
        if "rawTextBlob" in query:
            texts = [self.copy.read(str(path), seen) for path in paths]
            nodes = [{"rawTextBlob": None if t is None else strict(t.decode("utf-8", "replace"))} for t in texts]
            return _repository({"blobs": {"nodes": nodes}})
        if "rootRef" in query:
            return _repository({"rootRef": BRANCH})
        if "blobs(after" in query:
            nodes = [{"type": "blob", "path": path, "sha": sha} for path, sha in self.copy.tree()]
            blobs = {"nodes": nodes, "pageInfo": {"endCursor": "", "hasNextPage": False}}
            return _repository({"tree": {"blobs": blobs}})
        if "lastCommit" in query:
            return _repository({"tree": {"lastCommit": {"sha": self.copy.version(), "message": ""}}})
        return _json({"errors": [{"message": "question inconnue"}]}, 400)


def _repository(value: Mapping[str, Any]) -> Answer:
    return _json({"data": {"project": {"repository": value}}})
