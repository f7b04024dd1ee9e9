"""A file to download shows nothing of people's private lives either (rules R20, R21, R31, R32, R35, R36, R61)."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity
from gazette.rgpd.personal_data import permitted, scanner_version
from gazette.rgpd.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case


def attached(entry: Entry, case: Case) -> Iterator[Finding]:
    """Tell what each document holds of people, at its declaration; its words are scanned once, then remembered."""
    for medium in () if entry.ent_only else entry.attachments:
        measure = case.measures.get(medium.digest)
        if measure is None or measure.fault:
            continue
        key = f"fichier:{scanner_version()}:{case.newsroom.digest}:{medium.digest}"
        known = None if case.memo is None else case.memo.get(key)
        rows = json.loads(known) if known else _rows(measure.text, case)
        if case.memo is not None and known is None:
            case.memo.put(key, json.dumps(rows, ensure_ascii=False))
        for code, is_warning, what, remedy in rows:
            severity = Severity.NOTE if is_warning else Severity.REFUSE
            message = f"fichier « {medium.file[:60]} » : {what}"
            yield Finding(code, severity, entry.place(medium), message, remedy)


def _rows(text: str, case: Case) -> list[tuple[str, bool, str, str]]:
    """Return each kind of datum once, with its page where there are several."""
    pages = unicodedata.normalize("NFC", text).split("\f")
    rows: dict[tuple[str, str], tuple[str, bool, str, str]] = {}
    for number, page in enumerate(pages, 1):
        for datum in scan(page, permitted(case)):
            where = f", page {number}" if 1 < len(pages) - 1 >= number else ""
            row = (f"RGPD-{datum.rule[1:]}", datum.is_warning, f"{datum.what}{where}", datum.remedy)
            rows.setdefault((datum.rule, datum.what), row)
    return list(rows.values())
