"""The draft of an authorisation and its form, as they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gazette.papers.consent import form, write_authorisation
from gazette.papers.paper import check_paper, write_paper
from gazette.terminal.call import DONE, shown

if TYPE_CHECKING:
    from gazette.model.newsroom import Newsroom
    from gazette.order import Order


def new_authorisation(wanted: Order, newsroom: Newsroom, title: str, form_path: str) -> int:
    """Write the draft of an authorisation, and the form to sign when it is asked for."""
    check_paper(form_path, wanted.output, wanted.content)
    path = write_authorisation(wanted.content, newsroom, title, wanted.now.date())
    print(shown(path))
    if form_path:
        write_paper(Path(form_path), form(newsroom, title, path.stem, wanted.now.date()))
        print(f"À imprimer et à faire signer : {form_path}. Les feuilles signées restent à l’école.")
    return DONE
