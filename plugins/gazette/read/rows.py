"""A CSV file as people and offices make them: encoding, separator, columns by name, rows with their lines."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.model.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SEPARATORS = ";,\t"
_FORMULA = re.compile(r"[=@+]|-(?![0-9])")
"""What makes a spreadsheet compute, or call out, instead of showing."""
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableRowsError(ValueError):
    """The bytes are no table; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, cleaned, "" where it has none."""

    line: int
    """In the file, from 1; where the row ends, when a cell holds line ends."""
    cells: Mapping[str, str]
    fault: str = ""
    """Why it cannot be trusted, in French, or ""."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table."""

    columns: tuple[str, ...]
    """Asked for, and there."""
    unknown: tuple[str, ...]
    """There, and never read."""
    rows: tuple[Row, ...]


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without its mark, UTF-16 with one, or else Windows-1252."""
    named = [encoding for mark, encoding in _BOMS if data.startswith(mark)]
    for encoding in (*named, "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableRowsError("ce n’est pas un fichier CSV lisible (enregistrez-le en « CSV UTF-8 »)")


def column_name(title: str) -> str:
    """Return a column's title as this program names it: « Nom_établissement » is ``nom_etablissement``."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_A_NAME.sub("_", folded).strip("_")


def rows(data: bytes, known: Collection[str], needed: Collection[str] = ()) -> Rows:
    """Return the rows of a CSV file, as far as its known columns go; no other cell is looked at."""
    text = decoded(data)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        titles = next((row for row in reader if any(cell.strip() for cell in row)), [])
        names = [column_name(title) for title in titles]
        _check(names, known, needed)
        ranks = {name: rank for rank, name in enumerate(names) if name in known}
        found = tuple(
            _row(reader.line_num, cells, ranks, len(names)) for cells in reader if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        message = f"ligne {reader.line_num} : guillemet jamais refermé, ou cellule de plus de 128 ko"
        raise UnreadableRowsError(message) from error
    unknown = tuple(clean_line(t)[:40] for t, n in zip(titles, names, strict=True) if n not in known)
    return Rows(tuple(ranks), unknown, found)


def _check(names: list[str], known: Collection[str], needed: Collection[str]) -> None:
    """Refuse a table whose columns cannot be told."""
    twice = sorted({n for n in names if n in known and names.count(n) > 1})
    if twice:
        raise UnreadableRowsError(f"deux colonnes portent le même nom : {twice[0]}")
    missing = [name for name in needed if name not in names]
    if missing:
        raise UnreadableRowsError(f"colonne absente : {', '.join(missing)}")


def _row(line: int, cells: list[str], ranks: Mapping[str, int], width: int) -> Row:
    found = {name: clean_line(cells[rank]) if rank < len(cells) else "" for name, rank in ranks.items()}
    fault = ""
    if len(cells) > width:
        fault = "plus de cases que de colonnes"
    elif any(_FORMULA.match(cell) for cell in found.values()):
        fault = "une case commence comme une formule de tableur"
    elif any("<" in cell or ">" in cell for cell in found.values()):
        fault = "une case contient une balise"
    return Row(line, found, fault)
