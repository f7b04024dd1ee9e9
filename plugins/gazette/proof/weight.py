"""What the first view of a page weighs, and the budget that it is held to (RGESN 6.1), for slow lines and machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazette.proof.links import target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazette.model.newsroom import Audience
    from gazette.proof.evidence import Evidence
    from gazette.proof.rereading import Rereading

BUDGET = {
    "style": 20_000,
    "scripts": 10_000,
    "page sans images": 100_000,
    "page avec sa première image": 300_000,
}
"""Bytes as servers send them, compressed; pictures that come later are lazy, the search engine comes when asked."""
THEME = ("style", "scripts")
"""Lines of the budget that no text can spend."""
INDEXES = ("plan-du-site/", "recherche/", "frise/")
"""Pages that tell everything there is: they grow with it, and only their style and scripts are held to the budget."""
DESK = 960
"""Pixels: the widest picture that a desk computer takes in a page."""
_PICTURE = re.compile(r'<source type="image/webp" srcset="([^"]+)"|<img\s[^>]*?\bsrc="([^"]+)"')
_CANDIDATE = re.compile(r"(\S+)\s+(\d+)w")


def first_picture(path: str, data: bytes) -> str:
    """Return the address of the first picture of a page, as wide as a desk computer takes it, or ""."""
    if not path.endswith(".html"):
        return ""
    found = _PICTURE.search(data.decode("utf-8"))
    if found is None:
        return ""
    widths = {int(width): href for href, width in _CANDIDATE.findall(found[1] or "")}
    fitting = [width for width in widths if width <= DESK]
    return widths[max(fitting, default=min(widths))] if widths else found[2] or ""


def overweight(
    here: Audience, path: str, found: Evidence, audiences: tuple[Audience, ...], books: Mapping[str, Rereading]
) -> Iterator[tuple[str, int, int]]:
    """Yield what weighs more than the budget: its name, its bytes and those it may have."""
    if not path.endswith(".html"):
        return
    book = books[here.name]

    def weighed(hrefs: Iterator[str] | tuple[str, ...], *, is_packed: bool) -> int:
        ends = [target(href, path, here, audiences) for href in hrefs if not href.startswith("data:")]
        paths = {end.path for end in ends if end and end.audience.name == here.name and end.path in book.manifest.files}
        return sum(book.packed(one) if is_packed else book.manifest.files[one].size for one in paths)

    asked = {end: tuple(h for h in found.subresources if urlsplit(h).path.endswith(end)) for end in (".css", ".js")}
    style, scripts = weighed(asked[".css"], is_packed=True), weighed(asked[".js"], is_packed=True)
    words = book.manifest.files[path].size
    if words + style + scripts > BUDGET["page sans images"]:
        words = book.packed(path)  # few pages are so long that it matters
    page = words + style + scripts
    picture = weighed((found.picture,), is_packed=False) if found.picture else 0
    held = list(zip(BUDGET.items(), (style, scripts, page, page + picture), strict=True))
    for (name, most), bytes_ in held[:2] if path.startswith(INDEXES) else held:
        if bytes_ > most:
            yield name, bytes_, most
