"""Files that people get wrong: each with the code of the finding that must tell it; « ¶ » stands on the line told."""

from __future__ import annotations

from dataclasses import dataclass

MARK = "¶"
FRONTS = {
    "actualites": ("titre: Un texte", "date: 2026-11-02", "statut: publie", "resume: Un essai."),
    "evenements": (
        *("titre: Une rencontre", "date: 2026-11-02", "statut: publie", "resume: Un essai.", "debut: 2026-11-26"),
        *("fin: 2026-11-27", "lieu: Sourcelle"),
    ),
    "outils": (
        *("titre: Un outil", "date: 2026-11-02", "statut: publie", "resume: Un essai.", "outil: Craie"),
        *("editeur: Une association", "url: https://craie.example/", "cycles: [2, 3]", "competences_crcn: ['2.2']"),
        *("compte_eleve: non", "verifie_le: 2026-11-02", "etapes: [Ouvrir la page]"),
    ),
    "projets": ("titre: Un projet", "date: 2026-11-02", "statut: publie", "resume: Un essai."),
    "pages": ("titre: Une page", "statut: publie"),
}
"""A sound file of each folder, to be spoilt."""


@dataclass(frozen=True)
class Mistake:
    """One bad file."""

    code: str
    path: str
    data: bytes
    line: int
    """Where the finding must stand."""


def _spoilt(folder: str, change: str, body: str = "Texte.") -> str:
    """Return a sound file with lines replaced or added; a line « -clé » takes one away."""
    lines = list(FRONTS[folder])
    for block in _blocks(change):
        key = block.lstrip(MARK + "-").partition(":")[0]
        at = next((n for n, line in enumerate(lines) if line.partition(":")[0].lstrip(MARK) == key), None)
        if block.startswith("-") and at is not None:
            del lines[at]
        elif at is None:
            lines.append(block)
        else:
            lines[at] = block
    return "\n".join(["---", *lines, "---", "", body, ""])


def _blocks(change: str) -> list[str]:
    """Return the keys of a change, each with the lines under it."""
    blocks: list[str] = []
    for line in change.split("\n") if change else ():
        if line.startswith((" ", MARK + " ")) and blocks:
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    return blocks


def _front(code: str, *changes: str, folder: str = "actualites") -> list[tuple[str, str, str | bytes]]:
    return [(code, folder, _spoilt(folder, c if MARK in c else MARK + c)) for c in changes]


def _body(code: str, *bodies: str, change: str = "") -> list[tuple[str, str, str | bytes]]:
    return [(code, "actualites", _spoilt("actualites", change, b if MARK in b else MARK + b)) for b in bodies]


def _raw(code: str, *texts: str | bytes) -> list[tuple[str, str, str | bytes]]:
    return [(code, "actualites", text) for text in texts]


_GOOD = _spoilt("actualites", "")
_DEEP = "".join("    " * n + "- x\n" for n in range(300))
_CLASS = ", ".join("Léa Tom Inès Hugo Jade Noé Zoé Adam Rose Paul Anna Max".split())
_DRAWING, _CHALK = "2026-11-18-affiche/dessin.png", "2026-11-02-craie.png"
_SONG = "2026-11-19-comptine/comptine.mp3"
_ALL = [
    # The fence and the bytes (SAFETY M28, M30, M32, M39)
    *_raw(
        "LEC-01",
        "",
        "Texte sans en-tête.\n",
        "---\ntitre: Un\n",
        "titre: Un\ndate: 2026-11-02\n",
        "--\ntitre: Un\n--\n",
    ),
    *_raw(
        "LEC-01",
        " ---\ntitre: Un\n---\n",
        "+++\ntitle = 'Un'\n+++\n",
        "---\ntitre: Un\n***\nTexte.\n",
        "# Un texte\n\nTexte.\n",
    ),
    *_raw(
        "LEC-10",
        _GOOD.encode("utf-16"),
        _GOOD.encode("utf-32"),
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"PK\x03\x04\0\0",
        b"%PDF-1.7\0",
    ),
    *_raw("LEC-10", _GOOD.replace("Un texte", "¶@").encode().replace(b"@", b"\xc9t\xe9"), b"a" * 1_100_000),
    *_raw(
        "LEC-10", _GOOD.encode("utf-16"), b"%PDF-1.7\n1 0 obj", b"{\\rtf1 Bonjour}", b"PK\x03\x04\x14\0", b"<html><p>"
    ),
    *_raw("LEC-10", *(_GOOD.replace("Un texte", f"¶Un{sign}texte") for sign in "\x01\x07\x08\x0b\x0c\x1b")),
    *_raw("LEC-10", *(_GOOD.replace("Texte.", f"¶Te{sign}xte.") for sign in "\x02\x0b\x1f")),
    *_raw("LEC-03", _GOOD.replace("Un essai.", "a" * 20_000), _GOOD.replace("Un essai.", "|\n" + "  é\n" * 6_000)),
    *_raw("LEC-11", f"---\ntitre: U\ndate: 2026-11-02\nstatut: publie\nresume: R.\n---\n¶{_DEEP}"),
    *_raw(
        "LEC-28",
        _GOOD.replace("\nTexte.", "---\nedition: directeurs\n---\nTexte."),
        "---\ntitre: U\n---\n---\nstatut: publie\n---\n",
    ),
    # YAML (M30, M31)
    *_front(
        "LEC-04",
        "resume: [Un essai",
        "resume: {Un essai",
        'resume: "Un essai',
        "resume: 'Un essai",
        "resume: ]",
        "titre:Sans espace",
        "  decale: oui",
        "resume: R.\n\t¶suite: a",
    ),
    *_front(
        "LEC-29", "resume: %a", "resume: @accueil", "resume: `code`", "resume: |4a", 'resume: "a" b', "titre: #fluo"
    ),
    *_front("LEC-29", "titre: [EPS] Natation", "titre: - Une sortie", "titre: Un défi #lecture", "lieu: > 12 ans"),
    *_front(
        "LEC-04",
        "- une liste",
        "resume: {a: [b}",
        "resume: !<a",
        "une ligne sans deux-points",
    ),
    *_raw("LEC-04", "---\n¶juste un texte\n---\n", "---\n¶- titre\n- date\n---\n", "---\n¶42\n---\n"),
    *_front(
        "LEC-05",
        "resume: &a Un essai",
        "resume: *a",
        "resume: !!python/object/apply:os.system [ls]",
        "resume: !!binary aGk=",
    ),
    *_front(
        "LEC-05", "resume: " + "[" * 3000, "resume: !!set {a, b}", "? [a]\n: b", "resume: !ruby/object {}", "{a: b}: c"
    ),
    *_front("LEC-05", "mots_cles: [&a [x, x], *a]", "resume: " + "{a: " * 12 + "1" + "}" * 12),
    *_raw(
        "LEC-06",
        *(f"---\n{key}: a\n¶{key}: b\ndate: 2026-11-02\n---\n" for key in ("titre", "statut", "edition", "resume")),
    ),
    # What git, a wiki and a slip leave
    *_raw(
        "LEC-63",
        _GOOD.replace("date:", "¶<<<<<<< HEAD\ndate: 2026-11-01\n=======\ndate:").replace("stat", ">>>>>>> a\nstat"),
    ),
    *_body("LEC-63", "Un.\n¶<<<<<<< HEAD\nDeux.\n=======\nTrois.\n>>>>>>> autre"),
    *_body("LEC-64", "Un.\n\n¶<!-- à revoir avec la famille\n\nDeux."),
    *_raw("LEC-01", _GOOD.replace("---", "—"), _GOOD.replace("---", "----"), f"\n\n{_GOOD}"),
    *_front("LEC-04", "titre = Un", "titre：Un"),
    *_body("LEC-46", "[a] (https://e.example/)", "(a)[https://e.example/]", "![[dessin.png]]", "Note[^1].", "** a **"),
    *_body("LEC-46", "```\ncode", "• un\n• deux", "| a | b |\n| 1 | 2 |"),
    *_body("LEC-20", "[a]()"),
    *_body("LEC-29", "[a](www.e.example)"),
    # The words of the model
    *_front(
        "LEC-47", "resume: À écrire.", "evenements: [{titre: T, debut: 2026-11-26, lieu: école à préciser, id: t}]"
    ),
    *_front("LEC-47", "editeur: Qui le fait", "outil: Nom de l'outil", "url: https://exemple.fr/", folder="outils"),
    *_body(
        "LEC-47", "Le texte commence ici. Un titre de partie s'écrit avec deux dièses :", "Un mot.\n\n¶## Une partie"
    ),
    # Days and hours (M34, R39)
    *_front("LEC-02", "date: 31 novembre 2026", "date: lundi 6 octobre 2026", "epingle: oui", "date: 2027-02-29"),
    *_front(
        "LEC-02",
        "date: 6/10/26",
        "date: 6 octobre",
        "date: hier",
        "date: 2026-99-99",
        "date: 2026-02-30",
        "date: 0001-01-01",
    ),
    *_front(
        "LEC-02", "date: 9999-12-31", "date: 2026-10-06 25:00", "date: 2026-10-06 12:61", "date: 2026-10-06T08:00+14:00"
    ),
    *_front(
        "LEC-02",
        "date: lundi 6 octobre 2026",
        "date: 31 novembre 2026",
        "date: 10/2026",
        "date: rentrée",
        "date: 20261006",
    ),
    *_front("LEC-02", "date: 2026-10-06 08:00:00", "date: 2026-W41", "date: true", "date: 12", "date: '+99:99'"),
    *_front(
        "LEC-02", "prevu: bientôt", "expire: fin juin", "expire: 2026-13-01", "epingle: oui", "prevu: 2026-10-06 14:00"
    ),
    *_front("LEC-02", "evenements: [{debut: demain, titre: T, id: t}]", "echeances: [{libelle: L, date: vendredi}]"),
    *_front(
        "LEC-02",
        "fenetres:\n  - {libelle: L, debut: 2026-11-02,\n  ¶ fin: jamais}",
        "echeances: [{libelle: L, date: 2026-11-20, heure: midi}]",
    ),
    *_front("LEC-02", "debut: 30 février 2026", "debut: 2026-11-26 9:5", "fin: ensuite", folder="evenements"),
    *_front("LEC-02", "verifie_le: cette année", "verifie_le: 11/26", folder="outils"),
    *_front("LEC-17", "debut: 2026-11-28\n¶fin: 2026-11-27", folder="evenements"),
    *_front("LEC-17", "periode: {debut: 2026-11-28, fin: 2026-11-02}", folder="projets"),
    *_front("LEC-17", "expire: 2026-11-01"),
    *_front("LEC-17", "fenetres: [{libelle: L, debut: 2026-11-28, fin: 2026-11-02}]"),
    # Keys: missing, unknown, misspelt (M31, M33, R5)
    *_raw(
        "LEC-07",
        *(
            f"---\n¶{head}\n---\n"
            for head in ("titre: U\ndate: 2026-11-02", "titre: U\nresume: R.", "date: 2026-11-02\nresume: R.")
        ),
    ),
    *_front(
        "LEC-07",
        "evenements: [{titre: T, id: t}]",
        "fenetres: [{libelle: L, debut: 2026-11-02}]",
        "echeances: [{libelle: L}]",
    ),
    *_front(
        "LEC-07",
        "images: [{alt: Un dessin, personnes: aucune}]",
        "videos: [{titre: T, sous_titres: oui}]",
        "sons: [{legende: L}]",
    ),
    *_front(
        "LEC-07", "evenements: [{debut: 2026-11-26, titre: T, id: t, repete: {jour: lundi}}]", "validation: {par: cpc}"
    ),
    *_front("LEC-07", "periode: {debut: 2026-11-02}", folder="projets"),
    *_raw("LEC-07", "---\n¶titre: U\n---\n", "---\n¶statut: publie\n---\n"),
    *_front(
        "LEC-08",
        "tire: Un texte",
        "sommaire: a",
        "auteurs: cpc",
        "mots-clefs: a",
        "niveau: CM1",
        "photo: a.jpg",
        "lien: a",
    ),
    *_front(
        "LEC-08",
        "title: Un texte",
        "tags: [a]",
        "category: a",
        "Save_as: ../voisin/index.html",
        "Template: base",
        "Url: javascript:a",
    ),
    *_front(
        "LEC-08", "slug: ../../x", "lang: ../x", "ecole: autre", "couleur: rouge", "fil: projets", "evenement: oui"
    ),
    *_front(
        "LEC-08",
        "editions: directeurs",
        "Edition: directeurs",
        "audience: directeurs",
        "reserve: oui",
        "prive: oui",
        "lecteurs: enseignants",
    ),
    *_front(
        "LEC-08",
        "visibilite: interne",
        "status: draft",
        "brouillon: oui",
        "statuts: relecture",
        "confidentiel: oui",
        "diffusions: ent",
    ),
    *_front(
        "LEC-08", "images: [{fichier: a.png, altt: Un dessin}]", "evenements: [{debut: 2026-11-26, heures: 8h, id: t}]"
    ),
    *_front(
        "LEC-08",
        "echeances: [{libelle: L, date: 2026-11-20, pour: tous}]",
        "videos: [{url: 'https://v.example/', titre: T, sous_titres: oui, son: a}]",
    ),
    *_front(
        "LEC-19", "statut:", "edition:", "date:", "diffusion:", "expire:", "validation:", 'edition: ""', "statut: ~"
    ),
    # Values (M27, M31, M33)
    *_front(
        "LEC-09", "statut: publier", "statut: fini", "statut: [publie]", "statut: 1", "statut: {a: b}", "statut: true"
    ),
    *_front(
        "LEC-09",
        "niveaux: CM3",
        "niveaux: [CP, 7e]",
        "niveaux: tous",
        "niveaux: {a: b}",
        "diffusion: ENTT",
        "diffusion: [ent]",
    ),
    *_front(
        "LEC-09",
        "titre: " + "x" * 400,
        "titre: [Un, texte]",
        "titre: {a: b}",
        'titre: ""',
        "titre: true",
        "resume: " + "x" * 301,
    ),
    *_front(
        "LEC-09",
        "resume: [a]",
        "resume: {a: b}",
        "mots_cles: {a: b}",
        "mots_cles: [[a]]",
        "auteur: [cpc]",
        "edition: [directeurs]",
    ),
    *_front(
        "LEC-09", "edition: true", "ecoles: 0869001A", "ecoles: 869001S", "ecoles: [école du bourg]", "id: " + "x" * 201
    ),
    *_front(
        "LEC-09",
        "images: dessin.png",
        "images: [dessin.png]",
        "images: {fichier: a.png}",
        "evenements: demain",
        "echeances: oui",
    ),
    *_front(
        "LEC-09",
        "images: [{fichier: a.png, personnes: peut-être}]",
        "images: [{fichier: a.png, oeuvre_eleve: parfois}]",
    ),
    *_front(
        "LEC-09",
        "videos: [{url: v.example, titre: T, sous_titres: oui}]",
        "videos: [{url: 'javascript:a', titre: T, sous_titres: oui}]",
    ),
    *_front(
        "LEC-09",
        "videos: [{url: 'ftp://v.example/a', titre: T, sous_titres: oui}]",
        "validation: cpc",
        "validation: oui",
    ),
    *_front(
        "LEC-09",
        "evenements: [{debut: 2026-11-26, etat: reporté, id: t}]",
        "evenements: [{debut: 2026-11-26, id: Trop Long}]",
    ),
    *_front("LEC-09", "evenements: [{debut: 2026-11-26, id: t, repete: {jour: mercredis, jusqu_a: 2026-12-16}}]"),
    *_front(
        "LEC-09",
        "url: craie.example",
        "cycles: [5]",
        "cycles: deux",
        "cycles: []",
        "competences_crcn: ['6.1']",
        folder="outils",
    ),
    *_front(
        "LEC-09",
        "gar: bientôt",
        "registre: peut-être",
        "compte_eleve: selon",
        "numero: zéro",
        "numero: 0",
        "etapes: []",
        folder="outils",
    ),
    *_front("LEC-09", "etapes: Ouvrir", "hors_ligne: parfois", 'outil: ""', "etapes: {a: b}", folder="outils"),
    *_front("LEC-09", "etat: bientôt", "fin: 2026-11-27\nhors_classe: ¶parfois", folder="evenements"),
    # What only the circonscription tells (M33, M47)
    *_front("LEC-13", "edition: parents", "edition: public directeurs", "edition: Tout le monde", "edition: directeur"),
    *_front("LEC-14", "auteur: Camille", "auteur: 0869001A", "auteur: cpcc", "auteur: élève", "auteur: 12"),
    *_front("LEC-16", "aussi_dans: actualité", "aussi_dans: [projet]"),
    *_front(
        "LEC-26", "anciennes_adresses: ../x", "anciennes_adresses: [recherche/]", "anciennes_adresses: [projets/page/2]"
    ),
    # Pictures, sounds, files (R11–R16, R22, R23, R45, R46; M46)
    *_front(
        "RGPD-25",
        "images: [{fichier: absente.png, alt: Un dessin, personnes: aucune}]",
        "sons: [{fichier: absent.mp3, personnes: aucune}]",
    ),
    *_front(
        "RGPD-25",
        "fichiers: [{fichier: absent.pdf, personnes: aucune}]",
        "images: [{fichier: a.exe, alt: A, personnes: aucune}]",
    ),
    *_front("RGPD-25", f"images: [{{fichier: {_CHALK}, alt: A, personnes: aucune}}]"),
    *_front("LEC-18", "images: [{fichier: ../../registres/cle.yml, alt: A, personnes: aucune}]"),
    *_front("LEC-18", "images: [{fichier: /etc/hostname, alt: A, personnes: aucune}]"),
    *_front("RGPD-11", *(f"{key}: [{{fichier: {file}, alt: A}}]" for key, file in (("images", _DRAWING),))),
    *_front("RGPD-11", "fichiers: [{fichier: absent.pdf}]"),
    *_front("RGPD-12", f"images: [{{fichier: {_DRAWING}, alt: Un dessin, personnes: eleves}}]"),
    *_front(
        "RGPD-12", f"images: [{{fichier: {_DRAWING}, alt: Un dessin, personnes: eleves, autorisation: AUT-2026-999}}]"
    ),
    *_front("RGPD-12", f"images: [{{fichier: {_DRAWING}, alt: Un dessin, personnes: aucune, oeuvre_eleve: oui}}]"),
    *_front(
        "RGPD-45",
        f"images: [{{fichier: {_DRAWING}, personnes: aucune}}]",
        f"images: [{{fichier: {_DRAWING}, alt: dessin.png, personnes: aucune}}]",
    ),
    *_front("RGPD-45", f"images: [{{fichier: {_DRAWING}, alt: image de dessin, personnes: aucune}}]"),
    *_front("RGPD-45", f"images: [{{fichier: {_DRAWING}, alt: {'long ' * 40}, personnes: aucune}}]"),
    *_front("RGPD-46", f"sons: [{{fichier: {_SONG}, personnes: aucune}}]", folder="projets"),
    *_front("RGPD-12", f"sons: [{{fichier: {_SONG}, personnes: eleves, transcription: La}}]", folder="projets"),
    *_front("LEC-18", "etapes: [{texte: Ouvrir, image: absente.png}]", folder="outils"),
    *_body("RGPD-11", "![Un dessin](../2026-11-18-affiche/dessin.png)"),
    # Links and HTML of the text (M35, M36, M41, M43, M44)
    *_body(
        "LEC-20",
        "[a](javascript:alert)",
        "[a](JaVaScRiPt:alert)",
        "[a](data:text/html,a)",
        "[a](vbscript:a)",
        "[a](file:///etc/hostname)",
    ),
    *_body("LEC-20", "[a](//voisin.example/)", "[a][b]\n\n¶[b]: javascript:alert", "[a](&#106;avascript:alert)"),
    *_body(
        "LEC-21",
        "[a](http://127.0.0.1/)",
        "[a](http://localhost:8000/)",
        "[a](http://192.168.1.1/)",
        "[a](http://[::1]/)",
    ),
    *_body("LEC-22", "![a](https://images.example/a.png)", "![a](http://images.example/a.gif)"),
    *_body(
        "LEC-23",
        "<script>alert()</script>",
        "<iframe src='https://v.example/'></iframe>",
        "<style>a</style>",
        "<form></form>",
    ),
    *_body(
        "LEC-23",
        "<object></object>",
        "<svg></svg>",
        "<math></math>",
        "<video></video>",
        "<base href='/'>",
        "<textarea></textarea>",
    ),
    *_body(
        "LEC-23", "<meta http-equiv='refresh'>", "<template></template>", "<noscript></noscript>", "<embed src='a'>"
    ),
    *_body(
        "LEC-23",
        "<p onclick='alert()'>a</p>",
        "<p style='color: red'>a</p>",
        "Un mot.\n¶{: onclick='a'}",
        "<button>a</button>",
    ),
    *_body(
        "LEC-24",
        "[a](absent.md)",
        "[a](../projets/absent.md)",
        "[a](#nulle-part)",
        "[a](../../registres/cle.yml)",
        "[a](document.pdf)",
    ),
    # People (R20, R21, R31, R32, R35)
    *_body("RGPD-32", "Appelez le 06 12 34 56 78.", "Appelez le 07.12.34.56.78.", "Appelez le +33 6 12 34 56 78."),
    *_body("RGPD-31", "Écrivez à camille.essai@gmail.com.", "Écrivez à ecole@orange.fr.", "Écrivez à a@wanadoo.fr."),
    *_body("RGPD-20", "Bravo à Emma Dupont, en CM2.", "La photo est de Léa Martin, élève de CE1."),
    *_body("RGPD-21", f"Dans la classe : {_CLASS}."),
    *_body("RGPD-35", "Son numéro : 1 85 05 78 006 084 91.", "Le 185057800608491 de l’assurée."),
    *_front("RGPD-35", "resume: Dossier 1 85 05 78 006 084 91."),
    *_front("RGPD-32", "resume: Appelez le 06 12 34 56 78."),
    *_front("RGPD-31", "resume: Écrivez à camille.essai@gmail.com."),
    # Approval and floors (R5, R6)
    *_body("RGPD-61", "[L’enquête](https://enquete.example/?token=a8Kx2B)", "https://cpc:soleil@nuage.example/"),
    *_front("RGPD-61", "videos: [{url: 'https://v.example/?access_token=a8Kx', titre: T, sous_titres: oui}]"),
    *_front("RGPD-06", "diffusion: ent", folder="evenements"),
]


def _mistakes() -> list[Mistake]:
    """Return every bad file, each under a name of its own."""
    found = []
    for rank, (code, folder, text) in enumerate(_ALL):
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        before, mark, after = data.partition(MARK.encode())
        whole = (before + after).replace(MARK.encode(), b"") if mark else data
        line = before.count(b"\n") + 1 if mark else 1
        found.append(Mistake(code, f"{folder}/2026-11-02-faute-{rank:03}.md", whole, line))
    return found


MISTAKES = _mistakes()
