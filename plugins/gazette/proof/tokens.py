"""The names of token feeds stand in no printed byte: who reads a page must not learn them there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity
from gazette.proof.page import proof_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.model.memo import Memo
    from gazette.proof.stage import Printing


def told_tokens(printing: Printing, tokens: frozenset[str], memo: Memo) -> Iterable[Finding]:
    """Tell the printed files that hold a token; a path may, since it is where a token feed stands."""
    if not tokens:
        return
    sought = [token.encode() for token in sorted(tokens)]
    digest = hashlib.blake2b(b"".join(sought), digest_size=16).hexdigest()
    name = printing.manifest.audience
    for path, printed in printing.manifest.files.items():
        key = f"jetons:{proof_version()}:{printed.digest}:{digest}"
        hit = memo.get(key)
        if hit is None:
            data = printing.file(path).read_bytes().lower()
            hit = "dit" if any(token in data for token in sought) else "tait"
            memo.put(key, hit)
        if hit == "dit":
            message = "l'adresse d'un fil à jeton y est imprimée ; elle se donne par lettre, jamais sur une page"
            remedy = "retirez-la du texte, puis changez-la : publier --nouveau-jeton"
            yield Finding("EPR-10", Severity.STOP, Place(f"{name}/{path}"), message, remedy)


def masked(finding: Finding, tokens: frozenset[str]) -> Finding:
    """Return the finding without any token: reports and logs are read by more people than feeds."""
    file, message = finding.place.file, finding.message
    for token in tokens:
        file, message = file.replace(token, "…"), message.replace(token, "…")
    return replace(finding, place=replace(finding.place, file=file), message=message)
