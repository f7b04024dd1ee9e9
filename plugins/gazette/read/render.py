"""Markdown → safe HTML in which links and pictures are numbered marks (``model.body``)."""

from __future__ import annotations

import hashlib
import html
import itertools
import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlsplit

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor, Pattern
from markdown.treeprocessors import Treeprocessor

from gazette.model.typography import NO_BREAK, french
from gazette.read.nested import Nested
from gazette.read.pasted import pasted

if TYPE_CHECKING:
    from collections.abc import Iterable

TAGS = frozenset(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img "
    "ins kbd li mark ol p pre q s samp small span strong sub summary sup "
    "table tbody td tfoot th thead time tr ul var".split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "ol": {"start"},
}
CLASSES = frozenset(
    "admonition admonition-title note attention astuce important footnote footnote-ref footnote-backref table".split()
)
MAIL = r"(?<![\w.+:/@-])[\w.+-]+@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)+"
"""An e-mail address in a sentence."""
PREFIX = "t-"
"""Before every id of a text, so that none can take the place of an id of the theme (DOM clobbering)."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_CHOICES = {
    "lang": re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "dir": re.compile("ltr|rtl|auto"),
}
"""What an attribute may say: a language that does not exist would stop the whole publication."""
_CODE = {"code", "pre", "kbd", "samp", "script", "style"}
_CAPTION = re.compile(r"^\s*Tableau\s*:\s*", re.IGNORECASE)


class _French(Treeprocessor):
    """Sets French typography in the text, code apart."""

    def run(self, root: ET.Element) -> None:
        self.walk(root)

    def walk(self, element: ET.Element) -> None:
        if element.tag not in _CODE and element.text and not isinstance(element.text, markdown.util.AtomicString):
            element.text = french(element.text)
        for child in element:
            self.walk(child)
            if child.tail and not isinstance(child.tail, markdown.util.AtomicString):
                child.tail = french(child.tail)


class _Outline(Treeprocessor):
    """Keeps the page's outline whole (RGAA 9.1): the title is the only h1, and no level is skipped."""

    def run(self, root: ET.Element) -> None:
        previous = 1
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", str(element.tag)):
                level = min(max(int(element.tag[1]), 2), previous + 1)
                element.tag = f"h{level}"
                previous = level


class _Tables(Treeprocessor):
    """Gives tables scopes and captions (RGAA 5.4, 5.7), in a region that scrolls where the screen is narrow (10.11)."""

    def run(self, root: ET.Element) -> None:
        for parent in list(root.iter()):
            for rank, child in enumerate(list(parent)):
                if child.tag == "table":
                    self.dress(parent, child, rank)

    def dress(self, parent: ET.Element, table: ET.Element, rank: int) -> None:
        for cell in table.iter("th"):
            cell.set("scope", "col")
        for cell in [*table.iter("th"), *table.iter("td")]:
            cell.attrib.pop("style", None)
        before = parent[rank - 1] if rank else None
        if before is not None and before.tag == "p" and _CAPTION.match(before.text or ""):
            caption = ET.Element("caption")
            caption.text = _CAPTION.sub("", before.text or "")
            caption.extend(list(before))
            table.insert(0, caption)
            parent.remove(before)
        region = ET.Element("div", {"class": "table"})
        region.tail, table.tail = table.tail, None
        position = list(parent).index(table)
        parent.remove(table)
        region.append(table)
        parent.insert(position, region)


class _Mail(InlineProcessor):
    """Makes a bare e-mail address a link."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # as InlineProcessor has it
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  # Markdown's
    ) -> tuple[ET.Element, int, int]:
        link = ET.Element("a", {"href": f"mailto:{m[0]}"})
        link.text = markdown.util.AtomicString(m[0])
        return link, m.start(0), m.end(0)


class _Dress(Extension):
    """Our processors, in their order around Markdown's own."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Markdown's name
        md.inlinePatterns.register(_Mail(MAIL, md), "gazette-mail", 75)
        md.preprocessors.register(Nested(md), "gazette-nested", 15)  # after fences (25) and HTML (20) are put aside
        md.treeprocessors.register(_Outline(md), "gazette-outline", 6)  # before toc (5)
        md.treeprocessors.register(_Tables(md), "gazette-tables", 4)
        md.treeprocessors.register(_French(md), "gazette-french", 3)


@cache
def _markdown() -> markdown.Markdown:
    """Return the one instance that serves every text: making one costs as much as a short article."""
    return markdown.Markdown(
        extensions=["extra", "admonition", "sane_lists", "toc", _Dress()],
        extension_configs={
            "extra": {"footnotes": {"BACKLINK_TITLE": "Revenir à la note %d dans le texte", "SEPARATOR": "-"}},
            "toc": {"slugify": slugify_unicode, "toc_depth": "2-3"},
        },
        output_format="html",
    )


_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    **dict.fromkeys(("reference", "link", "short_reference"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "!["),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
    "entity": "&",
    "gazette-mail": "@",
}
"""What each of these inline patterns begins with, by its name: without the sign, the text has nothing for it."""


@cache
def _patterns(signs: frozenset[str]) -> list[Pattern]:
    """Return the inline patterns for a text with these signs, in their order: each is tried on every line."""
    known = _markdown().inlinePatterns
    idle = [known[name] for name, sign in _SIGNS.items() if sign not in signs]
    return [pattern for pattern in known if pattern not in idle]


def renew() -> None:
    """Forget the instance: a text that broke it halfway would change how the next ones are read."""
    _markdown.cache_clear()
    _patterns.cache_clear()


class _Marks:
    """Turns each link and picture into a mark while nh3 walks the text."""

    def __init__(self) -> None:
        self.references: list[dict[str, Any]] = []
        self.faults: list[tuple[str, str, str, str]] = []
        """Code, message, remedy, and the text to look for in the source."""
        self.names: set[str] = set()
        """Ids given so far."""

    def __call__(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            return " ".join(c for c in value.split() if c in CLASSES) or None
        if attribute == "id":
            return self.name(value)
        if attribute in _CHOICES:
            return value if _CHOICES[attribute].fullmatch(value) else None
        if tag == "a" and attribute == "href":
            return self.link(value)
        if tag == "img" and attribute == "src":
            return self.image(value)
        return value

    def name(self, value: str) -> str | None:
        """Return the prefixed id; a second one of the same name would make invalid HTML."""
        name = PREFIX + "-".join(value.split())
        if name in self.names:
            return None
        self.names.add(name)
        return name

    def link(self, value: str) -> str | None:
        value = value.strip()
        if not value:
            self.faults.append(("LEC-20", "lien sans adresse", "écrivez-la : [les mots](https://…)", "]()"))
            return None
        if value.lower().startswith("www."):
            what = f"adresse sans https:// « {value[:60]} », complétée"
            self.faults.append(("LEC-29", what, "recopiez l'adresse entière depuis le navigateur", value))
            return f"https://{value}"
        if value.startswith("#"):
            return self.mark("anchor", "", value[1:])
        if value.startswith(("//", "\\")):
            self.faults.append(("LEC-20", "lien incomplet (//…)", "écrivez l'adresse entière, avec https://", value))
            return None
        parts = _parts(value)
        if parts is None or (parts.scheme and parts.scheme not in _SCHEMES):
            return None  # nh3 does it before us: two locks
        if parts.scheme:
            if parts.scheme in {"http", "https"} and _is_local(parts.hostname or ""):
                self.faults.append(
                    (
                        "LEC-21",
                        "lien vers une machine locale",
                        "donnez une adresse que les lecteurs peuvent ouvrir",
                        value,
                    )
                )
                return None
            return value
        path = unquote(parts.path)
        for word in ("{filename}", "|filename|", "{static}", "|static|", "{attach}"):
            path = path.removeprefix(word)
        if value.startswith("/"):
            return self.mark("address", path, parts.fragment)
        return self.mark("entry" if path.endswith(".md") else "file", path, parts.fragment)

    def image(self, value: str) -> str | None:
        parts = _parts(value.strip())
        if parts is None or parts.scheme or value.startswith(("//", "\\")):
            self.faults.append(
                (
                    "LEC-22",
                    "image prise sur un autre site",
                    "enregistrez-la à côté du fichier et déclarez-la dans images:",
                    value,
                )
            )
            return None
        path = unquote(parts.path)
        for word in ("{static}", "|static|", "{attach}", "{filename}"):
            path = path.removeprefix(word)
        return self.mark("image", path, "")

    def mark(self, kind: str, target: str, fragment: str) -> str:
        self.references.append({"kind": kind, "target": target, "fragment": unquote(fragment)})
        return f"gazette:{len(self.references) - 1}"


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an address; None when it is none (RFC 3986)."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _is_local(host: str) -> bool:
    return (
        host == "localhost"
        or host.endswith((".localhost", ".local"))
        or bool(re.fullmatch(r"[\d.]+|\[?[0-9a-f:]+\]?", host))
    )


def render(text: str) -> dict[str, Any]:
    """Return ``{html, digest, references, headings, anchors, words, text, faults}`` of a text, ready for JSON."""
    converter = _markdown()
    converter.reset()
    signs = frozenset(sign for sign in _SIGNS.values() if sign in text)
    converter.treeprocessors["inline"].inlinePatterns = _patterns(signs)  # type: ignore[attr-defined]  # InlineProcessor
    raw = converter.convert(text)
    marks = _Marks()
    safe = nh3.clean(
        raw,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=marks,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "svg", "math", "template", "noscript", "iframe", "object", "textarea"},
    )
    ranks = itertools.count(1)
    safe = _outlined(_NAMELESS.sub("", _SCOPELESS.sub('<th scope="col"', _PICTURE.sub(_told, safe))))
    region = '<div class="table" tabindex="0" role="region" aria-label="Tableau {}">'
    safe = re.sub('<div class="table">', lambda _: region.format(next(ranks)), safe.replace("&nbsp;", NO_BREAK))
    plain = " ".join(html.unescape(_TAG.sub(_space, safe)).split())
    names = {
        html.unescape(value)
        for tag in _NAMED.finditer(safe)
        for name, value in _WRITTEN.findall(tag[0])
        if name == "id"
    }
    return {
        "html": safe,
        "digest": hashlib.sha256(safe.encode()).hexdigest()[:32],
        "references": marks.references,
        "headings": list(_headings(converter.toc_tokens)),  # type: ignore[attr-defined]  # set by the toc extension
        "anchors": sorted(names - {""}),
        "words": len(plain.split()),
        "text": plain,
        "faults": [*marks.faults, *_unlinked(raw, safe), *_dropped(raw, safe), *pasted(text, raw)],
    }


def _outlined(safe: str) -> str:
    """Return a text without a level skipped nor a second page title, be its headings written in HTML (RGAA 9.1)."""
    previous = 1

    def levelled(heading: re.Match[str]) -> str:
        nonlocal previous
        previous = min(max(int(heading[1]), 2), previous + 1)
        return f"<h{previous}{heading[2]}</h{previous}>"

    return _HEADING.sub(levelled, safe)


def _told(picture: re.Match[str]) -> str:
    """Return the picture, or its description alone when its address was taken out: without one it is no valid HTML."""
    written = dict(_WRITTEN.findall(picture[0]))
    return picture[0] if "src" in written else html.escape(html.unescape(written.get("alt", "")), quote=False)


def _space(tag: re.Match[str]) -> str:
    """Return the space that a tag is read as, or nothing."""
    return " " if tag[1] in _PARTING else ""


def _headings(tokens: Iterable[dict[str, Any]]) -> Iterable[tuple[int, str, str]]:
    for token in tokens:
        yield (token["level"], PREFIX + token["id"], french(html.unescape(token["name"])))
        yield from _headings(token["children"])


class _Links(HTMLParser):
    """Collects where raw HTML leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.targets.extend(value for name, value in attrs if tag == "a" and name == "href" and value)


def _unlinked(raw: str, safe: str) -> list[tuple[str, str, str, str]]:
    """Return a fault for each link that nh3 took out: ``javascript:``, ``data:``, ``file:``, or no address at all."""
    if _UNLINKED.search(safe) is None:
        return []
    links = _Links()
    links.feed(raw)
    faults = set()
    for target in links.targets:
        parts = _parts(target.strip())
        if parts is None:
            faults.add(("LEC-20", "adresse de lien illisible", "recopiez l'adresse depuis le navigateur", target))
        elif parts.scheme and parts.scheme not in _SCHEMES:
            what = f"lien interdit ({parts.scheme[:20]}:)"
            faults.add(("LEC-20", what, "un lien commence par https://, http:// ou mailto:", target))
    return sorted(faults)


_WRITTEN = re.compile(r' ([\w-]+)="([^"]*)"')
_PICTURE = re.compile(rf"<img(?:{_WRITTEN.pattern})*>")
"""As nh3 writes it: every value between double quotes, which it escapes within."""
_TAG = re.compile(r'<(?:/\w+|(\w+)(?: [\w-]+="[^"]*")*)>')
_NAMED = re.compile(r'<\w+(?: [\w-]+="[^"]*")*? id="[^"]*"(?: [\w-]+="[^"]*")*>')
_PARTING = frozenset({"p", "li", "td", "th", "h2", "h3", "h4", "br", "dt", "dd"})
"""Tags before which a word ends."""
_SCOPELESS = re.compile(r"<th\b(?![^>]*\sscope=)")
_NAMELESS = re.compile(r"<a\b[^>]*>\s*</a>")
"""A link that no reader could see."""
_HEADING = re.compile(r"<h([1-6])\b(.*?)</h\1>", re.DOTALL)
_UNLINKED = re.compile(r"<a(?:>| (?![^>]*href=))")
_ACTIVE = re.compile(
    r"<(script|iframe|style|object|embed|svg|math|form|base|meta|link|template|video|audio|textarea|input|select|button"
    r"|noscript|plaintext|xmp|frame|frameset|applet|canvas|dialog)\b",
    re.IGNORECASE,
)
_LONE = re.compile(r"<([a-zA-Z][\w-]*)>")
"""« <nom> »: what an author left to be filled in, as much as a tag."""
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*)")
_STIRRING = re.compile(r"<\w[^<>]*?\s(on[a-z]+|style|srcset|ping)\s*=", re.IGNORECASE)


def _dropped(raw: str, safe: str) -> list[tuple[str, str, str, str]]:
    """Return a fault for each kind of active element or attribute that was taken out."""
    names = sorted({m[1].lower() for m in _ACTIVE.finditer(raw)} - {m[1].lower() for m in _ACTIVE.finditer(safe)})
    remedy = "écrivez en Markdown ; pour une vidéo, utilisez videos:"
    faults = [("LEC-23", f"balise HTML interdite <{name}>, retirée", remedy, f"<{name}") for name in names]
    idle = {name.lower() for name in _CLOSING.findall(raw)} - TAGS - {*names}
    remedy = "retirez-la : la mise en forme est celle du site"
    faults += [("LEC-23", f"balise HTML sans effet <{name[:30]}>", remedy, f"<{name}") for name in sorted(idle)]
    lone = {m[1] for m in _LONE.finditer(raw) if not _ACTIVE.match(m[0])} - set(_CLOSING.findall(raw))
    for name in sorted(name for name in lone if name.lower() not in TAGS):
        message = f"« <{name[:30]}> » pris pour une balise, retiré"
        faults.append(("LEC-23", message, "écrivez-le sans chevrons, ou entre crochets", f"<{name}>"))
    stirring = {m[1].lower() for m in _STIRRING.finditer(raw)} - {m[1].lower() for m in _STIRRING.finditer(safe)}
    remedy = "écrivez le texte sans code HTML"
    faults += [("LEC-23", f"attribut HTML interdit « {name} », retiré", remedy, name) for name in sorted(stirring)]
    return faults
