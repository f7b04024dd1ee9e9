"""Tests of admin/bundle.py: one archive and no other, and a script that asks nothing of anyone but us."""

import io
import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from gazette.admin import bundle
from gazette.admin.bundle import FONTS, LOCALE, SCRIPT, folder, install, is_installed, silenced
from gazette.errors import ConfigurationError
from tests.sveltia import sveltia

ELSEWHERE = "https://cdn.example"


def script(**changes: str) -> str:
    """Return the lines of a script that matter, as the real one has them."""
    lines = {f"font{n}": f"url({ELSEWHERE}/fontsource/fonts/{name}:vf@5/a.woff2)" for n, name in enumerate(FONTS)}
    lines |= {"cms": f"a=`{ELSEWHERE}/@sveltia/cms`", "ui": f"b=`{ELSEWHERE}/@sveltia/ui`"}
    lines |= {"langs": f"c=`{ELSEWHERE}/@shikijs`", "any": f"t=`{ELSEWHERE}/${{e}}`,n=1"}
    lines |= {"status": "d=`https://status-api.example/1.0/x`"}
    return "\n".join((lines | changes).values())


def test_what_is_served_asks_nothing_of_anyone():
    """Of the real archive: French, its fonts, and no address that it would load by itself."""
    place = sveltia()
    text = (place / SCRIPT).read_text("utf-8")
    assert [] == re.findall(r"https://[^/`'\")]+/(?:@sveltia|@shikijs|fontsource/fonts/)[^`'\")]*", text)
    assert all((place / "polices" / f"{name}.woff2").read_bytes().startswith(b"wOF2") for name in FONTS)
    french = json.loads((place / LOCALE).read_text("utf-8"))
    assert ("Enregistrer", "Montrer ce qui manque") == (french["save"], french["show_errors"])
    assert {"title", "history"} <= {*french["entry_sidebar"]["slug"], *french["entry_sidebar"]}  # theirs and ours


def test_every_address_is_made_ours():
    """None is left of those that the script loads."""
    assert ELSEWHERE not in silenced(script())


@pytest.mark.parametrize(
    "changes",
    [{"cms": ""}, {"status": ""}, {"font1": ""}, {"more": f"z=`{ELSEWHERE}/@sveltia/cms`"}],
)
def test_a_script_of_another_shape_is_refused(changes: dict[str, str]):
    """An address that is gone, or there twice: somebody has to look."""
    with pytest.raises(ConfigurationError, match="adresse"):
        silenced(script(**changes))


def test_another_archive_is_refused(tmp_path: Path):
    """Its digest is not the one that is pinned, and nothing of it is kept."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        data = script().encode()
        member = tarfile.TarInfo("package/dist/sveltia-cms.js")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    (tmp_path / "autre.tgz").write_bytes(made.getvalue())
    with pytest.raises(ConfigurationError, match="n’est pas l’archive attendue"):
        install(tmp_path, tmp_path / "autre.tgz")
    assert not is_installed(tmp_path)
    assert not folder(tmp_path).exists()


def test_without_npm_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Install it, or bring the archive."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"npm manque.*--archive FICHIER"):
        install(tmp_path)


def test_without_a_network_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Npm fails, and we say so in a line."""
    monkeypatch.setattr(shutil, "which", lambda _: "npm")
    failed = subprocess.CompletedProcess([], 1, b"", b"")
    monkeypatch.setattr(bundle.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(ConfigurationError, match="le réseau répond-il"):
        install(tmp_path)
