"""What every test may ask for."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS, chromium

settings.register_profile("ordinaire", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("complet", max_examples=500, deadline=None)
settings.load_profile("complet" if os.environ.get("GAZETTE_COMPLET") else "ordinaire")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a test module its headless Chromium; each test opens its own context in it.

    Not for the whole session: while it is open this thread has a running event loop, and ``asyncio.run`` refuses.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()
