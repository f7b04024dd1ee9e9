"""Where a publication can be struck: the system calls that change a folder, found and hit by strace (SAFETY §8)."""

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.publish.servers import Sshd, program, sshd

CALLS = ("mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat", "rename", "renameat", "renameat2", "unlink")
CALLS = (*CALLS, "unlinkat", "rmdir", "openat", "write", "pwrite64", "ftruncate", "fsync", "sync", "syncfs")
"""What changes a folder, or makes it last. The names are those of Linux on x86-64."""
FAULTS = ("signal=KILL:when={}", "error=ENOSPC:when={}", "error=ENOSPC:when={}+")
"""Killed there; out of disk there; out of disk from there on."""
OTHERS = ("error=EIO:when={}", "error=EIO:when={}+", "error=EDQUOT:when={}+", "error=EMFILE:when={}")
"""A disk that fails there, or from there on; a quota reached; too many files open."""
QUIET = ("-f", "--quiet=attach,personality")
FILTERED = (*QUIET, "--seccomp-bpf")
"""The kernel stops a process at the calls asked for alone, not at every one; strace 6.1 then sends no signal."""
STRUCK = re.compile(r"\(INJECTED\)|killed by SIGKILL")
_ROW = re.compile(r"(?P<process>\d+) +(?P<call>\w+)\((?P<words>.*)")
_WRITES = re.compile(r"O_(?:WRONLY|RDWR|CREAT)")


@dataclass(frozen=True, order=True)
class Point:
    """The n-th call of that name by a process of a command."""

    command: int
    """The rank of the command in its session; 0 for the publisher itself."""
    call: str
    rank: int

    def words(self, fault: str) -> str:
        """Return what makes strace strike there."""
        options = QUIET if "signal" in fault else FILTERED
        return f"{' '.join(options)} -e trace={self.call} -e inject={self.call}:{fault.format(self.rank)}"


def tracing() -> str:
    """Return what makes strace write the calls down, with the paths of the files they write to."""
    return f"{' '.join(FILTERED)} -y -e trace=?{',?'.join(CALLS)}"


def points(log: Path, root: Path, command: int = 0) -> set[Point]:
    """Return the points of a command that touch a folder, from what strace wrote down."""
    counts: dict[tuple[str, str], int] = {}
    found = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        row = _ROW.match(line)
        if row is None:
            continue
        counts[row["process"], row["call"]] = rank = counts.get((row["process"], row["call"]), 0) + 1
        is_ours = str(root) in row["words"] or '"/' not in row["words"]  # rsync moves to its folder
        is_change = row["call"] != "openat" or _WRITES.search(row["words"])
        is_file = row["call"] not in {"openat", "write", "pwrite64"} or str(root) in row["words"]
        if is_ours and is_change and is_file:
            found.add(Point(command, row["call"], rank))
    return found


def sample(found: Sequence[Point], fault: str) -> list[Point]:
    """Return every point in the full counts; else some, from the first to the last, not the same for each fault."""
    if os.environ.get("GAZETTE_COMPLET"):
        return list(found)
    first = (*FAULTS, *OTHERS).index(fault) % len(FAULTS)
    return list(found[first :: len(found) // 2 + 1])


COMMAND = """\
#!/bin/sh
# Runs what a session asks for; the command of the rank that the file « coup » names runs under strace.
rank=$(cat {folder}/rang); echo $((rank + 1)) > {folder}/rang
case "$SSH_ORIGINAL_COMMAND" in
  *sftp*) set -- {sftp} ;;
  *) {shell}set -- sh -c "$SSH_ORIGINAL_COMMAND" ;;
esac
read -r wanted words < {folder}/coup
[ "$wanted" = tous ] || [ "$wanted" = "$rank" ] || exec "$@"
exec {strace} -o {folder}/appels.$rank $words "$@"
"""
SFTP = "/usr/lib/openssh/sftp-server"


@dataclass(frozen=True)
class Struck:
    """An SSH server whose commands can be struck, one of them at a time."""

    server: Sshd
    folder: Path

    def strike(self, command: int | str, words: str) -> None:
        """Run a command of the next session under strace: that of a rank, or « tous »; « aucun » leaves it alone."""
        (self.folder / "rang").write_text("0\n")
        (self.folder / "coup").write_text(f"{command} {words}\n")

    def logs(self) -> list[Path]:
        """Return what strace wrote of the last session, a file a command."""
        return list(self.folder.glob("appels.*"))

    def points(self, root: Path) -> list[Point]:
        """Return the points of the last session."""
        return sorted({point for log in self.logs() for point in points(log, root, int(log.suffix[1:]))})


@contextlib.contextmanager
def struck(folder: Path, *, has_shell: bool) -> Iterator[Struck]:
    """Start such a server, with a shell and rsync, or with SFTP alone."""
    path, strace = folder / "commande", program("strace", "strace")
    folder.mkdir(parents=True, exist_ok=True)
    shell = "" if has_shell else "exit 1; "
    path.write_text(COMMAND.format(folder=folder, sftp=SFTP, shell=shell, strace=strace))
    path.chmod(0o755)
    with sshd(folder, f"ForceCommand {path}") as server:
        found = Struck(server, folder)
        found.strike("aucun", "")
        yield found
