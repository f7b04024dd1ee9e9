"""What a text says that somebody is: an adult in a function, or a pupil; every pattern is folded."""

from __future__ import annotations

import re

_SCHOOLS = (
    r"direct(?:eur|rice)|inspect(?:eur|rice)|conseill|cp[cd]\b|\berun\b|\bien\b|enseignant|professeur|maitre|maitresse|"
    r"animat|intervenant|formateur|formatrice|psychologue|rect(?:eur|rice)|remplacant|aesh\b|atsem\b|"
    r"responsable|gestionnaire|principal|delegue academique|charge de mission|representant"
)
_TOWN = (
    r"\bmaire\b|adjoint|ministre|presiden|secretaire|coordonn|referent|infirmi|medecin|docteur|prefet|depute|senat|"
    r"elue? |agent|gardien|bibliothecaire|webmestre"
)
_ARTS = (
    r"auteur|autrice|ecrivain|illustrat|poete|peintre|sculpt|musicien|compositeur|compositrice|artiste|realisat|"
    r"photographe|chanteu|comedien|danseu|conteu|edit(?:eur|rice)|signe par|ecrit par|illustre par"
)
_OTHERS = (
    r"historien|conferenci|scientifique|philosophe|architecte|navigat|explorat|athlete|astronaute|spationaute|"
    r"chercheu|journaliste"
)
ROLES = re.compile(f"{_SCHOOLS}|{_TOWN}|{_ARTS}|{_OTHERS}")
"""Functions that adults are named in."""
IN_ROLE = re.compile(
    r"\w*(?:\W+(?!(?:pour|avec|concernant|a|au|demande|voit|suit|recoit|rencontre|aide)\b)\w+){0,5}\W*"
)
"""What may stand between a function and who holds it."""
PUPIL = re.compile(
    r"\beleves?\b|\becoli(?:er|ere)s?\b|\b(?:le|la|l)\W?(?:petite?|jeune)\b|\bjeune\b|\b(?:tps|ps|ms|gs|cp|ce[12]|cm[12])\b|"
    r"\d ans\b|\bfils\b|\bfille\b|\benfants?\b|\bdelegues? (?:de|des) (?:c|g|classe)|\bbenjamine?\b|\bcamarades?\b|"
    r"\bfelicit|\bbravo\b|\binclusion\b|\babsen|\bcomportement\b|\bparents? d"
)
"""What is said of a pupil, close to the name."""
CALLED = re.compile(r"(?:\b(?:merci|bravo|felicitations) a|\beleves?|\bpetite?|\bjeune|\bprenommee?|\benfant)\s+\Z")
"""What comes just before a pupil's name, whatever the name."""
