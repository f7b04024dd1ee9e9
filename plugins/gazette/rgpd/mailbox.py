"""Only institutional e-mail addresses (rule R31; minimisation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.first_names import folded, is_first_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from gazette.rgpd.passage import Passage

_AT = r"(?:\s?@\s?|\s?[\[({]\s?(?:at|arobase|arrobase|a|chez)\s?[\])}]\s?|\s(?:arobase|arrobase|at|chez)\s)"
_DOT = r"(?:\s?\.\s?|\s?[\[({]\s?(?:point|dot)\s?[\])}]\s?|\s(?:point|dot)\s)"
_ADDRESS = re.compile(rf"(?<![\w.+@-])([\w.+-]{{1,64}}){_AT}([\w-]+(?:{_DOT}[\w-]+)+)", re.IGNORECASE)
_PROVIDERS = re.compile(
    r"(?:gmail|googlemail|orange|wanadoo|free|sfr|neuf|laposte|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|"
    r"gmx|protonmail|proton|pm|bbox|numericable|club-internet|aliceadsl|alice|mailo|tutanota|tuta|zoho|yandex|hey|"
    r"bouygtel|voila|cegetel|noos|9online|infonie|posteo|riseup|ik|netc|caramail|lilo|mail|email)\.[a-z.]{2,6}"
)
_STATE = re.compile(
    r"(?:[\w-]+\.)*(?:ac-[a-z-]+\.fr|education\.gouv\.fr|gouv\.fr|education\.fr|region-academique[\w-]*\.fr)"
)
_FUNCTION = re.compile(
    r"(?:ce|ien|cpc|erun|rased|dpd|dpo|mairie|contact|accueil|info|infos|secretariat|direction|directeur|directrice|"
    r"ecole|ecoles|college|mediatheque|bibliotheque|musee|theatre|cantine|periscolaire|centre|service|webmestre|"
    r"admin|inscription|inscriptions|reservation|reservations|pedagogie|animation|culture|sport|sports|noreply|"
    r"no-reply|ne-pas-repondre|support|aide|assistance|presse|communication|education|jeunesse|formation|bureau)"
)
_ACCOUNTS = frozenset({"git", "gitea", "gitlab", "forgejo"})
"""A forge's own, as in « ssh://git@forge.example/x.git »: nobody is written to there."""
_LOOSE = re.compile(r"\A[\w.+-]+\s(?:at|chez)\s", re.IGNORECASE)
"""Words of any sentence: what follows has to be a provider of boxes."""
_HANDLE = re.compile(r"\s@\S+\.[^.\s]{5,}\Z")
"""« le @cpc.valbrune » is an account."""
_IDENTIFIER = re.compile(r"(?:uid|message-id|guid|\bid)\W{0,3}[\w.+-]*\Z", re.IGNORECASE)
REMEDY = "donnez l'adresse de l'école ou du service"
DECLARE = f"{REMEDY}, ou ajoutez son domaine à domaines_courriel"


def mailbox(passage: Passage, domains: Collection[str]) -> Iterator[Datum]:
    """Find the addresses that are neither the State's, nor of a declared domain, nor a service's."""
    if not any(sign in passage.plain for sign in ("@", "arobas", "[at]", "(at)", "[a]", "(a)", "chez", " at ")):
        return
    for found in _ADDRESS.finditer(passage.text):
        local = folded(found[1])
        domain = re.sub(_DOT, ".", found[2].lower(), flags=re.IGNORECASE)
        if "@" not in found[0] and not re.search(r"\.(?:[a-z]{2,6})$", domain):
            continue
        if (_LOOSE.search(found[0]) or _HANDLE.search(found[0])) and not _PROVIDERS.fullmatch(domain):
            continue
        is_identifier = _IDENTIFIER.search(passage.text[max(0, found.start() - 12) : found.end(1)])
        if local in _ACCOUNTS and not _PROVIDERS.fullmatch(domain):
            continue
        if is_identifier or not _is_personal(local, domain, domains):
            continue
        remedy = REMEDY if _PROVIDERS.fullmatch(domain) else DECLARE
        yield Datum("R31", *found.span(), f"adresse électronique personnelle « •••@{_tail(domain)} »", remedy)


def _is_personal(local: str, domain: str, domains: Collection[str]) -> bool:
    """Tell whether an address may be somebody's own; in doubt it is."""
    if _PROVIDERS.fullmatch(domain):
        return True  # even declared: no domain that everybody shares is an institution's
    if _STATE.fullmatch(domain) or any(domain == d or domain.endswith(f".{d}") for d in domains):
        return False
    parts = re.split(r"[._+-]", local)
    if any(is_first_name(part) for part in parts):
        return True
    return not (_FUNCTION.fullmatch(parts[0]) or _FUNCTION.fullmatch(re.sub(r"\d", "", parts[-1])))


def _tail(domain: str) -> str:
    """Return a domain that many share; another one may hold a family's name."""
    return domain if _PROVIDERS.fullmatch(domain) else f"•••.{domain.rsplit('.', 1)[-1]}"
