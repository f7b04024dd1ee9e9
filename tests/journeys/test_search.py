"""A reader looks for something, with a keyboard; nothing is fetched before the first word."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


def kept(page: Page) -> int:
    """Return how many answers there are."""
    words = page.locator(".trouve").inner_text().split()
    return 1 if words[0] == "Une" else int(words[0])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page in a context of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def titles(page: Page, address: str) -> list[str]:
    """Open a search by its address, and return the titles it found."""
    page.goto(address)
    expect(page.locator(".trouve")).to_contain_text("réponse")
    return page.locator(".trouvailles h2").all_inner_texts()


def narrow(page: Page, label: str, value: str) -> None:
    """Choose what to narrow a search to, and wait for the answers: the address tells that it was heard."""
    page.get_by_label(label, exact=True).select_option(value)
    expect(page).to_have_url(re.compile(f"={value}(&|$)"))
    expect(page.locator(".trouve")).to_contain_text("réponse")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ecole velo", "À l’école à vélo"),
        ("l’école à vélo", "À l’école à vélo"),
        ("conseils d’école", "conseils d’école"),
        ("mathematiques", "Semaine des mathématiques"),
        ("inscription", "inscri"),
        ("œuvre protégée", "Lectures offertes"),
        ("oeuvre protegee", "Lectures offertes"),
        ("GCompris", "GCompris"),
        ("0869001S", "Écoles"),
        ("la classe à", "classe"),
    ],
)
def test_what_one_would_type_is_found(page: Page, served: dict[str, str], question: str, expected: str):
    """Without accents, elided, in the plural, with a ligature or without."""
    found = titles(page, f"{served['public']}recherche/?q={question}")
    text = page.locator(".trouvailles").inner_text()
    assert expected.casefold() in (" ".join(found) + text).casefold().replace("'", "’")


def test_an_answer_keeps_its_signs_with_their_words(page: Page, served: dict[str, str]):
    """The index has plain spaces, at which a telephone begins a line with « : »."""
    found = titles(page, f"{served['public']}recherche/?q=correspondances")
    signs = [title for title in found if ":" in title]
    assert (True, []) == (bool(signs), [title for title in signs if "\u202f:" not in title])


def test_nothing_is_fetched_before_the_first_word(page: Page, served: dict[str, str]):
    """Then the engine, once, from here."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served['public']}recherche/")
    page.wait_for_load_state("networkidle")
    before = [url for url in asked if "/moteur/" in url]
    page.get_by_label("Mots cherchés").press_sequentially("chorale")
    expect(page.locator(".trouve")).to_contain_text("réponse")
    engine = [url for url in asked if url.endswith("/pagefind.js")]
    away = [url for url in asked if not url.startswith(served["public"])]
    assert ([], 1, []) == (before, len(engine), away)


def test_a_search_is_narrowed_and_its_address_kept(page: Page, served: dict[str, str]):
    """By fil, cycle, school and year; the address brings the same answers back."""
    everything = titles(page, f"{served['public']}recherche/?q=classe")
    narrow(page, "Rubrique", "outils")
    tools = page.locator(".trouvailles h2").all_inner_texts()
    kinds = set(page.locator(".trouvailles .faits span:first-child").all_inner_texts())
    narrow(page, "Année", "2025-2026")
    address = page.url
    last = page.locator(".trouvailles h2").all_inner_texts()
    assert (True, {"L’outil de la semaine"}, True, last) == (
        len(everything) > 0,
        kinds,
        0 < len(last) < len(tools),
        titles(page, address),
    )


def test_a_search_is_narrowed_by_cycle_and_by_school(page: Page, served: dict[str, str]):
    """What names no cycle is for all of them; a school's answers are those that name it, or that it signs."""
    titles(page, f"{served['public']}recherche/?q=classe")
    everything = kept(page)
    narrow(page, "Cycle", "3")
    of_cycle = kept(page)
    narrow(page, "Cycle", "1")
    of_other = kept(page)
    titles(page, f"{served['public']}recherche/?q=école")
    schools = kept(page)
    narrow(page, "École", "0869001S")
    own = page.locator(".trouvailles h2").all_inner_texts()
    assert (True, True, True) == (0 < of_cycle < everything, 0 < of_other < everything, 0 < kept(page) < schools)
    assert "École élémentaire Les Tilleuls" in own


def test_the_keyboard_is_enough(page: Page, served: dict[str, str]):
    """Type, go down to an answer, back up, down again, open it."""
    page.goto(f"{served['public']}recherche/")
    page.get_by_label("Mots cherchés").focus()
    page.keyboard.type("chorale")
    expect(page.locator(".trouvailles h2 a").nth(1)).to_be_visible()
    reached = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        reached.append(page.evaluate("() => document.activeElement.id || document.activeElement.textContent"))
    first = reached[0]
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert (first, "q", True) == (reached[-1], reached[3], page.locator("h1").first.inner_text() != "Rechercher")


@pytest.mark.parametrize("word", ["zzyzzyva", "dirigeable", "paratonnerre"])
def test_nothing_found_is_told_with_what_to_do(page: Page, served: dict[str, str], word: str):
    """In a live region, and no list is left; « par » is not offered for « paratonnerre »."""
    page.goto(f"{served['public']}recherche/?q={word}")
    status = page.get_by_role("status")
    expect(status).to_contain_text(f"Aucune réponse pour « {word} »")
    assert not page.locator(".trouvailles").is_visible()


def test_a_restricted_edition_finds_more_and_an_open_one_does_not(page: Page, served: dict[str, str]):
    """What only directors may read is found by them alone."""
    found = titles(page, f"{served['directeurs']}recherche/?q=affelnet")
    page.goto(f"{served['public']}recherche/?q=affelnet")
    expect(page.locator(".trouve")).to_contain_text("Aucune réponse")
    assert any("Affelnet" in title for title in found)


def test_without_scripts_every_title_is_there(browser: Browser, served: dict[str, str]):
    """The form, which could not answer, is not shown; years lead to titles by letter."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served['public']}recherche/")
    is_shown = page.locator("form.chercher").is_visible()
    page.get_by_role("link", name="Année 2026-2027").click()
    page.get_by_role("link", name="S", exact=True).click()
    page.get_by_role("link", name="Semaine des mathématiques").first.click()
    heading = page.locator("h1").first.inner_text()
    context.close()
    assert (False, True) == (is_shown, "mathématiques" in heading)
