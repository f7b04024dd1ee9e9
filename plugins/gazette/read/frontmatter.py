"""The YAML between ``---`` lines, without YAML 1.1's surprises and within bounds.

Plain scalars are text but for ``true``/``false``, ``null`` and short integers: ``14:30``, ``01200``, ``no`` and
``2026-10-06`` stay what was typed, and ``titre: Natation : mode d'emploi`` is read as a French hand meant it.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from gazette.model.text import clean_line
from gazette.read.pasted import UNMERGED, unmerged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE_LIMIT = 16_384
"""Bytes of a front matter."""
DEPTH_LIMIT = 10
_OTHER_LINE_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""YAML counts lines by them too, editors do not."""
_FENCE = re.compile(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_INTEGER = re.compile(r"\A(?:0|-?[1-9][0-9]{0,15})\Z")
_KEYED_LINE = re.compile(r"^(\s*(?:- +(?:[\wÀ-ÿ-]+: +)?|[\wÀ-ÿ-]+:\s+))(\S.*?)(\s+#(?:\s.*)?)?$")
"""What stands before a value, the value, and a remark: « # » and a space."""
_BOXED = re.compile(r"(?:\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|'[^']*')\s*[^\s,#]")
"""« [EPS] Natation », « "Lire" en CP »: brackets or quotes that close before the value ends."""
_TAGGED = re.compile(
    r"^(\s*(?:- +)?(?:titre|resume|legende|alt|credit|libelle|lieu|theme):\s+)"
    r"((?:[^\"'\[{|>#\s](?:(?!\s#\s).)*?\s)?#\S.*?)(\s+#(?:\s.*)?)?$"
)
"""« titre: Semaine #lecture », in what is prose: YAML would take the word for a remark."""
_FRENCH_COLON = re.compile(r"\s:\s")
_BREAKERS = (
    "mapping values are not allowed",
    "cannot start any token",
    "block sequence entries are not allowed",
    "mapping keys are not allowed",
    "did not find expected comment or line break",
)
"""What YAML says of signs that begin or cut a value: « : », « @ », « % », « ` », « - », « ? », « > »."""
_HARD_SPACE = re.compile(
    r"^(\s*(?:- )?[\wÀ-ÿ_-]+[ \u00a0\u202f\u2009]*:)[ \u00a0\u202f\u2009]*[\u00a0\u202f\u2009][ \u00a0\u202f\u2009]*",
    re.MULTILINE,
)
"""What a word processor puts after a colon: YAML takes it for a letter."""
_TOUCHING = re.compile(r"^\s*(?:- )?[a-z][\wÀ-ÿ-]*:(?![\s/]|$)")
_UNCLOSED = re.compile(r"""^\s*(?:- +)?[\wÀ-ÿ-]+: +(["'])(?:(?!\1).)*\n(?:(?!\1).)*\1\s*\Z""", re.MULTILINE | re.DOTALL)
"""A quote of one line that the opening quote of a later one closed: YAML gives up behind the second."""
_REMARK = re.compile(r"^\s*[\wÀ-ÿ_-]+:\s+(#\S.*)$")
"""« mots_cles: #lecture »; a remark proper has a space after its sign."""
_DASHES = re.compile(r"[-\u2010-\u2015\u2212_=*+]{1,80}")
"""What stands for three hyphens: a word processor makes a dash of them."""
_MISSIGNED = re.compile(r"^\s*(?:- +)?[A-Za-zÀ-ÿ_]+ *(=|\uff1a)(?= *\S)")
"""« titre = … »: another sign where a colon is meant."""
_REPAIRS = 20
_CORE_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool"}

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a front matter, or part of it, could not be read."""

    code: str
    message: str
    remedy: str
    line: int = 1
    column: int = 1


@dataclass(slots=True)
class FrontMatter:
    """What stands between the fences, with the place of everything."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Line and column in the file, both from 1, of each value by its path; a list or a mapping stands at its key."""
    faults: list[Fault] = field(default_factory=list)
    body: str = ""
    body_line: int = 1
    """Line of the file where the body starts."""


class _OutOfBoundsError(Exception):
    """The YAML goes beyond what a front matter needs."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def body_of(text: str) -> str:
    """Return what stands under the front matter, with LF line ends."""
    text = with_line_feeds(text)
    fence = _FENCE.match(text)
    return text[fence.end() :] if fence else text


def with_line_feeds(text: str) -> str:
    """Return the text with LF line ends, as git and YAML count lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(text: str) -> FrontMatter:
    """Split a file into front matter and body, and read the first; never raises."""
    result = FrontMatter()
    fence = _FENCE.match(text)
    if not fence:
        result.body = text
        result.faults.append(_unfenced(text))
        return result
    source = (fence[1] or "").translate(_OTHER_LINE_ENDS)
    result.body = text[fence.end() :]
    result.body_line = text.count("\n", 0, fence.end()) + 1
    if len(source.encode()) > SIZE_LIMIT:
        result.faults.append(
            Fault(
                "LEC-03",
                f"en-tête trop long (plus de {SIZE_LIMIT // 1024} ko)",
                "mettez le texte sous l'en-tête, pas dedans",
            )
        )
        return result
    conflict = unmerged(source)
    if conflict:
        result.faults.append(Fault(*UNMERGED, source.count("\n", 0, conflict.start()) + 2))
        return result
    load(_HARD_SPACE.sub(lambda found: _eased(found, result), source), result, offset=1)
    return result


def _unfenced(text: str) -> Fault:
    """Return what is wrong of a file that has no front matter."""
    if not text.strip():
        return Fault("LEC-01", "fichier vide", "effacez-le, ou faites-en un texte : ./gazette nouveau")
    if text.startswith("---\n"):
        return Fault("LEC-01", "en-tête non refermé", "ajoutez une ligne --- sous la dernière clé, avant le texte")
    first = text.lstrip().partition("\n")[0].strip()
    if first == "---":
        return Fault(
            "LEC-01", "en-tête précédé d'espaces ou de lignes vides", "effacez ce qui est avant le premier ---"
        )
    if _DASHES.fullmatch(first):
        remedy = "écrivez --- (trois tirets, celui de la touche 6), et de même sous la dernière clé"
        return Fault("LEC-01", f"« {first[:10]} » n'ouvre pas d'en-tête", remedy)
    remedy = "commencez le fichier par une ligne ---, les clés titre, date…, puis une ligne ---"
    return Fault("LEC-01", "en-tête absent", remedy)


def _eased(found: re.Match[str], result: FrontMatter) -> str:
    """Return a key with the plain space that was meant after it, and tell it."""
    line = found.string.count("\n", 0, found.start(1)) + 2
    column = len(found[1]) + 1
    message, remedy = "espace insécable après les deux-points, lue comme une espace", "tapez une espace ordinaire"
    result.faults.append(Fault("LEC-29", message, remedy, line, column))
    return found[1] + " " * (len(found[0]) - len(found[1]))


def load(source: str, result: FrontMatter, offset: int = 0) -> None:
    """Read a YAML mapping into ``result``; ``offset`` is the number of lines that stand before it in the file."""
    try:
        value = _tolerant(source, result, offset)
    except _OutOfBoundsError as error:
        result.faults.append(error.fault)
        return
    except yaml.MarkedYAMLError as error:
        result.faults.append(_unreadable(error, source, offset))
        return
    except yaml.YAMLError:
        result.faults.append(
            Fault("LEC-04", "en-tête illisible à partir d'ici", "retapez l'en-tête dans un éditeur de texte simple")
        )
        return
    if value is None:
        return
    if not isinstance(value, dict):
        result.faults.append(
            Fault("LEC-04", "l'en-tête n'est pas une liste de clés", "écrivez une clé par ligne : titre: …", 1 + offset)
        )
        return
    result.values = value
    result.faults.extend(_remarks(source, result, offset))


def _remarks(source: str, result: FrontMatter, offset: int) -> Iterator[Fault]:
    """Yield what was meant as a value and is none: « mots_cles: #lecture »."""
    rows = source.split("\n")
    for path, (line, _) in result.places.items():
        remark = _REMARK.match(rows[line - 1 - offset]) if len(path) == 1 and path[0] not in result.values else None
        if remark:
            what = f"« {clean_line(remark[1])[:40]} » n'est pas lu : « # » commence une remarque"
            remedy = f"mettez la valeur entre guillemets, ou ôtez le « # » : {path[0]}: …"
            yield Fault("LEC-45", what, remedy, line, remark.start(1) + 1)


def _unreadable(error: yaml.MarkedYAMLError, source: str, offset: int) -> Fault:
    """Return what a hand would call the fault, where it begins rather than where the reader gave up."""
    context, start, mark = error.context or "", error.context_mark, error.problem_mark or error.context_mark
    row = mark.line + 1 + offset if mark else 1
    if start and "quoted scalar" in context:
        return _at(start, offset, "guillemet ouvert ici et jamais refermé", "refermez-le, ou retirez-le")
    if start and "flow" in context:
        return _at(
            start, offset, "crochet ou accolade ouvert ici et jamais refermé", "refermez-le à la fin de la liste"
        )
    if "alphabetic or numeric" in (error.problem or ""):
        return Fault("LEC-05", "valeur qui commence par & ou *", "mettez-la entre guillemets", row)
    rows = source.split("\n")
    above = "\n".join([*rows[: mark.line], rows[mark.line][: mark.column]]) if mark and mark.line < len(rows) else ""
    if opened := _UNCLOSED.search(above):
        before = above[: opened.start(1)].split("\n")
        place = (len(before) + offset, len(before[-1]) + 1)
        return Fault("LEC-04", "guillemet ouvert ici et jamais refermé", "refermez-le, ou retirez-le", *place)
    if (glued := _glued(source, error.problem_mark)) is not None:
        return Fault("LEC-04", "espace absente après les deux-points", "écrivez « clé: valeur »", glued + 1 + offset)
    if (other := _missigned(rows, mark)) is not None:
        row, found = other
        message, remedy = f"« {found[1]} » à la place des deux-points", "écrivez « clé: valeur »"
        return Fault("LEC-04", message, remedy, row + 1 + offset, found.start(1) + 1)
    if start and "simple key" in context:
        return _at(start, offset, "ligne sans deux-points", "écrivez « clé: valeur », ou retirez-la")
    if mark and "\t" in source.split("\n")[min(mark.line, source.count("\n"))]:
        return _at(mark, offset, "tabulation dans l'en-tête", "remplacez-la par des espaces")
    remedy = "vérifiez les deux-points, les guillemets et l'alignement de cette ligne"
    return _at(mark, offset, "en-tête illisible à partir d'ici", remedy)


def _at(mark: yaml.Mark | None, offset: int, message: str, remedy: str) -> Fault:
    """Return a fault of YAML at a mark, told by its line in the file."""
    line, column = (mark.line + 1 + offset, mark.column + 1) if mark else (1, 1)
    return Fault("LEC-04", message, remedy, line, column)


def _glued(source: str, mark: yaml.Mark | None) -> int | None:
    """Return the row of the nearest line above a fault where a key and its value touch: YAML reads on through it."""
    above = source.split("\n")[: mark.line + 1] if mark else []
    return next((row for row in range(len(above) - 1, -1, -1) if _TOUCHING.match(above[row])), None)


def _missigned(rows: list[str], mark: yaml.Mark | None) -> tuple[int, re.Match[str]] | None:
    """Return the first row down to a fault where another sign stands for the colon."""
    above = rows[: mark.line + 1] if mark else []
    return next(((row, found) for row, text in enumerate(above) if (found := _MISSIGNED.match(text))), None)


def _tolerant(source: str, result: FrontMatter, offset: int) -> Any:  # noqa: ANN401  # YAML is any tree
    """Read what a French hand typed, and tell each value that YAML would not have taken."""
    duplicates: list[Fault] = []

    def attempt(text: str) -> Any:  # noqa: ANN401
        result.places.clear()
        duplicates.clear()
        return _Composer(text, result.places, duplicates, offset).document()

    value, _, mended = _read_as_typed(source, attempt)
    result.faults.extend(duplicates)
    for row, (column, typed) in sorted(mended.items()):
        if _FRENCH_COLON.search(typed) and _is_plain(typed):
            continue  # how French is written: there is nothing to learn
        message = f"« {clean_line(typed)[:40]} » lu tel quel, malgré un signe qui a un autre sens dans un en-tête"
        result.faults.append(Fault("LEC-29", message, "mettez cette valeur entre guillemets", row + 1 + offset, column))
    return value


def _read_as_typed(source: str, attempt: Callable[[str], Any]) -> tuple[Any, str, dict[int, tuple[int, str]]]:
    """Call ``attempt`` until it reads, with quotes around the values that break YAML or that it would cut.

    Return what it read, the source with quotes, and column and value by row; ``yaml.YAMLError`` beyond repair.
    """
    lines = source.split("\n")
    mended: dict[int, tuple[int, str]] = {}
    for row, line in enumerate(lines):
        if tagged := _TAGGED.match(line):
            _quote(lines, row, tagged, mended)
    for _ in range(_REPAIRS):
        try:
            return attempt("\n".join(lines)), "\n".join(lines), mended
        except yaml.MarkedYAMLError as error:
            row = error.problem_mark.line if error.problem_mark else len(lines)
            keyed = _KEYED_LINE.match(lines[row]) if row < len(lines) and row not in mended else None
            if keyed is None or not _breaks(keyed[2], error.problem or ""):
                raise
            _quote(lines, row, keyed, mended)
    raise yaml.YAMLError


def _breaks(value: str, problem: str) -> bool:
    """Tell whether a value is what broke YAML, by a sign that means something else to who typed it."""
    return bool(_BOXED.match(value)) or (value[0] not in "\"'[{\t" and any(sign in problem for sign in _BREAKERS))


def _is_plain(value: str) -> bool:
    """Tell whether YAML would take a value but for its colons."""
    with contextlib.suppress(yaml.YAMLError, _OutOfBoundsError):
        return bool(_Composer(value.replace(":", ""), {}, [], 0).document() == value.replace(":", ""))
    return False


def _quote(lines: list[str], row: int, keyed: re.Match[str], mended: dict[int, tuple[int, str]]) -> None:
    """Put quotes around the value of a row, and note it."""
    value = keyed[2].rstrip()
    if value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    remark = keyed.string[keyed.end(2) :]
    lines[row] = keyed[1] + "'" + value.replace("'", "''") + "'" + remark
    mended[row] = len(keyed[1]) + 1, value


def strict(text: str) -> str:
    """Return a file whose front matter any YAML reader takes, where ours takes it; the same text otherwise."""
    fence = _FENCE.match(text)
    if not fence or not fence[1]:
        return text
    with contextlib.suppress(yaml.YAMLError, _OutOfBoundsError):
        _, source, _ = _read_as_typed(fence[1], lambda source: _Composer(source, {}, [], 0).document())
        return text[: fence.start(1)] + source + text[fence.end(1) :]
    return text


class _Composer:
    """Builds plain values from YAML events, bounded: no alias, no tag, no deep nesting."""

    def __init__(self, source: str, places: dict[Path, tuple[int, int]], duplicates: list[Fault], offset: int) -> None:
        self.events: Iterator[Any] = yaml.parse(source, Loader=yaml.CSafeLoader)
        self.places = places
        self.duplicates = duplicates
        self.offset = offset

    def document(self) -> Any:  # noqa: ANN401
        """Return the first document's value, or None."""
        value = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                value = self.node(event, ())
            elif isinstance(event, yaml.DocumentEndEvent):
                break
        return value

    def node(self, event: Any, path: Path) -> Any:  # noqa: ANN401
        """Return the value that starts at the event."""
        line, column = event.start_mark.line + 1 + self.offset, event.start_mark.column + 1
        self.places[path] = (line, column)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _OutOfBoundsError(
                Fault("LEC-05", "valeur qui commence par & ou *", "mettez-la entre guillemets", line, column)
            )
        if len(path) > DEPTH_LIMIT:
            raise _OutOfBoundsError(
                Fault(
                    "LEC-05",
                    "trop de retraits ou de crochets les uns dans les autres",
                    f"restez à {DEPTH_LIMIT} niveaux au plus",
                    line,
                    column,
                )
            )
        if isinstance(event, yaml.ScalarEvent):
            if event.tag not in _CORE_TAGS:
                raise _OutOfBoundsError(
                    Fault("LEC-05", "valeur qui commence par !", "mettez-la entre guillemets", line, column)
                )
            is_plain = event.implicit[0] and event.tag is None
            return _scalar(event.value) if is_plain else event.value
        if event.tag not in (None, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _OutOfBoundsError(
                Fault("LEC-05", "valeur qui commence par !", "mettez-la entre guillemets", line, column)
            )
        return self.sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(path)

    def sequence(self, path: Path) -> list[Any]:
        """Return the items up to the end of the sequence."""
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        """Return the pairs up to the end of the mapping, less the keys without value; a repeated key is a fault."""
        pairs: dict[str, Any] = {}
        seen: set[str] = set()
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line, column = event.start_mark.line + 1 + self.offset, event.start_mark.column + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _OutOfBoundsError(
                    Fault("LEC-05", "clé qui n'est pas un mot", "écrivez un mot avant les deux-points", line, column)
                )
            key = str(event.value)
            before = self.places.get((*path, key))
            value = self.node(next(self.events), (*path, key))
            if before or value is None or isinstance(value, dict | list):
                self.places[*path, key] = before or (line, column)
            if key in seen:
                message = f"clé « {key[:40]} » écrite deux fois"
                self.duplicates.append(Fault("LEC-06", message, "gardez-en une seule", line, column))
            elif value is not None:
                pairs[key] = value
            seen.add(key)
        return pairs


def _scalar(text: str) -> str | int | bool | None:
    """Return the value of a plain scalar."""
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    return int(text) if _INTEGER.match(text) else text
