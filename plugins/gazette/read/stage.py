"""``read()``: the content folder → entries and findings; one bad file costs that file alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from gazette.errors import ConfigurationError
from gazette.model.decision import REGISTER
from gazette.model.entry import Actualite, Ecole, Entry, Evenement, InfoDirection, Origin, Page, Projet
from gazette.model.finding import Finding, Place, Severity
from gazette.model.memo import Forgetful
from gazette.model.moment import PARIS
from gazette.model.text import anchored
from gazette.pool import Pool
from gazette.read import READER
from gazette.read.cahiers import shelved
from gazette.read.circonscription import FILE as NEWSROOM_FILE
from gazette.read.correspondents import bookless, doubled
from gazette.read.disappearance import disappearances
from gazette.read.entry import read_entry
from gazette.read.figures import figures, unknown_schools
from gazette.read.history import History, history, uncommitted
from gazette.read.index import Held, Index
from gazette.read.limits import EXHAUSTED
from gazette.read.links import dead_links
from gazette.read.media import MediaFolder
from gazette.read.record import Facts, Records, face
from gazette.read.registers import authorisations, decisions, forgets_none, processings, withdrawals
from gazette.read.texts import FOLDERS, File, contents, loose, texts

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from datetime import datetime

    from gazette.model.authorisation import Authorisation
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Newsroom
    from gazette.model.processing import Processing
    from gazette.model.register import Register

Kind = TypeVar("Kind", bound=Entry)
FACED: frozenset[type[Entry]] = frozenset({Actualite, InfoDirection, Page, Projet})
"""Kinds of which no page but their own shows the words."""


Parsed: TypeAlias = "Generator[dict[str, Any], None, None]"
"""What files hold, as the workers tell it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read."""

    entries: tuple[Entry, ...]
    """In order of path."""
    findings: tuple[Finding, ...]
    authorisations: dict[str, Authorisation]
    """By id."""
    processings: tuple[Processing, ...]
    """The register of what is done with personal data."""
    register: Register
    """What was withdrawn."""
    waiting: tuple[Entry, ...]
    """Dépêches that nobody accepted: no stage is given them, and the proof seeks their words."""
    past: History
    """What git tells of the files, and the commit they stand at."""
    uncommitted: int | None
    """Files that differ from that commit, when a publication asks; None: there is no commit at all."""


def read(
    content: Path,
    newsroom: Newsroom,
    now: datetime,
    memo: Memo,
    pool: Pool | None = None,
    *,
    is_production: bool = False,
    is_open: bool = False,
) -> Reading:
    """Read every entry of the folder; ``now`` bounds the dates that git tells; a publication needs them whole.

    ``is_open``: the memo can be asked as long as entries are used, and texts are fetched from it when they are.
    """
    findings: list[Finding] = []
    register = withdrawals(content)
    if is_production:
        forgets_none(content, register)
    processed, unread = processings(content)
    files = sorted(texts(content, newsroom, findings), key=lambda f: f.path)
    past = history(content)
    if past.is_shallow:
        place = Place(NEWSROOM_FILE)
        remedy = "faites « git fetch --unshallow » : les dates de création et de modification manquent"
        severity = Severity.STOP if is_production else Severity.NOTE
        findings.append(Finding("LEC-30", severity, place, "dépôt git tronqué (clone superficiel)", remedy))
    media = MediaFolder(content, memo)
    records = Records(newsroom, media, memo, is_open=is_open)
    held, known = _held(files, records, memo, findings)
    files = [f for f in files if f.path in held]
    memo.keep(_row_of(one.sha256) for one in held.values())
    entries: list[Entry] = []
    waiting: list[Entry] = []
    with contextlib.closing(_parsed([f for f in files if f.path not in known], held, memo, pool)) as parsed:
        for file in files:
            path, kept = file.path, known.get(file.path)
            told = [] if file.is_waiting else findings  # what waits is told to who moderates it
            if kept is None:
                before = len(told)
                entry = read_entry(file, held[path].data, next(parsed), newsroom, media, told)
                if entry is None:
                    continue
                kept = _taken_apart(entry)
                kept[1]["face"] = records.keep(entry, held[path].sha256) if len(told) == before else face(entry)
            entry = _dated(*kept, held[path], past, now, newsroom)
            (waiting if file.is_waiting else entries).append(entry)
    counted, uncertain = figures(content, newsroom, now)
    for one, bytes_ in counted:
        entries.append(_dated(*_taken_apart(one), Held.of(bytes_), past, now, newsroom))
    entries = shelved(entries, findings)
    alone = tuple(_alone(entries, now, past, findings))
    kinds = {"evenements": FOLDERS["evenements"], **{f.name: f.kind for f in newsroom.fils}}
    findings.extend((*uncertain, *unknown_schools(alone)))
    findings.extend(dead_links(alone, frozenset(f.path for f in files)))
    findings.extend((*bookless(alone), *doubled(alone), *loose(content, kinds, entries)))
    silent = frozenset(f.path for f in files).difference(e.path for e in alone)
    findings.extend(disappearances(content, kinds, alone, silent, register, past, now.date(), memo))
    allowed, faults = authorisations(content)
    findings.extend(_register_lost(content, is_production=is_production))
    every = tuple(sorted([*findings, *faults, *unread], key=lambda f: f.sort_key))
    changed = uncommitted(content) if is_production else 0
    return Reading(alone, every, allowed, processed, register, tuple(waiting), past, changed)


def directory(content: Path, newsroom: Newsroom, now: datetime) -> tuple[tuple[Ecole, ...], tuple[Finding, ...]]:
    """Read the schools alone, for who has nothing to do with what is printed; with what is wrong of them."""
    findings: list[Finding] = []
    files = sorted((f for f in texts(content, newsroom, []) if f.kind == "ecole"), key=lambda f: f.path)
    held = contents(files, Index(Forgetful()).read, findings)
    files = [f for f in files if f.path in held]
    media = MediaFolder(content, Forgetful())
    schools = tuple(
        _dated(*_taken_apart(entry), held[f.path], History(), now, newsroom)
        for f, parsed in zip(files, _parsed(files, held, Forgetful(), None), strict=True)
        if isinstance(entry := read_entry(f, held[f.path].data, parsed, newsroom, media, findings), Ecole)
    )
    return schools, tuple(sorted([*findings, *doubled(schools)], key=lambda f: f.sort_key))


def reread(content: Path, newsroom: Newsroom, now: datetime, path: str, past: History, pool: Pool) -> Entry | None:
    """Return what one text holds now, nothing else being read; None where a whole reading alone can tell."""
    file = next((f for f in texts(content, newsroom, []) if f.path == path), None)
    held = contents([file] if file else [], Index(Forgetful()).read, [])
    if file is None or not held:
        return None
    (parsed,) = _parsed([file], held, Forgetful(), pool)
    media = MediaFolder(content, Forgetful())
    entry = read_entry(file, held[path].data, parsed, newsroom, media, [])
    return _dated(*_taken_apart(entry), held[path], past, now, newsroom) if entry else None


def _register_lost(content: Path, *, is_production: bool) -> Iterator[Finding]:
    """Tell a register of decisions that cannot be believed: nothing is published until it is there again."""
    try:
        decisions(content)
    except ConfigurationError as error:
        severity = Severity.STOP if is_production else Severity.NOTE
        message, _, remedy = str(error).removeprefix(f"{content / REGISTER}").partition(" · ")
        yield Finding("LEC-42", severity, Place(REGISTER), message.rpartition(" : ")[2], remedy)


def _held(
    files: list[File], records: Records, memo: Memo, findings: list[Finding]
) -> tuple[dict[str, Held], dict[str, Facts]]:
    """Return what each file holds, and the entries that are remembered; the bytes of all others are there."""
    index = Index(memo)
    held = contents(files, index.held, findings)
    known = records.known({path: one.sha256 for path, one in held.items()})
    wanted = [f for f in files if f.path in held and f.path not in known and held[f.path].kept is None]
    for file in wanted:
        del held[file.path]
    held |= contents(wanted, index.read, findings)
    index.keep()
    return held, known


@cache
def reader_version() -> str:
    """Return a digest of what reading depends on besides the file: this package's reading code and its libraries."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for source in [here / f"{n}.py" for n in ("frontmatter", "limits", "nested", "pasted", "render", "worker")] + [
        here.parent / "model" / f"{n}.py" for n in ("text", "typography")
    ]:
        digest.update(source.read_bytes())
    digest.update(" ".join(version(n) for n in ("Markdown", "nh3", "PyYAML")).encode())
    return digest.hexdigest()[:16]


def _row_of(digest: str) -> str:
    """Return the key that what a file holds is kept under."""
    return f"{reader_version()}:{digest}"


def _parsed(files: list[File], held: Mapping[str, Held], memo: Memo, pool: Pool | None) -> Parsed:
    """Yield what each file holds, in their order: from the memo or, while the caller goes on, from the workers."""
    keys = [_row_of(held[file.path].sha256) for file in files]
    left = Counter(keys)
    known = {key: memo.get(key) for key in left}
    missing = {key: held[file.path].data for key, file in zip(keys, files, strict=True) if known[key] is None}
    with contextlib.ExitStack() as stack:
        answers: Iterator[dict[str, Any] | None] = iter(())
        if missing:
            workers = pool or stack.enter_context(Pool(READER))
            answers = stack.enter_context(contextlib.closing(workers.ask(missing.values())))
        for key in keys:
            row = known[key]
            answer = json.loads(row) if row else next(answers) or EXHAUSTED
            if row is None:
                known[key] = row = json.dumps(answer, ensure_ascii=True, separators=(",", ":"))
                memo.put(key, row)
            left[key] -= 1
            if not left[key]:
                del known[key]
            yield answer


def _taken_apart(entry: Kind) -> tuple[type[Kind], dict[str, Any]]:
    """Return the kind and the fields of an entry."""
    return type(entry), {field.name: getattr(entry, field.name) for field in fields(entry)}


def _dated(
    kind: type[Kind],
    facts: dict[str, Any],
    held: Held,
    past: History,
    now: datetime,
    newsroom: Newsroom,
) -> Kind:
    """Return the entry with its dates out of git, clamped to the build's instant."""
    path, date = facts["path"], facts["date"]
    known = past.files.get(path)
    written = date.instant if date else None
    if known is None:
        created = modified = min(written or now.replace(hour=0, minute=0), now)
        contributors: tuple[str, ...] = ()
    else:
        created, modified = min(known.created, now), min(known.modified, now)
        if known.blob != held.blob and written:
            created, modified = min(written, now), min(max(written, known.modified), now)
        roles = [r.name for r in newsroom.roles for c in known.committers if c in r.committers]
        contributors = tuple(dict.fromkeys(roles))
    origin = Origin(created.astimezone(PARIS), modified.astimezone(PARIS), contributors)
    media = "".join(m.digest for key in ("images", "sounds", "attachments") for m in facts.get(key, ()))
    told = f"{origin.created.isoformat()}\0{origin.modified.isoformat()}\0{contributors}"
    seen = f"{path}\0{held.sha256}\0{media}\0{told}\0{reader_version()}"
    digest = hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
    return kind(**facts | {"origin": origin, "digest": digest, "face": _face(kind, facts, origin)})


def _face(kind: type[Entry], facts: dict[str, Any], origin: Origin) -> str:
    """Return what changes with all that other pages than the entry's own may show of it; "" where its digest does."""
    if not facts["face"] or kind not in FACED or facts.get("provenance"):  # a dépêche's words are compared
        return ""
    is_announcing = any(facts.get(name) for name in ("events", "windows", "deadlines"))
    modified = origin.modified.isoformat() if is_announcing else ""  # calendars and the frise tell it
    shown = f"{facts['face']}\0{origin.created.isoformat()}\0{origin.contributors}\0{modified}"
    return hashlib.blake2b(shown.encode(), digest_size=12).hexdigest()


def _alone(entries: list[Entry], now: datetime, past: History, findings: list[Finding]) -> Iterator[Entry]:
    """Yield the entries that have their address and identity alone.

    The more open keeps them, then what is on line, then what git has known for longer, then the first by path: a more
    open entry never depends on a more restricted one (oracle O1), and no draft nor copy takes the place of what readers
    see.
    """
    ids: dict[str, str] = {}
    addresses: dict[tuple[str, str, str], str] = {}
    kept = set()

    def turn(entry: Entry) -> tuple[int, bool, float, str]:
        known = past.files.get(entry.path)
        since = known.created.timestamp() if known else math.inf
        return entry.audience.rank, not _is_on_line(entry, now), since, entry.path

    for entry in sorted(entries, key=turn):
        address = (entry.audience.name, entry.folder, entry.name)
        identity = f"#{anchored(entry.id)}" if isinstance(entry, Evenement) and entry.id not in ids else entry.id
        if address in addresses:
            message, remedy = f"même adresse que {addresses[address]}", "renommez l'un des deux fichiers"
            findings.append(Finding("LEC-33", Severity.REFUSE, entry.place(), message, remedy))
        elif identity in ids:
            message = f"même identité (id) que {ids[identity]}"
            findings.append(
                Finding("LEC-34", Severity.REFUSE, entry.place("id"), message, "donnez un autre id à l'un des deux")
            )
        else:
            addresses[address] = ids[entry.id] = ids[identity] = entry.path
            kept.add(entry.path)
    yield from (e for e in entries if e.path in kept)


def _is_on_line(entry: Entry, now: datetime) -> bool:
    """Tell whether readers are meant to see the entry now."""
    has_come = entry.date is None or entry.date.instant <= now
    return entry.status == "publie" and has_come and (entry.expires is None or entry.expires >= now.date())
