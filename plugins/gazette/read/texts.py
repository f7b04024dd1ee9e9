"""Which texts the content folder holds, of which kind; what stands where nothing is read is told."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.model.cahier import CONTRIBUTIONS
from gazette.model.cahier import FOLDER as CAHIERS
from gazette.model.finding import Finding, Place, Severity
from gazette.model.text import clean_line, slug
from gazette.read.circonscription import FILE as NEWSROOM_FILE
from gazette.read.explain import suggestion
from gazette.read.fields import is_uai

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom
    from gazette.read.index import Held

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


@dataclass(frozen=True, slots=True)
class File:
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


def texts(content: Path, newsroom: Newsroom, findings: list[Finding]) -> Iterator[File]:
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


def _cahiers(folder: Path, findings: list[Finding]) -> Iterator[File]:
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


def _depeches(folder: Path, findings: list[Finding]) -> Iterator[File]:
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


def _in_folder(folder: Path, name: str, kind: str, findings: list[Finding]) -> Iterator[File]:
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
                yield File(f"{path}/index.md", index.path, kind, name, item.name)
        elif not item.is_file():
            findings.append(_misplaced(path, "ce n'est pas un fichier", "retirez-le", Severity.REFUSE))
        elif item.name.endswith(".md"):
            yield File(path, item.path, kind, name, item.name[:-3])
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


def loose(content: Path, folders: Iterable[str], entries: Iterable[Entry]) -> Iterator[Finding]:
    """Tell each word processor's document that stands among texts and that none of them gives to read."""
    items = ((folder, item.name) for folder in folders for item in _items(content / folder, folder, []))
    found = [f"{folder}/{n}" for folder, n in items if not n.endswith(".md") and Path(n).suffix.lower() in WRITTEN]
    named = {medium.path for entry in entries for medium in entry.media} if found else frozenset()
    remedy = "si c'est un texte, enregistrez-le en .md ; sinon, nommez-le dans fichiers: d'un texte"
    for path in found:
        if path not in named:
            yield _misplaced(path, "document que rien ne donne à lire", remedy)


def contents(files: list[File], look: Callable[[str, str], Held], findings: list[Finding]) -> dict[str, Held]:
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
