"""What an inspector asks: what is published of whom, on what ground and until when; what was refused and withdrawn."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from gazette.compose.desk import address
from gazette.model.cahier import Contribution
from gazette.model.entry import Ecole
from gazette.model.finding import Severity
from gazette.model.register import MOTIVES
from gazette.papers.consent import rows as authorisation_rows
from gazette.papers.paper import page, table, text
from gazette.rgpd.first_names import folded
from gazette.rgpd.rulebook import CLAUSES
from gazette.rgpd.scan import Permitted, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from gazette.model.entry import Entry
    from gazette.model.finding import Finding
    from gazette.model.newsroom import Newsroom
    from gazette.model.processing import Processing
    from gazette.papers.checkup import Checkup
    from gazette.read.stage import Reading
    from gazette.rgpd.stage import Clearance

WHO = {
    "aucune": "aucune personne",
    "non_identifiables": "des personnes qu'on ne peut reconnaître",
    "adultes": "des adultes",
    "eleves": "des élèves",
}
NAMES = {clause.code: f"{clause.number}. {clause.what}" for clause in CLAUSES}
"""What each rule asks, by the code of its findings."""
SAID = ("Où", "Règle", "Ce qui se passe", "Que faire")
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
            ("Page", "Édition et adresse", "École", "Médias", "Base", "Jusqu'au"),
            _ground(reading, clearance),
        ),
        table(
            "Les autorisations",
            heads,
            authorisation_rows(known, reading.entries, now.date(), lambda entry: f"« {entry.title} »"),
            "Aucune autorisation.",
        ),
        "<h2>Ce qui n'a pas paru</h2>".replace("'", "’"),
        table("Refusé ou retenu", SAID, _refused(reading, clearance), "Rien n'est refusé."),
        table("Signalé", SAID, _told(reading, clearance), "Rien n'est signalé."),
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
    mark = f"Réservé à l’IEN et au DPD · {now:%d/%m/%Y}"
    return page("Rapport du contrôle", newsroom.title, mark, masked("\n".join(parts), newsroom), foot)


def register(newsroom: Newsroom, known: Sequence[Processing], now: datetime) -> str:
    """Return the register of processings as a page to print."""
    legal = newsroom.legal
    facts = [
        ("Responsable", legal.controller),
        ("Comment le joindre", ", ".join(filter(None, (legal.publisher_address, legal.publisher_email)))),
        ("Délégué à la protection des données", legal.dpo_email),
        ("Base légale", "mission d'intérêt public (RGPD, art. 6.1.e)" if legal.legal_basis else ""),
        ("Hébergeur", f"{legal.host}, {legal.host_address}, {legal.host_country}"),
    ]
    body = table("Qui répond de ces traitements", ("", ""), [(k, v or "à compléter") for k, v in facts])
    foot = f"Écrit le {now:%d/%m/%Y}, d'après circonscription.yml et registres/traitements.yml."
    mark = f"RGPD, art. 30 · {now:%d/%m/%Y}"
    return page("Registre des traitements", newsroom.title, mark, body + processings(known), foot)


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
    media = [m for c in clearance.cleared for m in c.entry.media]
    counts = Counter(m.people for m in media)
    yield from ((who, str(counts[people])) for people, who in WHO.items())
    works = sum(m.is_pupil_work for c in clearance.cleared for m in c.entry.works)
    yield "dont œuvres d'élèves, avec les textes qu'ils ont écrits", str(works)


def _ground(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    """Yield, by page and ground, what shows pupils or adults, or is pupils' work."""
    schools = {e.uai: e.title for e in reading.entries if isinstance(e, Ecole)}
    for entry in (cleared.entry for cleared in clearance.cleared):
        school = ", ".join(schools.get(uai, uai) for uai in _schools(entry)) or "circonscription"
        page_of = (entry.title, f"{entry.audience.title} : {address(entry)}", school)
        shown: dict[str, Counter[tuple[str, str]]] = {}
        for medium in (m for m in entry.works if m.is_of_pupils):
            what = "élèves" if medium.people == "eleves" else "œuvre d'élève"
            shown.setdefault(medium.authorisation, Counter())[medium.word, what] += 1
        for name, counts in sorted(shown.items()):
            known = reading.authorisations.get(name)
            until = f"{known.end:%d/%m/%Y}" if known else ""
            media = ", ".join(f"{_counted(n, word)} ({what})" for (word, what), n in sorted(counts.items()))
            yield *page_of, media, f"autorisation {name}", until
        adults = sum(m.people == "adultes" and not m.is_pupil_work for m in entry.media)
        if adults:
            ground = "déclaration de l'auteur ; accord gardé par l'école"
            yield *page_of, f"{_counted(adults, 'média')} (adultes)", ground, "retrait demandé"


def _schools(entry: Entry) -> tuple[str, ...]:
    """Return the UAIs of the schools that a page is of."""
    if isinstance(entry, Contribution):
        return (entry.school,)
    return (entry.author,) if entry.provenance else entry.schools


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


def _refused(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    for finding in (*reading.findings, *clearance.findings):
        if finding.severity > Severity.NOTE:
            yield _said(reading, finding)


def _told(reading: Reading, clearance: Clearance) -> Iterator[tuple[str, ...]]:
    for finding in (*reading.findings, *clearance.findings):
        if finding.severity is Severity.NOTE and finding.code.startswith("RGPD"):
            yield _said(reading, finding)


def _said(reading: Reading, finding: Finding) -> tuple[str, ...]:
    """Return a finding as four cells; its page is told by its title, then where its author mends it."""
    title = next((f"« {e.title} » · " for e in reading.entries if e.path == finding.place.file and e.title), "")
    where = f"{title}{finding.place.file}, ligne {finding.place.line}"
    return where, NAMES.get(finding.code, finding.code), finding.message, finding.remedy


def _withdrawn(reading: Reading) -> Iterator[tuple[str, ...]]:
    for one in reading.register.withdrawals:
        what = one.entry or one.authorisation or f"{len(one.digests)} fichier(s)"
        yield one.id, f"{one.day:%d/%m/%Y}", MOTIVES[one.motive], what
