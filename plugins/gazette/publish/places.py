"""Kinds of targets: what each asks of ``publishconf.py``, and the place it makes of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gazette.errors import ConfigurationError
from gazette.publish.archive import Archive
from gazette.publish.local import LocalDisk
from gazette.publish.ordered import Ordered
from gazette.publish.pages import Pages
from gazette.publish.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of target."""

    make: Callable[[Mapping[str, Any], str], Any]
    """Makes the place of an edition out of settings."""
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    """Settings it may have beside ``type``, ``editions`` and those it needs."""
    is_remote: bool = True
    is_for_one: bool = True
    """Whether each edition needs a place of its own."""
    is_live: bool = True
    """Whether readers see at once what is put there."""

    def check(self, name: str, settings: Mapping[str, Any]) -> None:
        """Refuse settings that lack something, or that nothing reads."""
        known = {"type", "editions", *self.needs, *self.takes}
        own = settings.get("editions")
        parts: list[Mapping[str, Any]] = list(own.values()) if isinstance(own, dict) else []
        strange = sorted({key for part in (settings, *parts) for key in part} - known)
        if strange:
            told = ", ".join(sorted(known))
            raise ConfigurationError(f"cible {name} : réglage inconnu « {strange[0]} » ; réglages : {told}")
        for part in parts or [{}]:
            for key in self.needs:
                if not {**settings, **part}.get(key):
                    raise ConfigurationError(f"cible {name} : il manque {_WORDS.get(key, key)}")

    def place(self, name: str, settings: Mapping[str, Any], edition: str) -> Any:  # noqa: ANN401  # a Place
        """Return where an edition goes."""
        known = {k: v.replace("{edition}", edition) if isinstance(v, str) else v for k, v in settings.items()}
        try:
            return self.make(known, edition)
        except KeyError as error:
            raise ConfigurationError(f"cible {name} : il manque {error}") from error


_WORDS = {"dossier": "où publier : dites-le par --vers DOSSIER, ou dans publishconf.py (dossier)"}


def _local(settings: Mapping[str, Any], _: str) -> Releases:
    return Releases(LocalDisk(Path(settings["dossier"]).resolve()))


def _ssh(settings: Mapping[str, Any], _: str) -> Releases:
    from gazette.publish.ssh import Host, SshDisk  # noqa: PLC0415  # asyncssh takes 0.2 s to import

    known = settings.get("hotes_connus", "~/.ssh/known_hosts")
    return Releases(
        SshDisk(
            Host(
                settings["hote"],
                settings["utilisateur"],
                int(settings.get("port", 22)),
                settings["dossier"].rstrip("/"),
                _path(settings.get("cle", "")),
                _path(known),
            )
        )
    )


def _path(text: str) -> str:
    """Return a path of this machine; ``~`` and variables of the environment stand for what they mean in a shell."""
    return os.path.expandvars(Path(text).expanduser()) if text else ""


def _webdav(settings: Mapping[str, Any], _: str) -> Ordered:
    from gazette.publish.webdav import WebDav  # noqa: PLC0415  # urllib3, for nothing elsewhere

    password = _secret(settings["mot_de_passe_dans"], "mot de passe")
    return Ordered(WebDav(_sealed(settings["adresse"]), settings["utilisateur"], password))


def _s3(settings: Mapping[str, Any], _: str) -> Ordered:
    from gazette.publish.s3 import S3, Key  # noqa: PLC0415  # as above

    name, secret = (_secret(settings[f"{word}_dans"], word) for word in ("cle", "secret"))
    bucket = settings["seau"]
    notes = settings.get("seau_notes", f"{bucket}-gazette")
    if notes == bucket:
        raise ConfigurationError(f"seau {bucket} : les notes de Gazette vont dans un autre seau que le site")
    key = Key(name, secret, settings.get("region", "us-east-1"))
    return Ordered(S3(_sealed(settings["adresse"]), bucket, notes, key, settings.get("prefixe", "")))


def _secret(variable: str, word: str) -> str:
    """Return a secret of the environment."""
    found = os.environ.get(variable, "")
    if not found:
        raise ConfigurationError(f"la variable {variable} ne tient pas de {word}")
    return found


def _sealed(address: str) -> str:
    """Return an address where a secret may be sent: https, or this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise ConfigurationError(
            f"{parts.scheme or 'sans protocole'}://{parts.hostname} : il faut une adresse en https"
        )
    if parts.username or parts.password:
        raise ConfigurationError(f"{parts.hostname} : pas de mot de passe dans l'adresse ; nommez une variable")
    return address


def _pages(settings: Mapping[str, Any], _: str) -> Pages:
    return Pages(Path(settings["dossier"]).resolve())


def _archive(settings: Mapping[str, Any], edition: str) -> Archive:
    return Archive(Path(settings["dossier"]).resolve() / f"gazette-{edition}.zip")


KINDS: dict[str, Kind] = {
    "local": Kind(_local, ("dossier",), is_remote=False, is_for_one=False),
    "ssh": Kind(_ssh, ("hote", "utilisateur", "dossier"), ("port", "cle", "hotes_connus"), is_for_one=False),
    "webdav": Kind(_webdav, ("adresse", "utilisateur", "mot_de_passe_dans")),
    "s3": Kind(_s3, ("adresse", "seau", "cle_dans", "secret_dans"), ("region", "prefixe", "seau_notes")),
    "pages": Kind(_pages, ("dossier", "editions"), is_live=False),
    "zip": Kind(_archive, ("dossier",), is_live=False),
}
"""By the word that ``type`` says."""
