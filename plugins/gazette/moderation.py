"""Who moderates answers for what is printed: accepts a dépêche, as it came or corrected, or refuses it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError
from gazette.model.decision import ACCEPTED, REFUSED, Decision
from gazette.model.depeche import Provenance, provenance
from gazette.model.text import clean_line
from gazette.newsdesk.commit import NOBODY, identity, is_tracked
from gazette.newsdesk.correction import Correction, correction, digests
from gazette.newsdesk.lock import held
from gazette.newsdesk.queue import Item, digest_of, queue
from gazette.newsdesk.ruling import Ruling, carry_out, pending, prepare
from gazette.read.explain import suggestion
from gazette.read.frontmatter import front_matter
from gazette.read.registers import decisions
from gazette.read.signature import signature
from gazette.write.approve import approver
from gazette.write.header import changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from gazette.model.entry import Entry
    from gazette.model.newsroom import Newsroom

PEOPLE = ("aucune", "non_identifiables", "adultes", "eleves")
DEFAULT_ROLE = "equipe"
REASON_LIMIT = 300
_PICTURE = re.compile(r"\A[0-9A-Za-z_-]{1,80}\.[a-z]{3,4}\Z")
"""A name in the quarantine, which no path hides in."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom a picture shows, as its moderator says."""

    people: str
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who answers to what waits, in one circonscription."""

    content: Path
    newsroom: Newsroom
    day: date
    quarantine: Path
    role: str
    doubt: str = ""
    """Why that role is the team's, when nobody asked for it and git's address is no role's; "" otherwise."""

    @property
    def signature(self) -> str:
        """Return the role that signs the answers, as people name it."""
        return next((r.label for r in self.newsroom.roles if r.name == self.role), self.role)

    def mend(self) -> str:
        """Finish what an earlier run left, and return what it was in French; "" when there was nothing."""
        with held(self.content):
            return self._mend()

    def items(self) -> list[Item]:
        """Return what waits, oldest first; ``ConfigurationError`` when the register of decisions cannot be believed."""
        decisions(self.content)
        return queue(self.content)

    def item(self, identity: str) -> Item:
        """Return what waits under this id; ``ConfigurationError`` when nothing does."""
        found = next((i for i in self.items() if i.id == identity), None)
        if found is None:
            remedy = "relisez ./gazette moderer --liste : elle a pu changer depuis, ou être déjà jugée"
            raise ConfigurationError(f"aucune dépêche en attente sous l’id « {identity} » · {remedy}")
        return found

    def approval(self, entry: Entry, text: str) -> dict[str, str] | None:
        """Return what an acceptance by this moderator writes as ``validation:``; None: its fil asks for nothing.

        None too when this role does not approve that fil, or git does not say it is theirs: the gate then refuses.
        """
        fil = self.newsroom.fil(entry.folder)
        if fil is None or fil.approval != "empreinte":
            return None
        address = identity(self.content)[1] if is_tracked(self.content) else ""
        try:
            signer = approver(self.newsroom, fil, self.role, address)
        except ConfigurationError:
            return None
        digest = signature(entry, front_matter(text).values, text.encode())
        return {"par": signer.name, "le": self.day.isoformat(), "empreinte": digest}

    def accept(
        self, item: Item, shown: Mapping[str, Shown], text: str = "", approval: Mapping[str, str] | None = None
    ) -> bool:
        """Accept a dépêche, with the text given instead of its own, and the pictures whose people are told.

        ``approval`` is what its fil asks for besides. Tell whether git has it in a commit.
        """
        origin, final = _origin(item), accepted_text(item, shown, text)
        final = changed(final, {"validation": dict(approval)}) if approval else final
        files = tuple(row["fichier"] for row in pictures(final))
        pinned = Decision(
            depeche=f"{item.uai}/{item.name}",
            source=origin.source,
            id=origin.id,
            digest=origin.digest,
            answer=ACCEPTED,
            day=self.day,
            role=self.role,
            edited=hashlib.sha256(final.encode()).hexdigest() if text else "",
            before=_before(item, final) if text else "",
            pictures=files,
        )
        found = {name: self.picture(name) for name in files}
        with held(self.content):
            self._mend()
            waiting = self.items()
            _check_same(item, next((other for other in waiting if other.id == item.id), None))
            left = self._left(item, "".join(other.text for other in waiting if other != item))
            judged = digest_of(self.content / item.path)
            return self._carry_out(Ruling(pinned, item.path, judged, item.target, final, found, left))

    def correction(self, item: Item) -> Correction | None:
        """Return what a moderator corrected in the version that stands, and the same done to this one; None: nothing.

        A new version of the school does not know of it: accepted as it came, it would undo it without a word.
        """
        origin = provenance(item.standing_text) if item.standing else None
        if origin is None or item.origin is None or origin.key != item.origin.key:
            return None
        judged = [d for d in decisions(self.content) if d.key == origin.key and d.digest == origin.digest]
        if not judged or not judged[-1].edited:
            return None
        try:
            standing, fresh = _comparable(item.standing_text), _comparable(item.text)
        except ConfigurationError:
            return Correction("", (), 0)
        return correction(judged[-1].before, standing, fresh)

    def refuse(self, item: Item, reason: str) -> bool:
        """Refuse a dépêche: it comes back only if its school changes it. Tell whether git has it in a commit."""
        return self.refuse_all([item], reason)

    def refuse_all(self, items: Sequence[Item], reason: str) -> bool:
        """Refuse dépêches of a school for one reason, in one commit; tell whether git has it."""
        reason = clean_line(reason)[:REASON_LIMIT]
        if not reason:
            raise ConfigurationError('un refus se motive : --motif "…", que l’école pourra lire')
        with held(self.content):
            self._mend()
            waiting, answered = {other.id: other for other in self.items()}, {item.id for item in items}
            others = "".join(other.text for other in waiting.values() if other.id not in answered)
            for item in items:
                _check_same(item, waiting.get(item.id))
            return self._carry_out(*(self._refusal(item, reason, others) for item in items))

    def _refusal(self, item: Item, reason: str, others: str) -> Ruling:
        origin = item.origin or Provenance(item.path, "", "", item.name, "", "")
        pinned = Decision(
            depeche=f"{item.uai}/{item.name}",
            source=origin.source,
            id=origin.id,
            digest=origin.digest,
            answer=REFUSED,
            day=self.day,
            role=self.role,
            reason=reason,
        )
        return Ruling(pinned, item.path, digest_of(self.content / item.path), quarantined=self._left(item, others))

    def has_picture(self, name: str) -> bool:
        """Tell whether a picture stands in the quarantine."""
        path = self.quarantine / name
        return bool(_PICTURE.match(name)) and not path.is_symlink() and path.is_file()

    def picture(self, name: str) -> Path:
        """Return where a picture of the quarantine stands; ``ConfigurationError`` when it is not there."""
        if not self.has_picture(name):
            remedy = "acceptez le texte seul, ou relancez ./gazette collecter"
            raise ConfigurationError(f"image « {clean_line(name)[:60]} » absente de la quarantaine · {remedy}")
        return self.quarantine / name

    def _carry_out(self, *rulings: Ruling) -> bool:
        prepare(self.content, *rulings)
        done = carry_out(self.content, *rulings)
        decisions(self.content)  # what was written is read back
        return done

    def _left(self, item: Item, others: str) -> tuple[Path, ...]:
        """Return the pictures of the quarantine that only this dépêche waits for, and none of the others' texts."""
        names = [row["fichier"] for row in pictures(item.text) if _PICTURE.match(row["fichier"])]
        return tuple(self.quarantine / name for name in names if name not in others)

    def _mend(self) -> str:
        left = pending(self.content)
        if not left:
            return ""
        carry_out(self.content, *left)
        verb = "acceptée" if left[0].decision.answer == ACCEPTED else "refusée"
        others = f" et {len(left) - 1} autre(s)" if len(left) > 1 else ""
        return (
            f"{left[0].decision.depeche}{others} avait été {verb}, et un arrêt l’avait laissée en chemin : c’est fait."
        )


def _check_same(item: Item, waits: Item | None) -> None:
    """Refuse to answer to what changed, or was answered to, since it was read."""
    if waits is None:
        remedy = "relisez ./gazette moderer --liste : elle a pu changer depuis, ou être déjà jugée"
        raise ConfigurationError(f"aucune dépêche en attente sous l’id « {item.id} » · {remedy}")
    if waits != item:
        raise ConfigurationError(f"{item.path} : elle a changé depuis · relisez-la")


def role_of(content: Path, newsroom: Newsroom, asked: str) -> tuple[str, str]:
    """Return the role that answers: the one asked for, else the committer's, else the team's and why, in French."""
    names = [r.name for r in newsroom.roles]
    if asked and asked not in names:
        raise ConfigurationError(f"rôle inconnu « {asked} » ; {suggestion(asked, names)}")
    who = identity(content) if is_tracked(content) else NOBODY
    address = who[1].lower()
    own = (r.name for r in newsroom.roles if address in {a.lower() for a in (*r.committers, r.email) if a})
    found = asked or next(own, "")
    nobody = "git ne dit pas qui vous êtes" if who == NOBODY else "votre adresse git n’est celle d’aucun rôle"
    return found or DEFAULT_ROLE, "" if found else nobody


def pictures(text: str) -> list[dict[str, Any]]:
    """Return the pictures that a text declares, each with at least the name of its file."""
    rows = front_matter(text).values.get("images")
    rows = rows if isinstance(rows, list) else []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("fichier"), str)]


def accepted_text(item: Item, shown: Mapping[str, Shown], text: str = "") -> str:
    """Return the file as it will stand: with the pictures whose people are told, and without the others.

    Who corrects a text may say whom its pictures show in it; what the source itself says of that is not believed.
    """
    final = text or item.text
    matter = front_matter(final)
    if matter.faults:
        fault = matter.faults[0]
        raise ConfigurationError(f"ligne {fault.line} · {fault.message} · {fault.remedy}  [{fault.code}]")
    if provenance(final) != _origin(item):
        raise ConfigurationError("« origine: » dit d’où vient la dépêche · laissez ces lignes comme elles sont")
    rows = pictures(final)
    unknown = sorted(shown.keys() - {row["fichier"] for row in rows})
    if unknown:
        raise ConfigurationError(f"--personnes : la dépêche n’a pas d’image « {unknown[0]} »")
    kept = [row for row in (_told(row, shown, is_edited=bool(text)) for row in rows) if row]
    dropped = {row["fichier"] for row in rows} - {row["fichier"] for row in kept}
    if rows:
        final = changed(final, {"images": kept or None})
    final = changed(final, {"statut": "publie"})
    for name in sorted(dropped):
        final = re.sub(rf'!\[[^\]\n]*\]\({re.escape(name)}(?:[ \t]+"[^"\n]*")?\)', "", final)
    return final


def _before(item: Item, final: str) -> str:
    """Return the digests of the lines as they would stand uncorrected; "" where those could not stand at all."""
    own = {row["fichier"] for row in pictures(item.text)}
    rows = [row for row in pictures(final) if row["fichier"] in own]
    shown = {row["fichier"]: Shown(row["personnes"], row.get("autorisation") or "") for row in rows}
    try:
        return digests(_comparable(accepted_text(item, shown)))
    except ConfigurationError:
        return ""


def _comparable(text: str) -> str:
    """Return a text without what each acceptance says anew: whom pictures show, who approves."""
    rows = [{k: v for k, v in row.items() if k not in {"personnes", "autorisation"}} for row in pictures(text)]
    return changed(text, {"images": rows or None, "validation": None, "statut": "publie"})


def _told(row: dict[str, Any], shown: Mapping[str, Shown], *, is_edited: bool) -> dict[str, Any] | None:
    """Return the declaration of a picture with whom it shows, or None when nobody says."""
    said = shown.get(row["fichier"])
    if said is None:
        return row if is_edited and row.get("personnes") in PEOPLE else None
    if said.people not in PEOPLE:
        raise ConfigurationError(f"--personnes : « {said.people} » ; {suggestion(said.people, PEOPLE)}")
    own = {key: value for key, value in row.items() if key not in {"personnes", "autorisation"}}
    return own | {"personnes": said.people} | ({"autorisation": said.authorisation} if said.authorisation else {})


def _origin(item: Item) -> Provenance:
    if item.origin is None:
        raise ConfigurationError(
            f"{item.path} : « origine: » y est illisible · refusez-la, ou relancez ./gazette collecter"
        )
    return item.origin
