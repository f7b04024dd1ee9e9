"""What schools send: gathered, brought in, answered."""

import sys
from pathlib import Path

from gazette.terminal.call import order, refusal
from gazette.verbs.edge import PLACE_HELP, verb


@verb(
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
    source: str = "",
    hors_ligne: bool = False,
    confirmer: bool = False,
    branche: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Relève ce que publient les écoles autorisées, et le met en attente : rien n’en paraît sans accord."""
    from gazette.terminal.collection import gather, offer, settings_of, tell_collection, waiting

    wanted = order(contenu, sortie, jour)
    settings = settings_of(wanted, is_offline=hors_ligne, is_confirmed=confirmer, branch=branche)
    if branche:
        return offer(wanted, settings, source)
    return tell_collection(gather(wanted, settings, source), waiting(wanted))


@verb(
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
    fichier: str,
    fil: str = "actualites",
    auteur: str = "equipe",
    classe: str = "",
    medias: str = "",
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Reprend un blog existant en brouillons, avec ses images et ses sons, et dit ce qui n’a pu l’être."""
    from gazette.terminal.importation import bring_in

    return bring_in(order(contenu, sortie, jour), Path(fichier), fil, auteur, classe, medias)


@verb(
    positional=[],
    aliases=["moderate"],
    help={
        **PLACE_HELP,
        "liste": "une ligne par dépêche en attente, son id d’abord",
        "accepter": "accepte la dépêche de cet id",
        "refuser": "refuse la dépêche de cet id ; elle ne revient que si l’école la change",
        "refuser-tout": "refuse tout ce qui attend de l’école de ce code UAI, pour un même motif",
        "motif": "pourquoi elle est refusée",
        "texte": "avec --accepter : accepte ce texte corrigé à sa place",
        "reprendre": "avec --accepter : refait la correction que la modération avait faite à la version en ligne",
        "personnes": "avec --accepter : qui paraît sur chaque image : a.jpg=aucune,b.jpg=eleves:AUT-2026-001",
        "role": "la fonction qui répond (par défaut celle de l’adresse de git, sinon equipe)",
        "web": "répond dans un navigateur de cet ordinateur, à une adresse secrète",
    },
)
def moderer(
    liste: bool = False,
    accepter: str = "",
    refuser: str = "",
    refuser_tout: str = "",
    motif: str = "",
    texte: str = "",
    reprendre: bool = False,
    personnes: str = "",
    role: str = "",
    web: bool = False,
    contenu: str = "",
    sortie: str = "",
    jour: str = "",
) -> int:
    """Montre ce que les écoles ont envoyé, et l’accepte, le corrige ou le refuse : rien d’autre ne paraît."""
    from gazette.terminal.moderation import accept, list_queue, moderate, moderator, refuse, refuse_all, serve

    if sum(map(bool, (accepter, refuser, refuser_tout))) > 1:
        raise refusal("--accepter, --refuser et --refuser-tout ne vont pas ensemble")
    if (texte or personnes or reprendre) and not accepter:
        raise refusal("--texte, --reprendre et --personnes vont avec --accepter")
    if texte and reprendre:
        raise refusal("--texte et --reprendre ne vont pas ensemble")
    wanted = order(contenu, sortie, jour)
    who = moderator(wanted, role)
    if liste:
        return list_queue(who)
    if accepter:
        return accept(wanted, who, accepter, personnes, texte, is_corrected_again=reprendre)
    if refuser:
        return refuse(who, refuser, motif)
    if refuser_tout:
        return refuse_all(who, refuser_tout, motif, input if sys.stdin.isatty() else None)
    return serve(wanted, who) if web else moderate(wanted, who, input)
