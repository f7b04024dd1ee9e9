"""RSS, Atom and JSON Feed → items; run in a worker, since feedparser reads whatever a server sends."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import UTC, datetime
from typing import Any

import feedparser

from gazette.model.moment import PARIS
from gazette.model.text import clean, clean_line
from gazette.newsdesk.charset import legible, unknown, whole
from gazette.newsdesk.fault import unreadable
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import MARK, Picture, prose, public_link, words

ITEMS = 500
"""The newest that are looked at (F65)."""
TEXT = 200_000
"""Characters of HTML of one item."""
OURS = "Gazette"
"""How our own feeds name their generator; theirs is declared as ``type: gazette``."""
YEARS = range(2000, 2101)
_ENTITY = re.compile(rb"<!ENTITY|<\?xml-model|xi:include", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:x([\da-f]+)|(\d+));?", re.IGNORECASE)
_SURROGATES = range(0xD800, 0xE000)
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
DEPTH = 20
"""Brackets within each other in a JSON Feed."""


def parse(body: bytes, url: str, media: str) -> dict[str, Any]:
    """Return ``{items, is_whole, notes}`` of a feed, or its ``fault``, ready for JSON."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        return unreadable("FLX-01", "vide")
    if start == b"{":
        return _json(body, url)
    if _ENTITY.search(body.replace(b"\0", b"")):
        return unreadable("FLX-01", "entités XML interdites (bombe, ou fichier à inclure)")
    body = _REFERENCE.sub(_character, whole(body))
    headers = {"content-location": url, "content-type": media if "xml" in media else "application/xml"}
    found = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.version:
        return unreadable("FLX-01", "ce n’est pas un flux (une page du site ?)")
    if _text(found.feed.get("generator", "")).startswith(OURS):
        return unreadable("FLX-01", "c’est le flux d’une Gazette : déclarez-la avec type: gazette")
    if isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride) and legible(body) is None:
        return unknown()
    is_broken = bool(found.bozo) and not isinstance(found.get("bozo_exception"), _HARMLESS)
    if is_broken and not found.entries:
        return unreadable("FLX-01", "flux illisible (XML abîmé)")
    told = found.entries[:-1] if is_broken else found.entries  # the last one may be cut
    entries = sorted(told, key=_age, reverse=True)[:ITEMS]
    items = [item for entry in entries if (item := _item(entry, url))]
    return {"items": [i.as_json() for i in items], "is_whole": not is_broken, "notes": _notes(found.entries)}


def _character(found: re.Match[bytes]) -> bytes:
    """Return a reference (XML 1.0, section 4.1), or one to U+FFFD for what is no character: feedparser dies of it."""
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    digits = digits.lstrip(b"0")[:8] or b"0"
    code = int(digits, base)
    return found[0] if code <= sys.maxunicode and code not in _SURROGATES else b"&#xFFFD;"


def _notes(entries: list[Any]) -> list[str]:
    return [f"{len(entries)} articles : les {ITEMS} plus récents sont lus"] if len(entries) > ITEMS else []


def _age(entry: Any) -> str:  # noqa: ANN401  # feedparser's
    return moment(entry.get("published_parsed") or entry.get("updated_parsed"))


def moment(parsed: Any) -> str:  # noqa: ANN401  # feedparser's struct_time, or None
    """Return the moment in Paris, or "" for none that can be believed."""
    try:
        year, month, day, hour, minute, second = parsed[:6]
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return f"{at.astimezone(PARIS):%Y-%m-%d %H:%M}" if at.year in YEARS else ""
    except (TypeError, ValueError, OverflowError):
        return ""


def _text(value: Any) -> str:  # noqa: ANN401  # feedparser's
    return clean_line(value) if isinstance(value, str) else ""


def _item(entry: Any, url: str) -> Item | None:  # noqa: ANN401  # feedparser's
    link = public_link(_text(entry.get("link", "")), url)
    link = link if link.startswith("http") else ""
    identity = _text(entry.get("id", "")) or link
    if not identity:
        return None
    content = next((c.get("value", "") for c in entry.get("content", ()) if c.get("value")), "")
    summary = entry.get("summary", "") if isinstance(entry.get("summary", ""), str) else ""
    text = prose(clean(content or summary)[:TEXT], link or url)
    pictures = [*text.pictures, *_enclosed(entry, url, len(text.pictures))]
    marks = "".join(f"\n\n{MARK.format(n)}" for n in range(len(text.pictures), len(pictures)))
    return Item(
        id=identity[:500],
        title=words(_text(entry.get("title", ""))),
        date=_age(entry),
        link=link,
        summary=words(summary),
        markdown=text.markdown + marks,
        pictures=tuple(pictures),
        keywords=tuple(k for t in entry.get("tags", ())[:20] if (k := words(_text(t.get("term", "")))[:60])),
    )


def _enclosed(entry: Any, url: str, count: int) -> list[Picture]:  # noqa: ANN401  # feedparser's
    """Return the pictures that go with an item and stand nowhere in its text."""
    if count:
        return []
    links = [e for e in entry.get("enclosures", ()) if _text(e.get("type", "")).startswith("image/")]
    addresses = [public_link(_text(e.get("href", "")), url) for e in links[:3]]
    return [Picture(a, "") for a in addresses if a.startswith("http")]


def _json(body: bytes, url: str) -> dict[str, Any]:
    try:
        whole = strict_json(body)
    except ValueError:
        return unreadable("FLX-01", "JSON illisible")
    version = whole.get("version") if isinstance(whole, dict) else None
    if not isinstance(version, str) or "jsonfeed.org" not in version:
        return unreadable("FLX-01", "ce JSON n’est pas un flux")
    rows = (
        [row for row in whole.get("items", ()) if isinstance(row, dict)] if isinstance(whole.get("items"), list) else []
    )
    items = [(item, row) for row in rows if (item := json_item(row, url))]
    items.sort(key=lambda pair: pair[0].date, reverse=True)
    made = [item.as_json() | _first(row) for item, row in items[:ITEMS]]
    more = public_link(str(whole.get("next_url") or "")[:500], url)
    return {"items": made, "is_whole": True, "notes": _notes(rows), "older": more}


def _first(row: dict[str, Any]) -> dict[str, Any]:
    """Return where an item of another Gazette first was, when it says so."""
    told = row.get("_gazette")
    if not isinstance(told, dict):
        return {}
    return {"first": [clean_line(str(told.get(key, "")))[:80] for key in ("circonscription", "id")]}


def facts(body: bytes) -> dict[str, Any]:
    """Return what a Gazette tells of itself (``/.well-known/gazette.json``)."""
    try:
        told = strict_json(body)
    except ValueError:
        return unreadable("FLX-01", "ce n’est pas une Gazette (/.well-known/gazette.json)")
    return (
        told if isinstance(told, dict) else unreadable("FLX-01", "ce n’est pas une Gazette (/.well-known/gazette.json)")
    )


def frise(body: bytes) -> dict[str, Any]:
    """Return the events of a ``frise.json``, each key a line of text."""
    told = facts(body)
    rows = told.get("evenements")
    if "fault" in told or not isinstance(rows, list):
        return unreadable("FLX-01", "frise illisible")
    keys = ("id", "titre", "nature", "etat", "lieu", "resume")
    found = []
    for row in (r for r in rows[:ITEMS] if isinstance(r, dict)):
        lines = {key: words(str(row.get(key) or ""))[:300] for key in keys}
        lines["etat"] = lines["etat"] if lines["etat"] in {"prevu", "deplace", "annule"} else "prevu"
        moments = {key: _moment(str(row.get(key) or "")) for key in ("debut", "fin")}
        link = public_link(str(row.get("adresse") or ""))
        found.append(lines | moments | {"adresse": link, "sources": bool(row.get("sources"))})
    return {"evenements": found}


def _moment(text: str) -> str:
    """Return a day as it is, an instant in Paris."""
    is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    return iso_moment(text)[:10] if is_day else iso_moment(text)


def strict_json(body: bytes) -> Any:  # noqa: ANN401  # any JSON
    """Return a JSON value; ``ValueError`` for what is too deep, repeats a key or is no number."""
    text = body.decode("utf-8-sig")
    depth = deepest = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*"|[\[{\]}]', text):
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    if deepest > DEPTH:
        raise ValueError("profondeur")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("clé répétée")
        return dict(pairs)

    def refuse(_: str) -> Any:  # noqa: ANN401  # never returns
        raise ValueError("nombre")

    return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)


def json_item(row: dict[str, Any], url: str) -> Item | None:
    """Return an item of a JSON Feed; None when it has no identity."""
    told = {key: clean(value) for key, value in row.items() if isinstance(value, str)}
    link = public_link(told.get("url", ""), url)
    link = link if link.startswith("http") else ""
    identity = clean_line(told.get("id", "")) or (str(row["id"])[:40] if isinstance(row.get("id"), int) else "") or link
    if not identity:
        return None
    html = told.get("content_html", "")[:TEXT]
    text = prose(html, link or url) if html else prose(_paragraphs(told.get("content_text", "")[:TEXT]))
    image = public_link(told.get("image", ""), url)
    pictures = text.pictures or ((Picture(image, ""),) if image.startswith("http") else ())
    tags = row["tags"] if isinstance(row.get("tags"), list) else []
    return Item(
        id=identity[:500],
        title=words(told.get("title", "")),
        date=iso_moment(told.get("date_published", "")),
        link=link,
        summary=words(told.get("summary", "")),
        markdown=text.markdown + ("" if text.pictures or not pictures else f"\n\n{MARK.format(0)}"),
        pictures=pictures,
        keywords=tuple(k for t in tags[:20] if isinstance(t, str) and (k := clean_line(t)[:60])),
    )


def iso_moment(text: str) -> str:
    """Return the moment of an RFC 3339 date in Paris, or ""."""
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=PARIS)
        return f"{at.astimezone(PARIS):%Y-%m-%d %H:%M}" if at.year in YEARS else ""
    except (ValueError, OverflowError):
        return ""


def _paragraphs(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", escaped))
