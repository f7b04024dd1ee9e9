"""Why a source gave nothing today: a value of its health, never a reason to stop the others."""

from __future__ import annotations

from gazette.errors import GazetteError

PASSING = frozenset({"RES-01", "RES-04", "RES-08", "RES-10", "RES-14", "RES-15", "RES-16", "RES-17"})
"""What may be otherwise an hour later: no answer, or a slow, cut or damaged one; a server that is down, or is busy."""


class FetchError(GazetteError):
    """A source could not be read; what it gave last time stays."""

    def __init__(self, code: str, message: str, *, wait: float = 0, is_gone: bool = False) -> None:
        super().__init__(message)
        self.code = code
        """Stable; ``health.REMEDIES`` says what to do about it."""
        self.wait = wait
        """Seconds that the server asks to wait (Retry-After)."""
        self.is_gone = is_gone
        """It said that it is no more (410): it is not asked again."""

    @property
    def is_passing(self) -> bool:
        """Tell whether asking again later may do."""
        return self.code in PASSING


def unreadable(code: str, why: str) -> dict[str, str]:
    """Return what a worker answers of a document that it cannot take, ready for JSON: code and reason, in French."""
    return {"code": code, "fault": why}
