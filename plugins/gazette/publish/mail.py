"""Letters as messages: one a school, the same bytes for the same inputs; written to a folder, or sent by SMTP."""

from __future__ import annotations

import email.policy
import hashlib
import os
import smtplib
import ssl
import unicodedata
import uuid
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazette.errors import TargetError, why
from gazette.model.sheet import Proofed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from gazette.model.letter import Letter, Recipient
    from gazette.model.newsroom import Audience, Newsroom
    from gazette.publish.post import Post

POLICY = email.policy.SMTP.clone(cte_type="7bit")
HTML, TEXT = "lettre.html", "lettre.txt"
"""The proofed files a message is made of."""
HEADER_LIMIT = 150
"""Characters of a subject or of a name."""
JOINERS = "\u200c\u200d"
"""Invisible, but they shape emoji and words of some scripts."""
PATIENCE = 30
"""Seconds that a server may take to answer."""
PERMANENT = 500
"""Reply codes from here on are final (RFC 5321 §4.2.1)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, to one school."""

    uai: str
    address: str
    file: str
    """Its name in a folder."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the server took, and what it did not."""

    sent: tuple[str, ...]
    """Codes of schools."""
    refused: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    """What the server answered, by code of school: 4xx may pass later, 5xx will not."""


def messages(
    proofed: Proofed,
    letter: Letter,
    recipients: Sequence[Recipient],
    post: Post,
    newsroom: Newsroom,
    audience: Audience,
    now: datetime,
) -> tuple[Message, ...]:
    """Return a message for each school that takes the letter; only what was proofed stands in it."""
    if not isinstance(proofed, Proofed):
        raise TypeError("messages() takes Proofed only")
    text, html = (_proofed_text(proofed, name) for name in (TEXT, HTML))
    found = []
    for recipient in recipients:
        if recipient.uai in post.spared:
            continue
        made = _addressed(letter, recipient, post, newsroom, audience, now)
        made.set_content(text, cte="quoted-printable")
        made.add_alternative(html, subtype="html", cte="quoted-printable")
        made.set_boundary(f"=_{_identity(letter, recipient, newsroom, audience).hex}")
        made["Content-Language"] = "fr"
        data = _list_headers(recipient, post, audience) + made.as_bytes(policy=POLICY)
        file = f"{letter.week}-{audience.name}-{recipient.uai}.eml"
        found.append(Message(recipient.uai, recipient.address, file, data))
    return tuple(found)


def write(messages: Sequence[Message], folder: Path) -> None:
    """Write each message, whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            partial = folder / f".{message.file}.{os.getpid()}.tmp"
            partial.write_bytes(message.data)
            partial.replace(folder / message.file)
    except OSError as error:
        raise TargetError(f"{folder} : dossier impossible à créer ou à écrire ({why(error)})") from error


def send(messages: Sequence[Message], post: Post, password: str) -> Delivery:
    """Hand the messages to the server, each in an envelope of its own; one that is refused stops no other.

    ``TargetError`` when nothing could be handed over.
    """
    sent: list[str] = []
    reasons: dict[str, str] = {}
    try:
        with _connected(post, password) as server:
            for message in messages:
                try:
                    server.sendmail(post.sender, [message.address], message.data)
                    sent.append(message.uai)
                except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
                    reasons[message.uai] = _answer(error)
    except (OSError, smtplib.SMTPException) as error:
        if not sent:
            raise TargetError(f"{post.host}:{post.port} : aucune lettre remise ({_reason(error)})") from error
    lost = {m.uai: "connexion perdue" for m in messages if m.uai not in {*sent, *reasons}}
    return Delivery(tuple(sent), (*reasons, *lost), reasons | lost)


def _connected(post: Post, password: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if post.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(post.host, post.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(post.host, post.port, timeout=PATIENCE)
    try:
        if post.security == "starttls":
            server.starttls(context=context)
        if post.user:
            server.login(post.user, password)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _answer(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> str:
    """Return what a server's reply code means for a mailbox (RFC 5321 §4.2.1)."""
    code = (
        error.smtp_code
        if isinstance(error, smtplib.SMTPResponseException)
        else next(iter(error.recipients.values()))[0]
    )
    meaning = "passager, réessayez plus tard" if code < PERMANENT else "définitif, vérifiez l’adresse dans l’annuaire"
    return f"{code}, {meaning}"


def _reason(error: Exception) -> str:
    """Return what went wrong, without what was sent: a server may repeat a password."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def _addressed(
    letter: Letter, recipient: Recipient, post: Post, newsroom: Newsroom, audience: Audience, now: datetime
) -> EmailMessage:
    """Return a message that has its headers and no text yet."""
    identity = _identity(letter, recipient, newsroom, audience)
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(header(newsroom.title), addr_spec=post.sender)
    made["To"] = Address(header(recipient.name), addr_spec=recipient.address)
    made["Reply-To"] = post.reply_to
    made["Subject"] = header(letter.subject)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{identity}@{post.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    return made


def _list_headers(recipient: Recipient, post: Post, audience: Audience) -> bytes:
    """Return the headers of a mailing list (RFC 2919, 2369, 8058), written here.

    The library takes an address longer than a line for words, and encodes it: no mail reader follows that.
    """
    unsubscribe = post.unsubscribe.replace("{uai}", recipient.uai)
    rows = [f"List-Id: <semaine.{urlsplit(audience.address).hostname}>", f"List-Unsubscribe: <{unsubscribe}>"]
    if unsubscribe.startswith("https:"):
        rows.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return "".join(f"{row}\r\n" for row in rows).encode("ascii")


def header(text: str) -> str:
    """Return a text that is one line of a header: no control, no line or bidirectional mark, no lone surrogate."""
    kept = (c if _is_plain(c) else " " for c in text)
    line = " ".join("".join(kept).split())
    return line if len(line) <= HEADER_LIMIT else line[: HEADER_LIMIT - 1].rstrip() + "…"


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or char in JOINERS


def _identity(letter: Letter, recipient: Recipient, newsroom: Newsroom, audience: Audience) -> uuid.UUID:
    """Return what names the message: a letter that is sent twice is one to a mail reader."""
    name = f"gazette:{newsroom.identifier}/lettre/{audience.name}/{letter.week}/{recipient.address.lower()}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def _proofed_text(proofed: Proofed, name: str) -> str:
    """Return a proofed file as it was when it was proofed; ``TargetError`` when it changed since."""
    data = (Path(proofed.root) / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != proofed.manifest.files[name].digest:
        raise TargetError(f"{name} : ce fichier a changé depuis ses épreuves ; relancez la commande")
    return data.decode("utf-8")
