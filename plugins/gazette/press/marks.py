"""The marks of a body become links and pictures of the page or feed where it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from gazette.model.body import MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazette.model.body import Body
    from gazette.model.picture import Picture


class Bodied(Protocol):
    """What holds a text with its links and pictures: an entry's page, an event, a feed item."""

    @property
    def body(self) -> Body:
        """Return the text."""
        ...

    @property
    def hrefs(self) -> tuple[str, ...]:
        """Return where each reference leads."""
        ...


_ANCHOR = re.compile(r'<a(?P<before>[^>]*?)\shref="gazette:(?P<rank>\d+)"(?P<after>[^>]*)>(?P<text>.*?)</a>', re.DOTALL)
_LONE_IMAGE = re.compile(r'<p>\s*<img(?=[^>]*\ssrc="gazette:(?P<rank>\d+)")[^>]*>\s*</p>')
_IMAGE = re.compile(r'<img(?=[^>]*\ssrc="gazette:(?P<rank>\d+)")[^>]*>')


_OWN = re.compile(r'(?P<before>\s(?:id="|href="#|aria-labelledby="|aria-describedby="))(?P<name>[^"]+)')
_TABLE = re.compile(r'aria-label="Tableau \d+"')
_LEVEL = re.compile(r"(?P<before></?h)(?P<level>[1-6])\b")


def among_others(html: str, prefix: str, deeper: int) -> str:
    """Return a text as a page shows it among others: its anchors begin with the prefix, its headings stand lower."""
    if prefix:
        html = _OWN.sub(lambda m: f"{m['before']}{prefix}{m['name']}", html)
        html = _TABLE.sub(lambda m: f'{m[0][:-1]}, page {prefix.strip("p-")}"', html)  # two landmarks have two names
    if deeper:
        html = _LEVEL.sub(lambda m: f"{m['before']}{min(6, int(m['level']) + deeper)}", html)
    return html


def set_marks(
    holder: Bodied,
    pictures: tuple[Picture | None, ...],
    link: Callable[[str], str],
    figure: Callable[[Picture], str],
    inline: Callable[[Picture], str],
) -> str:
    """Return the HTML of a text: a link that leads nowhere is its words, a picture that is withheld is nothing."""

    def anchor(found: re.Match[str]) -> str:
        href = holder.hrefs[int(found["rank"])]
        if not href:
            return found["text"]
        return f'<a{found["before"]} href="{link(href)}"{found["after"]}>{found["text"]}</a>'

    def picture(found: re.Match[str], show: Callable[[Picture], str]) -> str:
        rank = int(found["rank"])
        shown = pictures[rank] if rank < len(pictures) else None
        return show(shown) if shown else ""

    html = holder.body.html
    if "gazette:" not in html:
        return html
    html = _ANCHOR.sub(anchor, html)
    html = _LONE_IMAGE.sub(lambda m: picture(m, figure), html)
    html = _IMAGE.sub(lambda m: picture(m, inline), html)
    return MARK.sub("", html)
