"""Sveltia CMS as it is served: one pinned archive of the npm registry, kept on this computer, that calls nobody else.

The archive comes through npm, or from a file that somebody brought; either way its digest must be the one below.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from gazette.errors import ConfigurationError

PACKAGE, VERSION = "@sveltia/cms", "0.221.1"
INTEGRITY = "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ=="
"""SHA-512 of the archive, as npm tells it."""
INSTALL = "./gazette redaction"
SCRIPT, LOCALE, ABSENT, STATUS = "sveltia-cms.js", f"cms@{VERSION}/locales/fr.json", "absent", "etat.json"
FONTS = ("material-symbols-outlined", "source-sans-3", "noto-mono")
NO_INCIDENT = b'{"result": {"status_overall": {"status_code": 100}}}'
_FRENCH = Path(__file__).parent / "francais.json"
"""What its French does not say, or not well, of what an author meets, as its own messages are (MessageFormat 2)."""
_LIMIT = 64 * 1024 * 1024
"""Bytes of the archive, and of what is taken out of it."""
_REMOTE = {
    **{rf"https://[^/)'\"`]+/fontsource/fonts/{name}[^)]*\.woff2": f"/admin/polices/{name}.woff2" for name in FONTS},
    r"https://[^/'\"`]+/@sveltia/cms": "/admin/cms",
    r"https://[^/'\"`]+/@sveltia/ui": f"/admin/{ABSENT}",
    r"https://[^/'\"`]+/@shikijs": f"/admin/{ABSENT}",
    r"https://[^/'\"`]+/\$\{e\}`,n=": f"/admin/{ABSENT}/${{e}}`,n=",
    r"https://status-api[^`]+": f"/admin/{STATUS}",
}
"""What it would fetch of its own accord, each once, and what stands here instead (its own issues 443 and 909)."""
_LOADED = re.compile(r"https://[^/`'\")]+/(?:@sveltia|@shikijs|fontsource/fonts/)")
"""Addresses of code and fonts, of which none may be left."""


def folder(root: Path) -> Path:
    """Return where the files served stand, in a project's state."""
    return root / ".gazette" / "admin" / VERSION


def is_installed(root: Path) -> bool:
    """Tell whether they are there, whole: the list of them is written last."""
    return (folder(root) / "complet").is_file()


def install(root: Path, archive: Path | None = None) -> Path:
    """Take Sveltia out of its archive (fetched through npm unless it is given), silence it, and return its folder."""
    data = archive.read_bytes() if archive else _fetched()
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    if len(data) > _LIMIT or not hmac.compare_digest(digest, INTEGRITY):
        raise ConfigurationError(f"ce n’est pas l’archive attendue de {PACKAGE} {VERSION} : rien n’en a été gardé")
    taken = _taken(data)
    place = folder(root)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".pose-", dir=place.parent))
    try:
        for name, content in taken.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        (fresh / "complet").write_text("\n".join(sorted(taken)), "utf-8")
        shutil.rmtree(place, ignore_errors=True)
        fresh.replace(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place


def _fetched() -> bytes:
    """Return the archive, fetched through npm as anyone's settings say."""
    npm = shutil.which("npm")
    if npm is None:
        remedy = f"installez Node.js, ou donnez l’archive {PACKAGE} {VERSION} : {INSTALL} --archive FICHIER"
        raise ConfigurationError(f"npm manque sur cet ordinateur ; {remedy}")
    with tempfile.TemporaryDirectory() as there:
        words = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", there]
        done = subprocess.run(words, cwd=there, capture_output=True, check=False)
        found = sorted(Path(there).glob("*.tgz"))
        if done.returncode or not found:
            raise ConfigurationError(f"npm n’a pas pu apporter {PACKAGE} {VERSION} : le réseau répond-il ?")
        return found[0].read_bytes()


def _taken(data: bytes) -> dict[str, bytes]:
    """Return what is served of the archive, by name: the script made silent, its French and its fonts."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as tar:
        members = {m.name.removeprefix("package/"): m for m in tar if m.isfile() and m.size < _LIMIT}
        taken = {name: _bytes(tar, members.get(name)) for name in ("dist/sveltia-cms.js", "locales/fr.json")}
        licences = {f"polices/{n}.LICENSE.txt": _bytes(tar, members.get(f"npm/assets/{n}.LICENSE.txt")) for n in FONTS}
        fonts = {}
        for name in FONTS:
            wanted = [n for n in members if n.startswith(f"npm/assets/{name}-") and n.endswith(".woff2")]
            fonts[f"polices/{name}.woff2"] = _bytes(tar, members.get(wanted[0]) if len(wanted) == 1 else None)
    script = silenced(taken["dist/sveltia-cms.js"].decode()).encode()
    french = _completed(json.loads(taken["locales/fr.json"]), json.loads(_FRENCH.read_text("utf-8")))
    return {
        SCRIPT: script,
        LOCALE: json.dumps(french, ensure_ascii=False).encode(),
        STATUS: NO_INCIDENT,
        **fonts,
        **licences,
    }


def _completed(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Return their messages, with ours in place of theirs."""
    inner = {k: _completed(theirs[k], v) for k, v in ours.items() if isinstance(v, dict) and k in theirs}
    return theirs | ours | inner


def _bytes(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> bytes:
    file = tar.extractfile(member) if member else None
    if file is None:
        raise ConfigurationError(f"{PACKAGE} {VERSION} n’a pas la forme attendue ; signalez ce défaut de Gazette")
    return file.read()


def silenced(script: str) -> str:
    """Return the script with every address that it loads by itself made ours; each must be there once."""
    for remote, ours in _REMOTE.items():
        script, hits = re.subn(remote, lambda _, ours=ours: ours, script)  # type: ignore[misc]
        if hits != 1:
            raise ConfigurationError(f"{PACKAGE} {VERSION} : {hits} adresse(s) au lieu d’une pour {ours}")
    left = len(_LOADED.findall(script))
    if left:
        raise ConfigurationError(f"{PACKAGE} {VERSION} appellerait encore {left} adresse(s) d’ailleurs")
    return script
