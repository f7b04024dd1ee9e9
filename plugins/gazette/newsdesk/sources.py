"""How each kind of source is asked what it holds now: a delivery, and what opens its pictures."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.model.correspondent import is_path
from gazette.newsdesk.article import ENTRIES, WITHIN, Listing, article, ignored, shown
from gazette.newsdesk.bench import READER
from gazette.newsdesk.copy import Copy
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.item import Delivery, Item, item_of
from gazette.newsdesk.peer import Fetch, Heard, Parse, gather, introduction, unclaimed
from gazette.newsdesk.repository import Repository
from gazette.newsdesk.worker import GATHERER, request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.bench import Bench
    from gazette.newsdesk.ledger import Page
    from gazette.newsdesk.prose import Picture

Open = Callable[["Picture"], bytes]
PICTURE_LIMIT = 20 * 1024 * 1024
PATIENCE = 5
"""Times the bound of one document that all those of another Gazette may take."""


def deliver(bench: Bench, one: Correspondent, page: Page, *, is_torn: bool) -> tuple[Delivery, Open]:
    """Return what a source says; ``is_torn``: something of it is missing here, and even an unchanged one is read."""
    if is_path(one.url):
        _check_root(bench, one)
    return _KINDS[one.kind](bench, one, page, is_torn)


def _web(bench: Bench) -> Open:
    """Return what opens pictures of the web; without it, none is to be had for now."""

    def opened(picture: Picture) -> bytes:
        if bench.settings.is_offline:
            raise FetchError("RES-14", "connexion interrompue")  # by whoever runs it
        return bench.client.get(picture.address).body

    return opened


def document(bench: Bench, one: Correspondent, page: Page, is_torn: bool) -> tuple[Delivery, Open]:
    """Ask for a feed or a calendar, as it changed since the last run."""
    opened = _web(bench)
    kept = copy_of(bench, one)
    if bench.settings.is_offline:
        body, media, etag, modified, moved = kept.replayed(page.version), "", page.etag, page.modified, ""
    else:
        knows = bool(page.version) and (not is_torn or kept.holds(page.version))
        conditions = (page.etag, page.modified) if knows else ("", "")
        answer = bench.client.get(one.url, *conditions)
        etag, modified = answer.etag or page.etag, answer.modified or page.modified
        body, media, moved = answer.body, answer.media, answer.moved
        if answer.status == 304:  # noqa: PLR2004  # not modified
            if not is_torn:
                return Delivery(version=page.version, etag=etag, modified=modified, is_unchanged=True), opened
            body = kept.replayed(page.version)
    version = hashlib.sha256(body).hexdigest()
    if version == page.version and not is_torn:
        return Delivery(version=version, etag=etag, modified=modified, is_unchanged=True), opened
    told = bench.ask(GATHERER, request(one.kind, one.url, media, bench.settings.day.isoformat(), body))
    if told is None:
        raise FetchError("FLX-02", "trop lourd à lire (plus de 20 s ou de 300 Mo)")
    if "fault" in told:
        raise FetchError(told["code"], told["fault"])
    if not bench.settings.is_offline:
        kept.keep(body)
    return Delivery(
        items=tuple(item_of(i) for i in told["items"]),
        version=version,
        etag=etag,
        modified=modified,
        is_whole=told["is_whole"],
        since=_oldest(told["items"]) if one.kind == "rss" else "",
        notes=(*told["notes"], *([f"a changé d’adresse pour de bon : {moved}"] if moved else [])),
    ), opened


def _oldest(items: list[dict[str, Any]]) -> str:
    """Return the date of the oldest item of a feed: it tells nothing of what is older; "9" when none is dated."""
    return min((item["date"] for item in items if item["date"]), default="9") if items else ""


def hear(bench: Bench, one: Correspondent) -> Heard | FetchError:
    """Ask another Gazette who it is, and for its fils and its frise; what is whose is told once all were heard."""
    try:
        base, fetch, parse = _asking(bench, one)
        said = introduction(bench.settings.ours, base, fetch, parse)
        return Heard(said, gather(one, bench.settings.ours, said, base, fetch, parse))
    except FetchError as error:
        return error


def gazette(bench: Bench, one: Correspondent, page: Page, is_torn: bool) -> tuple[Delivery, Open]:
    """Return what another Gazette told, less what comes by another way."""
    opened = _web(bench)
    heard = bench.claims.heard(one.key)
    found = heard.delivery
    if bench.settings.is_offline and found.version != page.version:
        raise FetchError("FLX-03", "ce qui en est gardé n’est pas ce que dit federation.lock.json")
    is_relay = any(bench.claims.is_elsewhere(identity, one.key) for identity in page.items)
    if found.version == page.version and not is_torn and not is_relay:
        return Delivery(version=page.version, home=heard.said.identifier, is_unchanged=True), opened
    return unclaimed(found, one.key, bench.claims), opened


def _asking(bench: Bench, one: Correspondent) -> tuple[str, Fetch, Parse]:
    """Return the address of another Gazette, what fetches from it within its time, and what reads that."""
    settings = bench.settings
    deadline = time.monotonic() + PATIENCE * settings.seconds

    def fetch(url: str) -> bytes:
        kept = copy_of(bench, one, url)
        if settings.is_offline:
            return kept.path.read_bytes() if kept.path.is_file() else b""
        left = deadline - time.monotonic()
        if left <= 0:
            raise FetchError("RES-04", f"trop lent : plus de {PATIENCE * settings.seconds:.0f} s en tout")
        return kept.refreshed(replace(bench.client, seconds=min(left, settings.seconds)), url)

    def parse(kind: str, url: str, body: bytes) -> dict[str, Any]:
        told = bench.ask(GATHERER, request(kind, url, "", settings.day.isoformat(), body))
        if told is None:
            raise FetchError("FLX-02", "trop lourd à lire (plus de 20 s ou de 300 Mo)")
        if "fault" in told:
            raise FetchError(told["code"], told["fault"])
        return told

    return one.url if one.url.endswith("/") else f"{one.url}/", fetch, parse


def copy_of(bench: Bench, one: Correspondent, url: str = "") -> Copy:
    """Return where the last document of a source is kept, or that of one of its addresses."""
    name = hashlib.sha256(one.key.encode()).hexdigest()[:32]
    part = f".{hashlib.sha256(url.encode()).hexdigest()[:16]}" if url else ""
    return Copy(bench.settings.state / "documents" / f"{name}{part}")


def repository(bench: Bench, one: Correspondent, page: Page, is_torn: bool) -> tuple[Delivery, Open]:
    """Bring a repository's mirror up to date, and read its articles out of it."""
    found = _mirror(bench, one)
    if bench.settings.is_offline:
        commit, is_rewritten = found.pinned(page.version), False
    else:
        commit, is_rewritten = found.fetch(page.version, is_read=is_torn)

    def opened(picture: Picture) -> bytes:
        return next(found.blobs([picture.address.removeprefix(WITHIN)]))

    if commit == page.version and not is_torn:
        return Delivery(version=commit, is_unchanged=True), opened
    listing = found.listing(commit)
    files = zip(listing.texts, found.blobs(list(listing.texts.values())), strict=True)
    items, notes = _articles(bench, files, listing)
    if is_rewritten:
        notes.append(f"histoire réécrite : {page.version[:10]} n’y est plus, {commit[:10]} la remplace")
    former = page.version if is_rewritten else ""
    return Delivery(items=items, version=commit, notes=tuple(notes), former=former), opened


def _mirror(bench: Bench, one: Correspondent) -> Repository:
    settings = bench.settings
    mirror = settings.state / "depots" / f"{hashlib.sha256(one.key.encode()).hexdigest()[:32]}.git"
    place = replace(one, url=str(settings.content / one.url)) if is_path(one.url) else one
    return Repository(place, mirror, settings.network, settings.seconds, settings.known_hosts, settings.ssh_key)


def forget(bench: Bench, one: Correspondent) -> None:
    """Keep nothing here of what a source took off: its mirror holds the present alone (R10)."""
    if one.kind == "git" and not bench.settings.is_offline:
        _mirror(bench, one).forget()


def folder(bench: Bench, one: Correspondent, page: Page, is_torn: bool) -> tuple[Delivery, Open]:
    """Read a shared folder of this machine; links are never followed."""
    top = bench.settings.content / one.url / one.folder
    listing, seen = Listing(), hashlib.sha256()
    for count, (path, entry) in enumerate(_walk(top, ""), 1):
        if count > ENTRIES:
            raise FetchError("DOS-02", f"plus de {ENTRIES} fichiers")
        if entry.is_symlink():
            listing.notes.append(f"{shown(path)} : lien symbolique, jamais suivi")
        elif entry.is_file(follow_symlinks=False):
            facts = entry.stat(follow_symlinks=False)
            seen.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode("utf-8", "replace"))
            listing.add(path, path, facts.st_size)

    def opened(picture: Picture) -> bytes:
        return _plain_bytes(top, picture.address.removeprefix(WITHIN))

    version = seen.hexdigest()
    if version == page.version and not is_torn:
        return Delivery(version=version, is_unchanged=True), opened
    files = ((path, _plain_bytes(top, path)) for path in listing.texts)
    items, notes = _articles(bench, files, listing)
    return Delivery(items=items, version=version, notes=tuple(notes)), opened


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what a folder holds, without recursion and without following a link, in order."""
    waiting = [(folder, prefix)]
    while waiting:
        here, start = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda e: e.name)
        except OSError as error:
            raise FetchError("DOS-01", "dossier introuvable ou illisible") from error
        for entry in entries:
            path = f"{start}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), f"{path}/"))
            else:
                yield path, entry


def _plain_bytes(top: Path, path: str) -> bytes:
    """Return the bytes of a file that is one, not a link that took its place."""
    try:
        descriptor = os.open(top / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise FetchError("DOS-01", f"{shown(path)} : fichier illisible") from error
    with os.fdopen(descriptor, "rb") as file:
        return file.read(PICTURE_LIMIT)


def _articles(bench: Bench, files: Iterable[tuple[str, bytes]], listing: Listing) -> tuple[tuple[Item, ...], list[str]]:
    """Return the items that Markdown files tell, and what was left aside."""
    items, notes = [], list(listing.notes)
    deadline = time.monotonic() + bench.settings.seconds
    for path, data in files:
        if time.monotonic() > deadline:
            raise FetchError("DOS-04", f"articles trop longs à lire : plus de {bench.settings.seconds:.0f} s")
        parsed = bench.ask(READER, data)
        made = article(path, data, parsed, listing.pictures)
        if isinstance(made, Item):
            items.append(made)
            if parsed and (keys := ignored(parsed)):
                notes.append(f"{shown(path)} : clés sans effet ({', '.join(keys[:8])})")
        elif made:
            notes.append(made)
    return tuple(items), notes


def _check_root(bench: Bench, one: Correspondent) -> None:
    """Refuse a local source outside the folders that publishconf.py allows."""
    roots = bench.settings.roots
    with contextlib.suppress(OSError):
        real = (bench.settings.content / one.url).resolve(strict=True)
        if roots is None or any(real.is_relative_to(root.resolve()) for root in roots):
            return
        raise FetchError("DOS-03", "chemin hors des dossiers permis (SOURCES, dans publishconf.py)")
    raise FetchError("DOS-01", "dossier introuvable ou illisible")


_KINDS: dict[str, Callable[[Bench, Correspondent, Page, bool], tuple[Delivery, Open]]] = {
    "rss": document,
    "ics": document,
    "git": repository,
    "dossier": folder,
    "gazette": gazette,
}
