"""An item → a dépêche: an allow-list of keys, our own text, pictures through the gate; the rest is never looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazette.model.depeche import EVENTS, Depeche, Illustration, Provenance
from gazette.model.text import clean, clean_line, slug
from gazette.newsdesk.fault import FetchError
from gazette.newsdesk.prose import MARKED, described, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.item import Item
    from gazette.newsdesk.ledger import Seen
    from gazette.newsdesk.prose import Picture
    from gazette.newsdesk.shelf import Standing

TITLE, SUMMARY, TEXT = 200, 300, 200_000
"""Characters."""
NAME = 60
LEVELS = ("TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "6e")
_WORDS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>|~\\]")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of an item."""

    depeche: Depeche
    lacking: int = 0
    """Pictures that it shows and that could not be had today, though they may be tomorrow."""


@dataclass(slots=True)
class Intake:
    """Makes dépêches for one source, on one day."""

    correspondent: Correspondent
    day: dt.date
    version: str
    admit: Callable[[Picture], str]
    """Puts a picture through the gate and into the quarantine; its name there, or "". ``FetchError``: not today."""
    names: set[str]
    """Taken by the school's other dépêches."""
    standing: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    """What stands here already: a run that died before the lock file was written left it."""

    def __call__(self, item: Item, known: Seen | None) -> Made | str:
        """Return the dépêche, or why there can be none, in French."""
        title = clean_line(item.title) or _plain(item.markdown)[:80]
        if not title:
            return f"article sans titre ni texte laissé de côté ({clean_line(item.id)[:60]})"
        fil = self.fil(item)
        if not fil:
            return f"article sans date d’événement laissé de côté : la source ne nourrit que l’agenda ({title[:60]})"
        stands = self.standing.get((self.correspondent.url, item.id))
        first = known.first if known else stands.origin.seen if stands else self.day.isoformat()
        date = item.date if _is_likely(item.date, self.day, self.correspondent.kind) else first
        body, images, lacking = self.illustrated(item)
        title = _cut(title, TITLE)
        made = Depeche(
            uai=self.correspondent.uai,
            name=known.name if known else stands.name if stands else self.name(item, date, title),
            fil=fil,
            title=title,
            date=date,
            summary=_cut(clean_line(item.summary) or _plain(body) or title, SUMMARY),
            body=body,
            origin=Provenance(self.correspondent.url, item.version or self.version, item.link, item.id, first, ""),
            levels=tuple(level for level in LEVELS if level in item.levels),
            keywords=tuple(dict.fromkeys(w for k in item.keywords if (w := clean_line(k)[:60])))[:10],
            images=images,
            events=item.events,
        )
        return Made(replace(made, origin=replace(made.origin, digest=made.digest)), lacking)

    def fil(self, item: Item) -> str:
        """Return the fil that it asks for when the source may feed it, else the first; "" when none can take it."""
        allowed = self.correspondent.fils
        wanted = (item.fil, *allowed) if item.fil in allowed else allowed
        return next((name for name in wanted if name != EVENTS or item.events), "")

    def name(self, item: Item, date: str, title: str) -> str:
        """Return a name that no other dépêche of the school has, the same from any number of runs."""
        name = f"{date[:10]}-{slug(title)[:NAME].strip('-') or 'depeche'}"
        if name in self.names:
            name += "-" + hashlib.sha256(f"{self.correspondent.url}\0{item.id}".encode()).hexdigest()[:6]
        self.names.add(name)
        return name

    def illustrated(self, item: Item) -> tuple[str, tuple[Illustration, ...], int]:
        """Return the text with each picture that passed the gate in its place, those pictures, how many are lacking."""
        images: dict[str, Illustration] = {}
        lacking = 0

        def place(found: re.Match[str]) -> str:
            nonlocal lacking
            rank = int(found[1])
            if rank >= len(item.pictures):
                return ""
            picture = item.pictures[rank]
            try:
                file = self.admit(picture)
            except FetchError:
                file = ""
                lacking += 1
            if not file:
                return described(found, picture.alt)
            images[file] = Illustration(file, picture.alt)
            return f"![{escaped(picture.alt)}]({file})"

        body = MARKED.sub(place, clean(item.markdown)[:TEXT])
        return body.strip(), tuple(images.values()), lacking


def _is_likely(date: str, day: dt.date, kind: str) -> bool:
    """Tell whether a source's date can be believed: a feed does not tell of tomorrow (F73), an author may plan."""
    try:
        told = dt.date.fromisoformat(date[:10])
    except ValueError:
        return False
    return told.year >= 2000 and (kind in {"git", "dossier"} or told <= day)  # noqa: PLR2004  # before blogs


def _plain(markdown: str) -> str:
    return clean_line(" ".join(_WORDS.sub(r"\1", MARKED.sub(" ", markdown)).split()))


def _cut(text: str, limit: int) -> str:
    """Return the text, cut after a word when it is too long."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
