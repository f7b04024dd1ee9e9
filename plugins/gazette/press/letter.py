"""The weekly letter in print: HTML whose style stands in each element, and its plain-text twin."""

from __future__ import annotations

import hashlib
import textwrap
from typing import TYPE_CHECKING

import css_inline
import jinja2

from gazette.errors import PressError
from gazette.model.sheet import Manifest, Printed
from gazette.model.typography import french
from gazette.press.filters import filters
from gazette.press.stage import Printing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazette.model.letter import Letter, Line

TEMPLATE = "lettre.html"
HTML, TEXT = "lettre.html", "lettre.txt"
"""Names of the two files."""
WIDTH = 72
"""Columns of the plain text: quoted once or twice, it still fits (RFC 3676, section 4.2)."""


def print_letter(letter: Letter, audience: str, theme: Path, folder: Path) -> Printing:
    """Print the letter of an edition into an empty folder; ``PressError`` when the theme's template fails."""
    folder.mkdir(parents=True)
    files = {}
    for name, data in ((HTML, html(letter, theme).encode()), (TEXT, text(letter).encode())):
        (folder / name).write_bytes(data)
        files[name] = Printed(hashlib.sha256(data).hexdigest(), len(data), "")
    return Printing(Manifest(audience, files), frozenset(files), frozenset(), folder, folder)


def html(letter: Letter, theme: Path) -> str:
    """Return the page: mail readers drop style sheets, so each rule goes to the elements it is for."""
    loader = jinja2.FileSystemLoader(theme / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(filters())
    try:
        page = environment.get_template(TEMPLATE).render(lettre=letter)
    except jinja2.TemplateError as error:
        raise PressError(f"thème : {TEMPLATE} {error}") from error
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
    return inliner.inline(page)


def text(letter: Letter) -> str:
    """Return the plain text, wrapped; an address is never cut."""
    return "\n".join(_text(letter)) + "\n"


def _text(letter: Letter) -> Iterator[str]:
    yield from _wrapped(" – ".join(words for words in (letter.newsroom, letter.edition) if words))
    yield from _wrapped(letter.title)
    yield "-" * WIDTH
    yield ""
    yield from _wrapped(letter.intro)
    yield letter.url
    for part in letter.parts:
        yield ""
        yield from _wrapped(part.title.upper())
        yield "-" * WIDTH
        for line in part.lines:
            yield from _line(line)
    yield ""
    yield "-- "  # what follows is a signature (RFC 3676, section 4.3)
    yield from _wrapped(letter.reason)


def _line(line: Line) -> Iterator[str]:
    yield ""
    yield from _wrapped(line.title, "* ", "  ")
    for words in (line.facts, line.text):
        if words:
            yield from _wrapped(words, "  ", "  ")
    yield f"  {line.url}"


def _wrapped(words: str, first: str = "", others: str = "") -> list[str]:
    shaped = textwrap.TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    return shaped.wrap(french(" ".join(words.split())))
