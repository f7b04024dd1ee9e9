"""Gazette, le journal de la circonscription."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from gazette.terminal.call import CLOSED, DONE, HERE, ROOT, WRONG, in_content, instant, order, secret, shown, shown_root
from gazette.terminal.findings import annotation, as_json, code_quality, tell_findings, verdict
from gazette.terminal.report import check_report, tell_all, tell_build, tell_unseen, write_report

CHECKS = {
    "le style": ("ruff", "check"),
    "la mise en forme": ("ruff", "format", "--check"),
    "les types": ("mypy",),
    # Three at once on two cores: they wait for servers, browsers and children. A module is whole on one of them, so
    # that what it shares is made once; the longest come first (tests/conftest.py).
    "les tests": ("pytest", "-n", "3", "--dist", "loadscope", "--no-loadscope-reorder"),
}
COMPILE = (
    *("pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes"),
    *("--no-emit-index-url", "--no-annotate", "--no-header", "--output-file"),
)


PORT, PORTS = 8000, 65_536
UNSEEN = "De dos, de profil ou masqué, un visage n’est pas vu : regardez aussi vous-même."
PLACE_HELP = {
    "contenu": "dossier de la circonscription (par défaut content)",
    "sortie": "dossier où imprimer (par défaut output)",
    "jour": "« AAAA-MM-JJ » ou « AAAA-MM-JJ HH:MM », heure de Paris (par défaut maintenant)",
}


@task(
    aliases=["serve"],
    help={**PLACE_HELP, "port": "port de l’aperçu", "comme-en-ligne": "ne montre que ce que voient les lecteurs"},
)
def apercu(
    _: Context, contenu: str = "", sortie: str = "", jour: str = "", port: int = PORT, comme_en_ligne: bool = False
) -> None:
    """Montre le site sur cet ordinateur, et le rafraîchit à chaque enregistrement."""
    from gazette.model.token import PREVIEW_SECRET
    from gazette.preview.watch import preview

    def serve() -> int:
        if not 0 < port < PORTS:
            raise Exit(f"--port {port} : choisissez un nombre entre 1024 et {PORTS - 1}", code=WRONG)
        name = "apercu" + ("-en-ligne" if comme_en_ligne else "") + (f"-{port}" if port != PORT else "")
        output = sortie or str(ROOT / ".gazette" / name)
        wanted = order(contenu, output, jour, is_preview=not comme_en_ligne, token_secret=PREVIEW_SECRET)
        return preview(wanted, port, is_dated=bool(jour))

    at_the_edge(serve)


@task(
    aliases=["build"],
    help={
        **PLACE_HELP,
        "frais": "ne relit aucune mémoire et la refait",
        "edition": "n’imprime que cette édition",
        "sans-recherche": "n’indexe pas la recherche",
        "rapport": "écrit le rapport dans ce fichier JSON",
    },
)
def construire(
    _: Context,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    frais: bool = False,
    edition: str = "",
    sans_recherche: bool = False,
    rapport: str = "",
) -> None:
    """Imprime toutes les éditions dans output/, et dit ce qui reste à reprendre."""

    def run_build() -> int:
        from gazette.seal import told_again

        editions = (edition,) if edition else ()
        check_report(rapport)
        options = {"editions": editions, "is_fresh": frais, "has_search": not sans_recherche}
        wanted = order(contenu, sortie, jour, token_secret=secret(), **options)
        report = told_again(wanted)
        if report is None:
            from gazette.build import build

            report = build(wanted)
        tell_findings(report.findings, shown_root(contenu))
        write_report(rapport, report, shown_root(contenu))
        tell_build(report)
        return CLOSED if report.is_closed else DONE

    at_the_edge(run_build)


@task(
    aliases=["check"],
    help={
        **PLACE_HELP,
        "format": "texte, json (un tableau, rien d’autre), gitlab (Code Quality) ou github (annotations)",
        "rapport": "écrit aussi, dans ce fichier HTML à imprimer, ce qu’un inspecteur demande",
    },
)
def controler(
    _: Context,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    format: str = "texte",  # noqa: A002
    rapport: str = "",
) -> None:
    """Vérifie tous les contenus, sans rien imprimer."""

    def check() -> int:
        from gazette.build import inspect
        from gazette.model.finding import Severity
        from gazette.papers.inspection import report
        from gazette.papers.paper import check_paper, write_paper
        from gazette.publish.forge import exposure
        from gazette.terminal.cahiers import tell_books

        if format not in {"texte", "json", "gitlab", "github"}:
            raise Exit(f"format inconnu « {format} » : texte, json, gitlab ou github", code=WRONG)
        wanted = order(contenu, sortie, jour)
        check_paper(rapport, wanted.output, wanted.content)
        findings, held, unseen, found = exposure(os.environ), 0, 0, None
        if not findings:  # on an open project even the log is read by others: nothing of the content is told there
            found = inspect(wanted)
            findings, held, unseen = found.findings, found.clearance.held, found.clearance.unseen
            if rapport:
                write_paper(Path(rapport), report(found.newsroom, found.reading, found.clearance, wanted.now))
        if format == "texte":
            tell_findings(findings, shown_root(contenu))
            tell_unseen(unseen)
            if found:
                tell_books(found, wanted.now.date())
            print(verdict(findings, held))
        elif format == "github":
            tell_all(annotation(finding, shown_root(contenu)) for finding in findings)
            print(verdict(findings, held))
        else:
            shape = code_quality if format == "gitlab" else as_json
            print(json.dumps([shape(f, shown_root(contenu)) for f in findings], ensure_ascii=False, indent=1))
        return CLOSED if any(f.severity > Severity.NOTE for f in findings) else DONE

    at_the_edge(check)


@task(
    aliases=["new"],
    help={
        "genre": "un fil de circonscription.yml, ou outils, evenements, pages, cahier, contribution, autorisation",
        "titre": "entre guillemets",
        "cahier": "avec « contribution » : le nom du cahier",
        "ecole": "avec « contribution » : le code UAI de l’école",
        "classe": "avec « contribution » : la classe, par exemple CM2",
        "formulaire": "avec « autorisation » : écrit aussi, dans ce fichier HTML, la feuille à faire signer",
        "sans-ouvrir": "n’ouvre pas le brouillon dans l’éditeur",
        **PLACE_HELP,
    },
)
def nouveau(
    _: Context,
    genre: str,
    titre: str,
    formulaire: str = "",
    cahier: str = "",
    ecole: str = "",
    classe: str = "",
    sans_ouvrir: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Écrit un brouillon daté, valide et commenté, donne son chemin, et l’ouvre si vous êtes au terminal."""

    def write() -> int:
        from gazette.build import load
        from gazette.terminal.authorisation import new_authorisation
        from gazette.terminal.text_editor import open_draft
        from gazette.write.book import write_book, write_page
        from gazette.write.draft import write_draft

        wanted = order(contenu, sortie, jour)
        newsroom, _ = load(wanted)
        day = wanted.now.date()
        if genre in {"autorisation", "autorisations"}:
            return new_authorisation(wanted, newsroom, titre, formulaire)
        if formulaire:
            raise Exit("--formulaire va avec « nouveau autorisation »", code=WRONG)
        if (cahier or ecole or classe) and genre != "contribution":
            raise Exit("--cahier, --ecole et --classe vont avec « nouveau contribution »", code=WRONG)
        if genre in {"cahier", "cahiers"}:
            path = write_book(wanted.content, titre, day)
        elif genre == "contribution":
            path = write_page(wanted.content, titre, cahier, ecole, classe, day)
        else:
            path = write_draft(wanted.content, newsroom, genre, titre, day)
        print(shown(path))
        if not sans_ouvrir:
            open_draft(path)
        return DONE

    at_the_edge(write)


@task(
    positional=["fichier", "nom"],
    help={
        **PLACE_HELP,
        "fichier": "le texte, ou son dossier",
        "nom": "son nouveau nom, ou FIL/NOM pour le changer de fil",
    },
)
def renommer(_: Context, fichier: str, nom: str, contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Renomme un texte : il garde son identité, son ancienne adresse y mène, les liens suivent."""

    def run() -> int:
        from gazette.build import inspect
        from gazette.terminal.writing import tell_renamed
        from gazette.write.rename import entry_at, rename

        wanted = order(contenu, sortie, jour)
        found = inspect(wanted)
        entries = found.reading.entries
        entry = entry_at(entries, wanted.content, fichier)
        tell_renamed(wanted.content, rename(wanted.content, found.newsroom, entries, entry, nom))
        return DONE

    at_the_edge(run)


@task(positional=["fichier"], help={**PLACE_HELP, "fichier": "le texte, ou son dossier"})
def dupliquer(_: Context, fichier: str, contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Recopie un texte pour l’an prochain : un brouillon, dates déplacées par le calendrier scolaire."""

    def run() -> int:
        from gazette.build import inspect
        from gazette.terminal.writing import tell_duplicate
        from gazette.write.duplicate import duplicate
        from gazette.write.rename import entry_at

        wanted = order(contenu, sortie, jour)
        found = inspect(wanted)
        entries = found.reading.entries
        entry = entry_at(entries, wanted.content, fichier)
        tell_duplicate(wanted.content, duplicate(wanted.content, entries, entry, found.newsroom.zone))
        return DONE

    at_the_edge(run)


@task(
    positional=["fichiers"],
    iterable=["fichiers"],
    help={
        **PLACE_HELP,
        "fichiers": "les textes relus",
        "role": "au nom de quel rôle (par défaut, celui de votre adresse git)",
        "proprietaires": "écrit CODEOWNERS : la forge demande leur accord à ceux qui approuvent",
    },
)
def valider(
    _: Context,
    fichiers: list[str] | None = None,
    role: str = "",
    proprietaires: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Approuve des textes relus : ils paraissent tels quels, et toute retouche redemande un accord."""

    def run() -> int:
        from gazette.build import inspect
        from gazette.read.history import committer
        from gazette.terminal.writing import tell_approved, write_owners
        from gazette.write.approve import approve
        from gazette.write.rename import entry_at

        if not fichiers and not proprietaires:
            raise Exit("donnez les textes à approuver, ou --proprietaires", code=WRONG)
        wanted = order(contenu, sortie, jour)
        found = inspect(wanted)
        if proprietaires:
            write_owners(wanted.content, found.newsroom)
        entries = [entry_at(found.reading.entries, wanted.content, file) for file in fichiers or ()]
        for entry in entries:
            who = committer(wanted.content)
            signer = approve(wanted.content, found.newsroom, entry, role, who, wanted.now.date())
            tell_approved(wanted.content, entry, signer)
        return DONE

    at_the_edge(run)


@task(
    positional=[],
    help={**PLACE_HELP, "imprimer": "écrit aussi le conducteur dans ce fichier HTML à imprimer"},
)
def conducteur(_: Context, imprimer: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Dit ce qui vient cette semaine et la suivante, ce qui attend un accord, ce qui manque."""

    def tell() -> int:
        from gazette.build import inspect
        from gazette.papers.conducteur import conducteur, lines, sheet
        from gazette.papers.paper import check_paper, write_paper

        wanted = order(contenu, sortie, jour)
        check_paper(imprimer, wanted.output, wanted.content)
        found = inspect(wanted)
        parts = conducteur(found.newsroom, found.reading, wanted.content, wanted.now)
        tell_all(lines(parts))
        if imprimer:
            write_paper(Path(imprimer), sheet(found.newsroom, parts, wanted.now))
            print(f"À imprimer : {imprimer}")
        return DONE

    at_the_edge(tell)


@task(
    name="importer-annuaire",
    help={
        "fichier": "CSV de l’annuaire de l’éducation (data.education.gouv.fr), entier ou filtré",
        "circonscription": "son code dans le fichier, quand il en contient plusieurs",
        "publiees": "écrit les nouvelles écoles publiées (sans cette option : en brouillon)",
        "simuler": "dit ce qui changerait, et n’écrit rien",
        **PLACE_HELP,
    },
)
def importer_annuaire(
    _: Context,
    fichier: str,
    circonscription: str = "",
    publiees: bool = False,
    simuler: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Met à jour ecoles/ d’après l’annuaire national, sans rien perdre de ce qui y est écrit."""

    def take() -> int:
        from gazette.build import load
        from gazette.write.roster import SIZE_LIMIT, roster, take_in

        wanted = order(contenu, sortie, jour)
        newsroom, _ = load(wanted)
        with Path(fichier).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        done = roster(data, wanted.content, newsroom, circonscription, is_public=publiees)
        tell_all(done.told)
        if not simuler:
            take_in(done)
        will = "seraient " if simuler else ""
        print(
            f"Annuaire : {done.added} école(s) {will}ajoutée(s), {done.updated} {will}mise(s) à jour, "
            f"{done.untouched} sans changement." + (" Rien n’est écrit." if simuler else "")
        )
        return DONE

    at_the_edge(take)


@task(
    positional=[],
    help={**PLACE_HELP, "imprimer": "écrit le registre dans ce fichier HTML à imprimer"},
)
def registre(_: Context, imprimer: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Commence registres/traitements.yml d’après circonscription.yml, ou en fait une page à imprimer."""

    def write() -> int:
        from gazette.build import inspect
        from gazette.papers.inspection import register, skeleton
        from gazette.papers.paper import check_paper, write_paper

        wanted = order(contenu, sortie, jour)
        check_paper(imprimer, wanted.output, wanted.content)
        found = inspect(wanted)
        path = wanted.content / "registres" / "traitements.yml"
        if not path.exists():
            path.write_text(skeleton(found.newsroom), "utf-8")
            print(f"{shown(path)} : relisez chaque ligne, complétez celles qui sont vides.")
            found = inspect(wanted)
        elif not imprimer:
            print(f"{shown(path)} existe déjà : {len(found.reading.processings)} traitement(s).")
        if imprimer:
            write_paper(Path(imprimer), register(found.newsroom, found.reading.processings, wanted.now))
            print(f"À imprimer : {imprimer}")
        return DONE

    at_the_edge(write)


@task(help=PLACE_HELP)
def autorisations(_: Context, contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Dit les autorisations, celle qui finit d’abord en tête : projets, supports, dernier jour, articles."""

    def tell() -> int:
        from gazette.build import inspect
        from gazette.papers.consent import lines, rows

        wanted = order(contenu, sortie, jour)
        found = inspect(wanted)
        known = rows(found.reading.authorisations.values(), found.reading.entries, wanted.now.date())
        tell_all(lines(known))
        if not known:
            print('Aucune autorisation : ./gazette nouveau autorisation "Nom du projet" en commence une.')
        return DONE

    at_the_edge(tell)


@task(
    help={
        "fichier": "JPEG, PNG ou WebP : son chemin d’ici, ou dans le dossier de la circonscription",
        "visages": "seulement ceux-ci, par exemple 1,3 (sans cette option : tous)",
        "vers": "écrit la copie sous ce nom (par défaut NOM-floute.jpg, à côté)",
        "montrer": "n’écrit rien : montre les visages numérotés, dans un dossier temporaire",
        "remplacer": "écrase une copie déjà faite",
        "contenu": PLACE_HELP["contenu"],
    },
)
def flouter(
    _: Context,
    fichier: str,
    visages: str = "",
    vers: str = "",
    montrer: bool = False,
    remplacer: bool = False,
    contenu: str = "",
) -> None:
    """Écrit une copie de l’image où les visages sont effacés ; l’original ne change pas."""

    def blur_faces() -> int:
        from gazette.press.blur import blur, chosen, copy_name, number
        from gazette.press.faces import Eyes

        source = next((p for p in (Path(fichier), Path(contenu or ROOT / "content") / fichier) if p.is_file()), None)
        if source is None:
            raise Exit(f"{fichier} : ce fichier n’existe pas", code=WRONG)
        target = source if montrer else copy_name(source, vers, is_replaced=remplacer)
        with Eyes() as eyes:
            faces = eyes.faces(source)
            for rank, face in enumerate(faces, 1):
                print(f"{rank} · {face.where}, {100 * face.height:.0f} % de la hauteur")
            wanted = chosen(faces, visages)
            if not faces:
                print(f"Aucun visage vu dans {fichier}, rien n’est écrit. {UNSEEN}")
                return CLOSED
            if montrer:
                shown_at = Path(tempfile.mkdtemp(prefix="gazette-")) / "visages.jpg"
                number(source, shown_at, faces)
                print(f"À regarder, puis à effacer : {shown_at}")
                return DONE
            is_clean = blur(source, target, wanted, eyes)
        print(f"{shown(target)} : {len(wanted)} visage(s) effacé(s) sur {len(faces)}. {UNSEEN}")
        if not is_clean:
            print("La machine croit encore y voir un visage : regardez cette copie avant de vous en servir.")
        return DONE

    at_the_edge(blur_faces)


@task
def photos(_: Context) -> None:
    """Ajoute de quoi chercher les visages dans les images (200 Mo), ou dit que c’est là."""

    def tell() -> int:
        from gazette.press.faces import Eyes

        with Eyes():
            print(f"Les visages sont cherchés dans les images déclarées sans personne. {UNSEEN}")
        return DONE

    at_the_edge(tell)


@task(
    help={
        "nettoyer": "ôte ces métadonnées de ce qui va être enregistré : c’est ce que le crochet appelle",
        "controler": "pose un crochet qui contrôle aussi les textes : ceux qui seraient refusés ne s’enregistrent pas",
        "verifier": "contrôle ce qui va être enregistré : c’est ce que ce crochet-là appelle",
        "contenu": PLACE_HELP["contenu"],
    },
)
def crochet(
    _: Context, nettoyer: bool = False, controler: bool = False, verifier: bool = False, contenu: str = ""
) -> None:
    """Fait ôter à git les métadonnées des images et des sons (lieu, auteur, appareil), avant chaque enregistrement."""

    def hook() -> int:
        from gazette.hook import clean, install
        from gazette.terminal.staged import check_staged

        content = Path(contenu or ROOT / "content")
        if verifier:
            return check_staged(content, contenu)
        if nettoyer:
            print("".join(f"Gazette · {told}\n" for told in clean(content)), end="")
        else:
            path = install(content, ROOT / "gazette", is_checked=controler)
            also = " et contrôle les textes" if controler else ""
            print(f"{path} : chaque enregistrement ôte désormais ces métadonnées{also}.")
        return DONE

    at_the_edge(hook)


@task(
    positional=[],
    aliases=["collect"],
    help={
        **PLACE_HELP,
        "source": "seulement l’école de ce code UAI, même si elle est en panne",
        "hors-ligne": "rejoue ce que dit federation.lock.json, sans rien demander à personne",
        "confirmer": "fait aussi ce qui était retenu : beaucoup d’articles d’un coup, ou beaucoup de retraits",
        "branche": "collecte/AAAA-Snn : un commit par école, et une demande de fusion qui vaut accord",
    },
)
def collecter(
    _: Context,
    source: str = "",
    hors_ligne: bool = False,
    confirmer: bool = False,
    branche: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Relève ce que publient les écoles autorisées, et le met en attente : rien n’en paraît sans accord."""

    def run() -> int:
        from gazette.terminal.call import order
        from gazette.terminal.collection import gather, offer, settings_of, tell_collection

        wanted = order(contenu, sortie, jour)
        settings = settings_of(wanted, is_offline=hors_ligne, is_confirmed=confirmer, branch=branche)
        if branche:
            return offer(wanted, settings, source)
        return tell_collection(gather(wanted, settings, source))

    at_the_edge(run)


@task(
    help={
        **PLACE_HELP,
        "fichier": "export de WordPress (.xml), archive RSS ou Atom, ou cahier multimédia de l’ENT (.zip)",
        "fil": "le fil où écrire les brouillons (par défaut actualites), ou un cahier : cahiers/<nom>",
        "auteur": "qui signe : une fonction, ou le code d’une école (par défaut equipe)",
        "classe": "la classe qui donne ces pages à un cahier",
        "medias": "dossier des images du blog (wp-content/uploads), qu’un export ne contient pas",
    },
)
def importer(
    _: Context,
    fichier: str,
    fil: str = "actualites",
    auteur: str = "equipe",
    classe: str = "",
    medias: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Reprend un blog existant en brouillons, avec ses images et ses sons, et dit ce qui n’a pu l’être."""

    def bring() -> int:
        from gazette.terminal.call import order
        from gazette.terminal.importation import bring_in

        return bring_in(order(contenu, sortie, jour), Path(fichier), fil, auteur, classe, medias)

    at_the_edge(bring)


@task(
    positional=[],
    aliases=["moderate"],
    help={
        **PLACE_HELP,
        "liste": "une ligne par dépêche en attente, son id d’abord",
        "accepter": "accepte la dépêche de cet id",
        "refuser": "refuse la dépêche de cet id ; elle ne revient que si l’école la change",
        "motif": "pourquoi elle est refusée",
        "texte": "avec --accepter : accepte ce texte corrigé à sa place",
        "personnes": "avec --accepter : qui paraît sur chaque image : a.jpg=aucune,b.jpg=eleves:AUT-2026-001",
        "role": "la fonction qui répond (par défaut celle de l’adresse de git, sinon equipe)",
        "web": "répond dans un navigateur de cet ordinateur, à une adresse secrète",
    },
)
def moderer(
    _: Context,
    liste: bool = False,
    accepter: str = "",
    refuser: str = "",
    motif: str = "",
    texte: str = "",
    personnes: str = "",
    role: str = "",
    web: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Montre ce que les écoles ont envoyé, et l’accepte, le corrige ou le refuse : rien d’autre ne paraît."""

    def answer() -> int:
        from gazette.terminal.call import order, refusal
        from gazette.terminal.moderation import accept, list_queue, moderate, moderator, refuse, serve

        if accepter and refuser:
            raise refusal("--accepter et --refuser ne vont pas ensemble")
        if (texte or personnes) and not accepter:
            raise refusal("--texte et --personnes vont avec --accepter")
        wanted = order(contenu, sortie, jour)
        who = moderator(wanted, role)
        if liste:
            return list_queue(who)
        if accepter:
            return accept(wanted, who, accepter, personnes, texte)
        if refuser:
            return refuse(who, refuser, motif)
        return serve(wanted, who) if web else moderate(wanted, who, input)

    at_the_edge(answer)


@task(
    positional=[],
    aliases=["withdraw"],
    help={
        **PLACE_HELP,
        "autorisation": "retire tout ce que couvrait cette autorisation",
        "fichier": "retire cette image, ce son ou ce document, partout où il paraît",
        "entree": "retire cet article (son id, ou son chemin)",
        "motif": "autorisation, demande (par défaut), erreur ou fin",
        "cible": "met aussitôt en ligne sur cette cible de publishconf.py",
        "vers": "dossier de la cible local",
        "certificat": "écrit le certificat dans ce fichier",
        "preuve": "cherche à nouveau, sur la cible aussi, ce qu’ôtait le dernier retrait fait ici, et le certifie",
        "historique": "purge l’histoire git de ce clone de tout ce que nomme le registre (docs/retrait.md)",
        "oui": "avec --historique : ne demande rien",
    },
)
def retirer(
    _: Context,
    autorisation: str = "",
    fichier: str = "",
    entree: str = "",
    motif: str = "demande",
    cible: str = "",
    vers: str = "",
    certificat: str = "",
    preuve: bool = False,
    historique: str = "",
    oui: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Retire un article ou un média partout, pour de bon, et en donne la preuve."""

    def withdraw() -> int:
        from gazette.publish.stage import target
        from gazette.terminal.purge import purge_clone
        from gazette.terminal.withdrawal import prove, take_off
        from gazette.withdrawal.withdraw import Request

        wanted = order(contenu, sortie, jour, is_production=bool(cible), token_secret=secret())
        if historique:
            if autorisation or fichier or entree:
                raise Exit("--historique va seul : retirez, enregistrez le registre, clonez, puis purgez", code=WRONG)
            return purge_clone(Path(historique), wanted.content, is_sure=oui)
        place = target(ROOT / "publishconf.py", cible, vers) if cible else None
        if preuve:
            if autorisation or fichier or entree:
                raise Exit("--preuve cherche à nouveau le dernier retrait fait ici : elle va seule", code=WRONG)
            return prove(wanted, place, vers, certificat)
        named = [in_content(words, wanted.content) for words in (fichier, entree)]
        request = Request(authorisation=autorisation, file=named[0], entry=named[1], motive=motif)
        return take_off(wanted, request, place, contenu, vers, certificat)

    at_the_edge(withdraw)


@task(
    positional=[],
    optional=["retour"],
    aliases=["publish"],
    help={
        **PLACE_HELP,
        "cible": "nom de la cible dans publishconf.py",
        "vers": "dossier de la cible local : DOSSIER/<édition>/ est en ligne",
        "simuler": "dit ce qui serait envoyé, et n’envoie rien",
        "retour": "remet en ligne l’édition gardée de ce numéro (sans numéro : la précédente)",
        "nouveau-jeton": "change les adresses des fils à jeton de cette édition : celles d’avant meurent",
        "rapport": "écrit le rapport dans ce fichier JSON",
    },
)
def publier(
    _: Context,
    cible: str,
    vers: str = "",
    simuler: bool = False,
    retour: str = "",
    nouveau_jeton: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
    rapport: str = "",
) -> None:
    """Construit, relit les épreuves, puis met en ligne, d’un coup ou pas du tout."""

    def publish() -> int:
        from gazette.publish.stage import limits, target
        from gazette.terminal.publication import go_back, is_exposed, put_on_line, renew_token

        check_report(rapport)
        if retour and simuler:
            raise Exit("--retour ne se simule pas : ./gazette etat dit ce qui est gardé", code=WRONG)
        if nouveau_jeton and (retour or simuler):
            raise Exit("--nouveau-jeton va seul : ni --retour, ni --simuler", code=WRONG)
        place = target(ROOT / "publishconf.py", cible, vers)
        wanted = order(contenu, sortie, jour, is_production=True, token_secret=secret())
        tell_all(limits(place, now=instant(""), day=wanted.now))
        if is_exposed(contenu):
            return CLOSED
        if retour:
            return go_back(place, wanted, retour, contenu)
        if nouveau_jeton:
            renew_token(wanted, nouveau_jeton, contenu)
        return put_on_line(place, wanted, contenu, is_rehearsal=simuler, rapport=rapport)

    at_the_edge(publish)


@task(
    positional=[],
    help={
        **PLACE_HELP,
        "cible": "nom de la cible dans publishconf.py",
        "vers": "dossier de la cible local",
    },
)
def etat(_: Context, cible: str, vers: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Dit ce qui est en ligne, depuis quand, si c’est intact, et ce qui diffère de l’édition construite ici."""

    def tell() -> int:
        from gazette.build import built, load
        from gazette.publish.stage import target
        from gazette.publish.words import place_lines, plan_lines

        wanted = order(contenu, sortie, jour)
        place = target(ROOT / "publishconf.py", cible, vers)
        here = {manifest.audience: manifest for manifest in built(wanted)}
        names = list(here) or [a.name for a in load(wanted)[0].audiences]
        is_whole = True
        for found, editions in place.places(names).values():
            with found.session():
                damages = found.damages()
                is_whole = is_whole and all(damage.is_none for damage in damages)
                tell_all(place_lines(found, damages))
                print("  Publier ce qui est construit ici changerait :" if here else "")
                for plan in found.plan([here[n] for n in editions if n in here]):
                    tell_all(f"    {line}" for line in plan_lines(plan, is_done=False))
        if not here:
            print("Rien n’est construit ici : « ./gazette construire » permet de comparer.")
        return DONE if is_whole else CLOSED

    at_the_edge(tell)


@task(
    positional=["edition"],
    help={
        **PLACE_HELP,
        "edition": "édition réservée : enseignants, directeurs…",
        "lettre": "écrit la lettre à imprimer dans ce fichier HTML",
    },
)
def jeton(_: Context, edition: str, lettre: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Donne les adresses réservées à ajouter dans l’ENT, une par fil."""

    def tell() -> int:
        from gazette.build import load
        from gazette.errors import ConfigurationError
        from gazette.model.token import VARIABLE
        from gazette.papers.handout import handed, letter, lines
        from gazette.terminal.secret import check_letter
        from gazette.write.series import with_tokens

        wanted = order(contenu, sortie, jour)
        newsroom, _ = load(wanted)
        audience, day = with_tokens(newsroom, edition), wanted.now.date()
        if not secret():
            raise ConfigurationError(f"{VARIABLE} manque : c’est de lui que les adresses sont faites (docs/jetons.md)")
        check_letter(lettre, wanted)
        feeds = handed(secret(), newsroom, audience, day)
        tell_all(lines(feeds, newsroom, audience, day))
        if lettre:
            Path(lettre).write_text(letter(feeds, newsroom, audience, day), "utf-8")
            print(f"\nLettre à imprimer : {lettre}. Elle ne se publie pas.")
        return DONE

    at_the_edge(tell)


@task(
    positional=["revision"],
    help={
        **PLACE_HELP,
        "revision": "commit, branche ou étiquette de git à quoi comparer (par défaut HEAD : le dernier enregistrement)",
        "depuis": "le même",
        "format": "texte, markdown ou json",
        "rapport": "écrit aussi le Markdown dans ce fichier",
    },
)
def impact(
    _: Context,
    revision: str = "HEAD",
    depuis: str = "",
    format: str = "texte",  # noqa: A002  # the option's name
    rapport: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Dit ce que les lecteurs verront changer, édition par édition, depuis un état antérieur du dépôt."""

    def compare() -> int:
        from gazette.terminal.comparison import compare_since

        if format not in {"texte", "markdown", "json"}:
            raise Exit("--format : texte, markdown ou json", code=WRONG)
        return compare_since(depuis or revision, contenu, sortie, f"{instant(jour):%Y-%m-%d %H:%M}", format, rapport)

    at_the_edge(compare)


@task(
    help={
        **PLACE_HELP,
        "vers": "fichier à écrire (par défaut deploiement/nginx.conf)",
    },
)
def serveur(_: Context, vers: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> None:
    """Écrit de quoi servir chaque édition par nginx : adresses, accès, en-têtes, pages retirées ou déplacées."""

    def write() -> int:
        from gazette.build import detours_of, load
        from gazette.publish.nginx import configuration
        from gazette.publish.server import server
        from gazette.state import write_whole

        wanted = order(contenu, sortie, jour)
        newsroom, _ = load(wanted)
        settings, detours = server(ROOT / "publishconf.py", newsroom), detours_of(wanted)
        feeds = (HERE / "deploiement" / "flux.conf").read_text("utf-8")
        path = Path(vers) if vers else ROOT / "deploiement" / "nginx.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, configuration(settings, newsroom, detours, feeds).encode())
        for name, found in detours.items():
            print(f"{name} : {len(found.moved)} adresse(s) déplacée(s), {len(found.gone)} retirée(s)")
        print(f"{shown(path)} : à inclure dans nginx, puis « nginx -t » et « systemctl reload nginx ».")
        return DONE

    at_the_edge(write)


@task(
    help={
        **PLACE_HELP,
        "edition": "édition réservée : enseignants, directeurs…",
        "vers": "fichier des mots de passe (par défaut celui de publishconf.py)",
        "ecoles": "en change le mot de passe : des codes UAI entre virgules",
    },
)
def acces(
    _: Context,
    edition: str,
    vers: str = "",
    ecoles: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Tire un mot de passe pour chaque école qui n’en a pas, le dit une fois, et n’en garde que l’empreinte."""

    def draw() -> int:
        from gazette.build import load, schools_of
        from gazette.publish.passwords import encoded, kept, renewed
        from gazette.publish.server import password_file, server
        from gazette.terminal.secret import check_outside, write_private

        wanted = order(contenu, sortie, jour)
        path = Path(vers or password_file(server(ROOT / "publishconf.py", load(wanted)[0]), edition))
        check_outside(path, wanted)
        schools = schools_of(wanted)
        chosen = {code.strip().upper() for code in ecoles.split(",") if code.strip()}
        if chosen - set(schools):
            raise Exit(f"--ecoles : {min(chosen - set(schools))} n’est pas dans l’annuaire", code=WRONG)
        before = kept(path.read_text("utf-8")) if path.exists() else {}
        digests, drawn = renewed(before, schools, chosen)
        write_private(path, encoded(digests))
        for uai, word in drawn.items():
            print(f"{uai}  {word}  {schools[uai]}")
        gone = len(set(before) - set(digests))
        print(f"{shown(path)} : {len(digests)} école(s), {len(drawn)} mot(s) de passe tiré(s), {gone} ôté(s).")
        if drawn:
            print("Ils ne seront plus dits : donnez-les maintenant, à chaque école le sien, par un canal sûr.")
        return DONE

    at_the_edge(draw)


@task(
    help={
        **PLACE_HELP,
        "semaine": "2026-S47 par exemple (par défaut la dernière racontée, le vendredi à 16 h)",
        "edition": "édition racontée ; par défaut la plus ouverte, que chacun peut lire",
        "vers": "écrit un message .eml par école dans ce dossier",
        "smtp": "envoie par le serveur de LETTRE, dans publishconf.py",
        "ecoles": "seulement à ces écoles : des codes UAI entre virgules",
    },
)
def lettre(
    _: Context,
    semaine: str = "",
    edition: str = "",
    vers: str = "",
    smtp: bool = False,
    ecoles: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> None:
    """Fait de la semaine une lettre aux écoles : un message chacune, à l’adresse de fonction de l’annuaire."""

    def write_or_send() -> int:
        from gazette.build import build_letter, load
        from gazette.publish.mail import messages, write
        from gazette.publish.post import post
        from gazette.terminal.letters import only, send_letters, tell_unserved

        if bool(vers) == smtp:
            raise Exit("dites --vers DOSSIER pour écrire les messages, ou --smtp pour les envoyer", code=WRONG)
        wanted = order(contenu, sortie, jour, editions=(edition,) if edition else (), is_production=smtp)
        settings = post(ROOT / "publishconf.py", load(wanted)[0])
        report = build_letter(wanted, semaine)
        tell_findings(report.findings, shown_root(contenu))
        if report.proofed is None:
            print("Porte fermée : aucune lettre. Reprenez les lignes « ARRÊT » ci-dessus.")
            return CLOSED
        chosen = only(report.recipients, ecoles)
        made = messages(report.proofed, report.letter, chosen, settings, report.newsroom, report.audience, report.now)
        if smtp:
            return send_letters(report, made, settings)
        write(made, Path(vers))
        print(
            f"{report.letter.title}, édition {report.audience.name} : {len(made)} message(s) dans {shown(Path(vers))}."
        )
        tell_unserved(report)
        return DONE

    at_the_edge(write_or_send)


@task(
    help={
        "articles": "nombre d’articles du corpus (par défaut 1000)",
        "face-a": "à côté de : hugo, pelican",
        "repetitions": "nombre de mesures de chaque cas (par défaut 3)",
        "json": "écrit les mesures dans ce fichier",
        "profil": "écrit dans ce dossier le profil de chaque cas (cProfile), qui alourdit ses mesures",
    },
)
def mesurer(
    _: Context, articles: int = 1000, face_a: str = "", repetitions: int = 3, json: str = "", profil: str = ""
) -> None:
    """Mesure la construction sur un grand corpus : table, et JSON sur demande."""
    if articles < 1 or repetitions < 1:
        raise Exit("--articles et --repetitions : au moins 1", code=WRONG)
    words = [str(ROOT / "benchmarks" / "measure.py"), "--articles", str(articles), "--runs", str(repetitions)]
    words += ["--against", face_a] if face_a else []
    words += ["--json", json] if json else []
    if profil:
        Path(profil).mkdir(parents=True, exist_ok=True)
        words += ["--profile", str(Path(profil).resolve())]
    raise Exit(code=subprocess.run([sys.executable, *words], check=False).returncode)


@task(
    positional=["mots"],
    iterable=["mots"],
    help={
        "mots": "donnés à pytest : fichiers, et options après --",
        "complet": "tous les comptes, les balayages et l’échelle",
    },
)
def test(_: Context, mots: list[str] | None = None, complet: bool = False) -> None:
    """Vérifie le style, les types, puis tout le reste par les tests."""
    environment = os.environ | ({"GAZETTE_COMPLET": "1"} if complet else {})
    failed = []
    for name, command in CHECKS.items():
        words = mots or [] if command[0] == "pytest" else []
        done = subprocess.run([sys.executable, "-m", *command, *words], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            failed.append(name)
    if failed:
        raise Exit(f"À reprendre : {', '.join(failed)}.", code=1)


@task
def regles(_: Context) -> None:
    """Dit les règles du contrôle, une ligne chacune, comme docs/regles.md."""
    from gazette.rgpd.rulebook import page

    print(page(), end="")


@task(
    help={
        "archive": "lit l’archive de Sveltia CMS dans ce fichier, au lieu de la demander à npm",
    },
)
def redaction(_: Context, archive: str = "") -> None:
    """Pose l’éditeur du navigateur (/admin/ de l’aperçu) : une archive comparée à son empreinte, rendue muette."""

    def put() -> int:
        from gazette.admin.bundle import PACKAGE, VERSION, install

        place = install(ROOT, Path(archive) if archive else None)
        print(f"{PACKAGE} {VERSION} est dans {shown(place)}. Écrivez à l’adresse /admin/ de l’aperçu.")
        return DONE

    at_the_edge(put)


@task(help={"vers": "dossier à écrire (par défaut .vscode)"})
def vscode(_: Context, vers: str = "") -> None:
    """Écrit .vscode/ : l’éditeur propose les clés de l’en-tête et leurs valeurs, et contrôle d’une touche."""

    def write() -> int:
        from gazette.state import write_whole
        from gazette.write.editor import files

        folder = Path(vers) if vers else ROOT / ".vscode"
        for name, text in files().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, text.encode())
        print(f"{shown(folder)} : {len(files())} fichiers. Dans l’éditeur : Terminal, Exécuter la tâche, Gazette.")
        return DONE

    at_the_edge(write)


@task(positional=["code"], help={"code": "celui qui est entre crochets à la fin d’un message, par exemple LEC-02"})
def messages(_: Context, code: str = "") -> None:
    """Dit tous les messages et ce qu’ils demandent, comme docs/messages.md ; ou ceux d’un seul code."""

    def tell() -> int:
        from gazette.messages.catalogue import entry, page
        from gazette.messages.catalogue import messages as known
        from gazette.read.explain import suggestion

        said = known() if code else {}
        if code and code.upper() not in said:
            raise Exit(f"code inconnu « {code} » : {suggestion(code, sorted(said))}", code=WRONG)
        print(entry(code.upper(), said[code.upper()]) if code else page(), end="")
        return DONE

    at_the_edge(tell)


@task(
    positional=["dossier"],
    help={
        "dossier": "dossier nouveau, où l’écrire",
        "reponses": "lit les réponses dans ce fichier YAML au lieu de les demander",
        "gazette": "version dont elle dépendra, telle que pip la lit (par défaut, celle-ci)",
        "jour": PLACE_HELP["jour"],
    },
)
def circonscription(_: Context, dossier: str, reponses: str = "", gazette: str = "", jour: str = "") -> None:
    """Commence une circonscription : douze questions, puis un dépôt prêt, qui se construit aussitôt."""

    def run() -> int:
        from gazette.terminal.circonscription import ask, pinned, tell_begun
        from gazette.write.circonscription import answers, begin

        given = answers(Path(reponses)) if reponses else ask()
        files = begin(Path(dossier).absolute(), given, gazette or pinned(), instant(jour).date())
        tell_begun(dossier, files)
        return DONE

    at_the_edge(run)


@task(help={"recentes": "passe à la dernière version de tout ce que pyproject.toml permet"})
def verrouiller(_: Context, recentes: bool = False) -> None:
    """Recalcule les verrous (requirements*.lock) d’après pyproject.toml."""
    core, photos, tests = "requirements.lock", "requirements-photos.lock", "requirements-test.lock"
    upgrade = ["--upgrade"] if recentes else []
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            venv.create(folder, with_pip=True)
            run(f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv")
            uv = f"{folder}/bin/uv"
        run(uv, *COMPILE, core, *upgrade)
        run(uv, *COMPILE, photos, *upgrade, "--extra", "photos", "--constraint", core)
        run(uv, *COMPILE, tests, *upgrade, "--extra", "photos", "--group", "test", "--constraint", photos)
    print(f"Verrous à jour : {core}, {photos}, {tests}.")


def run(*command: str) -> None:
    """Run a command at the root, with the system's certificates for uv; leave with its code when it fails."""
    code = subprocess.run(command, cwd=ROOT, env=os.environ | {"UV_SYSTEM_CERTS": "1"}, check=False).returncode
    if code:
        raise Exit(f"En échec : {' '.join(command)}", code=code)


def at_the_edge(verb: Callable[[], int]) -> None:
    """Run a verb and leave with its code: the one place where an error becomes words on a terminal."""
    from gazette.errors import GazetteError

    try:
        code = verb()
    except GazetteError as error:
        raise Exit(f"Gazette s’arrête : {error}", code=WRONG) from error
    except OSError as error:
        place = f"{error.filename} : " if error.filename else ""
        raise Exit(f"Gazette s’arrête : {place}{error.strerror} (disque plein ? droits ?)", code=WRONG) from error
    except KeyboardInterrupt:
        raise Exit("Interrompu.", code=130) from None
    except Exit:
        raise
    except Exception as error:  # the edge: whatever broke, nothing was put in place
        import traceback

        traceback.print_exc()
        message = f"Défaut de Gazette ou d’un de ses modules ({type(error).__name__}) : rien n’a été changé en ligne."
        raise Exit(message, code=WRONG) from error
    raise Exit(code=code)
