"""What a screen reader is told, in its order: the accessibility tree of key pages as text, kept as golden files.

When a change is meant, GAZETTE_ACCEPTER=1 writes them again: read the difference as if you heard it.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.kinds import KINDS

GOLDEN = Path(__file__).parent / "lecture"
READ = ("actualite", "outil", "recherche", "404")
"""Pages of every shape whose words are not those of the day."""


@pytest.mark.parametrize("name", READ)
def test_a_page_is_read_in_its_order(browser: Browser, served: dict[str, str], name: str):
    """Skip link, masthead, menu, where one is, the text, what goes with it, the foot: nothing lost, nothing twice."""
    kind = next(kind for kind in KINDS if kind.name == name)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served[kind.edition] + kind.path, wait_until="networkidle")
    said, foot, _ = page.locator("body").aria_snapshot().partition("- contentinfo:")  # its links are the plan's
    told = f"{said}{foot}\n"
    page.close()
    file = GOLDEN / f"{name}.yml"
    if os.environ.get("GAZETTE_ACCEPTER"):
        file.write_text(told, "utf-8")
    assert file.read_text("utf-8") == told
