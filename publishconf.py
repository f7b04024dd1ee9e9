"""Where editions are published: targets by name. Addresses of editions stand in content/circonscription.yml."""

TARGETS = {
    # A folder that a web server serves: DIR/<edition>/ is switched at once. The folder is given by --vers.
    "local": {"type": "local"},
}
