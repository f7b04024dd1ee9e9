"""How each source is: last success, faults in a row, what it holds, when it is asked again, and what to do about it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.fault import FetchError

FILE = "collecte.json"
FIRST_WAIT, LONGEST_WAIT = 900.0, 86_400.0
"""Seconds before a source that failed is asked again; doubled at each failure."""
DEAD_DAYS = 7
"""Days without success after which a school is written to."""
REMEDIES = {
    "RES-01": "vérifiez le nom du site dans l’adresse de la source",
    "RES-02": "donnez l’adresse publique du site : une adresse interne n’est pas lisible d’ici",
    "RES-03": "publiez le flux à son adresse ordinaire, sans numéro de port",
    "RES-04": "le site répond trop lentement : signalez-le à son hébergeur",
    "RES-05": "recopiez l’adresse où mène la redirection",
    "RES-06": "donnez une adresse en https, sans mot de passe",
    "RES-07": "signalez à l’hébergeur que son cache répond de travers",
    "RES-08": "signalez à l’hébergeur que sa compression est abîmée",
    "RES-09": "limitez le flux à ses derniers articles, et les images à 20 Mo",
    "RES-10": "signalez à l’hébergeur que le document est coupé",
    "RES-11": "le site dit que cette adresse n’existe plus : retirez la source de l’annuaire, ou donnez la nouvelle",
    "RES-12": "ouvrez l’adresse dans un navigateur : elle doit s’afficher sans mot de passe",
    "RES-16": "le site est en panne : si cela dure, signalez-le à son hébergeur",
    "RES-17": "rien à faire : le site demande d’attendre, la relève attend",
    "RES-13": "faites renouveler le certificat du site par son hébergeur",
    "RES-14": "vérifiez que le site est en ligne",
    "RES-15": "signalez à l’hébergeur que l’adresse ne mène pas à un site",
    "GIT-01": "la forge répond trop lentement : signalez-le à son hébergeur",
    "GIT-02": "gardez dans le dépôt les articles et leurs images seulement, ou donnez leur dossier (dossier:)",
    "GIT-03": "vérifiez le nom du dossier (dossier:) ; s’il est bon, faites réparer le dépôt (git fsck)",
    "GIT-04": "vérifiez le nom de la branche, et que le dépôt contient un premier article",
    "GIT-05": "vérifiez l’adresse du dépôt, et qu’il est lisible sans mot de passe",
    "GIT-06": "faites vérifier la clé ou le certificat de la forge",
    "GIT-07": "recopiez la nouvelle adresse du dépôt",
    "GIT-08": "il n’y a plus de place sur la machine qui relève : libérez-en",
    "GIT-09": "vérifiez que le dépôt se lit d’ailleurs ; sinon signalez-le à la forge",
    "FLX-01": "donnez l’adresse du flux ou de l’agenda lui-même (souvent /feed, .xml ou .ics), pas celle d’une page",
    "FLX-02": "limitez le flux à ses derniers articles",
    "FLX-03": "relevez cette source en ligne, une fois, sur cette machine",
    "FLX-04": "retirez de l’annuaire cette source, qui est la circonscription elle-même",
    "FLX-05": "demandez à cette Gazette de publier ses fils à l’adresse de son site",
    "FLX-06": "vérifiez avec elle son « identifiant », dans circonscription.yml, et l’adresse de la source",
    "DOS-01": "vérifiez le chemin du dossier, et que cette machine peut le lire",
    "DOS-02": "gardez dans le dossier les articles et leurs images seulement",
    "DOS-03": "permettez ce dossier (SOURCES, dans publishconf.py), ou déplacez-le",
    "DOS-04": "raccourcissez les articles, ou répartissez-les entre deux sources",
}
OTHER = "signalez-le à l’équipe de circonscription"
"""Where a code is none of this version's."""


@dataclass(frozen=True, slots=True)
class Health:
    """One source, as the last runs found it."""

    success: str = ""
    """Day and hour of the last success, in Paris; "" before the first."""
    since: str = ""
    """Day and hour of the first of the failures in a row."""
    faults: int = 0
    code: str = ""
    fault: str = ""
    """In French; never an address nor what a server wrote."""
    until: str = ""
    """Day and hour before which it is not asked again."""
    is_gone: bool = False
    seen: int = 0
    kept: int = 0
    refused: int = 0
    held: str = ""
    notes: tuple[str, ...] = ()

    def is_due(self, now: dt.datetime) -> bool:
        """Tell whether it may be asked now."""
        return not self.is_gone and (not self.until or now.isoformat() >= self.until)

    def gone(self) -> Health:
        """Return its health once it said that it is no more, on whichever machine it did."""
        return self if self.is_gone else replace(self, is_gone=True, code="RES-11", fault="n’existe plus (410)")

    def failed(self, error: FetchError, now: dt.datetime) -> Health:
        """Return its health after a failure: what it gave stays, and it is asked again later and later."""
        wait = max(min(FIRST_WAIT * 2 ** min(self.faults, 10), LONGEST_WAIT), error.wait)
        return replace(
            self,
            since=self.since or now.isoformat(),
            faults=self.faults + 1,
            code=error.code,
            fault=str(error),
            until=(now + dt.timedelta(seconds=wait)).isoformat(),
            is_gone=error.is_gone,
        )


def remedy(code: str) -> str:
    """Return what to do about a fault, in French."""
    return REMEDIES.get(code, OTHER)


def load(state: Path) -> dict[str, Health]:
    """Return the health of the sources by their keys; empty when nothing is remembered: it costs one more question."""
    try:
        rows = json.loads((state / FILE).read_text("utf-8"))
        return {key: Health(**row | {"notes": tuple(row["notes"])}) for key, row in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def dumped(found: dict[str, Health]) -> str:
    """Return what ``load`` reads."""
    return json.dumps({key: asdict(one) for key, one in sorted(found.items())}, ensure_ascii=False, indent=1) + "\n"


def ailing(found: Iterable[tuple[Correspondent, Health]], now: dt.datetime) -> list[tuple[Correspondent, Health]]:
    """Return the sources whose school is to be written to: gone, or without success for a week."""
    limit = (now - dt.timedelta(days=DEAD_DAYS)).isoformat()
    return [(one, health) for one, health in found if health.is_gone or (health.since and health.since < limit)]
