"""A correspondent: a source of its own that a school declares, and what the newsdesk may take from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

KINDS = ("git", "rss", "ics", "dossier", "gazette")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = 65_536
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z]{2,8})://(?:(?P<user>[^/@:?#]+)(?P<word>:[^/@?#]*)?@)?"
    r"(?P<host>[^/@:?#\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#].*)?\Z"
)
_ACCOUNT = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_SCP = re.compile(r"(?:[a-z_][a-z0-9_-]{0,31}@)?[A-Za-z0-9][A-Za-z0-9.-]{0,252}:(?!//)[A-Za-z0-9._~/+-]{1,500}\Z")
"""``git@forge.example:ecole/journal.git``."""
_HOST = re.compile(r"\A[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?\Z")
_BRANCH = re.compile(r"\A[A-Za-z0-9_](?:[A-Za-z0-9._/-]{0,98}[A-Za-z0-9_-])?\Z")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """One source of one school."""

    uai: str
    kind: str
    """git, rss, ics, dossier or gazette."""
    url: str
    fils: tuple[str, ...]
    """What it may feed, books by « cahiers/<nom> »; the first takes what names none."""
    branch: str = ""
    folder: str = ""
    """Within a repository or a shared folder."""
    is_trusted: bool = False
    """``moderation: a_posteriori``: what comes is accepted at once, and judged afterwards."""
    authorised_by: str = ""
    """Role that allowed the school's ENT or blog; only the inspector's counts."""
    authorised_on: date | None = None

    @property
    def key(self) -> str:
        """Return what names it in the lock file: its school, kind and address, without credentials."""
        rest = "".join(f"#{part}" for part in (self.branch, self.folder) if part)
        return f"{self.uai} {self.kind} {self.url}{rest}"

    def is_authorised(self, day: date) -> bool:
        """Tell whether the inspector allowed it by that day."""
        return self.authorised_by == "ien" and self.authorised_on is not None and self.authorised_on <= day


def address_fault(kind: str, url: str) -> str:
    """Return why an address cannot be a source's, in French; "" when it can."""
    if not url.isprintable() or any(c.isspace() or c in "\\<>\"'`" for c in url) or url.startswith("-"):
        return "adresse qui contient un espace ou un caractère interdit"
    if is_path(url):
        return "" if kind in {"git", "dossier"} else "un chemin ne va qu’avec git ou dossier"
    if kind == "dossier":
        return "un dossier partagé est un chemin : absolu, ou d’ici (../partage/ecole)"
    if kind == "git" and "://" not in url:
        return "" if _SCP.match(url) else "adresse ni https, ni ssh"
    return _remote_fault(kind, url)


def _remote_fault(kind: str, url: str) -> str:
    parts = _ADDRESS.match(url)
    if parts is None:
        return "adresse illisible"
    scheme, user, word, host, port = parts.group("scheme", "user", "word", "host", "port")
    is_local = scheme == "http" and host in LOOPBACK  # refused again by the client, but where a test allows it
    if scheme not in ({"https", "ssh"} if kind == "git" else {"https"}) and not is_local:
        return "adresse ni https, ni ssh" if kind == "git" else "adresse qui n’est pas en https"
    if word is not None or (user is not None and scheme != "ssh"):
        return "adresse qui contient un identifiant ou un mot de passe"
    if kind == "git" and {"?", "#"} & set(url):  # where a token would be; git gives it to its own as an argument
        return "adresse de dépôt qui contient « ? » ou « # »"
    if user is not None and not _ACCOUNT.fullmatch(user):
        return "compte ssh illisible"
    if not _HOST.match(host) or (port is not None and not 0 < int(port) < PORTS):
        return "nom de machine illisible"
    return ""


def is_path(url: str) -> bool:
    """Tell whether the address is a path on this machine: absolute, or from the content folder."""
    return url.startswith(("/", "./", "../"))


def branch_fault(branch: str) -> str:
    """Return why a name cannot be a branch's, in French; "" when it can (git-check-ref-format, and stricter)."""
    is_good = _BRANCH.match(branch) and not re.search(r"\.\.|//|/\.|\.lock(?:/|\Z)|\./|\Arefs/", branch)
    return "" if not branch or is_good else "nom de branche interdit"


def folder_fault(folder: str) -> str:
    """Return why a path cannot be a folder within a source, in French; "" when it can."""
    parts = folder.split("/")
    is_good = folder.isprintable() and not {"", ".", ".."} & set(parts) and "\\" not in folder
    return "" if not folder or is_good else "chemin de dossier interdit"
