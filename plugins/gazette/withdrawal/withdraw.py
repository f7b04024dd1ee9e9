"""Withdraws an entry, a file or what an authorisation covered: writes the register, and seeks what was printed."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.compose.stage import edition_key
from gazette.errors import ConfigurationError, why
from gazette.model.cahier import Cahier, Contribution
from gazette.model.register import MOTIVES, Register, Withdrawal, sketch, words_digest
from gazette.read.registers import secret_key, withdrawals
from gazette.state import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.media import Measure, Medium
    from gazette.model.newsroom import Newsroom
    from gazette.model.sheet import Manifest

REGISTER = "registres/retraits.yml"
GONE = "Plus rien de ce qui était imprimé ne s'y trouve."
SOUGHT = "retrait.json"
"""File of the state folder: the last withdrawal made here, and what was printed of it."""
HELD = "avant"
"""Its key while a withdrawal is on its way."""
_ID = re.compile(r"AUT-[0-9-]{1,20}")
"""An authorisation that texts name, though its file has gone."""
HEAD = 32
"""Bytes of a kept medium's own digest, before the medium."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: one of the three names it."""

    authorisation: str = ""
    file: str = ""
    """Path relative to the content folder."""
    entry: str = ""
    """Identity, or path relative to the content folder."""
    motive: str = "demande"


def withdrawal(
    request: Request,
    entries: Iterable[Entry],
    measures: Mapping[str, Measure],
    newsroom: Newsroom,
    content: Path,
    day: date,
    begun: Withdrawal | None = None,
) -> Withdrawal:
    """Return the record to write, or that begun; ``ConfigurationError`` when it names nothing, or what is gone."""
    if request.motive not in MOTIVES:
        raise ConfigurationError(f"motif inconnu « {request.motive} » : {', '.join(MOTIVES)}")
    if sum(bool(v) for v in (request.authorisation, request.file, request.entry)) != 1:
        raise ConfigurationError("dites une seule chose à retirer : --autorisation, --fichier ou --entree")
    register = withdrawals(content)
    entry, media, owners = _named(request, tuple(entries))
    digests = tuple(sorted({m.digest for m in media if m.digest}))
    _check(request, content, owners)
    if request.file and not digests:
        digests = (_digest(content / request.file),)
    asked = (entry.id if entry else "", request.authorisation, digests)
    if begun and Register((begun,)).knows(*asked):
        return begun
    if register.knows(*asked):
        raise ConfigurationError("déjà retiré : le registre le nomme ; ./gazette retirer --preuve le cherche à nouveau")
    last = register.withdrawals[-1] if register.withdrawals else None
    number = 1 + sum(w.id.startswith(f"RET-{day.year}-") for w in register.withdrawals)
    shown = sorted((o.audience for o in owners), key=lambda a: a.rank)
    return Withdrawal(
        id=f"RET-{day.year}-{number:03}",
        day=day,
        motive=request.motive,
        edition=(shown[0] if shown else newsroom.audiences[-1]).name,
        entry=entry.id if entry else "",
        authorisation=request.authorisation,
        digests=digests,
        likenesses=tuple(sorted({m.likeness for d in digests if (m := measures.get(d)) and m.likeness})),
        texts=(said,) if entry and (said := words_digest(entry.body.text)) else (),
        sketches=(told,) if entry and (told := sketch(entry.body.text)) else (),
        previous=last.digest if last else "",
    )


def _check(request: Request, content: Path, owners: list[Entry]) -> None:
    """Refuse an authorisation that nobody knows and a file out of the content: the register keeps what it is told."""
    name = request.authorisation
    is_kept = "/" not in name and (content / "registres" / "autorisations" / f"{name}.yml").is_file()
    if name and not is_kept and not (owners and _ID.fullmatch(name)):
        raise ConfigurationError("aucune autorisation de ce numéro : voyez ./gazette autorisations")
    if request.file and not (content / request.file).resolve().is_relative_to(content.resolve()):
        raise ConfigurationError("ce fichier n'est pas dans content/ : donnez son chemin depuis content/")


def _named(request: Request, entries: tuple[Entry, ...]) -> tuple[Entry | None, list[Medium], list[Entry]]:
    """Return the entry withdrawn as a whole, if one is; the media withdrawn; and the entries that showed them."""
    if request.entry:
        wanted = {request.entry, f"{request.entry.removesuffix('/')}/index.md", f"{request.entry}.md"}
        found = next((e for e in entries if e.id == request.entry or e.path in wanted), None)
        if found is None:
            raise ConfigurationError(f"aucun article « {request.entry} » : donnez son id, ou son chemin dans content/")
        return found, [], [found]
    owned = [(e, m) for e in entries for m in e.works]
    if request.authorisation:
        owned = [(e, m) for e, m in owned if m.authorisation == request.authorisation]
        return None, [m for _, m in owned], [e for e, _ in owned]
    named = {m.digest for _, m in owned if m.path == request.file}
    owned = [(e, m) for e, m in owned if m.digest in named]  # the same bytes elsewhere too
    return None, [m for _, m in owned], [e for e, _ in owned]


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ConfigurationError(f"{file} : fichier introuvable ({why(error)})") from error


def write_withdrawal(content: Path, record: Withdrawal) -> None:
    """Add a record at the end of the register, whole or not at all; what stood there stays as it was."""
    path = content / REGISTER
    text = path.read_text("utf-8")
    text = re.sub(r"^retraits:\s*\[\]\s*$", "retraits:", text, flags=re.MULTILINE)
    if not re.search(r"^retraits:", text, flags=re.MULTILINE):
        text = f"{text.rstrip()}\nretraits:\n".lstrip("\n")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(f"{text.rstrip()}\n{_lines(record)}", "utf-8")
    temporary.replace(path)
    if withdrawals(content).withdrawals[-1:] != (record,):
        path.write_text(text, "utf-8")
        raise ConfigurationError(f"{path} : retrait impossible à écrire à la fin · remettez « retraits: » en dernier")


def _lines(record: Withdrawal) -> str:
    facts = {
        "id": record.id,
        "jour": record.day.isoformat(),
        "motif": record.motive,
        "edition": record.edition,
        "entree": f"'{record.entry.replace(chr(39), chr(39) * 2)}'" if record.entry else "",
        "autorisation": record.authorisation,
        "empreintes": f"[{', '.join(record.digests)}]" if record.digests else "",
        "ressemblances": "[{}]".format(", ".join(f"'{h}'" for h in record.likenesses)) if record.likenesses else "",
        "textes": f"[{', '.join(record.texts)}]" if record.texts else "",
        "esquisses": f"[{', '.join(record.sketches)}]" if record.sketches else "",
        "precedent": record.previous,
    }
    rows = [f"{key}: {value}" for key, value in facts.items() if value]
    return "  - " + "\n    ".join(rows) + "\n"


def printed_digests(
    record: Withdrawal, entries: Iterable[Entry], manifests: Iterable[Manifest], content: Path
) -> frozenset[str]:
    """Return SHA-256 of every file that the editions hold of what is withdrawn: its media, and its own pages."""
    own = {e.path for e in entries if record.entry and e.id == record.entry}
    secret = secret_key(content) if record.digests else b""
    found = set()
    for manifest in manifests:
        key = edition_key(secret, manifest.audience)
        names = {f"media/{hmac.new(key, d.encode(), hashlib.sha256).hexdigest()[:24]}" for d in record.digests}
        for path, printed in manifest.files.items():
            if re.split(r"[-.]", path, maxsplit=1)[0] in names or (printed.sources and own.issuperset(printed.sources)):
                found.add(printed.digest)
    return frozenset(found)


def holding(texts: Iterable[str], manifests: Iterable[Manifest]) -> frozenset[str]:
    """Return SHA-256 of every file that the editions hold of these texts, among others or not.

    Feeds, calendars, lists, search, EPUB and zip: where a build without them made other bytes, these are nowhere to be.
    """
    shown = frozenset(texts)
    files = [printed for manifest in manifests for printed in manifest.files.values()]
    return frozenset(printed.digest for printed in files if not shown.isdisjoint(printed.sources))


@dataclass(frozen=True, slots=True)
class Sought:
    """A withdrawal, and by what it is known wherever it was printed."""

    record: Withdrawal
    printed: frozenset[str]
    """SHA-256 of the files that were printed of it, and of those that held some of it: feeds, calendars, books."""
    texts: tuple[str, ...]
    """Paths of the entries that showed it."""


def shown_in(record: Withdrawal, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the paths of the entries that showed what a record withdraws."""
    register = Register((record,))
    return tuple(sorted(e.path for e in entries if register.of_entry(e) or any(map(register.of_medium, e.works))))


def followers(record: Withdrawal, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the paths of the pages of books that leave with a withdrawn entry: without it, they have no place."""
    own = [e for e in entries if record.entry and e.id == record.entry]
    leads, books = {e.path for e in own}, {e.name for e in own if isinstance(e, Cahier)}
    pages = (e for e in entries if isinstance(e, Contribution) and e not in own)
    return tuple(e.path for e in pages if e.lead in leads or e.cahier in books)


def keep_sought(state: Path, sought: Sought, held: frozenset[str] | None = None) -> None:
    """Remember by what it is known, to seek it on a target once the register is in git.

    ``held``: what the editions hold of its texts, as long as they were not built without them.
    """
    facts = {"id": sought.record.id, "imprimes": sorted(sought.printed), "textes": sought.texts}
    write_whole(state / SOUGHT, json.dumps(facts | ({} if held is None else {HELD: sorted(held)})).encode())


def begun(state: Path, content: Path) -> tuple[Sought, frozenset[str]] | None:
    """Return the last withdrawal made here, where it was interrupted, and what the editions held of its texts."""
    with contextlib.suppress(OSError, ValueError, ConfigurationError):
        held = json.loads((state / SOUGHT).read_text("utf-8")).get(HELD)
        return None if held is None else (last_sought(state, content), frozenset(held))
    return None


def last_sought(state: Path, content: Path) -> Sought:
    """Return the last withdrawal made here; ``ConfigurationError`` when there is none."""
    try:
        kept = json.loads((state / SOUGHT).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError("aucun retrait n'a été fait ici : rien à prouver") from error
    record = next((w for w in withdrawals(content).withdrawals if w.id == kept["id"]), None)
    if record is None:
        raise ConfigurationError(f"{content / REGISTER} : {kept['id']} n'y est plus · reprenez le registre dans git")
    return Sought(record, frozenset(kept["imprimes"]), tuple(kept.get("textes", ())))


def holders(digests: frozenset[str], *folders: Path) -> tuple[str, ...]:
    """Return every file of the folders that holds one of the printed files, wherever it stands.

    What goes while it is sought, as a file of the memory's journal does, holds nothing any more.
    """
    found = []
    for folder in folders:
        for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.is_symlink()):
            with contextlib.suppress(FileNotFoundError):
                data = file.read_bytes()
                if {hashlib.sha256(data).hexdigest(), hashlib.sha256(data[HEAD:]).hexdigest()} & digests:
                    found.append(str(file))
    return tuple(found)


def certificate(sought: Sought, places: Iterable[str], held: Iterable[str], missed: str = "") -> str:
    """Return the dated proof of a withdrawal, in French; it names no person. ``missed``: why no target was searched."""
    record, count = sought.record, len(sought.printed)
    what = (
        f"l'article « {record.entry} »"
        if record.entry
        else f"tout ce que couvrait l'autorisation {record.authorisation}"
        if record.authorisation
        else "un fichier"
    )
    left = [f"  encore là : {path}" for path in held]
    none = "Rien de ce qui devait être cherché n'a été imprimé." if not count else GONE
    on_line = [f"EN LIGNE, RIEN N'A CHANGÉ ({missed}) : publiez dès que possible."] if missed else []
    return "\n".join(
        (
            f"Certificat de retrait {record.id}, du {record.day:%d/%m/%Y}",
            f"Retiré : {what} ; {len(record.digests)} fichier(s) d'origine, {count} fichier(s) imprimé(s).",
            *([f"Paraissait dans : {' ; '.join(sought.texts)}."] if sought.texts else []),
            f"Motif : {MOTIVES[record.motive]}.",
            f"Registre : {REGISTER}, empreinte {record.digest}.",
            *(f"Cherché dans : {place}" for place in places),
            *(left or [none]),
            *on_line,
            "À faire : ôter l'original de content/, où il est encore ; enregistrer ce registre dans git, et l'envoyer.",
            "Hors d'atteinte de Gazette : l'historique git et ses clones, la mémoire de l'ENT (30 min et plus),",
            "les copies des lecteurs, les moteurs de recherche. Pour purger l'historique, sur un clone :",
            "  ./gazette retirer --historique CLONE   qui dit ce qui reste à faire ensuite (docs/retrait.md).",
        )
    )
