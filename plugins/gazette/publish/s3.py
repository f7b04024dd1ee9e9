"""A bucket of an S3-compatible storage as a shelf; our notes stand in another bucket, closed to who has no key."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import hashlib
import hmac
import posixpath
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import urllib3

from gazette.errors import AbsentError, TargetError
from gazette.publish.answer import lost, note_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OK = range(200, 300)
BARRED = (401, 403)
GONE, TAKEN = 404, (409, 412)
TIMEOUT = urllib3.Timeout(connect=20, read=60)
PATIENCE = urllib3.Retry(
    4, connect=0, read=0, redirect=0, other=0, status_forcelist=(500, 502, 503, 504), backoff_factor=0.5,
    raise_on_status=False,
)  # fmt: skip
"""« SlowDown » (503) is an answer like any other: one waits and asks again."""
LOCK = "verrou.json"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
}
"""What a file is served as: a storage serves what it was told, and guesses nothing."""
LASTING = re.compile(r"media/[0-9a-f]{24}[-.][^/]+|theme/[a-z-]+\.[0-9a-f]{8}\.[a-z0-9]+")
"""What bears a digest in its name: it never changes."""


@dataclass(frozen=True, slots=True)
class Key:
    """Who we are to the storage."""

    name: str
    secret: str = field(repr=False)
    region: str

    def signed(self, method: str, address: str, query: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
        """Return the headers that sign a request (AWS Signature Version 4, the body signed too)."""
        stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
        parts, digest = urlsplit(address), hashlib.sha256(body).hexdigest()
        told = {"host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
        told |= {name.lower(): value for name, value in headers.items()}
        lines, names = "".join(f"{n}:{told[n]}\n" for n in sorted(told)), ";".join(sorted(told))
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        asked = hashlib.sha256(f"{method}\n{parts.path}\n{query}\n{lines}\n{names}\n{digest}".encode()).hexdigest()
        key = f"AWS4{self.secret}".encode()
        for word in scope.split("/"):
            key = hmac.digest(key, word.encode(), "sha256")
        proof = hmac.digest(key, f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{asked}".encode(), "sha256").hex()
        del told["host"]
        words = f"Credential={self.name}/{scope}, SignedHeaders={names}, Signature={proof}"
        return {**told, "Authorization": f"AWS4-HMAC-SHA256 {words}"}


class S3:
    """The objects of one bucket under one prefix, by the storage's https address (path style)."""

    def __init__(self, address: str, bucket: str, notes: str, key: Key, prefix: str = "") -> None:
        self._site = f"{address.rstrip('/')}/{bucket}"
        self._notes = f"{address.rstrip('/')}/{notes}"
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.name = f"{self._site}/{self._prefix}".rstrip("/")
        self._key = key
        self._pool = urllib3.PoolManager(timeout=TIMEOUT, retries=PATIENCE)
        self._mine = b""
        """What our lock holds."""

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Make sure that both buckets are there; neither is made here: who may read it is not ours to say."""
        for bucket in (self._site, self._notes):
            if self._ask("HEAD", bucket, also=(GONE,)).status == GONE:
                raise AbsentError(f"{bucket} : ce seau n'existe pas ; créez-le chez l'hébergeur (docs/hebergement.md)")
        yield
        self._pool.clear()

    def _ask(
        self,
        method: str,
        address: str,
        body: bytes = b"",
        *,
        query: str = "",
        also: tuple[int, ...] = (),
        is_read: bool = True,
        **more: str,
    ) -> urllib3.BaseHTTPResponse:
        """Ask, and answer what the storage said; ``TargetError`` when it is neither a success nor expected."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        signed = self._key.signed(method, address, query, headers, body)
        try:
            answer = self._pool.request(
                method,
                f"{address}?{query}" if query else address,
                body=body or None,
                headers=signed,
                redirect=False,
                preload_content=is_read,
            )
        except urllib3.exceptions.HTTPError as error:
            raise TargetError(f"{self.name} : {lost(error)}") from error
        if answer.status not in OK and answer.status not in also:
            code = re.search(rb"<Code>(\w{1,60})</Code>", answer.data or b"")
            told = f"code {answer.status}{f', {code[1].decode()}' if code else ''}"
            remedy = " ; vérifiez la clé, son secret et ses droits" if answer.status in BARRED else ""
            raise TargetError(f"{self.name} : l'hébergeur refuse {method} ({told}){remedy}")
        return answer

    def _at(self, path: str) -> str:
        return f"{self._site}/{quote(self._prefix + path, safe='/-_.~')}"

    def _note(self, name: str) -> str:
        """Return the address of a note: notes of two prefixes of one bucket are told apart."""
        return f"{self._notes}/{quote(f'{posixpath.basename(self._site)}/{self._prefix}{name}', safe='/-_.~')}"

    def _rows(self, kind: str, query: Mapping[str, str], row: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a listing of the prefix, page after page."""
        asked = {**query, "prefix": self._prefix}
        while True:
            words = "&".join(f"{n}={quote(v, safe='-_.~')}" for n, v in sorted(asked.items()))
            try:
                tree = ET.fromstring(self._ask("GET", self._site, query=words).data)  # noqa: S314  # as WebDAV's
            except ET.ParseError as error:
                raise TargetError(f"{self.name} : réponse illisible de l'hébergeur ({kind})") from error
            for found in tree:
                name = found.tag.rpartition("}")[2]
                if name in {row, "DeleteMarker"}:
                    yield {"": name} | {part.tag.rpartition("}")[2]: part.text or "" for part in found}
            told = {part.tag.rpartition("}")[2]: part.text or "" for part in tree}
            further = {
                "continuation-token": told.get("NextContinuationToken", ""),
                "key-marker": told.get("NextKeyMarker", ""),
                "version-id-marker": told.get("NextVersionIdMarker", ""),
            }
            if told.get("IsTruncated") != "true" or not any(further.values()):
                return
            asked |= {name: value for name, value in further.items() if value}

    def sizes(self) -> Mapping[str, tuple[int, str]]:
        """Return every object by path, with its size and ETag."""
        rows = self._rows("liste", {"list-type": "2"}, "Contents")
        return {self._path(row["Key"]): (int(row["Size"]), row["ETag"].strip('"')) for row in rows}

    def _path(self, key: str) -> str:
        """Return a key's path under the prefix; ``TargetError`` where an address would lead elsewhere."""
        if {".", ".."} & set(key.split("/")):
            raise TargetError(f"{self.name} : objet étranger « {key} » ; ôtez-le chez l'hébergeur")
        return key.removeprefix(self._prefix)

    def put(self, path: str, data: bytes) -> str:
        """Store an object, which appears whole, read it again, and return its ETag."""
        kind = TYPES.get(posixpath.splitext(path)[1], "application/octet-stream")
        keep = "max-age=31536000, immutable" if LASTING.fullmatch(path) else "no-cache"
        self._ask("PUT", self._at(path), data, Content_Type=kind, Cache_Control=keep)
        stored = self._ask("GET", self._at(path))
        if stored.data != data:
            raise TargetError(f"{self.name} : {path} n'est pas arrivé tel qu'il a été vérifié ; relancez")
        return stored.headers.get("ETag", "").strip('"')

    def get(self, path: str) -> bytes | None:
        """Return an object's bytes; None when there is none."""
        return self._read(self._at(path))

    def _read(self, address: str) -> bytes | None:
        answer = self._ask("GET", address, also=(GONE,))
        return None if answer.status == GONE else answer.data

    def delete(self, path: str) -> None:
        """Remove an object; ``forget`` removes what it was before."""
        self._ask("DELETE", self._at(path), also=(GONE,))

    def forget(self) -> None:
        """Remove the versions that a storage keeps of what was replaced or removed."""
        if b"<Status>" not in self._ask("GET", self._site, query="versioning=").data:
            return  # versions were never kept
        for row in self._rows("versions", {"versions": ""}, "Version"):
            if row["IsLatest"] != "true" or row[""] == "DeleteMarker":
                version = f"versionId={quote(row['VersionId'], safe='-_.~')}"
                self._ask("DELETE", self._at(self._path(row["Key"])), query=version, also=(GONE,))

    def note(self, name: str) -> bytes | None:
        """Return a note of ours; None when there is none."""
        answer = self._ask("GET", self._note(name), also=(GONE,), is_read=False)
        data = note_of(answer, self.name)
        return None if answer.status == GONE else data

    def keep_note(self, name: str, data: bytes) -> None:
        """Store a note of ours, whole."""
        self._ask("PUT", self._note(name), data, Content_Type="application/json")

    def create(self, data: bytes) -> bool:
        """Make the lock, if nobody did; ``TargetError`` where anybody may read it."""
        address = self._note(LOCK)
        if self._read(address) is not None:  # for storages that would not mind « If-None-Match »
            return False
        asked = self._ask("PUT", address, data, also=TAKEN, If_None_Match="*", Content_Type="application/json")
        if asked.status in TAKEN or self._read(address) != data:
            return self._read(address) == data  # our own, when the answer to a first try was lost
        try:
            seen = self._pool.request("GET", address, redirect=False).status
        except urllib3.exceptions.HTTPError as error:
            raise TargetError(f"{self.name} : {lost(error)}") from error
        if seen in OK:
            self.drop(data)
            raise TargetError(f"{self._notes} : ce seau se lit sans clé, et il dit les adresses de tout ; fermez-le")
        self._mine = data
        return True

    def renew(self) -> None:
        """Write the lock again: we are alive."""
        self._ask("PUT", self._note(LOCK), self._mine, Content_Type="application/json")

    def holder(self) -> tuple[bytes, float] | None:
        """Return what the lock holds and the seconds since it was renewed, by the storage's own clock."""
        answer = self._ask("GET", self._note(LOCK), also=(GONE,))
        if answer.status == GONE:
            return None
        made, now = (email.utils.parsedate_to_datetime(answer.headers[n]) for n in ("Last-Modified", "Date"))
        return answer.data, (now - made).total_seconds()

    def drop(self, data: bytes) -> None:
        """Remove the lock if it holds this."""
        if self._read(self._note(LOCK)) == data:
            self._ask("DELETE", self._note(LOCK), also=(GONE,))
