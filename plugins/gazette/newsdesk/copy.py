"""A document as it was last read: to replay it, and to ask for it again only if it changed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.newsdesk.fault import FetchError

if TYPE_CHECKING:
    from pathlib import Path

    from gazette.newsdesk.client import Client


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a document is kept on this machine; nothing of it is needed to build."""

    path: Path

    def holds(self, version: str) -> bool:
        """Tell whether the document kept is the one that the lock file pins."""
        return self.path.is_file() and hashlib.sha256(self.path.read_bytes()).hexdigest() == version

    def replayed(self, digest: str) -> bytes:
        """Return the document that the lock file pins."""
        try:
            body = self.path.read_bytes()
        except OSError as error:
            raise FetchError("FLX-03", "rien n’en est gardé sur cette machine : relevez-la en ligne") from error
        if hashlib.sha256(body).hexdigest() != digest:
            raise FetchError("FLX-03", "ce qui en est gardé n’est pas ce que dit federation.lock.json")
        return body

    def refreshed(self, client: Client, url: str) -> bytes:
        """Return the document as its server has it now, sent again only if it changed since."""
        body, etag, modified = self._known()
        answer = client.get(url, etag, modified)
        if answer.status == 304:  # noqa: PLR2004  # not modified
            return body
        self.keep(answer.body)
        _write(self._facts, json.dumps([answer.etag, answer.modified, _digest(answer.body)]).encode())
        return answer.body

    def keep(self, body: bytes) -> None:
        """Write the document whole, or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _write(self.path, body)

    @property
    def _facts(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def _known(self) -> tuple[bytes, str, str]:
        """Return the document with its ETag and day; nothing of one that is not what was read then."""
        try:
            body, facts = self.path.read_bytes(), json.loads(self._facts.read_bytes())
            etag, modified, digest = (str(fact) for fact in facts)
        except (OSError, ValueError, TypeError):
            return b"", "", ""
        return (body, etag, modified) if digest == _digest(body) else (b"", "", "")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _write(path: Path, body: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(body)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
