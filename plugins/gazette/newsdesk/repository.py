"""A school's git repository: a bare mirror, and blobs read out of it; never a checkout.

git runs in a group of its own that is killed at the deadline, without any configuration but ours, towards an address
that was vetted and is given to it: it resolves no name and follows no redirect.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazette.model.correspondent import is_path
from gazette.newsdesk.article import ENTRIES, PICTURE_SIZE, Listing, shown
from gazette.newsdesk.fault import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazette.model.correspondent import Correspondent
    from gazette.newsdesk.network import Network

PACK = 256 * 1024
"""KiB that git may write in one file."""
MEMORY = 1024 * 1024
"""KiB of address space of a git process."""
FILTER = f"blob:limit={PICTURE_SIZE + 1}"
"""Files that stay at the forge: larger than a picture may be (git-rev-list, ``--filter``)."""
TIP = "refs/gazette/tip"
BLOBS = 64 * 1024 * 1024
"""Bytes of texts read in one run."""
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
SOURCE = "source"
"""What the source is called in the mirror: a remote that is told at each call, and written nowhere."""
_ENTRY = re.compile(rb"(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-|BAD)\t(.*)", re.DOTALL)
"""A line of ``ls-tree -l``; BAD is the size of a blob that the mirror does not have."""
_SCP = re.compile(r"(?:(?P<user>[^@/:]+)@)?(?P<host>[^/:]+):(?P<path>.*)")


@dataclass(frozen=True, slots=True)
class Repository:
    """The mirror of one source."""

    correspondent: Correspondent
    mirror: Path
    """A bare repository; made when it is not there."""
    network: Network
    seconds: float = 60.0
    known_hosts: str = ""
    """File of the keys of ssh servers; without it, those of this account."""
    key: str = ""
    """File of the private key for ssh, or ""."""
    start: float = field(default_factory=time.monotonic)

    @property
    def deadline(self) -> float:
        """Return the instant at which everything that git does for this source is over."""
        return self.start + self.seconds

    def fetch(self, known: str, *, is_read: bool) -> tuple[str, bool]:
        """Return the commit that the source stands at, and whether the history of ``known`` was rewritten.

        ``is_read``: it is read even where it stands as it stood.
        """
        self._heal()
        tip = self._remote_tip()
        if tip == known and not (is_read and not self._has(tip)):
            return tip, False
        is_first = not self._has(known)
        self._bring(*(("--depth=1",) if is_first else ()))
        tip = self._git("rev-parse", "--verify", f"{TIP}^{{commit}}").strip()
        is_rewritten = bool(known) and not is_first and not self._is_ancestor(known, tip)
        return tip, is_rewritten

    def pinned(self, commit: str) -> str:
        """Return the commit that the lock file pins, when the mirror has it."""
        if not self._has(commit):
            raise FetchError("FLX-03", "rien n’en est gardé sur cette machine : relevez-la en ligne")
        return commit

    def forget(self) -> None:
        """Keep no more than the tip: what the source took off is not ours to keep (R10).

        A mirror made anew takes the place of this one: packs that left large files out are never pruned by git.
        """
        fresh = replace(self, mirror=self.mirror.with_suffix(".neuf"))
        shutil.rmtree(fresh.mirror, ignore_errors=True)  # a run that died left it
        fresh.fetch("", is_read=True)
        shutil.rmtree(self.mirror)
        fresh.mirror.replace(self.mirror)

    def _bring(self, *words: str) -> None:
        """Bring the branch here, less the files that are too large for anything, where the server can leave them out.

        One that cannot sends all: the bound of a pack then stands alone.
        """
        quiet = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--force")
        serve = "--upload-pack=git -c uploadpack.allowFilter=true upload-pack"
        here = (serve,) if is_path(self.correspondent.url) else ()
        try:
            self._remote("fetch", *quiet, *here, *words, "--", SOURCE, f"+{self._reference()}:{TIP}")
        except FetchError as error:  # git says nothing of a child that met the bound
            if any(torn.stat().st_size >= PACK * 1024 for torn in self._torn()):
                raise FetchError("GIT-02", f"plus de {PACK // 1024} Mo à recevoir") from error
            raise
        finally:
            for torn in self._torn():
                torn.unlink(missing_ok=True)

    def _torn(self) -> list[Path]:
        """Return the packs that were not received whole."""
        return list(self.mirror.glob("objects/pack/tmp_*"))

    def listing(self, commit: str) -> Listing:
        """Return the files of a commit, within limits."""
        found, count = Listing(), 0
        is_partial = any(self.mirror.glob("objects/pack/*.promisor"))
        tree = f"{commit}:{self.correspondent.folder}" if self.correspondent.folder else commit
        for record in self._records("ls-tree", "-r", "-z", "-l", "--full-tree", tree):
            count += 1
            if count > ENTRIES:
                raise FetchError("GIT-02", f"plus de {ENTRIES} fichiers")
            entry = _ENTRY.fullmatch(record)
            if entry is None:
                raise FetchError("GIT-03", "arbre illisible")
            mode, kind, blob, size, raw = entry.groups()
            path = raw.decode("utf-8", "replace")
            if kind != b"blob" or mode == b"120000" or "\ufffd" in path or ".." in path.split("/"):
                what = {b"120000": "lien symbolique, jamais suivi", b"160000": "sous-module, jamais ouvert"}
                found.notes.append(f"{shown(path)} : {what.get(mode, 'nom de fichier refusé')}")
                continue
            if size == b"BAD" and not is_partial:
                raise FetchError("GIT-03", "objet manquant ou abîmé")
            found.add(path, blob.decode(), PICTURE_SIZE + 1 if size == b"BAD" else int(size))
        return found

    def blobs(self, ids: list[str]) -> Iterator[bytes]:
        """Yield the bytes of blobs whose sizes are known to be lawful."""
        if not ids:
            return
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{one}\n" for one in ids).encode())
            asked.seek(0)
            with self._process(["cat-file", "--batch"], asked.fileno()) as process:
                assert process.stdout  # noqa: S101  # PIPE
                left = BLOBS
                for one in ids:
                    head = process.stdout.readline().split()
                    if len(head) != 3 or head[0].decode() != one:  # noqa: PLR2004  # id, type, size
                        raise FetchError("GIT-03", "objet manquant ou abîmé")
                    size = int(head[2])
                    left -= size
                    if left < 0:
                        raise FetchError("GIT-02", f"plus de {BLOBS // 1_048_576} Mo d’articles")
                    yield process.stdout.read(size)
                    process.stdout.read(1)

    def _reference(self) -> str:
        return f"refs/heads/{self.correspondent.branch}" if self.correspondent.branch else "HEAD"

    def _heal(self) -> None:
        """Make the mirror, or free it of the locks of a git that died: the newsdesk's own lock is held (G2)."""
        if (self.mirror / "HEAD").is_file() and (self.mirror / "objects").is_dir():
            for lock in (*self.mirror.glob("*.lock"), *self.mirror.glob("refs/**/*.lock")):
                lock.unlink(missing_ok=True)
            for torn in self._torn():
                torn.unlink(missing_ok=True)
            return
        shutil.rmtree(self.mirror, ignore_errors=True)
        self.mirror.parent.mkdir(parents=True, exist_ok=True)
        self._run(["init", "--quiet", "--bare", "--template=", str(self.mirror)], {})

    def _has(self, commit: str) -> bool:
        if not _COMMIT.fullmatch(commit):
            return False
        try:
            self._git("cat-file", "-e", f"{commit}^{{tree}}")
        except FetchError:
            return False
        return True

    def _is_ancestor(self, before: str, after: str) -> bool:
        try:
            self._git("merge-base", "--is-ancestor", before, after)
        except FetchError:
            return False
        return True

    def _remote_tip(self) -> str:
        told = self._remote("ls-remote", "--quiet", "--", SOURCE, self._reference()).split()
        if not told or not _COMMIT.fullmatch(told[0]):
            name = self.correspondent.branch or "principale"
            raise FetchError("GIT-04", f"la branche {name} n’existe pas, ou le dépôt est vide")
        return told[0]

    def _git(self, *words: str) -> str:
        return self._run([f"--git-dir={self.mirror}", *words], {})

    def _remote(self, *words: str) -> str:
        """Run a git that speaks to the source, and to nobody else."""
        url = self.correspondent.url
        told = [f"remote.{SOURCE}.url={url}", f"remote.{SOURCE}.promisor=true"]
        told = [word for one in (*told, f"remote.{SOURCE}.partialCloneFilter={FILTER}") for word in ("-c", one)]
        if is_path(url):
            return self._run([*told, f"--git-dir={self.mirror}", *words], {"GIT_ALLOW_PROTOCOL": "file"})
        scheme, host, port = _parts(url)
        usual = 22 if scheme == "ssh" else 443
        if scheme == "https":
            self.network.check_port(port or usual, usual)
        addresses = self.network.addresses(host, port or usual)
        told += ["-c", "http.followRedirects=false", "-c", "http.proxy="]
        environment = {"GIT_ALLOW_PROTOCOL": "https:ssh" + (":http" if self.network.has_loopback else "")}
        if scheme == "ssh":
            environment["GIT_SSH_COMMAND"] = self._ssh(
                host if port in {None, usual} else f"[{host}]:{port}", addresses[0]
            )
            environment["GIT_SSH_VARIANT"] = "ssh"
        else:
            at = ",".join(f"[{a}]" if ":" in a else a for a in addresses)
            told += ["-c", f"http.curloptResolve={host}:{port or (80 if scheme == 'http' else usual)}:{at}"]
        return self._run([*told, f"--git-dir={self.mirror}", *words], environment)

    def _ssh(self, name: str, address: str) -> str:
        """Return the ssh that git runs: no configuration, no question, the vetted address, the key of that name."""
        options = {
            "BatchMode": "yes",
            "ConnectTimeout": "10",
            "StrictHostKeyChecking": "yes",
            "HostName": address,
            "HostKeyAlias": name,
            "ProxyCommand": "none",
            "ClearAllForwardings": "yes",
            **({"UserKnownHostsFile": self.known_hosts} if self.known_hosts else {}),
            **({"IdentityFile": self.key, "IdentitiesOnly": "yes"} if self.key else {}),
        }
        return " ".join(["ssh", "-F", "none", *(f"-o'{key}={value}'" for key, value in options.items())])

    def _run(self, words: list[str], environment: Mapping[str, str]) -> str:
        with self._process(words, subprocess.DEVNULL, environment) as process:
            out, fault = self._communicate(process)
        if process.returncode:
            raise _told(process.returncode, fault)
        return out.decode("utf-8", "replace")

    def _communicate(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        try:
            return process.communicate(timeout=max(self.deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired as error:
            raise FetchError("GIT-01", f"trop lent : plus de {self.seconds:.0f} s") from error

    def _records(self, *words: str) -> Iterator[bytes]:
        """Yield the NUL-terminated records that git writes, as they come."""
        with self._process([f"--git-dir={self.mirror}", *words], subprocess.DEVNULL) as process:
            assert process.stdout  # noqa: S101  # PIPE
            rest = b""
            while chunk := os.read(process.stdout.fileno(), 65_536):
                if time.monotonic() > self.deadline:
                    raise FetchError("GIT-01", f"trop lent : plus de {self.seconds:.0f} s")
                *records, rest = (rest + chunk).split(b"\0")
                if len(rest) > 65_536:  # noqa: PLR2004  # no path is so long
                    raise FetchError("GIT-02", "chemin de plus de 64 ko")
                yield from records
            if rest or process.wait():
                raise FetchError("GIT-03", "dépôt abîmé, ou dossier absent")

    @contextlib.contextmanager
    def _process(
        self, words: list[str], source: int, environment: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Start git in a group of its own, within limits, and leave none of it behind."""
        if source != subprocess.DEVNULL:
            words = [f"--git-dir={self.mirror}", *words]
        limits = f'ulimit -f {PACK * 2} && ulimit -v {MEMORY} && exec git "$@"'
        with (
            subprocess.Popen(
                ["/bin/sh", "-c", limits, "git", *_SETTINGS, *words],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if environment is None else subprocess.PIPE,
                env=_ENVIRONMENT | {"PATH": os.environ.get("PATH", os.defpath)} | dict(environment or {}),
                cwd="/",
                start_new_session=True,
            ) as process,
        ):
            try:
                yield process
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)


_SETTINGS = [
    *("-c", "core.hooksPath=/dev/null", "-c", "safe.bareRepository=explicit", "-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false", "-c", "core.fsmonitor=false", "-c", "fetch.unpackLimit=1"),
    *("-c", "credential.helper=", "-c", "protocol.version=2", "-c", "core.askPass=/bin/false"),
    *("-c", "pack.threads=1", "-c", "core.bigFileThreshold=8m", "-c", "pack.windowMemory=64m"),
]
_ENVIRONMENT = {
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "SSH_ASKPASS": "/bin/false",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}


def _parts(url: str) -> tuple[str, str, int | None]:
    """Return protocol, host and port of an address that the model let through."""
    if "://" in url:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port
    found = _SCP.fullmatch(url)
    assert found  # noqa: S101  # model.correspondent checked it
    return "ssh", found["host"], None


def _told(code: int, fault: bytes) -> FetchError:
    """Return what went wrong in French; git's own words may hold an address, and are not repeated."""
    words = fault.decode("utf-8", "replace").lower()
    known = {
        "not found": ("GIT-05", "dépôt introuvable, ou privé"),
        "authentication failed": ("GIT-05", "dépôt privé : la lecture est refusée"),
        "could not read username": ("GIT-05", "dépôt privé : un mot de passe est demandé"),
        "terminal prompts disabled": ("GIT-05", "dépôt privé : un mot de passe est demandé"),
        "returned error: 401": ("GIT-05", "dépôt privé : un mot de passe est demandé"),
        "returned error: 403": ("GIT-05", "lecture interdite (403)"),
        "returned error: 410": ("GIT-05", "n’existe plus (410)"),
        "permission denied": ("GIT-05", "lecture refusée par le serveur"),
        "host key verification failed": ("GIT-06", "clé du serveur inconnue ou changée"),
        "certificate": ("GIT-06", "certificat refusé"),
        "redirect": ("GIT-07", "le dépôt a changé d’adresse"),
        "no space left": ("GIT-08", "disque plein"),
        "does not appear to be a git repository": ("GIT-05", "ce n’est pas un dépôt git"),
    }
    for part, (name, what) in known.items():
        if part in words:
            return FetchError(name, what, is_gone="410" in what)
    return FetchError("GIT-09", f"git s’est arrêté (code {code})")
