"""What the stages ask of a memory: values by digest, never believed when torn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Memo(Protocol):
    """A table of texts by key; a missing or unreadable row is simply not there."""

    def get(self, key: str) -> str | None:
        """Return the text kept under the key, or None."""
        ...

    def under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield every key that begins so, with its text: one pass for who asks for thousands."""
        ...

    def put(self, key: str, value: str) -> None:
        """Keep the text under the key."""
        ...

    def keep(self, keys: Iterable[str]) -> None:
        """Forget nothing under these keys, though this run did not ask for them."""
        ...


class Forgetful:
    """Remembers nothing: for who reads a few files, once."""

    def get(self, _: str) -> str | None:
        """Return None."""
        return None

    def under(self, _: str) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        yield from ()

    def put(self, key: str, value: str) -> None:
        """Keep nothing."""

    def keep(self, keys: Iterable[str]) -> None:
        """Forget everything all the same."""
