"""A blog's whole archive → items: a WordPress export (WXR) or an RSS or Atom file; run in a worker, as feeds are."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import feedparser

from gazette.model.text import clean, clean_line
from gazette.newsdesk.feed import moment
from gazette.newsdesk.item import Item
from gazette.newsdesk.prose import IMAGES, prose, public_link, words
from gazette.newsdesk.shortcodes import Attachment, Codes

ITEMS = 5000
TEXT = 400_000
"""Characters of HTML of one article."""
_ENTITY = re.compile(rb"<!ENTITY|<\?xml-model|xi:include", re.IGNORECASE)
_PLAYED = re.compile(r"<(?:iframe|video|audio|object|embed)\b", re.IGNORECASE)
_TOLD = {
    "private": "article privé, ou protégé par un mot de passe",
    "trash": "article à la corbeille",
    "attachment": "fiche de média (ses images sont reprises dans les articles)",
    "other": "menu, bloc ou réglage de WordPress",
    "comment": "commentaire de lecteur",
    "nameless": "article sans titre ni texte",
}
"""What is left aside, as a report counts it."""


def parse(body: bytes) -> dict[str, Any]:
    """Return ``{items, left, notes}`` of an archive, or ``{fault}``, ready for JSON."""
    if _ENTITY.search(body.replace(b"\0", b"")):
        return {"fault": "entités XML interdites (bombe, ou fichier à inclure)"}
    headers = {"content-type": "application/xml"}
    found = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.version and not found.entries:
        return {"fault": "ce n’est ni un export de WordPress, ni un flux RSS ou Atom"}
    attachments = _attachments(found.entries)
    left: Counter[str] = Counter()
    items: list[dict[str, Any]] = []
    notes: list[str] = []
    for entry in found.entries[:ITEMS]:
        why = _left(entry)
        if why:
            left[_TOLD[why]] += 1
            continue
        left[_TOLD["comment"]] += len(_rows(entry.get("wp_comment_id")))
        item, lost = _item(entry, attachments)
        if item is None:
            left[_TOLD["nameless"]] += 1
            continue
        items.append(item.as_json())
        notes += [f"{item.title} : {what}" for what in lost]
    if len(found.entries) > ITEMS:
        notes.append(f"{len(found.entries)} articles : les {ITEMS} premiers sont lus")
    if (
        found.bozo
        and found.get("bozo_exception")
        and not isinstance(found.bozo_exception, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType))
    ):
        notes.append("fichier abîmé : ce qui suit l’endroit abîmé n’est pas repris")
    return {"items": items, "left": {k: v for k, v in left.items() if v}, "notes": notes}


def _rows(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def _left(entry: Any) -> str:  # noqa: ANN401  # feedparser's
    kind, status = entry.get("wp_post_type", "post"), entry.get("wp_status", "publish")
    if kind == "attachment":
        return "attachment"
    if kind not in {"post", "page"}:
        return "other"
    if status in {"trash", "auto-draft"}:
        return "trash"
    return "private" if status == "private" or clean_line(entry.get("wp_post_password") or "") else ""


def _attachments(entries: list[Any]) -> dict[str, Attachment]:
    """Return the media that an export tells of, which galleries name by their ids."""
    found = {}
    for entry in entries:
        url = public_link(str(entry.get("wp_attachment_url") or ""))
        if entry.get("wp_post_type") == "attachment" and url:
            caption = words(str(entry.get("excerpt_encoded") or ""))[:300]
            found[str(entry.get("wp_post_id"))] = Attachment(url, caption, str(entry.get("wp_post_parent") or ""))
    return found


def _item(entry: Any, attachments: dict[str, Attachment]) -> tuple[Item | None, list[str]]:  # noqa: ANN401  # feedparser's
    """Return the article, and what of it could not be kept."""
    link = public_link(str(entry.get("link") or ""))
    content = next((c.get("value", "") for c in entry.get("content", ()) if c.get("value")), "")
    brief = str(entry.get("summary") or "")
    html = clean(content or brief)
    lost = ["texte coupé, il est trop long"] if len(html) > TEXT else []
    html = html[:TEXT]
    codes = Codes(attachments, str(entry.get("wp_post_id") or ""))
    html = codes.html(html)
    told = ", ".join(f"{name} × {count}" for name, count in sorted(codes.dropped.items()) if count)
    lost += [f"code(s) de WordPress sans équivalent ôté(s) ({told[:200]})"] if told else []
    lost += ["lecteur vidéo ou son incrusté, à remplacer par un lien"] if _PLAYED.search(html) else []
    if "<p" not in html:  # WordPress makes paragraphs of empty lines when it shows them
        html = "".join(f"<p>{part}</p>" for part in re.split(r"\n[ \t]*\n", html.replace("\r\n", "\n")))
    text = prose(html, link)
    beyond = html.lower().count("<img") - len(text.pictures)
    lost += [f"{beyond} image(s) sans adresse utilisable, ou au-delà de {IMAGES}"] if beyond > 0 else []
    title = words(str(entry.get("title") or "")) or words(text.markdown)[:80]
    if not title:
        return None, []
    tags = [words(str(t.get("term") or ""))[:60] for t in entry.get("tags", ())[:20]]
    identity = clean_line(str(entry.get("id") or "")) or link or title
    return (
        Item(
            id=identity[:500],
            title=title[:200],
            date=moment(entry.get("published_parsed") or entry.get("updated_parsed")),
            link=link,
            summary=words(str(entry.get("excerpt_encoded") or "") or (brief if content and brief != content else "")),
            markdown=text.markdown,
            pictures=text.pictures,
            keywords=tuple(t for t in tags if t and t.lower() not in {"non classé", "uncategorized"}),
        ),
        lost,
    )
