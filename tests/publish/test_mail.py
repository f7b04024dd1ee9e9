"""Letters as messages, read back with others' parsers and received by a real server."""

import email
import email.policy
import hashlib
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import mailparser
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from gazette.errors import TargetError
from gazette.model.letter import Recipient
from gazette.model.sheet import Manifest, Printed, Proofed
from gazette.publish.mail import Message, header, messages, send, write
from gazette.publish.post import Post
from tests.compose.newsstand import audience
from tests.press.test_feeds import TITLES
from tests.press.test_letter import LETTER
from tests.samples import NOW, sample_newsroom

SCHOOLS = (
    Recipient("0869001S", "École « Les Tilleuls », Sourcelle", "ce.0869001s@ac-sourcelle.example"),
    Recipient("0869002T", 'École; du "Pont" <b>', "ce.0869002t@ac-sourcelle.example"),
)
POST = Post(
    "ien@ac-sourcelle.example", "cpc@ac-sourcelle.example", "mailto:ien@ac-sourcelle.example?subject=non-{uai}",
    "127.0.0.1", 0, "aucun", "", frozenset(),
)  # fmt: skip
BODIES = {
    "lettre.html": "<p>Défi “maths” 🚀</p>\n.\nfin\n",
    "lettre.txt": "Défi maths 🚀\n.\nfin " + "x" * 1200 + "\n-- \n",
}


@pytest.fixture
def proofed(tmp_path: Path) -> Proofed:
    """Give a letter that was proofed."""
    folder = tmp_path / "lettre"
    folder.mkdir()
    for name, body in BODIES.items():
        (folder / name).write_text(body, "utf-8")
    files = {n: Printed(hashlib.sha256(b.encode()).hexdigest(), len(b.encode()), "") for n, b in BODIES.items()}
    return Proofed(Manifest("directeurs", files), str(folder))


def made(proofed: Proofed, *, post: Post = POST, name: str = "directeurs", **facts: Any) -> tuple[Message, ...]:  # noqa: ANN401
    """Return messages, the letter being as it is but for the facts given."""
    return messages(proofed, replace(LETTER, **facts), SCHOOLS, post, sample_newsroom(), audience(name), NOW)


def read(message: Message) -> EmailMessage:
    """Return a message as the standard library reads it, which must find nothing wrong."""
    found = email.message_from_bytes(message.data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert [] == [*found.defects, *(d for value in found.values() for d in value.defects)]
    return found


def test_each_school_has_a_message_of_its_own(proofed: Proofed):
    """In which no other is named."""
    found = made(proofed)
    others = [other.address.encode() in m.data for m in found for other in SCHOOLS if other.uai != m.uai]
    to = [[a.addr_spec for a in read(m)["to"].addresses] for m in found]
    assert ([[s.address] for s in SCHOOLS], [False, False]) == (to, others)


def test_headers_say_who_writes_what_and_how_to_say_no(proofed: Proofed):
    """RFC 5322, 2369, 2919, 3834."""
    found = read(made(proofed)[0])
    expected = {
        "From": "Circonscription de Sourcelle <ien@ac-sourcelle.example>",
        "Reply-To": "cpc@ac-sourcelle.example",
        "Subject": "Semaine 46 : Lire & dire",
        "Date": "Mon, 23 Nov 2026 12:00:00 +0100",
        "Auto-Submitted": "auto-generated",
        "List-Id": "<semaine.directeurs.sourcelle.example>",
        "List-Unsubscribe": "<mailto:ien@ac-sourcelle.example?subject=non-0869001S>",
        "Content-Language": "fr",
        "MIME-Version": "1.0",
    }
    assert expected == {name: str(found[name]) for name in expected}


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://x.example/non?ecole={uai}", "List-Unsubscribe=One-Click"), (POST.unsubscribe, None)],
)
def test_one_click_is_offered_where_there_is_something_to_click(proofed: Proofed, address: str, expected: str | None):
    """RFC 8058 wants https."""
    assert expected == read(made(proofed, post=replace(POST, unsubscribe=address))[0])["List-Unsubscribe-Post"]


def test_a_long_address_stays_one_that_readers_follow(proofed: Proofed):
    """The library would encode it as words."""
    url = f"https://x.example/{'a' * 200}/{{uai}}"
    data = made(proofed, post=replace(POST, unsubscribe=url))[0].data
    assert f"List-Unsubscribe: <{url.replace('{uai}', '0869001S')}>\r\n".encode() in data


def test_the_text_comes_back_whole(proofed: Proofed):
    """In both forms, with lone dots and long lines, to two parsers."""
    data = made(proofed)[0].data
    found = read(made(proofed)[0])
    other = mailparser.parse_from_bytes(data)
    parts = {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in found.walk()
        if not part.is_multipart()
    }
    expected = {"text/plain": BODIES["lettre.txt"], "text/html": BODIES["lettre.html"]}
    theirs = [text.replace("\r\n", "\n") for text in (*other.text_plain, *other.text_html)]
    assert (expected, list(expected.values())) == (parts, theirs)


def test_bytes_are_those_of_the_oldest_servers(proofed: Proofed):
    """ASCII, CRLF alone, lines of at most 998 bytes."""
    for message in made(proofed):
        bare = message.data.replace(b"\r\n", b"")
        rows = message.data.split(b"\r\n")
        assert (True, False, False, True) == (
            message.data.isascii(),
            b"\r" in bare,
            b"\n" in bare,
            max(map(len, rows)) <= 998,
        )


def test_the_same_letter_is_the_same_bytes(proofed: Proofed):
    """Nothing random, nothing of the machine."""
    assert made(proofed) == made(proofed)


def test_a_letter_has_one_identity_a_school_a_week_and_an_edition(proofed: Proofed):
    """Sent twice, it is one to a mail reader."""
    ids = [
        read(m)["Message-ID"]
        for facts in ({}, {"week": "2026-S47"}, {"name": "public"}, {"title": "Autre"})
        for m in made(proofed, **facts)
    ]
    assert (8, 6) == (len(ids), len(set(ids)))


@pytest.mark.parametrize("title", TITLES)
def test_a_subject_comes_back_as_it_was_written(proofed: Proofed, title: str):
    """To two parsers."""
    message = made(proofed, subject=f"Semaine 46 : {title}")[0]
    theirs = mailparser.parse_from_bytes(message.data).subject
    assert (f"Semaine 46 : {title}", f"Semaine 46 : {title}") == (read(message)["Subject"], theirs)


@given(st.text(max_size=400))
def test_no_text_makes_a_header_of_its_own(text: str):
    """Line ends of any kind, bidirectional marks and controls are spaces; a subject says what it said."""
    made_ = EmailMessage(policy=email.policy.SMTP)
    made_["Subject"] = header(f"a{text}b\r\nBcc: x@y.example\u2028c\u202ed\x0be")
    data = made_.as_bytes()
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert (["Subject"], header(f"a{text}b Bcc: x@y.example c d e")) == (found.keys(), str(found["Subject"]))


def test_an_emoji_of_several_signs_stays_one():
    """Joiners are kept."""
    assert "👩‍🏫 lit" == header("👩‍🏫 lit")


def test_a_school_that_said_no_receives_nothing(proofed: Proofed):
    """The settings name it."""
    assert ["0869002T"] == [m.uai for m in made(proofed, post=replace(POST, spared=frozenset({"0869001S"})))]


def test_what_changed_since_its_proofs_is_not_sent(proofed: Proofed):
    """A message holds what was proofed."""
    (Path(proofed.root) / "lettre.txt").write_text("autre chose")
    with pytest.raises(TargetError, match=r"lettre\.txt"):
        made(proofed)


def test_only_what_was_proofed_is_a_message():
    """As only what was proofed is published."""
    with pytest.raises(TypeError):
        made(Path("/nowhere"))  # type: ignore[arg-type]


def test_messages_are_written_one_a_file(proofed: Proofed, tmp_path: Path):
    """Named by week, edition and school."""
    found = made(proofed)
    write(found, tmp_path / "a" / "b")
    write(found, tmp_path / "a" / "b")
    written = {file.name: file.read_bytes() for file in (tmp_path / "a" / "b").iterdir()}
    assert {f"2026-S46-directeurs-{m.uai}.eml": m.data for m in found} == written


def test_a_folder_that_cannot_be_made_is_told(proofed: Proofed, tmp_path: Path):
    """In one line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TargetError, match="dossier"):
        write(made(proofed), tmp_path / "file" / "b")


class Inbox:
    """Keeps what a server received, envelope by envelope."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.unknown: set[str] = set()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802
        """Refuse a mailbox that is not there."""
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802
        """Keep the message."""
        self.envelopes.append(envelope)
        return "250 OK"


class Server(Controller):
    """A real server, on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def inbox() -> Inbox:
    """Give an empty inbox."""
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Post]:
    """Give the settings of a real server on loopback."""
    controller = Server(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield replace(POST, port=controller.port)
    controller.stop()


def test_a_server_receives_each_message_in_an_envelope_of_its_own(proofed: Proofed, inbox: Inbox, server: Post):
    """One recipient each, the bytes that were made."""
    found = made(proofed)
    done = send(found, server, "")
    received = [(e.mail_from, e.rcpt_tos, e.content) for e in inbox.envelopes]
    expected = [(POST.sender, [m.address], m.data) for m in found]
    assert (expected, ("0869001S", "0869002T"), ()) == (received, done.sent, done.refused)


def test_a_mailbox_that_is_refused_stops_no_other(proofed: Proofed, inbox: Inbox, server: Post):
    """And is told."""
    inbox.unknown = {SCHOOLS[0].address}
    done = send(made(proofed), server, "")
    assert (("0869002T",), ("0869001S",), 1) == (done.sent, done.refused, len(inbox.envelopes))
    assert {"0869001S": "550, définitif, vérifiez l’adresse dans l’annuaire"} == done.reasons


def test_a_server_that_is_not_there_is_told(proofed: Proofed):
    """In one line, and nothing was sent."""
    with pytest.raises(TargetError, match="aucune lettre remise"):
        send(made(proofed), replace(POST, port=1), "")


def test_a_server_without_secrecy_receives_nothing(proofed: Proofed, inbox: Inbox, server: Post):
    """Where secrecy was asked for."""
    with pytest.raises(TargetError, match="aucune lettre remise"):
        send(made(proofed), replace(server, security="starttls"), "")
    assert [] == inbox.envelopes


def test_a_password_is_told_in_secret_alone(
    proofed: Proofed, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """To a server whose certificate is known; to another one, nothing."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["-nodes", "-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *words, *names], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    seen: list[tuple[bytes, bytes]] = []

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"secret", handled=False)

    options = {"tls_context": context, "require_starttls": True, "authenticator": known, "auth_required": True}
    controller = Server(inbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        there = replace(POST, port=controller.port, security="starttls", user="moi")
        with pytest.raises(TargetError, match="aucune lettre remise"):
            send(made(proofed), there, "secret")
        assert [] == seen
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(TargetError, match="SMTPAuthenticationError 535") as told:
            send(made(proofed), there, "faux")
        done = send(made(proofed), there, "secret")
    finally:
        controller.stop()
    assert (2, 2, False) == (len(done.sent), len(inbox.envelopes), "faux" in str(told.value))
