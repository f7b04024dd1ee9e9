"""A target without an atomic switch, against real servers: what leads somewhere goes after where it leads."""

import contextlib
import json
import ssl
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import urllib3

from gazette.errors import AbsentError, BusyError, TargetError
from gazette.publish import lease, ordered
from gazette.publish.lease import IDLE, Owner
from gazette.publish.ordered import GRACE, RECORD, Ordered, Shelf, step
from gazette.publish.s3 import S3, Key
from gazette.publish.stage import Target, plans, publish
from gazette.publish.webdav import WebDav
from tests.publish.newsstand import facts, proofed, put
from tests.publish.servers import Storage, cut, storage, webdav


@pytest.fixture(scope="module")
def dav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a WebDAV server."""
    with webdav(tmp_path_factory.mktemp("dav")) as address:
        yield address


@pytest.fixture(scope="module")
def bucket() -> Iterator[Storage]:
    """Give an S3 server."""
    with storage() as server:
        yield server


Maker = Callable[..., Shelf]


@pytest.fixture(params=["webdav", "s3"])
def make(request: pytest.FixtureRequest) -> Maker:
    """Give what makes a shelf of a new target, always the same one, reached by an address and with a password."""
    name = f"essai-{uuid.uuid4().hex[:8]}"
    if request.param == "webdav":
        dav: str = request.getfixturevalue("dav")
        return lambda through=str, secret="secret-canari": WebDav(f"{through(dav)}/{name}", "gazette", secret)
    found: Storage = request.getfixturevalue("bucket")
    for each in (name, f"{name}-gazette"):
        found.make(each)
    return lambda through=str, secret="": S3(
        through(found.address), name, f"{name}-gazette", Key(found.name, secret or found.secret, "us-east-1"), "un/site"
    )


@dataclass(frozen=True)
class Site:
    """A target, and what stands on it as its own server tells."""

    place: Ordered
    shelf: Shelf

    def files(self) -> dict[str, bytes]:
        """Return every file."""
        return {path: self.shelf.get(path) or b"" for path in self.shelf.sizes()}


@pytest.fixture
def site(make: Maker) -> Iterator[Site]:
    """Give an empty target, that does not wait before it deletes."""
    shelf = make()
    found = Ordered(shelf, wait=lambda _: None)
    with found.session():
        yield Site(found, shelf)


def test_a_publication_makes_the_target_the_edition(tmp_path: Path, site: Site):
    """What is new is there, what is no more is gone, nothing of ours stands among it; then nothing is sent."""
    put(site.place, proofed(tmp_path, index="a", fil__vieux="b"))
    first = site.files()
    plan = put(site.place, proofed(tmp_path, index="A", fil__é="c"))[0]
    again = put(site.place, proofed(tmp_path, index="A", fil__é="c"))[0]
    assert ({"index.html": b"a", "fil/vieux.html": b"b"}, {"index.html": b"A", "fil/é.html": b"c"}) == (
        first,
        site.files(),
    )
    assert (("fil/vieux.html",), True, True) == (plan.deletes, again.is_empty, site.place.damages()[0].is_none)
    assert {path: sha256(data).hexdigest() for path, data in site.files().items()} == site.place.digests()


def test_an_unchanged_edition_writes_nothing(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch):
    """But the lock."""
    put(site.place, proofed(tmp_path, index="a"))
    written: list[str] = []
    for name in ("put", "delete", "forget", "keep_note"):
        monkeypatch.setattr(site.shelf, name, lambda *_, name=name: written.append(name))
    put(site.place, proofed(tmp_path, index="a"))
    assert [] == written


def test_what_is_withdrawn_is_remembered(tmp_path: Path, site: Site):
    """Even when no file changes, so that a clone left behind is refused (R19)."""
    put(site.place, proofed(tmp_path, index="a"))
    put(site.place, proofed(tmp_path, index="a"), told=replace(facts(), withdrawn=frozenset({"a" * 32})))
    found = site.place.on_line()
    assert found is not None
    assert {"a" * 32} == found.withdrawn


def test_a_target_edited_by_hand_is_mended(tmp_path: Path, site: Site):
    """A page with other bytes, one of the same length too, one that is gone, one that nobody published."""
    edition = proofed(tmp_path, index="abc", fil="b", autre="def")
    put(site.place, edition)
    for path, data in (("index.html", b"ABCD"), ("autre.html", b"DEF"), ("intrus.html", b"x")):
        site.shelf.put(path, data)
    site.shelf.delete("fil.html")
    damage = site.place.damages()[0]
    plan = put(site.place, edition)[0]
    assert ("autre.html", "index.html", "intrus.html") == plan.unknown
    told = (damage.missing, damage.changed, damage.strange)
    assert (("fil.html",), ("autre.html", "index.html"), ("intrus.html",)) == told
    assert {"index.html": b"abc", "fil.html": b"b", "autre.html": b"def"} == site.files()


FORGED = b"""{"schema":1,"numero":1,"le":"","jour":"","commit":"",
"editions":{"public":{"fichiers":{"%s":["d",1,0,"m"]},"sources":{}}}}"""


STRANGE = (
    *(FORGED.replace(b"%s", path) for path in (b"../dehors.html", b"/etc/passwd", b"a/../../b", b"index.html")),
    FORGED.replace(b"1,0", b"1e999,0"),
    b"[" * 100_000,
    b"{",
    b"",
    b" " * 300_000 + FORGED.replace(b"%s", b"index.html"),
)


@pytest.mark.parametrize("data", STRANGE, ids=range(len(STRANGE)))
def test_a_manifest_lost_or_forged_changes_nothing_else(
    tmp_path: Path, site: Site, data: bytes, monkeypatch: pytest.MonkeyPatch
):
    """It is told; what stands there is read again and kept; nothing outside is touched."""
    monkeypatch.setattr("gazette.publish.answer.MOST", 300_000)
    edition = proofed(tmp_path, index="a", fil="b")
    put(site.place, edition)
    assert [] == list(site.place.doubts())
    site.shelf.keep_note(RECORD, data)
    is_credible = b'"index.html":["d",1,0' in data and len(data) < 300_000
    assert ([] if is_credible else ["le manifeste de ce qui est en ligne manque"]) == [
        doubt.partition(",")[0] for doubt in site.place.doubts()
    ]
    plan = put(site.place, edition)[0]
    assert (True, {"index.html": b"a", "fil.html": b"b"}, True) == (
        plan.is_empty,
        site.files(),
        site.place.damages()[0].is_none,
    )


def test_somebody_s_files_are_not_ours_to_remove(tmp_path: Path, site: Site):
    """A folder that is not empty, and that we know nothing of; once a first publication began there, it is ours."""
    with site.place.alone():
        site.shelf.put("vacances.html", b"x")
    with pytest.raises(TargetError, match="d'autres fichiers que ceux de Gazette"):
        site.place.plan([proofed(tmp_path, index="a").manifest])
    with pytest.raises(TargetError, match="d'autres fichiers que ceux de Gazette"):
        put(site.place, proofed(tmp_path, index="a"))
    assert {"vacances.html": b"x"} == site.files()
    site.shelf.delete("vacances.html")
    edition = proofed(tmp_path, index="a", fil="b")
    with site.place.alone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(site.shelf, "put", lambda *_: (_ for _ in ()).throw(TargetError("coupée")))
        with pytest.raises(TargetError, match="coupée"):
            site.place.switch(site.place.prepare([edition], facts(), lambda _: None))
    site.shelf.put("index.html", b"a")
    put(site.place, edition)
    assert {"index.html": b"a", "fil.html": b"b"} == site.files()


@pytest.mark.parametrize("kind", ["webdav", "s3"])
def test_a_machine_that_nobody_vouches_for_is_told(tmp_path: Path, kind: str):
    """By its certificate: neither a password nor a key is sent to it."""
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=nuage", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "cle")]
    subprocess.run([*words, "-out", tmp_path / "certificat"], check=True, capture_output=True)
    context, heard = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    context.load_cert_chain(tmp_path / "certificat", tmp_path / "cle")

    class Deaf(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            heard.append(self.rfile.readline())

    with HTTPServer(("127.0.0.1", 0), Deaf) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"https://127.0.0.1:{server.server_port}"
        shelf = (
            WebDav(f"{address}/x", "gazette", "mot") if kind == "webdav" else S3(address, "x", "y", Key("a", "b", "c"))
        )
        with pytest.raises(TargetError, match="machine non reconnue"), shelf.session():
            pass
        server.shutdown()
        thread.join()
    assert [] == [line for line in heard if line]


def test_what_leads_somewhere_is_sent_after_where_it_leads():
    """Pictures and styles, pages, lists and the home page, feeds and indexes."""
    paths = ["fils/tout.xml", "index.html", "actualites/index.html", "actualites/defi/index.html", "theme/a.css"]
    assert list(reversed(paths)) == sorted(paths, key=lambda path: (step(path), -path.count("/")))


def test_what_is_no_more_is_removed_after_a_grace(tmp_path: Path, site: Site):
    """When everything new is there, and who was loading a page has it."""
    seen: list[tuple[float, list[str]]] = []
    slow = Ordered(site.shelf, wait=lambda seconds: seen.append((seconds, sorted(site.shelf.sizes()))))
    put(slow, proofed(tmp_path, vieux="b"))
    put(slow, proofed(tmp_path, index="A"))
    assert ([(GRACE, ["index.html", "vieux.html"])], ["index.html"]) == (seen, sorted(site.shelf.sizes()))


def test_another_publisher_is_waited_for(tmp_path: Path, site: Site):
    """And told."""
    with site.place.alone(), pytest.raises(BusyError, match="autre publication"):
        put(site.place, proofed(tmp_path, index="a"))
    assert {} == site.files()


def test_a_publisher_of_another_machine_is_held_for_dead_by_the_target_s_clock(tmp_path: Path, site: Site):
    """Not before."""
    dead = json.dumps({"user": "ci", "host": "ailleurs", "process": 1, "since": "2001-01-01T00:00:00+00:00"}).encode()
    assert site.shelf.create(dead)
    with pytest.raises(BusyError, match=r"ci@ailleurs .* tenue pour morte dans 10 min"):
        put(site.place, proofed(tmp_path, index="a"))
    held = site.shelf.holder()
    assert (dead, True) == (held and held[0], bool(held and held[1] < IDLE))
    site.shelf.drop(dead)
    put(site.place, proofed(tmp_path, index="a"))
    assert None is site.shelf.holder()


def test_a_long_publication_says_that_it_is_alive(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch):
    """By writing its lock again, which is still its own to remove."""
    renewed: list[bytes] = []
    renew = site.shelf.renew
    monkeypatch.setattr(site.shelf, "renew", lambda: (renew(), renewed.append((site.shelf.holder() or (b"",))[0])))
    monkeypatch.setattr(ordered, "BEAT", -1)
    put(site.place, proofed(tmp_path, index="a", fil="b"))
    assert ({Owner.of_this_process().host}, None) == (
        {owner.host for data in renewed if (owner := Owner.decoded(data))},
        site.shelf.holder(),
    )


def test_a_wrong_password_is_told_without_repeating_it(make: Maker):
    """By the code of the server."""
    target = Ordered(make(secret="faux-canari"))
    with pytest.raises(TargetError) as caught, target.session():
        pass
    told = str(caught.value)
    assert (True, True, False) == (any(code in told for code in ("401", "403")), "vérifiez l" in told, "canari" in told)


def test_an_edition_that_is_no_more_leaves_nothing(tmp_path: Path, site: Site):
    """Neither file nor manifest; and where nothing is, nothing is done."""
    put(site.place, proofed(tmp_path, index="a", fil="b"))
    with site.place.alone():
        plan = site.place.clear("directeurs-jeton", facts())[0]
        again = site.place.clear("directeurs-jeton", facts())
    assert (("fil.html", "index.html"), (), {}, None) == (plan.deletes, again, site.files(), site.place.on_line())


@pytest.mark.parametrize("kind", ["webdav", "s3"])
def test_token_feeds_that_are_off_leave_their_own_place_and_make_none(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    """What stood there is removed; where nothing ever was, neither a folder is made nor a bucket asked for."""
    name, public, tokens = f"essai-{uuid.uuid4().hex[:8]}", proofed(tmp_path, index="a"), "directeurs-jeton"
    if kind == "webdav":
        monkeypatch.setenv("MOT", "secret-canari")
        address = f"{request.getfixturevalue('dav')}/{name}-{{edition}}"
        facts_of = {"adresse": address, "utilisateur": "gazette", "mot_de_passe_dans": "MOT"}
    else:
        found: Storage = request.getfixturevalue("bucket")
        monkeypatch.setenv("CLE", found.name)
        monkeypatch.setenv("SECRET", found.secret)
        for end in ("public", "public-gazette", tokens, f"{tokens}-gazette"):
            found.make(f"{name}-{end}")
        facts_of = {"adresse": found.address, "seau": f"{name}-{{edition}}"}
        facts_of |= {"cle_dans": "CLE", "secret_dans": "SECRET"}
    target = Target("cible", {"type": kind, **facts_of}, is_remote=True)
    publish(target, [public, proofed(tmp_path, tokens, secret="t")], facts(), lambda _: None)
    off = [tokens, "enseignants-jeton"]
    planned = plans(target, [public.manifest], off)
    done = publish(target, [public], facts(), lambda _: None, off)
    again = publish(target, [public], facts(), lambda _: None, off)
    (place, _), (never, _) = (target.places([edition])[where] for edition in off for where in target.places([edition]))
    with place.session():
        left = place.shelf.sizes()
    with contextlib.suppress(AbsentError), never.session():
        entrance = urllib3.make_headers(basic_auth="gazette:secret-canari")
        assert 404 == urllib3.request("GET", never.name, headers=entrance).status
    assert ([("secret.html",)], [("secret.html",)], [], {}) == (
        [plan.deletes for plan in planned if plan.audience == tokens],
        [plan.deletes for plan in done.plans if plan.audience == tokens],
        [plan for plan in again.plans if not plan.is_empty],
        left,
    )


def test_there_is_no_way_back(site: Site):
    """Nothing is kept, and the remedy is told."""
    with pytest.raises(TargetError, match="git revert"):
        site.place.back(0, facts())


def test_a_connection_cut_at_each_request_leaves_whole_files_and_the_next_run_converges(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
):
    """Before the server heard the request, and before its answer came back."""
    monkeypatch.setattr(lease, "IDLE", -1)  # as if ten minutes had passed
    former, new = proofed(tmp_path / "1", index="a", vieux="b"), proofed(tmp_path / "2", index="AA", neuf="cc", fil="d")
    faults: list[tuple[str, int, object]] = []
    for moment in ("avant", "après"):
        for rank in range(200):
            shelf = make()
            direct = Ordered(shelf, wait=lambda _: None)
            with direct.session():
                put(direct, former)
                is_cut = _cut_short(make, rank, moment, new)
                between = {path: shelf.get(path) or b"" for path in shelf.sizes()}
                known = [b"a", b"b", b"AA", b"cc", b"d"]
                if any(data not in known for data in between.values()):
                    faults.append((moment, rank, between))
                put(direct, new)
                after = {path: shelf.get(path) for path in shelf.sizes()}
                if after != {"index.html": b"AA", "neuf.html": b"cc", "fil.html": b"d"}:
                    faults.append((moment, rank, after))
            if not is_cut:
                break
        else:
            pytest.fail("la publication ne finit pas")
    assert [] == faults


def _cut_short(make: Maker, rank: int, moment: str, edition: object) -> bool:
    """Publish, as a process that then ends, through a proxy that cuts one request; tell whether it did."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    owner = replace(Owner.of_this_process(), process=ended.pid)
    with contextlib.ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Owner, "of_this_process", lambda: owner)
        shelf = make(through=lambda address: stack.enter_context(cut(address, rank, moment)))
        place = Ordered(shelf, wait=lambda _: None)
        try:
            with place.session():
                put(place, edition)  # type: ignore[arg-type]
        except TargetError:
            return True
    return False
