"""What every test of the press may ask for."""

import weakref
from collections.abc import Iterator

import pytest
from pelican import signals


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    """Let go of what a test's plugin connected to Pelican's signals, which belong to the process."""
    every = [s for s in vars(signals).values() if hasattr(s, "receivers")]
    before = [dict(signal.receivers) for signal in every]
    yield
    for signal, kept in zip(every, before, strict=True):
        for identity, receiver in list(signal.receivers.items()):
            if identity not in kept:
                signal.disconnect(receiver() if isinstance(receiver, weakref.ref) else receiver)
