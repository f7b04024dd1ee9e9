"""What the words of a call mean: where, when, with which secret; and how a call is refused."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke.exceptions import Exit

from gazette.errors import ConfigurationError
from gazette.model.moment import PARIS
from gazette.model.token import VARIABLE, secret_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazette.order import Order
    from gazette.pool import Pool

HERE = next(folder for folder in Path(__file__).resolve().parents if (folder / "tasks.py").is_file())
"""Where tasks.py is: this repository, or the installed package."""
ROOT = next((folder for folder in (Path.cwd(), HERE) if (folder / "pelicanconf.py").is_file()), Path.cwd())
"""The circonscription's folder: where one is, else this repository's own demo."""
DONE, CLOSED, WRONG = 0, 1, 2
YEARS = range(2000, 2101)
"""Years a build may be asked for: those a front matter may hold."""


def is_coloured() -> bool:
    """Tell whether the terminal shows colours and nobody asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def refusal(message: str) -> Exit:
    """Make the end of a call that asks for what cannot be."""
    return Exit(message, code=WRONG)


def answered(question: str, leave: Callable[[], None] = lambda: None) -> str:
    """Ask a person; who interrupts, or ends the input (Ctrl-D), ends the call, once ``leave`` is done."""
    try:
        return input(question).strip()
    except (EOFError, KeyboardInterrupt):
        leave()
        raise Exit("\nInterrompu.", code=130) from None


def order(contenu: str, sortie: str, jour: str, **options: Any) -> Order:  # noqa: ANN401
    """Make the order of a build out of the words of a call."""
    from gazette.order import Order  # noqa: PLC0415  # for nothing when help is asked for

    content = Path(contenu) if contenu else ROOT / "content"
    if not content.is_dir():
        raise ConfigurationError(f"{content} : ce dossier n’existe pas")
    os.environ["GAZETTE_CONTENU"] = str(content.resolve())
    output = Path(sortie) if sortie else ROOT / "output"
    settings = ROOT / "pelicanconf.py"
    return Order(content=content.resolve(), output=output.resolve(), settings=settings, now=instant(jour), **options)


def readers(order: Order) -> Pool:
    """Return workers that read texts: the first starts while this process imports what it builds with.

    Where nothing is remembered every text is read, and all of them start.
    """
    from gazette.pool import Pool  # noqa: PLC0415
    from gazette.read import READER  # noqa: PLC0415
    from gazette.state import remembers  # noqa: PLC0415

    pool = Pool(READER)
    return pool.begin(1 if remembers(order.output) and not order.is_fresh else pool.size)


def secret() -> bytes:
    """Return the secret that names token feeds, out of the environment."""
    return secret_of(os.environ.get(VARIABLE, ""))


def instant(jour: str) -> datetime:
    """Return the instant of a build: now, to the minute, or that of ``--jour``; a bare day means 23:59."""
    if not jour:
        return datetime.now(PARIS).replace(second=0, microsecond=0)
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M"):
        try:
            found = datetime.strptime(jour.strip(), form).replace(tzinfo=PARIS)
        except ValueError:
            continue
        if found.year in YEARS:
            return found if "H" in form else found.replace(hour=23, minute=59)
    raise ConfigurationError(f"--jour « {jour} » : écrivez AAAA-MM-JJ, ou « AAAA-MM-JJ HH:MM »")


def shown(path: Path) -> str:
    """Return a path as a person would type it from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def shown_root(contenu: str) -> str:
    """Return what stands before a content file's path in messages."""
    return shown(Path(contenu) if contenu else ROOT / "content").rstrip("/") + "/"


def in_content(words: str, content: Path) -> str:
    """Return a path as the content folder knows it, whether it was typed from there or from here."""
    full = Path(words).resolve()
    return full.relative_to(content).as_posix() if words and full.is_relative_to(content) else words
