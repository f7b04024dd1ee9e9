"""HTML that somebody wrote elsewhere → our Markdown: words, links, lists, tables and where pictures stood.

Every character that Markdown or HTML could take for its own is escaped, so that what comes out says what was read and
nothing else; only the constructs written here come back when it is rendered. No recursion: nesting costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from gazette.model.text import clean, clean_line

IMAGES = 20
"""Pictures that one text may bring (M45)."""
LINKS = 200
DEPTH = 6
"""Lists and quotations within each other."""
MARK = "\ue000{}\ue001"
"""Where the picture of that rank stood."""
MARKED = re.compile("\ue000(\\d+)\ue001")
_SILENT = frozenset(
    "script style svg math template noscript iframe object embed textarea select button head title audio video".split()
)
_BLOCKS = frozenset(
    "p div section article header footer main aside figure form dl dd dt address details summary".split()
)
_HEADINGS = {f"h{n}": "#" * min(max(n, 2), 4) + " " for n in range(1, 7)}
_APART = (
    _BLOCKS
    | _HEADINGS.keys()
    | {"br", "hr", "li", "ul", "ol", "td", "th", "tr", "table", "blockquote", "pre", "figcaption"}
)
"""What keeps words apart, at its beginning and at its end."""
_OPEN = {"strong": "\ue010", "b": "\ue010", "em": "\ue012", "i": "\ue012", "figcaption": "\ue012"}
_SHUT = {"\ue010": "\ue011", "\ue012": "\ue013"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~])")
_STARTS = re.compile(r"^(\s*)(?:([#+>!-])|(\d{1,9})([.)])|([:=]))")
_WORDS = {"\ue010": "**", "\ue011": "**", "\ue012": "*", "\ue013": "*"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a text shows."""

    address: str
    """Absolute."""
    alt: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A text, and the pictures whose marks it holds."""

    markdown: str
    pictures: tuple[Picture, ...]


def prose(html: str, base: str = "") -> Prose:
    """Return the text of some HTML; relative addresses are resolved against ``base``."""
    writer = _Writer(base)
    writer.feed(_PRIVATE.sub("", clean(html)))
    writer.close()
    writer.flush()
    return Prose(re.sub(r"\n{3,}", "\n\n", "\n".join(writer.lines)).strip("\n"), tuple(writer.pictures))


def words(html: str) -> str:
    """Return the words of a title or summary that may hold HTML, on one line."""
    reader = _Words()
    reader.feed(_PRIVATE.sub("", clean(html)))
    reader.close()
    return " ".join(clean_line("".join(reader.parts)).split())


def escaped(text: str) -> str:
    """Return words that Markdown leaves as they are."""
    return _SPECIAL.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_line(text: str) -> str:
    """Return a line of words that Markdown leaves as they are, and that begins no title, list or quotation."""
    return _STARTS.sub(_harmless, escaped(text))


def public_link(address: str, base: str = "") -> str:
    """Return an absolute http(s) or mailto address that a text may link to; "" for any other, and for none."""
    if not address.strip():
        return ""
    try:
        whole = urljoin(base, _PRIVATE.sub("", clean_line(address)))
        parts = urlsplit(whole)
        host, has_user = parts.hostname, parts.username is not None
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and host and not has_user
    if not (is_web or (parts.scheme == "mailto" and "@" in parts.path)) or len(whole) > 2000:  # noqa: PLR2004  # as browsers
        return ""
    return re.sub(r"[\s<>()\"'\\`*_|{}\[\]^]", lambda c: f"%{ord(c[0]):02X}", whole)


def described(mark: re.Match[str], alt: str) -> str:
    """Return what stands in the place of a picture that is not kept: its description, apart from the words around."""
    before, after = mark.string[: mark.start()][-1:], mark.string[mark.end() :][:1]
    left = "" if not before or before.isspace() or before in "([\ue001" else " "
    right = "" if not after or after.isspace() or after in ".,;:!?)]…" else " "
    return f"{left}(image : {escaped(alt)}){right}" if alt else left and right


class _Words(HTMLParser):
    """Collects words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # HTMLParser's
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag in _APART:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()
        elif tag in _APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


@dataclass(slots=True)
class _Container:
    """A quotation or an item of a list."""

    first: str
    rest: str
    is_begun: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)


class _Writer(HTMLParser):
    """Writes Markdown while HTML is read."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.lines: list[str] = []
        self.inline: list[str] = []
        self.heading = ""
        self.containers: list[_Container] = []
        self.lists: list[int] = []
        """Rank of the next item of each open list; 0: not numbered."""
        self.links: list[str] = []
        self.count = 0
        self.silent: list[str] = []
        self.table: _Table | None = None
        self.pictures: list[Picture] = []
        self.pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        if self.silent:
            return
        given = {name: value or "" for name, value in reversed(attrs)}
        if tag == "figcaption" and self.table is None:
            self.flush()
        if tag in _OPEN:
            self.inline.append(_OPEN[tag])
        elif tag == "a":
            self.open_link(given.get("href", ""))
        elif tag == "img":
            self.image(given)
        elif tag == "br":
            self.inline.append("\n" if self.table is None else " ")
        elif tag in {"ul", "ol"}:
            self.flush()
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self.open_item()
        elif tag in {"blockquote", "hr", "pre", "table", "tr", "td", "th"} or tag in _BLOCKS or tag in _HEADINGS:
            self.open_block(tag)

    def open_block(self, tag: str) -> None:
        if self.table is not None and tag in {"tr", "td", "th"}:
            self.cell(tag)
            return
        if self.table is not None:
            self.inline.append(" ")
            return
        self.flush()
        if tag == "blockquote" and len(self.containers) < DEPTH:
            self.containers.append(_Container("> ", "> "))
        elif tag == "hr":
            self.emit(["---"])
        elif tag == "table":
            self.table = _Table()
        self.heading = _HEADINGS.get(tag, "")
        self.pre |= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
            return
        if tag in _OPEN:
            self.inline.append(_SHUT[_OPEN[tag]])
        elif tag == "a" and self.links:
            self.inline.append(f"]({link})" if (link := self.links.pop()) else "")
        elif tag == "table" and self.table is not None:
            self.close_table()
        elif self.table is not None:
            return
        elif tag in {"ul", "ol"} and self.lists:
            self.flush()
            self.lists.pop()
        elif tag in {"li", "blockquote"} and self.containers and (tag == "blockquote") == self.is_quoted():
            self.flush()
            self.containers.pop()
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "pre":
            self.flush()
            self.pre &= tag != "pre"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.inline.append(escaped(data))

    def is_quoted(self) -> bool:
        """Tell whether the innermost container is a quotation."""
        return self.containers[-1].first == "> "

    def open_link(self, href: str) -> None:
        self.count += 1
        is_dead = href.partition("#")[0].strip() in {"", "?", "//"}  # it leads to this very page
        link = "" if is_dead or self.count > LINKS or self.links else public_link(href, self.base)
        self.links.append(link)
        self.inline.append("[" if link else "")

    def image(self, given: dict[str, str]) -> None:
        alt, source = clean_line(given.get("alt", ""))[:300], public_link(given.get("src", ""), self.base)
        if source.startswith("http") and len(self.pictures) < IMAGES:
            self.pictures.append(Picture(source, alt))
            self.inline.append(MARK.format(len(self.pictures) - 1))
        else:
            self.inline.append(f" (image : {escaped(alt)}) " if alt else " ")

    def open_item(self) -> None:
        self.flush()
        if self.containers and not self.is_quoted() and len(self.containers) >= max(len(self.lists), 1):
            self.containers.pop()  # the item before was not closed
        if len(self.containers) >= DEPTH:
            return
        first = "- " if not self.lists or not self.lists[-1] else f"{self.lists[-1]}. "
        if self.lists and self.lists[-1]:
            self.lists[-1] += 1
        self.containers.append(_Container(first.ljust(4), " " * 4))

    def cell(self, tag: str) -> None:
        assert self.table is not None  # noqa: S101  # the caller looked
        self.keep_cell()
        if tag == "tr":
            self.table.rows.append([])
        elif not self.table.rows:
            self.table.rows.append([""])
        else:
            self.table.rows[-1].append("")

    def keep_cell(self) -> None:
        """Put what was read into the cell that is open."""
        assert self.table is not None  # noqa: S101  # the caller looked
        text = self.sentence().replace("\n", " ")
        if self.table.rows and self.table.rows[-1]:
            self.table.rows[-1][-1] = f"{self.table.rows[-1][-1]} {text}".strip()

    def close_table(self) -> None:
        assert self.table is not None  # noqa: S101  # the caller looked
        self.keep_cell()
        rows, self.table = [row for row in self.table.rows if row], None
        width = max((len(row) for row in rows), default=0)
        if width:
            lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows[:200]]
            self.emit([lines[0], "|" + " --- |" * width, *lines[1:]])

    def sentence(self) -> str:
        """Return what was read since the last block, marks closed and spaces outside of them."""
        while self.links:
            self.inline.append(f"]({link})" if (link := self.links.pop()) else "")
        text = "\n".join(" ".join(line.split()) for line in "".join(self.inline).split("\n"))
        self.inline.clear()
        for opened, shut in _SHUT.items():
            text = _balanced(text, opened, shut)
        return "".join(_WORDS.get(c, c) for c in re.sub(" {2,}", " ", text)).strip()

    def flush(self) -> None:
        """Write the paragraph that was being read."""
        if self.pre:
            raw = "".join(self.inline).strip("\n")
            self.inline = ["\n".join(raw.split("\n"))]
        text = self.sentence()
        if text and not text.strip("[] \n") and "\ue000" not in text:
            text = ""
        if text:
            starts = [_STARTS.sub(_harmless, line) for line in text.split("\n")]
            lines = [line + "  " for line in starts[:-1]] + [starts[-1]]
            self.emit([self.heading + " ".join(starts)] if self.heading else lines)
        self.heading = ""

    def emit(self, lines: list[str]) -> None:
        blank = "".join(c.rest for c in self.containers if c.is_begun).rstrip()
        self.lines.append(blank)
        for line in lines:
            prefix = "".join(c.rest if c.is_begun else c.first for c in self.containers)
            self.lines.append(prefix + line)
            for container in self.containers:
                container.is_begun = True


def _harmless(found: re.Match[str]) -> str:
    """Return the head of a line that would have begun a list, a title, a definition."""
    space, sign, number, dot, colon = found.groups()
    if sign:
        return f"{space}\\{sign}"
    return f"{space}{number}\\{dot}" if number else f"{space}&#{ord(colon)};"


def _balanced(text: str, opened: str, shut: str) -> str:
    """Return the text in which each mark that opens is shut once, around words."""
    result: list[str] = []
    is_open = False
    for part in re.split(f"([{opened}{shut}])", text):
        if part == opened:
            if not is_open:
                result.append(opened)
            is_open = True
        elif part == shut:
            if is_open:
                result.append(shut)
            is_open = False
        else:
            result.append(part)
    whole = "".join(result) + (shut if is_open else "")
    whole = re.sub(rf"{opened}(\s*){shut}", r"\1", whole)
    whole = re.sub(rf"{opened}(\s+)", rf"\1{opened}", whole)
    return re.sub(rf"(\s+){shut}", rf"{shut}\1", whole)
