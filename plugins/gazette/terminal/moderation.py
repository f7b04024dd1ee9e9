"""Moderating on a terminal: what waits, what changed in it, what the gate would say, and the answers."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.check import load
from gazette.errors import ConfigurationError
from gazette.model.finding import Severity
from gazette.moderation import Moderator, Shown, accepted_text, pictures, role_of
from gazette.newsdesk.difference import ADDED, REMOVED, SAME, difference
from gazette.newsdesk.quarantine import quarantine
from gazette.rehearsal import try_out
from gazette.terminal.call import CLOSED, DONE, is_coloured
from gazette.terminal.findings import tell_findings
from gazette.terminal.text_editor import edited
from gazette.write.header import changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gazette.newsdesk.correction import Correction
    from gazette.newsdesk.difference import Line
    from gazette.newsdesk.queue import Item
    from gazette.order import Order
    from gazette.trial import Trial

COLOURS = {ADDED: ("\033[32m", "{+", "+}"), REMOVED: ("\033[31m", "[-", "-]"), SAME: ("", "", "")}
"""How a terminal shows a piece of a difference: its colour, or marks where there are none."""
CHOICES = "aucune, non_identifiables, adultes, eleves:AUTORISATION (vide : sans cette image)"
KEYS = "a accepter · c corriger puis accepter · r refuser · t tout lire · p passer · q quitter"


def moderator(wanted: Order, role: str) -> Moderator:
    """Return who moderates this circonscription, once what an earlier run left is finished and told."""
    newsroom, _ = load(wanted)
    folder = quarantine(newsroom.identifier, os.environ)
    who = Moderator(wanted.content, newsroom, wanted.now.date(), folder, *role_of(wanted.content, newsroom, role))
    mended = who.mend()
    if mended:
        print(mended)
    return who


def tried(
    wanted: Order, who: Moderator, item: Item, shown: Mapping[str, Shown], text: str = "", *, is_shown: bool = False
) -> Trial:
    """Return what a dépêche would be once it is accepted so, with its page when it is to be shown.

    In a fil whose texts are approved by their digests, accepting is approving: by who may approve there, and no other.
    """
    final = accepted_text(item, shown, text)
    trial = _tried(wanted, who, item, final, is_shown=is_shown)
    approval = who.approval(trial.entry, final) if trial.entry else None
    if approval is None:
        return trial
    again = _tried(wanted, who, item, changed(final, {"validation": approval}), is_shown=is_shown)
    return replace(again, approval=approval)


def _tried(wanted: Order, who: Moderator, item: Item, final: str, *, is_shown: bool) -> Trial:
    names = [row["fichier"] for row in pictures(final)]
    if not names:
        path = f"{item.target}.md"
        return try_out(wanted, path, {path: final.encode()}, (item.target,), is_shown=is_shown)
    files = {f"{item.target}/{name}": who.picture(name).read_bytes() for name in names}
    path = f"{item.target}/index.md"
    return try_out(wanted, path, {path: final.encode()} | files, (f"{item.target}.md",), is_shown=is_shown)


def list_queue(who: Moderator) -> int:
    """Print a line for each dépêche that waits, its id first."""
    items = who.items()
    for item in items:
        seen = item.origin.seen if item.origin else "origine illisible"
        kind = "modifiée" if item.standing else "nouvelle"
        count = len(pictures(item.text))
        media = f" · {count} image(s)" if count else ""
        print(f"{item.id} · {seen} · {item.uai} · {kind}{media} · {item.title}")
    if not items:
        print("Rien n’attend.")
    return DONE


def accept(
    wanted: Order, who: Moderator, identity: str, people: str, file: str, *, is_corrected_again: bool = False
) -> int:
    """Accept what waits under an id, unless the gate would refuse it."""
    item = who.item(identity)
    text = Path(file).read_text("utf-8") if file else ""
    corrected = who.correction(item)
    if is_corrected_again:
        if not corrected or not corrected.merged:
            why = "ne s’y refait pas seule : donnez le texte par --texte" if corrected else "n’a pas été corrigée"
            raise ConfigurationError(f"--reprendre : la version en ligne {why}")
        text = corrected.merged
    shown = people_told(people)
    trial = tried(wanted, who, item, shown, text)
    tell_findings(trial.findings, "")
    for line in () if people else told_before(item):
        print(line)
    for line in () if text else told_correction(corrected):
        print(line)
    if any(f.severity > Severity.NOTE for f in trial.findings):
        print("Elle ne paraîtrait pas : corrigez-la (--texte FICHIER), ou refusez-la.")
        return CLOSED
    is_committed = who.accept(item, shown, text, trial.approval)
    left = len(pictures(text or item.text)) - len(pictures(accepted_text(item, shown, text)))
    alone = f", sans {left} image(s) dont nul n’a dit qui y paraît (--personnes)" if left else ""
    print(f"Acceptée : {item.target}{alone}. {told_signature(who, is_committed)}")
    return DONE


def refuse(who: Moderator, identity: str, reason: str) -> int:
    """Refuse what waits under an id."""
    item = who.item(identity)
    is_committed = who.refuse(item, reason)
    told = "Elle ne revient que si l’école la change"
    print(f"Refusée : {item.uai}/{item.name}. {told}. {told_signature(who, is_committed)}")
    return DONE


def refuse_all(who: Moderator, school: str, reason: str, ask: Callable[[str], str] | None) -> int:
    """Refuse everything that waits of a school, for one reason, which is asked for where somebody can answer."""
    items = [item for item in who.items() if item.uai == school.upper()]
    if not items:
        raise ConfigurationError(f"--refuser-tout {school} : rien n’attend de cette école (./gazette moderer --liste)")
    if not reason and ask:
        print("\n".join(f"{item.origin.seen if item.origin else '?'} · {item.title}" for item in items))
        reason = ask(f"Motif du refus de ces {len(items)} dépêches (l’école pourra le lire ; vide : rien) : ")
    is_committed = who.refuse_all(items, reason)
    told = "Une dépêche refusée ne revient que si l’école la change"
    print(f"Refusées : {len(items)} dépêche(s) de {school}. {told}. {told_signature(who, is_committed)}")
    return DONE


def told_signature(who: Moderator, is_committed: bool) -> str:
    """Say by whom the decision is signed, and where it is."""
    place = "Enregistrée dans git." if is_committed else "Notée dans registres/decisions.yml (hors de git)."
    return f"Signée « {who.signature} » ({who.role}){told_doubt(who)}. {place}"


def told_doubt(who: Moderator) -> str:
    """Say why the team signs, and what to do about it, where nobody chose it."""
    remedy = "choisissez --role, ou ajoutez-la à roles: … commits: dans circonscription.yml"
    return f", car {who.doubt} : {remedy}" if who.doubt else ""


def serve(wanted: Order, who: Moderator) -> int:
    """Serve what waits to a browser of this computer, until Ctrl-C."""
    from gazette.web.server import Desk  # noqa: PLC0415  # for nothing on a terminal

    with Desk(who, partial(tried, wanted, who)) as desk:
        print(f"Ouvrez cette adresse dans un navigateur de cet ordinateur :\n{desk.address}", flush=True)
        print("Elle est secrète, et meurt avec cette commande (Ctrl-C).", flush=True)
        try:
            desk.serve_forever()
        except KeyboardInterrupt:
            print("\nModération fermée.")
    return DONE


def people_told(words: str) -> dict[str, Shown]:
    """Return whom each picture shows: ``a.jpg=aucune,b.jpg=eleves:AUT-2026-001``."""
    found = {}
    for part in filter(None, (p.strip() for p in words.split(","))):
        name, equals, said = part.partition("=")
        if not equals:
            raise ConfigurationError(
                f"--personnes « {part} » : écrivez fichier=aucune (ou adultes, eleves:AUTORISATION)"
            )
        people, _, authorisation = said.partition(":")
        found[name.strip()] = Shown(people.strip(), authorisation.strip())
    return found


def moderate(wanted: Order, who: Moderator, ask: Callable[[str], str]) -> int:
    """Go through what waits, oldest first, and ask for an answer to each."""
    passed: set[str] = set()
    print(f"Vous répondez en tant que « {who.signature} » ({who.role}){told_doubt(who)}.")
    while True:
        waiting = [item for item in who.items() if item.id not in passed]
        if not waiting:
            print("Rien d’autre n’attend." if passed else "Rien n’attend.")
            return DONE
        item = waiting[0]
        tell_item(wanted, who, item, len(waiting))
        answer = _answer(wanted, who, item, ask)
        if answer == "q":
            return DONE
        if answer == "p":
            passed.add(item.id)


def tell_item(wanted: Order, who: Moderator, item: Item, count: int) -> None:
    """Print a dépêche: where it comes from, its text or what changed in it, and what the gate says."""
    school = item.uai
    origin = item.origin
    print(f"\n{'─' * 72}\n{item.title}  ({item.id}, {count} en attente)")
    if origin:
        print(f"{school}, vue le {origin.seen}, {origin.link or origin.source}")
    if item.standing:
        print(f"Une version en est en ligne ({item.standing}). Ce qui change :")
        for line in difference(item.standing_text, item.text):
            print(f"  {in_colour(line)}")
    else:
        print(item.text.strip())
    for row in pictures(item.text):
        print(f"Image {row['fichier']} : « {row.get('alt', '')} », en quarantaine ({who.quarantine})")
    for said in (*told_before(item), *told_correction(who.correction(item))):
        print(said)
    if origin:
        tell_findings(tried(wanted, who, item, {}).findings, "")


def told_correction(corrected: Correction | None) -> Iterator[str]:
    """Yield what was corrected in the version on line, which its school's new version does not have."""
    if corrected is None:
        return
    said = "La version en ligne fut corrigée par la modération"
    if corrected.merged:
        yield f"{said} : « c », ou --reprendre, refait la correction dans celle-ci."
        return
    yield f"{said} ; l’école a changé les mêmes lignes : à refaire à la main."
    for line in corrected.lines[:20]:
        yield f"  corrigé en : {line.strip()[:200]}"


def told_before(item: Item) -> Iterator[str]:
    """Yield what was answered of each picture that the version on line shows and that comes again, byte for byte."""
    again = {row["fichier"] for row in pictures(item.text)}
    for row in pictures(item.standing_text):
        if row["fichier"] in again and row.get("personnes"):
            authorisation = f":{row['autorisation']}" if row.get("autorisation") else ""
            said = f"{row['fichier']}={row['personnes']}{authorisation}"
            yield f"Image en ligne, la même : redites qui y paraît (« {said} »), sinon elle ne paraît plus."


def in_colour(line: Line, *, is_plain: bool | None = None) -> str:
    """Return a line of a difference for a terminal: in colours, or with marks where there are none."""
    plain = not is_coloured() if is_plain is None else is_plain
    told = ""
    for piece in line.pieces:
        colour, before, after = COLOURS[piece.mark]
        told += f"{before}{piece.text}{after}" if plain or not colour else f"{colour}{piece.text}\033[0m"
    return told


def _answer(wanted: Order, who: Moderator, item: Item, ask: Callable[[str], str]) -> str:
    """Ask until something is answered; return ``q``, ``p``, or "" when the dépêche is judged."""
    while True:
        try:
            key = ask(f"{KEYS} ? ").strip().lower()[:1]
            if key in {"q", "p"}:
                return key
            if key == "t":
                print(item.text)
            elif key == "r" and not refuse(who, item.id, ask("Motif (l’école pourra le lire) : ")):
                return ""
            elif key in {"a", "c"}:
                corrected = who.correction(item) if key == "c" else None
                again = corrected.merged if corrected else ""
                text = edited(again or item.text) if key == "c" else ""
                if not _accept(wanted, who, item, text, ask):
                    return ""
        except EOFError:
            return "q"
        except ConfigurationError as error:
            print(error)


def _accept(wanted: Order, who: Moderator, item: Item, text: str, ask: Callable[[str], str]) -> int:
    told = []
    for row in pictures(text or item.text):
        said = ask(f"Qui paraît sur {row['fichier']} ? {CHOICES} ")
        if said.strip():
            told.append(f"{row['fichier']}={said.strip()}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texte.md")
        file.write_text(text, "utf-8")
        return accept(wanted, who, item.id, ",".join(told), str(file) if text else "")
