"""What protects people: authorisations, registers, faces, metadata, and what is taken off."""

import tempfile
from pathlib import Path

from gazette.terminal.call import CLOSED, DONE, ROOT, in_content, order, refusal, secret, shown
from gazette.terminal.report import tell_all
from gazette.verbs.edge import PLACE_HELP, verb

UNSEEN = "De dos, de profil ou masqué, un visage n’est pas vu : regardez aussi vous-même."


@verb(help=PLACE_HELP)
def autorisations(contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Dit les autorisations, celle qui finit d’abord en tête : projets, supports, dernier jour, articles."""
    from gazette.inquiry import inspect
    from gazette.papers.consent import lines, rows

    wanted = order(contenu, sortie, jour)
    found = inspect(wanted)
    known = rows(found.reading.authorisations.values(), found.reading.entries, wanted.now.date())
    tell_all(lines(known))
    if not known:
        print('Aucune autorisation : ./gazette nouveau autorisation "Nom du projet" en commence une.')
    return DONE


@verb(
    positional=[],
    help={**PLACE_HELP, "imprimer": "écrit le registre dans ce fichier HTML à imprimer"},
)
def registre(imprimer: str = "", contenu: str = "", sortie: str = "", jour: str = "") -> int:
    """Commence registres/traitements.yml d’après circonscription.yml, ou en fait une page à imprimer."""
    from gazette.inquiry import inspect
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


@verb(
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
    fichier: str,
    visages: str = "",
    vers: str = "",
    montrer: bool = False,
    remplacer: bool = False,
    contenu: str = "",
) -> int:
    """Écrit une copie de l’image où les visages sont effacés ; l’original ne change pas."""
    from gazette.press.blur import blur, chosen, copy_name, number
    from gazette.press.faces import Eyes

    source = next((p for p in (Path(fichier), Path(contenu or ROOT / "content") / fichier) if p.is_file()), None)
    if source is None:
        raise refusal(f"{fichier} : ce fichier n’existe pas")
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


@verb()
def photos() -> int:
    """Ajoute de quoi chercher les visages dans les images (200 Mo), ou dit que c’est là."""
    from gazette.press.faces import Eyes

    with Eyes():
        print(f"Les visages sont cherchés dans les images déclarées sans personne. {UNSEEN}")
    return DONE


@verb(
    help={
        "nettoyer": "ôte ces métadonnées de ce qui va être enregistré : c’est ce que le crochet appelle",
        "controler": "pose un crochet qui contrôle aussi les textes : ceux qui seraient refusés ne s’enregistrent pas",
        "verifier": "contrôle ce qui va être enregistré : c’est ce que ce crochet-là appelle",
        "contenu": PLACE_HELP["contenu"],
    },
)
def crochet(nettoyer: bool = False, controler: bool = False, verifier: bool = False, contenu: str = "") -> int:
    """Fait ôter à git les métadonnées des images et des sons (lieu, auteur, appareil), avant chaque enregistrement."""
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


@verb(
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
) -> int:
    """Retire un article ou un média partout, pour de bon, et en donne la preuve."""
    from gazette.publish.stage import target
    from gazette.terminal.purge import purge_clone
    from gazette.terminal.withdrawal import prove, take_off
    from gazette.withdrawal.withdraw import Request

    wanted = order(contenu, sortie, jour, is_production=bool(cible), token_secret=secret())
    if historique:
        if autorisation or fichier or entree:
            raise refusal("--historique va seul : retirez, enregistrez le registre, clonez, puis purgez")
        return purge_clone(Path(historique), wanted.content, is_sure=oui)
    place = target(ROOT / "publishconf.py", cible, vers) if cible else None
    if preuve:
        if autorisation or fichier or entree:
            raise refusal("--preuve cherche à nouveau le dernier retrait fait ici : elle va seule")
        return prove(wanted, place, vers, certificat)
    named = [in_content(words, wanted.content) for words in (fichier, entree)]
    request = Request(authorisation=autorisation, file=named[0], entry=named[1], motive=motif)
    return take_off(wanted, request, place, contenu, vers, certificat)
