"""In which letters bytes are written that say nothing, or something else: UTF-8, French of old, or none we can tell."""

from __future__ import annotations

from gazette.newsdesk.fault import unreadable

FRENCH = frozenset("àâäæçéèêëîïôöœùûüÿ«»“”‘’–—…•·°€§©®²³\u00a0")
"""Letters and signs of French texts, beyond ASCII."""
CUT = 10
"""Letters beyond ASCII for one that is cut, from which a text is UTF-8 nonetheless."""


def unknown() -> dict[str, str]:
    """Return what is told of a document whose letters cannot be told."""
    return unreadable("FLX-01", "jeu de caractères inconnu, ou qui n’est pas celui qui est déclaré : publiez en UTF-8")


def whole(body: bytes) -> bytes:
    """Return a text in UTF-8 without the few letters that a program cut in two: one would hide all the others."""
    text = body.decode("utf-8", "replace")
    cut = text.count("\ufffd")
    is_utf8 = 0 < CUT * cut < sum(not c.isascii() for c in text)
    return text.replace("\ufffd", "").encode() if is_utf8 else body


def legible(body: bytes) -> str | None:
    """Return the text of bytes whose charset is guessed (F66): another's letters are never shown as accents."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
        return text if all(c.isascii() or c.lower() in FRENCH for c in text) else None
