"""The series of an edition's token feeds, raised in ``circonscription.yml`` without touching anything else in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.read.circonscription import FILE, load_newsroom
from gazette.read.frontmatter import FrontMatter, load
from gazette.state import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from gazette.model.newsroom import Audience, Newsroom

_NUMBER = re.compile(r"\d+")


def raise_series(content: Path, name: str) -> int:
    """Write the edition's next series in the circonscription's file, and return it; every former address dies.

    Comments and layout stay. ``ConfigurationError`` when there is no series to raise, or when the file, written
    so, would not say exactly that.
    """
    before = load_newsroom(content)
    audience = with_tokens(before, name)
    assert audience.token_feeds  # noqa: S101  # with_tokens looked
    series = audience.token_feeds.series + 1
    path = content / FILE
    data = path.read_bytes()
    matter = FrontMatter()
    load(data.decode("utf-8-sig"), matter)
    written = _written(data.decode("utf-8"), matter, audience.rank, series)
    write_whole(path, written.encode())
    if _told(load_newsroom(content)) != _told(_raised(before, audience, series)):
        write_whole(path, data)
        raise ConfigurationError(f"{path} : écrivez vous-même serie: {series} sous jeton: de l'édition {name}")
    return series


def with_tokens(newsroom: Newsroom, name: str) -> Audience:
    """Return the edition of that name; ``ConfigurationError`` when there is none, or when it has no token feeds."""
    audience = newsroom.audience(name)
    named = ", ".join(a.name for a in newsroom.audiences if a.token_feeds) or "aucune"
    if audience is None:
        raise ConfigurationError(f"édition inconnue « {name} » ; éditions qui ont des fils à jeton : {named}")
    if audience.token_feeds is None:
        reason = "ajoutez-lui jeton: {actif: true, serie: 1, adresse: …} dans circonscription.yml"
        if audience.rank == 0:
            reason = "tout le monde la lit, et la page /fils/ donne ses adresses"
        raise ConfigurationError(f"l'édition {name} n'a pas de fils à jeton : {reason} (en ont : {named})")
    return audience


def _written(text: str, matter: FrontMatter, rank: int, series: int) -> str:
    """Return the file with the series in its place, or before the address where it was left out."""
    lines = text.splitlines(keepends=True)
    place = matter.places.get(("editions", rank, "jeton", "serie"))
    if place:
        row, column = place[0] - 1, place[1] - 1
        found = _NUMBER.match(lines[row], column)
        rest = lines[row][found.end() :] if found else lines[row][column:]
        lines[row] = f"{lines[row][:column]}{series}{rest}"
    else:
        row = matter.places["editions", rank, "jeton", "adresse"][0] - 1
        key = re.search(r"adresse\s*:", lines[row][_start(matter, rank, row) :])
        column = _start(matter, rank, row) + (key.start() if key else 0)
        is_flow = bool(lines[row][:column].strip())
        end = ", " if is_flow else f"\n{lines[row][:column]}"
        lines[row] = f"{lines[row][:column]}serie: {series}{end}{lines[row][column:]}"
    return "".join(lines)


def _start(matter: FrontMatter, rank: int, row: int) -> int:
    """Return where ``jeton:`` starts on a line; 0 when it is on one before."""
    line, column = matter.places["editions", rank, "jeton"]
    return column - 1 if line - 1 == row else 0


def _raised(newsroom: Newsroom, audience: Audience, series: int) -> Newsroom:
    assert audience.token_feeds  # noqa: S101  # with_tokens looked
    other = replace(audience, token_feeds=replace(audience.token_feeds, series=series))
    return replace(newsroom, audiences=tuple(other if a.name == audience.name else a for a in newsroom.audiences))


def _told(newsroom: Newsroom) -> tuple[object, ...]:
    """Return what a circonscription says of its editions, to compare; the rest of the file is not touched."""
    rest = (newsroom.name, newsroom.title, [f.name for f in newsroom.fils], newsroom.roles, newsroom.legal)
    return tuple((a.rank, a.name, a.title, a.address, a.token_feeds) for a in newsroom.audiences), rest
