"""Slips of the hand that can only mean one thing: read as they were meant, and said, so that an author learns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from gazette.model.text import clean_line
from gazette.read.days import plain, typed_day, typed_hour
from gazette.read.fields import is_uai, read_hour, read_moment
from gazette.read.forms import Form, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

Path: TypeAlias = tuple[Any, ...]

_SAID = {"oui": "oui", "vrai": "oui", "yes": "oui", "non": "non", "faux": "non", "no": "non"}
_CYCLE = re.compile(r"(?:le )?cycle ([123])")
_CYCLES = {"1": ("PS", "MS", "GS"), "2": ("CP", "CE1", "CE2"), "3": ("CM1", "CM2", "6e")}
"""Levels of each cycle (Code de l'éducation, D311-10)."""
_THROUGH = re.compile(r"(?:du |de la |de )?(\w+) (?:a|au|a la|jusqu'au|jusqu'en) (\w+)")
_WORDS = frozenset("mots_cles ecoles outils cycles competences_crcn aussi_dans".split())
"""Keys of single words: a semicolon parts them."""
_WHO_MAY_READ = frozenset({"edition", "diffusion", "expire", "validation"})
"""Keys that are never guessed: the entry waits for its author."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed, and what was read instead."""

    path: Path
    """Where, by the keys that were typed."""
    typed: str
    meant: str


def mend(
    front: Mapping[str, Any], places: Mapping[Path, tuple[int, int]], table: type[BaseModel]
) -> tuple[dict[str, Any], dict[Path, tuple[int, int]], list[Slip]]:
    """Return the front matter and its places as they were meant, and each slip that this took."""
    slips: list[Slip] = []
    renamed: dict[Path, Path] = {}
    values = _mapping(front, table, (), slips, renamed)
    if not renamed:
        return values, dict(places), slips
    found = {}
    for path, place in places.items():
        meant = path
        for typed, key in renamed.items():
            if path[: len(typed)] == typed:
                meant = key + path[len(typed) :]
        found[meant] = place
    return values, found, slips


def _mapping(
    values: Mapping[str, Any], table: type[BaseModel], path: Path, slips: list[Slip], renamed: dict[Path, Path]
) -> dict[str, Any]:
    """Return the pairs of a table, keys and values as they were meant."""
    known, mended = {form.key: form for form in forms(table)}, {}
    for typed, value in values.items():
        key, place = typed, (*path, typed)
        if typed not in known and (meant := folded(typed)) in known and not {meant} & (values.keys() | _WHO_MAY_READ):
            key = meant
            slips.append(Slip(place, clean_line(typed), key))
            renamed[place] = (*path, key)
        form = known.get(key)
        mended[key] = _value(value, form, place, slips, renamed) if form else value
    return mended


def _value(value: Any, form: Form, path: Path, slips: list[Slip], renamed: dict[Path, Path]) -> Any:  # noqa: ANN401
    """Return a value as it was meant: a mapping, a list, or a word of the table."""
    if isinstance(value, dict):
        return _mapping(value, form.table, path, slips, renamed) if form.table else value
    if isinstance(value, list):
        return [
            meant
            for rank, one in enumerate(value)
            for meant in (
                _several(one, form, (*path, rank), slips) or [_value(one, form, (*path, rank), slips, renamed)]
            )
        ]
    if not isinstance(value, str):
        return value
    if several := _several(value, form, path, slips):
        return several
    meant = _meant(value, form)
    if meant is None:
        return value
    slips.append(Slip(path, clean_line(value)[:40], meant))
    return meant


def _several(value: Any, form: Form, path: Path, slips: list[Slip]) -> list[str] | None:  # noqa: ANN401
    """Return the words of a list that were written as one: « a ; b », « CM1/CM2 », « du CP au CM2 », « cycle 3 »."""
    if isinstance(value, str) and form.key in _WORDS and ";" in value:
        words = [_meant(word, form) or word for part in re.split("[;,]", value) if (word := part.strip())]
        slips.append(Slip(path, clean_line(value)[:40], f"[{', '.join(words)}]"))
        return words
    if not isinstance(value, str) or form.key != "niveaux" or value in form.choices:
        return None
    if all(word.strip() in form.choices for word in value.split(",")):
        return None  # a list already
    text = plain(value).removesuffix(".")
    meant: tuple[str, ...]
    cycle = _CYCLE.fullmatch(text)
    through = _THROUGH.fullmatch(text)
    if cycle:
        meant = _CYCLES[cycle[1]]
    elif through:
        first, last = (_level(word, form) for word in through.groups())
        ranks = [form.choices.index(level) for level in (first, last) if level]
        meant = form.choices[ranks[0] : ranks[1] + 1] if len(ranks) == len(through.groups()) else ()
    else:
        levels = [_level(word, form) for word in re.split(r" et | ?[/&+,;-] ?", text)]
        meant = tuple(level for level in levels if level) if all(levels) and len(levels) > 1 else ()
    if meant:
        slips.append(Slip(path, clean_line(value)[:40], f"[{', '.join(meant)}]"))
    return list(meant) or None


def _level(word: str, form: Form) -> str:
    return next((level for level in form.choices if level.lower() == word), "")


def _meant(text: str, form: Form) -> str | None:
    """Return the one thing that a text can mean where it says nothing as it stands; None in any doubt."""
    if form.choices:
        near = [one for one in form.choices if folded(one) == folded(text)] if text not in form.choices else []
        return near[0] if len(near) == 1 else None
    if form.kind == "yes_no":
        return _SAID.get(folded(text)) if text not in {"oui", "non"} else None
    if form.kind == "uai":
        code = text.strip().upper()
        return code if code != text and is_uai(code) else None
    if form.kind == "hour":
        hour = "" if _is_read(read_hour, text) else typed_hour(text)
        return hour if hour and _is_read(read_hour, hour) else None
    if form.kind in {"day", "moment"} and not _is_read(read_moment, text):
        return _day_meant(text, with_hour=form.kind == "moment")
    return None


def _day_meant(text: str, *, with_hour: bool) -> str | None:
    """Return the day, and the hour where one may stand, that a French hand wrote otherwise than AAAA-MM-JJ."""
    found = typed_day(text)
    if found is None or not found.is_whole or (found.hour and not with_hour) or found.date is None:
        return None
    if found.weekday not in {None, found.date.weekday()}:
        return None  # « lundi 6 octobre » that is a Tuesday: which of the two is wrong, nobody knows
    meant = f"{found.date} {found.hour}".strip()
    return meant if _is_read(read_moment, meant) else None


def _is_read(reader: Callable[[object], object], text: str) -> bool:
    """Tell whether a reader of fields.py takes a text as it stands."""
    try:
        reader(text)
    except ValueError:
        return False
    return True


def folded(word: str) -> str:
    """Return a word as a key is written: no capital, no accent, no space."""
    return re.sub(r"[ '’-]+", "_", plain(word))
