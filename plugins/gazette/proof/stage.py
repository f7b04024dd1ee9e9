"""``proof()``: reads every printed file back, and alone makes ``Proofed``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from gazette.model.finding import Finding, Place, Severity
from gazette.model.sheet import Proofed
from gazette.proof.canaries import Canaries, canaries
from gazette.proof.ent import misread
from gazette.proof.links import dead, target
from gazette.proof.page import INSPECTED, TEXTS, Inspection, inspect, proof_version
from gazette.proof.tokens import masked, told_tokens
from gazette.proof.trackers import trackers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.feed import Feed
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Audience
    from gazette.model.sheet import Manifest


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
    letter is proofed without the pages it tells of.
    """
    findings: list[Finding] = []
    inspected = {e.audience.name: _inspect_all(e.printing, memo) for e in editions}
    ids = {
        name: {**(standing or {}).get(name, {}), **{path: frozenset(i.ids) for path, i in files.items()}}
        for name, files in inspected.items()
    }
    for edition in editions:
        findings += _unlisted(edition)
        for path, inspection in inspected[edition.audience.name].items():
            findings += _links(edition.audience, path, inspection, audiences, ids)
            findings += _third_parties(edition.audience, path, inspection, audiences, ids)
        findings += _misread(edition, memo)
        findings += _leaks(edition, memo)
        findings += trackers(edition.printing, memo)
        findings += told_tokens(edition.printing, tokens, memo)
    findings = [masked(f, tokens) for f in findings]
    if any(f.severity is Severity.STOP for f in findings):
        return (), findings
    return tuple(Proofed(e.printing.manifest, str(e.printing.output)) for e in editions), findings


def _inspect_all(printing: Printing, memo: Memo) -> dict[str, Inspection]:
    found = {}
    for path, printed in printing.manifest.files.items():
        is_read = path.endswith(INSPECTED)
        found[path] = inspect(path, printing.file(path).read_bytes(), printed.digest, memo) if is_read else Inspection()
    return found


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


def _links(
    here: Audience,
    path: str,
    inspection: Inspection,
    audiences: tuple[Audience, ...],
    ids: Mapping[str, Mapping[str, frozenset[str]]],
) -> Iterable[Finding]:
    for href, reason in dead(inspection.links, path, here, audiences, ids):
        yield _stop(
            here, path, "EPR-01", f"{reason} : {href[:100]}", "corrigez le thème, ou signalez ce défaut de Gazette"
        )


def _third_parties(
    here: Audience,
    path: str,
    inspection: Inspection,
    audiences: tuple[Audience, ...],
    ids: Mapping[str, Mapping[str, frozenset[str]]],
) -> Iterable[Finding]:
    """Tell what a browser would fetch from elsewhere, a reader's address with it (rule R27), or in vain."""
    for href in inspection.subresources:
        if href.startswith("data:image/"):
            continue
        found = target(href, path, here, audiences)
        if found is None or found.audience.name != here.name or urlsplit(href).scheme not in {"", "http", "https"}:
            message = f"ressource prise sur un autre site : {href[:100]}"
            yield _stop(here, path, "EPR-02", message, "copiez-la dans static/ du thème, ou retirez-la")
        elif found.path not in ids[here.name]:
            message = f"ressource interne qui n'existe pas : {href[:100]}"
            yield _stop(here, path, "EPR-01", message, "corrigez le thème, ou signalez ce défaut de Gazette")


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


def _sought(edition: Shown, memo: Memo) -> Canaries:
    """Return what the edition must not hold, from the memo when the same entries were hidden and shown before."""
    seen = hashlib.blake2b(
        f"{proof_version()}\0{edition.frame}\0{edition.hidden}\0{edition.shown}\0{edition.waiting}".encode()
    )
    key = f"cherches:{edition.audience.rank}"  # one row an audience: it is long, and of use to the next run only
    digest, _, known = (memo.get(key) or "").partition("\n")
    if digest == seen.hexdigest():
        return Canaries.from_json(known)
    sought = canaries(edition.hidden, edition.shown, edition.frame, edition.waiting)
    memo.put(key, f"{seen.hexdigest()}\n{sought.as_json()}")
    return sought


def _leaks(edition: Shown, memo: Memo) -> Iterable[Finding]:
    """Tell printed texts that hold words of an entry this edition must not show."""
    sought = _sought(edition, memo)
    if not (sought.sequences or sought.whole or sought.addresses):
        return
    for path, printed in edition.printing.manifest.files.items():
        if not path.endswith(TEXTS):
            continue
        key = f"canaris:{proof_version()}:{printed.digest}:{sought.digest}"
        hit = memo.get(key)
        if hit is None:
            hit = "\n".join(sought.found_in(edition.printing.file(path).read_bytes()))
            memo.put(key, hit)
        source, _, said = hit.partition("\n")
        if source:
            message = f"des mots de {source}, que cette édition ne doit pas montrer, y sont imprimés (« {said} »)"
            remedy = "changez ces mots s'ils sont à tout le monde ; sinon, signalez ce défaut"
            yield _stop(edition.audience, path, "EPR-03", message, remedy)
