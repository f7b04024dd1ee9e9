"""How the ENT reads a feed: its server's SAX reader and its widget, by their published source (release 2.1.4)."""

import xml.sax
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

SUFFIXES = (".rss", ".xml", ".rdf", ".atom", ".feed")
SHOWN = 10


@dataclass
class Channel:
    """What the server keeps of a feed."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    items: list[dict[str, str]] = field(default_factory=list)


class Reader(ContentHandler):
    """Keyed on raw names, without name spaces: whatever is called ``title`` is a title."""

    def __init__(self) -> None:
        super().__init__()
        self.channel = Channel()
        self.item: dict[str, str] | None = None
        self.text = ""
        self.is_rss = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802  # SAX's name
        """Forget the text before: raw mark-up within a description loses it."""
        self.text = ""
        if name == "rss":
            self.is_rss = True
        elif name == "item":
            self.item = {}

    def characters(self, content: str) -> None:
        """Gather the text."""
        self.text += content

    def endElement(self, name: str) -> None:  # noqa: N802  # SAX's name
        """Keep the text under the name, of the item when there is one; a channel's title after items is lost."""
        if name == "item" and self.item is not None:
            self.channel.items.append(self.item)
            self.item = None
        elif self.item is not None and name in {"title", "link", "description", "pubDate", "dc:date"}:
            self.item[name] = self.text
        elif self.item is None and not self.channel.items and name in {"title", "link", "description", "language"}:
            setattr(self.channel, name, self.text)
        self.text = ""


def accepts(address: str) -> bool:
    """Tell whether the widget lets a user add this address."""
    parts = urlsplit(address)
    last = parts.path.rsplit("/", 1)[-1]
    return parts.scheme in {"http", "https"} and (parts.path.endswith(SUFFIXES) or "." not in last)


def fetch(data: bytes) -> Channel:
    """Return what the server makes of the feed's bytes, UTF-8 whatever they declare; nothing when they are no XML."""
    reader = Reader()
    try:
        xml.sax.parseString(data.decode("utf-8"), reader)  # noqa: S317  # our own feeds
    except xml.sax.SAXException:
        return Channel()
    return reader.channel if reader.is_rss else Channel()


def show(channel: Channel) -> list[tuple[str, str, str, str]]:
    """Return title, link, HTML and day of each item the widget shows, in the feed's order."""
    return [
        (i["title"], i["link"], i["description"], parsedate_to_datetime(i["pubDate"]).isoformat())
        for i in channel.items[:SHOWN]
    ]
