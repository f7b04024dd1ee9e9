"""A circonscription to build and break: the copied fixture folder, its newsroom, and entries made by hand."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from gazette.model.authorisation import Authorisation
from gazette.model.body import Body
from gazette.model.entry import Actualite, Entry, Origin
from gazette.model.finding import Finding
from gazette.model.media import Attachment, Image, Sound
from gazette.model.moment import PARIS, Moment
from gazette.model.newsroom import Newsroom
from gazette.model.processing import Processing
from gazette.order import Order
from gazette.pool import Pool
from gazette.read import newsroom
from gazette.read.stage import Reading, read
from gazette.state import state_folder

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "tests" / "site" / "content"
NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
"""The instant of the tests: a Monday of class, in period 2 of zone A."""


TOKEN_SECRET = "canari-du-secret-7Qm2xV9tLw4K"
"""What names token feeds in tests: nothing else holds these letters."""


class Shelf(dict[str, str]):
    """A memo in memory."""

    def put(self, key: str, value: str) -> None:
        self[key] = value

    def under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield every key that begins so, with its text."""
        yield from [(key, value) for key, value in self.items() if key.startswith(prefix)]

    def keep(self, keys: Iterable[str]) -> None:
        """Nothing is ever forgotten."""


@dataclass(frozen=True)
class Site:
    """A copied circonscription and where it is printed."""

    content: Path
    output: Path
    pool: Pool
    before: Path | None = None
    """What printing the fixture folder with the plain theme gave, the state beside it; None where nothing did."""

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the content folder, with the folders it needs, and return its full path."""
        full = self.content / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())
        return full

    def change(self, path: str, before: str, after: str) -> None:
        """Replace a text that a file holds, so that a fixture which moved on is noticed."""
        full = self.content / path
        text = full.read_text("utf-8")
        assert before in text
        full.write_text(text.replace(before, after), "utf-8")

    def open_tokens(self) -> None:
        """Give teachers and directors token feeds: on one line, and on lines of their own."""
        places = {name: f'adresse: "https://{name}.sourcelle.example/"' for name in ("enseignants", "directeurs")}
        flow = 'jeton: {actif: true, serie: 1, adresse: "https://fils.sourcelle.example/e/"}'
        self.change("circonscription.yml", f"{places['enseignants']}}}", f"{places['enseignants']}, {flow}}}")
        block = "\n".join(
            [
                "  - nom: directeurs",
                "    titre: Directeurs",
                f"    {places['directeurs']}",
                "    jeton:                # l’ENT ne s’identifie pas",
                "      actif: oui",
                "      serie: 1            # la première",
                '      adresse: "https://fils.sourcelle.example/d"',
            ]
        )
        before = f"  - {{nom: directeurs, titre: Directeurs, {places['directeurs']}}}"
        self.change("circonscription.yml", before, block)

    def order(self, **options: Any) -> Order:  # noqa: ANN401  # any field of Order
        """Return the order to build all of it at the tests' instant."""
        facts = {"content": self.content, "output": self.output, "settings": ROOT / "pelicanconf.py", "now": NOW}
        facts["has_search"] = False  # tests that search say so: the engine takes a tenth of a second a year
        return Order(**(facts | options))

    def newsroom(self) -> Newsroom:
        """Read what the circonscription says of itself."""
        return newsroom(self.content)

    def read(self, now: datetime = NOW, memo: Shelf | None = None) -> Reading:
        """Read every entry."""
        return read(self.content, self.newsroom(), now, Shelf() if memo is None else memo, self.pool)

    def findings(self, path: str) -> list[Finding]:
        """Return what reading finds in one file."""
        return [f for f in self.read().findings if f.place.file == path]


def copied_site(folder: Path, remembered: Path, pool: Pool) -> Site:
    """Copy ``tests/site`` into a folder, with what an earlier build remembers of it."""
    site = Site(folder / "content", folder / "output", pool, remembered.parent / "output")
    shutil.copytree(CONTENT, site.content)
    recall(remembered, site.output)
    return site


def recall(remembered: Path, output: Path) -> None:
    """Give an output that is not printed yet what an earlier build remembers of the same texts and pictures."""
    shutil.copytree(remembered / "medias", state_folder(output) / "medias")
    shutil.copy2(remembered / "memo.sqlite", state_folder(output))


@cache
def sample_newsroom() -> Newsroom:
    """Return the fixture folder's newsroom."""
    return newsroom(CONTENT)


def sample_entry(kind: type[Entry] = Actualite, **facts: Any) -> Any:  # noqa: ANN401  # any field of that kind
    """Return an entry that nothing holds back, but for the facts given; ``audience`` may be a name."""
    if isinstance(facts.get("audience"), str):
        facts["audience"] = sample_newsroom().audience(facts["audience"])
    common: Mapping[str, Any] = {
        "id": "actualites/2026-11-02-essai",
        "path": "actualites/2026-11-02-essai.md",
        "name": "essai",
        "folder": "actualites",
        "title": "Essai",
        "summary": "Un essai.",
        "status": "publie",
        "author": "cpc",
        "audience": sample_newsroom().audiences[0],
        "date": Moment(datetime(2026, 11, 2, tzinfo=PARIS).date()),
        "origin": Origin(NOW, NOW),
        "body": Body("<p>Texte.</p>", "d1", text="Texte."),
        "digest": "e1",
    }
    return kind(**(dict(common) | facts))


def sample_image(**facts: Any) -> Image:  # noqa: ANN401  # any field of Image
    """Return a declared picture that nothing holds back, but for the facts given."""
    lawful = Image(
        file="dessin.png",
        path="actualites/dessin.png",
        digest="i1",
        alt="Un triangle bleu",
        caption="",
        credit="",
        licence="",
        people="aucune",
        authorisation="",
        is_pupil_work=False,
    )
    return replace(lawful, **facts)


def sample_sound(**facts: Any) -> Sound:  # noqa: ANN401  # any field of Sound
    """Return a declared sound that nothing holds back, but for the facts given."""
    lawful = Sound(
        file="lecture.mp3", path="actualites/lecture.mp3", digest="s1", people="aucune", transcript="Il était une fois."
    )
    return replace(lawful, **facts)


def sample_attachment(**facts: Any) -> Attachment:  # noqa: ANN401  # any field of Attachment
    """Return a declared file to download that nothing holds back, but for the facts given."""
    lawful = Attachment(file="carnet.pdf", path="actualites/carnet.pdf", digest="f1", people="aucune")
    return replace(lawful, **facts)


def sample_authorisation(**facts: Any) -> Authorisation:  # noqa: ANN401  # any field of Authorisation
    """Return a complete authorisation for the sample entry, but for the facts given."""
    lawful = Authorisation(
        id="AUT-1",
        start=date(2026, 9, 1),
        end=date(2027, 7, 2),
        supports=("public",),
        rights=("image", "production", "voix"),
        place="École des Marronniers",
        dates=("2 novembre 2026",),
        purpose="Montrer le jardin",
        territory="monde entier (Internet)",
        is_free=True,
        contact="ce.0869001s@ac-sourcelle.example",
        projects=("2026-11-02-essai",),
        pupils=12,
        forms=12,
        holders=2,
        pupil_agreed=True,
    )
    return replace(lawful, **facts)


PROCESSINGS = tuple(
    Processing(name, "informer", "lecteurs", "adresses", "personne", "six mois", "aucun", "accès réservé")
    for name in ("annuaire", "medias", "journaux")
)
"""A whole register of processings."""
