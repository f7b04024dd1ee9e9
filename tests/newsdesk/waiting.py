"""A circonscription where dépêches wait, and somebody to answer to them."""

import os
import subprocess
from datetime import date
from pathlib import Path

from gazette.model.depeche import Depeche, Illustration, Provenance, waiting
from gazette.moderation import Moderator
from tests.samples import Site, sample_newsroom

UAI = "0869001S"
DAY = date(2026, 11, 23)
PICTURE = b"\xff\xd8\xff une image"
SOURCE = "https://petit-pont.example/flux.xml"


def depeche(name: str = "2026-11-20-jardin", body: str = "Nous avons semé des fèves.", **facts: object) -> Depeche:
    """Return a dépêche of the fixture's school, its digest told as the newsdesk tells it."""
    seen, identity = str(facts.pop("seen", "2026-11-21")), str(facts.pop("id", "17"))
    plain = {
        "uai": UAI,
        "name": name,
        "fil": "actualites",
        "title": "Un jardin partagé",
        "date": "2026-11-20",
        "summary": "Les semis du cycle 2.",
        "body": body,
        "origin": Provenance(SOURCE, "e1", "https://petit-pont.example/jardin", identity, seen, ""),
    }
    made = Depeche(**(plain | facts))  # type: ignore[arg-type]
    origin = Provenance(SOURCE, "e1", made.origin.link, identity, seen, made.digest)
    return Depeche(**({k: getattr(made, k) for k in Depeche.__dataclass_fields__} | {"origin": origin}))


def with_picture(**facts: object) -> Depeche:
    """Return a dépêche with a picture in its text."""
    body = 'Nous avons semé.\n\n![Un semis](0a1b.jpg "Le semis")\n\nPuis arrosé.'
    return depeche(body=body, images=(Illustration("0a1b.jpg", "Un semis", "Le semis"),), **facts)


def put(site: Site, *items: Depeche) -> None:
    """Let dépêches wait, their pictures in the quarantine."""
    for item in items:
        site.write(waiting(item.uai, item.name), item.text())
        for image in item.images:
            folder = site.content.parent / "quarantaine"
            folder.mkdir(exist_ok=True)
            (folder / image.file).write_bytes(PICTURE)


def somebody(content: Path, role: str = "cpc") -> Moderator:
    """Return who moderates."""
    return Moderator(content, sample_newsroom(), DAY, content.parent / "quarantaine", role)


def tree(content: Path) -> dict[str, bytes]:
    """Return the files of the dépêches and their register, by path."""
    found = [*(content / "depeches").rglob("*"), content / "registres" / "decisions.yml"]
    return {p.relative_to(content).as_posix(): p.read_bytes() for p in sorted(found) if p.is_file()}


def git(folder: Path, *words: str) -> str:
    """Run git without anything of this machine's settings."""
    nobody = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    done = subprocess.run(
        ["git", "-C", str(folder), *words], env=os.environ | nobody, capture_output=True, text=True, check=True
    )
    return done.stdout


def repository(content: Path, address: str = "") -> None:
    """Put the content in a repository, committed by somebody."""
    git(content, "init", "--quiet", "--initial-branch=main")
    git(content, "add", "--all")
    git(content, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "Début")
    if address:
        git(content, "config", "user.name", "Une CPC")
        git(content, "config", "user.email", address)
