"""Token feeds: what a secret makes of an edition, a school year and a series (CONTRACT §5, record 7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import date
from typing import TYPE_CHECKING

from gazette.errors import ConfigurationError
from gazette.model.moment import school_year, school_year_label
from gazette.model.newsroom import Audience

if TYPE_CHECKING:
    from gazette.model.newsroom import Newsroom

SUFFIX = "-jeton"
"""Of the name of an edition's token feeds: ``directeurs-jeton``."""
VARIABLE = "GAZETTE_SECRET_JETON"
"""Of the environment, which holds the secret."""
PREVIEW_SECRET = b"the preview's secret hides nothing"
"""What the preview makes its names with: they are not those on line."""
LEAST = 16
"""Characters of a secret: fewer could be guessed by who holds one address."""
BYTES = 20
"""Of a token, out of the thirty-two: 160 bits, thirty-two letters to copy."""
_TOKEN = re.compile(r"(?<=-)[a-z2-7]{32}(?=\.xml)")


def secret_of(text: str) -> bytes:
    """Return the secret that the variable's text is, b"" when there is none; ``ConfigurationError`` when it is weak."""
    text = text.strip()
    if text and len(text) < LEAST:
        remedy = f"choisissez-en {LEAST} au moins, au hasard (docs/jetons.md dit comment)"
        raise ConfigurationError(f"{VARIABLE} : secret de moins de {LEAST} signes ; {remedy}")
    return text.encode()


def token(secret: bytes, newsroom: Newsroom, audience: Audience, day: date, feed: str) -> str:
    """Return the unguessable part of a feed's name on a day: letters a to z and figures 2 to 7, none of 0, 1, 8, 9."""
    assert audience.token_feeds  # noqa: S101  # the caller looked
    year = school_year_label(school_year(day))
    message = f"{newsroom.identifier}/{audience.name}/{year}/{audience.token_feeds.series}/{feed}"
    digest = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:BYTES]).decode().lower()


def token_path(secret: bytes, newsroom: Newsroom, audience: Audience, day: date, feed: str) -> str:
    """Return the path of a token feed: the fil's name, which a hand can tell, then the token."""
    return f"{feed}-{token(secret, newsroom, audience, day, feed)}.xml"


def token_audience(audience: Audience) -> Audience:
    """Return the readers of an edition's token feeds: they may see what that edition shows, at another address."""
    assert audience.token_feeds  # noqa: S101  # the caller looked
    return Audience(audience.rank, audience.name + SUFFIX, audience.title, audience.token_feeds.address)


def feed_names(newsroom: Newsroom, audience: Audience) -> tuple[str, ...]:
    """Return the feeds an edition has token feeds of: everything, then each fil that its audience may see."""
    return ("tout", *(f.name for f in newsroom.fils if audience.may_read(f.floor)))


def tokens(secret: bytes, newsroom: Newsroom, day: date) -> frozenset[str]:
    """Return every token of the circonscription on a day: what no printed byte may hold."""
    if not secret:
        return frozenset()
    return frozenset(
        token(secret, newsroom, a, day, name)
        for a in newsroom.audiences
        if a.token_feeds
        for name in feed_names(newsroom, a)
    )


def masked(text: str) -> str:
    """Return a text as logs may tell it, without what could be a token."""
    return _TOKEN.sub("…", text)


def last_day(day: date) -> date:
    """Return the last day of the addresses that hold on a day: the school year turns on 1 August."""
    return date(school_year(day) + 1, 7, 31)
