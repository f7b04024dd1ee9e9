"""The ENT's « cahier multimédia », as its HTML export (a zip file) → one item, its pages one after the other.

Nothing is ever unpacked: members are read by name, within limits, and only those that a page shows.
"""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from gazette.errors import ConfigurationError
from gazette.model.text import clean, clean_line
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import MARK, MARKED, Picture, prose, words

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS, PAGES = 2000, 200
PAGE, FILE, WHOLE = 2 * 1024 * 1024, 50 * 1024 * 1024, 500 * 1024 * 1024
"""Bytes of a page, of a medium, of all that is read, once unpacked."""
WITHIN = "https://cahier.invalid/"
"""Stands before the path of a member."""
SOUNDS = (".mp3", ".m4a", ".ogg")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"(\d+)")


@dataclass(slots=True)
class Booklet:
    """An export that is open."""

    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    notes: list[str] = field(default_factory=list)
    budget: int = WHOLE

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a member's bytes; None, and a note, when it is not there, too long, or unreadable."""
        info = self.members.get(name)
        if info is None:
            return None
        try:
            with self.zip.open(info) as opened:
                data = opened.read(min(limit, self.budget) + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            self.notes.append(f"{_shown(name)} : illisible ({clean_line(str(error))[:60]})")
            return None
        self.budget -= len(data)
        if len(data) > limit or self.budget < 0:
            self.notes.append(f"{_shown(name)} : trop gros une fois déplié")
            return None
        return data


def opened(path: Path) -> Booklet:
    """Return the export that stands in a file; ``ConfigurationError`` when it is none."""
    try:
        archive = zipfile.ZipFile(path)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ConfigurationError(f"{path} : ce fichier zip est illisible") from error
    if len(infos) > MEMBERS:
        raise ConfigurationError(f"{path} : plus de {MEMBERS} fichiers dans ce zip")
    booklet = Booklet(archive, {})
    for info in infos:
        name = info.filename
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if name.endswith("/"):
            continue
        if is_link or name.startswith("/") or "\\" in name or ".." in name.split("/") or name in booklet.members:
            booklet.notes.append(f"{_shown(name)} : chemin refusé")
        else:
            booklet.members[name] = info
    return booklet


def item_of_booklet(booklet: Booklet, path: Path) -> tuple[Item, tuple[str, ...]]:
    """Return the booklet as one item, its pictures at members' paths, and the recordings that it plays."""
    names = [n for n in booklet.members if n.lower().endswith((".html", ".htm")) and not n.startswith("__MACOSX")]
    names.sort(key=lambda n: (posixpath.basename(n).lower() not in {"index.html", "index.htm"}, _natural(n)))
    if not names:
        raise ConfigurationError(f"{path} : pas de page HTML dans ce zip ; est-ce l’export d’un cahier multimédia ?")
    parts: list[str] = []
    pictures: list[Picture] = []
    sounds: list[str] = []
    title = ""
    for name in names[:PAGES]:
        data = booklet.read(name, PAGE)
        html = clean((data or b"").decode("utf-8", "replace"))
        found = _TITLE.search(html)
        told = words(found[1]) if found else ""
        title = title or told
        text = prose(html, WITHIN + name)
        shift = len(pictures)
        pictures += text.pictures
        body = MARKED.sub(lambda m, shift=shift: MARK.format(int(m[1]) + shift), text.markdown)  # type: ignore[misc]
        sounds += [s for s in _played(booklet, html, name) if s not in sounds]
        if body:
            parts += [*([f"## {told}"] if told and told != title and not body.startswith("#") else []), body]
    if len(names) > PAGES:
        booklet.notes.append(f"{len(names)} pages : les {PAGES} premières sont reprises")
    stem = clean_line(path.stem)
    return (
        Item(id=f"cahier/{stem}", title=(title or stem)[:200], markdown="\n\n".join(parts), pictures=tuple(pictures)),
        tuple(sounds),
    )


def member_of(address: str) -> str:
    """Return the path in the export that a picture's address stands for; "" for one of elsewhere."""
    return unquote(urlsplit(address).path).lstrip("/") if address.startswith(WITHIN) else ""


class _Player(HTMLParser):
    """Collects what a page plays."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sources: list[str] = []
        self.frames = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"audio", "video", "source"} and given.get("src"):
            self.sources.append(given["src"] or "")
        self.frames += tag in {"iframe", "embed", "object"}


def _played(booklet: Booklet, html: str, name: str) -> list[str]:
    """Return the recordings of a page that stand in the export; videos and players are noted."""
    player = _Player()
    player.feed(html)
    player.close()
    found = []
    for source in player.sources:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(source).path)))
        if target in booklet.members and target.lower().endswith(SOUNDS):
            found.append(target)
        else:
            booklet.notes.append(f"{_shown(source)} : vidéo ou son qui n’est pas repris")
    if player.frames:
        booklet.notes.append(f"{_shown(name)} : {player.frames} lecteur(s) incrusté(s) ôté(s)")
    return found


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Return the order of people: page 2 before page 10."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _NUMBER.split(name)]


def _shown(name: str) -> str:
    return clean_line(name)[:80]
