"""What a page's scripts would keep in a reader's machine, or tell of a reader (rules R29, R30; CNIL, sheet 16)."""

from __future__ import annotations

import re

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>|\son[a-z]+\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
_TRACKER = re.compile(
    r"""document\.cookie|cookieStore|\b(?:local|session)Storage|\bindexedDB|\bcaches\.open|serviceWorker\.register
    |\bsendBeacon|\bgtag\(|\b_paq\b|['"](?:G-[A-Z0-9]{6,}|UA-\d{4,}-\d+|GTM-[A-Z0-9]{4,})['"]""",
    re.VERBOSE,
)
"""Storage of the browser, calls that tell of a visit, and ids of audience measurement."""


def tracker(path: str, data: bytes) -> str:
    """Return the first tracker that a printed script or page holds, or ""; words of an article are no script."""
    if not path.endswith((".html", ".js", ".svg")):
        return ""
    text = data.decode("utf-8")
    scripts = [text] if path.endswith(".js") else [one or other for one, other in _SCRIPT.findall(text)]
    found = next((hit for script in scripts if (hit := _TRACKER.search(script))), None)
    return found[0] if found else ""
