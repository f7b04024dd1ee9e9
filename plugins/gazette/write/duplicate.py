"""Next year's copy of an entry: dates moved by school time, a draft again, and no pupil in it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gazette.compose.fixed_days import is_fixed
from gazette.compose.next_year import next_year
from gazette.errors import ConfigurationError
from gazette.model.entry import Ecole, Page
from gazette.model.moment import school_year
from gazette.model.text import slug
from gazette.read.frontmatter import front_matter, with_line_feeds
from gazette.state import write_whole
from gazette.write.header import changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazette.model.entry import Entry

MOVED = frozenset({"date", "debut", "fin", "expire", "epingle", "prevu", "jusqu_a"})
"""Keys whose day belongs to the school year; ``verifie_le`` tells what was done, and stays."""
DROPPED = ("id", "anciennes_adresses", "validation", "numero", "numero_note", "remplace", "etat")
"""Keys that belong to one text only."""
MEDIA = ("images", "sons", "fichiers")
_DAY = re.compile(r"\A\d{4}-\d{2}-\d{2}")
_IN_WORDS = re.compile(
    r"\b(?:1er|[12]?\d|3[01])\s+(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
    r"(?:\s+\d{4})?\b|\b20\d\d(?:-20\d\d)?\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
    re.IGNORECASE,
)
"""A day or a year as a text tells it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day of the front matter and the one that takes its place."""

    key: str
    before: dt.date
    after: dt.date
    is_fixed: bool
    """It keeps its date whatever the school year, as the 9th of December does for la laïcité."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What a copy is, and what its author has to look at."""

    path: str
    """Relative to the content folder."""
    left: tuple[str, ...]
    """Media that were not copied: people are in them, and their authorisation was for this year."""
    dated: tuple[tuple[int, str], ...]
    """Line and words of the copy that tell a day or a year."""
    moved: tuple[Moved, ...] = ()
    """Every day of the front matter that became another."""


def duplicate(content: Path, entries: Sequence[Entry], entry: Entry, zone: str) -> Duplicate:
    """Write next year's copy beside the entry, whole or not at all; an existing file is never touched."""
    if isinstance(entry, Ecole | Page) or entry.date is None:
        raise ConfigurationError(f"{entry.path} : une école ou une page n'a pas d'année ; reprenez-la telle quelle")
    day = next_year(entry.date.day, zone)
    name = _name(entry.name, entry.date.day, day)
    if any(e.folder == entry.folder and e.name == name for e in entries):
        raise ConfigurationError(f"{entry.folder}/{name}/ existe déjà ; ouvrez-le, ou renommez-le d'abord")
    is_folder = PurePosixPath(entry.path).name == "index.md"
    path = f"{entry.folder}/{day}-{name}" + ("/index.md" if is_folder else ".md")
    left = tuple(m.path for m in entry.media if m.people != "aucune" or m.is_of_pupils)
    text, moved = _text(content, entry, left, zone)
    copied = [m.path for m in entry.media if m.path not in left]
    if is_folder:
        _write_folder(content, PurePosixPath(entry.path).parent, (content / path).parent, copied, text)
    else:
        _write_new(content / path, text)
    return Duplicate(path, left, tuple(_dated(text)), moved)


def _name(name: str, before: dt.date, after: dt.date) -> str:
    """Return the name with its year changed, or with the year it is for: an address is taken once."""
    was, becomes = school_year(before), school_year(after)
    for old, new in ((f"{was}-{was + 1}", f"{becomes}-{becomes + 1}"), (str(before.year), str(after.year))):
        if re.search(rf"(?<!\d){old}(?!\d)", name):
            return re.sub(rf"(?<!\d){old}(?!\d)", new, name)
    return slug(f"{name}-{after.year}")


def _text(content: Path, entry: Entry, left: Sequence[str], zone: str) -> tuple[str, tuple[Moved, ...]]:
    """Return the copy's text: dates moved where they stand, last year's keys dropped, media left out."""
    text, moved = _moved(with_line_feeds((content / entry.path).read_bytes().decode("utf-8-sig")), zone)
    values = front_matter(text).values
    folder = PurePosixPath(entry.path).parent
    names = {str(p.relative_to(folder)) for path in left if (p := PurePosixPath(path)).is_relative_to(folder)}
    keys: dict[str, Any] = {key: None for key in DROPPED if key in values} | {"statut": "brouillon"}
    for key in MEDIA:
        kept = [item for item in values.get(key, ()) if item.get("fichier") not in names]
        if len(kept) != len(values.get(key, ())):
            keys[key] = kept or None
    events = values.get("evenements", [])
    if events != _planned(events):
        keys["evenements"] = _planned(events)
    for name in names:
        picture = rf"!\[[^\]]*\]\({re.escape(quote(name))}[^)]*\)|!\[[^\]]*\]\({re.escape(name)}[^)]*\)"
        text = re.sub(rf"^(?:{picture})[ \t]*\n|{picture}", "", text, flags=re.MULTILINE)
    return changed(text, keys), moved


def _moved(text: str, zone: str) -> tuple[str, tuple[Moved, ...]]:
    """Return the text whose days of the front matter are next year's, everything else as typed; and those days."""
    matter = front_matter(text)
    lines, done = text.split("\n"), []
    for path, (line, column) in matter.places.items():
        value = _value(matter.values, path)
        if not path or path[-1] not in MOVED or not isinstance(value, str) or not _DAY.match(value):
            continue
        row = lines[line - 1]
        at = row.find(value[:10], column - 1)
        before, title = dt.date.fromisoformat(value[:10]), _value(matter.values, (*path[:-1], "titre"))
        fixed = path[-1] in {"debut", "fin"} and is_fixed(before, str(title))
        after = before.replace(year=before.year + 1) if fixed else next_year(before, zone)
        done.append(Moved(str(path[-1]), before, after, fixed))
        lines[line - 1] = row[:at] + after.isoformat() + row[at + 10 :]
    return "\n".join(lines), tuple(done)


def _value(values: Any, path: tuple[str | int, ...]) -> object:  # noqa: ANN401  # YAML is any tree
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _planned(events: Sequence[Any]) -> list[Any]:
    """Return the events as planned anew: last year's identity and last year's changes stay last year's."""
    return [{k: v for k, v in e.items() if k not in {"id", "etat"}} if isinstance(e, dict) else e for e in events]


def _write_folder(content: Path, source: PurePosixPath, target: Path, media: Sequence[str], text: str) -> None:
    """Copy into a folder of passage, then give it its name."""
    passage = target.with_name(f".{target.name}.copie")
    shutil.rmtree(passage, ignore_errors=True)
    passage.mkdir(parents=True)
    for path in media:
        relative = PurePosixPath(path)
        if relative.is_relative_to(source):
            place = passage / relative.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(content / path, place)
    write_whole(passage / "index.md", text.encode())
    try:
        passage.rename(target)
    except OSError as error:
        shutil.rmtree(passage)
        raise ConfigurationError(f"{target} existe déjà ; ouvrez-le, ou renommez-le d'abord") from error


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} existe déjà ; ouvrez-le, ou renommez-le d'abord") from error


def _dated(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a person has to reread: days and years in the title, the summary and the body."""
    matter = front_matter(text)
    for key in ("titre", "resume"):
        line, _ = matter.places.get((key,), (1, 1))
        for found in _IN_WORDS.finditer(str(matter.values.get(key, ""))):
            yield line, found[0]
    for number, line_text in enumerate(matter.body.split("\n"), matter.body_line):
        for found in _IN_WORDS.finditer(line_text):
            yield number, found[0]
