"""Secrets given by the environment stay there: what every verb says and writes is searched for them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.canaries import told
from tests.publish.servers import sshd, storage, webdav
from tests.samples import CONTENT, ROOT

SETTINGS = """
TARGETS = {{
    "local": {{"type": "local", "dossier": "{www}"}},
    "nuage": {{"type": "webdav", "adresse": "{dav}/site-{{edition}}", "utilisateur": "gazette",
              "mot_de_passe_dans": "GAZETTE_MOT_DE_PASSE"}},
    "objets": {{"type": "s3", "adresse": "{s3}", "seau": "site-{{edition}}", "cle_dans": "GAZETTE_S3_CLE",
               "secret_dans": "GAZETTE_S3_SECRET"}},
    "serveur": {{"type": "ssh", "hote": "{ssh.name}", "port": {ssh.port}, "utilisateur": "{ssh.user}",
                "dossier": "{ssh.folder}", "cle": "$GAZETTE_CLE_SSH", "hotes_connus": "$GAZETTE_HOTES_CONNUS"}},
}}
"""
RESTRICTED = ("enseignants", "directeurs")
VERBS = (
    ("construire", "--rapport", "rapport.json"),
    ("controler", "--rapport", "inspection.html"),
    ("publier", "--cible", "local", "--rapport", "publication.json"),
    ("publier", "--cible", "nuage"),
    ("publier", "--cible", "objets"),
    ("publier", "--cible", "serveur"),
    ("etat", "--cible", "serveur"),
    ("etat", "--cible", "nuage"),
    ("etat", "--cible", "objets"),
    ("publier", "--cible", "local", "--retour", "99"),
)
ONE_BY_ONE = """
import importlib, json, os, pkgutil, sys
import gazette
from gazette.cli import main

for module in pkgutil.walk_packages(gazette.__path__, "gazette."):
    if not module.name.endswith("worker"):
        importlib.import_module(module.name)
for rank, words in enumerate(json.loads(sys.argv[1])):
    child = os.fork()
    if not child:
        for descriptor in (1, 2):
            os.dup2(os.open(os.path.join(sys.argv[2], str(rank)), os.O_WRONLY | os.O_CREAT | os.O_APPEND), descriptor)
        sys.exit(main(["gazette", *words]))
    os.waitpid(child, 0)
"""
"""Calls verbs, each in a process of its own that imported the program already; what each says goes to a file."""


def own_project(folder: Path) -> Path:
    """Copy the program and the small circonscription to a project of their own, in git."""
    project = folder / "projet"
    for name in ("plugins", "themes", "deploiement"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "tasks.py"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(CONTENT, project / "content")
    site = project / "content" / "circonscription.yml"
    for name in RESTRICTED:
        place = f'adresse: "https://{name}.sourcelle.example/"'
        token = f'jeton: {{actif: true, serie: 1, adresse: "https://fils.sourcelle.example/{name}/"}}'
        site.write_text(site.read_text("utf-8").replace(f"{place}}}", f"{place}, {token}}}"), "utf-8")
    (project / ".gitignore").write_text("/output/\n/.gazette/\n*.json\n*.html\npublishconf.py\n")
    name = ("-c", "user.name=Essai", "-c", "user.email=essai@commits.example")
    for words in (("init", "-q"), ("add", "-A"), (*name, "commit", "-qm", "La circonscription")):
        subprocess.run(["git", *words], cwd=project, check=True)
    return project


def test_no_secret_is_said_nor_written_by_any_verb(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    """Passwords and keys that publish, the secret of token feeds: on a terminal, in reports, memos and targets."""
    project, apart = own_project(tmp_path), tmp_path_factory.mktemp("coffre")
    for name in ("dav", "maison"):
        (tmp_path / name).mkdir()
    with webdav(tmp_path / "dav") as dav, storage() as s3, sshd(apart) as ssh:
        for edition in ("public", *(f"{name}{end}" for name in RESTRICTED for end in ("", "-jeton"))):
            s3.make(f"site-{edition}")
            s3.make(f"site-{edition}-gazette")
        host = ssh.host(tmp_path / "ssh")
        facts = {"www": tmp_path / "www", "dav": dav, "s3": s3.address, "ssh": host}
        (project / "publishconf.py").write_text(SETTINGS.format(**facts))
        secrets = {
            "GAZETTE_MOT_DE_PASSE": "secret-canari",
            "GAZETTE_S3_CLE": s3.name,
            "GAZETTE_S3_SECRET": s3.secret,
            "GAZETTE_SECRET_JETON": "canari-des-jetons-0123456789abcdef-0123456789",
            "GAZETTE_SMTP_MOT_DE_PASSE": "canari-du-courrier",
        }
        places = {
            "GAZETTE_CLE_SSH": host.key,
            "GAZETTE_HOTES_CONNUS": host.known_hosts,
            "HOME": str(tmp_path / "maison"),
        }
        code = {
            "PYTHONPATH": str(project / "plugins"),
            "PYTHONPYCACHEPREFIX": str(apart / "code"),
            "TMPDIR": str(tmp_path),
        }
        (tmp_path / "verbes").mkdir()
        subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-c", ONE_BY_ONE, json.dumps(VERBS), str(tmp_path / "verbes")],
            cwd=project, env=os.environ | secrets | places | code, check=True,
        )  # fmt: skip
    said = {" ".join(words): (tmp_path / "verbes" / str(rank)).read_bytes() for rank, words in enumerate(VERBS)}
    kept = {name: secret for name, secret in secrets.items() if name != "GAZETTE_S3_CLE"}
    kept |= {f"clé SSH, {n}": line for n, line in enumerate(Path(host.key).read_text().splitlines()[1:-1])}
    assert [] == told(kept, said.items(), [tmp_path])
    assert all(b"Traceback" not in text for text in said.values()), said
    for name in ("objets", "nuage", "serveur"):
        assert b"fichiers envoy" in said[f"publier --cible {name}"], said[f"publier --cible {name}"]
    assert [True, True] == [(tmp_path / name / "public" / "index.html").is_file() for name in ("www", "ssh")]
