"""Repositories made object by object, and real servers of them on loopback: git http-backend, sshd."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

QUIET = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    **{
        f"GIT_{who}_{what}": told
        for who in ("AUTHOR", "COMMITTER")
        for what, told in (("NAME", "École"), ("EMAIL", "ecole@commits.example"))
    },
}


def article(title: str, text: str = "Bonjour.", date: str = "2026-11-02") -> bytes:
    """Return an article of a school."""
    return f"---\ntitre: {title}\ndate: {date}\nresume: Un résumé.\n---\n\n{text}\n".encode()


@dataclass(frozen=True)
class Forged:
    """A bare repository, written object by object: nothing refuses what is in it."""

    path: Path

    def git(self, *words: str, data: bytes = b"") -> bytes:
        """Run git in it."""
        command = ["git", f"--git-dir={self.path}", *words]
        return subprocess.run(command, input=data, capture_output=True, check=True, env=QUIET).stdout

    def object(self, kind: str, data: bytes) -> str:
        """Write an object as it is, lawful or not, and return its id."""
        return self.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", data=data).decode().strip()

    def tree(self, entries: list[tuple[str, bytes, str]]) -> str:
        """Write a tree of (mode, name, id), in git's order."""
        rows = sorted(entries, key=lambda e: e[1] + (b"/" if e[0] == "40000" else b""))
        return self.object("tree", b"".join(m.encode() + b" " + n + b"\0" + bytes.fromhex(i) for m, n, i in rows))

    def commit(self, tree: str, *parents: str, when: str = "1763800000 +0100", author: str = "École <e@x>") -> str:
        """Write a commit and have the main branch stand at it."""
        lines = [
            f"tree {tree}",
            *(f"parent {p}" for p in parents),
            f"author {author} {when}",
            f"committer {author} {when}",
            "",
            "Un envoi.",
        ]
        made = self.object("commit", "\n".join(lines).encode())
        self.git("update-ref", "refs/heads/main", made)
        return made

    def files(self, files: Mapping[str, bytes], *parents: str) -> str:
        """Commit these files, and no others."""
        return self.commit(self._folder({tuple(p.encode().split(b"/")): d for p, d in files.items()}), *parents)

    def _folder(self, files: Mapping[tuple[bytes, ...], bytes]) -> str:
        entries, folders = [], {}
        for path, data in files.items():
            if len(path) == 1:
                entries.append(("100644", path[0], self.object("blob", data)))
            else:
                folders.setdefault(path[0], {})[path[1:]] = data
        entries += [("40000", name, self._folder(inside)) for name, inside in folders.items()]
        return self.tree(entries)


def forged(path: Path) -> Forged:
    """Make an empty repository."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True, env=QUIET)
    return Forged(path)


@contextlib.contextmanager
def over_http(folder: Path, hear: Callable[[str, str], object] = lambda *_: None) -> Iterator[str]:
    """Serve the repositories of a folder through git's own http-backend; yield the address of the folder.

    ``hear`` is told the path and the ``Authorization`` of each request, before it is answered.
    """
    backend = Path(subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True).stdout.strip())

    class Served(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.answer(b"")

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def answer(self, body: bytes) -> None:
            path, _, query = self.path.partition("?")
            hear(self.path, self.headers.get("Authorization", ""))
            environment = QUIET | {
                "GIT_PROJECT_ROOT": str(folder), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path, "QUERY_STRING": query,
                "REQUEST_METHOD": self.command, "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""), "CONTENT_LENGTH": str(len(body)),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_ADDR": "127.0.0.1",
            }  # fmt: skip
            command = [str(backend / "git-http-backend")]
            done = subprocess.run(command, input=body, capture_output=True, env=environment, check=False).stdout
            head, _, data = done.partition(b"\r\n\r\n")
            told = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
            self.send_response(int(told.pop("Status", "200").split()[0]))
            for name, value in told.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Sshd:
    """A real sshd on loopback."""

    port: int
    key: Path
    known_hosts: Path

    def url(self, path: Path) -> str:
        """Return the address of a repository."""
        return f"ssh://{os.environ.get('USER', 'root')}@127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def over_ssh(folder: Path) -> Iterator[Sshd]:
    """Run sshd for this account with keys of its own; a test fails where it is not installed."""
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "sshd manque : apt-get install openssh-server"
    for name in ("hote", "cle"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    keys = folder / "autorisees"
    keys.write_bytes((folder / "cle.pub").read_bytes())
    host = " ".join((folder / "hote.pub").read_text().split()[:2])
    known = folder / "connus"
    known.write_text(f"[127.0.0.1]:{port} {host}\n")  # as ssh-keyscan -p writes it
    Path("/run/sshd").mkdir(exist_ok=True)
    options = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "hote",
        "AuthorizedKeysFile": keys,
        "StrictModes": "no",
        "UsePAM": "no",
        "PidFile": "none",
        "PasswordAuthentication": "no",
    }
    words = [f"-o{name}={value}" for name, value in options.items()]
    process = subprocess.Popen([program, "-D", "-e", "-f", "/dev/null", *words], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield Sshd(port, folder / "cle", known)
    finally:
        process.kill()
        process.wait()
