"""Où les éditions se publient : des cibles, par nom. Les adresses des éditions sont dans content/circonscription.yml."""

TARGETS = {
    # Un dossier qu'un serveur web montre : ./gazette publier --cible local --vers DOSSIER
    "local": {"type": "local"},
    # Autres genres : docs/forge.md, là d'où vient Gazette (requirements.txt).
    # "pages": {"type": "pages", "dossier": "public", "editions": ["public"]},
    # "serveur": {"type": "ssh", "hote": "web.exemple.fr", "utilisateur": "gazette", "dossier": "/srv/www",
    #             "cle": "$$GAZETTE_CLE_SSH", "hotes_connus": "$$GAZETTE_HOTES_CONNUS"},
}

# L'éditeur du navigateur, en ligne pour l'équipe (./gazette redaction --vers DOSSIER ; docs/redaction.md, là d'où vient Gazette) :
# REDACTION = {"forge": "https://forge.exemple.fr", "depot": "groupe/circonscription", "branche": "main",
#              "application": "l'identifiant que la forge donne à l'application"}
