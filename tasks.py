"""Gazette, le journal de la circonscription."""

from invoke.collection import Collection

from gazette.verbs.consent import autorisations, crochet, flouter, photos, registre, retirer
from gazette.verbs.newsdesk import collecter, importer, moderer
from gazette.verbs.printing import apercu, construire, controler, impact
from gazette.verbs.publication import acces, etat, jeton, lettre, publier, serveur
from gazette.verbs.workshop import circonscription, messages, mesurer, redaction, regles, test, verrouiller, vscode
from gazette.verbs.writing import conducteur, dupliquer, importer_annuaire, nouveau, renommer, valider

# In the order of use, which is that of the help.
namespace = Collection(
    *(apercu, construire, controler, nouveau, renommer, dupliquer, valider, conducteur, importer_annuaire),
    *(registre, autorisations, flouter, photos, crochet, collecter, importer, moderer, retirer),
    *(publier, etat, jeton, impact, serveur, acces, lettre),
    *(mesurer, test, regles, redaction, vscode, messages, circonscription, verrouiller),
)
