"""What an inspector asks: what is published of whom, on what ground and until when; what was refused and withdrawn."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from gazette.model.finding import Severity
from gazette.model.register import MOTIVES
from gazette.papers.consent import rows as authorisation_rows
from gazette.papers.paper import page, table, text
from gazette.rgpd.first_names import folded
from gazette.rgpd.scan import Permitted, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from gazette.model.newsroom import Newsroom
    from gazette.model.processing import Processing
    from gazette.papers.checkup import Checkup
    from gazette.read.stage import Reading
    from gazette.rgpd.stage import Clearance

WHO = {
    "aucune": "personne",
    "non_identifiables": "personnes qu'on ne peut reconnaître",
    "adultes": "adultes",
    "eleves": "élèves",
}
UNSEEN = (
    "qui est sur une image : elle croit ce que l'auteur déclare ; un visage de dos, de profil ou masqué lui échappe",
    "un nom rare, un surnom, une allusion qui désigne quelqu'un à qui le connaît",
    "ce que disent une voix, une vidéo d'un autre site, ou le texte écrit dans une image",
    "que le formulaire signé existe, que la signature est la bonne, que l'élève a vraiment été écouté",
    "les copies faites par des lecteurs, les moteurs de recherche, les clones de l'historique git",
    "ce que le serveur de l'hébergeur note de ses visiteurs",
)
"""What no machine sees; a human does."""
SECURITY = "Contenu approuvé avant de paraître, registres jamais imprimés"


def report(newsroom: Newsroom, reading: Reading, clearance: Clearance, sources: Checkup, now: datetime) -> str:
    """Return the report as a page to print; what would look personal in it is masked."""
    known = reading.authorisations.values()
    heads = ("Autorisation", "Projets", "Supports", "Dernier jour", "Articles")
    rules = [(number, f"portée à : {word}") for number, word in newsroom.rules]
    parts = (
        "<h2>Ce qui paraît</h2>",
        table("Articles et pages, par édition", ("Édition", "Adresse", "Textes"), _editions(newsroom, clearance)),
        table("Images, sons et fichiers, par personnes", ("Qui y paraît", "Nombre"), _people(clearance)),
        table(
            "De qui, sur quelle base, jusqu'à quand",
            ("Article", "Médias", "Base", "Jusqu'au"),
            _ground(reading, clearance),
        ),
        table(
            "Les autorisations", heads, authorisation_rows(known, reading.entries, now.date()), "Aucune autorisation."
        ),
        "<h2>Ce qui n'a pas paru</h2>".replace("'", "’"),
        table("Refusé ou retenu", ("Où", "Règle", "Pourquoi"), _refused(reading, clearance), "Rien n'est refusé."),
        table("Signalé", ("Où", "Règle", "Quoi"), _told(reading, clearance), "Rien n'est signalé."),
        table("Sorti : la durée prévue est passée", ("Texte", "Pourquoi"), clearance.expired, "Rien n'est sorti."),
        "<h2>Ce qui a été retiré pour de bon</h2>",
        table("Registre des retraits", ("Retrait", "Jour", "Motif", "Quoi"), _withdrawn(reading), "Aucun retrait."),
        "<h2>Ce que publient les écoles, et qui est relevé</h2>",
        sources.table(),
        "<h2>Les traitements (RGPD, art. 30)</h2>",
        processings(reading.processings),
        "<h2>Les règles rendues plus sévères ici</h2>",
        table("Règles", ("Règle", "Gravité"), rules, "Aucune : celles de docs/regles.md."),
        "<h2>Ce qu’aucune machine ne voit</h2>",
        f"<ul>{''.join(f'<li>{text(line)} ;</li>' for line in UNSEEN)}",
        f"<li>{clearance.unseen} image(s) déclarée(s) sans personne où nul visage n’a été cherché.</li></ul>",
    )
    foot = f"Écrit le {now:%d/%m/%Y à %H:%M}. Ce rapport ne se publie pas ; il ne nomme personne."
    return page(
        "Rapport du contrôle", newsroom.title, "Réservé à l’IEN et au DPD", masked("\n".join(parts), newsroom), foot
    )


def register(newsroom: Newsroom, known: Sequence[Processing], now: datetime) -> str:
    """Return the register of processings as a page to print."""
    legal = newsroom.legal
    facts = [
        ("Responsable", legal.controller),
        ("Délégué à la protection des données", legal.dpo_email),
        ("Base légale", "mission d'intérêt public (RGPD, art. 6.1.e)" if legal.legal_basis else ""),
        ("Hébergeur", f"{legal.host}, {legal.host_address}, {legal.host_country}"),
    ]
    body = table("Qui répond de ces traitements", ("", ""), [(k, v or "à compléter") for k, v in facts])
    foot = f"Écrit le {now:%d/%m/%Y}, d'après circonscription.yml et registres/traitements.yml."
    return page("Registre des traitements", newsroom.title, "RGPD, art. 30", body + processings(known), foot)


def processings(known: Sequence[Processing]) -> str:
    """Return a table a processing."""
    if not known:
        return f"<p>{text('Aucun : ./gazette registre en écrit le début.')}</p>"
    heads = ("Finalité", "Personnes", "Données", "Destinataires", "Conservation", "Transferts", "Sécurité")
    blocks = []
    for one in known:
        values = (one.purpose, one.people, one.data, one.recipients, one.retention, one.transfers, one.security)
        rows = [(head, value or "à compléter") for head, value in zip(heads, values, strict=True)]
        blocks.append(table(f"Traitement « {one.id} »", ("Quoi", "Réponse"), rows))
    return "".join(blocks)


def skeleton(newsroom: Newsroom) -> str:
    """Return the beginning of ``registres/traitements.yml``, out of the configuration; what it does not say is left."""
    legal = newsroom.legal
    purposes = "; ".join(legal.purposes)
    retention, recipients = legal.retention, legal.recipients
    records = (
        ("annuaire", "Faire connaître les écoles et l'équipe", "Des fonctions, jamais des noms",
         "Adresses et téléphones de fonction", recipients, "Tant que l'école est ouverte"),
        ("medias", purposes, "Élèves et adultes qui y ont consenti par écrit", "Image, voix, œuvres",
         recipients, retention),
        ("journaux", "Faire marcher le serveur et en constater les abus", "Lecteurs du site",
         "Adresse IP, page demandée, heure", legal.host, ""),
    )  # fmt: skip
    lines = ["# Registre des traitements (RGPD, article 30). Une valeur vide est à remplir.", "traitements:"]
    keys = ("finalite", "personnes", "donnees", "destinataires", "conservation")
    for name, *values in records:
        lines.append(f"  - id: {name}")
        lines += [f"    {key}: {_quoted(value)}" for key, value in zip(keys, values, strict=True)]
        lines += ["    transferts: aucun", f"    securite: {_quoted(SECURITY)}"]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def masked(words: str, newsroom: Newsroom) -> str:
    """Return the text without anything that the gate would take for a personal datum."""
    words = unicodedata.normalize("NFC", words)
    director = " ".join(folded(unicodedata.normalize("NFC", newsroom.legal.director)).split())
    for datum in reversed(scan(words, Permitted(frozenset(newsroom.email_domains), frozenset({director})))):
        if "<" not in words[datum.start : datum.end]:
            words = f"{words[: datum.start]}••••{words[datum.end :]}"
    return words


def _editions(newsroom: Newsroom, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    counts = Counter(c.entry.audience.name for c in clearance.cleared)
    for audience in newsroom.audiences:
        yield audience.title, audience.address, str(counts[audience.name])


def _people(clearance: Clearance) -> Iterator[tuple[str, ...]]:
    counts = Counter(m.people for c in clearance.cleared for m in c.entry.media)
    yield from ((who, str(counts[people])) for people, who in WHO.items())


def _ground(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    """Yield, by entry and authorisation, what shows pupils or adults, or is pupils' work."""
    for cleared in clearance.cleared:
        shown = Counter((m.authorisation, m.word, m.people) for m in cleared.entry.media if m.is_of_pupils)
        for (name, word, people), count in sorted(shown.items()):
            known = reading.authorisations.get(name)
            until = f"{known.end:%d/%m/%Y}" if known else ""
            what = "élèves" if people == "eleves" else "œuvre d'élève"
            yield cleared.entry.path, f"{count} {word} ({what})", f"autorisation {name}", until
        adults = sum(m.people == "adultes" and not m.is_pupil_work for m in cleared.entry.media)
        if adults:
            yield (
                cleared.entry.path,
                f"{adults} (adultes)",
                "déclaration de l'auteur ; accord gardé par l'école",
                "retrait",
            )


def _refused(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    for finding in (*reading.findings, *clearance.findings):
        if finding.severity > Severity.NOTE:
            yield f"{finding.place.file}:{finding.place.line}", finding.code, finding.message


def _told(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    for finding in (*reading.findings, *clearance.findings):
        if finding.severity is Severity.NOTE and finding.code.startswith("RGPD"):
            yield f"{finding.place.file}:{finding.place.line}", finding.code, finding.message


def _withdrawn(reading: Reading) -> Iterator[tuple[str, ...]]:
    for one in reading.register.withdrawals:
        what = one.entry or one.authorisation or f"{len(one.digests)} fichier(s)"
        yield one.id, f"{one.day:%d/%m/%Y}", MOTIVES[one.motive], what
