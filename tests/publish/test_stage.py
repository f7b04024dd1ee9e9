"""What a name in ``publishconf.py`` stands for."""

from pathlib import Path

import pytest

from gazette.errors import ConfigurationError
from gazette.publish.local import Local
from gazette.publish.stage import target


def settings(folder: Path, text: str) -> Path:
    """Write a settings file."""
    path = folder / "publishconf.py"
    path.write_text(text)
    return path


def test_the_local_target_is_the_folder_that_is_given(tmp_path: Path):
    """By ``--vers``, else by the settings."""
    path = settings(tmp_path, f'TARGETS = {{"local": {{"type": "local", "dossier": "{tmp_path}/www"}}}}')
    found = [target(path, "local", folder) for folder in ("", str(tmp_path / "autre"))]
    assert [tmp_path / "www", tmp_path / "autre"] == [t.folder for t in found if isinstance(t, Local)]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("TARGETS = {}", "local", "inconnue"),
        ("", "local", "inconnue"),
        ('TARGETS = {"local": {"type": "local"}}', "locale", "inconnue"),
        ('TARGETS = {"local": {"type": "local"}}', "local", "--vers"),
        ('TARGETS = {"web": {"type": "ftp"}}', "web", "type inconnu"),
        ('TARGETS = {"web": {}}', "web", "type inconnu"),
    ],
)
def test_a_target_that_cannot_be_used_is_told(tmp_path: Path, text: str, name: str, reason: str):
    """In one line, before anything is built."""
    with pytest.raises(ConfigurationError, match=reason):
        target(settings(tmp_path, text), name, "")
