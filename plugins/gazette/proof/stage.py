"""``proof()``: reads every printed file back, and alone makes ``Proofed``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from gazette.hands import share
from gazette.model.depeche import WAITING
from gazette.model.finding import Finding, Place, Severity
from gazette.model.sheet import Proofed
from gazette.proof.ent import misread
from gazette.proof.links import dead, target
from gazette.proof.page import proof_version
from gazette.proof.rereading import Rereading, Verdict
from gazette.proof.sought import Sought
from gazette.proof.structure import STATE_FILE
from gazette.proof.tokens import masked
from gazette.proof.weight import THEME, overweight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.feed import Feed
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Audience
    from gazette.model.sheet import Manifest
    from gazette.proof.evidence import Evidence


class Printing(Protocol):
    """A printed edition, as the press hands it over."""

    @property
    def manifest(self) -> Manifest:
        """Return what was printed."""
        ...

    @property
    def fresh(self) -> frozenset[str]:
        """Return the paths printed this time."""
        ...

    @property
    def output(self) -> Path:
        """Return the folder the edition will stand in."""
        ...

    @property
    def staging(self) -> Path:
        """Return the folder of what was printed this time."""
        ...

    def file(self, path: str) -> Path:
        """Return where a printed file stands for now."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What one edition may and must not hold."""

    audience: Audience
    printing: Printing
    shown: tuple[Entry, ...]
    hidden: tuple[Entry, ...]
    frame: str
    """Text of the theme and of the circonscription, which every edition may print."""
    waiting: tuple[Entry, ...] = ()
    """Dépêches that nobody accepted yet."""
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    """What each feed made for the ENT carries, by printed path."""
    config: str = ""
    """Digest of the circonscription's configuration: with it, an entry's digest tells all that the entry says."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Words of the files to download of all entries, by digest of the original."""


def proof(
    editions: Sequence[Shown],
    audiences: tuple[Audience, ...],
    memo: Memo,
    tokens: frozenset[str] = frozenset(),
    standing: Mapping[str, Mapping[str, frozenset[str]]] | None = None,
) -> tuple[tuple[Proofed, ...], list[Finding]]:
    """Return the editions that may be published, and every fault; with one STOP, none may.

    ``tokens`` name the token feeds: no printed byte may hold one.
    ``standing`` tells by edition the files, with their anchors, that links may lead to though they are not read here: a
    letter is proofed without the pages it tells of, and is no page of a site.
    """
    standing = standing or {}
    seen = _seen(editions, audiences, tokens)
    past = {} if standing else _past(seen, memo)
    findings: list[Finding] = []
    books: dict[str, Rereading] = {}
    verdicts: dict[str, Verdict] = {}
    for edition in editions:
        name = edition.audience.name
        sought = Sought(edition, f"cherche:{name}", memo)
        verdict = past.get(name, Verdict())
        if verdict.sought != sought.former_digest:
            verdict = Verdict()
        book = Rereading(edition.printing.manifest, edition.printing.file, verdict, memo, standing.get(name, {}))
        findings += [*_unlisted(edition), *_said(edition.audience, book, sought, tokens)]
        findings += [*_followers(edition.audience, book), *_misread(edition, memo)]
        findings += [] if standing else _misbuilt(edition.audience, book)
        books[name], verdicts[name] = book, book.verdict(sought.keep())
    findings += _reached(editions, audiences, books)
    findings = [masked(f, tokens) for f in findings]
    is_closed = any(f.severity is Severity.STOP for f in findings)
    if not standing:
        rows = {name: astuple(replace(v, notes=_notes(name, findings))) for name, v in verdicts.items()}
        memo.put("verdict", json.dumps([seen, {} if is_closed else rows], separators=(",", ":")))
    if is_closed:
        return (), findings
    return tuple(Proofed(e.printing.manifest, str(e.printing.output)) for e in editions), findings


def _seen(editions: Sequence[Shown], audiences: tuple[Audience, ...], tokens: frozenset[str]) -> str:
    """Return a digest of what a verdict depends on beside the files: other code, addresses or tokens read them anew."""
    names = [e.audience.name for e in editions]
    return hashlib.blake2b(f"{proof_version()}\0{names}\0{audiences}\0{sorted(tokens)}".encode()).hexdigest()


def _past(seen: str, memo: Memo) -> dict[str, Verdict]:
    """Return by edition what the last proof had read, if it stopped nothing."""
    known, rows = json.loads(memo.get("verdict") or '["", {}]')
    return {name: Verdict(*row) for name, row in rows.items()} if known == seen else {}


def _notes(name: str, findings: Sequence[Finding]) -> dict[str, list[tuple[str, str, str]]]:
    """Return what was noted of the files of an edition, by path."""
    notes: dict[str, list[tuple[str, str, str]]] = {}
    for f in findings:
        if f.place.file.startswith(f"{name}/"):
            notes.setdefault(f.place.file.removeprefix(f"{name}/"), []).append((f.code, f.message, f.remedy))
    return notes


def _stop(audience: Audience, path: str, code: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.STOP, Place(f"{audience.name}/{path}"), message, remedy)


def _unlisted(edition: Shown) -> Iterable[Finding]:
    """Tell files that something printed without being asked to: a plugin, or the theme."""
    staging = edition.printing.staging
    if not staging.is_dir():
        return
    for file in sorted(f for f in staging.rglob("*") if f.is_file()):
        path = file.relative_to(staging).as_posix()
        if path not in edition.printing.fresh:
            yield _stop(
                edition.audience,
                path,
                "EPR-04",
                "fichier imprimé que rien n'a demandé",
                "retirez le module de Pelican qui l'écrit",
            )


MANY = 256
"""Changed pages from which all are opened and shared out, whether they may lead nowhere or not."""


def _reached(
    editions: Sequence[Shown],
    audiences: tuple[Audience, ...],
    books: Mapping[str, Rereading],
) -> list[Finding]:
    """Tell the links and resources that lead nowhere, or too far; a page that was proofed loses only what is gone."""
    is_all = any(book.has_lost for book in books.values()) or sum(len(b.changed) for b in books.values()) > MANY
    pages = []
    findings: list[Finding] = []
    for edition in editions:
        book = books[edition.audience.name]
        paths = list(book.manifest.files) if is_all else book.changed
        findings += _noted(edition.audience, book, paths)
        pages += [(edition.audience, path, found) for path, found in zip(paths, book.of(paths), strict=True)]

    def told(some: Sequence[tuple[Audience, str, Evidence]]) -> list[list[Finding]]:
        return [
            [finding for tell in (_links, _third_parties, _heavy) for finding in tell(*page, audiences, books)]
            for page in some
        ]

    return findings + [finding for row in (share(told, pages) if is_all else told(pages)) for finding in row]


def _noted(here: Audience, book: Rereading, but: Sequence[str]) -> Iterable[Finding]:
    """Tell again what was noted of files that are what they were, and are not read again."""
    for path in (p for p in book.past.notes if p in book.manifest.files and p not in but):
        for code, message, remedy in book.past.notes[path]:
            yield Finding(code, Severity.NOTE, Place(f"{here.name}/{path}"), message, remedy)


def _links(
    here: Audience, path: str, found: Evidence, audiences: tuple[Audience, ...], books: Mapping[str, Rereading]
) -> Iterable[Finding]:
    for href, reason in dead(found.links, path, here, audiences, books):
        yield _stop(
            here, path, "EPR-01", f"{reason} : {href[:100]}", "corrigez le thème, ou signalez ce défaut de Gazette"
        )


def _third_parties(
    here: Audience, path: str, found: Evidence, audiences: tuple[Audience, ...], books: Mapping[str, Rereading]
) -> Iterable[Finding]:
    """Tell what a browser would fetch from elsewhere, a reader's address with it (rule R27), or in vain."""
    for href in found.subresources:
        if href.startswith("data:image/"):
            continue
        end = target(href, path, here, audiences)
        if end is None or end.audience.name != here.name or urlsplit(href).scheme not in {"", "http", "https"}:
            message = f"ressource prise sur un autre site : {href[:100]}"
            yield _stop(here, path, "EPR-02", message, "copiez-la dans static/ du thème, ou retirez-la")
        elif end.path not in books[here.name]:
            message = f"ressource interne qui n'existe pas : {href[:100]}"
            yield _stop(here, path, "EPR-01", message, "corrigez le thème, ou signalez ce défaut de Gazette")


def _heavy(
    here: Audience, path: str, found: Evidence, audiences: tuple[Audience, ...], books: Mapping[str, Rereading]
) -> Iterable[Finding]:
    """Tell what an old computer on a slow line would wait for.

    The theme's weight is every page's, and stops; a page of someone's long text keeps nobody else's back.
    """
    is_written = bool(books[here.name].manifest.files[path].sources)
    for name, bytes_, most in overweight(here, path, found, audiences, books):
        message = f"{name} : {bytes_ // 1000} ko, plus que les {most // 1000} ko permis"
        if is_written and name not in THEME:
            remedy = (
                "elle paraît, mais tardera sur une ligne lente : coupez en deux ce long texte ou cette grande image"
            )
            yield Finding("EPR-08", Severity.NOTE, Place(f"{here.name}/{path}"), message, remedy)
        else:
            yield _stop(here, path, "EPR-08", message, "allégez le thème")


def _followers(here: Audience, book: Rereading) -> Iterable[Finding]:
    """Tell the scripts that would follow a reader: without any, no banner asks for consent."""
    for path, found in zip(book.changed, book.of(book.changed), strict=True):
        if found.tracker:
            message = f"un script y suivrait le lecteur, ou garderait quelque chose chez lui : {found.tracker[:40]}"
            yield _stop(here, path, "EPR-06", message, "retirez ce script du thème")


def _misbuilt(here: Audience, book: Rereading) -> Iterable[Finding]:
    """Tell pages that lack what the law or RGAA asks of each, and files that the State alone may print."""
    for path, found in zip(book.changed, book.of(book.changed), strict=True):
        lack = "un fichier de l’identité de l’État" if STATE_FILE.search(path) else found.lack
        if lack:
            yield _stop(here, path, "EPR-11", lack, "corrigez le thème, ou signalez ce défaut de Gazette")


def _said(here: Audience, book: Rereading, sought: Sought, tokens: frozenset[str]) -> Iterable[Finding]:
    """Tell printed texts that hold words of an entry this edition must not show, or the name of a token feed."""
    found = book.search(sought.canaries, sought.added, tokens)
    leaks = sought.leaks(told.heard for told in found.values())
    for (path, told), (source, words) in zip(found.items(), leaks, strict=True):
        if source:
            whose = f"des mots de {source}, que cette édition ne doit pas montrer"
            remedy = "changez ces mots s'ils sont à tout le monde ; sinon, signalez ce défaut"
            if source.startswith(f"{WAITING}/"):
                remedy = (
                    "répondez à cette dépêche (./gazette moderer) ; si elle n'imite pas nos pages, signalez ce défaut"
                )
            yield _stop(here, path, "EPR-03", f"{whose}, y sont imprimés (« {words} »)", remedy)
        if told.is_sealed:
            remedy = "exportez ce document à nouveau, ou signalez ce défaut"
            yield _stop(here, path, "EPR-07", "on ne peut pas relire ce qu'il contient", remedy)
        if told.is_token:
            message = "l'adresse d'un fil à jeton y est imprimée ; elle se donne par lettre, jamais sur une page"
            remedy = "retirez-la du texte, puis changez-la : publier --nouveau-jeton"
            yield _stop(here, path, "EPR-10", message, remedy)


def _misread(edition: Shown, memo: Memo) -> Iterable[Finding]:
    """Tell feeds that the ENT would show otherwise than they were composed, by its own algorithm (rule R57)."""
    for path, feed in edition.feeds.items():
        printed = edition.printing.manifest.files[path]
        address = edition.audience.address + path
        wanted = hashlib.blake2b(f"{address}\0{feed!r}".encode()).hexdigest()
        key = f"ent:{proof_version()}:{printed.digest}:{wanted}"
        hit = memo.get(key)
        if hit is None:
            hit = "\n".join(misread(edition.printing.file(path).read_bytes(), feed, address))
            memo.put(key, hit)
        for fault in hit.splitlines():
            message = f"l'ENT lirait mal ce flux : {fault}"
            yield _stop(edition.audience, path, "EPR-05", message, "signalez ce défaut de Gazette")
