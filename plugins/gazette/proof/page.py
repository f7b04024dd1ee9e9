"""What a printed file asks for, points to, and says."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

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
PACKED = (".pf_fragment", ".pf_index", ".pf_meta")
"""What the search engine is given, zipped."""


def readable(path: str, data: bytes) -> bytes:
    """Return the bytes of a printed file as whoever fetches it can read them."""
    return gzip.decompress(data) if path.endswith(PACKED) else data


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


_UNITS = re.compile(
    r"""(<script(?:\s[^<>]*)?>[^<]*</script>|<style(?:\s[^<>]*)?>[^<]*</style>|<title>[^<]*</title>
    |<(?!(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b)
        [a-z][\w-]*(?:\s+[\w:.@-]+(?:="[^"<>]*")?)*\s*/?>
    |</[a-z][\w-]*>|<!--[^<>]*-->|<!doctype\ html>)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Mark-up that reads the same whatever stands around it."""


def _inspected(text: str) -> Inspection:
    """Return what a page asks for: unit by unit, each distinct one read once, or whole where one is not regular."""
    parts = _UNITS.split(text)
    if any("<" in between for between in parts[::2]):
        return Inspection(*_asked(text))
    told = [_asked_by(unit) for unit in set(parts[1::2]) if unit[1] not in "/!"]
    return Inspection(*(tuple(sorted(set().union(*rows))) for rows in zip(*told, strict=True)))


def _asked(text: str) -> tuple[tuple[str, ...], ...]:
    """Return links, subresources and ids, as an HTML parser reads them."""
    inspector = _Inspector()
    inspector.feed(text)
    inspector.close()
    found = inspector.links, inspector.subresources, inspector.ids
    return tuple(tuple(sorted(one)) for one in found)


_asked_by = lru_cache(1 << 14)(_asked)
"""The same of one unit of mark-up; pages share most of theirs."""


@cache
def proof_version() -> str:
    """Return a digest of the package, entries and proofs: what older code found is looked for again."""
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def _css_urls(text: str) -> list[str]:
    return [url for found in _CSS_URL.findall(text) for url in found if url and not url.startswith("data:")]


def inspect(path: str, data: bytes) -> Inspection:
    """Return the inspection of a printed file."""
    if not path.endswith(INSPECTED):
        return Inspection()
    text = data.decode("utf-8")
    if path.endswith(".css"):
        return Inspection(subresources=tuple(sorted(_css_urls(text))))
    if path.endswith(FEEDS):
        pairs = (pair for tag in _FEED_TAG.findall(text) for pair in _FEED_LINK.findall(tag))
        links = {html.unescape(one or other) for one, other in pairs}
        return Inspection(tuple(sorted(links)), tuple(sorted(html.unescape(h) for h in _STYLESHEET.findall(text))))
    return _inspected(text)


_TAG = re.compile(r"<!--|-->|<!\[CDATA\[|<[^>\x01]*>")
_INLINE = "a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u"
_BLOCK = re.compile(rf"<!--|-->|<!\[CDATA\[|</?(?!(?:{_INLINE})\b)[^>]*>")
"""What is no word; what a comment says is."""
_ATTRIBUTE = re.compile(r'"([^"<>]{12,})"')
"""The value of an attribute or of a key."""
_END = "\x01"
"""Where a text ends, among the words: itself no word."""
_SIGNS = tuple({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2011": "-", "œ": "oe", "æ": "ae"}.items())
_SPACES = {code: " " for code in range(128) if not re.match(r"\w", chr(code)) and chr(code) != _END}
Sequence: TypeAlias = tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words of a text, without case, accents nor typography, so that nothing hides a sequence."""
    return _words(_folded(text))


def words_in_a_row(text: str) -> list[str]:
    """Return the words of all texts of a printed file that was ``read``: what is not there, no text of it holds."""
    said = [_TAG.sub(" ", _BLOCK.sub(f" {_END} ", text)), *_ATTRIBUTE.findall(text)]
    return f" {_END} ".join(said).translate(_SPACES).split()


def texts_of(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield the words of each text of a printed file that was ``read``, then of each attribute and key, and its pieces.

    A text goes on across the tags of a sentence (``<em>``); its pieces are what stands between any two tags.
    """
    for part in _BLOCK.split(text):
        pieces = [_words(piece) for piece in _TAG.split(part)]
        yield [word for piece in pieces for word in piece], pieces
    for attribute in _ATTRIBUTE.findall(text):
        row = _words(attribute)
        yield row, [row]


def read(data: bytes) -> str:
    """Return the text of a file, its mark-up with it, folded."""
    data = data.replace(b"\r\n ", b"").replace(b"\\n", b"\n")  # calendars fold lines within words, and JSON escapes
    return _folded(html.unescape(html.unescape(data.decode("utf-8", "replace")))).replace(_END, " ")


def _words(folded: str) -> list[str]:
    return folded.translate(_SPACES).split()


def _folded(text: str) -> str:
    """Return a text in small letters and ASCII: the letters and signs that it has, and nothing of the others."""
    text = text.lower()
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
