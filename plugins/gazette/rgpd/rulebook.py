"""The rules of the gate as people read them: what each asks, how grave it is, what to do, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazette.model.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule; its findings bear its number: R12 is told as RGPD-12."""

    number: str
    what: str
    """What it asks, in French."""
    gravity: Severity
    """The gravest it answers, outside a publication."""
    remedy: str
    source: str
    modules: tuple[str, ...] = ()
    """Where it is, in ``rgpd/``."""
    in_publication: Severity | None = None
    """When ``publier`` is stricter."""
    elsewhere: tuple[str, ...] = ()
    """Where it is held outside the gate, from the repository's root."""

    @property
    def code(self) -> str:
        """Return the code of its findings."""
        return f"RGPD-{int(self.number[1:]):02}"


_NOTE, _REFUSE, _STOP = Severity.NOTE, Severity.REFUSE, Severity.STOP
_TEXT = ("scan", "personal_data", "attached")
CLAUSES = (
    Clause(
        "R1",
        "Chaque page mène aux mentions légales, aux données personnelles, à l’accessibilité et au plan du site.",
        _STOP,
        "rendez au thème son pied de page",
        "RGAA, 12.3 et 12.4",
        elsewhere=("plugins/gazette/proof/structure.py",),
    ),
    Clause(
        "R2",
        "Les mentions légales nomment l’éditeur, le directeur de la publication et l’hébergeur.",
        _NOTE,
        "complétez mentions: dans circonscription.yml",
        "LCEN, art. 1-1",
        ("legal_notice",),
        _STOP,
    ),
    Clause(
        "R3",
        "Les mentions légales citent l’article de loi en vigueur.",
        _NOTE,
        "gardez la phrase du thème : article 1-1 de la loi n° 2004-575",
        "LCEN, art. 1-1 (loi n° 2024-449)",
        elsewhere=("themes/gazette/templates/mentions-legales.html",),
    ),
    Clause(
        "R4",
        "Le directeur de la publication est vérifié à chaque rentrée.",
        _NOTE,
        "vérifiez-le, puis écrivez directeur_verifie_le:",
        "DRANE Normandie",
        ("director_checked",),
    ),
    Clause(
        "R5",
        "Rien ne paraît sans être dit publié, ni sans l’accord que son fil demande.",
        _REFUSE,
        "faites approuver le texte",
        "responsabilité éditoriale de l’IEN",
        ("status", "approval"),
    ),
    Clause(
        "R6",
        "Rien ne paraît sous le plancher de son fil ; ce qui est pour l’ENT ne laisse qu’un titre.",
        _REFUSE,
        "retirez edition: ou diffusion:, ou changez de fil",
        "un site statique n’authentifie personne",
        ("floor", "ent_only"),
    ),
    Clause(
        "R7",
        "La page des données personnelles est complète.",
        _REFUSE,
        "complétez donnees_personnelles: dans circonscription.yml",
        "RGPD, art. 13 ; CNIL, fiche 12",
        ("legal_notice",),
        _STOP,
    ),
    Clause(
        "R8",
        "La base légale est la mission d’intérêt public ; l’autorité académique est responsable du traitement.",
        _NOTE,
        "corrigez donnees_personnelles: responsable, type_responsable et base_legale",
        "RGPD, art. 4 et 6.1.e",
        ("controller_academic",),
        _STOP,
        ("plugins/gazette/read/configuration.py",),
    ),
    Clause(
        "R9",
        "Le délégué à la protection des données a une adresse institutionnelle.",
        _NOTE,
        "donnez l’adresse académique du DPD",
        "RGPD, art. 13 et 37",
        ("dpo_institutional",),
        _STOP,
    ),
    Clause(
        "R10",
        "Un registre dit ce qui est fait des données personnelles, et pour combien de temps.",
        _NOTE,
        "complétez registres/traitements.yml",
        "RGPD, art. 30",
        ("processings",),
        _STOP,
    ),
    Clause(
        "R11",
        "Chaque image, son ou fichier dit qui y paraît ; un visage lisible n’est ni tu, ni dit non reconnaissable.",
        _REFUSE,
        "écrivez personnes:, ou floutez",
        "RGPD, art. 25",
        ("declared", "image_faces"),
    ),
    Clause(
        "R12",
        "Ce qui montre un élève a une autorisation complète.",
        _REFUSE,
        "complétez l’autorisation, ou retirez le fichier",
        "C. civ., art. 9 ; modèles des académies",
        ("authorised", "complete"),
    ),
    Clause(
        "R13",
        "L’autorisation couvre l’édition où paraît le fichier.",
        _REFUSE,
        "demandez-en une nouvelle",
        "C. civ., art. 9",
        ("authorised",),
    ),
    Clause(
        "R14",
        "L’autorisation vaut pour un projet, jamais pour tout.",
        _REFUSE,
        "faites-en signer une pour ce projet",
        "C. civ., art. 9",
        ("one_project",),
    ),
    Clause(
        "R15",
        "Une autorisation finie retire le fichier, dit trente jours avant ; elle ne court pas au-delà du 31 août.",
        _NOTE,
        "renouvelez-la, ou retirez le fichier",
        "C. civ., art. 9",
        ("authorised", "ends_soon", "school_year_over"),
    ),
    Clause(
        "R16",
        "Chaque élève reconnaissable est couvert, par les deux titulaires.",
        _REFUSE,
        "retirez le fichier, ou complétez les accords",
        "loi n° 2024-120",
        ("everyone_covered",),
    ),
    Clause(
        "R17",
        "L’élève a été associé à la décision.",
        _NOTE,
        "demandez-lui, puis écrivez accord_eleve: oui",
        "C. civ., art. 372-1",
        ("pupil_agreed",),
    ),
    Clause(
        "R18",
        "Le registre des autorisations ne nomme aucun élève.",
        _REFUSE,
        "ôtez l’identité du registre",
        "RGPD, art. 5 (minimisation)",
        ("register_anonymous",),
    ),
    Clause(
        "R19", "Ce qui a été retiré ne revient pas.", _NOTE, "ôtez le fichier", "RGPD, art. 17 et 21", ("withdrawn",)
    ),
    Clause(
        "R20",
        "Personne n’est nommé en entier, ni son INE ni sa naissance ; plus de quatre prénoms sont signalés.",
        _REFUSE,
        "écrivez le prénom, la classe ou l’école",
        "CNIL, fiche 1",
        ("pupil_named", "web_address", "identifier", "birth", "class_list", *_TEXT),
    ),
    Clause(
        "R21",
        "Aucune liste de classe.",
        _REFUSE,
        "dites la classe ou le nombre d’élèves",
        "RGPD, art. 5",
        ("class_list", *_TEXT),
    ),
    Clause(
        "R22",
        "Une voix d’élève a son autorisation, signée avant l’enregistrement.",
        _REFUSE,
        "retirez le son, ou faites signer",
        "C. civ., art. 9",
        ("authorised",),
    ),
    Clause(
        "R23",
        "Une œuvre d’élève reste à lui : une autorisation la couvre, aucune licence ouverte ne la donne.",
        _REFUSE,
        "retirez licence:, et demandez l’accord de l’élève et de ses représentants légaux",
        "CPI, art. L. 111-1 et L. 121-1",
        ("pupil_works",),
    ),
    Clause(
        "R24",
        "Ce qui montre un élève quitte le site le 30 septembre qui suit son année scolaire.",
        _NOTE,
        "retirez le fichier, ou faites signer qu’il peut rester",
        "RGPD, art. 5 (conservation)",
        ("school_year_over",),
    ),
    Clause(
        "R25",
        "Un fichier qui ne se décode pas ne paraît pas.",
        _REFUSE,
        "enregistrez-le à nouveau",
        "CNIL, fiche 7",
        ("readable",),
    ),
    Clause(
        "R26",
        "Ni auteur, ni lieu, ni marque dans un son ou un document : seules paraissent des copies qui en sont vides.",
        _STOP,
        "rien à faire ; un fichier qui en cacherait encore est refusé",
        "RGPD, art. 5 (minimisation)",
        elsewhere=(
            "plugins/gazette/press/sounds.py",
            "plugins/gazette/press/documents.py",
            "plugins/gazette/press/office.py",
        ),
    ),
    Clause(
        "R27",
        "Rien n’est demandé à un autre site : ni image, ni style, ni police, ni script.",
        _STOP,
        "copiez la ressource dans static/ du thème",
        "CNIL ; RGESN, 4.4 et 6.7",
        elsewhere=(
            "plugins/gazette/proof/page.py",
            "plugins/gazette/proof/stage.py",
        ),
    ),
    Clause(
        "R28",
        "Aucun lecteur vidéo ni cadre d’un autre site : un lien, avec une image d’ici.",
        _STOP,
        "donnez l’adresse dans videos:",
        "RGESN, 4.4",
        elsewhere=("plugins/gazette/read/render.py", "plugins/gazette/proof/stage.py"),
    ),
    Clause(
        "R29",
        "Aucun traceur : rien n’est gardé chez le lecteur, aucun bandeau n’est nécessaire.",
        _STOP,
        "retirez ce script du thème",
        "loi n° 78-17, art. 82 ; CNIL, fiche 16",
        elsewhere=("plugins/gazette/proof/trackers.py",),
    ),
    Clause(
        "R30",
        "Aucune mesure d’audience : la configuration n’a pas de clé pour en demander une.",
        _STOP,
        "retirez ce script du thème",
        "CNIL, fiche 17",
        elsewhere=("plugins/gazette/proof/trackers.py", "plugins/gazette/read/configuration.py"),
    ),
    Clause(
        "R31",
        "Seules paraissent les adresses électroniques institutionnelles.",
        _REFUSE,
        "donnez celle de l’école, ou déclarez le domaine",
        "RGPD, art. 5",
        ("mailbox", *_TEXT),
    ),
    Clause(
        "R32",
        "Ni portable, ni téléphone, ni adresse d’un domicile.",
        _REFUSE,
        "donnez ceux de l’école",
        "RGPD, art. 5",
        ("phone", "home_address", *_TEXT),
    ),
    Clause(
        "R33",
        "L’annuaire n’a que des champs de fonction : ce qu’une autre clé y dirait ne s’imprime pas.",
        _NOTE,
        "retirez cette clé",
        "RGPD, art. 5 et 21",
        elsewhere=("plugins/gazette/read/schema.py",),
    ),
    Clause(
        "R34",
        "Chaque code UAI est juste (lettre de contrôle), du département, et porte le nom de son fichier.",
        _REFUSE,
        "recopiez le code de l’annuaire",
        "data.gouv.fr",
        elsewhere=("plugins/gazette/read/fields.py", "plugins/gazette/read/kinds.py"),
    ),
    Clause(
        "R35",
        "Rien de sensible près d’un nom ; aucun numéro de sécurité sociale.",
        _REFUSE,
        "retirez le nom ou le numéro",
        "RGPD, art. 9 ; loi n° 78-17, art. 30",
        ("sensitive", "identifier", *_TEXT),
    ),
    Clause(
        "R36",
        "Ni tableau ni fichier nominatif, ni résultats d’un élève, ni coordonnées bancaires.",
        _REFUSE,
        "retirez-les",
        "RGPD, art. 5",
        ("nominative", "cells", "results", "identifier", *_TEXT),
    ),
    Clause(
        "R37",
        "De l’enquête du CLN ne paraissent que des totaux d’au moins cinq écoles.",
        _REFUSE,
        "laissez la porte réunir les petits effectifs, ou élargissez le périmètre",
        "RGPD, art. 5 (minimisation)",
        ("small_counts",),
        elsewhere=("plugins/gazette/read/figures.py",),
    ),
    Clause(
        "R38",
        "L’hébergeur est dans l’Espace économique européen.",
        _NOTE,
        "écrivez hebergeur_pays:, ou changez-en",
        "RGPD, chap. V",
        ("host_in_europe",),
        _STOP,
    ),
    Clause(
        "R39",
        "Tout finit : passé expire:, ou la durée de son fil, un texte quitte toutes les pages.",
        _NOTE,
        "repoussez expire:, ou laissez partir",
        "RGPD, art. 5 (conservation)",
        ("schedule",),
    ),
    Clause(
        "R40",
        "L’accueil dit, une seule fois, « Accessibilité : non, partiellement ou totalement conforme ».",
        _STOP,
        "rendez au thème son pied de page",
        "RGAA, obligations",
        elsewhere=("plugins/gazette/proof/structure.py",),
    ),
    Clause(
        "R41",
        "Dire le site partiellement ou totalement conforme demande un audit daté.",
        _NOTE,
        "écrivez accessibilite: etat: non, ou etablie_le:",
        "RGAA, déclaration",
        ("accessibility_stated",),
        _STOP,
    ),
    Clause(
        "R42",
        "La déclaration d’accessibilité suit le modèle, et n’a pas plus de trois ans.",
        _NOTE,
        "refaites-la, puis écrivez etablie_le:",
        "RGAA, déclaration",
        ("accessibility_stated",),
        _STOP,
        elsewhere=("themes/gazette/templates/accessibilite.html",),
    ),
    Clause(
        "R43",
        "Chaque page dit sa langue et a un titre ; deux textes n’ont pas le même.",
        _NOTE,
        "dites dans le titre la classe, l’école ou l’année",
        "RGAA, 8.3 à 8.8",
        ("same_title",),
        elsewhere=(
            "plugins/gazette/proof/structure.py",
            "tests/journeys/test_year.py",
        ),
    ),
    Clause(
        "R44",
        "Un seul titre de page, aucun niveau sauté, un seul contenu principal, un lien qui y mène d’abord.",
        _STOP,
        "corrigez le thème ; ceux des textes sont remis d’eux-mêmes",
        "RGAA, 9.1, 9.2, 12.6 et 12.7",
        elsewhere=(
            "plugins/gazette/proof/structure.py",
            "plugins/gazette/read/render.py",
        ),
    ),
    Clause("R45", "Chaque image a une alternative.", _REFUSE, "écrivez alt:", "RGAA, 1.1", ("image_alt",)),
    Clause("R46", "Chaque son a une transcription.", _REFUSE, "écrivez transcription:", "RGAA, 4.1", ("transcribed",)),
    Clause(
        "R47",
        "Chaque lien a un nom ; un fichier à télécharger dit son format et son poids.",
        _STOP,
        "corrigez le thème",
        "RGAA, 6.1, 6.2 et 13.2",
        elsewhere=(
            "plugins/gazette/proof/structure.py",
            "themes/gazette/templates/_media.html",
        ),
    ),
    Clause(
        "R48",
        "Chaque en-tête de tableau dit ce qu’il couvre ; un tableau a un titre, ou à défaut un numéro.",
        _STOP,
        "corrigez le thème ; au-dessus d’un tableau, écrivez « Tableau : son titre »",
        "RGAA, 5.4 à 5.8",
        elsewhere=(
            "plugins/gazette/proof/structure.py",
            "plugins/gazette/read/render.py",
        ),
    ),
    Clause(
        "R49",
        "Les couleurs se lisent (4,5 pour 1), en clair et en sombre, et ne disent jamais rien seules.",
        _STOP,
        "changez la couleur",
        "RGAA, 3.1 à 3.3",
        elsewhere=(
            "plugins/gazette/read/palette.py",
            "tests/journeys/test_pages.py",
        ),
    ),
    Clause(
        "R50",
        "La frise est d’abord une liste, dans l’ordre, lisible sans script ni style, toute au clavier.",
        _STOP,
        "corrigez le thème",
        "RGAA, 7.1, 7.3, 8.9, 9.3, 10.3 et 12.8",
        elsewhere=("tests/journeys/test_frise.py",),
    ),
    Clause(
        "R51",
        "axe-core ne trouve aucune faute sur une page de chaque gabarit.",
        _STOP,
        "corrigez le thème",
        "RGAA, audit",
        elsewhere=("tests/journeys/test_pages.py",),
    ),
    Clause(
        "R52",
        "Un fichier à télécharger est accessible, et pas trop lourd.",
        _NOTE,
        "exportez-le en PDF balisé, ou dites-en l’essentiel dans le texte",
        "RGAA, 13.3",
        ("usable",),
    ),
    Clause(
        "R53",
        "Le thème ne porte pas l’identité de l’État (Marianne, DSFR), qui demande un agrément.",
        _STOP,
        "retirez-la du thème",
        "DSFR, conditions d’utilisation",
        elsewhere=("plugins/gazette/proof/structure.py",),
    ),
    Clause(
        "R54",
        "La licence des textes est dite, hors œuvres et images d’élèves ; aucun profil « État » n’est fourni.",
        _REFUSE,
        "retirez licence: de l’œuvre",
        "DSFR ; Licence Ouverte 2.0",
        elsewhere=("plugins/gazette/rgpd/pupil_works.py", "themes/gazette/templates/mentions-legales.html"),
    ),
    Clause(
        "R55",
        "Une première vue tient dans un poids déclaré, bien moindre que 500 ko.",
        _STOP,
        "allégez le thème, ou coupez le texte",
        "RGESN, 6.1",
        elsewhere=("plugins/gazette/proof/weight.py",),
    ),
    Clause(
        "R56",
        "Les images paraissent en WebP, à la taille de l’écran ; aucune police n’est chargée.",
        _STOP,
        "rien à faire : la presse les fait",
        "RGESN, 4.8, 5.1 et 6.4",
        elsewhere=(
            "plugins/gazette/press/images.py",
            "themes/gazette/templates/_media.html",
        ),
    ),
    Clause(
        "R57",
        "L’ENT lit chaque flux comme il a été composé.",
        _STOP,
        "signalez ce défaut de Gazette",
        "lecteur RSS de ONE",
        elsewhere=("plugins/gazette/proof/ent.py",),
    ),
    Clause(
        "R58",
        "Le flux pour l’ENT se lit sans redirection, témoin ni mot de passe, et n’a ni image, ni texte réservé.",
        _STOP,
        "servez-le comme ./gazette serveur l’écrit",
        "lecteur RSS de ONE",
        elsewhere=(
            "plugins/gazette/compose/feed_items.py",
            "tests/journeys/test_feeds_served.py",
        ),
    ),
    Clause(
        "R59",
        "Les calendriers se lisent partout ; une échéance tombe un jour de classe.",
        _NOTE,
        "avancez-la, ou écrivez hors_classe: oui",
        "agenda de ONE",
        elsewhere=(
            "plugins/gazette/press/calendar.py",
            "plugins/gazette/compose/dates.py",
        ),
    ),
    Clause(
        "R60",
        "Seul l’ENT peut encadrer les pages.",
        _NOTE,
        "servez-les comme ./gazette serveur l’écrit",
        "ONE, mode d’emploi",
        elsewhere=(
            "plugins/gazette/publish/nginx.py",
            "tests/journeys/test_pages.py",
        ),
    ),
    Clause(
        "R61",
        "Aucun lien ne porte la clé de qui l’a copié : ni session, ni jeton, ni mot de passe.",
        _REFUSE,
        "copiez l’adresse sans être connecté, ou le lien de partage",
        "RGPD, art. 32 ; OWASP ASVS 5.0, 14.2.1",
        ("secret_link", *_TEXT),
    ),
)
"""R1 to R61, in order of number."""
_HEAD = """# Les règles du contrôle

Ce que le contrôle demande avant qu’un texte paraisse, et ce que le site doit à ses lecteurs.
Page écrite par `./gazette regles`.
**note** : paraît quand même ; **refus** : ce texte attend ; **arrêt** : rien n’est publié.
Les fichiers disent où chaque règle est tenue : un nom seul est dans `rgpd/` ; `proof/` relit ce qui est imprimé ;
un essai (`tests/`) arrête une version du logiciel, avant qu’elle serve à personne.
Une règle qui échoue arrête tout.
`circonscription.yml` peut rendre une règle plus sévère (`regles: {R17: refus}`), jamais moins.

| règle | ce qu’elle demande | gravité | que faire | source | fichiers |
|---|---|---|---|---|---|
"""
_WORDS = {"note": _NOTE, "refus": _REFUSE, "arret": _STOP}
_FRENCH = {_NOTE: "note", _REFUSE: "refus", _STOP: "arrêt"}


def page() -> str:
    """Return ``docs/regles.md``: one row a rule."""
    rows = []
    for clause in CLAUSES:
        gravity = _FRENCH[clause.gravity]
        if clause.in_publication:
            gravity += f", {_FRENCH[clause.in_publication]} en publication"
        files = ", ".join([*(f"`{name}.py`" for name in clause.modules), *(f"`{path}`" for path in clause.elsewhere)])
        rows.append(f"| {clause.number} | {clause.what} | {gravity} | {clause.remedy} | {clause.source} | {files} |\n")
    return _HEAD + "".join(rows)


def stricter(newsroom: Newsroom) -> Mapping[str, Severity]:
    """Return the severity that a circonscription raised rules to, by code; lowering one is ``ConfigurationError``."""
    known = {clause.number: clause for clause in CLAUSES}
    raised = {}
    for number, word in newsroom.rules:
        clause = known.get(number)
        if clause is None:
            raise ConfigurationError(f"circonscription.yml · regles: {number} n'existe pas · voyez docs/regles.md")
        if _WORDS[word] < clause.gravity:
            message = f"{number} vaut déjà « {_FRENCH[clause.gravity]} », on ne peut pas l'adoucir"
            raise ConfigurationError(f"circonscription.yml · regles: {message} · retirez cette ligne")
        raised[clause.code] = _WORDS[word]
    return raised
