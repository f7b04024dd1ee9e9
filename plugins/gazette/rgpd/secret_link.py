"""No link holds the key of who copied it: a session, a token, a password (rule R61; OWASP ASVS 5.0, 14.2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazette.rgpd.datum import Datum
from gazette.rgpd.percent import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.rgpd.passage import Passage

_SIGN = re.compile(r"://|[/?&;#][\w%.-]{1,60}=")
"""Stands in each link that could; most texts are asked nothing more."""
_LINK = re.compile(r"[^\s<>\"'()\[\]{}|]+")
_PARAMETER = re.compile(r"[/?&;#]([\w.-]{1,60})=")
_END = re.compile(r"[&;#`]")
_USER = re.compile(r"://[^/?#@\s]{0,100}:([^/?#@\s]{1,200})@")
_GIVEN = re.compile(
    r"(?:token|jeton|sess(?:ion)?id|sesskey|password|passwd|passphrase|motdepasse|mdp|secret|signature|apikey|credentials?)\Z"
    r"|\A(?:pwd|jwt|zak|icalsecurise|edit2|samlresponse)\Z"
)
"""Names, small and without signs, of what lets in whoever has it, whatever it looks like."""
_MAYBE = frozenset("key cle sid sig auth authkey hmac ticket session pass tk".split())
"""Names that public pages use too (« ?key=fluence », « ?session=2026 »): there, a secret is known by its look."""
_PUBLIC = re.compile(r"(?:page|continuation|share|public|csrf)token\Z")
"""Tokens that open nothing, or that were made to be given."""
_SHARED = re.compile(r"://(?:docs|drive)\.google\.com/|://1drv\.ms/|://onedrive\.live\.com/", re.IGNORECASE)
"""Where ``key`` and ``authkey`` say which document is shared."""
_MEETING = re.compile(r"://(?:[\w-]+\.)*zoom\.(?:us|com)/", re.IGNORECASE)
"""Where ``pwd`` invites whoever has the link."""
_SHAPES = re.compile(
    r"\beyJ[\w-]{10,300}\.eyJ|\b(?:gh[pousr]_|github_pat_|glpat-|glrt-)\w{16}|\bAKIA[0-9A-Z]{16}\b|\bST-\d+-[\w.-]{8}"
    r"|/private-[0-9a-f]{16,80}/"
)
"""A JSON Web Token, tokens of forges and clouds, a ticket of CAS, the secret address of a Google calendar."""
_EXAMPLE = re.compile(
    r"(?:x{3,}|\*+|•+|[<${].*|\w{0,8}(?:…|\.{3})|(?:(?:votre|mon|un|le|your|my)[_-]?)?"
    r"(?:token|jeton|secret|code|cl[ée]|key|mot[_-]?de[_-]?passe|mdp|pass(?:word)?|session|exemple|example|valeur|value))"
)
"""What stands for a secret in an explanation."""
_SHORTEST, _LONGEST = 4, 500
"""Characters of a secret, and those that are looked at."""
_RUN = re.compile(r"[\w+/=-]{16,}")
_TURN = re.compile(r"[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])")
_TURNS = 4
"""Between letters and digits, small letters and capitals: no word, date or number has so many."""
REMEDY = (
    "copiez l'adresse sans être connecté, ou le lien de partage ; puis déconnectez-vous de ce service, ou changez "
    "ce code : d'autres ont pu le lire ici"
)
INVITATION = "laissez-le si tout lecteur peut entrer ; sinon retirez « pwd=… », et envoyez le code à part"


def secret_link(passage: Passage) -> Iterator[Datum]:
    """Find links that let in whoever reads them, and tell what the key is called, never the key."""
    if "=" not in passage.text and "://" not in passage.text:
        return
    links = (found for bounds in passage.lines_of(_SIGN) for found in _LINK.finditer(passage.text, *bounds))
    for found in (found for found in links if _SIGN.search(found[0])):
        link = decoded(decoded(found[0]))  # a mail filter and a login page take the address of another one along
        names = [found[1] for found in _PARAMETER.finditer(link) if _is_secret(found, link)]
        user = _USER.search(link)
        if user and not _EXAMPLE.fullmatch(user[1].casefold()):
            yield Datum("R61", *found.span(), "lien qui porte un identifiant et un mot de passe", REMEDY)
        elif names == ["pwd"] and _MEETING.search(link):
            yield Datum("R61", *found.span(), "lien qui porte le code d'une réunion", INVITATION, is_warning=True)
        elif names or _SHAPES.search(link):
            what = f"un secret ({names[0]}=)" if names else "un jeton d'accès"
            yield Datum("R61", *found.span(), f"lien qui porte {what}", REMEDY)


def _is_secret(parameter: re.Match[str], link: str) -> bool:
    """Tell whether a parameter lets in whoever has it."""
    name = re.sub(r"[\W_]", "", parameter[1]).casefold()
    is_given = bool(_GIVEN.search(name)) and not _PUBLIC.search(name)
    if not is_given and name not in _MAYBE:
        return False
    value = _END.split(link[parameter.end() : parameter.end() + _LONGEST], maxsplit=1)[0]
    if len(value) < _SHORTEST or _EXAMPLE.fullmatch(value.casefold()):
        return False
    return is_given or (_is_drawn(value) and not _SHARED.search(link))


def _is_drawn(value: str) -> bool:
    """Tell whether a value looks drawn at random."""
    return any(len(_TURN.findall(run)) >= _TURNS and re.search(r"\d", run) for run in _RUN.findall(value))
