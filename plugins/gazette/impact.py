"""What readers will see change between two builds, told in Markdown for whoever reviews a change."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.model.sheet import Manifest
from gazette.model.token import SUFFIX, masked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN = 20
"""Pages named at most of each kind, before « et … autres »."""
FEEDS = (".xml", ".atom", ".json", ".rss", ".ics", ".opml")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SIGNS = re.compile(r"([\\`*_\[\]|@#!~<>])")


@dataclass(frozen=True, slots=True)
class Built:
    """An edition as it was built."""

    manifest: Manifest
    root: Path

    def title(self, path: str) -> str:
        """Return a page's title as Markdown; nothing of it is read as a sign of Markdown, nor as a mention."""
        found = _TITLE.search((self.root / path).read_text("utf-8"))
        return _SIGNS.sub(r"\\\1", found[1].strip() if found else path)

    def events(self) -> Mapping[str, str]:
        """Return what the frise tells of each event, by identity."""
        name = "frise/frise.json"
        rows = json.loads((self.root / name).read_bytes())["evenements"] if name in self.manifest.files else []
        return {str(row["id"]): json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows}


def report(before: Mapping[str, Built], after: Mapping[str, Built]) -> str:
    """Return the report; an edition that is on one side only is new, or no more."""
    parts: list[str] = []
    for name in {**after, **before}:
        nothing = Built(Manifest(name, {}), Path())
        parts += _edition(name, before.get(name, nothing), after.get(name, nothing))
    return "\n".join(["## Ce que vos lecteurs verront changer", "", *parts])


def _edition(name: str, before: Built, after: Built) -> Iterator[str]:
    """Yield what changes for the readers of one edition."""
    old, new = before.manifest.files, after.manifest.files
    paths = sorted({*old, *new})
    changed = [p for p in paths if (old[p].digest if p in old else "") != (new[p].digest if p in new else "")]
    yield f"### Édition {name}"
    yield ""
    if not changed:
        yield "Rien ne change.\n"
        return
    pages = [p for p in changed if p.endswith(".html")]
    own = [p for p in pages if _is_own(p, (new.get(p) or old[p]).sources)]
    yield from _named("Pages nouvelles", [_row(after, p) for p in own if p not in old])
    yield from _named("Pages qui changent", [_row(after, p) for p in own if p in old and p in new])
    yield from _named("Pages qui disparaissent", [_row(before, p) for p in own if p not in new])
    yield from _events(before.events(), after.events())
    feeds = [p for p in changed if p.endswith(FEEDS) and (name.endswith(SUFFIX) or p.startswith(("fils/", "frise/")))]
    yield from _named("Fils et agendas", [f"`{masked(p)}`" for p in feeds])
    rest = len(changed) - len(own) - len(feeds)
    yield f"Et {rest} autre(s) fichier(s) : accueil, listes, images.\n"


def _is_own(path: str, sources: tuple[str, ...]) -> bool:
    """Tell an entry's own page from a list that shows it alone."""
    names = {_DATE.sub("", source.removesuffix(".md").removesuffix("/index").rpartition("/")[2]) for source in sources}
    return names == {path.removesuffix("/index.html").rpartition("/")[2]}


def _row(built: Built, path: str) -> str:
    return f"{built.title(path)} (`/{path.removesuffix('index.html')}`)"


def _events(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield the events announced, changed and taken off, by count and by title."""
    for label, names, told in (
        ("Événements annoncés", [i for i in after if i not in before], after),
        ("Événements changés", [i for i in after if i in before and after[i] != before[i]], after),
        ("Événements ôtés", [i for i in before if i not in after], before),
    ):
        yield from _named(label, [_SIGNS.sub(r"\\\1", str(json.loads(told[i]).get("titre", i))) for i in names])


def _named(label: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield f"**{label} : {len(rows)}**\n"
        yield from (f"- {row}" for row in rows[:SHOWN])
        if len(rows) > SHOWN:
            yield f"- … et {len(rows) - SHOWN} autres"
        yield ""
