"""Real servers on loopback to publish to; what is missing is installed, or the test fails and says so."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import urllib3

from gazette.publish.s3 import Key
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
SetEnv HOME={folder}
{more}
"""


@contextlib.contextmanager
def sshd(folder: Path, more: str = "", before: Sequence[str] = ()) -> Iterator[Sshd]:
    """Start one with its own keys; ``more`` is added to its configuration, ``before`` stands before its command."""
    path = program("sshd", "openssh-server")
    program("rsync", "rsync")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("hote", "cle"):
        (folder / name).unlink(missing_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    port = free_port()
    shutil.copy(folder / "cle.pub", folder / "permises")
    (folder / "hotes").write_text(f"[127.0.0.1]:{port} {(folder / 'hote.pub').read_text()}")
    (folder / "sshd_config").write_text(SSHD.format(port=port, folder=folder, more=more))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    words = [*before, path, "-D", "-e", "-f", folder / "sshd_config"]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        await_port(port, process)
        yield Sshd(folder, port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
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


STORAGE = ("moto[s3]==5.2.5", "flask", "flask-cors")
S3 = """
import json, sys, time
import boto3
from moto import settings
from moto.server import ThreadedMotoServer
address = "http://127.0.0.1:" + sys.argv[1]
ThreadedMotoServer("127.0.0.1", int(sys.argv[1]), verbose=False).start()
iam = boto3.client("iam", "us-east-1", endpoint_url=address, aws_access_key_id="x", aws_secret_access_key="x")
iam.create_user(UserName="gazette")
key = iam.create_access_key(UserName="gazette")["AccessKey"]
every = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="gazette", PolicyName="site", PolicyDocument=json.dumps(every))
# From here on, every signature is computed again by botocore, and what is signed wrong is refused.
if sys.argv[2] == "signed":
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
print(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]), flush=True)
time.sleep(10**6)
"""


@dataclass(frozen=True)
class Storage:
    """An S3 server that knows one key."""

    address: str
    name: str
    secret: str

    def make(self, bucket: str, **headers: str) -> None:
        """Make a bucket."""
        key = Key(self.name, self.secret, "us-east-1")
        signed = key.signed("PUT", f"{self.address}/{bucket}", "", headers, b"")
        urllib3.request("PUT", f"{self.address}/{bucket}", headers=signed)


def storage_python() -> Path:
    """Return the Python of the server's own environment, made once for all tests of this machine."""
    home = Path(tempfile.gettempdir()) / f"gazette-s3-{STORAGE[0].rpartition('=')[2]}"
    python = home / "bin" / "python"
    with home.with_suffix(".verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "pret").exists():
            venv.create(home, with_pip=True, clear=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *STORAGE], check=True, capture_output=True)
            (home / "pret").touch()
    return python


@contextlib.contextmanager
def storage(rule: str = "signed") -> Iterator[Storage]:
    """Start an S3 server (moto) that checks signatures; with another rule, one that goes by buckets' policies alone."""
    port = free_port()
    words = [str(storage_python()), "-W", "ignore", "-c", S3, str(port), rule]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout
            name, secret = json.loads(process.stdout.readline() or b"null")
            yield Storage(f"http://127.0.0.1:{port}", name, secret)
        finally:
            process.terminate()


@contextlib.contextmanager
def cut(address: str, rank: int, moment: str) -> Iterator[str]:
    """Stand before an HTTP server; at request number `rank`, and only there, cut: « avant » or « après » it."""
    host, _, port = address.removeprefix("http://").partition(":")
    count = iter(range(10**6))
    door = socket.create_server(("127.0.0.1", 0))

    def serve(client: socket.socket) -> None:
        server = socket.create_connection((host, int(port)))
        with contextlib.suppress(OSError, ValueError), client, server, client.makefile("rb") as heard:
            said = server.makefile("rb")
            while asked := message(heard):
                is_cut = next(count) == rank
                if not (is_cut and moment == "avant"):
                    server.sendall(asked)
                    answer = message(said, is_bodiless=asked.startswith(b"HEAD"))
                if is_cut:
                    break
                client.sendall(answer)
            client.shutdown(socket.SHUT_RDWR)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(door.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.close()


def message(stream: BinaryIO, *, is_bodiless: bool = False) -> bytes:
    """Read one HTTP message, by its length or its chunks; nothing when the other side has closed."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = stream.readline()
        if not line:
            return b""
        head += line
    fields = {n.strip().lower(): v.strip() for n, _, v in (row.partition(b":") for row in head.splitlines()[1:])}
    if is_bodiless or b" 204 " in head.splitlines()[0] or b" 304 " in head.splitlines()[0]:
        return head
    if fields.get(b"transfer-encoding") == b"chunked":
        body = b""
        while True:
            size = stream.readline()
            body += size + stream.read(int(size, 16) + 2)
            if int(size, 16) == 0:
                return head + body
    return head + stream.read(int(fields.get(b"content-length", 0)))


@contextlib.contextmanager
def severed(port: int, limit: int) -> Iterator[tuple[int, list[int]]]:
    """Stand before a server; let so many bytes of the client through, then cut. Give a port, and the bytes heard."""
    heard = [0]
    door = socket.create_server(("127.0.0.1", 0))

    def carry(source: socket.socket, target: socket.socket, *, is_counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                left = limit - heard[0] if is_counted else len(data)
                target.sendall(data[: max(left, 0)])
                heard[0] += len(data) if is_counted else 0
                if left < len(data):
                    break
        for side in (source, target):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def serve(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            for side in (client, server):  # else each request waits 40 ms for the answer to the one before
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=carry, args=(server, client), kwargs={"is_counted": False}, daemon=True)
            back.start()
            carry(client, server, is_counted=True)
            back.join(WAIT)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(door.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield door.getsockname()[1], heard
    finally:
        door.close()
