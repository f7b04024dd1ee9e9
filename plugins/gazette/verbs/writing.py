"""What authors write: a new text, its name, its copy for next year, its approval, the week to come, the directory."""

from dataclasses import replace
from pathlib import Path

from gazette.terminal.call import DONE, order, refusal, shown
from gazette.terminal.report import tell_all
from gazette.terminal.waiting import Waiting
from gazette.verbs.edge import PLACE_HELP, verb


@verb(
    aliases=["new"],
    help={
        "genre": "un fil de circonscription.yml, ou outils, evenements, pages, cahier, contribution, autorisation",
        "titre": "celui du texte ; entre guillemets, à la suite de la commande",
        "cahier": "avec « contribution » : le nom du cahier",
        "ecole": "avec « contribution » : le code UAI de l’école",
        "classe": "avec « contribution » : la classe, par exemple CM2",
        "formulaire": "avec « autorisation » : écrit aussi, dans ce fichier HTML, la feuille à faire signer",
        "sans-ouvrir": "n’ouvre pas le brouillon dans l’éditeur",
        **PLACE_HELP,
    },
)
def nouveau(
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
) -> int:
    """Écrit un brouillon daté, valide et commenté, donne son chemin, et l’ouvre si vous êtes au terminal."""
    from gazette.check import load
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
        raise refusal("--formulaire va avec « nouveau autorisation »")
    if (cahier or ecole or classe) and genre != "contribution":
        raise refusal("--cahier, --ecole et --classe vont avec « nouveau contribution »")
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


@verb(
    positional=["fichier", "nom"],
    help={
        **PLACE_HELP,
        "fichier": "le texte, ou son dossier",
        "nom": "son nouveau nom, ou FIL/NOM pour le changer de fil",
    },
)
def renommer(fichier: str, nom: str, contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Renomme un texte : il garde son identité, son ancienne adresse y mène, les liens suivent."""
    from gazette.inquiry import inspect
    from gazette.terminal.writing import tell_renamed
    from gazette.write.rename import entry_at, rename

    wanted = order(contenu, sortie, jour)
    found = inspect(wanted)
    entries = found.reading.entries
    entry = entry_at(entries, wanted.content, fichier)
    tell_renamed(wanted.content, rename(wanted.content, found.newsroom, entries, entry, nom))
    return DONE


@verb(positional=["fichier"], help={**PLACE_HELP, "fichier": "le texte, ou son dossier"})
def dupliquer(fichier: str, contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Recopie un texte pour l’an prochain : un brouillon, dates déplacées par le calendrier scolaire."""
    from gazette.inquiry import inspect
    from gazette.terminal.writing import tell_duplicate
    from gazette.write.duplicate import duplicate
    from gazette.write.rename import entry_at

    wanted = order(contenu, sortie, jour)
    found = inspect(wanted)
    entries = found.reading.entries
    entry = entry_at(entries, wanted.content, fichier)
    tell_duplicate(wanted.content, duplicate(wanted.content, entries, entry, found.newsroom.zone))
    return DONE


@verb(
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
    fichiers: list[str] | None = None,
    role: str = "",
    proprietaires: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Approuve des textes relus, par une empreinte : là où le fil la demande, toute retouche redemande un accord."""
    from gazette.inquiry import inspect
    from gazette.read.history import committer
    from gazette.terminal.writing import tell_approved, write_owners
    from gazette.write.approve import approve
    from gazette.write.rename import entry_at

    if not fichiers and not proprietaires:
        raise refusal("donnez les textes à approuver, ou --proprietaires")
    wanted = order(contenu, sortie, jour)
    found = inspect(wanted)
    if proprietaires:
        write_owners(wanted.content, found.newsroom)
    entries = [entry_at(found.reading.entries, wanted.content, file) for file in fichiers or ()]
    for entry in entries:
        who = committer(wanted.content)
        signer = approve(wanted.content, found.newsroom, entry, role, who, wanted.now.date())
        tell_approved(wanted.content, entry, signer, found.newsroom.fil(entry.folder))
    return DONE


@verb(
    positional=[],
    help={**PLACE_HELP, "imprimer": "écrit aussi le conducteur dans ce fichier HTML à imprimer"},
)
def conducteur(imprimer: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Dit ce qui vient cette semaine et la suivante, ce qui attend un accord, ce qui manque."""
    from gazette.inquiry import inspect
    from gazette.papers.conducteur import conducteur, lines, sheet
    from gazette.papers.paper import check_paper, write_paper

    wanted = order(contenu, sortie, jour)
    check_paper(imprimer, wanted.output, wanted.content)
    with Waiting() as line:
        found = inspect(replace(wanted, tell=line.done))
    parts = conducteur(found.newsroom, found.reading, wanted.content, wanted.now)
    tell_all(lines(parts))
    if imprimer:
        write_paper(Path(imprimer), sheet(found.newsroom, parts, wanted.now))
        print(f"À imprimer : {imprimer}")
    return DONE


@verb(
    name="importer-annuaire",
    help={
        "fichier": "CSV de l’annuaire de l’éducation (data.education.gouv.fr), entier ou filtré",
        "circonscription": "son code dans le fichier, quand il en contient plusieurs",
        "publiees": "fait paraître aussitôt les nouvelles écoles (sans cette option : en brouillon)",
        "simuler": "dit ce qui changerait, et n’écrit rien",
        **PLACE_HELP,
    },
)
def importer_annuaire(
    fichier: str,
    circonscription: str = "",
    publiees: bool = False,
    simuler: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Met à jour ecoles/ d’après l’annuaire national, sans rien perdre de ce qui y est écrit."""
    from gazette.check import load
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
