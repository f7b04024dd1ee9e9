"""A real nginx on loopback: where it is, how to get one, and how to start it over a folder."""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.samples import ROOT

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
ABSENT = "Les tests ont besoin de nginx : installez-le (Debian : apt install nginx-light)."
FRAME = """\
{user}
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/erreurs.log;
events {{ worker_connections 64; }}
http {{
  {types}
  access_log {work}/acces.log;
  client_body_temp_path {work}/corps;
  proxy_temp_path {work}/relais;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
{body}
}}
"""
SITE = "server {{ listen 127.0.0.1:{port}; root {root}; include {fragment}; }}"


def nginx() -> str:
    """Return nginx's path, installing Debian's package when root; raise RuntimeError when there is none."""
    found = shutil.which("nginx", path=PLACES)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with (Path(tempfile.gettempdir()) / "gazette-apt.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # apt-get refuses to run twice, and test workers start together
            found = shutil.which("nginx", path=PLACES) or _install()
    if found is None:
        raise RuntimeError(ABSENT)
    return found


def _install() -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "nginx-light"]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *command], env=environment, check=False)
    return shutil.which("nginx", path=PLACES)


def free_port() -> int:
    """Return a port that nothing listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(root: Path, work: Path) -> Iterator[str]:
    """Serve a folder with ``deploiement/flux.conf``, and give its address."""
    port = free_port()
    body = SITE.format(root=root, port=port, fragment=ROOT / "deploiement" / "flux.conf")
    with running(body, port, work, "types { text/html html; }"):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def running(body: str, port: int, work: Path, types: str = "include /etc/nginx/mime.types;") -> Iterator[None]:
    """Run nginx over an ``http`` block that listens to the port."""
    path = nginx()
    work.mkdir(parents=True, exist_ok=True)
    settings = work / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # its workers would be nobody, and read no folder of a test
    settings.write_text(FRAME.format(work=work, user=user, types=types, body=body), "utf-8")
    process = subprocess.Popen([path, "-p", str(work), "-e", str(work / "erreurs.log"), "-c", str(settings)])
    try:
        _wait(port, process, work)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], work: Path) -> None:
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError((work / "erreurs.log").read_text("utf-8"))
