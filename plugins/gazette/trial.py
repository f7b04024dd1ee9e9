"""An entry tried out: the content as it would be with it, and what of an edition shows it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.model.depeche import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.finding import Finding
    from gazette.model.sheet import Edition, Sheet
    from gazette.press.theme import Theme

MEDIA = frozenset({"image", "sound", "document"})
"""Forms of the files that go with a page."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What an entry would be once it stands: what would be told of it, and the files of its page."""

    findings: tuple[Finding, ...]
    page: Path | None
    """Its page as it would be printed, or the one that announces it; None: nothing would be printed."""
    folder: Path
    """Where that page and its pictures stand."""
    theme: Theme
    """Whose style sheets it asks for."""
    entry: Entry | None = None
    """As it was read; None: it could not be."""
    approval: Mapping[str, str] | None = None
    """What ``validation:`` must say in a fil whose texts are approved by their digests, by who tried it."""


def trial_content(content: Path, folder: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> Path:
    """Return a copy of the content made of links, without what waits nor what is gone, where these files stand."""
    waiting = str(content / WAITING)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        content,
        folder,
        copy_function=_linked,
        symlinks=True,
        ignore=lambda where, names: names if where == waiting else [],
    )
    for path in gone:
        shutil.rmtree(folder / path, ignore_errors=True)
        (folder / path).unlink(missing_ok=True)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(data)
    return folder


def page_of(edition: Edition, entry: Entry) -> tuple[Sheet | None, list[Sheet]]:
    """Return the page of an entry, or the first that announces it, and the media that go with it."""
    pages = {s.path: s for s in edition.sheets if s.form == "html" and entry.path in s.sources}
    own = pages.get(f"{entry.folder}/{entry.name}/index.html")
    digests = {medium.digest for medium in entry.media}
    media = [s for s in edition.sheets if s.form in MEDIA and s.view.digest in digests]
    return own or next(iter(pages.values()), None), media


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target, follow_symlinks=False)
    return target
