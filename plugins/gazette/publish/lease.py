"""Who holds a target: told to whoever waits, and judged dead when its lease was not renewed."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol, Self

from gazette.errors import BusyError, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Owner:
    """A publisher at work."""

    user: str
    host: str
    process: int
    since: str
    """Instant, ISO 8601, UTC."""

    @classmethod
    def of_this_process(cls) -> Self:
        """Return who publishes now."""
        try:
            user = getpass.getuser()
        except (KeyError, OSError):  # a container's user without a name
            user = f"utilisateur {os.getuid()}"
        return cls(user, socket.gethostname(), os.getpid(), dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))

    def encoded(self) -> bytes:
        """Return what a lock holds."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def decoded(cls, data: bytes) -> Self | None:
        """Return who wrote a lock; None when it is empty or cannot be read."""
        try:
            owner = cls(**json.loads(data))
            dt.datetime.fromisoformat(owner.since)
        except (ValueError, TypeError):
            return None
        return owner

    @classmethod
    def told(cls, data: bytes) -> str:
        """Return « : par qui, depuis quand », from what a lock holds; "" when it does not tell."""
        owner = cls.decoded(data)
        return f" : {owner.user}@{owner.host} (processus {owner.process}), {owner.age()}" if owner else ""

    def age(self) -> str:
        """Return for how long it has been at work, in words; none, where its clock is ahead of ours."""
        minutes = max(0, int((dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(self.since)).total_seconds() // 60))
        return f"depuis {minutes} min" if minutes < 120 else f"depuis {minutes // 60} h"  # noqa: PLR2004  # two hours


LOCK = ".gazette/verrou"
"""Of a folder that holds releases: one file, whichever way a publisher comes to it."""
OUSTED = ".ancien"
"""What the lock's name ends with while one that is dead, or ours, is taken away."""
IDLE = 600
"""Seconds without a sign of life after which a publisher is held for dead."""
BEAT = 60
"""Seconds between two signs of life."""


class Lock(Protocol):
    """A mark on a target that only one publisher can make."""

    name: str
    """How messages call the target."""

    def create(self, data: bytes) -> bool:
        """Make the mark; False when it is there already."""
        ...

    def holder(self) -> tuple[bytes, float] | None:
        """Return what the mark holds and the seconds since it was renewed, by the target's own clock."""
        ...

    def drop(self, data: bytes) -> None:
        """Remove the mark if it holds this."""
        ...


@contextlib.contextmanager
def held(lock: Lock) -> Iterator[str]:
    """Hold a target; give who died holding it before, or ""; ``BusyError`` while another publishes."""
    mine, dead = Owner.of_this_process().encoded(), ""
    while not lock.create(mine):
        found = lock.holder()
        if found is None:  # let go meanwhile
            continue
        data, idle = found
        if not _is_dead(data, idle):
            left = f"sans signe de vie, elle sera tenue pour morte dans {max(1, round((IDLE - idle) / 60))} min"
            raise BusyError(f"{lock.name} : une autre publication est en cours{Owner.told(data)} ; {left}")
        dead = Owner.told(data).removeprefix(" : ") or "auteur inconnu"
        lock.drop(data)
    try:
        yield dead
    finally:
        with contextlib.suppress(TargetError):  # the connection is lost: the mark will be held for dead
            lock.drop(mine)


def _is_dead(data: bytes, idle: float) -> bool:
    """Tell whether nobody renews a lock any more; a number on this machine may have been given to another process."""
    owner = Owner.decoded(data)
    is_here = owner is not None and owner.host == socket.gethostname()
    return idle > IDLE or (is_here and owner is not None and not _is_alive(owner.process))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
