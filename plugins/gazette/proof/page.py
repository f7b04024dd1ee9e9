"""What a printed file asks for, points to, and says."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.memo import Memo

_CSS_URL = re.compile(
    r"url\(\s*['\"]?([^'\")]+?)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]|['\"]((?:https?:)?//[^'\"]+)['\"]",
    re.IGNORECASE,
)
"""``url()``, ``@import``, and any other text that is an address (``image-set()``)."""
_SUBRESOURCES = {
    "img": ("src",),
    "source": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
    "body": ("background",),
    "base": ("href",),
    "a": ("ping",),
    "area": ("ping",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
_LOADING_RELS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "apple-touch-icon",
}
TEXTS = (".html", ".xml", ".atom", ".json", ".txt", ".css", ".js", ".svg", ".ics", ".opml", ".rss")


FEEDS = (".xml", ".atom", ".rss", ".opml")
INSPECTED = (".html", ".css", ".svg", *FEEDS)
"""What may point to something, or ask for it."""
_STYLESHEET = re.compile(r'<\?xml-stylesheet[^>]*\shref="([^"]+)"')
_FEED_TAG = re.compile(r"<(?:(?:atom:)?link|enclosure|source|outline)\b[^>]+>|<link>[^<]+")
_FEED_LINK = re.compile(r'\s(?:href|url|xmlUrl|htmlUrl)="([^"]+)"|^<link>(.+)')
"""Links of RSS, Atom and OPML, and their enclosures."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one printed file holds, as far as proofs ask."""

    links: tuple[str, ...] = ()
    subresources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.subresources: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.add(named["id"])
        if tag in {"a", "area"} and "href" in named:
            self.links.add(named["href"])
        if tag == "link" and "href" in named:
            rels = set(named.get("rel", "").lower().split())
            (self.subresources if rels & _LOADING_RELS else self.links).add(named["href"])
        for attribute in _SUBRESOURCES.get(tag, ()):
            if named.get(attribute):
                self.subresources.add(named[attribute])
        for attribute in ("srcset", "imagesrcset"):
            if named.get(attribute):
                self.subresources.update(part.split()[0] for part in named[attribute].split(",") if part.split())
        if "style" in named:
            self.subresources.update(_css_urls(named["style"]))
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self.subresources.add(named.get("content", "").partition("=")[2] or "refresh:")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style":
            self.subresources.update(_css_urls(data))


@cache
def proof_version() -> str:
    """Return a digest of the code that proofs: what older code found is looked for again."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def _css_urls(text: str) -> list[str]:
    return [url for found in _CSS_URL.findall(text) for url in found if url and not url.startswith("data:")]


def inspect(path: str, data: bytes, digest: str, memo: Memo) -> Inspection:
    """Return the inspection of a printed file, from the memo when its bytes were seen before."""
    if not path.endswith(INSPECTED):
        return Inspection()
    key = f"page:{proof_version()}:{digest}"
    known = memo.get(key)
    if known is not None:
        return Inspection(**{name: tuple(values) for name, values in json.loads(known).items()})
    text = data.decode("utf-8")
    if path.endswith(".css"):
        found = Inspection(subresources=tuple(sorted(_css_urls(text))))
    elif path.endswith(FEEDS):
        pairs = (pair for tag in _FEED_TAG.findall(text) for pair in _FEED_LINK.findall(tag))
        links = {html.unescape(one or other) for one, other in pairs}
        found = Inspection(tuple(sorted(links)), tuple(sorted(html.unescape(h) for h in _STYLESHEET.findall(text))))
    else:
        inspector = _Inspector()
        inspector.feed(text)
        found = Inspection(
            tuple(sorted(inspector.links)), tuple(sorted(inspector.subresources)), tuple(sorted(inspector.ids))
        )
    memo.put(key, json.dumps(asdict(found), separators=(",", ":")))
    return found


_TAG = re.compile(r"<!--|-->|<!\[CDATA\[|<[^>]*>")
_INLINE = "a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u"
_BLOCK = re.compile(rf"<!--|-->|<!\[CDATA\[|</?(?!(?:{_INLINE})\b)[^>]*>")
"""What is no word; what a comment says is."""
_SIGNS = str.maketrans("’‘–—\u2011", "''---")
_OTHER = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text, without case, accents nor typography, so that nothing hides a sequence."""
    return _WORD.findall(_folded(text))


def texts_of_file(data: bytes) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield the words of each text of a printed file, then of each attribute and key, and how tags divide them.

    A text goes on across the tags of a sentence (``<em>``); its pieces are what stands between any two tags.
    """
    data = data.replace(b"\r\n ", b"").replace(b"\\n", b"\n")  # calendars fold lines within words, and JSON escapes
    text = _folded(html.unescape(html.unescape(data.decode("utf-8", "replace"))))
    for part in _BLOCK.split(text):
        pieces = [_WORD.findall(piece) for piece in _TAG.split(part)]
        yield [word for piece in pieces for word in piece], pieces
    for attribute in re.findall(r'"([^"<>]{12,})"', text):
        row = _WORD.findall(attribute)
        yield row, [row]


def _folded(text: str) -> str:
    return _OTHER.sub(lambda found: _ascii(found[0]), text.lower())


@lru_cache(4096)
def _ascii(letters: str) -> str:
    """Return letters and signs as ASCII has them, or nothing."""
    return unicodedata.normalize("NFKD", letters.translate(_SIGNS)).encode("ascii", "ignore").decode("ascii")
