"""Nobody is named by an address of another site, nor by the name of an account (rule R20; CNIL, pseudonyms)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.celebrities import CELEBRITIES, that_begin
from gazette.rgpd.datum import Datum, initials
from gazette.rgpd.first_names import WORDS_TOO, folded, is_first_name
from gazette.rgpd.namesakes import NAMED_AFTER
from gazette.rgpd.percent import decoded
from gazette.rgpd.roles import PUPIL, ROLES
from gazette.rgpd.surnames import BESIDE, NOT_SURNAMES, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_ADDRESS = re.compile(r"(?:https?://|w(?<!\w.)ww\.)[^\s<>\"'()\[\]{}|]{4,400}", re.IGNORECASE)
_PART = re.compile(r"[/?&=#:@~]+")
_WORD = re.compile(r"[^\W\d_]+")
_SHARED = re.compile(
    r"padlet|facebook|instagram|snapchat|tiktok|youtube|youtu\.be|twitter|\bx\.com|linkedin|pinterest|canva|genial|flipgrid|"
    r"blogspot|wordpress|over-blog|skyrock|wixsite|jimdo|drive\.|dropbox|wetransfer|flickr|soundcloud|vocaroo|eleve"
)
"""Where anybody may have a page of one's own."""
_ADULT = re.compile(
    r"aut(?:eur|rice)|author|biograph|artist|illustrat|editeur|edition|livre|album|musee|biblio|bnf|wiki|personnalite|"
    r"intervenant|conferenc|chercheu|ministre|prix|collection|catalogue"
)
"""Words of an address that tell an adult of whom one speaks aloud."""
_STATE = re.compile(r"(?:\.|\A)(?:ac-[a-z-]+|education|gouv)(?:\.gouv)?\.fr\Z")
_ENDINGS = frozenset("html htm php asp aspx jsp pdf jpg jpeg png www com org net info fr eu".split())
_ACCOUNT = re.compile(r"(?<![\w.@/-])(@?)([a-z]{3,20})[._]([a-z]{3,20})\d{0,4}(?![\w@-])(?!\.\w)")
_JOINED = re.compile(r"[._](?<=[a-z]{3}.)[a-z]{3}")
"""What stands in each of them."""
_SIGNED = re.compile(r"^(?:auteur|signataire): .*$", re.MULTILINE)
"""Of the front matter: who signs the text says nothing of whom it names."""
_REACH = 60
REMEDY = "menez vers l'accueil de ce site ; si c'est un adulte connu pour sa fonction, dites-la à côté du lien"


def web_address(passage: Passage) -> Iterator[Datum]:
    """Find a first name with a surname as a whole part of an address, or as an account."""
    for found in _ADDRESS.finditer(passage.text) if "://" in passage.plain or "www." in passage.plain else ():
        name = _named(decoded(found[0]))
        if name and not _is_adult(passage, *found.span()):
            what = f"adresse d'un autre site qui nomme quelqu'un ({initials(name)})"
            yield Datum("R20", *found.span(), what, REMEDY)
    for found in (found for bounds in passage.lines_of(_JOINED) for found in _ACCOUNT.finditer(passage.text, *bounds)):
        known = found[3] in surnames() or (found[1] and found[3] not in _ENDINGS)
        if known and _is_first(found[2]) and f"{found[2]} {found[3]}" not in CELEBRITIES:
            yield Datum("R20", *found.span(), "compte ou identifiant qui nomme quelqu'un", "retirez-le")


def _named(address: str) -> str:
    """Return the part of an address that is nothing but a name in full, or ""."""
    plain = folded(address)
    host, *path = (part for part in _PART.split(plain) if part and not part.startswith("http"))
    labels = [] if _STATE.search(host) else host.split(".")
    if _ADULT.search(plain):
        return ""
    for part in (*labels, *path):
        words = [word for word in _WORD.findall(part) if word not in _ENDINGS]
        if _is_name(words, is_shared=bool(_SHARED.search(plain))):
            return " ".join(words)
    return ""


def _is_name(words: list[str], *, is_shared: bool) -> bool:
    """Tell whether two or three words are a first name with a surname, in either order."""
    if not 2 <= len(words) <= 3 or {*words} & (BESIDE | NOT_SURNAMES | NAMED_AFTER):  # noqa: PLR2004
        return False
    said = " ".join(words)
    if any(name in said for name in that_begin(words)):
        return False
    ends = (words[0], words[-1]), (words[-1], words[0])
    return any(_is_first(one) and (other in surnames() or (is_shared and len(other) > 2)) for one, other in ends)  # noqa: PLR2004


def _is_first(word: str) -> bool:
    return len(word) > 2 and is_first_name(word) and word not in WORDS_TOO  # noqa: PLR2004


def _is_adult(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the text says in what function the person is known."""
    around = _SIGNED.sub("", passage.near(start, end, _REACH))
    return bool(ROLES.search(around)) and not PUPIL.search(around)
