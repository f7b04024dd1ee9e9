"""Readers of the demo: without JavaScript, with a keyboard alone, who come back; test_pages.py looks at every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a context of its own."""
    made = browser.new_context()
    yield made
    made.close()


def test_the_site_works_without_javascript(browser: Browser, served: dict[str, str]):
    """From the home page to an article, to its fil, to the frise, to the map: by links alone."""
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(served["public"])
    seen = [page.locator("h1").inner_text()]
    page.locator("main article a, main h3 a").first.click()
    seen.append(page.locator("h1").inner_text())
    for address in ("actualites/", "frise/", "echeances/", "plan-du-site/"):
        page.locator(f'a[href$="{address}"]:visible').first.click()
        seen.append(page.locator("h1").inner_text())
    context.close()
    assert (6, False) == (len(set(seen)), "" in seen)


def test_a_keyboard_reaches_the_text_at_once(context: BrowserContext, served: dict[str, str]):
    """The first Tab shows a link that skips the menu (RGAA 12.7)."""
    page = context.new_page()
    page.goto(served["public"])
    page.keyboard.press("Tab")
    target = page.evaluate("() => document.activeElement.getAttribute('href')")
    assert (True, 1) == (target.startswith("#"), page.locator(target).count())


def test_an_address_tells_what_is_new_since_a_day(context: BrowserContext, served: dict[str, str]):
    """The articles of that day and after are marked, the others are not, and nothing is kept."""
    page = context.new_page()
    page.goto(served["public"] + "actualites/?depuis=2027-02-02")
    days = page.locator(".carte:has(.nouveau) time").evaluate_all("all => all.map((t) => t.getAttribute('datetime'))")
    line = page.locator(".memoire").inner_text()
    page.goto(served["public"] + "actualites/")
    offered = page.locator(".memoire a").get_attribute("href") or ""
    page.locator(".memoire a").click()
    assert (["2027-03-08", "2027-02-02"], True, True, offered) == (
        days,
        "Depuis le 2 février 2027" in line,
        offered.partition("?depuis=")[2].startswith("20"),
        page.url.removeprefix(served["public"].rstrip("/")),
    )


def test_what_is_new_is_told_without_javascript_too(browser: Browser, served: dict[str, str]):
    """A week of class leads to its own page; the day in an address changes nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served["public"] + "actualites/?depuis=2027-02-02")
    shown = page.locator(".nouveau, .memoire:visible").count()
    page.locator(".choix > summary").click()
    page.locator(".choix a[href*='depuis/']").last.click()
    found = page.locator(".carte time").evaluate_all("all => all.map((t) => t.getAttribute('datetime'))")
    week = page.url.rsplit("/", 2)[1]
    context.close()
    assert (0, "2027-S03", ["2027-03-08", "2027-02-02"]) == (shown, week, found)


def test_an_address_is_copied_with_one_click(browser: Browser, served: dict[str, str]):
    """The button says so, to the eye and to a screen reader."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(served["public"] + "fils/")
    button = page.get_by_role("button", name="Copier l’adresse, Ajouter dans l’ENT, Projets", exact=True)
    button.click()
    said = page.get_by_role("button", name="Copié l’adresse, Ajouter dans l’ENT, Projets", exact=True)
    said.wait_for()
    told = [text for text in page.get_by_role("status").all_inner_texts() if text]
    copied = page.evaluate("() => navigator.clipboard.readText()")
    context.close()
    assert (["Copié"], "https://valbrune.example/fils/projets.xml") == (told, copied)


def test_addresses_are_there_to_copy_without_javascript(browser: Browser, served: dict[str, str]):
    """They are text, selected whole with one click; the buttons, which could do nothing, are hidden."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served["public"] + "fils/")
    found = page.locator("code.adresse:visible", has_text="fils/projets.xml").all_inner_texts()
    selects = page.locator("code.adresse").first.evaluate("e => getComputedStyle(e).userSelect")
    buttons = page.locator("button:visible").count()
    context.close()
    assert (["https://valbrune.example/fils/projets.xml"], "all", 0) == (found, selects, buttons)
