"""What is proper to a storage: its two buckets, the versions it keeps, what it serves a file as."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError, TargetError
from gazette.publish.ordered import Ordered
from gazette.publish.places import KINDS
from gazette.publish.s3 import S3, Key
from tests.publish.newsstand import proofed, put
from tests.publish.servers import Storage, storage

SETTINGS = {"adresse": "https://s3.valbrune.example", "seau": "site", "cle_dans": "CLE", "secret_dans": "SECRET"}


@pytest.fixture(scope="module")
def server() -> Iterator[Storage]:
    """Give an S3 server."""
    with storage() as found:
        yield found


def shelf(server: Storage) -> S3:
    """Make a site's bucket and that of its notes, and give the first as a shelf."""
    name = f"essai-{uuid.uuid4().hex[:8]}"
    server.make(name)
    server.make(f"{name}-gazette")
    return S3(server.address, name, f"{name}-gazette", Key(server.name, server.secret, "us-east-1"))


def test_no_version_of_what_is_no_more_is_left(tmp_path: Path, server: Storage):
    """A storage that keeps versions keeps neither the page that was replaced, nor the one that was removed."""
    found = shelf(server)
    body = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    found._ask("PUT", found._site, body, query="versioning=")
    place = Ordered(found, wait=lambda _: None)
    put(place, proofed(tmp_path, index="avec la photo", vieux="b"))
    put(place, proofed(tmp_path, index="sans la photo"))
    put(place, proofed(tmp_path, index="sans"))
    versions = [(r[""], r["Key"], r["IsLatest"]) for r in found._rows("versions", {"versions": ""}, "Version")]
    assert [("Version", "index.html", "true")] == versions


def test_notes_that_anybody_reads_are_refused(tmp_path: Path):
    """They tell every address, those of token feeds too: nothing is sent, no lock is left."""
    with storage("by policy") as server:
        found = shelf(server)
        every = f"arn:aws:s3:::{found._notes.rpartition('/')[2]}/*"
        rule = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": every}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]}).encode()
        found._ask("PUT", found._notes, policy, query="policy=")
        with pytest.raises(TargetError, match="se lit sans clé"):
            put(Ordered(found), proofed(tmp_path, index="a"))
        assert ({}, None) == (found.sizes(), found.holder())


def test_a_bucket_that_is_not_there_is_told(server: Storage):
    """It is not made: who may read it is decided where it is made."""
    found = S3(server.address, "absent-ici", "absent-ici-gazette", Key(server.name, server.secret, "us-east-1"))
    with pytest.raises(TargetError, match="ce seau n'existe pas"), found.session():
        pass


def test_a_file_is_served_as_what_it_is(server: Storage):
    """With its type, UTF-8, and how long a browser may keep it."""
    found = shelf(server)
    kept = "max-age=31536000, immutable"
    for path, expected in {
        "index.html": ("text/html; charset=utf-8", "no-cache"),
        "fils/tout.xml": ("application/xml; charset=utf-8", "no-cache"),
        "frise/frise.ics": ("text/calendar; charset=utf-8", "no-cache"),
        "media/0123456789abcdef01234567.webp": ("image/webp", kept),
        "theme/gazette.01234567.css": ("text/css; charset=utf-8", kept),
    }.items():
        found.put(path, b"a")
        told = found._ask("HEAD", found._at(path)).headers
        assert expected == (told["Content-Type"], told["Cache-Control"])


def test_a_listing_of_several_pages_is_read_whole(server: Storage, monkeypatch: pytest.MonkeyPatch):
    """By its continuation."""
    found, asked = shelf(server), []
    for rank in range(5):
        found.put(f"page-{rank}.html", b"a")
    rows = found._rows("liste", {"list-type": "2", "max-keys": "2"}, "Contents")
    ask = found._ask
    monkeypatch.setattr(found, "_ask", lambda *a, **k: (asked.append(k), ask(*a, **k))[1])
    assert ([f"page-{rank}.html" for rank in range(5)], 3) == ([row["Key"] for row in rows], len(asked))


def test_a_key_that_would_lead_elsewhere_is_told(server: Storage):
    """An address with « .. » is another address to every client: such an object is not touched."""
    found = shelf(server)
    with pytest.raises(TargetError, match="objet étranger"):
        found._path("../ailleurs/index.html")


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"adresse": "http://s3.valbrune.example"}, "https"),
        ({"adresse": "https://moi:canari@s3.valbrune.example"}, "pas de mot de passe dans l'adresse"),
        ({"seau_notes": "site"}, "dans un autre seau"),
        ({"cle_dans": "AUTRE"}, "la variable AUTRE"),
    ],
)
def test_settings_that_would_tell_a_secret_are_refused(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], reason: str
):
    """Before anything is sent, and without repeating it."""
    monkeypatch.setenv("CLE", "nom")
    monkeypatch.setenv("SECRET", "canari")
    with pytest.raises(ConfigurationError, match=reason) as caught:
        KINDS["s3"].place("nuage", SETTINGS | settings, "public")
    assert "canari" not in str(caught.value)
    assert "https://s3.valbrune.example/site" == KINDS["s3"].place("nuage", SETTINGS, "public").name
