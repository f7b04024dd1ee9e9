"""Where tests publish to."""

from collections.abc import Iterator

import pytest

from tests.publish.servers import Sshd, sshd


@pytest.fixture(scope="session")
def shell_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """Give an SSH server with a shell, rsync and the usual tools."""
    with sshd(tmp_path_factory.mktemp("ssh")) as server:
        yield server


@pytest.fixture(scope="session")
def sftp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """Give an SSH server that offers SFTP and nothing else."""
    with sshd(tmp_path_factory.mktemp("sftp"), "ForceCommand internal-sftp") as server:
        yield server
