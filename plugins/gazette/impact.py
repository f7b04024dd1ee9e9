"""What readers will see change between two builds: as values, then in words for an author, a reviewer or a program."""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.model.cahier import FOLDER
from gazette.model.sheet import Manifest
from gazette.model.token import SUFFIX, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Audience

SHOWN = 20
"""Things named at most of each kind, before « et … autres »."""
FORMATS = {".xml": "RSS", ".rss": "RSS", ".atom": "Atom", ".json": "JSON", ".ics": "agenda", ".opml": "OPML"}
FEEDS = tuple(FORMATS)
TITLE = "Ce que vos lecteurs verront changer"
LABELS = {
    "new": "Pages nouvelles",
    "changed": "Pages qui changent",
    "gone": "Pages qui disparaissent",
    "announced": "Événements annoncés",
    "moved": "Événements changés",
    "removed": "Événements ôtés",
    "books": "Livres à télécharger",
    "feeds": "Fils et agendas",
    "later": "Paraîtront plus tard",
}
"""What each field of ``Impact`` is called, in the order in which it is told."""
KEYS = ("nouvelles", "changees", "disparues", "annonces", "changes", "otes", "livres", "fils", "plus_tard")
"""The same in JSON."""
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SIGNS = re.compile(r"([\\`*_\[\]|@#!~<>])")


@dataclass(frozen=True, slots=True)
class Named:
    """A page, an event, a book or a feed that changes."""

    title: str
    """As readers see it; "" for what has none."""
    address: str = ""
    """In the edition; "" for an event. That of a token feed is masked."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes for the readers of one edition."""

    edition: str
    new: tuple[Named, ...] = ()
    changed: tuple[Named, ...] = ()
    gone: tuple[Named, ...] = ()
    announced: tuple[Named, ...] = ()
    moved: tuple[Named, ...] = ()
    """Events told otherwise: of another day, place, title or state."""
    removed: tuple[Named, ...] = ()
    books: tuple[Named, ...] = ()
    feeds: tuple[Named, ...] = ()
    later: tuple[Named, ...] = ()
    """New or changed texts that wait for their day: no page shows them yet, and none will ask before it does."""
    others: int = 0
    """Files besides: home page, lists, pictures."""

    @property
    def is_none(self) -> bool:
        """Tell whether readers see nothing change."""
        return self == Impact(self.edition)

    @property
    def parts(self) -> Iterator[tuple[str, Sequence[Named]]]:
        """Yield what there is to tell, each with its label."""
        for field, label in LABELS.items():
            rows: Sequence[Named] = getattr(self, field)
            if field == "feeds":
                rows = _by_feed(rows)
            if rows:
                yield label, rows


@dataclass(frozen=True, slots=True)
class Built:
    """An edition as it was built."""

    manifest: Manifest
    root: Path

    def page(self, path: str) -> Named:
        """Return a page by its title."""
        found = _TITLE.search((self.root / path).read_text("utf-8"))
        title = " ".join(html.unescape(_TAG.sub("", found[1])).split()) if found else ""
        return Named(title, f"/{path.removesuffix('index.html')}")

    def events(self) -> Mapping[str, str]:
        """Return what the frise tells of each event, by identity."""
        name = "frise/frise.json"
        rows = json.loads((self.root / name).read_bytes())["evenements"] if name in self.manifest.files else []
        return {str(row["id"]): json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows}


def impacts(before: Mapping[str, Built], after: Mapping[str, Built]) -> tuple[Impact, ...]:
    """Return what changes in each edition; one that is on one side only is new, or no more."""
    names = {**after, **before}
    nothing = {name: Built(Manifest(name, {}), Path()) for name in names}
    return tuple(_impact(name, before.get(name, nothing[name]), after.get(name, nothing[name])) for name in names)


def _impact(name: str, before: Built, after: Built) -> Impact:
    old, new = before.manifest.files, after.manifest.files
    paths = sorted({*old, *new})
    changed = [p for p in paths if (old[p].digest if p in old else "") != (new[p].digest if p in new else "")]
    own = [p for p in changed if p.endswith(".html") and _is_own(p, (new.get(p) or old[p]).sources)]
    feeds = [p for p in changed if p.endswith(FEEDS) and (name.endswith(SUFFIX) or p.startswith(("fils/", "frise/")))]
    books = [p for p in changed if p.startswith(f"{FOLDER}/") and p.endswith((".epub", ".zip"))]
    were, are = before.events(), after.events()
    return Impact(
        name,
        tuple(after.page(p) for p in own if p not in old),
        tuple(after.page(p) for p in own if p in old and p in new),
        tuple(before.page(p) for p in own if p not in new),
        _events(are, [i for i in are if i not in were]),
        _events(are, [i for i in are if i in were and are[i] != were[i]]),
        _events(were, [i for i in were if i not in are]),
        tuple(Named("", f"/{p}") for p in books),
        tuple(Named("", masked(p)) for p in feeds),
        (),
        len(changed) - len(own) - len(feeds) - len(books),
    )


def with_later(
    found: Iterable[Impact],
    before: Iterable[Entry],
    after: Iterable[Entry],
    audiences: Iterable[Audience],
    now: datetime,
) -> tuple[Impact, ...]:
    """Return what changes with the texts that are to appear after ``now``, as each audience will read them."""
    readers = {audience.name: audience for audience in audiences}
    known = {e.id: e.source_digest for e in before}
    waiting = [e for e in after if e.status == "publie" and e.date and e.date.instant > now]
    changed = sorted((e for e in waiting if known.get(e.id) != e.source_digest), key=_day)
    found = tuple(found)
    rows = {one.edition: [e for e in changed if _may_read(readers.get(one.edition), e)] for one in found}
    named = {name: tuple(Named(f"{e.title} ({_day(e):%d/%m/%Y})") for e in kept) for name, kept in rows.items()}
    return tuple(replace(one, later=named[one.edition]) for one in found)


def _may_read(audience: Audience | None, entry: Entry) -> bool:
    return audience is not None and audience.may_read(entry.audience)


def _day(entry: Entry) -> date:
    assert entry.date  # noqa: S101  # the caller looked
    return entry.date.day


def _is_own(path: str, sources: tuple[str, ...]) -> bool:
    """Tell an entry's own page from a list that shows it alone."""
    names = {_DATE.sub("", source.removesuffix(".md").removesuffix("/index").rpartition("/")[2]) for source in sources}
    return names == {path.removesuffix("/index.html").rpartition("/")[2]}


def _events(told: Mapping[str, str], ids: Sequence[str]) -> tuple[Named, ...]:
    return tuple(Named(str(json.loads(told[i]).get("titre", i))) for i in ids)


def _by_feed(rows: Iterable[Named]) -> list[Named]:
    """Return each feed once, by its formats: they tell the same."""
    found: dict[str, list[Named]] = {}
    for row in rows:
        found.setdefault(row.address.rpartition(".")[0], []).append(row)
    named = []
    for same in found.values():
        same.sort(key=lambda row: FEEDS.index(_suffix(row)))
        named.append(Named(", ".join(FORMATS[_suffix(row)] for row in same), same[0].address))
    return named


def _suffix(row: Named) -> str:
    return f".{row.address.rpartition('.')[2]}"


def lines(found: Sequence[Impact]) -> Iterator[str]:
    """Yield what changes as plain words, for a terminal."""
    for one in found:
        yield f"Édition {one.edition} : {'rien ne change.' if one.is_none else ''}".rstrip()
        for label, rows in one.parts:
            yield f"  {label} : {len(rows)}"
            yield from (f"    {' · '.join(w for w in (row.title, row.address) if w)}" for row in rows[:SHOWN])
            yield from (f"    … et {len(rows) - SHOWN} autres" for _ in rows[SHOWN : SHOWN + 1])
        if one.others:
            yield f"  et {one.others} autre(s) fichier(s) : accueil, listes, images"


def markdown(found: Sequence[Impact]) -> str:
    """Return what changes as Markdown, for who reviews it; no title is read as a sign, nor as a mention."""
    told = [f"## {TITLE}", ""]
    for one in found:
        told += [f"### Édition {one.edition}", "", *(["Rien ne change.", ""] if one.is_none else [])]
        for label, rows in one.parts:
            told += [f"**{label} : {len(rows)}**", "", *(f"- {_row(row)}" for row in rows[:SHOWN])]
            told += [f"- … et {len(rows) - SHOWN} autres"] if len(rows) > SHOWN else []
            told.append("")
        told += [f"Et {one.others} autre(s) fichier(s) : accueil, listes, images.", ""] if one.others else []
    return "\n".join(told)


def _row(row: Named) -> str:
    title = _SIGNS.sub(r"\\\1", row.title)
    address = f"`{row.address}`" if row.address else ""
    return f"{title} ({address})" if title and address else title or address


def as_json(found: Sequence[Impact]) -> dict[str, Any]:
    """Return what changes for a program: by edition, lists of ``{titre, adresse}``, and ``autres``, in files."""
    rows = {}
    for one in found:
        facts = asdict(one)
        named = {
            key: [{"titre": row["title"], "adresse": row["address"]} for row in facts[field]]
            for key, field in zip(KEYS, LABELS, strict=True)
        }
        rows[one.edition] = {**named, "autres": one.others}
    return {"schema": 1, "editions": rows}
