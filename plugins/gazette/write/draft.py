"""A new entry: dated, valid, commented, ready to be written in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.entry import RESERVED_NAME
from gazette.model.moment import DAYS
from gazette.model.text import clean_line, slug
from gazette.read.circonscription import RESERVED
from gazette.read.explain import suggestion

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from gazette.model.newsroom import Newsroom

TITLE = 300
"""Characters of a title, as everywhere."""
FRIDAY = 4
_DATE = re.compile(r"\A\d{4}-\d{2}-\d{2}[-_ ]*")
BODY = """
Le texte commence ici. Un titre de partie s'écrit avec deux dièses :

## Une partie

- une liste
- avec des tirets

Un lien vers un autre article passe par son fichier : `[le titre](../{folder}/AAAA-MM-JJ-nom.md)`.
"""
COMMON = """\
statut: brouillon          # brouillon, relecture, puis publie : seul « publie » paraît
auteur: {author}# une fonction ({roles}), jamais une personne
resume: À écrire.          # ce que dit l'article, 300 caractères au plus
# edition: {edition}# sans cette ligne : {floor}
# niveaux: [CP, CE1]       # sans cette ligne : tous
# mots_cles: [lecture]
# echeances:
#   - libelle: Réponse des écoles
#     date: {day}
# evenements:
#   - titre: Réunion
#     debut: {day} 14:00
#     fin: {day} 16:00
#     lieu: école à préciser
#     id: {event}   # son nom pour les agendas : gardez-le quand tout le reste change
#     etat: prevu            # ou deplace, ou annule : on ne l'efface pas, les agendas abonnés doivent l'apprendre
#     hors_classe: non       # oui : ce jour est sans classe, et c'est voulu
#     repete: {{jour: {weekday}, jusqu_a: {later}}}   # chaque semaine de classe, jusqu'à ce jour
# images:                  # l'image est à côté du fichier, dans un dossier qui porte son nom
#   - fichier: dessin.png
#     alt: ce que montre l'image
#     personnes: aucune    # aucune, non_identifiables, adultes ou eleves
"""
EXTRA = {
    "projet": "# periode: {{debut: {day}, fin: {day}}}\n",
    "info_direction": "# numero_note: NS n° 1\n# signataire: L'IEN\n",
    "outil": """\
outil: Nom de l'outil
editeur: Qui le fait
url: https://exemple.fr/
cycles: [2, 3]
competences_crcn: ["1.1"]
compte_eleve: non
verifie_le: {day}
etapes:
  - Ouvrir l'outil.
""",
    "evenement": """\
debut: {day}          # ajoutez une heure au besoin : {day} 14:00
# fin: {day}
# lieu: école à préciser
fils: [{fil}]              # les lignes de la frise qui le montrent
# id: {identity}   # son nom pour les agendas : gardez-le quand tout le reste change
# etat: prevu              # ou deplace, ou annule : on ne l'efface pas, les agendas abonnés doivent l'apprendre
# hors_classe: non         # oui : ce jour est sans classe, et c'est voulu
""",
}


def write_draft(content: Path, newsroom: Newsroom, kind: str, title: str, day: date) -> Path:
    """Write a draft of a fil (or ``evenements``, ``pages``) and return its path; an existing file is never touched."""
    fil = newsroom.fil(kind)
    folders = [*(f.name for f in newsroom.fils), "evenements", "pages"]
    if kind not in folders:
        near = [f.name for f in newsroom.fils if f.kind == kind]
        if not near:
            raise ConfigurationError(f"genre inconnu « {kind} » ; {suggestion(kind, folders)}")
        kind, fil = near[0], newsroom.fil(near[0])
    title, name = clean_line(title), slug(title)
    if not name:
        raise ConfigurationError("donnez un titre avec au moins une lettre ou un chiffre")
    if len(title) > TITLE:
        raise ConfigurationError(f"titre de plus de {TITLE} caractères ; raccourcissez-le")
    if (name in RESERVED and kind == "pages") or (fil and RESERVED_NAME.fullmatch(name)):
        raise ConfigurationError(f"l'adresse « {name} » est réservée ; choisissez un autre titre")
    taken = [p for p in (content / kind).glob("*") if slug(_DATE.sub("", p.stem)) == name]
    if taken:
        remedy = "choisissez un autre titre, ou ouvrez ce fichier"
        raise ConfigurationError(f"{taken[0]} existe déjà à cette adresse ; {remedy}")
    genre = fil.kind if fil else {"evenements": "evenement", "pages": "page"}[kind]
    path = content / kind / (f"{name}.md" if genre == "page" else f"{day}-{name}.md")
    floor = fil.floor.title if fil else newsroom.audiences[0].title
    roles = ", ".join(r.name for r in newsroom.roles)
    author = (fil.approvers[-1] if fil else "equipe").ljust(19)
    quoted = "'" + title.replace("'", "''") + "'"
    dated = (
        ""
        if genre == "page"
        else f"date: {day}           # jour de parution ; ajoutez une heure au besoin : {day} 14:30\n"
    )
    edition = newsroom.audiences[-1].name.ljust(16)
    weekly = {"weekday": DAYS[min(day.weekday(), FRIDAY)], "later": day + timedelta(weeks=6)}
    event = f"{name[:69]}-{day}"
    common = COMMON.format(author=author, roles=roles, floor=floor, edition=edition, day=day, event=event, **weekly)
    own = EXTRA.get(genre, "").format(day=day, fil=newsroom.fils[0].name, identity=f"{kind}/{path.stem}")
    head = f"---\ntitre: {quoted}\n{dated}{common}{own}---\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(head + BODY.format(folder=newsroom.fils[0].name))
    except FileExistsError as error:
        raise ConfigurationError(f"{path} existe déjà ; choisissez un autre titre, ou ouvrez ce fichier") from error
    return path
