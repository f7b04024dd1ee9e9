"""``read()``: the content folder → entries and findings; one bad file costs that file alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from gazette.errors import ConfigurationError
from gazette.model.cahier import CONTRIBUTIONS
from gazette.model.cahier import FOLDER as CAHIERS
from gazette.model.decision import REGISTER
from gazette.model.entry import Ecole, Entry, Evenement, Origin
from gazette.model.finding import Finding, Place, Severity
from gazette.model.memo import Forgetful
from gazette.model.moment import PARIS
from gazette.model.text import anchored, clean_line, slug
from gazette.pool import Pool
from gazette.read.cahiers import shelved
from gazette.read.circonscription import FILE as NEWSROOM_FILE
from gazette.read.correspondents import bookless, doubled
from gazette.read.depeche import depeche, of_its_own
from gazette.read.disappearance import disappearances
from gazette.read.explain import explain, suggestion
from gazette.read.fields import is_uai
from gazette.read.figures import figures, unknown_schools
from gazette.read.frontmatter import with_line_feeds
from gazette.read.history import History, history, uncommitted
from gazette.read.index import Held, Index
from gazette.read.kinds import entry_of
from gazette.read.links import dead_links
from gazette.read.media import MediaFolder
from gazette.read.placeholder import placeholders
from gazette.read.record import Facts, Records
from gazette.read.registers import authorisations, decisions, forgets_none, processings, withdrawals
from gazette.read.schema import TABLES, EntryTable
from gazette.read.signature import signature
from gazette.read.slips import mend
from gazette.read.worker import EXHAUSTED, READER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from gazette.model.authorisation import Authorisation
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Newsroom
    from gazette.model.processing import Processing
    from gazette.model.register import Register

Kind = TypeVar("Kind", bound=Entry)
FOLDERS = {"evenements": "evenement", "ecoles": "ecole", "pages": "page"}
"""Folders that are not fils, and the kind they hold."""
UNREAD = frozenset({"registres", "donnees"})
"""Folders that other stages read."""
DEPECHES = "depeches"
WAITING = "attente"
"""Under it stands what nobody accepted yet."""
MEDIA = frozenset(
    ".png .jpg .jpeg .webp .gif .heic .svg .mp3 .m4a .ogg .opus .wav "
    ".pdf .odt .ods .odp .docx .xlsx .pptx .csv .zip .vtt".split()
)
WRITTEN = frozenset({".docx", ".odt"})
"""What authors write in elsewhere, and may also give to read as it is."""
FOREIGN_TEXTS = frozenset(".rst .html .htm .adoc .ipynb .org .txt .markdown".split())
_DATED_NAME = re.compile(r"\A(\d{4}-\d{2}-\d{2})[-_ ]*(.*)\Z", re.DOTALL)
_SECOND = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---\s*?\n(?:(?!---\s*$).*\n)*---\s*?\n\s*---\s*?\n[a-z_]+\s*:", re.MULTILINE | re.IGNORECASE
)
"""A front matter that follows another: its keys would be read as words, ``edition: directeurs`` among them."""


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


@dataclass(frozen=True, slots=True)
class _File:
    """A Markdown file found."""

    path: str
    full: str
    """Where it stands; a string: there are tens of thousands."""
    kind: str
    folder: str
    name: str
    """File or folder name without extension."""
    school: str = ""
    """UAI of the school that a dépêche comes from."""
    is_waiting: bool = False


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
    files = sorted(_files(content, newsroom, findings), key=lambda f: f.path)
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
    parsed = _parse([f for f in files if f.path not in known], held, memo, pool)
    memo.keep(_row_of(one.sha256) for one in held.values())
    entries: list[Entry] = []
    waiting: list[Entry] = []
    for file in files:
        path, kept = file.path, known.get(file.path)
        told = [] if file.is_waiting else findings  # what waits is told to who moderates it
        if kept is None:
            before = len(told)
            entry = _entry(file, held[path].data, parsed[path], newsroom, media, told)
            if entry is None:
                continue
            if len(told) == before:
                records.keep(entry, held[path].sha256)
            kept = _taken_apart(entry)
        entry = _dated(*kept, held[path], past, now, newsroom)
        (waiting if file.is_waiting else entries).append(entry)
    counted, uncertain = figures(content, newsroom, now)
    for one, bytes_ in counted:
        entries.append(_dated(*_taken_apart(one), Held.of(bytes_), past, now, newsroom))
    entries = shelved(entries, findings)
    alone = tuple(_alone(entries, now, findings))
    kinds = {"evenements": FOLDERS["evenements"], **{f.name: f.kind for f in newsroom.fils}}
    findings.extend((*uncertain, *unknown_schools(alone)))
    findings.extend(dead_links(alone, frozenset(f.path for f in files)))
    findings.extend((*bookless(alone), *doubled(alone), *_loose(content, kinds, entries)))
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
    files = sorted((f for f in _files(content, newsroom, []) if f.kind == "ecole"), key=lambda f: f.path)
    held = _contents(files, Index(Forgetful()).read, findings)
    files = [f for f in files if f.path in held]
    parsed, media = _parse(files, held, Forgetful(), None), MediaFolder(content, Forgetful())
    schools = tuple(
        _dated(*_taken_apart(entry), held[f.path], History(), now, newsroom)
        for f in files
        if isinstance(entry := _entry(f, held[f.path].data, parsed[f.path], newsroom, media, findings), Ecole)
    )
    return schools, tuple(sorted([*findings, *doubled(schools)], key=lambda f: f.sort_key))


def reread(content: Path, newsroom: Newsroom, now: datetime, path: str, past: History, pool: Pool) -> Entry | None:
    """Return what one text holds now, nothing else being read; None where a whole reading alone can tell."""
    file = next((f for f in _files(content, newsroom, []) if f.path == path), None)
    held = _contents([file] if file else [], Index(Forgetful()).read, [])
    if file is None or not held:
        return None
    parsed = _parse([file], held, Forgetful(), pool)
    media = MediaFolder(content, Forgetful())
    entry = _entry(file, held[path].data, parsed[path], newsroom, media, [])
    return _dated(*_taken_apart(entry), held[path], past, now, newsroom) if entry else None


def _loose(content: Path, folders: Iterable[str], entries: Iterable[Entry]) -> Iterator[Finding]:
    """Tell each word processor's document that stands among texts and that none of them gives to read."""
    items = ((folder, item.name) for folder in folders for item in _items(content / folder, folder, []))
    found = [f"{folder}/{n}" for folder, n in items if not n.endswith(".md") and Path(n).suffix.lower() in WRITTEN]
    named = {medium.path for entry in entries for medium in entry.media} if found else frozenset()
    remedy = "si c'est un texte, enregistrez-le en .md ; sinon, nommez-le dans fichiers: d'un texte"
    for path in found:
        if path not in named:
            yield _misplaced(path, "document que rien ne donne à lire", remedy)


def _register_lost(content: Path, *, is_production: bool) -> Iterator[Finding]:
    """Tell a register of decisions that cannot be believed: nothing is published until it is there again."""
    try:
        decisions(content)
    except ConfigurationError as error:
        severity = Severity.STOP if is_production else Severity.NOTE
        message, _, remedy = str(error).removeprefix(f"{content / REGISTER}").partition(" · ")
        yield Finding("LEC-42", severity, Place(REGISTER), message.rpartition(" : ")[2], remedy)


def _files(content: Path, newsroom: Newsroom, findings: list[Finding]) -> Iterator[_File]:
    """Yield the Markdown files, and tell what stands where nothing is read."""
    fils = {f.name: f.kind for f in newsroom.fils}
    for top in _items(content, "", findings):
        if top.name.startswith((".", "_")) or top.name in UNREAD:
            continue
        if not top.is_dir(follow_symlinks=False):
            if top.name not in {NEWSROOM_FILE, "federation.lock.json", "CODEOWNERS", "README.md"}:
                findings.append(_misplaced(top.name, "fichier hors d'un dossier", "rangez-le dans le dossier d'un fil"))
            continue
        if top.name == DEPECHES:
            yield from _depeches(Path(top.path), findings)
            continue
        if top.name == CAHIERS:
            yield from _cahiers(Path(top.path), findings)
            continue
        kind = fils.get(top.name) or FOLDERS.get(top.name)
        if kind is None:
            known = [*fils, *FOLDERS, *UNREAD, DEPECHES, CAHIERS]
            findings.append(
                _misplaced(top.name, f"dossier inconnu « {clean_line(top.name)[:40]} »", suggestion(top.name, known))
            )
            continue
        yield from _in_folder(Path(top.path), top.name, kind, findings)


def _cahiers(folder: Path, findings: list[Finding]) -> Iterator[_File]:
    """Yield the books, each a folder with ``index.md``, and the pages in the folders of its contributions."""
    for book in _in_folder(folder, CAHIERS, "cahier", findings):
        yield book
        given = Path(book.full).parent / CONTRIBUTIONS
        if Path(book.full).name != "index.md" or not given.is_dir():
            continue
        path = f"{CAHIERS}/{book.name}/{CONTRIBUTIONS}"
        for item in _items(given, path, findings):
            if item.name.startswith("."):
                continue
            if not item.is_dir(follow_symlinks=False):
                what = "fichier hors du dossier d'une contribution"
                findings.append(_misplaced(f"{path}/{item.name}", what, "rangez-le dans <UAI>-<classe>/"))
                continue
            inside = f"{path}/{item.name}"
            for page in _in_folder(Path(item.path), inside, "contribution", findings):
                is_first = page.path == f"{inside}/index.md"
                name = item.name if is_first else f"{item.name}-{page.name}"
                yield replace(page, folder=f"{CAHIERS}/{slug(book.name)}", name=name)


def _depeches(folder: Path, findings: list[Finding]) -> Iterator[_File]:
    """Yield the dépêches: ``<UAI>/`` holds those that were accepted, ``attente/<UAI>/`` those that wait."""
    for top in _items(folder, DEPECHES, findings):
        inner = _items(Path(top.path), f"{DEPECHES}/{WAITING}", findings) if _is_folder(top, WAITING) else [top]
        for school in inner:
            path = Path(school.path).relative_to(folder.parent).as_posix()
            if school.name.startswith("."):
                continue
            if not school.is_dir(follow_symlinks=False) or not is_uai(school.name):
                what = "ce n'est pas le dossier d'une école"
                findings.append(_misplaced(path, what, "nommez-le du code UAI de l'école, ou retirez-le"))
                continue
            is_waiting = school is not top
            told = [] if is_waiting else findings
            for file in _in_folder(Path(school.path), path, "depeche", told):
                yield replace(file, school=school.name, is_waiting=is_waiting)


def _is_folder(item: os.DirEntry[str], name: str) -> bool:
    return item.name == name and item.is_dir(follow_symlinks=False)


def _in_folder(folder: Path, name: str, kind: str, findings: list[Finding]) -> Iterator[_File]:
    for item in _items(folder, name, findings):
        path = f"{name}/{item.name}"
        if item.name.startswith("."):
            continue
        if item.name != item.name.encode("utf-8", "replace").decode():
            findings.append(_misplaced(path, "nom de fichier illisible", "renommez-le sans accent", Severity.REFUSE))
        elif item.is_symlink():
            findings.append(
                _misplaced(path, "lien symbolique, jamais suivi", "copiez le fichier lui-même", Severity.REFUSE)
            )
        elif item.is_dir():
            index = next((i for i in _items(Path(item.path), path, findings) if i.name == "index.md"), None)
            if item.name.endswith(".md"):
                what = "un dossier porte un nom de fichier (.md)"
                remedy = "renommez-le sans « .md », ou faites-en un fichier"
                findings.append(_misplaced(path, what, remedy, Severity.REFUSE))
            elif index is None or index.is_symlink() or not index.is_file():
                findings.append(
                    _misplaced(path, "dossier sans index.md", "mettez le texte dans index.md, ou retirez le dossier")
                )
            else:
                yield _File(f"{path}/index.md", index.path, kind, name, item.name)
        elif not item.is_file():
            findings.append(_misplaced(path, "ce n'est pas un fichier", "retirez-le", Severity.REFUSE))
        elif item.name.endswith(".md"):
            yield _File(path, item.path, kind, name, item.name[:-3])
        elif item.name.lower().endswith(".md"):
            what = "l'extension est en capitales : seul .md est lu"
            findings.append(_misplaced(path, what, f"renommez-le en {item.name[:-3]}.md", Severity.REFUSE))
        elif Path(item.name).suffix.lower() in FOREIGN_TEXTS:
            findings.append(
                _misplaced(path, "seul le Markdown (.md) est lu", "enregistrez ce texte en .md", Severity.REFUSE)
            )
        elif Path(item.name).suffix.lower() not in MEDIA:
            findings.append(_misplaced(path, "fichier d'un type inconnu, laissé de côté", "retirez-le ou renommez-le"))


def _items(folder: Path, path: str, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """Return what a folder holds, by name; nothing, and a finding, when it may not be opened."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda e: e.name)
    except OSError:
        findings.append(_misplaced(path or ".", "dossier illisible", "rendez-le lisible (droits)", Severity.REFUSE))
        return []


def _held(
    files: list[_File], records: Records, memo: Memo, findings: list[Finding]
) -> tuple[dict[str, Held], dict[str, Facts]]:
    """Return what each file holds, and the entries that are remembered; the bytes of all others are there."""
    index = Index(memo)
    held = _contents(files, index.held, findings)
    known = records.known({path: one.sha256 for path, one in held.items()})
    wanted = [f for f in files if f.path in held and f.path not in known and held[f.path].kept is None]
    for file in wanted:
        del held[file.path]
    held |= _contents(wanted, index.read, findings)
    index.keep()
    return held, known


def _contents(files: list[_File], look: Callable[[str, str], Held], findings: list[Finding]) -> dict[str, Held]:
    """Return what each file holds, by path, and tell those that cannot be read."""
    held = {}
    for found in files:
        try:
            held[found.path] = look(found.path, found.full)
        except OSError:
            findings.append(_misplaced(found.path, "fichier illisible", "rendez-le lisible (droits)", Severity.REFUSE))
    return held


def _misplaced(path: str, message: str, remedy: str, severity: Severity = Severity.NOTE) -> Finding:
    return Finding("LEC-31", severity, Place(clean_line(path)), message, remedy)


@cache
def reader_version() -> str:
    """Return a digest of what reading depends on besides the file: this package's reading code and its libraries."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for source in [here / f"{n}.py" for n in ("frontmatter", "nested", "pasted", "render", "worker")] + [
        here.parent / "model" / f"{n}.py" for n in ("text", "typography")
    ]:
        digest.update(source.read_bytes())
    digest.update(" ".join(version(n) for n in ("Markdown", "nh3", "PyYAML")).encode())
    return digest.hexdigest()[:16]


def _row_of(digest: str) -> str:
    """Return the key that what a file holds is kept under."""
    return f"{reader_version()}:{digest}"


def _parse(files: list[_File], held: Mapping[str, Held], memo: Memo, pool: Pool | None) -> dict[str, dict[str, Any]]:
    """Return what each file holds, from the memo or from the workers."""
    parsed: dict[str, dict[str, Any]] = {}
    missing: dict[str, list[str]] = {}
    for file in files:
        key = _row_of(held[file.path].sha256)
        known = memo.get(key)
        if known is None:
            missing.setdefault(key, []).append(file.path)
        else:
            parsed[file.path] = json.loads(known)
    if missing:
        with contextlib.ExitStack() as stack:
            workers = pool or stack.enter_context(Pool(READER))
            answers = workers.ask(held[paths[0]].data for paths in missing.values())
            for (key, paths), answered in zip(missing.items(), answers, strict=True):
                answer = answered or EXHAUSTED
                memo.put(key, json.dumps(answer, ensure_ascii=True, separators=(",", ":")))
                parsed |= dict.fromkeys(paths, answer)
    return parsed


def _entry(
    file: _File,
    data: bytes,
    parsed: dict[str, Any],
    newsroom: Newsroom,
    media: MediaFolder,
    findings: list[Finding],
) -> Entry | None:
    """Return the entry, without what git tells of it, or None when a fault costs it."""
    places = {tuple(path): (line, column) for path, line, column in parsed["places"]}
    refused = parsed["body"] is None
    front, provenance = parsed["front"], None
    for code, message, remedy, line, column in parsed["faults"]:
        severity = Severity.NOTE if code in _NOTES else Severity.REFUSE
        refused |= severity is Severity.REFUSE
        findings.append(Finding(code, severity, Place(file.path, line, column), message, remedy))
    if _SECOND.match(data):
        refused = True
        remedy = "gardez un seul en-tête, le premier : ce que dit le second ne serait pas appliqué"
        findings.append(Finding("LEC-28", Severity.REFUSE, Place(file.path), "deux en-têtes à la suite", remedy))
    table = None
    stem = _DATED_NAME.sub(r"\2", file.name) or file.name
    if not any(f[0] in _UNREADABLE for f in parsed["faults"]):
        if file.school:
            said = depeche(file.path, file.school, front, places, newsroom, findings)
            if said is None:
                return None
            file = replace(file, kind=said.kind, folder=said.fil)
            front, provenance = said.front, said.provenance
        else:
            front, places = _mended(file, front, places, findings)
        table = _validate(file, front, places, newsroom, findings)
    name = slug(unicodedata.normalize("NFC", f"{file.school} {stem}" if file.school and slug(stem) else stem))
    if not name:
        findings.append(
            Finding(
                "LEC-32",
                Severity.REFUSE,
                Place(file.path),
                "nom de fichier sans lettre ni chiffre",
                "renommez le fichier",
            )
        )
    if table is None or refused or not name:
        return None
    entry, faults = entry_of(file.kind, table, file.path, file.folder, name, parsed["body"], newsroom, media, places)
    findings.extend(faults)
    if entry is None:
        return None
    source = with_line_feeds(data.decode("utf-8-sig"))
    left = () if file.school else tuple(placeholders(file.path, front, places, source))
    findings.extend(left)
    if any(f.severity is Severity.REFUSE for f in left):
        return None
    signed = signature(entry, parsed["front"], data)
    events = of_its_own(entry.events, entry.id) if provenance else entry.events
    return replace(entry, source_digest=signed, source=source, provenance=provenance, events=events)


def _mended(
    file: _File,
    front: dict[str, Any],
    places: dict[tuple[Any, ...], tuple[int, int]],
    findings: list[Finding],
) -> tuple[dict[str, Any], dict[tuple[Any, ...], tuple[int, int]]]:
    """Return the front matter as its author meant it, and tell what was read otherwise than typed."""
    front, meant, slips = mend(front, places, TABLES[file.kind])
    for slip in slips:
        place = Place(file.path, *places.get(slip.path, (1, 1)))
        message, remedy = f"« {slip.typed} » lu comme « {slip.meant} »", f"écrivez {slip.meant}"
        if slip.typed == slip.meant:  # the eye would see no difference
            message, remedy = f"espace insécable contre « {slip.meant} », lue comme rien", "effacez cette espace"
        findings.append(Finding("LEC-29", Severity.NOTE, place, message, remedy))
    return front, meant


_NOTES = frozenset({"LEC-20", "LEC-21", "LEC-22", "LEC-23", "LEC-29", "LEC-45", "LEC-46"})
"""The text is printed: without what they tell, or as it was meant."""
_UNREADABLE = frozenset({"LEC-01", "LEC-03", "LEC-04", "LEC-05", "LEC-10", "LEC-12"})
"""After these the keys are unknown: validating them would only add noise."""
_RESTRICTIVE = (
    *("edition", "audience", "statut", "diffusion", "expire", "date", "validation", "visibilite", "prive", "brouillon"),
    *("lecteurs", "acces", "public", "reserve", "confidentiel", "destinataires", "restreint", "interne"),
)
"""Words for who may read, and when."""
_NEVER_EMPTY = ("edition", "statut", "diffusion", "expire", "date", "validation")
"""Keys that say who may read and when: without a value, what was meant is unknown, and nothing is printed."""


def _validate(
    file: _File,
    front: dict[str, Any],
    places: dict[tuple[Any, ...], tuple[int, int]],
    newsroom: Newsroom,
    findings: list[Finding],
) -> EntryTable | None:
    kind = TABLES[file.kind]
    empty = [key for key in _NEVER_EMPTY if (key,) in places and front.get(key) in (None, "")]
    for key in empty:
        message, remedy = f"{key}: est resté vide", "complétez cette ligne, ou retirez-la"
        findings.append(Finding("LEC-19", Severity.REFUSE, Place(file.path, *places[key,]), message, remedy))
    if empty:
        return None
    try:
        return kind.model_validate(front)
    except ValidationError as error:
        fatal = []
        for one in error.errors(include_url=False):
            place = tuple(one["loc"])
            while place and place not in places:
                place = place[:-1]
            code, message, remedy = explain(one, kind)
            is_unknown = (
                one["type"] == "extra_forbidden"
                and len(one["loc"]) == 1
                and not _may_restrict(str(one["loc"][0]), one["input"], newsroom)
            )
            severity = Severity.NOTE if is_unknown else Severity.REFUSE
            findings.append(Finding(code, severity, Place(file.path, *places.get(place, (1, 1))), message, remedy))
            fatal.append(severity is Severity.REFUSE)
        if any(fatal):
            return None
        known = {f.alias or n for n, f in kind.model_fields.items()}
        return kind.model_validate({k: v for k, v in front.items() if k in known})


def _may_restrict(key: str, value: object, newsroom: Newsroom) -> bool:
    """Tell whether an unknown key may have meant to restrict or to hold back: in doubt, refuse (fail closed)."""
    names = {word.lower() for a in newsroom.audiences for word in (a.name, a.title)}
    return suggestion(key, _RESTRICTIVE).startswith("vouliez") or str(value).strip().lower() in names


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
    return kind(**facts | {"origin": origin, "digest": digest})


def _alone(entries: list[Entry], now: datetime, findings: list[Finding]) -> Iterator[Entry]:
    """Yield the entries that have their address and identity alone.

    The more open keeps them, then what is on line, then the first by path: a more open entry never depends on a more
    restricted one (oracle O1), and a draft never takes the place of what readers see.
    """
    ids: dict[str, str] = {}
    addresses: dict[tuple[str, str, str], str] = {}
    kept = set()
    for entry in sorted(entries, key=lambda e: (e.audience.rank, not _is_on_line(e, now), e.path)):
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
