"""The names of token feeds stand in no printed byte: who reads a page must not learn them there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.finding import Finding


def tells(data: bytes, tokens: frozenset[str]) -> bool:
    """Tell whether the bytes of a file hold a token; its path may, since it is where a token feed stands."""
    if not tokens:
        return False
    data = data.lower()
    return any(token.encode() in data for token in tokens)


def masked(finding: Finding, tokens: frozenset[str]) -> Finding:
    """Return the finding without any token: reports and logs are read by more people than feeds."""
    file, message = finding.place.file, finding.message
    for token in tokens:
        file, message = file.replace(token, "…"), message.replace(token, "…")
    return replace(finding, place=replace(finding.place, file=file), message=message)
