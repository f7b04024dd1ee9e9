"""No pupil is named in full, be it in a text or in the name of a file (rule R20; CNIL, pseudonyms)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.celebrities import CELEBRITIES
from gazette.rgpd.datum import Datum, initials
from gazette.rgpd.first_names import WORDS_TOO, folded, is_first_name
from gazette.rgpd.passage import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gazette.rgpd.passage import Passage

_FILE = re.compile(
    r"(?<![\w.'’-])[\w.'’-]{1,120}\.(?:jpe?g|png|webp|gif|heic|svg|mp3|m4a|ogg|opus|wav|mp4|pdf|odt|ods|docx?|xlsx?|csv|md|vtt|txt|zip)\b",
    re.IGNORECASE,
)
_FILE_WORD = re.compile(r"[A-ZÀ-Ö]?[a-zß-öø-ÿ'’]+|[A-ZÀ-Ö]+(?![a-zß-öø-ÿ])")
_NO_SURNAME = frozenset(
    "ecole ecoles college lycee classe cm ce cp gs ms ps tps ulis liste eleves eleve photo photos image images affiche "
    "dessin portrait oral lecture poesie texte chanson chant chorale projet atelier sortie visite musee theatre sport "
    "cross course athletisme natation piscine velo danse jardin potager arbre fleur fleurs animaux oiseau oiseaux "
    "facade cour preau salle gymnase stade rue place avenue mediatheque bibliotheque mairie maison quartier plan carte "
    "planche page couverture logo fond bandeau vignette icone final finale vf version copie scan original corrige "
    "modele vierge fiche cahier carnet journal livre livret album recueil programme calendrier emploi temps menu "
    "compte rendu pv conseil reunion note lettre courrier circulaire formulaire autorisation attestation assurance "
    "rib facture contrat bulletin lsu pai pps ppre pap mdph signalement dossier bilan synthese grille tableau budget "
    "exercice exercices evaluation evaluations correction consigne consignes lecon trace sequence seance rituel "
    "maths francais anglais sciences histoire geographie musique arts emc eps et de du des la le les en au aux un une "
    "sur avec pour dans par chez jpg png pdf mp odt docx test essai nouveau nouvelle petit "
    "petite grand grande vert verte "
    "rouge bleu bleue jaune noir blanc blanche nuit jour matin soir ete hiver automne printemps noel rentree kermesse "
    "fete spectacle exposition expo concours defi rencontre semaine journee mois annee periode trimestre semestre "
    "contacts contact equipe anime animee statue buste rallye podcast episode radio webradio interview reportage son "
    "audio video film bande annonce sonore enregistrement conte histoire comptine haiku "
    "poeme acrostiche mascotte".split()
)
"""Words that stand beside a first name in the name of a file without being a surname."""
_PARTICLES = frozenset({"le", "la", "de", "da", "el", "ben", "du", "dos", "van", "n", "d", "o"})
REMEDY = "retirez le nom : écrivez le prénom seul, ou la classe et l'école"


def pupil_named(passage: Passage, allowed: Collection[str]) -> Iterator[Datum]:
    """Find first names with a surname or its initial; ``allowed`` are folded names that may be printed."""
    for person in names_of(passage):
        name = passage.text[person.start : person.end]
        if person.is_full and " ".join(folded(name).split()) not in allowed:
            yield Datum("R20", person.start, person.end, f"personne nommée en entier ({initials(name)})", REMEDY)
    for found in _FILE.finditer(passage.text):
        if _names_somebody(found[0].rsplit(".", 1)[0]):
            yield Datum("R20", *found.span(), "nom de fichier qui nomme quelqu'un", REMEDY)


def _names_somebody(stem: str) -> bool:
    """Tell whether a file's name holds a first name beside a word that can only be a surname."""
    words = [folded(word) for word in _FILE_WORD.findall(stem)]
    plain = " ".join(words)
    if any(f" {name} " in f" {plain} " for name in CELEBRITIES if name.split()[0] in words):
        return False
    for rank, word in enumerate(words):
        if word in WORDS_TOO or len(word) < 3 or not is_first_name(word):  # noqa: PLR2004  # « al », « el »
            continue
        beside = words[max(rank - 1, 0) : rank] + [w for w in words[rank + 1 : rank + 3] if w not in _PARTICLES][:1]
        if any(len(w) > 2 and w not in _NO_SURNAME for w in beside):  # noqa: PLR2004
            return True
    return False
