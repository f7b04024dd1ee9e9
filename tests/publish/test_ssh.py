"""What is proper to a connection: whom it trusts, what it says when it fails, what it never says."""

from dataclasses import replace
from pathlib import Path

import pytest

from gazette.errors import TargetError
from gazette.publish.releases import Releases
from gazette.publish.ssh import SshDisk
from tests.publish.newsstand import proofed, put
from tests.publish.servers import Sshd


@pytest.mark.parametrize("known", ["", "autre"])
def test_an_unknown_machine_is_told_and_nothing_is_sent(tmp_path: Path, sftp_server: Sshd, known: str):
    """Its key is not known, or is not the one we know."""
    other = (sftp_server.folder / "cle.pub").read_text() if known else ""
    (tmp_path / "hotes").write_text(f"[127.0.0.1]:{sftp_server.port} {other}" if other else "")
    disk = SshDisk(sftp_server.host(tmp_path / "www", known_hosts=str(tmp_path / "hotes")))
    with pytest.raises(TargetError, match="machine non reconnue"), disk.session():
        pass
    assert False is (tmp_path / "www").exists()


def test_a_key_that_is_not_allowed_is_told(tmp_path: Path, sftp_server: Sshd):
    """As an access refused."""
    disk = SshDisk(sftp_server.host(tmp_path / "www", key=str(sftp_server.folder / "hote")))
    with pytest.raises(TargetError, match="accès refusé"), disk.session():
        pass


def test_a_key_that_is_not_there_is_told(tmp_path: Path, sftp_server: Sshd):
    """By its path, or by the variable that was forgotten on a forge."""
    disk = SshDisk(sftp_server.host(tmp_path / "www", key="$GAZETTE_CLE_SSH"))
    with pytest.raises(TargetError, match=r"^\$GAZETTE_CLE_SSH : fichier absent, ou variable"), disk.session():
        pass


def test_a_machine_that_does_not_answer_is_told(tmp_path: Path, sftp_server: Sshd):
    """In one French sentence."""
    disk = SshDisk(replace(sftp_server.host(tmp_path / "www"), port=1))
    with pytest.raises(TargetError, match="échec au cours de la connexion"), disk.session():
        pass


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path, shell_server: Sshd):
    """A file where the folder should be; the folder of a disk that takes nothing."""
    (tmp_path / "www").write_text("")
    target = Releases(SshDisk(shell_server.host(tmp_path / "www")))
    with target.session(), pytest.raises(TargetError):
        put(target, proofed(tmp_path, index="a"))
