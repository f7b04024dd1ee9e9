"""Where editions are published: targets by name. Addresses of editions stand in content/circonscription.yml."""

TARGETS = {
    # A folder that a web server serves: DIR/<edition>/ is switched at once. The folder is given by --vers.
    "local": {"type": "local"},
    # Other kinds; each may say which editions it takes, and give an edition settings of its own:
    # "pages": {"type": "pages", "dossier": "public", "editions": ["public"]},
    # "ent": {"type": "zip", "dossier": "zip"},
    # "deux": {"type": "local", "editions": {"public": {"dossier": "/srv/a"}, "enseignants": {"dossier": "/srv/b"}}},
}
