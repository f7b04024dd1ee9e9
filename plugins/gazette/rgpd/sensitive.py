"""Nothing sensitive about somebody: health, handicap, religion, a report (rule R35; RGPD art. 9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum, initials
from gazette.rgpd.passage import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_WORDS = re.compile(
    r"\b(?:pai|pps|ppre|pap|mdph|gevasco|geva-sco|ulis|aesh|ess)\b|"
    r"\bp\. ?a\. ?[ip]\b|\bp\. ?p\. ?s\b|\bm\. ?d\. ?p\. ?h\b|"
    r"handicap|allergi|psycholog|psychiatr|signalement|"
    r"information preoccupante|\breligi|ramadan|\bhalal\b|\bcasher\b|catholique|musulman|\bjuive?s?\b|protestant|"
    r"autis|\btsa\b|\btdah\b|\bdys(?:lexi|phasi|praxi|calculi|orthographi)\w*|diabet|epilep|asthm|ventoline|"
    r"orthophon|\btraitement medical|medicament|\bmaladie\b|hospitalis|\bfoyer de l.enfance|famille d.accueil|"
    r"\bplace(?:e|ment)? (?:en famille|judiciaire|a l.ase)|\base\b|maltrait|\bgarde alternee|\bdivorc|sans.papiers|"
    r"\bhebergement d.urgence|equipe educative|\bexclu(?:e|sion)?\b|harcel|\benuresi|trouble du|troubles? (?:de|du)"
)
_ADULT = re.compile(
    r"arret (?:de )?maladie|conge (?:de |pour )?(?:maladie|maternite|grave)|e(?<!\w.)nceinte\b|grossesse|"
    r"d(?<!\w.)epression\b"
)
_CIVIL = re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame)\s+[A-ZÀ-Ö][\w'’-]+")
REACH = 80
"""Characters between the word and the name."""
REMEDY = "retirez le nom : ces informations ne paraissent que sans personne reconnaissable"


def sensitive(passage: Passage) -> Iterator[Datum]:
    """Find a sensitive word close to a name, in the same line or sentence; the words alone are free."""
    for person in names_of(passage):
        low, high = passage.line_of(person.start, person.end)
        around = passage.plain[max(low, person.start - REACH) : min(high, person.end + REACH)]
        if _WORDS.search(around):
            mask = initials(passage.text[person.start : person.end])
            yield Datum("R35", person.start, person.end, f"information sensible près d'un nom ({mask})", REMEDY)
    for found in _CIVIL.finditer(passage.text) if _ADULT.search(passage.plain) else ():
        low, high = passage.line_of(*found.span())
        if _ADULT.search(passage.plain[max(low, found.start() - REACH) : min(high, found.end() + REACH)]):
            yield Datum("R35", *found.span(), "information sensible près du nom d'un adulte", REMEDY)
