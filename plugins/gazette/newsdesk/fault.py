"""Why a source gave nothing today: a value of its health, never a reason to stop the others."""

from __future__ import annotations

from gazette.errors import GazetteError


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


def unreadable(code: str, why: str) -> dict[str, str]:
    """Return what a worker answers of a document that it cannot take, ready for JSON: code and reason, in French."""
    return {"code": code, "fault": why}
