"""What nginx is told where it speaks TLS itself: read by nginx, and asked over its two ports."""

import subprocess
from pathlib import Path

import urllib3

from gazette.model.detour import Detours
from gazette.publish.nginx import configuration
from gazette.publish.server import server
from tests.nginx import free_port, running
from tests.samples import ROOT, Site

NAMES = ("sourcelle.example", "enseignants.sourcelle.example", "directeurs.sourcelle.example", "fils.sourcelle.example")


def certified(folder: Path) -> None:
    """Make a certificate a name, as ``{hote}`` finds them."""
    for name in NAMES:
        (folder / name).mkdir(parents=True)
        words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        words += [
            "-subj",
            f"/CN={name}",
            "-addext",
            f"subjectAltName=DNS:{name}",
            "-days",
            "2",
            "-keyout",
            folder / name / "privkey.pem",
        ]
        subprocess.run([*words, "-out", folder / name / "fullchain.pem"], check=True, capture_output=True)


def test_no_log_holds_the_address_of_a_token_feed(site: Site, tmp_path: Path):
    """Whether it was asked for without encryption, by a name that is dead, or as it should; other reads are logged.

    Without encryption a name answers who renews its certificate, and leads whoever reads to where it is sealed.
    """
    site.open_tokens()
    certified(tmp_path / "tls")
    (tmp_path / "ecoles").write_text("")
    access = {name: {"par": "ecoles", "fichier": f"{tmp_path}/ecoles"} for name in ("enseignants", "directeurs")}
    challenge = tmp_path / "defis" / ".well-known" / "acme-challenge" / "abc"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("abc.xyz")
    told = {"dossier": f"{tmp_path}/www", "certificats": f"{tmp_path}/tls/{{hote}}", "acces": access}
    told["defis"] = f"{tmp_path}/defis"
    (tmp_path / "publishconf.py").write_text(f"SERVEUR = {told!r}\n", "utf-8")
    newsroom = site.newsroom()
    feeds = (ROOT / "deploiement" / "flux.conf").read_text("utf-8")
    detours = {a.name: Detours((), ()) for a in newsroom.audiences}
    body = configuration(server(tmp_path / "publishconf.py", newsroom), newsroom, detours, feeds)
    everywhere = ("listen 80;", "listen [::]:80;", "listen 443 ssl;", "listen [::]:443 ssl;")
    assert [4] * 4 == [body.count(place) for place in everywhere]
    plain, sealed = free_port(), free_port()
    here = (f"listen 127.0.0.1:{plain};", "", f"listen 127.0.0.1:{sealed} ssl;", "")
    for place, instead in zip(everywhere, here, strict=True):
        body = body.replace(place, instead)
    token, answers = f"/d/tout-{'abcd2345' * 4}.xml", {}
    with running(body, sealed, tmp_path / "nginx"):
        for name, path in (("sourcelle.example", "/lu/"), (NAMES[1], "/lu/"), (NAMES[3], token)):
            certificate = str(tmp_path / "tls" / name / "fullchain.pem")
            trusted = {"ca_certs": certificate, "server_hostname": name, "assert_hostname": name}
            pools = (
                urllib3.HTTPConnectionPool("127.0.0.1", plain),
                urllib3.HTTPSConnectionPool("127.0.0.1", sealed, **trusted),
            )
            told = [pool.request("GET", path, headers={"Host": name}, redirect=False, retries=False) for pool in pools]
            renewal = pools[0].request("GET", "/.well-known/acme-challenge/abc", headers={"Host": name})
            assert (200, b"abc.xyz") == (renewal.status, renewal.data)
            answers[name] = [(answer.status, answer.headers.get("Location", "")) for answer in told]
    logs = [(tmp_path / "nginx" / log).read_text("utf-8") for log in ("acces.log", "erreurs.log")]
    assert {
        "sourcelle.example": [(301, "https://sourcelle.example/lu/"), (404, "")],
        NAMES[1]: [(301, f"https://{NAMES[1]}/lu/"), (401, "")],
        NAMES[3]: [(301, f"https://{NAMES[3]}{token}"), (404, "")],
    } == answers
    assert (4, [False, False]) == (logs[0].count("/lu/"), ["abcd2345" in log for log in logs])
