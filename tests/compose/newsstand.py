"""Editions composed of entries made by hand, without a file being read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from gazette.compose.desk import Desk, newest_first
from gazette.compose.stage import compose, edition_key
from gazette.model.body import Body, Reference
from gazette.model.cleared import Cleared
from gazette.model.entry import Deadline, Ecole, Entry, Evenement, Event, Outil, Page, Step, Window
from gazette.model.media import Measure
from gazette.model.moment import Moment
from gazette.model.newsroom import Audience
from gazette.model.sheet import Edition, Sheet
from tests.samples import NOW, sample_entry, sample_newsroom

SECRET = bytes(range(32))
NAMES = ("public", "enseignants", "directeurs")
UAI = "0869001S"


def audience(name: str) -> Audience:
    """Return the fixture's audience of that name."""
    found = sample_newsroom().audience(name)
    assert found
    return found


def article(name: str, **facts: Any) -> Any:  # noqa: ANN401  # any kind of entry
    """Return an entry named ``name`` in its folder, with the path, id, title and digest that go with it."""
    kind, folder = facts.pop("kind", None), facts.pop("folder", "actualites")
    if isinstance(facts.get("date"), str):
        facts["date"] = moment(facts["date"])
    named = {
        "name": name,
        "folder": folder,
        "path": f"{folder}/{name}.md",
        "id": f"{folder}/{name}",
        "title": f"Titre {name}",
        "summary": f"Chapeau de {name}",
        "digest": f"d-{name}",
        "body": Body(f"<p>Corps de {name}</p>", f"b-{name}", text=f"Corps de {name}", words=3),
    }
    return sample_entry(*([kind] if kind else []), **(named | facts))


def tool(name: str, **facts: Any) -> Outil:  # noqa: ANN401  # any field
    """Return a sheet of a tool."""
    own = {
        "tool": f"Outil {name}",
        "publisher": "Une association",
        "url": "https://outil.example/",
        "cycles": (2,),
        "skills": ("1.1",),
        "checked": date(2026, 11, 1),
        "steps": (Step("Ouvrir."),),
    }
    found: Outil = article(name, kind=Outil, folder="outils", **(own | facts))
    return found


def school(uai: str = UAI, **facts: Any) -> Ecole:  # noqa: ANN401  # any field
    """Return a school."""
    own = {"uai": uai, "town": "Sourcelle", "date": None, "levels": ("CP",), "classes": 2, "title": f"École {uai}"}
    found: Ecole = article(uai, kind=Ecole, folder="ecoles", **(own | facts))
    return found


def page(name: str, **facts: Any) -> Page:  # noqa: ANN401  # any field
    """Return a free page."""
    found: Page = article(name, kind=Page, folder="pages", **({"date": None} | facts))
    return found


def happening(name: str, start: str, end: str = "", **facts: Any) -> Evenement:  # noqa: ANN401  # any field
    """Return an event without an article."""
    own = event(f"evenements/{name}", start, end)
    found: Evenement = article(name, kind=Evenement, folder="evenements", **({"events": (own,)} | facts))
    return found


def event(identity: str, start: str, end: str = "", **facts: Any) -> Event:  # noqa: ANN401  # any field
    """Return an event of an entry."""
    own = {"title": "", "place": "", "schools": (), "state": "prevu"}
    return Event(id=identity, start=moment(start), end=moment(end) if end else None, **(own | facts))


def deadline(label: str, due: str, schools: tuple[str, ...] = ()) -> Deadline:
    """Return a deadline of an entry."""
    return Deadline(label, moment(due), schools, "")


def window(label: str, start: str, end: str) -> Window:
    """Return a window of an entry."""
    return Window(label, moment(start), moment(end))


def moment(text: str) -> Moment:
    """Return the moment that ``AAAA-MM-JJ[ HH:MM]`` says."""
    day, _, hour = text.partition(" ")
    return Moment(date.fromisoformat(day), time.fromisoformat(hour) if hour else None)


def linked(name: str, *targets: str, kind: str = "entry") -> Body:
    """Return a text with a link to each target."""
    html = "".join(f'<p><a href="gazette:{rank}">vers {rank}</a></p>' for rank in range(len(targets)))
    references = tuple(Reference(kind, target.partition("#")[0], target.partition("#")[2]) for target in targets)
    return Body(html, f"b-{name}", references, text="vers", words=1)


def desk(name: str, entries: Iterable[Entry], now: datetime = NOW) -> Desk:
    """Return the desk of an edition."""
    here = audience(name)
    cleared = newest_first(Cleared(e) for e in entries if here.may_read(e.audience))
    return Desk(here, sample_newsroom(), now, tuple(cleared), {}, edition_key(SECRET, name))


def edition(
    name: str, entries: Iterable[Entry], now: datetime = NOW, measures: Mapping[str, Measure] | None = None
) -> Edition:
    """Return the edition of that name."""
    cleared = [Cleared(entry) for entry in entries]
    return compose(cleared, audience(name), sample_newsroom(), now, measures or {}, SECRET)


def sheets(name: str, entries: Iterable[Entry], now: datetime = NOW) -> dict[str, Sheet]:
    """Return the sheets of the edition of that name, by path."""
    return {sheet.path: sheet for sheet in edition(name, entries, now).sheets}


def view(name: str, path: str, entries: Iterable[Entry], now: datetime = NOW) -> Any:  # noqa: ANN401  # any view
    """Return the view of one sheet."""
    return sheets(name, entries, now)[path].view


def at(text: str) -> datetime:
    """Return noon of a day."""
    return NOW.replace(year=int(text[:4]), month=int(text[5:7]), day=int(text[8:10]))
