"""An approval: a role's word on a text as it stands, pinned to its digest, and who may give it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.read.frontmatter import front_matter, with_line_feeds
from gazette.read.signature import signature
from gazette.state import write_whole
from gazette.write.header import changed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Fil, Newsroom, Role

OWNERS_HEAD = """\
# Qui approuve quoi : écrit par « ./gazette valider --proprietaires » d'après circonscription.yml.
# La forge demande leur accord avant toute fusion dans la branche protégée.
"""
REGISTER = "ien"
"""The role that answers for registers and configuration, in every circonscription."""


def approver(newsroom: Newsroom, fil: Fil, role: str, committer: str) -> Role:
    """Return the role that approves; ``ConfigurationError`` where the fil or the committer does not allow it."""
    allowed = [r for name in fil.approvers if (r := newsroom.role(name))]
    held = [r for r in allowed if committer and committer.lower() in {c.lower() for c in r.committers}]
    names = ", ".join(r.name for r in allowed)
    if role and role not in fil.approvers:
        raise ConfigurationError(f"« {role} » n'approuve pas le fil « {fil.title} » ; demandez à : {names}")
    if role and not any(r.name == role for r in held):
        raise ConfigurationError(_unknown(committer, role))
    if not held:
        raise ConfigurationError(_unknown(committer, names))
    return next((r for r in held if r.name == role), held[0])


def _unknown(committer: str, role: str) -> str:
    if not committer:
        return f"git ne dit pas qui vous êtes ({role}) ; donnez-lui votre adresse : git config user.email …"
    remedy = "réglez-la (git config user.email …), ou ajoutez-la à roles: … commits: dans circonscription.yml"
    return f"votre adresse git n'est pas celle de ce rôle ({role}) ; {remedy}"


def approve(content: Path, newsroom: Newsroom, entry: Entry, role: str, committer: str, day: date) -> Role:
    """Write ``validation`` into the entry and publish what waited for review; return the role that signed.

    The digest is of what the file holds now, so that any later change makes the approval stale (rule R5).
    """
    fil = newsroom.fil(entry.folder)
    if fil is None:
        raise ConfigurationError(f"{entry.path} : seuls les textes d'un fil s'approuvent")
    signer = approver(newsroom, fil, role, committer)
    if entry.status == "brouillon":
        remedy = "son auteur écrit statut: relecture quand il est prêt"
        raise ConfigurationError(f"{entry.path} est encore un brouillon ; {remedy}")
    path = content / entry.path
    data = path.read_bytes()
    if hashlib.sha256(with_line_feeds(data.decode("utf-8-sig")).encode()).digest() != _read(entry):
        raise ConfigurationError(f"{entry.path} vient de changer ; relisez-le avant de l'approuver")
    text = changed(data.decode("utf-8-sig"), {"statut": "publie"})
    digest = signature(entry, front_matter(with_line_feeds(text)).values, text.encode())
    record = {"par": signer.name, "le": day.isoformat(), "empreinte": digest}
    write_whole(path, changed(text, {"validation": record}).encode())
    return signer


def _read(entry: Entry) -> bytes:
    """Return the digest of the text that was read and judged."""
    return hashlib.sha256(entry.source.encode()).digest()


def owners(newsroom: Newsroom, prefix: str) -> str:
    """Return CODEOWNERS: the committers of each fil's approvers; ``prefix`` is the content folder in the repository."""
    everything = _addresses(newsroom, (REGISTER,))
    rows = [("*", everything), (f"/{prefix}circonscription.yml", everything), (f"/{prefix}registres/", everything)]
    rows += [(f"/{prefix}{fil.name}/", _addresses(newsroom, fil.approvers)) for fil in newsroom.fils]
    known = {}
    for path, addresses in rows:
        if not addresses:
            what, role = ("les registres", f"au rôle {REGISTER}") if path == "*" else (path, "à l'un de ses rôles")
            remedy = f"dans circonscription.yml, ajoutez {role} commits: [l'adresse que git connaît de qui l'exerce]"
            raise ConfigurationError(f"personne ne peut approuver {what} : aucun rôle n'a d'adresse git ; {remedy}")
        known[path] = addresses
    width = max(map(len, known))
    lines = (f"{path.ljust(width)} {' '.join(addresses)}" for path, addresses in known.items())
    return OWNERS_HEAD + "\n".join(lines) + "\n"


def _addresses(newsroom: Newsroom, roles: tuple[str, ...]) -> list[str]:
    found = (c for name in roles if (r := newsroom.role(name)) for c in r.committers)
    return list(dict.fromkeys(found))
