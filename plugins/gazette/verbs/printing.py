"""What is printed, shown, checked and compared."""

import json
import os
from dataclasses import replace
from pathlib import Path

from gazette.terminal.call import CLOSED, DONE, ROOT, instant, order, readers, refusal, secret, shown_root
from gazette.terminal.findings import annotation, as_json, code_quality, tell_findings, verdict
from gazette.terminal.report import check_report, tell_all, tell_build, tell_unseen, write_report
from gazette.terminal.waiting import Waiting
from gazette.verbs.edge import PLACE_HELP, verb

PORT, PORTS = 8000, 65_536


@verb(
    aliases=["serve"],
    help={**PLACE_HELP, "port": "port de l’aperçu", "comme-en-ligne": "ne montre que ce que voient les lecteurs"},
)
def apercu(contenu: str = "", sortie: str = "", jour: str = "", port: int = PORT, comme_en_ligne: bool = False) -> int:
    """Montre le site sur cet ordinateur, et le rafraîchit à chaque enregistrement."""
    from gazette.model.token import PREVIEW_SECRET
    from gazette.preview.watch import preview

    if not 0 < port < PORTS:
        raise refusal(f"--port {port} : choisissez un nombre entre 1024 et {PORTS - 1}")
    name = "apercu" + ("-en-ligne" if comme_en_ligne else "") + (f"-{port}" if port != PORT else "")
    output = sortie or str(ROOT / ".gazette" / name)
    wanted = order(contenu, output, jour, is_preview=not comme_en_ligne, token_secret=PREVIEW_SECRET)
    return preview(wanted, port, is_dated=bool(jour))


@verb(
    aliases=["build"],
    help={
        **PLACE_HELP,
        "frais": "refait tout, sans rien reprendre de la fois d’avant",
        "edition": "n’imprime que cette édition",
        "sans-recherche": "n’indexe pas la recherche",
        "rapport": "écrit le rapport dans ce fichier JSON",
    },
)
def construire(
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    frais: bool = False,
    edition: str = "",
    sans_recherche: bool = False,
    rapport: str = "",
) -> int:
    """Imprime toutes les éditions dans output/, et dit ce qui reste à reprendre."""
    from gazette.seal import told_again

    editions = (edition,) if edition else ()
    check_report(rapport)
    options = {"editions": editions, "is_fresh": frais, "has_search": not sans_recherche}
    wanted = order(contenu, sortie, jour, token_secret=secret(), **options)
    report = told_again(wanted)
    if report is None:
        with readers(wanted) as pool:
            from gazette.build import build

            with Waiting() as line:
                report = build(replace(wanted, tell=line.done), pool=pool)
    tell_findings(report.findings, shown_root(contenu))
    write_report(rapport, report, shown_root(contenu))
    tell_build(report)
    return CLOSED if report.is_closed else DONE


@verb(
    aliases=["check"],
    help={
        **PLACE_HELP,
        "format": "texte, json (un tableau, rien d’autre), gitlab (Code Quality) ou github (annotations)",
        "rapport": "écrit aussi, dans ce fichier HTML à imprimer, ce qu’un inspecteur demande",
    },
)
def controler(
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    format: str = "texte",  # noqa: A002
    rapport: str = "",
) -> int:
    """Vérifie tous les contenus, sans rien imprimer."""
    from gazette.model.finding import Severity
    from gazette.papers.paper import check_paper, write_paper
    from gazette.publish.forge import exposure

    if format not in {"texte", "json", "gitlab", "github"}:
        raise refusal(f"format inconnu « {format} » : texte, json, gitlab ou github")
    wanted = order(contenu, sortie, jour)
    check_paper(rapport, wanted.output, wanted.content)
    findings, held, unseen, found = exposure(os.environ), 0, 0, None
    if not findings:  # on an open project even the log is read by others: nothing of the content is told there
        with readers(wanted) as pool, Waiting() as line:
            from gazette.inquiry import inspect

            found = inspect(replace(wanted, tell=line.done), pool)
        findings, held, unseen = found.foretold, found.clearance.held, found.clearance.unseen
        if rapport:
            from gazette.papers.inspection import report
            from gazette.terminal.collection import sources_of

            sources = sources_of(wanted, found.newsroom, found.reading.entries)
            told = report(found.newsroom, found.reading, found.clearance, sources, wanted.now)
            write_paper(Path(rapport), told)
    if format == "texte":
        tell_findings(findings, shown_root(contenu))
        tell_unseen(unseen)
        if found:
            from gazette.terminal.cahiers import tell_books

            tell_books(found, wanted.now.date())
        print(verdict(findings, held))
    elif format == "github":
        tell_all(annotation(finding, shown_root(contenu)) for finding in findings)
        print(verdict(findings, held))
    else:
        shape = code_quality if format == "gitlab" else as_json
        print(json.dumps([shape(f, shown_root(contenu)) for f in findings], ensure_ascii=False, indent=1))
    return CLOSED if any(f.severity > Severity.NOTE for f in findings) else DONE


@verb(
    positional=["revision"],
    help={
        **PLACE_HELP,
        "revision": "commit, branche ou étiquette de git à quoi comparer (par défaut HEAD : le dernier enregistrement)",
        "depuis": "la même chose que REVISION",
        "format": "texte, markdown ou json",
        "rapport": "écrit aussi le Markdown dans ce fichier",
    },
)
def impact(
    revision: str = "HEAD",
    depuis: str = "",
    format: str = "texte",  # noqa: A002  # the option's name
    rapport: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Dit ce que les lecteurs verront changer, édition par édition, depuis un état antérieur du dépôt."""
    from gazette.terminal.comparison import compare_since

    if format not in {"texte", "markdown", "json"}:
        raise refusal("--format : texte, markdown ou json")
    return compare_since(depuis or revision, contenu, sortie, f"{instant(jour):%Y-%m-%d %H:%M}", format, rapport)
