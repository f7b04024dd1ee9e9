"""Someone who has never seen git writes a lawful news item in a browser; the inspector approves; it is in the feed."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import urllib3
from playwright.sync_api import Browser, Locator, Page, expect

from gazette.preview.server import HOST
from gazette.preview.watch import preview
from tests.nginx import free_port
from tests.samples import ROOT, Site
from tests.sveltia import sveltia
from tests.test_cli import run

TITLE, ADDRESS = "Le marché des sciences", "actualites/le-marche-des-sciences/"
PICTURE = ROOT / "tests/site/content/actualites/2026-11-18-affiche/dessin.png"
PATIENCE = 60_000
"""Milliseconds that a page is waited for: it comes far sooner where nothing else runs."""


@pytest.fixture
def desk(site: Site) -> Iterator[str]:
    """Serve the team's preview of a circonscription that asks for an approval, and give its address."""
    sveltia()
    site.change("circonscription.yml", "    contact: cpc@", "    approbation: empreinte\n    contact: cpc@")
    stop, port = threading.Event(), free_port()
    order = site.order(is_preview=True, output=site.content.parent / "apercu")
    serving = threading.Thread(target=preview, args=(order, port), kwargs={"is_dated": True, "stop": stop})
    serving.start()
    yield f"http://{HOST}:{port}/"
    stop.set()
    serving.join(60)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page that tells what it asks of others, and what it complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    made = context.new_page()
    made.set_default_timeout(PATIENCE)
    yield made
    context.close()


def field(page: Page, key: str) -> Locator:
    """Return the field of a key, in the editor."""
    return page.locator(f'section[data-key-path="{key}"]')


def photograph(page: Page, name: str) -> None:
    """Keep what is on screen for the guide: in ``captures/``, or in the guide itself when GAZETTE_GUIDE is set."""
    folder = ROOT / "content" / "pages" / "guide-des-auteurs" if os.environ.get("GAZETTE_GUIDE") else ROOT / "captures"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def write(page: Page) -> None:
    """Write the item as a beginner would: a title, a summary, a text, a picture, and nobody said who is on it."""
    field(page, "titre").locator("input").fill(TITLE)
    field(page, "resume").locator("textarea").fill("Douze classes ont tenu un stand sous la halle.")
    field(page, "body").get_by_role("textbox").fill("Chaque classe a montré une expérience.")
    field(page, "statut").get_by_role("radio", name="publié").check()
    photograph(page, "ecrire")
    field(page, "images").get_by_role("button", name="Ajouter").first.click()
    field(page, "images.0.fichier").locator("input[type=file]").first.set_input_files(PICTURE)
    field(page, "images.0.alt").locator("input").fill("Un triangle bleu sur fond blanc")


def approve(site: Site, path: str) -> None:
    """Commit what the desk wrote, and approve it as the inspector."""
    author = ("-c", "user.email=ien@commits.example", "-c", "user.name=IEN")
    for words in (("init", "-q"), ("add", "content"), (*author, "commit", "-qm", "Le marché des sciences")):
        subprocess.run(["git", *words], cwd=site.content.parent, check=True)
    subprocess.run(["git", "config", "user.email", "ien@commits.example"], cwd=site.content.parent, check=True)
    code, told, _ = run(site, "valider", path)
    assert (0, True) == (code, "approuvé par L’IEN" in told)


def test_a_news_item_goes_from_a_browser_to_the_feed(desk: str, page: Page, site: Site, tmp_path: Path):
    """Written, told what is missing, mended, seen, approved, published; the browser asked nothing of anyone else."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc or "ici"))
    page.goto(f"{desk}admin/#/collections/actualites/new")
    write(page)
    save, panel = page.get_by_role("button", name="Enregistrer"), page.locator("#gazette-constats")
    save.click()
    expect(panel).to_contain_text("on ne sait pas qui y paraît", timeout=PATIENCE)
    expect(panel).to_contain_text("Images 1 :")  # the field, and no file nor line
    expect(panel).to_contain_text("Écrivez « Personnes » : personne, non reconnaissables, adultes ou élèves.")
    assert ".md" not in panel.inner_text()
    expect(page.get_by_text("Entrée enregistrée")).to_have_count(0)  # it would cover what is photographed
    photograph(page, "constat")
    field(page, "images.0.personnes").get_by_role("radio", name="personne").check()
    save.click()
    expect(panel).not_to_contain_text("on ne sait pas qui y paraît", timeout=PATIENCE)
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Voir la page").click()
    page = opened.value
    assert desk + ADDRESS == page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    shown = "() => [...document.images].some(i => i.alt.startsWith('Un triangle') && i.naturalWidth > 0)"
    page.wait_for_function(shown, timeout=PATIENCE)
    expect(page.get_by_text("Pas encore approuvé")).to_be_visible()
    photograph(page, "apercu")
    assert {urlsplit(desk).netloc, "ici"} >= asked

    (written,) = sorted((site.content / "actualites").glob("*-le-marche-des-sciences/index.md"))
    live = tmp_path / "www"
    assert 0 == run(site, "publier", "--cible", "local", "--vers", str(live))[0]
    feed = live / "public/fils/actualites.xml"
    assert TITLE not in feed.read_text("utf-8")
    approve(site, f"content/{written.relative_to(site.content).as_posix()}")
    assert 0 == run(site, "publier", "--cible", "local", "--vers", str(live))[0]
    item = feedparser.parse(feed.read_bytes()).entries[0]
    assert (TITLE, "Douze classes ont tenu un stand sous la halle.") == (item.title, item.summary)
    assert item.link.endswith(f"/{ADDRESS}")
    assert (live / "public" / ADDRESS / "index.html").is_file()


def test_a_text_that_changed_elsewhere_is_not_covered_unawares(desk: str, page: Page, site: Site):
    """In a text editor, while it is open in the browser: its author is asked, and nothing is lost until the answer."""
    path = site.content / "actualites/2026-09-15-fluence.md"
    page.goto(f"{desk}admin/#/collections/actualites-simples/entries/2026-09-15-fluence")
    title = field(page, "titre").locator("input")
    expect(title).to_have_value("Fluence en CM : un protocole commun")
    site.change("actualites/2026-09-15-fluence.md", "Fluence en CM", "Fluence au cycle 3")
    title.fill("Fluence : on recommence")
    save, warned = page.get_by_role("button", name="Enregistrer").first, page.get_by_role("alertdialog")
    save.click()
    expect(warned).to_contain_text("Si vous enregistrez maintenant, ce changement sera perdu")
    warned.get_by_role("button", name="Annuler").click()
    assert "Fluence au cycle 3" in path.read_text("utf-8")
    save.click()
    warned.get_by_role("button", name="Enregistrer quand même").click()
    expect(page.get_by_text("après que vous l’avez ouvert")).to_have_count(0)
    assert "Fluence : on recommence" in path.read_text("utf-8")


def test_what_readers_see_has_no_desk(site: Site):
    """``--comme-en-ligne`` serves editions alone, and no printed edition has an /admin/."""
    stop, port = threading.Event(), free_port()
    serving = threading.Thread(target=preview, args=(site.order(), port), kwargs={"is_dated": True, "stop": stop})
    serving.start()
    try:
        patient = urllib3.Retry(200, backoff_factor=0.1, backoff_max=0.5)  # it listens once it has built
        status = urllib3.request("GET", f"http://{HOST}:{port}/admin/", retries=patient).status
        saved = urllib3.request("POST", f"http://{HOST}:{port}/admin/api/v4/user", body=b"{}").status
    finally:
        stop.set()
        serving.join(60)
    assert (404, 501) == (status, saved)
    assert [] == list(site.output.glob("*/admin"))
