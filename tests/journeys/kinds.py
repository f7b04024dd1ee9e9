"""Every type of page that readers meet, by the name of its template: what tests of pages visit."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A page of the demo that stands for its type."""

    name: str
    """Of its template, or a variant of it."""
    edition: str
    path: str

    @property
    def template(self) -> str:
        """Return the name of its template."""
        return VARIANTS.get(self.name, self.name)


KINDS = (
    Kind("accueil", "public", ""),
    Kind("accueil-directeurs", "directeurs", ""),
    Kind("accueil-enseignants", "enseignants", ""),
    Kind("projet-enseignants", "enseignants", "projets/exposition-maths-et-mesures/"),
    Kind("fil", "public", "actualites/"),
    Kind("fil-cycle", "public", "actualites/cycle-3/"),
    Kind("fil-depuis", "public", "actualites/?depuis=2027-01-10"),
    Kind("actualite", "public", "actualites/schema-en-barres/"),
    Kind("projet", "public", "projets/petit-inventaire-hiver/"),
    Kind("info_direction", "directeurs", "directeurs/affelnet-sixieme/"),
    Kind("outil", "public", "outils/tubes/"),
    Kind("outils", "public", "outils/"),
    Kind("cahiers", "public", "cahiers/"),
    Kind("cahier", "public", "cahiers/les-bruits-de-nos-ecoles/"),
    Kind("cahier-fini", "public", "cahiers/petit-inventaire-du-printemps-2026/"),
    Kind("sommaire", "public", "cahiers/petit-inventaire-du-printemps-2026/sommaire/"),
    Kind("contribution", "public", "cahiers/petit-inventaire-du-printemps-2026/0869003u-ce2/"),
    Kind("livret", "public", "cahiers/petit-inventaire-du-printemps-2026/tout/"),
    Kind("ecouter", "public", "cahiers/petit-inventaire-du-printemps-2026/ecouter/"),
    Kind("contributeurs", "public", "cahiers/petit-inventaire-du-printemps-2026/contributeurs/"),
    Kind("exposition", "public", "cahiers/le-mur-des-abecedaires/exposition/"),
    Kind("avancement", "directeurs", "cahiers/les-bruits-de-nos-ecoles/avancement/"),
    Kind("frise", "directeurs", "frise/2026-2027/"),
    Kind("affiche", "public", "frise/2026-2027/affiche/"),
    Kind("fiche", "public", "frise/fiche/2026-2027/"),
    Kind("echeances", "directeurs", "echeances/"),
    Kind("semaine", "directeurs", "semaine/2027-S10/"),
    Kind("ecoles", "public", "ecoles/"),
    Kind("ecole", "public", "ecoles/0869001S/"),
    Kind("deploiement", "public", "deploiement/"),
    Kind("adhesion", "public", "deploiement/adhesion/"),
    Kind("enquete", "directeurs", "deploiement/cln/"),
    Kind("aide", "public", "aide/"),
    Kind("fils", "public", "fils/"),
    Kind("fils-directeurs", "directeurs", "fils/"),
    Kind("recherche", "public", "recherche/"),
    Kind("recherche-reponses", "public", "recherche/?q=classe"),
    Kind("titres", "public", "recherche/2026-2027/"),
    Kind("page", "public", "publier-en-regle/"),
    Kind("plan-du-site", "public", "plan-du-site/"),
    Kind("mentions-legales", "public", "mentions-legales/"),
    Kind("donnees-personnelles", "public", "donnees-personnelles/"),
    Kind("accessibilite", "public", "accessibilite/"),
    Kind("404", "public", "404.html"),
)
VARIANTS = {
    "accueil-directeurs": "accueil",
    "accueil-enseignants": "accueil",
    "projet-enseignants": "projet",
    "cahier-fini": "cahier",
    "fil-cycle": "fil",
    "fil-depuis": "fil",
    "fils-directeurs": "fils",
    "recherche-reponses": "recherche",
}
NOT_PAGES = {"base", "lettre", "deplacee", "composants"}
"""Templates of no page that readers stay on: the frame, the letter, a redirection, the preview's own."""
