"""An entry under another name or in another fil: same identity, its former address redirects, links to it follow."""

from __future__ import annotations

import difflib
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from gazette.errors import ConfigurationError
from gazette.model.body import resolved
from gazette.model.entry import RESERVED_NAME, Ecole, Evenement, Page
from gazette.model.text import slug
from gazette.read.circonscription import RESERVED
from gazette.read.explain import suggestion
from gazette.state import write_whole
from gazette.write.header import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom

_DATE = re.compile(r"\A(\d{4}-\d{2}-\d{2}[-_ ]*)?")


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a renaming did."""

    path: str
    """Relative to the content folder."""
    links: tuple[str, ...]
    """Paths of the files whose links were led to it."""
    kept_audience: str = ""
    """Title of the audience that was written down, because the new folder would have opened the text to others."""


def entry_at(entries: Iterable[Entry], content: Path, file: str) -> Entry:
    """Return the entry of a file or folder named from here or from the content folder; ``ConfigurationError``."""
    named = Path(file) if Path(file).exists() else content / file
    full = named / "index.md" if named.is_dir() else named
    known = {(content / e.path).resolve(): e for e in entries}
    found = known.get(full.resolve())
    if found is None:
        if named.is_dir() and not full.exists():
            raise ConfigurationError(
                f"{file} : c’est un dossier, et non un texte ; donnez un fichier .md, ou le dossier d’un texte"
            )
        if full.exists():
            raise ConfigurationError(f"{file} : texte illisible ou hors de content/ ; voyez ./gazette controler")
        near = _nearest(file, [e.path for e in known.values()])
        raise ConfigurationError(f"{file} : ce fichier n'existe pas ; {near}")
    return found


def _nearest(file: str, paths: Sequence[str]) -> str:
    """Return what to do of a name that is nobody's: at most three that look like it, whole."""
    wanted = _stem(file)
    by_stem = {_stem(path): path for path in paths}
    near = [by_stem[stem] for stem in difflib.get_close_matches(wanted, by_stem, 3)]
    if not near:
        return "donnez son chemin à partir de content/, par exemple actualites/2026-11-13-jardin.md"
    return f"vouliez-vous dire {' ou '.join(f'« {path} »' for path in near)} ?"


def _stem(path: str) -> str:
    """Return what an author takes for the name of a text: its folder's, where it is an index."""
    return path.removesuffix("/").removesuffix("/index.md").removesuffix(".md").rpartition("/")[2].lower()


def rename(content: Path, newsroom: Newsroom, entries: Sequence[Entry], entry: Entry, wanted: str) -> Renamed:
    """Rename an entry to ``name`` or ``fil/name``; its file first learns who it was, then moves, then links follow.

    Stopped between two steps, nothing is lost: at worst links wait to be mended, and ``controler`` tells them.
    """
    folder, name = _target(newsroom, entry, wanted)
    is_folder = PurePosixPath(entry.path).name == "index.md"
    before = str(PurePosixPath(entry.path).parent) if is_folder else entry.path
    stem = PurePosixPath(before).name if is_folder else PurePosixPath(before).stem
    dated = _DATE.match(stem)
    after = f"{folder}/{dated[0] if dated else ''}{name}{'' if is_folder else '.md'}"
    path = f"{after}/index.md" if is_folder else after
    if (content / after).exists() or any(e.folder == folder and e.name == name for e in entries if e is not entry):
        raise ConfigurationError(f"{folder}/{name}/ est déjà pris ; choisissez un autre nom")
    keys, kept = _keys(newsroom, entry, folder, name)
    source = changed((content / entry.path).read_bytes().decode("utf-8-sig"), keys)
    write_whole(content / entry.path, _rebased(source, entry, path).encode())
    (content / folder).mkdir(exist_ok=True)
    (content / before).rename(content / after)
    return Renamed(path, tuple(_followed(content, entries, entry, path)), kept)


def _target(newsroom: Newsroom, entry: Entry, wanted: str) -> tuple[str, str]:
    """Return folder and name, both checked."""
    if isinstance(entry, Ecole):
        raise ConfigurationError("une école s'appelle par son code UAI ; changez nom: dans son fichier")
    head, _, tail = wanted.strip("/").removesuffix(".md").rpartition("/")
    folder = head.removeprefix("content/") or entry.folder
    fil, own = newsroom.fil(folder), newsroom.fil(entry.folder)
    if folder != entry.folder and (fil is None or own is None or fil.kind != own.kind):
        fils = [f.name for f in newsroom.fils if own and f.kind == own.kind]
        raise ConfigurationError(f"{entry.path} ne peut aller dans « {folder} » ; {suggestion(folder, fils)}")
    name = slug(_DATE.sub("", tail, count=1))
    if not name:
        raise ConfigurationError("donnez un nom avec au moins une lettre ou un chiffre")
    if (isinstance(entry, Page) and name in RESERVED) or (fil and RESERVED_NAME.fullmatch(name)):
        raise ConfigurationError(f"l'adresse « {name} » est réservée ; choisissez un autre nom")
    return folder, name


def _keys(newsroom: Newsroom, entry: Entry, folder: str, name: str) -> tuple[dict[str, object], str]:
    """Return the keys to write: the identity, the former address, and the audience when the folder would open it."""
    keys: dict[str, object] = {"id": entry.id}
    if not isinstance(entry, Evenement):
        new = f"{name}/" if isinstance(entry, Page) else f"{folder}/{name}/"
        old = f"{entry.name}/" if isinstance(entry, Page) else f"{entry.folder}/{entry.name}/"
        former = [a for a in dict.fromkeys((*(f"{a}/" for a in entry.former_addresses), old)) if a != new]
        keys["anciennes_adresses"] = former
    fil = newsroom.fil(folder)
    if fil and fil.floor.rank < entry.audience.rank:
        keys["edition"] = entry.audience.name
        return keys, entry.audience.title
    return keys, ""


def _rebased(source: str, entry: Entry, path: str) -> str:
    """Return the entry's text with its own links leading where they led, from where it will stand."""
    here, there = PurePosixPath(entry.path).parent, PurePosixPath(path).parent
    if here == there:
        return source
    for reference in entry.body.references:
        if reference.kind == "entry":
            target = resolved(here / reference.target)
            source = _led(source, reference.target, posixpath.relpath(target, there))
    return source


def _followed(content: Path, entries: Sequence[Entry], entry: Entry, path: str) -> Iterable[str]:
    """Lead the links of every other text to the new path; yield the texts changed."""
    here = {entry.path, str(PurePosixPath(entry.path).parent) + ".md"}
    for other in entries:
        if other is entry:
            continue
        folder = PurePosixPath(other.path).parent
        targets = {r.target for r in other.body.references if r.kind == "entry" and resolved(folder / r.target) in here}
        if not targets:
            continue
        text = (content / other.path).read_bytes().decode("utf-8-sig")
        for target in targets:
            text = _led(text, target, posixpath.relpath(path, folder))
        write_whole(content / other.path, text.encode())
        yield other.path


def _led(text: str, target: str, address: str) -> str:
    """Return the text with the links to a target led elsewhere; words that look like it stay."""
    typed = "|".join(re.escape(form) for form in {target, quote(target)})
    return re.sub(rf"(?<=[(<\"'\s])(?:{typed})(?=[)#>\"'\s])", lambda _: quote(address), text)
