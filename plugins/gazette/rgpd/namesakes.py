"""What is named after somebody: a school, a street, a prize, a work told by its author."""

from __future__ import annotations

_BUILDINGS = frozenset(
    "ecole ecoles college lycee gymnase stade salle mediatheque bibliotheque maison hopital musee theatre espace "
    "residence piscine complexe halle conservatoire amphitheatre universite institut internat caserne foyer "
    "auditorium ludotheque cinema opera cirque gare aeroport fort elementaire maternelle primaire scolaire".split()
)
_WAYS = frozenset(
    "rue avenue av place allee boulevard bd square impasse quai quartier centre parc pont cite jardin chemin route "
    "bus ligne arret".split()
)
_HONOURS = frozenset(
    "prix medaille coupe trophee tournoi challenge fondation association groupe statue buste effigie timbre "
    "exposition expo journee semaine anniversaire-de-la-mort".split()
)
_WORKS = frozenset(
    "collection editions album albums roman romans bd film films chanson chansons conte contes fable fables".split()
)
NAMED_AFTER = _BUILDINGS | _WAYS | _HONOURS | _WORKS | frozenset("saint sainte st ste".split())
"""Words that tell a name given to a thing, or a work by an author."""
OWNED = frozenset(
    "maison salle place chemin jardin bus ligne arret quartier groupe chanson chansons collection route".split()
)
"""Of these, « de » tells whose it is, not what it is named after."""
