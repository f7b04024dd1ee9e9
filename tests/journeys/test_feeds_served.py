"""Feeds on a real nginx: what the ENT's server and readers are answered, and what a browser shows."""

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from gazette.build import build
from tests.nginx import served
from tests.samples import Site

TYPES = {
    "fils/tout.xml": "application/xml",  # a browser shows application/rss+xml as its code
    "fils/ecoles/0869001S.xml": "application/xml",
    "fils/tout.atom": "application/atom+xml",
    "fils/tout.json": "application/feed+json",
    "fils/index.opml": "text/x-opml",
    "fils/flux.css": "text/css",
    "frise/frise.ics": "text/calendar",
    "frise/frise-ent.ics": "text/calendar",
    "frise/frise.json": "application/json",
    "ecoles/0869001S/frise.ics": "text/calendar",
    "echeances/echeances.ics": "text/calendar",
}


@pytest.fixture
def address(site: Site, tmp_path: Path) -> Iterator[str]:
    """Give the address of the public edition on nginx."""
    build(site.order(editions=("public",)), pool=site.pool)
    with served(site.output / "public", tmp_path / "nginx") as found:
        yield found


def ask(address: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask once, without following anything, with the headers given and no other."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.putrequest("GET", f"/{path}", skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response, data


@pytest.mark.parametrize("path", TYPES)
def test_a_feed_is_answered_whole_and_as_what_it_is(address: str, site: Site, path: str):
    """200 at once, without cookie, the right type in UTF-8, not compressed for who does not ask."""
    response, data = ask(address, path)
    told = [response.getheader(name) for name in ("Content-Type", "Location", "Set-Cookie", "Content-Encoding")]
    printed = (site.output / "public" / path).read_bytes()
    assert (200, [f"{TYPES[path]}; charset=utf-8", None, None, None], printed) == (response.status, told, data)


@pytest.mark.parametrize("path", TYPES)
def test_a_feed_that_did_not_change_is_not_sent_again(address: str, path: str):
    """ETag and If-None-Match, Last-Modified and If-Modified-Since, compressed or not."""
    first, _ = ask(address, path)
    tag, day = first.getheader("ETag") or "", first.getheader("Last-Modified") or ""
    found = [
        ask(address, path, If_None_Match=tag),
        ask(address, path, If_Modified_Since=day),
        ask(address, path, If_None_Match=f"W/{tag}", Accept_Encoding="gzip"),
    ]
    assert [(304, b"")] * 3 == [(response.status, data) for response, data in found]


def test_a_feed_is_compressed_for_who_asks(address: str, site: Site):
    """And says that it depends on it."""
    response, data = ask(address, "fils/tout.xml", Accept_Encoding="gzip")
    told = (response.getheader("Content-Encoding"), response.getheader("Vary"))
    printed = (site.output / "public" / "fils" / "tout.xml").read_bytes()
    assert (200, ("gzip", "Accept-Encoding"), printed) == (response.status, told, gzip.decompress(data))


def test_a_feed_that_is_not_there_is_said_so(address: str):
    """No page in its place."""
    assert 404 == ask(address, "fils/nulle-part.xml")[0].status


@pytest.mark.parametrize("path", ["fils/tout.xml", "fils/ecoles/0869001S.xml"])
def test_a_feed_opened_in_a_browser_is_a_page_to_read(address: str, browser: Browser, path: str):
    """Its style sheet is there: titles are large, identities hidden, and a word says what a feed is for."""
    page = browser.new_page()
    missing = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(address + path)
    found = page.evaluate(
        """() => {
          const style = (name) => getComputedStyle(document.getElementsByTagName(name)[0])
          return [style('title').fontWeight, style('generator').display]
        }"""
    )
    page.close()
    assert ([], ["700", "none"]) == (missing, found)
