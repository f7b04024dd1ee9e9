"""What is remembered from build to build, beside the output: the lock, the memo, the manifests."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from gazette.errors import BusyError, ConfigurationError, GazetteError, why
from gazette.model.sheet import Manifest, Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazette.model.register import Register

SCHEMA = 4
"""Raised when rows change meaning: an older memo is dropped and made again."""


def state_folder(output: Path) -> Path:
    """Return where an output's state stands: ``.gazette/`` for ``output/``, ``X.gazette/`` beside any other ``X``."""
    return output.with_name(".gazette") if output.name == "output" else output.with_name(output.name + ".gazette")


SPARE = 1000
"""Rows that a table of the memo may hold beyond three times what a run asks for."""
CONTENT_TABLES = frozenset({"lecture", "medias", "personnes", "composition"})
"""Tables that every run asks whole: they keep no word of what left the content."""


class State:
    """The state folder of one output, held by one run at a time."""

    def __init__(self, folder: Path, *, is_fresh: bool = False) -> None:
        self.folder = folder
        self.is_fresh = is_fresh
        """Read no memo, rewrite it (``--frais``)."""
        self._lock: int | None = None
        self._database: sqlite3.Connection | None = None
        self._tables: dict[str, Table] = {}
        self._is_torn = False
        """The memo holds what it should not: this run is the last to see it."""

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GazetteError(f"{self.folder} : dossier de travail impossible à créer ({why(error)})") from error
        self._lock = _locked(self.folder / "verrou")
        with contextlib.ExitStack() as undone:  # a preview whose disk was full for a moment goes on
            undone.callback(self.__exit__, None)
            self._database = _opened(self.folder / "memo.sqlite", is_fresh=self.is_fresh)
            undone.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._close(is_whole=kind is None)
        finally:
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _close(self, *, is_whole: bool) -> None:
        """Close the memo; what a whole run did not ask for is forgotten, and a torn one is removed."""
        if not self._database:
            return
        try:
            for table in self._tables.values() if is_whole else ():
                table.prune()
            self._database.commit()
        except sqlite3.Error:
            self._is_torn = True
        self._database.close()
        if self._is_torn or any(table.is_torn for table in self._tables.values()):
            _remove(self.folder / "memo.sqlite")
        self._database, self._tables, self._is_torn = None, {}, False
        _mark(self.folder / "memo.sqlite").unlink(missing_ok=True)

    def memo(self, table: str) -> Table:
        """Return the memo's table of that name."""
        assert self._database  # noqa: S101  # entered
        return self._tables.setdefault(table, Table(self._database, table, self.folder / "memo.sqlite"))

    def forget(self, digests: Iterable[str]) -> None:
        """Drop every row of the memo whose key names one of these digests, its bytes too."""
        assert self._database  # noqa: S101  # entered
        if not _is_sound(self._database):
            self._is_torn = True  # all of it goes
            return
        words = [(digest,) for digest in sorted(digests)]
        self._database.executemany("DELETE FROM memo WHERE instr(key, ?)", words)

    def manifest(self, edition: str) -> Manifest:
        """Return the manifest of the edition's last build; empty when there is none that can be believed."""
        try:
            stored = json.loads((self.folder / f"{edition}.manifeste.json").read_text("utf-8"))
            if stored["schema"] != SCHEMA or stored["edition"] != edition:
                return Manifest(edition, {})
            files = {
                path: Printed(digest, size, key, tuple(sources), stamp)
                for path, (digest, size, key, sources, stamp) in stored["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Manifest(edition, {})
        return Manifest(edition, files if all(is_inside(path) for path in files) else {})

    def follow(self, circonscription: str, register: Register) -> None:
        """Remember how far the register of withdrawals goes; one that lost what was seen is ``ConfigurationError``.

        Its chain tells a record changed or dropped, not a tail cut by a restored copy; ``--frais`` does not forget it.
        """
        path = self.folder / "retraits.json"
        try:
            heads: dict[str, str] = json.loads(path.read_text("utf-8"))
            known = heads.get(circonscription, "")
        except FileNotFoundError:
            heads, known = {}, ""
        except (OSError, ValueError, AttributeError) as error:
            remedy = "vérifiez registres/retraits.yml dans git, puis effacez ce fichier"
            raise ConfigurationError(f"{path} : illisible · {remedy}") from error
        if not register.holds(known):
            message = "registres/retraits.yml a perdu des retraits déjà vus ici (copie restaurée ? autre branche ?)"
            remedy = "reprenez sa dernière version dans git : sans eux, ce qui fut retiré reparaîtrait"
            raise ConfigurationError(f"{message} · {remedy} ; si c'est voulu, effacez {path}")
        if register.head != known:
            write_whole(path, json.dumps(heads | {circonscription: register.head}, sort_keys=True).encode())

    def editions(self) -> list[str]:
        """Return the names of the editions that have a manifest."""
        names = sorted(p.name.removesuffix(".manifeste.json") for p in self.folder.glob("*.manifeste.json"))
        return [name for name in names if re.fullmatch(r"[a-z0-9-]+", name)]

    def keep_manifest(self, manifest: Manifest) -> None:
        """Write the manifest, whole or not at all."""
        rows = {p: (f.digest, f.size, f.key, f.sources, f.stamp) for p, f in sorted(manifest.files.items())}
        stored = {"schema": SCHEMA, "edition": manifest.audience, "files": rows}
        write_whole(
            self.folder / f"{manifest.audience}.manifeste.json", json.dumps(stored, ensure_ascii=False).encode()
        )

    def forget_manifest(self, edition: str) -> None:
        """Drop the manifest: until the next one, the output is not to be believed."""
        (self.folder / f"{edition}.manifeste.json").unlink(missing_ok=True)


class Table:
    """One table of the memo (``model.memo.Memo``); whatever cannot be read is simply not there."""

    def __init__(self, database: sqlite3.Connection, name: str, path: Path) -> None:
        self.database = database
        self.name = name
        self.path = path
        self.readers = {os.getpid(): database}
        """By process: a connection works in the one that opened it."""
        self.used: set[str] = set()
        """Keys asked for in this run."""
        self.is_torn = False
        """A page of the file could not be read: what stands in it is not for another run."""

    def get(self, key: str) -> str | None:
        """Return the text kept under the key, or None."""
        found = self._rows("SELECT key, value FROM memo WHERE name = ? AND key = ?", self.name, key)
        self.used.add(key)
        return next((value for _, value in found), None)

    def under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield every key that begins so, with its text; whoever uses one says so by ``keep``."""
        query = "SELECT key, value FROM memo WHERE name = ? AND key >= ? AND key < ?"
        yield from self._rows(query, self.name, prefix, f"{prefix}\U0010ffff")

    def put(self, key: str, value: str) -> None:
        """Keep the text under the key."""
        self.used.add(key)
        row = (self.name, key, f"{self._check(key, value)}\n{value}")
        try:
            self.database.execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", row)
        except sqlite3.Error:
            self.is_torn = True

    def keep(self, keys: Iterable[str]) -> None:
        """Forget nothing under these keys, though this run did not ask for them."""
        self.used.update(keys)

    def prune(self) -> None:
        """Forget what this run did not ask for: at once what is content, elsewhere once it is most of the table."""
        count = self.database.execute("SELECT COUNT(*) FROM memo WHERE name = ?", (self.name,)).fetchone()[0]
        if self.name not in CONTENT_TABLES and count <= SPARE + 3 * len(self.used):
            return
        kept = [row[0] for row in self.database.execute("SELECT key FROM memo WHERE name = ?", (self.name,))]
        gone = [(self.name, key) for key in kept if key not in self.used]
        self.database.executemany("DELETE FROM memo WHERE name = ? AND key = ?", gone)

    def _rows(self, query: str, *words: str) -> Iterator[tuple[str, str]]:
        """Yield the keys and the texts that a query finds, but for those that were damaged."""
        try:
            for key, row in self._reader().execute(query, words):
                value = self._believed(key, row)
                if value is not None:
                    yield key, value
        except sqlite3.Error:
            self.is_torn = True

    def _reader(self) -> sqlite3.Connection:
        """Return what this process reads through: a fork looks at the file, which nobody writes to while it works."""
        if os.getpid() not in self.readers:
            address = f"file:{quote(str(self.path))}?mode=ro&immutable=1"
            self.readers[os.getpid()] = sqlite3.connect(address, uri=True)
        return self.readers[os.getpid()]

    def _believed(self, key: str, row: object) -> str | None:
        """Return the text of a row, or None when it is not what was kept."""
        check, _, value = row.partition("\n") if isinstance(row, str) else ("", "", "")
        return value if check == self._check(key, value) else None

    def _check(self, key: str, value: str) -> str:
        """Return what tells a value from one that a disk damaged: SQLite checks its pages' shape, not what they say."""
        return hashlib.blake2b(f"{self.name}\0{key}\0{value}".encode(), digest_size=8).hexdigest()


def remembers(output: Path) -> bool:
    """Tell whether an earlier run left a memo beside an output."""
    return (state_folder(output) / "memo.sqlite").is_file()


def forget_previews(folder: Path) -> None:
    """Remove what previews printed beside a state; one that is running prints again by itself what may be shown."""
    for output in sorted(p for p in folder.glob("apercu*") if p.is_dir() and p.suffix != ".gazette"):
        with contextlib.suppress(BusyError), State(state_folder(output)):
            shutil.rmtree(output, ignore_errors=True)
            for manifest in state_folder(output).glob("*.manifeste.json"):
                manifest.unlink()
            shutil.rmtree(state_folder(output) / "medias", ignore_errors=True)


def lend(folder: Path, other: Path) -> None:
    """Give another state folder what this one remembers of texts and media, so that its first build is short."""
    other.mkdir(parents=True)
    with contextlib.suppress(sqlite3.Error, OSError):  # a memo: without it everything is read again
        source = sqlite3.connect(f"file:{quote(str(folder / 'memo.sqlite'))}?mode=ro", uri=True)
        target = sqlite3.connect(other / "memo.sqlite")
        with contextlib.closing(source), contextlib.closing(target):
            source.backup(target)
        shutil.copytree(folder / "medias", other / "medias", ignore=shutil.ignore_patterns("*.tmp"))


def is_inside(path: str) -> bool:
    """Tell whether a relative path stays inside the folder it is relative to."""
    parts = path.split("/")
    return bool(path) and "\\" not in path and "\0" not in path and not {"", ".", ".."} & set(parts)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _locked(path: Path) -> int:
    """Return the descriptor of the locked file; the system lets go of it when the process ends, however it ends."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise GazetteError(f"{path.parent} : dossier de travail en lecture seule ({why(error)})") from error
    try:
        if os.name == "posix":
            import fcntl  # noqa: PLC0415  # POSIX only

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt  # noqa: PLC0415  # Windows only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
    except OSError as error:
        os.close(descriptor)
        raise BusyError(
            f"édition en cours : une autre commande tient {path.parent} ; attendez qu'elle finisse"
        ) from error
    return descriptor


def _opened(path: Path, *, is_fresh: bool) -> sqlite3.Connection:
    """Return the memo, made anew when it is missing, torn, of another version, or not wanted."""
    if is_fresh:
        _remove(path)
    mark = _mark(path)
    was_left_open = mark.exists()
    mark.touch()
    for attempt in (1, 2):
        try:
            database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            if _length(database) != path.stat().st_size:
                raise sqlite3.DatabaseError("cut short")
            if was_left_open and not _is_sound(database):
                raise sqlite3.DatabaseError("torn")
            if database.execute("PRAGMA user_version").fetchone()[0] not in {0, SCHEMA}:
                raise sqlite3.DatabaseError("other version")
            database.execute("PRAGMA journal_mode = MEMORY")
            database.execute("PRAGMA secure_delete = ON")  # what is forgotten is in no free page either
            database.execute("PRAGMA synchronous = OFF")  # a memo: losing it costs time only
            columns = "name TEXT, key TEXT, value TEXT, PRIMARY KEY (name, key)"  # keys alone are counted without texts
            database.execute(f"CREATE TABLE IF NOT EXISTS memo ({columns})")
            database.execute(f"PRAGMA user_version = {SCHEMA}")
            database.execute("BEGIN")
        except sqlite3.Error as error:
            with contextlib.suppress(UnboundLocalError):
                database.close()
            if attempt == 2:  # noqa: PLR2004  # the second and last
                raise GazetteError(
                    f"{path} : mémoire de travail inutilisable ; effacez le dossier {path.parent}"
                ) from error
            _remove(path)
        else:
            return database
    raise AssertionError


def _is_sound(database: sqlite3.Connection) -> bool:
    """Look through every page."""
    try:
        return bool(database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _mark(path: Path) -> Path:
    """Return what stands beside a memo while a run holds it: one that died may have left it half written."""
    return path.with_suffix(".ouvert")


def _length(database: sqlite3.Connection) -> int:
    """Return the bytes that a database says it has: its pages are judged as they are read, each row by its check."""
    count, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(count * size)


def _remove(path: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
