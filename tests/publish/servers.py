"""Real servers on loopback to publish to; what is missing is installed, or the test fails and says so."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazette.publish.ssh import Host

WAIT = 20
"""Seconds for a server to answer."""


def program(name: str, package: str) -> str:
    """Return where a program is, installed by the system's package manager when it is missing."""
    os.environ["PATH"] += os.pathsep + "/usr/sbin"
    if not shutil.which(name) and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", package], check=True, capture_output=True)
    found = shutil.which(name)
    assert found, f"{name} manque : installez {package}"
    return found


def free_port() -> int:
    """Return a port that nothing listens to."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; fail when it ended, or did not answer in time."""
    for _ in range(WAIT * 50):
        assert process.poll() is None, f"le serveur s'est arrêté : {process.stderr and process.stderr.read()!r}"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise AssertionError(port)


@dataclass(frozen=True)
class Sshd:
    """An OpenSSH server that lets us in by key."""

    folder: Path
    port: int

    def host(self, root: Path, **other: str) -> Host:
        """Return how a folder is reached through it."""
        facts = {"key": str(self.folder / "cle"), "known_hosts": str(self.folder / "hotes")} | other
        return Host("127.0.0.1", os.environ.get("USER") or "root", self.port, str(root), **facts)


SSHD = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/hote
AuthorizedKeysFile {folder}/permises
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp
{more}
"""


@contextlib.contextmanager
def sshd(folder: Path, more: str = "") -> Iterator[Sshd]:
    """Start one with its own keys; ``more`` is added to its configuration."""
    path = program("sshd", "openssh-server")
    program("rsync", "rsync")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("hote", "cle"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    port = free_port()
    shutil.copy(folder / "cle.pub", folder / "permises")
    (folder / "hotes").write_text(f"[127.0.0.1]:{port} {(folder / 'hote.pub').read_text()}")
    (folder / "sshd_config").write_text(SSHD.format(port=port, folder=folder, more=more))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen([path, "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL)
    try:
        await_port(port, process)
        yield Sshd(folder, port)
    finally:
        process.terminate()
        process.wait(WAIT)


WEBDAV = """
import sys
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp
from wsgidav.fs_dav_provider import FilesystemProvider
users = {"*": {"gazette": {"password": "secret-canari"}}}
app = WsgiDAVApp({
    "provider_mapping": {"/": FilesystemProvider(sys.argv[1], readonly=False)},
    "simple_dc": {"user_mapping": users}, "verbose": 0,
    "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
})
wsgi.Server(("127.0.0.1", int(sys.argv[2])), app).start()
"""


@contextlib.contextmanager
def webdav(folder: Path) -> Iterator[str]:
    """Serve a folder by WebDAV to the user gazette; give its address."""
    port = free_port()
    words = [sys.executable, "-W", "ignore", "-c", WEBDAV, folder, str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(WAIT)
