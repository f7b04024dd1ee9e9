"""A newsdesk to try: a content folder, sources on loopback, and what a run of it leaves."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gazette.model.correspondent import Correspondent
from gazette.model.decision import Decision
from gazette.model.depeche import FOLDER
from gazette.model.moment import PARIS
from gazette.newsdesk.bench import Settings
from gazette.newsdesk.network import Network
from gazette.newsdesk.stage import Collection, Gathered, collect

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=PARIS)
"""As in ``tests.samples``, which loads the whole press: a newsdesk killed fifty times is started fifty times."""
UAI, OTHER = "0869001S", "0869002T"


def entry(n: int, title: str = "", text: str = "", date: str = "", guid: str = "") -> str:
    """Return an item of an RSS feed."""
    day = date or f"{1 + n % 20:02} Nov 2026 08:30:00 +0100"
    return (
        f"<item><title>{title or f'Article {n}'}</title><link>https://ecole.example/{n}</link>"
        f"<guid isPermaLink='false'>{guid or f'tag:{n}'}</guid><pubDate>{day}</pubDate>"
        f"<description>{text or f'Texte {n}.'}</description></item>"
    )


def rss(*items: str) -> bytes:
    """Return an RSS feed."""
    whole = "".join(items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>École</title>{whole}</channel></rss>'.encode()


@dataclass
class Newsdesk:
    """One circonscription's newsdesk."""

    folder: Path
    sources: list[Correspondent] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    now: dt.datetime = NOW

    def __post_init__(self) -> None:
        self.content.mkdir(parents=True, exist_ok=True)

    @property
    def content(self) -> Path:
        """Return its content folder."""
        return self.folder / "content"

    def declare(self, kind: str, url: str, uai: str = UAI, **facts: Any) -> Correspondent:  # noqa: ANN401
        """Have a school declare an authorised source."""
        given: dict[str, Any] = {"fils": ("actualites",), "authorised_by": "ien", "authorised_on": dt.date(2026, 9, 1)}
        made = Correspondent(uai, kind, url, **given | facts)
        self.sources.append(made)
        return made

    def settings(self, **facts: Any) -> Settings:  # noqa: ANN401  # any field of Settings
        """Return what a run may do."""
        given: dict[str, Any] = {
            "content": self.content,
            "state": self.folder / "etat",
            "quarantine": self.folder / "quarantaine",
            "day": self.now.date(),
            "network": Network(has_loopback=True),
            "seconds": 10.0,
        }
        return Settings(**given | facts)

    def run(self, only: str = "", **facts: Any) -> Collection:  # noqa: ANN401  # any field of Settings
        """Gather once; the clock moves on by an hour."""
        self.now += dt.timedelta(hours=1)
        return collect(self.settings(**facts), self.now, self.sources, self.answers, lambda *_: None, only=only)

    def answers(self) -> list[Decision]:
        """Return what was answered: in the register, and what a test says was."""
        from gazette.read.registers import decisions  # noqa: PLC0415  # pydantic, for those that have one

        is_kept = (self.content / "registres" / "decisions.yml").is_file()
        return [*(decisions(self.content) if is_kept else ()), *self.decisions]

    def one(self, only: str = "", **facts: Any) -> Gathered:  # noqa: ANN401  # any field of Settings
        """Gather once, from the only source."""
        return self.run(only, **facts).gathered[0]

    def later(self, **span: int) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**span)

    def files(self) -> dict[str, str]:
        """Return every dépêche, waiting or accepted, by path."""
        top = self.content / FOLDER
        return {p.relative_to(top).as_posix(): p.read_text("utf-8") for p in sorted(top.rglob("*")) if p.is_file()}

    def tree(self) -> dict[str, str]:
        """Return the digest of everything in the content folder."""
        found = (p for p in sorted(self.content.rglob("*")) if p.is_file())
        return {p.relative_to(self.content).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}

    def accept(self, path: str) -> None:
        """Move what waits to where it is accepted, as moderating does."""
        source = self.content / FOLDER / path
        target = self.content / FOLDER / path.removeprefix("attente/")
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)

    def refuse(self, path: str) -> None:
        """Remove what waits, and record it."""
        from gazette.model.depeche import provenance  # noqa: PLC0415  # here alone

        file = self.content / FOLDER / path
        origin = provenance(file.read_text("utf-8"))
        assert origin
        name = path.removeprefix("attente/").removesuffix(".md")
        facts = {"source": origin.source, "id": origin.id, "digest": origin.digest, "day": self.now.date()}
        self.decisions.append(Decision(depeche=name, answer="refusee", role="ien", **facts))
        file.unlink()


def trusted(one: Correspondent) -> Correspondent:
    """Return the source with moderation afterwards."""
    return replace(one, is_trusted=True)
