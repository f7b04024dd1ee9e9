"""WordPress's codes in square brackets → HTML: usual ones as what they showed, others dropped and counted.

Words that people put in brackets are no codes and stay: « [à suivre] », « [RES-12] », « [audio-guide] ». What is taken
for one has attributes, or is closed, or is a bare name that WordPress itself or a common extension knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import urlsplit

_GIVEN = r"((?:[^\[\]\"'\n]|\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'){0,400})"
_CODE = re.compile(rf"(\[?)\[(/?)([a-z][a-z0-9_-]{{1,40}})(?![\w-]){_GIVEN}\](\]?)")
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9_-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))")
_CAPTION = re.compile(
    rf"\[(?:wp_)?caption(?![\w-]){_GIVEN}\]((?:(?!\[/?(?:wp_)?caption).){{0,20000}})\[/(?:wp_)?caption\]", re.DOTALL
)
_EMBED = re.compile(rf"\[embed(?![\w-]){_GIVEN}\]\s*(https?://[^\s<>\[\]]{{1,2000}})\s*\[/embed\]")
_ALONE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\[\]]{1,2000})[ \t]*$")
_IMAGE = re.compile(r"(?:<a\b[^>]{0,2000}>\s*)?(<img\b[^>]{0,4000}>)(?:\s*</a>)?", re.IGNORECASE)
_ENLARGED = re.compile(
    r"<a\b[^>]{0,2000}href=\"[^\">]{0,2000}(?:\.(?:jpe?g|png|gif|webp)|[?&;]attachment_id=\d+)\"[^>]{0,2000}>"
    r"\s*(<img\b[^>]{0,4000}>)\s*</a>",
    re.IGNORECASE,
)
"""A picture that leads to itself, larger."""
_BARE = frozenset(
    "archives audio caption contact-form contact-form-7 embed gallery gravityform hcard playlist recent-posts"
    " ngg_images nggallery sitemap slideshow soundcloud toc twitter video vimeo wp_caption wpforms youtube".split()
)
_PLAYERS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_MEDIA = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A medium of the blog, as its export tells it."""

    url: str
    caption: str = ""
    parent: str = ""
    """Id of the article that it was added to."""


@dataclass(slots=True)
class Codes:
    """Reads the codes of one article."""

    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    """By id."""
    article: str = ""
    """Id of the article: a gallery that names no picture shows those that were added to it."""
    dropped: Counter[str] = field(default_factory=Counter)
    """By name, those that have no equal here."""

    def html(self, text: str) -> str:
        """Return the HTML that WordPress would have made of the codes, as far as a page of ours can show it."""
        text = _CAPTION.sub(self._caption, _ENLARGED.sub(r"\1", text))
        text = _EMBED.sub(lambda found: _link(found[2]), text)
        text = _ALONE.sub(lambda found: _link(unescape(found[1])), text)
        closed = {found[3] for found in _CODE.finditer(text) if found[2]}
        return _CODE.sub(lambda found: self._code(found, closed), text)

    def _caption(self, found: re.Match[str]) -> str:
        image = _IMAGE.search(found[2])
        if image is None:
            return found[2]
        words = (found[2][: image.start()] + found[2][image.end() :]).strip()
        words = words or escape(_given(found[1]).get("caption", ""))
        return f"<figure>{image[1]}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"

    def _code(self, found: re.Match[str], closed: set[str]) -> str:
        before, slash, name, told, after = found.groups()
        if before and after:
            return found[0][1:-1]  # doubled brackets show the code itself
        given = _given(told)
        is_code = slash or given or name in closed or name in _BARE or told.rstrip().endswith("/")
        if not is_code:
            return found[0]
        return before + ("" if slash else self._shown(name, given, told)) + after

    def _shown(self, name: str, given: dict[str, str], told: str) -> str:
        """Return what a code showed; "", and it is counted, where a page of ours has nothing like it."""
        if name == "gallery":
            shown = self._gallery(given)
        elif name in _PLAYERS:
            word = given.get("id") or given.get("url") or told.strip(" =\"'/")
            shown = _link(word if word.startswith("http") else _PLAYERS[name].format(word)) if word else ""
        elif name in {"audio", "video", "embed", "soundcloud", "playlist"}:
            listed = [self.attachments[i].url for i in _ids(given) if i in self.attachments]
            word = next((given[key] for key in _MEDIA if given.get(key, "").startswith("http")), "")
            shown = "".join(_link(address) for address in ([word] if word else listed))
        else:
            shown = ""
        self.dropped[name] += not shown
        return shown

    def _gallery(self, given: dict[str, str]) -> str:
        """Return the pictures of a gallery, each with its caption."""
        named = [i for i in _ids(given) if i in self.attachments]
        own = [i for i, one in self.attachments.items() if self.article and one.parent == self.article]
        found = [self.attachments[i] for i in (named if _ids(given) else own)]
        return "".join(_figure(one) for one in found)


def _given(told: str) -> dict[str, str]:
    return {name: unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(told)}


def _ids(given: dict[str, str]) -> list[str]:
    return re.findall(r"\d+", given.get("ids") or given.get("include") or "")


def _figure(one: Attachment) -> str:
    caption = f"<figcaption>{escape(one.caption)}</figcaption>" if one.caption else ""
    return f'<figure><img src="{escape(one.url)}" alt="">{caption}</figure>'


def _link(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # letters that no name of a machine has
        return f"<p>{escape(address)}</p>"
    words = address.rsplit("/", 1)[-1] if re.search(r"\.\w{2,4}\Z", address) else host.removeprefix("www.")
    return f'<p><a href="{escape(address)}">{escape(words or address)}</a></p>'
