"""What a page's scripts would keep in a reader's machine, or tell of a reader (rules R29, R30; CNIL, sheet 16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Place, Severity
from gazette.proof.page import proof_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.model.memo import Memo
    from gazette.proof.stage import Printing

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>|\son[a-z]+\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
_TRACKER = re.compile(
    r"""document\.cookie|cookieStore|\b(?:local|session)Storage|\bindexedDB|\bcaches\.open|serviceWorker\.register
    |\bsendBeacon|\bgtag\(|\b_paq\b|['"](?:G-[A-Z0-9]{6,}|UA-\d{4,}-\d+|GTM-[A-Z0-9]{4,})['"]""",
    re.VERBOSE,
)
"""Storage of the browser, calls that tell of a visit, and ids of audience measurement."""


def tracker(path: str, text: str) -> str:
    """Return the first tracker that a printed script or page holds, or ""; words of an article are no script."""
    scripts = [text] if path.endswith(".js") else [one or other for one, other in _SCRIPT.findall(text)]
    found = next((hit for script in scripts if (hit := _TRACKER.search(script))), None)
    return found[0] if found else ""


def trackers(printing: Printing, memo: Memo) -> Iterable[Finding]:
    """Tell the scripts that would follow a reader: without any, no banner asks for consent."""
    for path, printed in printing.manifest.files.items():
        if not path.endswith((".html", ".js", ".svg")):
            continue
        key = f"traceurs:{proof_version()}:{printed.digest}"
        hit = memo.get(key)
        if hit is None:
            hit = tracker(path, printing.file(path).read_text("utf-8"))
            memo.put(key, hit)
        if hit:
            message = f"un script y suivrait le lecteur, ou garderait quelque chose chez lui : {hit[:40]}"
            place = Place(f"{printing.manifest.audience}/{path}")
            yield Finding("EPR-06", Severity.STOP, place, message, "retirez ce script du thème")
