"""``/aide/``: the referent, by function address, with the subject of the message already written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.help import HelpView
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk

PAGE = "aide/"
SUBJECTS = (
    ("Essayer un outil en classe, ou le faire marcher", "Aide : un outil en classe"),
    ("Ouvrir ou utiliser l’ENT", "Aide : l’ENT"),
    ("Publier un article, une image, un son", "Aide : publier dans la Gazette"),
    ("Une photo, une voix, des données d’élèves", "Aide : données et autorisations"),
    ("Corriger la fiche de son école", "Annuaire : fiche de l’école"),
)


def help_page(desk: Desk) -> Iterator[Sheet]:
    """Yield the page that tells whom to ask; none where nobody has a function address."""
    name, contact = desk.referent
    if not contact:
        return
    tools = sorted(desk.tools.values(), key=lambda t: t.tool.casefold())
    told = "Demander de l’aide au référent numérique : une adresse de fonction, et l’objet déjà écrit."
    view = HelpView(
        PageHead("Aide", told, PAGE, "aide"),
        "aide",
        name,
        contact,
        SUBJECTS,
        tuple(Link(t.title, desk.href(t), t.tool) for t in tools),
    )
    yield Sheet(f"{PAGE}index.html", "html", view)
