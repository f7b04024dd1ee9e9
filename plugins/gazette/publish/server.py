"""The web server of a circonscription: ``SERVEUR`` in ``publishconf.py`` says where it listens and whom it lets in."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from gazette.errors import ConfigurationError
from gazette.settings import declared, only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from gazette.model.newsroom import Newsroom

KEYS = ("dossier", "ecoute", "certificats", "defis", "relais", "acces")
_FOLDER = re.compile(r"/[A-Za-z0-9._/{}-]+", re.ASCII)
"""Of the server's machine; what nginx would read as anything but a path is refused."""
_GATEWAY = re.compile(r"http://[A-Za-z0-9.-]+(?::\d{1,5})?", re.ASCII)
_GROUP = re.compile(r"[A-Za-z0-9._@-]+", re.ASCII)
_LISTEN = re.compile(r"(?:(?P<host>[0-9.]+|\[[0-9a-f:]+\]):)?(?P<port>\d{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passwords:
    """One password a school."""

    file: str
    """Of the server's machine: a line a school, its code and what bcrypt makes of its password."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """Who logs in elsewhere (CAS, OpenID Connect), through oauth2-proxy or what speaks like it."""

    address: str
    groups: tuple[str, ...]
    """Who logs in is let in when one of them is theirs."""


@dataclass(frozen=True, slots=True)
class Network:
    """Whoever reads from these networks."""

    ranges: tuple[str, ...]


Access: TypeAlias = Passwords | Gateway | Network


@dataclass(frozen=True, slots=True)
class Server:
    """What the settings say."""

    folder: str
    """What ``publier --vers`` fills: ``<folder>/<edition>/`` is on line."""
    listen: str
    """As nginx writes it."""
    certificates: str
    """Folder with ``fullchain.pem`` and ``privkey.pem``, in which ``{hote}`` stands for the name; "": no TLS here."""
    challenges: str
    """Folder where who renews the certificates answers for these names, unencrypted (RFC 8555, 8.3); "": none."""
    relays: tuple[str, ...]
    """Networks of the proxies that speak TLS in our place, and tell from where one reads."""
    access: Mapping[str, Access]
    """By edition; the most open one may have none."""


def server(settings: Path, newsroom: Newsroom) -> Server:
    """Return what the settings say; ``ConfigurationError`` tells the first thing that is wrong, or left open."""
    found = declared(settings, "SERVEUR", KEYS, "« dossier » et « acces »")
    folder, certificates = _path(found, "dossier"), _path(found, "certificats", "")
    challenges, listen = _path(found, "defis", ""), str(found.get("ecoute", "443"))
    heard = _LISTEN.fullmatch(listen)
    if heard is None or not 0 < int(heard["port"]) <= 65535:  # noqa: PLR2004  # ports
        raise ConfigurationError(f"SERVEUR : « ecoute » attend un port, ou adresse:port, et non « {listen} »")
    relays = _ranges(found.get("relais", ()), "relais")
    is_here = heard["host"] is not None and ipaddress.ip_address(heard["host"].strip("[]")).is_loopback
    if not (certificates or relays or is_here):
        remedy = "donnez « certificats », ou « relais » si une autre machine parle https à votre place"
        raise ConfigurationError(f"SERVEUR : sans chiffrement, un mot de passe se lit en chemin ; {remedy}")
    accesses = _accesses(found, newsroom)
    return Server(folder.rstrip("/"), listen, certificates.rstrip("/"), challenges.rstrip("/"), relays, accesses)


def password_file(server: Server, edition: str) -> str:
    """Return the file of the passwords of an edition; ``ConfigurationError`` when it is not read with passwords."""
    access = server.access.get(edition)
    if not isinstance(access, Passwords):
        named = ", ".join(name for name, a in server.access.items() if isinstance(a, Passwords)) or "aucune"
        raise ConfigurationError(f"l'édition « {edition} » ne se lit pas par mot de passe (publishconf.py) : {named}")
    return access.file


def _accesses(found: Mapping[str, Any], newsroom: Newsroom) -> Mapping[str, Access]:
    """Return who is let in, edition by edition: all but the most open one must say so."""
    told = found.get("acces") or {}
    names = [a.name for a in newsroom.audiences]
    only(told, names, "SERVEUR, acces")
    open_ = [name for name in names[1:] if name not in told]
    if open_:
        remedy = "ecoles (un mot de passe par école), passerelle ou reseau"
        raise ConfigurationError(f"SERVEUR : l'édition {open_[0]} serait ouverte à tous ; dites qui y entre : {remedy}")
    return {name: _access(name, told[name]) for name in names if name in told}


def _access(name: str, told: Mapping[str, Any]) -> Access:
    kind = str(told.get("par", ""))
    if kind not in _KINDS:
        raise ConfigurationError(f"SERVEUR, acces, {name} : « par » attend {', '.join(_KINDS)}, et non « {kind} »")
    keys, make = _KINDS[kind]
    only(told, ("par", *keys), f"SERVEUR, acces, {name}")
    return make(told)


def _gateway(told: Mapping[str, Any]) -> Gateway:
    address, groups = str(told.get("adresse", "")).rstrip("/"), tuple(told.get("groupes") or ())
    if not _GATEWAY.fullmatch(address):
        raise ConfigurationError(f"SERVEUR : « adresse » attend http://machine:port, et non « {address} »")
    if not groups or not all(_GROUP.fullmatch(str(group)) for group in groups):
        raise ConfigurationError("SERVEUR : « groupes » dit qui entre par la passerelle ; sans lui, tout inscrit entre")
    return Gateway(address, groups)


def _ranges(told: Any, key: str) -> tuple[str, ...]:  # noqa: ANN401  # whatever a person wrote
    try:
        ranges = tuple(str(ipaddress.ip_network(str(text))) for text in told)
    except ValueError as error:
        raise ConfigurationError(f"SERVEUR : « {key} » attend des réseaux, comme 10.86.0.0/16 ({error})") from error
    if any(text.endswith("/0") for text in ranges):
        raise ConfigurationError(f"SERVEUR : « {key} » laisserait entrer le monde entier")
    return ranges


def _network(told: Mapping[str, Any]) -> Network:
    ranges = _ranges(told.get("adresses") or (), "adresses")
    if not ranges:
        raise ConfigurationError("SERVEUR : « adresses » manque : dites quels réseaux lisent")
    return Network(ranges)


def _passwords(told: Mapping[str, Any]) -> Passwords:
    return Passwords(_path(told, "fichier"))


_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], Access]]] = {
    "ecoles": (("fichier",), _passwords),
    "passerelle": (("adresse", "groupes"), _gateway),
    "reseau": (("adresses",), _network),
}
"""By the word that ``par`` says: what else it says, and what it makes."""


def _path(told: Mapping[str, Any], key: str, default: str | None = None) -> str:
    path = str(told.get(key, default or ""))
    if not _FOLDER.fullmatch(path) and path != default:
        raise ConfigurationError(f"SERVEUR : « {key} » attend un chemin du serveur, qui commence par /")
    return path
