"""Secrets given by the environment stay there: what every verb says and writes is searched for them."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.publish.servers import storage, webdav
from tests.samples import ROOT

SETTINGS = """
TARGETS = {{
    "local": {{"type": "local", "dossier": "{www}"}},
    "nuage": {{"type": "webdav", "adresse": "{dav}/site-{{edition}}", "utilisateur": "gazette",
              "mot_de_passe_dans": "GAZETTE_MOT_DE_PASSE"}},
    "objets": {{"type": "s3", "adresse": "{s3}", "seau": "site-{{edition}}", "cle_dans": "GAZETTE_S3_CLE",
               "secret_dans": "GAZETTE_S3_SECRET"}},
}}
"""
VERBS = (
    ("construire", "--rapport", "rapport.json"),
    ("controler", "--rapport", "inspection.html"),
    ("publier", "--cible", "local", "--rapport", "publication.json"),
    ("publier", "--cible", "nuage"),
    ("publier", "--cible", "objets"),
    ("etat", "--cible", "nuage"),
    ("etat", "--cible", "objets"),
    ("publier", "--cible", "local", "--retour", "99"),
)


def forms(secret: str) -> Iterator[bytes]:
    """Yield what a secret may be written as."""
    for text in (secret, quote(secret, safe=""), secret[::-1], secret.encode().hex()):
        yield text.encode()
    for rest in range(3):  # in the middle of something that is encoded
        yield base64.b64encode(b"x" * rest + secret.encode())[4:-4]


def test_no_secret_is_said_nor_written_by_any_verb(tmp_path: Path):
    """Passwords and keys that publish, the secret of token feeds: on a terminal, in reports, memos and targets."""
    project = tmp_path / "projet"
    for name in ("content", "plugins", "themes", "deploiement"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "tasks.py"):
        shutil.copy(ROOT / name, project / name)
    (tmp_path / "dav").mkdir()
    (project / ".gitignore").write_text("/output/\n/.gazette/\n*.json\n*.html\npublishconf.py\n")
    name = ("-c", "user.name=Essai", "-c", "user.email=essai@commits.example")
    for words in (("init", "-q"), ("add", "-A"), (*name, "commit", "-qm", "La circonscription")):
        subprocess.run(["git", *words], cwd=project, check=True)
    with webdav(tmp_path / "dav") as dav, storage() as s3:
        for edition in (
            "public",
            *(f"{name}{end}" for name in ("enseignants", "directeurs") for end in ("", "-jeton")),
        ):
            s3.make(f"site-{edition}")
            s3.make(f"site-{edition}-gazette")
        (project / "publishconf.py").write_text(SETTINGS.format(www=tmp_path / "www", dav=dav, s3=s3.address))
        secrets = {
            "GAZETTE_MOT_DE_PASSE": "secret-canari",
            "GAZETTE_S3_CLE": s3.name,
            "GAZETTE_S3_SECRET": s3.secret,
            "GAZETTE_SECRET_JETON": "canari-des-jetons-0123456789abcdef-0123456789",
            "GAZETTE_SMTP_MOT_DE_PASSE": "canari-du-courrier",
        }
        environment = os.environ | secrets | {"PYTHONPATH": str(project / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
        said = {}
        for words in VERBS:
            done = subprocess.run(
                [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", *words],
                cwd=project, env=environment, capture_output=True, check=False,
            )  # fmt: skip
            said[" ".join(words)] = done.stdout + done.stderr
    written = {str(p): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and not p.is_symlink()}
    everything = said | written
    kept = [s for name, s in secrets.items() if name != "GAZETTE_S3_CLE"]
    wanted = {form: secret for secret in kept for form in forms(secret)}
    assert [] == [(where, secret) for where, data in everything.items() for f, secret in wanted.items() if f in data]
    assert all(b"Traceback" not in text for text in said.values()), said
    assert b"fichiers envoy" in said["publier --cible objets"], said["publier --cible objets"]
    assert b"fichiers envoy" in said["publier --cible nuage"], said["publier --cible nuage"]
    assert (tmp_path / "www" / "public" / "index.html").is_file()
