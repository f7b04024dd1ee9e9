"""A shared book to print and break: three schools' pages, one of them for teachers alone."""

import shutil

from PIL import Image, ImageDraw

from tests.samples import Site

BOOK = "cahiers/le-jardin"
FIRST = f"{BOOK}/contributions/0869001S-cm2/index.md"
SECOND = f"{BOOK}/contributions/0869001S-cm2/suite.md"
HEARD = f"{BOOK}/contributions/0869002T-gs/index.md"
TEACHERS = f"{BOOK}/contributions/0869002T-ms/index.md"
GRANT = "registres/autorisations/AUT-2026-009.yml"

_GRANT = """types: [production]
debut: 2026-09-01
fin: 2027-07-02
supports: [site-public, site-enseignants, site-directeurs]
lieu: Écoles de Sourcelle
dates: [octobre 2026]
finalite: Faire ensemble le livre du jardin
territoire: monde entier (Internet)
gratuit: oui
contact_retrait: ce.0869001s@ac-sourcelle.example
projet: le-jardin
eleves_identifiables: 40
accords: 40
titulaires_autorite: 2
accord_eleve: oui
"""
_BOOK = """---
titre: Le jardin des trois écoles
date: 2026-10-05
statut: publie
auteur: cpc
resume: Ce qui pousse derrière la grille, page après page.
theme: Sciences et jardin
ouverture: 2026-10-05
cloture: 2026-12-04
attendus:
  - {ecole: 0869001S, classe: CM2}
  - {ecole: 0869002T, classe: PS}
contributions: [0869002T-gs]
---

Un dessin, trois phrases, un doute.
"""


def page(title: str, text: str, **keys: str) -> str:
    """Return a page of the book that nothing keeps out, but for the keys given."""
    head = {"titre": title, "date": "2026-11-02", "statut": "publie", "resume": f"Résumé de {title.lower()}."}
    head |= {"autorisation": "AUT-2026-009"} | keys
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in head.items()) + f"---\n\n{text}\n"


def plant(site: Site) -> None:
    """Write the book into a copied circonscription; its sound is that of another text there."""
    site.write(GRANT, _GRANT)
    site.write(f"{BOOK}/index.md", _BOOK)
    picture = (
        "\n  - fichier: radis.png\n    alt: Un radis rose et sa racine\n    personnes: aucune\n    oeuvre_eleve: oui\n"
    )
    picture += "    autorisation: AUT-2026-009"
    body = (
        "Le radis a quatre feuilles, puis six.\n\n![Un radis](radis.png)\n\n## Notre doute\n\nPourquoi est-il creux ?"
    )
    site.write(FIRST, page("Le radis de la fenêtre", body, classe="CM2", images=picture))
    site.write(
        SECOND, page("Le radis, la suite", "Voir [le début](index.md#notre-doute).\n\n## Notre doute\n\nEt après ?")
    )
    sound = "\n  - fichier: arrosoir.mp3\n    legende: L’arrosoir\n    personnes: aucune\n"
    sound += "    transcription: Un filet d’eau tombe dans la terre sèche."
    site.write(HEARD, page("L’arrosoir percé", "Nous avons compté onze trous.", classe="GS", sons=sound))
    told = "Prévoir des gants courts pour les mains trapues, introuvables en septembre."
    site.write(TEACHERS, page("Notes pour la maîtresse", told, classe="MS", edition="enseignants"))
    folder = site.content / BOOK / "contributions"
    drawn = Image.new("RGB", (320, 240), "#fdfaf2")
    ImageDraw.Draw(drawn).ellipse((90, 60, 230, 200), fill="#d0507a", outline="#22304f", width=6)
    drawn.save(folder / "0869001S-cm2/radis.png")
    shutil.copy(site.content / "projets/2026-11-19-comptine/comptine.mp3", folder / "0869002T-gs/arrosoir.mp3")
