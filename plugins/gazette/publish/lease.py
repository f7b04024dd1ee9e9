"""Who holds a target: told to whoever waits, and judged dead when its lease was not renewed."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from typing import Self


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
        """Return for how long it has been at work, in words."""
        minutes = int((dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(self.since)).total_seconds() // 60)
        return f"depuis {minutes} min" if minutes < 120 else f"depuis {minutes // 60} h"  # noqa: PLR2004  # two hours
