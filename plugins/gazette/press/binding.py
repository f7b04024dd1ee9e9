"""A shared book in one file: an EPUB for reading devices, or its web pages for a USB key."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from gazette.errors import PressError
from gazette.model.sheet import Sheet
from gazette.press.compiled import ONCE
from gazette.press.filters import filters
from gazette.press.media import print_media
from gazette.press.xhtml import xhtml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazette.model.sheet import Edition
    from gazette.pool import Pool
    from gazette.press.theme import Theme

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Day of every member: the earliest that a zip file can tell."""
FOLDER = "EPUB"
TYPES = {
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg; codecs=opus",
    "css": "text/css",
    "xhtml": "application/xhtml+xml",
}
"""Core media types of EPUB 3.3, section 3.2."""
CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{FOLDER}/livre.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
WELCOME = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Ouvrir le livre</title>
<meta http-equiv="refresh" content="0; url={path}"></head>
<body><p><a href="{path}">Ouvrir le livre</a></p></body></html>
"""


class Bench:
    """Where pages of a package are made; it notes what of the theme they ask for, in ``asked``."""

    def __init__(self, edition: Edition, theme: Theme, places: Mapping[str, str]) -> None:
        """``places``: where the package holds what an edition-root-relative address names."""
        self.asked: set[str] = set()
        self.known = {"site": edition.site, "places": places}
        self.environment = jinja2.Environment(  # noqa: S701  # ONCE escapes everything
            loader=jinja2.FileSystemLoader(theme.path / "templates"),
            **ONCE,
        )
        self.environment.filters.update(filters(), xhtml=xhtml)

        @jinja2.pass_context
        def asset(context: jinja2.runtime.Context, name: str) -> str:
            self.asked.add(name)
            return f"{context['root']}{theme.address(name)}"

        self.environment.globals["asset"] = asset

    def page(self, template: str, root: str, **facts: Any) -> str:  # noqa: ANN401  # what the template wants
        """Return a page; ``PressError`` when the theme's template fails."""
        try:
            return self.environment.get_template(template).render(self.known, root=root, **facts)
        except jinja2.TemplateError as error:
            raise PressError(f"thème : {template} {error}") from error


def print_books(
    sheets: Sequence[Sheet],
    edition: Edition,
    theme: Theme,
    content: Path,
    cache: Path,
    output: Path,
    decoders: Pool | None = None,
) -> None:
    """Print the packages of books into a folder."""
    for sheet in sheets:
        target = output / sheet.path
        target.parent.mkdir(parents=True, exist_ok=True)
        files = sheet.view.files
        with tempfile.TemporaryDirectory(dir=cache.parent) as made:
            print_media([Sheet(f.name, f.form, f.view) for f in files], content, cache, Path(made), decoders)
            with zipfile.ZipFile(target, "w") as package:
                write = _epub if sheet.form == "epub" else _pack
                for name, data in write(sheet.view, edition, theme):
                    _add(package, name, data)
                for file in files:
                    _add(
                        package, f"{FOLDER}/{file.name}" if sheet.form == "epub" else file.name, Path(made) / file.name
                    )


def _add(package: zipfile.ZipFile, name: str, data: bytes | Path) -> None:
    """Add a member: texts are compressed; media were already, and the type of an EPUB is read as it stands."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    is_pressed = isinstance(data, bytes) and name != "mimetype"
    info.compress_type = zipfile.ZIP_DEFLATED if is_pressed else zipfile.ZIP_STORED
    package.writestr(info, data.read_bytes() if isinstance(data, Path) else data)


def _pack(view: Any, edition: Edition, theme: Theme) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401  # compose's PackView
    """Yield the pages of a book as the web shows them, with what of the theme they ask for."""
    places = {page.head.address: path for path, page in view.pages} | {file.name: file.name for file in view.files}
    bench = Bench(edition, theme, places)
    for path, page in view.pages:
        html = bench.page(f"{page.template}.html", "../" * path.count("/"), view=page, hors_ligne=True)
        yield path, html.encode()
    for name in sorted(bench.asked):
        printed, asset = theme.assets[name]
        yield printed, Path(asset.source).read_bytes()
    yield "lire.html", WELCOME.format(path=f"cahiers/{view.name}/index.html").encode()


def _epub(view: Any, edition: Edition, theme: Theme) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401  # compose's EpubView
    """Yield the members of an EPUB 3, its type first (EPUB 3.3, section 4.2)."""
    yield "mimetype", b"application/epub+zip"
    yield "META-INF/container.xml", CONTAINER.encode()
    places = dict(view.chapters) | {file.name: file.name for file in view.files}
    bench = Bench(edition, theme, places)
    own = {"livre": view, "medias": "epub/_media.html"}
    parts: list[tuple[str, str, dict[str, Any]]]
    parts = [("couverture.xhtml", "epub/couverture.xhtml", {}), ("nav.xhtml", "epub/nav.xhtml", {})]
    chapters = zip(view.sections, view.chapters, strict=True)
    parts += [(name, "epub/chapitre.xhtml", {"section": section}) for section, (_, name) in chapters]
    parts.append(("contributeurs.xhtml", "epub/contributeurs.xhtml", {}))
    for name, template, facts in parts:
        yield f"{FOLDER}/{name}", bench.page(template, "", **own, **facts).encode()
    _, style = theme.assets["epub.css"]
    yield f"{FOLDER}/style.css", Path(style.source).read_bytes()
    names = ["style.css", *(name for name, _, _ in parts), *(file.name for file in view.files)]
    cover = next((href for href, _ in view.cover.jpeg if href in places), "") if view.cover else ""
    members = tuple(_members(names, cover))
    opf = bench.page("epub/livre.opf", "", **own, members=members, spine=tuple(f"m{n}" for n in _spine(names, parts)))
    yield f"{FOLDER}/livre.opf", opf.encode()


def _members(names: Iterable[str], cover: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, path, media type and property of each member."""
    for number, name in enumerate(names):
        what = {"nav.xhtml": "nav", cover: "cover-image"}.get(name, "")
        yield f"m{number}", name, TYPES[name.rsplit(".", 1)[1]], what


def _spine(names: list[str], parts: Iterable[tuple[str, str, Any]]) -> Iterator[int]:
    """Yield the rank of each text among the members, in reading order."""
    for name, _, _ in parts:
        yield names.index(name)
