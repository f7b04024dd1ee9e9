"""Every picture has a text alternative (RGAA 1.1; rule R45)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry
    from gazette.rgpd.case import Case

LENGTH_NOTE = 150
"""Characters above which an alternative is hard to listen to."""
_EMPTY_WORDS = re.compile(r"\A(image|photo|photographie|illustration|dessin)( d[e'’u].*)?\Z", re.IGNORECASE)


def image_alt(entry: Entry, _: Case) -> Iterator[Finding]:
    """Refuse a picture whose ``alt`` is missing or is its file name; ``alt: ""`` says it is decorative."""
    for image in entry.images:
        name = image.file.rsplit("/", 1)[-1]
        place = entry.place(image, "alt")
        if image.alt is None:
            remedy = 'écrivez alt: ce que l\'image montre (ou alt: "" si elle ne fait que décorer)'
            yield Finding("RGPD-45", Severity.REFUSE, place, f"image « {name[:60]} » sans texte alternatif", remedy)
        elif image.alt and image.alt in {name, name.rsplit(".", 1)[0]}:
            message = f"image « {name[:60]} » : l'alternative est un nom de fichier"
            yield Finding("RGPD-45", Severity.REFUSE, place, message, "écrivez ce que l'image montre")
        elif len(image.alt) > LENGTH_NOTE:
            message = f"image « {name[:60]} » : alternative de plus de {LENGTH_NOTE} caractères"
            yield Finding("RGPD-45", Severity.NOTE, place, message, "dites l'essentiel, et le reste dans le texte")
        elif _EMPTY_WORDS.match(image.alt):
            message = f"image « {name[:60]} » : l'alternative dit que c'est une image, pas ce qu'elle montre"
            yield Finding("RGPD-45", Severity.NOTE, place, message, "dites ce qu'on y voit")
