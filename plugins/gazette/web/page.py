"""The page of a dépêche that waits: where it comes from, what changed, how it would be printed, and the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from gazette.model.finding import Severity
from gazette.model.typography import french
from gazette.moderation import PEOPLE, pictures
from gazette.newsdesk.difference import ADDED, REMOVED, difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazette.model.finding import Finding
    from gazette.newsdesk.correction import Correction
    from gazette.newsdesk.queue import Item

SAID = {
    "acceptee": "Acceptée : elle paraîtra à la prochaine publication.",
    "refusee": "Refusée : elle ne revient que si l’école la change.",
}
"""What a page may tell of the answer before: nothing else is ever shown out of an address."""
WHO = {
    "": "ne pas garder cette image",
    "aucune": "personne",
    "non_identifiables": "des personnes non identifiables",
    "adultes": "des adultes, d’accord pour paraître",
    "eleves": "des élèves, avec une autorisation",
}
GRAVITY = {Severity.NOTE: "remarque", Severity.REFUSE: "refusé", Severity.STOP: "arrêt"}
KEYS = (
    ("j, k", "dépêche suivante, précédente"),
    ("a", "aller au bouton « Accepter »"),
    ("c", "corriger le texte"),
    ("r", "écrire le motif d’un refus"),
    ("o", "ouvrir ou fermer cette aide"),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What one page shows."""

    title: str
    """Of the circonscription."""
    role: str
    """As readers see it."""
    root: str
    """Address of everything, with the token and without a final ``/``."""
    items: Sequence[Item]
    schools: Mapping[str, str]
    item: Item | None = None
    doubt: str = ""
    """Why the team signs, where nobody chose it."""
    findings: Sequence[Finding] = ()
    correction: Correction | None = None
    """Of the version on line, by a moderator."""
    has_preview: bool = False
    is_illustrated: bool = False
    """The preview shows its pictures."""
    said: str = ""
    """A key of ``SAID``."""
    fault: str = ""
    """Why the last answer was not taken."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed in it."""


def page(screen: Screen) -> str:
    """Return the whole page."""
    item = screen.item
    name = item.title if item else "Rien n’attend"
    main = _depeche(screen, item) if item else _nothing()
    doubt = _text(f", car {screen.doubt} (moderer --web --role …)") if screen.doubt else ""
    told = f'<p class="dit" role="status">{_text(SAID[screen.said])}</p>' if screen.said in SAID else ""
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{_text(name)} - Modération</title>
<link rel="stylesheet" href="{screen.root}/page.css">
<link rel="icon" href="{screen.root}/page.svg" type="image/svg+xml">
<script src="{screen.root}/page.js" defer></script>
</head>
<body>
<a class="evitement" href="#contenu">Aller à la dépêche</a>
<header class="tete"><p class="nom">Modération <span>{_text(screen.title)}</span></p>
<p>Vous répondez en tant que <strong>{_text(screen.role)}</strong>{doubt}.</p></header>
<div class="cadre">
{_queue(screen)}
<main id="contenu" tabindex="-1">
{told}{main}
</main>
</div>
</body>
</html>
"""


def _text(words: str) -> str:
    return escape(french(words))


def _queue(screen: Screen) -> str:
    rows = []
    for item in screen.items:
        here = ' aria-current="page"' if screen.item and item.id == screen.item.id else ""
        seen = item.origin.seen if item.origin else ""
        tag = "modifiée" if item.standing else "nouvelle"
        rows.append(
            f'<li><a href="{screen.root}/{item.id}"{here}><span class="quoi">{_text(item.title)}</span>'
            f'<span class="faits">{_text(_school(screen, item))} · {escape(_day(seen))} · {tag}</span></a></li>'
        )
    count = len(screen.items)
    head = f"{count} en attente" if count else "Rien n’attend"
    return f'<nav class="file" aria-labelledby="file"><h2 id="file">{head}</h2><ol>{"".join(rows)}</ol>{_help()}</nav>'


def _help() -> str:
    rows = "".join(f"<div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>" for keys, what in KEYS)
    box = '<label><input type="checkbox" id="raccourcis" checked> Raccourcis actifs</label>'
    return f'<details class="aide" id="aide"><summary>Raccourcis clavier</summary><dl>{rows}</dl>{box}</details>'


def _school(screen: Screen, item: Item) -> str:
    return screen.schools.get(item.uai, item.uai)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else "jour inconnu"


def _nothing() -> str:
    return "<h1>Rien n’attend</h1><p>Toutes les dépêches ont reçu une réponse. Vous pouvez fermer cette page.</p>"


def _depeche(screen: Screen, item: Item) -> str:
    origin = item.origin
    seen = f"vue le {_day(origin.seen)}" if origin else "origine illisible"
    fault = f'<p class="faute" role="alert">{_text(screen.fault)}</p>' if screen.fault else ""
    return f"""{fault}<h1>{_text(item.title)}</h1>
<p class="faits">{_text(_school(screen, item))} · {seen} · {_original(item)}</p>
<div class="pupitre"><div>
{_changes(item)}
{_preview(screen, item)}
</div><div class="cote">
{_findings(screen)}
{_answers(screen, item)}
</div></div>"""


def _original(item: Item) -> str:
    """Return a link to what the school published, or where it was read."""
    if item.origin is None:
        return escape(item.path)
    link = item.origin.link
    if not link.startswith(("https://", "http://")):  # a source may write anything there
        return escape(item.origin.source)
    return f'<a href="{escape(link)}" rel="noreferrer noopener" target="_blank">l’original (nouvel onglet)</a>'


def _changes(item: Item) -> str:
    if not item.standing:
        return ""
    tags = {ADDED: "ins", REMOVED: "del"}
    rows = []
    for line in difference(item.standing_text, item.text):
        pieces = "".join(
            f"<{tags[p.mark]}>{escape(p.text)}</{tags[p.mark]}>" if p.mark in tags else escape(p.text)
            for p in line.pieces
        )
        rows.append(f'<li class="{"change" if line.mark != " " else "meme"}">{pieces or " "}</li>')
    body = f'<ul class="ecart">{"".join(rows)}</ul>' if rows else "<p>Rien de ce que les lecteurs voient.</p>"
    told = "Une version acceptée est en ligne, et y reste tant que vous n’avez pas répondu."
    return f'<section aria-labelledby="change"><h2 id="change">Ce qui change</h2><p>{told}</p>{body}</section>'


def _findings(screen: Screen) -> str:
    rows = "".join(
        f'<li class="{GRAVITY[f.severity]}"><strong>{GRAVITY[f.severity]}</strong> ligne {f.place.line} : '
        f"{_text(f.message)}. {_text(f.remedy[:1].upper() + f.remedy[1:])}. <code>{escape(f.code)}</code></li>"
        for f in screen.findings
    )
    body = f"<ul>{rows}</ul>" if rows else "<p>Rien à redire à ce texte.</p>"
    head = '<h2 id="controle">Ce qu’en dit le contrôle</h2>'
    return f'<section class="controle" aria-labelledby="controle">{head}{body}</section>'


def _answers(screen: Screen, item: Item) -> str:
    action = f"{screen.root}/{item.id}"
    reason = escape(screen.typed.get("motif", ""))
    again = screen.correction.merged if screen.correction else ""
    text = escape(screen.typed.get("texte", again or item.text))
    is_open = " open" if screen.typed.get("geste") == "corriger" or screen.correction else ""
    shown = "".join(_picture(screen, item, row) for row in pictures(item.text))
    note = "<p>Sans réponse, le texte est accepté seul. Une image gardée entre dans le dépôt.</p>"
    legend = f"<legend>Qui paraît sur les images ?</legend>{note}"
    images = f'<fieldset class="images">{legend}{shown}</fieldset>' if shown else ""
    return f"""<section class="reponses" aria-labelledby="reponses"><h2 id="reponses">Votre réponse</h2>
<form method="post" action="{action}/accepter">{images}
<p><button class="oui" id="accepter" name="geste" value="accepter">Accepter</button></p>
<details id="correction"{is_open}><summary>Corriger avant d’accepter</summary>{_corrected(screen.correction)}
<label for="texte">Le fichier entier ; laissez les lignes « origine: » comme elles sont</label>
<textarea id="texte" name="texte" rows="18" spellcheck="true" lang="fr">
{text}</textarea>
<p><button name="geste" value="corriger">Accepter cette correction</button></p></details></form>
<form class="refus" method="post" action="{action}/refuser">
<label for="motif">Motif d’un refus (l’école pourra le lire)</label>
<input id="motif" name="motif" required maxlength="300" autocomplete="off" value="{reason}">
<button class="non">Refuser</button></form></section>"""


def _corrected(correction: Correction | None) -> str:
    """Return what was corrected in the version on line, which its school's new version does not have."""
    if correction is None:
        return ""
    said = "La version en ligne fut corrigée par la modération."
    if correction.merged:
        return (
            f'<p class="repris">{_text(f"{said} La correction est refaite ci-dessous, dans la nouvelle version.")}</p>'
        )
    told = "L’école a changé les mêmes lignes : elle est à refaire à la main. La modération avait écrit :"
    rows = "".join(f"<li>{escape(line.strip())}</li>" for line in correction.lines[:20])
    return f'<p class="repris">{_text(f"{said} {told}")}</p><ul>{rows}</ul>'


def _picture(screen: Screen, item: Item, row: Mapping[str, Any]) -> str:
    name = str(row["fichier"])
    alt = str(row.get("alt") or "")
    file = escape(name)
    chosen, paper = screen.typed.get(f"qui:{name}", ""), escape(screen.typed.get(f"autorisation:{name}", ""))
    options = "".join(
        f'<option value="{who}"{" selected" if who == chosen else ""}>{WHO[who]}</option>' for who in ("", *PEOPLE)
    )
    label = f"Décrite par l’école : « {alt} »" if alt else "Sans description : ajoutez « alt: » en corrigeant."
    return f"""<figure><img src="{screen.root}/{item.id}/images/{file}" alt="{escape(alt) or "image sans description"}">
<figcaption>{_text(label)}</figcaption>
<label for="qui-{file}">Qui y paraît ?</label><select id="qui-{file}" name="qui:{file}">{options}</select>
<label for="aut-{file}">Autorisation, pour des élèves</label>
<input id="aut-{file}" name="autorisation:{file}" value="{paper}" autocomplete="off" placeholder="AUT-2026-001">
</figure>"""


def _preview(screen: Screen, item: Item) -> str:
    head = '<h2 id="vue">Comme elle paraîtrait</h2>'
    if not screen.has_preview:
        text = f'<div class="brut" tabindex="0" role="region" aria-label="Texte de l’école">{escape(item.text)}</div>'
        return (
            f'<section aria-labelledby="vue">{head}<p>Elle ne paraîtrait pas. Le texte de l’école :</p>{text}</section>'
        )
    frame = (
        f'<iframe title="La dépêche telle qu’elle paraîtrait" src="{screen.root}/{item.id}/apercu/" '
        'sandbox="allow-same-origin"></iframe>'
    )
    with_all = "Avec toutes ses images ; ne paraîtront que celles dont vous direz qui y paraît."
    alone = "Texte seul : ses images manquent à la quarantaine, ou le contrôle les refuserait."
    told = with_all if screen.is_illustrated else alone
    body = f"<p>{told}</p>{frame}" if pictures(item.text) else frame
    return f'<section aria-labelledby="vue">{head}{body}</section>'
