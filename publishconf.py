"""Where editions are published: targets by name. Addresses of editions stand in content/circonscription.yml."""

TARGETS = {
    # A folder that a web server serves: DIR/<edition>/ is switched at once. The folder is given by --vers.
    "local": {"type": "local"},
    # Other kinds; each may say which editions it takes, and give an edition settings of its own:
    # "pages": {"type": "pages", "dossier": "public", "editions": ["public"]},
    # "serveur": {"type": "ssh", "hote": "web.valbrune.example", "utilisateur": "gazette", "dossier": "/srv/www",
    #             "cle": "$GAZETTE_CLE_SSH", "hotes_connus": "$GAZETTE_HOTES_CONNUS"},
    # "nuage": {"type": "webdav", "adresse": "https://nuage.valbrune.example/dav/{edition}", "utilisateur": "gazette",
    #           "mot_de_passe_dans": "GAZETTE_MOT_DE_PASSE"},
    # "objets": {"type": "s3", "adresse": "https://s3.valbrune.example", "region": "fr-1", "seau": "valbrune-{edition}",
    #            "cle_dans": "GAZETTE_S3_CLE", "secret_dans": "GAZETTE_S3_SECRET"},  # and: "prefixe", "seau_notes"
    # "ent": {"type": "zip", "dossier": "zip"},
    # "deux": {"type": "local", "editions": {"public": {"dossier": "/srv/a"}, "enseignants": {"dossier": "/srv/b"}}},
}

LETTRE = {
    # Who sends « La semaine », and how a school says no; {uai} is its code. Schools that said no are named in "sauf".
    "de": "circonscription.valbrune@ac-valbrune.example",
    "desabonnement": "mailto:circonscription.valbrune@ac-valbrune.example?subject=plus-de-lettre-{uai}",
    "sauf": [],
    # Through which server, for --smtp; the password stands in GAZETTE_SMTP_MOT_DE_PASSE.
    # "smtp": "smtp.ac-valbrune.example:587", "chiffrement": "starttls", "utilisateur": "circonscription.valbrune",
}

SERVEUR = {
    # What ./gazette serveur writes for nginx: the folder that « publier --vers » fills, and who reads each edition.
    "dossier": "/srv/gazette/www",
    "certificats": "/etc/letsencrypt/live/{hote}",  # without: "relais": ["10.0.0.5/32"], the proxy that speaks https
    # "defis": "/var/www/defis",  # where certbot answers for these names: certbot certonly --webroot -w /var/www/defis
    "acces": {
        "enseignants": {"par": "ecoles", "fichier": "/etc/nginx/gazette-enseignants"},
        "directeurs": {"par": "ecoles", "fichier": "/etc/nginx/gazette-directeurs"},
        # or: {"par": "passerelle", "adresse": "http://127.0.0.1:4180", "groupes": ["directeurs"]} (oauth2-proxy)
        # or: {"par": "reseau", "adresses": ["10.86.0.0/16"]}
    },
}

# The browser's editor, on line for a team: ./gazette redaction --vers DIR (docs/redaction.md). Nothing here is secret.
# REDACTION = {"forge": "https://forge.valbrune.example", "depot": "valbrune/gazette", "branche": "main",
#              "application": "the identifier that the forge gives"}
