"""HTML as browsers read it → the same as XML, which reading devices ask for."""

from __future__ import annotations

from xml.sax.saxutils import escape

from lxml import etree, html
from markupsafe import Markup


def xhtml(text: str) -> Markup:
    """Return a fragment as well-formed XML."""
    parent = html.fragment_fromstring(str(text), create_parent="div")
    inner = [etree.tostring(child, method="xml", encoding="unicode") for child in parent]
    return Markup(escape(parent.text or "") + "".join(inner))  # noqa: S704  # what came was mark-up, and is again
