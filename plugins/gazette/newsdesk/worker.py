"""Reads one document of a source within limits: a process of its own, since foreign libraries read foreign bytes here.

A request is a line of JSON, ``{"kind", "url", "media", "today"}``, then the document; the answer is what its parser
returns. A document that breaks its parser ends this process, and the pool tells it.
"""

from __future__ import annotations

import json
from typing import Any

from gazette.pool import serve

GATHERER = "gazette.newsdesk.worker"
"""This module, as a pool starts it."""
CPU_LIMIT = 20
"""Seconds a document."""
MEMORY_LIMIT = 300 * 1024 * 1024
"""Bytes above what an idle worker takes."""


def request(kind: str, url: str, media: str, today: str, body: bytes) -> bytes:
    """Return what a worker is asked."""
    return json.dumps({"kind": kind, "url": url, "media": media, "today": today}).encode() + b"\n" + body


def answer(data: bytes) -> dict[str, Any]:
    """Return what the document tells."""
    head, _, body = data.partition(b"\n")
    asked = json.loads(head)
    if asked["kind"] == "ics":
        from gazette.newsdesk.calendar import parse as parse_calendar  # noqa: PLC0415  # a worker loads what it is asked

        return parse_calendar(body, asked["today"])
    if asked["kind"] == "archive":
        from gazette.newsdesk.archive import parse as parse_archive  # noqa: PLC0415

        return parse_archive(body)
    from gazette.newsdesk.feed import facts as parse_facts  # noqa: PLC0415
    from gazette.newsdesk.feed import frise as parse_frise  # noqa: PLC0415
    from gazette.newsdesk.feed import parse as parse_feed  # noqa: PLC0415

    if asked["kind"] in {"decouverte", "frise"}:
        return parse_facts(body) if asked["kind"] == "decouverte" else parse_frise(body)
    return parse_feed(body, asked["url"], asked["media"])


if __name__ == "__main__":
    serve(answer, seconds=CPU_LIMIT, memory=MEMORY_LIMIT)
