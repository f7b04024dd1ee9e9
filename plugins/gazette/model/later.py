"""A text that an object holds, or knows where to fetch: a build remembers thousands of texts and reads a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Later:
    """A field of a dataclass, given as a text or as what fetches it each time it is asked for; by default ""."""

    name = ""

    def __set_name__(self, _: type, name: str) -> None:
        self.name = f"_{name}"

    def __get__(self, holder: Any, _: type | None = None) -> str:  # noqa: ANN401  # any object
        if holder is None:
            return ""
        given = holder.__dict__[self.name]
        return given if isinstance(given, str) else str(given())

    def __set__(self, holder: Any, given: str | Callable[[], str] | Later) -> None:  # noqa: ANN401  # any object
        holder.__dict__[self.name] = "" if given is self else given
