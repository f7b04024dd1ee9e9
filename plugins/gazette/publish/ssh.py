"""A folder at the end of an SSH connection as a disk for releases: SFTP alone, or faster where there is a shell."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import posixpath
import shlex
import shutil
import stat as modes
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import asyncssh

from gazette.errors import TargetError, why
from gazette.publish.disk import MOST, Stat
from gazette.publish.lease import BEAT, LOCK, OUSTED, held

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence

    from gazette.publish.disk import Parcel, Progress

Answer = TypeVar("Answer")
AT_ONCE = 64
"""Requests under way at a time."""
CONNECT, ALIVE, SIGNS = 20, 15, 4
"""Seconds to connect; seconds between two signs of life of the connection, and how many may be missing."""
TOOLS = {
    "find": "find / -maxdepth 0 -printf ''",
    "sha256sum": "sha256sum -z /dev/null",
    "cp": "cp --help | grep -q parents",
    "sync": "sync --help | grep -q file-system",
    "rsync": "rsync --version",
}
"""How each is known to be there, in the shape we need."""

REASONS: dict[type[Exception], str] = {
    asyncssh.SFTPNoConnection: "connexion perdue",
    asyncssh.SFTPConnectionLost: "connexion perdue",
    asyncssh.ConnectionLost: "connexion perdue",
    asyncssh.SFTPPermissionDenied: "droits insuffisants",
    asyncssh.SFTPNoSuchFile: "fichier ou dossier absent",
    asyncssh.SFTPFailure: "écriture refusée : disque plein, quota ou lecture seule ?",
}
"""What the library tells in English; SFTP itself has one word for all that a disk refuses (« Failure »)."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where to connect, and as whom."""

    name: str
    user: str
    port: int
    folder: str
    """Absolute, on that machine."""
    key: str
    """Path of the private key; "" for the agent's keys."""
    known_hosts: str
    """Path of the file that holds the machine's public key."""


class SshDisk:
    """A folder of another machine."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.name = f"{host.user}@{host.name}:{host.folder}"
        self._runner: asyncio.Runner | None = None
        self._connection: Any = None
        self._sftp: Any = None
        self._tools: frozenset[str] = frozenset()
        self._mark: tuple[bytes, float] | None = None
        """What our lock holds, and when it was renewed."""

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Connect; an unknown or changed host key ends here."""
        known = self.host.known_hosts
        if not Path(known).is_file():
            raise TargetError(f"{known} : fichier absent ; il doit tenir la clé publique de {self.host.name}")
        if self.host.key and not Path(self.host.key).is_file():
            told = "fichier absent, ou variable qui manque dans l'environnement"
            raise TargetError(f"{self.host.key} : {told} ; c'est la clé privée qui ouvre {self.host.name}")
        with asyncio.Runner() as self._runner:
            self._do(self._connect())
            try:
                yield
            finally:
                self._connection.abort()

    async def _connect(self) -> None:
        host = self.host
        options: dict[str, Any] = {"client_keys": [host.key]} if host.key else {}
        self._connection = await asyncssh.connect(
            host.name,
            host.port,
            username=host.user,
            known_hosts=host.known_hosts,
            connect_timeout=CONNECT,
            login_timeout=CONNECT,
            keepalive_interval=ALIVE,
            keepalive_count_max=SIGNS,
            **options,
        )
        self._sftp = await self._connection.start_sftp_client(path_errors="surrogateescape")
        here = set(TOOLS) - (set() if shutil.which("rsync") and shutil.which("ssh") else {"rsync"})
        self._tools = frozenset(here & set(await self._there()))

    async def _there(self) -> list[str]:
        """Return the tools of the other machine; none when it offers SFTP alone."""
        trials = "; ".join(f"({trial}) >/dev/null 2>&1 && echo gazette-{tool}" for tool, trial in TOOLS.items())
        try:
            done = await self._connection.run(trials, stdin=asyncssh.DEVNULL)
        except asyncssh.Error:
            return []
        return [word.removeprefix("gazette-") for word in str(done.stdout).split()]

    def _do(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Do something on the other machine; whatever fails there becomes one French sentence."""
        assert self._runner  # noqa: S101  # within a session
        try:
            return self._runner.run(self._kept_alive(work))
        except asyncssh.HostKeyNotVerifiable as error:
            known = f"sa clé n'est pas dans {self.host.known_hosts}, ou elle a changé"
            raise TargetError(f"{self.host.name} : machine non reconnue ({known}) ; rien n'a été envoyé") from error
        except asyncssh.PermissionDenied as error:
            raise TargetError(f"{self.name} : accès refusé ; vérifiez l'utilisateur et la clé") from error
        except (asyncssh.Error, OSError, EOFError) as error:
            raise TargetError(f"{self.name} : échec au cours de la connexion ({_why(error)}) ; relancez") from error

    async def _kept_alive(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Renew our lock while the work lasts."""
        beats = asyncio.create_task(self._beat())
        try:
            return await work
        finally:
            beats.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beats

    async def _beat(self) -> None:
        while self._mark:
            data, last = self._mark
            if time.monotonic() - last > BEAT:
                self._mark = data, time.monotonic()
                with contextlib.suppress(asyncssh.Error, OSError):
                    await self._sftp.utime(self._at(LOCK))
            await asyncio.sleep(BEAT / 4)

    def _at(self, path: str) -> str:
        return posixpath.join(self.host.folder, path) if path else self.host.folder

    async def _shell(self, command: str, words: Iterable[str] = ()) -> bytes:
        """Run a command there, with words on its input, each ended by a zero byte."""
        data = b"".join(word.encode("utf-8", "surrogateescape") + b"\0" for word in words)
        done = await self._connection.run(command, input=data, encoding=None)
        if done.exit_status:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise TargetError(f"{self.name} : {told[-1] if told else 'commande refusée'} (disque plein ? droits ?)")
        answer: bytes = done.stdout
        return answer

    async def _each(self, work: Callable[[Any], Awaitable[Any]], things: Iterable[Any]) -> list[Any]:
        """Do the same to many things, some at a time."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(thing: Any) -> Any:  # noqa: ANN401  # whatever the work takes and gives
            async with turn:
                return await work(thing)

        return await asyncio.gather(*(one(thing) for thing in things))

    # ---- the lock

    @contextlib.contextmanager
    def lock(self) -> Iterator[str]:
        """Hold the target by a file that only one can create, renewed while we live."""
        self._do(self._sftp.makedirs(self._at(".gazette"), asyncssh.SFTPAttrs(permissions=0o711), exist_ok=True))
        with held(self) as dead:
            yield dead

    def create(self, data: bytes) -> bool:
        """Create the lock with what it holds, at once; False when it is there."""
        aside = f"{LOCK}.{hashlib.sha256(data).hexdigest()[:12]}"
        self._do(self._write(aside, data, "wb"))
        try:
            self._do(self._sftp.link(self._at(aside), self._at(LOCK)))
        except TargetError:
            if self.kind(LOCK):
                return False
            self._create_empty(data)
        finally:
            self.remove(aside)
        self._mark = data, time.monotonic()
        return True

    def _create_empty(self, data: bytes) -> None:
        """Create the lock, then fill it, where there are no hard links: who dies between leaves it without owner."""
        self._do(self._write(LOCK, b"", "xb"))
        try:
            self._do(self._write(LOCK, data, "wb"))
        except TargetError:  # a full disk: nobody holds an empty lock
            self.remove(LOCK)
            raise

    def holder(self) -> tuple[bytes, float] | None:
        """Return who holds the lock and for how long it has been idle, by the other machine's clock."""
        data, clock = self.read(LOCK), ".gazette/.horloge"
        if data is None:
            return None
        self._do(self._write(clock, b"", "wb"))
        idle = self.changed(clock) - self.changed(LOCK)
        self.remove(clock)
        return data, idle

    def drop(self, data: bytes) -> None:
        """Remove the lock if it holds this: what took its place meanwhile is put back."""
        self._mark = None
        aside = f"{LOCK}{OUSTED}"
        if self.read(LOCK) == data:
            self._do(self._sftp.posix_rename(self._at(LOCK), self._at(aside)))
            if self.read(aside) != data:
                self._do(self._sftp.posix_rename(self._at(aside), self._at(LOCK)))
            self.remove(aside)

    # ---- files

    def is_near(self) -> bool:
        """Tell whether the other machine reads files itself."""
        return "sha256sum" in self._tools

    def read(self, path: str) -> bytes | None:
        """Return a note's bytes; None when there is no such file, a link in its place, or one too large to be ours."""
        found = self._lstat(path)
        if found is None or not modes.S_ISREG(found.permissions) or found.size > MOST:
            return None
        return self._do(self._read(self._at(path)))

    async def _read(self, place: str) -> bytes:
        async with self._sftp.open(place, "rb") as file:
            data: bytes = await file.read()
        return data

    def write(self, path: str, data: bytes) -> None:
        """Write a small file whole or not at all, for the publisher's eyes only."""
        temporary = posixpath.join(posixpath.dirname(path), f".{posixpath.basename(path)}.tmp")
        self.remove(temporary)
        self._do(self._write(temporary, data, "xb"))
        self._do(self._sftp.posix_rename(self._at(temporary), self._at(path)))

    async def _write(self, path: str, data: bytes, mode: str) -> None:
        async with self._sftp.open(self._at(path), mode, asyncssh.SFTPAttrs(permissions=0o600)) as file:
            await file.write(data)

    def _lstat(self, path: str) -> Any:  # noqa: ANN401  # asyncssh's attributes
        async def look() -> Any:  # noqa: ANN401
            try:
                return await self._sftp.lstat(self._at(path))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNotADirectory):
                return None

        return self._do(look())

    def kind(self, path: str) -> str:
        """Return ``fichier``, ``dossier``, ``lien``, or "" for nothing."""
        found = self._lstat(path)
        if found is None:
            return ""
        return (
            "lien" if modes.S_ISLNK(found.permissions) else "dossier" if modes.S_ISDIR(found.permissions) else "fichier"
        )

    def target_of(self, path: str) -> str:
        """Return where a symbolic link leads, as it is written; "" when there is none."""
        if self.kind(path) != "lien":
            return ""
        target: str = self._do(self._sftp.readlink(self._at(path)))
        return target

    def changed(self, path: str) -> float:
        """Return when the link or file itself was last changed; 0 when unknown."""
        found = self._lstat(path)
        return float(found.mtime or 0) if found else 0

    def names(self, folder: str) -> list[str]:
        """Return what stands directly in a folder."""
        if self.kind(folder) != "dossier":
            return []
        return sorted(set(self._do(self._sftp.listdir(self._at(folder)))) - {".", ".."})

    def stats(self, folder: str) -> Mapping[str, Stat]:
        """Return every file under a folder by relative path; a link is listed, never followed."""
        if self.kind(folder) != "dossier":
            return {}
        found: dict[str, Stat] = {}
        self._do(self._find(folder, found) if "find" in self._tools else self._walk(self._at(folder), "", found))
        return found

    async def _find(self, folder: str, found: dict[str, Stat]) -> None:
        there = shlex.quote(self._at(folder))
        rows = await self._shell(f"find {there} -mindepth 1 ! -type d -printf '%y %s %T@ %P\\0'")
        for row in rows.split(b"\0")[:-1]:
            kind, size, stamp, path = row.split(b" ", 3)
            found[path.decode("utf-8", "surrogateescape")] = Stat(
                int(size) if kind == b"f" else -1, _nanoseconds(stamp)
            )

    async def _walk(self, place: str, prefix: str, found: dict[str, Stat]) -> None:
        folders = []
        async for row in self._sftp.scandir(place):
            mode = row.attrs.permissions
            if row.filename in {".", ".."}:
                continue
            if modes.S_ISDIR(mode):
                folders.append(row.filename)
            else:
                size = row.attrs.size if modes.S_ISREG(mode) else -1
                found[prefix + row.filename] = Stat(size, int(row.attrs.mtime) * 10**9)
        await self._each(lambda name: self._walk(f"{place}/{name}", f"{prefix}{name}/", found), folders)

    def digests(self, folder: str, paths: Sequence[str]) -> Mapping[str, str]:
        """Return the SHA-256 of files of a folder, read again there, or brought back where there is no shell."""
        if not paths:
            return {}
        there = self._at(folder)
        if "sha256sum" in self._tools:
            rows = self._do(self._shell(f"cd {shlex.quote(there)} && xargs -0 sha256sum -z --", paths))
            return {row[66:].decode("utf-8", "surrogateescape"): row[:64].decode() for row in rows.split(b"\0")[:-1]}
        data = self._do(self._each(lambda path: self._read(f"{there}/{path}"), paths))
        return {path: hashlib.sha256(d).hexdigest() for path, d in zip(paths, data, strict=True)}

    def make(self, folder: str) -> None:
        """Make a folder and its parents."""
        self._do(self._sftp.makedirs(self._at(folder), exist_ok=True))

    def settle(self) -> None:
        """Wait until what was written would outlive a power cut, where there is a shell."""
        if "sync" in self._tools:
            self._do(self._shell(f"sync -f {shlex.quote(self._at('.gazette'))}"))

    def point(self, path: str, target: str) -> None:
        """Make a symbolic link, or replace one, at once."""
        temporary = posixpath.join(posixpath.dirname(path), f".{posixpath.basename(path).lstrip('.')}.lien")
        self.remove(temporary)
        self._do(self._sftp.symlink(target, self._at(temporary)))
        self._do(self._sftp.posix_rename(self._at(temporary), self._at(path)))

    def rename(self, old: str, new: str) -> None:
        """Rename a folder."""
        self._do(self._sftp.posix_rename(self._at(old), self._at(new)))

    def remove(self, path: str) -> None:
        """Remove a file, a link or a whole folder; nothing that a link leads to."""
        kind, place = self.kind(path), self._at(path)
        if kind in {"fichier", "lien"}:
            self._do(self._sftp.remove(place))
        elif kind:
            self._do(self._shell(f"rm -rf -- {shlex.quote(place)}") if self._tools else self._sftp.rmtree(place))

    # ---- sending

    def fill(self, folder: str, parcel: Parcel, tell: Progress) -> None:
        """Link what did not change, send what did: by rsync where both machines have it."""
        self._do(self._link(folder, parcel))
        if parcel.sent and "rsync" in self._tools:
            self._do(self._rsync(folder, parcel, tell))
        elif parcel.sent:
            self._do(self._put(folder, parcel.root, parcel.sent, tell))

    async def _link(self, folder: str, parcel: Parcel) -> None:
        before, there = self._at(parcel.before), self._at(folder)
        if not parcel.kept:
            return
        if "cp" in self._tools:
            command = f"cd {shlex.quote(before)} && xargs -0 cp -lP --parents -t {shlex.quote(there)} --"
            await self._shell(command, parcel.kept)
            return
        await self._folders(there, parcel.kept)
        missing: list[str] = []

        async def link(path: str) -> None:
            try:
                await self._sftp.link(f"{before}/{path}", f"{there}/{path}")
            except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
                missing.append(path)

        await self._each(link, parcel.kept)
        await self._put(folder, parcel.root, sorted(missing), lambda _: None)

    async def _folders(self, there: str, paths: Iterable[str]) -> None:
        """Make the folders of files, each level after the one above."""
        found = {parent.as_posix() for path in paths for parent in Path(path).parents} - {"."}
        for depth in sorted({name.count("/") for name in found}):
            level = sorted(name for name in found if name.count("/") == depth)
            await self._each(lambda name: self._sftp.makedirs(f"{there}/{name}", exist_ok=True), level)

    async def _put(self, folder: str, root: Path, paths: Sequence[str], tell: Progress) -> None:
        there = self._at(folder)
        await self._folders(there, paths)

        async def put(path: str) -> None:
            data = (root / path).read_bytes()
            async with self._sftp.open(f"{there}/{path}", "xb") as file:
                await file.write(data)
            tell(len(data))

        await self._each(put, paths)

    async def _rsync(self, folder: str, parcel: Parcel, tell: Progress) -> None:
        """Send by rsync: of a page that changed, only what differs from its last state travels."""
        host = self.host
        shell = ["ssh", "-p", str(host.port), "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"]
        shell += ["-o", f"UserKnownHostsFile={host.known_hosts}", "-o", f"ConnectTimeout={CONNECT}"]
        shell += ["-i", host.key, "-o", "IdentitiesOnly=yes"] if host.key else []
        words = ["rsync", "-rtzs", "--checksum", "--chmod=D755,F644", "--from0", "--files-from=-", "--out-format=%l"]
        words += [f"--timeout={ALIVE * SIGNS}", f"--copy-dest={self._at(parcel.before)}", "-e", shlex.join(shell)]
        words += [f"{parcel.root}/", f"{host.user}@{host.name}:{self._at(folder)}/"]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, stderr=pipe)
        assert process.stdin and process.stdout and process.stderr  # noqa: PT018, S101  # pipes
        process.stdin.write(b"".join(path.encode() + b"\0" for path in parcel.sent))
        process.stdin.close()
        errors = asyncio.create_task(process.stderr.read())
        async for line in process.stdout:
            tell(int(line) if line.strip().isdigit() else 0)
        if await process.wait():
            told = (await errors).decode("utf-8", "replace").strip().splitlines()
            raise TargetError(f"{self.name} : rsync s'est arrêté ({told[0] if told else 'sans rien dire'}) ; relancez")
        await errors


def _why(error: asyncssh.Error | OSError | EOFError) -> str:
    """Return why something failed there, in French where it is known."""
    if isinstance(error, OSError):
        return why(error)
    told = next((words for kind, words in REASONS.items() if isinstance(error, kind)), "")
    return told or getattr(error, "reason", "") or type(error).__name__


def _nanoseconds(stamp: bytes) -> int:
    """Return ``1700000000.1234567890`` in nanoseconds."""
    seconds, _, fraction = stamp.partition(b".")
    return int(seconds) * 10**9 + int(fraction[:9].ljust(9, b"0") or 0)
