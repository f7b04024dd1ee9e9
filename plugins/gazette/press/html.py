"""Pages, printed by Pelican: our own generator, its settings reduced to what we trust."""

from __future__ import annotations

import contextlib
import logging
import traceback
from typing import TYPE_CHECKING, Any

import jinja2
from pelican import Pelican, signals
from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.settings import read_settings

from gazette.errors import GazetteError, PressError
from gazette.hands import share
from gazette.press.compiled import ONCE, OPTIONS
from gazette.press.filters import filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from gazette.model.sheet import Edition, Sheet
    from gazette.press.theme import Theme

SETTINGS: dict[str, Any] = {
    "ARTICLE_PATHS": [],
    "PAGE_PATHS": [],
    "STATIC_PATHS": [],
    "THEME_STATIC_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "IGNORE_FILES": [".*", "__pycache__"],
    "FEED_ALL_ATOM": None,
    "FEED_ALL_RSS": None,
    "CATEGORY_FEED_ATOM": None,
    "CATEGORY_FEED_RSS": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "TRANSLATION_FEED_RSS": None,
    "TYPOGRIFY": False,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "DELETE_OUTPUT_DIRECTORY": False,
    "JINJA_ENVIRONMENT": OPTIONS,
    "DEFAULT_LANG": "fr",
    "TIMEZONE": "Europe/Paris",
}
"""What a build imposes on ``pelicanconf.py``: Pelican reads nothing by itself, and everything is escaped."""


class LightContent:
    """The little of Pelican's ``Content`` that other plugins look at."""

    def __init__(self, sheet: Sheet) -> None:
        self.title: str = sheet.view.head.title
        self.url: str = sheet.view.head.address
        self.save_as: str = sheet.path
        self.source_path = sheet.sources[0] if sheet.sources else None
        self.metadata: dict[str, Any] = {}


class SheetGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Prints the sheets that the settings carry."""

    def generate_context(self) -> None:
        """Give templates our filters and what every page shares."""
        theme: Theme = self.settings["GAZETTE_THEME"]
        self.env.filters.update(filters())

        @jinja2.pass_context
        def asset(context: jinja2.runtime.Context, name: str) -> str:
            return f"{context['root']}{theme.address(name)}"

        self.env.globals["asset"] = asset
        self.context["gazette_sheets"] = [LightContent(s) for s in self.settings["GAZETTE_SHEETS"] if s.form == "html"]

    def generate_output(self, writer: Any) -> None:  # noqa: ANN401  # Pelican's Writer
        """Write every page: one of each template, which compiles it, then the others among all cores."""
        sheets = [s for s in self.settings["GAZETTE_SHEETS"] if s.form == "html"]
        first = {sheet.view.template: sheet for sheet in reversed(sheets)}
        others = [sheet for sheet in sheets if first[sheet.view.template] is not sheet]
        logged = _logged()
        self._write(list(first.values()), writer)
        before = list(logged)
        if signals.content_written.receivers:  # another plugin may add up what it is told of every page
            self._write(others, writer)
        else:
            told = share(lambda some: self._write(some, writer), others)
            logged[:] = before + [problem for problems in told for problem in problems]

    def _write(self, sheets: Sequence[Sheet], writer: Any) -> list[list[str]]:  # noqa: ANN401
        """Write pages; return what Pelican logged of each."""
        site, logged, told = self.settings["GAZETTE_EDITION"].site, _logged(), []
        for sheet in sheets:
            known, template = len(logged), self.get_template(sheet.view.template)
            known_to_page = {"site": site, "view": sheet.view, "weights": self.settings["GAZETTE_WEIGHTS"]}
            writer.write_file(sheet.path, template, self.context, root=root_of(sheet, site.address), **known_to_page)
            told.append(logged[known:])
        return told


def root_of(sheet: Sheet, address: str) -> str:
    """Return the prefix that leads from a page to its edition's root; the page not found may stand anywhere."""
    if sheet.path == "404.html":
        return "/" + address.split("://", 1)[-1].partition("/")[2]
    return "../" * sheet.path.count("/")


def print_pages(
    sheets: Sequence[Sheet],
    edition: Edition,
    theme: Theme,
    settings: Path,
    output: Path,
    weights: Mapping[str, int] | None = None,
) -> None:
    """Print pages into a folder; ``PressError`` when Pelican, a plugin or the theme fails.

    ``weights`` are the bytes, by path, of the files that they lead to.
    """
    override = {
        **SETTINGS,
        "JINJA_ENVIRONMENT": ONCE,
        "OUTPUT_PATH": str(output),
        "PATH": str(output.parent),
        "THEME": str(theme.path),
        "SITEURL": edition.audience.address.rstrip("/"),
        "SITENAME": edition.newsroom.title,
        "GAZETTE": edition.newsroom,
        "GAZETTE_EDITION": edition,
        "GAZETTE_SHEETS": tuple(sheets),
        "GAZETTE_THEME": theme,
        "GAZETTE_WEIGHTS": weights or {},
    }
    with _failing_loudly():
        Pelican(read_settings(str(settings), override=override)).run()


@contextlib.contextmanager
def _failing_loudly() -> Iterator[None]:
    """Turn what Pelican would log, then publish all the same, into an error."""
    problems: list[str] = []
    logger = logging.getLogger("pelican")
    handler = _Collector(problems)
    level, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        with _silenced_console():
            yield
    except GazetteError:
        raise
    except PelicanTemplateNotFound as error:
        raise PressError(f"thème : {error}") from error
    except jinja2.TemplateError as error:
        written = f"{getattr(error, 'filename', None) or ''}:{getattr(error, 'lineno', '')}".strip(":")
        place = written or next(iter(_templates_of(error)), "")
        raise PressError(f"thème : {place} {error.message or error}".replace("  ", " ")) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if not _templates_of(error, is_direct=True):
            raise
        raise PressError(f"thème : {_templates_of(error)[0]} {error}") from error
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates
    if problems:
        raise PressError(f"Pelican : {problems[0]}")


def _templates_of(error: Exception, *, is_direct: bool = False) -> list[str]:
    """Return the lines of templates an error went through, innermost first; ``is_direct``: if it began in one."""
    frames = traceback.extract_tb(error.__traceback__)[::-1]
    if is_direct and not frames[0].filename.endswith(".html"):
        return []  # a bug of a filter or of Pelican, not of the theme
    return [f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.endswith(".html")]


def _logged() -> list[str]:
    """Return where what Pelican logs as errors is kept; nowhere when Pelican was started from outside."""
    handlers = logging.getLogger("pelican").handlers
    return next((handler.problems for handler in handlers if isinstance(handler, _Collector)), [])


class _Collector(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message, and the exception behind it."""
        cause = f" ({record.exc_info[1]!r})" if record.exc_info and record.exc_info[1] else ""
        self.problems.append(record.getMessage() + cause)


@contextlib.contextmanager
def _silenced_console() -> Iterator[None]:
    """Keep Pelican's « Done: Processed 0 articles » from the terminal."""
    import pelican  # noqa: PLC0415  # its console is a module attribute

    before = pelican.console.quiet
    pelican.console.quiet = True
    try:
        yield
    finally:
        pelican.console.quiet = before


def sheet_generator(_: Pelican) -> type[SheetGenerator]:
    """Return our generator to Pelican (``get_generators``)."""
    return SheetGenerator


__all__ = ["SETTINGS", "SheetGenerator", "print_pages", "root_of", "sheet_generator", "signals"]
