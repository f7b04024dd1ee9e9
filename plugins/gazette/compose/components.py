"""``/composants/``, in the preview only: every component in every state, and what a text may do to them at worst."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.compose.pictures import audio, document, picture
from gazette.compose.views.cards import Card, Due, Happening, Pages
from gazette.compose.views.components import ComponentsView
from gazette.compose.views.echeances import DueGroup
from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.outils import ToolCard, ToolFacts
from gazette.compose.views.search import SearchView
from gazette.model.body import Body
from gazette.model.level import LEVELS
from gazette.model.media import Video
from gazette.model.moment import Moment
from gazette.model.picture import VideoCard
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk

PAGE = "composants/"
LONG_WORD = "intergouvernementalisationsdecirconscriptionnellementtissees"
LONG_TITLE = ("Ce que les classes de la circonscription ont appris en trois mois de lectures partagées, " * 4)[
    :299
] + "."
TAGS = 40
COLUMNS = 12
SUMMARY = "Un chapeau de deux lignes dit l’essentiel : ce que l’on propose, à qui, et ce qu’il faut faire pour en être."


def components(desk: Desk) -> Iterator[Sheet]:
    """Yield the page of components, in a preview."""
    if not desk.is_preview or not desk.fils:
        return
    entries = [c.entry for c in desk.cleared if desk.is_own(c.entry)]
    pictures = tuple(p for e in entries for i in e.images if not i.is_of_pupils and (p := picture(desk, i)))
    view = ComponentsView(
        PageHead("Composants", "Chaque composant, dans chaque état.", PAGE, "composants", is_indexed=False),
        "composants",
        desk.fils,
        tuple(_cards(desk)),
        tuple(_dues(desk)),
        tuple(_groups(desk)),
        _question(desk),
        tuple(_happenings(desk)),
        tuple(_tools(desk)),
        tuple(Pages(n, 9, None) for n in (1, 5, 9)),
        tuple(Link(title, "", count, is_current=not rank) for rank, (title, count) in enumerate(FILTERS)),
        pictures[:2],
        tuple(audio(desk, s) for e in entries for s in e.sounds)[:1],
        tuple(document(desk, f) for e in entries for f in e.attachments)[:1],
        (VideoCard(VIDEOS[0], next(iter(pictures), None)), VideoCard(VIDEOS[1], None)),
        LONG_WORD,
        LONG_TITLE,
        COLUMNS,
    )
    yield Sheet(f"{PAGE}index.html", "html", view)


FILTERS = (("Tout", "120"), ("Cycle 1", "0"), ("Cycle 2", "1"), (LONG_WORD, "12"))
VIDEOS = (
    Video("https://videos.example/w/1", "Une vidéo sous-titrée, avec sa durée", "3 min 20", True, "", ""),
    Video("https://videos.example/w/2", LONG_WORD, "", False, "", ""),
)


def _cards(desk: Desk) -> Iterator[tuple[str, Card]]:
    """Yield an entry as lists show it, in each of its states."""
    day = Moment(desk.today)
    plain = Card("Un article", "", SUMMARY, day, desk.fils[0], "L’équipe des CPC", (), (), "", False, "")
    yield "simple", plain
    yield "à la une, de direction, avec échéance", replace(plain, is_pinned=True, marks=("NS n° 3", "échéance"))
    yield "d’une édition restreinte", replace(plain, audience="Directeurs", levels=("CM1", "CM2"))
    yield "en préparation", replace(plain, notice="Brouillon : les lecteurs ne le voient pas.")
    yield "sans chapeau", replace(plain, summary="")
    yield "de tous les niveaux", replace(plain, levels=LEVELS)
    yield f"de {TAGS} étiquettes", replace(plain, marks=tuple(f"étiquette {n}" for n in range(1, TAGS + 1)))
    yield "au titre de 300 signes", replace(plain, title=LONG_TITLE, summary=LONG_TITLE)
    yield "au mot de 60 lettres", replace(plain, title=LONG_WORD, summary=LONG_WORD, author=LONG_WORD)
    for fil in desk.fils[1:]:
        yield f"du fil « {fil.short_title} »", replace(plain, fil=fil)


def _dues(desk: Desk) -> Iterator[Due]:
    """Yield a deadline: passed, today, soon, later; without a count; of few schools, of many; to do on line."""
    fil = desk.fils[0]
    plain = Due("Faire ceci", "Un article", "L’IEN", "", Moment(desk.today), fil, (), (), "", 0, "", "")
    for left in (-20, -1, 0, 1, 5, 40):
        yield replace(plain, due=Moment(desk.today + dt.timedelta(days=left)), days_left=left, is_over=left < 0)
    for is_over in (False, True):
        yield replace(plain, days_left=None, due=Moment(desk.today, dt.time(17)), is_over=is_over)
    yield replace(plain, schools=("École A", "École B"), link="https://demarches.example/", label="Le faire en ligne")
    yield replace(plain, schools=tuple(f"École {n}" for n in range(1, 8)), notice="Brouillon.")
    yield replace(plain, label=LONG_WORD, title=LONG_TITLE)


def _groups(desk: Desk) -> Iterator[DueGroup]:
    """Yield deadlines under a heading: to come, then late and late for long."""
    old, late, now, *_ = _dues(desk)
    yield DueGroup("Cette semaine", (now,))
    yield DueGroup("En retard", (late,), (old, old), is_late=True)


def _question(desk: Desk) -> SearchView:
    """Return what a search is narrowed to."""
    head = PageHead("Rechercher", "", "recherche/", "recherche")
    years = (Link("Année 2026-2027", "recherche/2026-2027/", "41"),)
    fils = tuple(Link(fil.short_title, fil.name) for fil in desk.fils)
    schools = (("École A", "0869001S"), (LONG_WORD, "0869002T"))
    return SearchView(head, "recherche", True, years, fils, (1, 2, 3), schools, "")


def _happenings(desk: Desk) -> Iterator[Happening]:
    """Yield what stands on the frise: of each nature, in each state, of a day, an hour, several days."""
    day = Moment(desk.today)
    plain = Happening(
        "composant", "Une réunion", "frise/", day, None, "Salle des fêtes", (), desk.fils[:1], "evenement", "prevu",
        SUMMARY, "", "", Body(), (),
    )  # fmt: skip
    states = [plain, replace(plain, state="deplace"), replace(plain, state="annule")]
    states += [replace(plain, nature=nature) for nature in ("fenetre", "echeance", "outil")]
    states.append(replace(plain, start=Moment(desk.today, dt.time(9)), end=Moment(desk.today, dt.time(16, 30))))
    states.append(replace(plain, end=Moment(desk.today + dt.timedelta(days=4)), fils=desk.fils, audience="Directeurs"))
    states.append(replace(plain, title=LONG_WORD, place=LONG_WORD, notice="Brouillon."))
    states.append(replace(plain, title=LONG_TITLE, place="", schools=tuple(f"École {n}" for n in range(1, 8))))
    yield from (replace(one, id=f"composant-{rank}") for rank, one in enumerate(states, 1))


def _tools(desk: Desk) -> Iterator[ToolCard]:
    """Yield a tool as lists show it: free and without accounts, then with everything."""
    fil = next((f for f in desk.fils if f.kind == "outil"), desk.fils[0])
    card = Card("Un outil", "", SUMMARY, Moment(desk.today), fil, "L’ERUN", (), ("n° 8",), "", False, "")
    yield ToolCard(card, ToolFacts("Outil", "Une association", (1, 2, 3), "", False, "", desk.today))
    facts = ToolFacts(LONG_WORD, "Un éditeur", (3,), "12 € par classe et par an", True, LONG_TITLE, desk.today)
    yield ToolCard(replace(card, title=LONG_WORD), facts)
