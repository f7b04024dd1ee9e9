"""What another site held, as drafts with their media: each once, whatever the number of runs."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazette.model.cahier import BOOK, CONTRIBUTIONS, FOLDER
from gazette.model.entry import RESERVED_NAME
from gazette.model.text import clean_line, slug
from gazette.newsdesk.prose import MARKED, described, escaped
from gazette.write.header import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from gazette.newsdesk.item import Item
    from gazette.newsdesk.prose import Picture

MARK = ".import-"
"""How a draft that is being written is named: what a killed run left is thrown away by the next."""
NOTE = "# Repris d’un autre site : relisez, dites qui paraît sur chaque image (personnes:), puis statut: publie.\n"
WORK = "autorisation: À COMPLÉTER  # le texte est une œuvre d’élèves ; si un adulte l’a écrit : oeuvre_eleve: non"
SUMMARY = 300
NAME = 60
HEAD = 16_384
_IDENTITY = re.compile(r"^id:[ \t]*['\"]?(import/[0-9a-f]{16})", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\]\((https?://[^\s()]+)\)")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>|~\\]")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one article."""

    path: str
    """Of its draft, relative to the content folder; "": it was there already."""
    lost: tuple[str, ...] = ()
    """Pictures and sounds that could not be kept."""


@dataclass(slots=True)
class Importer:
    """Writes drafts into a fil, or into a shared book."""

    content: Path
    fil: str
    """« cahiers/<nom> »: each article is a contribution to that book, in a folder of its own."""
    author: str
    """A role, or a UAI; who gives a page to a book is a school."""
    day: date
    picture: Callable[[Picture, Path], str]
    """Puts a picture, decoded, into a folder; its name there, or ""."""
    known: dict[str, str]
    """Where what was imported before stands, by identity, relative to the content folder."""
    class_name: str = ""
    """Of the pages of a book; "": not told."""

    @property
    def is_book(self) -> bool:
        """Tell whether drafts are contributions to a book."""
        return bool(BOOK.fullmatch(self.fil))

    @property
    def folder(self) -> Path:
        """Return where the drafts stand."""
        return self.content / self.fil / CONTRIBUTIONS if self.is_book else self.content / self.fil

    def write(self, item: Item, sounds: Iterable[tuple[str, bytes]] = ()) -> Imported:
        """Write an article as a draft, whole or not at all."""
        identity = identity_of(item)
        if identity in self.known:
            return Imported("")
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=MARK, dir=self.folder))
        try:
            text, lost = self._text(item, identity, aside, sounds)
            (aside / "index.md").write_text(text, "utf-8")
            aside.chmod(0o755)
            target = self._target(item, identity)
            if not self.is_book and len(list(aside.iterdir())) == 1:
                target = target.with_name(f"{target.name}.md")
                (aside / "index.md").replace(target)
            else:
                aside.replace(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        path = target.relative_to(self.content).as_posix()
        self.known[identity] = path if target.is_file() else f"{path}/index.md"
        return Imported(path, tuple(lost))

    def link(self, items: Iterable[Item], fresh: Iterable[Item]) -> None:
        """Have fresh drafts lead to other drafts where they led to the articles of the former site."""
        paths = {item.id: self.known[identity_of(item)] for item in items if identity_of(item) in self.known}
        places = {_place(address): paths[i.id] for i in items if i.id in paths for address in (i.link, i.id) if address}
        for path in (paths[item.id] for item in fresh):
            file = self.content / path
            text = file.read_text("utf-8")

            def led(found: re.Match[str], path: str = path) -> str:
                target = places.get(_place(found[1]), "")
                return f"]({os.path.relpath(target, posixpath.dirname(path))})" if target else found[0]

            linked = _LINK.sub(led, text)
            if linked != text:
                aside = file.with_name(f"{MARK}{file.name}")
                aside.write_text(linked, "utf-8")
                aside.replace(file)

    def _target(self, item: Item, identity: str) -> Path:
        name = slug(item.title)[:NAME].strip("-") or "article"
        if RESERVED_NAME.fullmatch(name):
            name = f"{name}-article"
        taken = {re.sub(r"\A\d{4}-\d{2}-\d{2}-", "", p.name.removesuffix(".md")) for p in self.folder.iterdir()}
        if self.is_book:
            signed = "-".join(word for word in (self.author, slug(self.class_name)) if word)
            tried = (signed, f"{signed}-{name}", f"{signed}-{name}-{identity[-6:]}")
            return self.folder / next(one for one in tried if one not in taken)
        stem = f"{item.date[:10] or self.day}-{name}"
        return self.folder / (f"{stem}-{identity[-6:]}" if name in taken else stem)

    def _text(
        self, item: Item, identity: str, folder: Path, sounds: Iterable[tuple[str, bytes]]
    ) -> tuple[str, list[str]]:
        lost: list[str] = []
        images: dict[str, str] = {}

        def place(found: re.Match[str]) -> str:
            rank = int(found[1])
            if rank >= len(item.pictures):
                return ""
            shown = item.pictures[rank]
            file = self.picture(shown, folder)
            if not file:
                lost.append(f"image {clean_line(shown.address)[:120]}")
                return described(found, shown.alt)
            images[file] = shown.alt
            return f"![{escaped(shown.alt)}]({file})"

        body = MARKED.sub(place, item.markdown).strip()
        recordings = []
        for rank, (name, data) in enumerate(sounds, 1):
            file = f"son-{rank}{Path(name).suffix.lower()}"
            (folder / file).write_bytes(data)
            recordings.append(file)
        head = self._head(item, identity, body)
        head += [f"images:{_listed([{'fichier': f, 'alt': alt} for f, alt in images.items()])}"] if images else []
        head += [f"sons:{_listed([{'fichier': f} for f in recordings])}"] if recordings else []
        return f"---\n{NOTE}" + "\n".join(head) + f"\n---\n\n{body}\n", lost

    def _head(self, item: Item, identity: str, body: str) -> list[str]:
        plain = clean_line(" ".join(_MARKS.sub(r"\1", MARKED.sub(" ", body)).split()))
        summary = _cut(clean_line(item.summary) or plain or item.title, SUMMARY)
        head = [f"titre: {_quoted(item.title)}", f"date: {item.date or self.day}", "statut: brouillon"]
        head += [f"resume: {_quoted(summary)}", f"id: {identity}"]
        if self.is_book:
            head += [
                f"ecole: {self.author}",
                *([f"classe: {_quoted(self.class_name)}"] if self.class_name else []),
                WORK,
            ]
        else:
            head += [f"auteur: {self.author}"]
        return head + ([f"mots_cles: {written(list(item.keywords[:10]))}"] if item.keywords else [])


def identity_of(item: Item) -> str:
    """Return what an article is known by, once it is imported."""
    return "import/" + hashlib.sha256(item.id.encode()).hexdigest()[:16]


def known(content: Path) -> dict[str, str]:
    """Return where what was imported before stands now, by identity; throw away what a killed run left."""
    for left in (*content.glob(f"*/{MARK}*"), *content.glob(f"*/*/{MARK}*"), *content.glob(f"{FOLDER}/*/*/{MARK}*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    found = {}
    for file in content.rglob("*.md"):
        with file.open("rb") as opened:
            told = _IDENTITY.search(opened.read(HEAD).decode("utf-8", "replace"))
        if told:
            found[told[1]] = file.relative_to(content).as_posix()
    return found


def _place(address: str) -> str:
    """Return an address as another may be written that leads to the same article."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _listed(rows: list[dict[str, str]]) -> str:
    lines = []
    for row in rows:
        told = [f"{key}: {_quoted(value) if key == 'alt' else value}" for key, value in row.items() if value]
        lines += [f"\n  - {told[0]}", *(f"\n    {one}" for one in told[1:])]
    return "".join(lines)


def _quoted(text: str) -> str:
    return "'" + clean_line(text).replace("'", "''") + "'"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
