"""An existing blog brought in as drafts, and told: what was written, what was there already, what could not be kept."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from gazette.check import load
from gazette.errors import ConfigurationError
from gazette.model.cahier import BOOK, FOLDER
from gazette.model.text import clean_line
from gazette.newsdesk.booklet import FILE, Booklet, item_of_booklet, member_of, opened
from gazette.newsdesk.item import Item, item_of
from gazette.newsdesk.worker import GATHERER, request
from gazette.pool import Pool
from gazette.press.worker import DECODER
from gazette.read.explain import suggestion
from gazette.read.fields import is_uai
from gazette.terminal.call import DONE, in_content, shown
from gazette.write.imported import Importer, known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.newsdesk.prose import Picture
    from gazette.order import Order

ARCHIVE = 200 * 1024 * 1024
"""Bytes of an export."""
WIDTH = 1600
"""Pixels of the widest picture that is kept."""
_SIZED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+\Z)")
"""How WordPress names the smaller copies of a picture."""


def bring_in(wanted: Order, path: Path, fil: str, author: str, class_name: str, media: str) -> int:
    """Write a draft for each article of an archive, and tell what could not be kept."""
    newsroom, _ = load(wanted)
    if BOOK.fullmatch(fil):
        _check_book(wanted.content, fil, author)
    elif newsroom.fil(fil) is None:
        names = ", ".join([*(f.name for f in newsroom.fils), f"{FOLDER}/<nom>"])
        raise ConfigurationError(f"--fil {fil} : ce fil n’existe pas ; choisissez parmi {names}")
    if not path.is_file():
        raise ConfigurationError(f"{path} : ce fichier n’existe pas")
    if media and not Path(media).is_dir():
        raise ConfigurationError(f"--medias {media} : ce dossier n’existe pas")
    booklet = opened(path) if path.read_bytes()[:2] == b"PK" else None
    with Pool(DECODER, size=1) as decoder:
        shelf = _Shelf(booklet, Path(media) if media else None, decoder)
        seen = known(wanted.content)
        importer = Importer(wanted.content, fil, author, wanted.now.date(), shelf.keep, seen, clean_line(class_name))
        articles, told = _booklet(booklet, path) if booklet else _archive(path)
        fresh: list[Item] = []
        lost = 0
        for item, sounds in articles:
            done = importer.write(item, sounds)
            if done.path:
                fresh.append(item)
                print(f"{shown(wanted.content / done.path)}")
            for what in done.lost:
                lost += 1
                print(f"    pas repris : {what}")
        importer.link([item for item, _ in articles], fresh)
        there = len(articles) - len(fresh)
    for line in [*told, *(booklet.notes if booklet else [])]:
        print(f"pas repris : {line}")
    again = f", {there} déjà là" if there else ""
    remedy = " Donnez le dossier des images par --medias." if lost and not media and not booklet else ""
    place = in_content(importer.folder.relative_to(wanted.content).as_posix(), wanted.content)
    print(f"{len(fresh)} brouillon(s) écrit(s) dans {place}/{again}.{remedy}")
    print("Rien ne paraît : relisez chaque brouillon, dites qui paraît sur ses images, puis « statut: publie ».")
    return DONE


def _check_book(content: Path, fil: str, author: str) -> None:
    """Refuse a book that does not exist, and a page that no school gives."""
    books = sorted(
        f"{FOLDER}/{folder.name}" for folder in (content / FOLDER).glob("*") if (folder / "index.md").is_file()
    )
    if fil not in books:
        raise ConfigurationError(f"--fil {fil} : ce cahier n’existe pas ; {suggestion(fil, books)}")
    if not is_uai(author):
        raise ConfigurationError("--auteur : une page de cahier vient d’une école, donnez son code UAI (0860001A)")


def _archive(path: Path) -> tuple[list[tuple[Item, list[tuple[str, bytes]]]], list[str]]:
    """Return the articles of an export or of a feed, and what was left aside."""
    with path.open("rb") as file:
        data = file.read(ARCHIVE + 1)
    if len(data) > ARCHIVE:
        raise ConfigurationError(f"{path} : plus de {ARCHIVE // 1024 // 1024} Mo ; exportez en plusieurs fois")
    with Pool(GATHERER, size=1) as pool:
        answer = next(iter(pool.ask([request("archive", "", "", "", data)])))
    if answer is None or answer.get("fault"):
        raise ConfigurationError(f"{path} : {answer['fault'] if answer else 'fichier trop lourd à lire'}")
    told = [f"{count} × {what}" for what, count in answer["left"].items()] + answer["notes"]
    return [(item_of(row), []) for row in answer["items"]], told


def _booklet(booklet: Booklet, path: Path) -> tuple[list[tuple[Item, list[tuple[str, bytes]]]], list[str]]:
    item, names = item_of_booklet(booklet, path)
    sounds = [(name, data) for name in names if (data := booklet.read(name, FILE)) is not None]
    return [(item, sounds)], []


class _Shelf:
    """Where the pictures of an archive are found: within it, or in a folder that goes with it."""

    def __init__(self, booklet: Booklet | None, folder: Path | None, decoder: Pool) -> None:
        self.booklet, self.folder, self.decoder = booklet, folder, decoder

    def keep(self, picture: Picture, target: Path) -> str:
        """Put a picture into a draft's folder, decoded and written anew; "" when there is none to be had."""
        data = self._bytes(picture)
        if data is None:
            return ""
        with tempfile.TemporaryDirectory() as aside:
            source, printed = Path(aside, "recu"), Path(aside, "relu")
            source.write_bytes(data)
            facts = self._ask({"kind": "image", "path": str(source)})
            if facts is None:
                return ""
            sizes = [[min(int(facts["width"]), WIDTH), "JPEG", str(printed)]]
            if self._ask({"kind": "image", "path": str(source), "to": sizes}) is None:
                return ""
            name = f"image-{len(list(target.glob('image-*'))) + 1}.jpg"
            (target / name).write_bytes(printed.read_bytes()[32:])  # after its digest
        return name

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        told: dict[str, Any] | None = next(iter(self.decoder.ask([json.dumps(asked).encode()])))
        return None if told is None or told.get("fault") else told

    def _bytes(self, picture: Picture) -> bytes | None:
        if self.booklet:
            return self.booklet.read(member_of(picture.address), FILE)
        for path in self._candidates(picture.address):
            if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):  # type: ignore[union-attr]
                return path.read_bytes() if path.stat().st_size <= FILE else None
        return None

    def _candidates(self, address: str) -> Iterable[Path]:
        """Yield where an upload may stand: under its dated folders or by its name, first the picture whole."""
        if self.folder is None:
            return
        path = unquote(urlsplit(address).path)
        after = path.rpartition("/uploads/")[2].lstrip("/")
        names = dict.fromkeys((_SIZED.sub("", after), after, _SIZED.sub("", Path(path).name), Path(path).name))
        yield from (self.folder / name for name in names if name and ".." not in name.split("/"))
