"""No postal address of somebody's home (rule R32; CNIL, minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.passage import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_STREET = (
    r"(?:rue|avenue|av\.?|impasse|allees?|place|chemin|boulevard|bd\.?|route|rte|residence|cours|quai|sentier|"
    r"lotissement|hameau|square|cite|clos|passage|montee|cote|villa|faubourg|fbg|venelle|ruelle|esplanade|mail|domaine)"
)
_NUMBERED = re.compile(
    rf"\d(?<![\d/.].)\d{{0,3}}(?: ?(?:bis|ter|quater|[a-d])\b)?[,\-_ ]{{1,3}}{_STREET}[\s\-_]+[^\W\d]"
)
_NAMED = re.compile(r"a(?<!\w.)u? lieu-?dit\b|l(?<!\w.)ieu-?dit\b|a(?<!\w.)pp?t\.? ?\d|a(?<!\w.)ppartement \d")
_HOME = re.compile(
    r"\bchez (?:m\.|mme|mlle|lui|elle|la famille|les )|\bm\. (?:et|ou) mme\b|\bmme (?:et|"
    r"ou) m\.|\bfamille [a-z]|domicil|"
    r"\bhabit|\bloge\b|demeur|hebergee? (?:par|chez)|\b(?:pere|mere|parents?|maman|papa|"
    r"grand-mere|grand-pere|tuteur) d|"
    r"\beleve\b|\ba remettre a\b|\badresse (?:de|du|des) (?:la famille|parents?|responsable|"
    r"l.eleve)|\bnouvelle adresse|"
    r"\bassistante maternelle\b|\bnounou\b|\bdemenag|\bma maison\b|\bmon adresse|\bnotre maison"
)
_PUBLIC = re.compile(
    r"\becole\b|\becoles\b|\bmairie\b|\bcollege\b|\blycee\b|mediatheque|bibliotheque|\bsalle\b|gymnase|\bstade\b|"
    r"association|secours|inspection|\bdsden\b|rectorat|circonscription|\bmusee\b|theatre|cinema|piscine|\bcentre\b|"
    r"\bservice\b|\bmaison d|boulangerie|librairie|restaurant|\bgare\b|prefecture|hebergeur|direct(?:eur|rice)|"
    r"\bsiege\b|cabinet|pharmacie|hopital|eglise|parc|conservatoire|ferme\b|atelier|magasin|entreprise"
)
_STOP = re.compile(r"(?<!\bm)(?<!\bmm)(?<!\bav)(?<!\bbd)(?<!\bbat)(?<!\bapt)[.!?] |\n\n")
"""Where a sentence ends; « M. », « av. » end none."""
_IN_FILE = re.compile(r"[\w-]*\.(?:pdf|jpe?g|png|docx?|odt|xlsx?|csv|ods)\b")
REMEDY = "retirez l'adresse : donnez celle de l'école ou de la salle"


def home_address(passage: Passage) -> Iterator[Datum]:
    """Find an address that the text ties to a family or to somebody named, and not to a public place."""
    plain = passage.plain
    for found in (*_NUMBERED.finditer(plain), *_NAMED.finditer(plain)):
        low, high = _block(plain, *found.span())
        around = plain[low:high]
        is_public = _PUBLIC.search(around)
        is_home = _HOME.search(around)
        is_somebody = any(low <= p.start < high for p in names_of(passage)) or bool(_IN_FILE.match(plain, found.end()))
        if _IN_FILE.match(plain, found.end()):
            is_public = _PUBLIC.search(re.split(r"\s", plain[low : found.start()])[-1].replace("_", " "))
        if (is_home and not (is_public and _PUBLIC.search(plain[max(low, found.start() - 30) : found.start()]))) or (
            is_somebody and not is_public
        ):
            yield Datum("R32", *found.span(), "adresse d'un domicile « •• rue … »", REMEDY)


def _block(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence, cell row or two lines around a span."""
    low, high = max(start - 120, 0), min(end + 100, len(plain))
    ends = [found.end() for found in _STOP.finditer(plain, low, start)]
    stop = _STOP.search(plain, end, high)
    return ends[-1] if ends else low, stop.start() if stop else high
