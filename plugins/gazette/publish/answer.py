"""What a web server answers, read no further than a note of ours may go."""

from __future__ import annotations

import urllib3

from gazette.errors import TargetError
from gazette.publish.disk import MOST


def note_of(answer: urllib3.BaseHTTPResponse, name: str) -> bytes:
    """Return the note that an answer, not read yet, brings; nothing of what is too large to be ours."""
    try:
        data = answer.read(MOST + 1)
    except urllib3.exceptions.HTTPError as error:
        raise TargetError(f"{name} : {lost(error)}") from error
    finally:
        answer.close()
    return data if len(data) <= MOST else b""


def lost(error: urllib3.exceptions.HTTPError) -> str:
    """Return why a connection failed; a certificate that nobody vouches for is told as such."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, urllib3.exceptions.SSLError):
        return "machine non reconnue (son certificat n'est garanti par personne) ; rien n'a été envoyé"
    return f"connexion perdue ({type(error).__name__}) ; relancez"
