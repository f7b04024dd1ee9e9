"""How letters leave: ``LETTRE`` in ``publishconf.py``; the password stands in the environment alone."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError
from gazette.model.week import Week
from gazette.settings import declared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from gazette.model.newsroom import Newsroom

KEYS = ("smtp", "chiffrement", "utilisateur", "de", "repondre", "desabonnement", "sauf")
SECURITIES = ("starttls", "tls", "aucun")
PASSWORD = "GAZETTE_SMTP_MOT_DE_PASSE"  # noqa: S105  # the name of the variable that holds it
_SERVER = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):(?P<port>[0-9]{1,5})", re.ASCII)
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/?&=%{}-]*)?", re.ASCII)
_MAILTO = re.compile(r"mailto:(?P<address>[^?]+)(?:\?subject=[A-Za-z0-9._~%{}-]+)?", re.ASCII)


LONGEST = 900
"""Characters of an address: a header's line has 998 (RFC 5322, section 2.1.1)."""


@dataclass(frozen=True, slots=True)
class Post:
    """Who sends, through which server."""

    sender: str
    reply_to: str
    unsubscribe: str
    """A ``mailto:`` or ``https:`` address, in which ``{uai}`` stands for the school's code."""
    host: str
    """"": letters may be written, not sent."""
    port: int
    security: str
    """One of ``SECURITIES``."""
    user: str
    """"": the server asks for no password."""
    spared: frozenset[str]
    """Codes of the schools that asked for no letter."""


def post(settings: Path, newsroom: Newsroom) -> Post:
    """Return what the settings say; ``ConfigurationError`` tells the first thing that is wrong."""
    found = declared(settings, "LETTRE", KEYS, "au moins « de » et « desabonnement »")
    sender = _function(newsroom, "de", found.get("de", ""))
    host, port = _server(str(found.get("smtp", "")))
    return Post(
        sender,
        _function(newsroom, "repondre", found.get("repondre", sender)),
        _unsubscribe(newsroom, str(found.get("desabonnement", ""))),
        host,
        port,
        _security(found, host),
        str(found.get("utilisateur", "")),
        frozenset(found.get("sauf", ())),
    )


def check_sending(
    post: Post, label: str, day: datetime, now: datetime, uncommitted: int | None, environment: Mapping[str, str]
) -> str:
    """Return the server's password; ``ConfigurationError`` when this letter may not leave: it cannot be called back."""
    week = Week.named(label)
    if not post.host:
        raise ConfigurationError("LETTRE : « smtp » manque ; donnez serveur:port")
    if post.user and not environment.get(PASSWORD):
        raise ConfigurationError(f"LETTRE : le mot de passe de « {post.user} » manque ; donnez-le dans {PASSWORD}")
    if day > now:
        raise ConfigurationError(f"jour à venir ({day:%d/%m/%Y}) : une lettre ne s’envoie pas d’avance")
    if week is None or week.closing > day:
        raise ConfigurationError(f"{label} n’est pas finie : sa lettre part à partir du vendredi, 16 h")
    if uncommitted != 0:
        told = f"{uncommitted} fichier(s) pas encore enregistré(s) dans git" if uncommitted else "contenu hors de git"
        raise ConfigurationError(f"{told} : une lettre ne raconte que ce qui est enregistré")
    return environment.get(PASSWORD, "")


def _function(newsroom: Newsroom, key: str, address: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if not newsroom.is_institutional(str(address)):
        raise ConfigurationError(
            f"LETTRE : « {key} » attend une adresse de fonction, d’un domaine de la circonscription"
        )
    return str(address)


def _unsubscribe(newsroom: Newsroom, address: str) -> str:
    mail = _MAILTO.fullmatch(address)
    is_lawful = bool(_HTTPS.fullmatch(address)) or bool(mail and newsroom.is_institutional(mail["address"]))
    if len(address) > LONGEST or not is_lawful:
        wanted = "mailto:adresse-de-fonction?subject=… ou https://…"
        raise ConfigurationError(f"LETTRE : « desabonnement » attend {wanted} (avec {{uai}} pour le code de l’école)")
    return address


def _server(text: str) -> tuple[str, int]:
    if not text:
        return "", 0
    found = _SERVER.fullmatch(text)
    if not found or not 0 < int(found["port"]) <= 65535:  # noqa: PLR2004  # ports
        raise ConfigurationError(f"LETTRE : « smtp » attend serveur:port, et non « {text} »")
    return found["host"].strip("[]"), int(found["port"])


def _security(found: Mapping[str, Any], host: str) -> str:
    chosen = str(found.get("chiffrement", "aucun" if _is_here(host) else "starttls"))
    if chosen not in SECURITIES:
        raise ConfigurationError(
            f"LETTRE : chiffrement inconnu « {chosen} » ; choisissez parmi : {', '.join(SECURITIES)}"
        )
    if chosen == "aucun" and host and not _is_here(host):
        raise ConfigurationError("LETTRE : sans chiffrement, le serveur ne peut être que sur cette machine")
    return chosen


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
