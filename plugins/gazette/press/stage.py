"""``print_edition()``: an edition → files in a staging folder; only what changed since the last manifest."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from gazette.errors import PressError, why
from gazette.model.sheet import Manifest, Printed, Sheet
from gazette.press.filters import poids
from gazette.press.theme import code_near, press_version, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gazette.model.feed import Sitemap, TextFile
    from gazette.model.sheet import Edition
    from gazette.pool import Pool
    from gazette.press.theme import Asset, Theme


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where an edition is printed."""

    content: Path
    settings: Path
    """``pelicanconf.py``."""
    theme: Path
    output: Path
    """The edition as it stands."""
    staging: Path
    """An empty folder for what is printed again."""
    cache: Path
    """Where printed pictures, sounds and documents are kept."""
    decoders: Pool | None = None
    """What decodes them, lent by a whole build."""


@dataclass(frozen=True, slots=True)
class Printing:
    """An edition printed, not yet proofed nor put in place."""

    manifest: Manifest
    fresh: frozenset[str]
    """Paths printed again, which stand in ``staging``; the others stand in ``output``."""
    stale: frozenset[str]
    """Paths of the last manifest that are no more."""
    output: Path
    staging: Path

    def file(self, path: str) -> Path:
        """Return where the printed file stands for now."""
        return (self.staging if path in self.fresh else self.output) / path


def _rss(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.feeds import rss  # noqa: PLC0415  # feedgen and lxml, for nothing when no feed changed

    return rss(view)


def _atom(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.feeds import atom  # noqa: PLC0415

    return atom(view)


def _json(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.feeds import json_feed  # noqa: PLC0415

    return json_feed(view)


def _podcast(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.feeds import podcast  # noqa: PLC0415

    return podcast(view)


def _opml(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.feeds import opml  # noqa: PLC0415

    return opml(view)


def _ics(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.calendar import ics  # noqa: PLC0415  # icalendar takes 0.15 s to import

    return ics(view)


def _frise_json(view: Any) -> bytes:  # noqa: ANN401
    from gazette.press.frise_json import frise_json  # noqa: PLC0415

    return frise_json(view)


def _sitemap(view: Sitemap) -> bytes:
    rows = [
        f"<url><loc>{escape(address)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>"
        for address, day in view.pages
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(rows) + "\n</urlset>\n").encode()


def _text(view: TextFile) -> bytes:
    return view.text.encode()


def _asset(view: Asset) -> bytes:
    return Path(view.source).read_bytes()


FORMS: dict[str, Callable[[Any], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
    "podcast": _podcast,
    "opml": _opml,
    "ics": _ics,
    "frise_json": _frise_json,
    "sitemap": _sitemap,
    "text": _text,
    "asset": _asset,
}
"""Forms printed one file at a time; pages (``html``) go through Pelican together, media in parallel."""
MEDIA = frozenset({"image", "sound", "document"})
"""Forms of what is decoded first."""
BOUND = frozenset({"epub", "pack"})
"""Forms of a book in one file, made of pages and media."""
INDEX = "index"
"""Form of a search index, which is printed as many files in a folder; its path ends in ``/``."""


def print_edition(edition: Edition, before: Manifest, shop: Workshop, *, is_fresh: bool = False) -> Printing:
    """Print what changed; nothing stands in ``output`` yet that was not there."""
    current = theme(shop.theme)
    has_pages = any(s.form == "html" for s in edition.sheets)  # token feeds have none, and need no style sheet
    assets = (Sheet(path, "asset", asset) for path, asset in current.assets.values() if has_pages)
    sheets = {s.path: s for s in (*edition.sheets, *assets)}
    base = f"{press_version()}{code_near(shop.settings)}{edition.newsroom.digest}"
    pages_base = hashlib.blake2b(f"{base}{current.digest}{edition.site!r}".encode()).hexdigest()
    files: dict[str, Printed] = {}
    again: dict[str, Printed] = {}
    for is_page in (False, True):  # pages last: they tell the weight of files that they lead to
        some = {path: sheet for path, sheet in sheets.items() if (sheet.form == "html") is is_page}
        weights = {path: printed.size for path, printed in files.items()}
        bases = {path: pages_base if s.form in {"html", *BOUND} else base for path, s in some.items()}
        keys = {path: _key(sheet, bases[path], weights) for path, sheet in some.items()}
        kept = {} if is_fresh else {path: _standing(before, path, keys[path], shop.output) for path in some}
        fresh = [s for path, s in some.items() if not kept.get(path)]
        if edition.whole and any(sheet.view is None for sheet in fresh):
            return print_edition(edition.whole(), before, shop, is_fresh=is_fresh)
        files |= {path: printed for known in kept.values() for path, printed in known.items()}
        for path, (whole, sources) in print_sheets(fresh, edition, current, shop, weights).items():
            files[path] = again[path] = _printed(shop.staging / path, keys[whole], sources)
    manifest = Manifest(edition.audience.name, dict(sorted(files.items())))
    stale = (frozenset(before.files) | _strays(before, shop.output, is_fresh=is_fresh)) - frozenset(files)
    return Printing(manifest, frozenset(again), stale, shop.output, shop.staging)


def _printed(file: Path, key: str, sources: tuple[str, ...]) -> Printed:
    with file.open("rb") as printed:  # a book with its sounds is never whole in memory
        digest = hashlib.file_digest(printed, "sha256").hexdigest()
        found = os.fstat(printed.fileno())
    return Printed(digest, found.st_size, key, sources, found.st_mtime_ns)


MARK_OF_OURS = ".well-known/gazette.json"
"""Every edition holds it: a folder with other files and without it is not ours to write in."""


def _strays(before: Manifest, output: Path, *, is_fresh: bool) -> frozenset[str]:
    """Return the files that no manifest knows, where it cannot be believed; ``PressError`` when they are not ours."""
    if (before.files and not is_fresh) or not output.is_dir():
        return frozenset()
    found = frozenset(f.relative_to(output).as_posix() for f in output.rglob("*") if not f.is_dir() or f.is_symlink())
    if found and MARK_OF_OURS not in found and not before.files:
        remedy = "videz-le, ou choisissez une autre --sortie"
        raise PressError(f"{output} : ce dossier contient d'autres fichiers que ceux de Gazette ; {remedy}")
    return found


def _key(sheet: Sheet, base: str, weights: Mapping[str, int]) -> str:
    told = "".join(poids(weights[path]) for path in sheet.weighs)
    return hashlib.blake2b(f"{sheet.digest}{base}{told}".encode(), digest_size=16).hexdigest()


def _standing(before: Manifest, path: str, key: str, output: Path) -> dict[str, Printed]:
    """Return the files that a sheet was printed as, if every one still stands as it was printed from the same key."""
    paths = [p for p in before.files if p.startswith(path)] if path.endswith("/") else [path]
    found = [_found(before, p, key, output) for p in paths]
    return {p: printed for p, printed in zip(paths, found, strict=True) if printed} if all(found) else {}


def _found(before: Manifest, path: str, key: str, output: Path) -> Printed | None:
    """Return a file that was printed from the same key and still stands as it was printed, at its date of today."""
    known = before.files.get(path)
    if known is None or known.key != key:
        return None
    try:
        found = os.stat(f"{output}/{path}")  # noqa: PTH116  # a string: there are tens of thousands
        if (found.st_size, found.st_mtime_ns) == (known.size, known.stamp):
            return known
        is_same = (
            found.st_size == known.size and hashlib.sha256((output / path).read_bytes()).hexdigest() == known.digest
        )
    except OSError:
        return None
    return replace(known, stamp=found.st_mtime_ns) if is_same else None


def print_sheets(
    fresh: Sequence[Sheet], edition: Edition, current: Theme, shop: Workshop, weights: Mapping[str, int]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Print sheets into the staging folder; return the sheet and the content of each file printed, by its path.

    ``weights`` are the bytes, by path, of the files that pages lead to and that stand already.
    """
    shop.staging.mkdir(parents=True, exist_ok=True)
    pages = [s for s in fresh if s.form == "html"]
    others = [s for s in fresh if s.form != "html"]
    made = print_files(others, edition, current, shop.content, shop.cache, shop.staging, shop.decoders)
    if pages:
        from gazette.press.html import print_pages  # noqa: PLC0415  # Pelican takes 0.25 s to import

        print_pages(pages, edition, current, shop.settings, shop.staging, weights)
    made |= {s.path: (s.path, s.sources) for s in pages}
    missing = [path for path in made if not (shop.staging / path).is_file()]
    if missing:
        raise PressError(f"page non imprimée : {missing[0]} (un module de Pelican l'a-t-il retirée ?)")
    return made


def print_files(
    sheets: Sequence[Sheet],
    edition: Edition,
    current: Theme,
    content: Path,
    cache: Path,
    output: Path,
    decoders: Pool | None = None,
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Print everything but pages into a folder; return the sheet and the content of each file, by path."""
    made: dict[str, tuple[str, tuple[str, ...]]] = {}
    media = [s for s in sheets if s.form in MEDIA]
    if media:
        from gazette.press.media import print_media  # noqa: PLC0415  # for nothing when no picture nor sound changed

        print_media(media, content, cache, output, decoders)
    bound = [s for s in sheets if s.form in BOUND]
    if bound:
        from gazette.press.binding import print_books  # noqa: PLC0415  # media are made by now

        print_books(bound, edition, current, content, cache, output, decoders)
    for sheet in sheets:
        if sheet.form == INDEX:
            from gazette.press.search import print_index  # noqa: PLC0415  # for nothing when no year changed

            known = print_index(sheet.view, output / sheet.path)
            made |= {f"{sheet.path}{name}": (sheet.path, sources) for name, sources in known.items()}
            continue
        made[sheet.path] = (sheet.path, sheet.sources)
        if sheet.form in FORMS:
            target = output / sheet.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(FORMS[sheet.form](sheet.view))
    return made


def former_files(before: Manifest, output: Path) -> frozenset[str]:
    """Return the files of an edition that is no more: its manifest's or, when that is lost, all of a folder of ours."""
    if before.files or not (output / MARK_OF_OURS).is_file():
        return frozenset(before.files)
    return _strays(before, output, is_fresh=False)


def _move(source: Path, target: Path) -> None:
    """Put a file in the place of another at once, from another file system too."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        shutil.copy2(source, near)
        near.replace(target)


def make_ready(printing: Printing) -> None:
    """Make sure that the edition's folder can be written; ``PressError`` while nothing is changed yet."""
    try:
        printing.output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=printing.output):  # without a name: nothing is left of it, whenever one stops
            pass
    except OSError as error:
        raise PressError(f"{printing.output} : sortie impossible à écrire ({why(error)})") from error


def put_in_place(printing: Printing) -> None:
    """Move what was printed again over the edition, and remove what is no more."""
    if _replaced(printing):
        return
    for path in sorted(printing.fresh):
        target = printing.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(printing.staging / path, target)
    remove_files(printing.output, printing.stale)
    shutil.rmtree(printing.staging, ignore_errors=True)


def _replaced(printing: Printing) -> bool:
    """Put a whole edition in place at once where nothing stands yet; tell whether it could be done."""
    printed = sum(len(names) for _, _, names in os.walk(printing.staging))
    if printing.output.is_symlink() or printed != len(printing.fresh) or printed == 0:
        return False
    with contextlib.suppress(OSError):  # something stands, or another file system
        printing.staging.replace(printing.output)
        return True
    return False


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Remove files of a folder, and the folders they leave empty, itself included."""
    for path in sorted(paths):
        target = folder / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if not parent.is_relative_to(folder) or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
