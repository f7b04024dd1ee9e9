"""Authorisations as people handle them: a draft of the record, the form to sign on paper, what expires when."""

from __future__ import annotations

import re
from datetime import date
from string import Template
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.authorisation import SOON
from gazette.model.moment import school_year
from gazette.model.text import clean_line, slug
from gazette.papers.paper import page, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from gazette.model.authorisation import Authorisation
    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom

TITLE = 120
"""Characters of a project's name on a form."""
DRAFT = """\
# Autorisation {id}, projet « {title} ». Les formulaires signés restent à l'école : ici, des nombres, jamais un nom.
# Tant qu'une ligne « à remplir » est vide, rien de ce qui s'en réclame ne paraît.
projet: [{project}]          # le nom du fichier de l'article, ou du dossier ; une autorisation vaut pour un projet
types: [image]             # image, voix, production (une œuvre d'élève) : ce que les familles ont signé
lieu: ""                   # à remplir : où les élèves sont photographiés ou enregistrés
dates: []                  # à remplir : [12 novembre 2026], le ou les jours de prise de vue
finalite: ""               # à remplir : à quoi servent ces images ou ces voix
supports: [site-{support}]     # site- et le nom de l'édition : {supports}
territoire: monde entier (Internet)
debut: {start}
fin: {end}            # dernier jour ; au plus le 31 août qui suit le projet
gratuit: oui
contact_retrait: {contact}   # une adresse de fonction : à qui la famille demande le retrait
titulaires_autorite: 2     # 1 : ajoutez motif_un_titulaire:
eleves_identifiables:      # à remplir : combien d'élèves on peut reconnaître
accords:                   # à remplir : combien de formulaires l'école garde, autant au moins
accord_eleve:              # à remplir : oui, quand chaque élève a été associé à la décision
signee_le:                 # à remplir : jour de la dernière signature ; une voix s'enregistre après
# apres_annee_scolaire: oui   # seulement si le formulaire le dit : sinon, tout part le 30 septembre
conserve_a: école
"""

_FORM = Template("""\
<p>Une autorisation par projet. Refuser est sans conséquence pour l’élève : il participe, et ne paraît pas.</p>
<table><tbody>$facts</tbody></table>
<h2>Où cela peut paraître</h2>
<table><thead><tr><th scope=col>Support</th><th scope=col>Adresse</th><th scope=col>Accord</th></tr></thead>
<tbody>$supports</tbody></table>
<h2>Changer d’avis</h2>
<p>À tout moment, sans dire pourquoi : écrivez à $contact, avec le numéro <strong>$name</strong>.
Le retrait est fait sans attendre ; nous visons un jour ouvré. Restent hors d’atteinte les copies déjà faites par des
lecteurs et, pour un temps, les moteurs de recherche.</p>
<h2>L’élève</h2>
<p class="ligne">Nom et prénom, à la main : $blank Classe : $short</p>
<p>On m’a expliqué où cela paraîtra, et qui pourra le voir. ${box}Je suis d’accord ${box}Je ne suis pas d’accord</p>
<h2>Les titulaires de l’autorité parentale</h2>
<p>Les deux signent : ils protègent en commun le droit à l’image de leur enfant (Code civil, art. 9 et 372-1 ;
loi n° 2024-120).</p>
<p class="ligne">Une seule signature ? Dites pourquoi : $blank</p>
<div class="signatures"><div>$signature</div><div>$signature</div>
<div><p>L’élève, s’il sait signer :</p></div></div>
<p>$known Vous pouvez voir ce qui paraît de votre enfant, le faire corriger ou retirer, et vous plaindre à la CNIL
(www.cnil.fr).</p>""")


def write_authorisation(content: Path, newsroom: Newsroom, title: str, day: date) -> Path:
    """Write the commented draft of an authorisation, with the next number of the year, and return its path."""
    title = clean_line(title)
    if not slug(title) or len(title) > TITLE:
        raise ConfigurationError(f"donnez le nom du projet, en {TITLE} caractères au plus")
    folder = content / "registres" / "autorisations"
    folder.mkdir(parents=True, exist_ok=True)
    taken = [int(found[1]) for p in folder.iterdir() if (found := re.match(rf"AUT-{day.year}-(\d+)\.yml\Z", p.name))]
    name = f"AUT-{day.year}-{max(taken, default=0) + 1:03}"
    path = folder / f"{name}.yml"
    facts = {
        "id": name,
        "title": title,
        "project": slug(title),
        "support": newsroom.audiences[0].name,
        "supports": ", ".join(f"site-{a.name}" for a in newsroom.audiences),
        "start": day,
        "end": last_day(day),
        "contact": newsroom.legal.publisher_email or '""',
    }
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(DRAFT.format(**facts))
    return path


def last_day(day: date) -> date:
    """Return 31 August of the school year: no authorisation goes further."""
    return date(school_year(day) + 1, 8, 31)


def form(newsroom: Newsroom, title: str, name: str, day: date) -> str:
    """Return the form that families sign, for one project; the machine asks no pupil's name, a pen writes it."""
    blank, box = '<span class="trait"></span>', '<span class="case"></span>'
    contact = text(newsroom.legal.publisher_email or "la direction de l'école")
    supports = "".join(
        f"<tr><th scope=row>{text(a.title)}</th><td>{text(a.address)}</td><td>{box}oui {box}non</td></tr>"
        for a in newsroom.audiences
    )
    rows = (
        ("Projet", text(title)),
        ("École, classe", blank),
        ("Ce qui est fixé", f"{box}image (photographie) {box}voix {box}œuvre de l’élève (dessin, texte…)"),
        ("Lieu de la prise de vue ou de son", blank),
        ("Date ou dates", blank),
        ("À quoi cela sert", blank),
        ("Territoire", "Le monde entier : ce site se lit par Internet."),
        ("Durée", f"Jusqu’au {last_day(day):%d/%m/%Y} au plus tard. Puis tout est retiré du site."),
        (
            "Plus longtemps ?",
            f'<span class="ligne">{box}Cela peut rester en ligne après cette date, jusqu’au {blank}</span>',
        ),
        ("Prix", "Gratuit : rien n’est payé, rien n’est vendu."),
    )
    facts = "".join(f"<tr><th scope=row>{text(head)}</th><td>{cell}</td></tr>" for head, cell in rows)
    signature = f"<p>Nom : {blank}</p><p>Le : {blank}</p><p>Signature :</p>"
    legal = newsroom.legal
    known = "Responsable du traitement : {} ; délégué à la protection des données : {}.".format(
        legal.controller or "l’autorité académique", legal.dpo_email or "celui de l’académie"
    )
    body = _FORM.substitute(
        known=text(known),
        facts=facts,
        supports=supports,
        contact=contact,
        name=text(name),
        blank=blank,
        short='<span class="trait court"></span>',
        box=box,
        signature=signature,
    )
    foot = "Cette feuille reste à l'école. Le site n'en connaît que le numéro, les dates et le nombre d'accords."
    return page(f"Autorisation pour le projet « {title} »", newsroom.title, name, body, foot)


def source(entry: Entry) -> str:
    """Return an entry as its author knows it: its file or folder."""
    return entry.path.removesuffix("/index.md").removesuffix(".md")


def rows(
    authorisations: Iterable[Authorisation],
    entries: Iterable[Entry],
    today: date,
    name_of: Callable[[Entry], str] = source,
) -> list[tuple[str, ...]]:
    """Return what expires when: id, projects, supports, last day and how far it is, entries that use it."""
    used: dict[str, list[str]] = {}
    for entry in entries:
        for name in {m.authorisation for m in entry.works if m.authorisation}:
            used.setdefault(name, []).append(name_of(entry))
    known = sorted(authorisations, key=lambda a: (a.end, a.id))
    return [
        (
            a.id,
            ", ".join(a.projects) or "aucun projet",
            ", ".join(a.supports) or "aucun support",
            f"{a.end:%d/%m/%Y}, {_left(a, today)}",
            " ; ".join(used.get(a.id, ())) or "aucun article",
        )
        for a in known
    ]


def _left(known: Authorisation, today: date) -> str:
    days = (known.end - today).days
    if days < 0:
        return "finie"
    if known.missing:
        return "à remplir : rien ne paraît"
    if known.start > today:
        return "à venir"
    return ("finit aujourd'hui" if not days else f"finit dans {days} j") if days <= SOON else "valable"


def lines(found: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the table for a terminal, a record a line."""
    for name, projects, supports, until, users in found:
        yield f"{name} · {projects} · {supports} · jusqu'au {until} · {users}"
