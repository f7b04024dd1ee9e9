"""What feed validators hold against a feed: every error and every warning, as a list to be empty.

The W3C's validator is in no package registry. Its rules that concern what we print are written here from its list of
messages; beside them stand the grammar of RFC 4287, the RSS Advisory Board's profile and a schema of JSON Feed 1.1.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import rnc2rng
from lxml import etree

SCHEMAS = Path(__file__).with_name("schemas")
ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
AT = "{http://purl.org/atompub/tombstones/1.0}"
CHANNEL = {
    *"title link description language copyright managingEditor webMaster pubDate lastBuildDate category".split(),
    *"generator docs cloud ttl image textInput skipHours skipDays item".split(),
    f"{ATOM}link",
    *(f"{ITUNES}{name}" for name in "author category explicit image owner summary subtitle type".split()),
}
ITEM = {
    *("title link description author category comments enclosure guid pubDate source".split()),
    f"{DUBLIN}creator",
    f"{ITUNES}duration",
    f"{CONTENT}encoded",
}
PLAYED = {"audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg"}
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RISKS = re.compile(r"<(script|iframe|object|embed|meta|style|form|link)\b|\son\w+=|\sstyle=|javascript:", re.IGNORECASE)
RELATIVE = re.compile(r"\s(?:href|src)=[\"'](?!https?://|mailto:|tel:)")


def podcast_faults(data: bytes) -> list[str]:
    """Return what Apple's directory and PSP-1 (the podcast standards project's) hold against a podcast."""
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    wanted = ("title", "description", "link", "language", f"{ITUNES}author", f"{ITUNES}owner/{ITUNES}email")
    faults = [f"channel: {name}" for name in wanted if not (channel.findtext(name) or "").strip()]
    explicit, category = channel.findtext(f"{ITUNES}explicit"), channel.find(f"{ITUNES}category")
    faults += ["explicit"] * (explicit not in {"true", "false"})
    faults += ["category"] * (category is None or category.get("text") != "Education")  # of Apple's list
    art = channel.find(f"{ITUNES}image")
    faults += ["artwork"] * (art is None or not re.fullmatch(r"https?://\S+\.(png|jpg)", art.get("href", "")))
    faults += ["self"] * (channel.find(f"{ATOM}link[@rel='self']") is None)
    items = channel.findall("item")
    faults += ["no item"] * (not items)
    faults += [f"guid twice: {v}" for v in _doubles(item.findtext("guid") for item in items)]
    for item in items:
        faults += [f"item: {name}" for name in ("title", "guid", "pubDate", "description") if not item.findtext(name)]
        sounds = item.findall("enclosure")
        told = sounds[0] if len(sounds) == 1 else etree.Element("enclosure")
        faults += ["enclosure"] * (told.get("type") not in PLAYED or int(told.get("length", "0")) <= 0)
        faults += ["duration"] * (not re.fullmatch(r"\d\d:\d\d:\d\d", item.findtext(f"{ITUNES}duration") or ""))
        faults += ["transcript"] * (not item.findtext(f"{CONTENT}encoded"))
    return faults


@cache
def grammar() -> etree.RelaxNG:
    """Return the grammar of RFC 4287."""
    xml = rnc2rng.dumps(rnc2rng.load(str(SCHEMAS / "atom.rnc")))
    return etree.RelaxNG(etree.fromstring(xml.replace(' xmlns:local=""', "").encode()))  # XML cannot name no name space


def atom_faults(data: bytes) -> list[str]:
    """Return what is wrong with an Atom feed."""
    tree = etree.fromstring(data)
    faults = [] if grammar().validate(tree) else [f"grammar: {error.message}" for error in grammar().error_log]
    entries = tree.findall(f"{ATOM}entry")
    faults += ["xml:lang"] * (tree.get("{http://www.w3.org/XML/1998/namespace}lang") != "fr")
    for name in ("id", "updated"):  # DuplicateEntries, DuplicateUpdated
        faults += [f"two entries with one {name}: {v}" for v in _doubles(e.findtext(f"{ATOM}{name}") for e in entries)]
    rels = [link.get("rel") for link in tree.findall(f"{ATOM}link")]
    faults += ["MissingSelf"] * (rels.count("self") != 1) + ["alternate"] * (rels.count("alternate") != 1)
    dates = [node for name in ("updated", "published") for node in tree.iter(f"{ATOM}{name}")]
    if any(not RFC_3339.fullmatch(node.text or "") for node in dates):
        return [*faults, "RFC 3339"]
    faults += _uris(node.text for node in tree.iter(f"{ATOM}id"))
    faults += [
        f"address: {link.get('href')}" for link in tree.iter(f"{ATOM}link") if not _is_absolute(link.get("href"))
    ]
    for entry in entries:
        faults += _atom_entry(entry)
    instants = [_instant(e.findtext(f"{ATOM}updated")) for e in entries]
    faults += ["older than an entry"] * (any(i > _instant(tree.findtext(f"{ATOM}updated")) for i in instants))
    gone = [node.get("ref") for node in tree.iter(f"{AT}deleted-entry")]
    faults += [
        f"tombstone: {node.attrib}" for node in tree.iter(f"{AT}deleted-entry") if set(node.attrib) != {"ref", "when"}
    ]
    faults += [f"both there and gone: {i}" for i in {e.findtext(f"{ATOM}id") for e in entries} & set(gone)]
    return faults


def _atom_entry(entry: etree._Element) -> Iterator[str]:
    rels = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
    if rels.count("alternate") != 1:  # RFC 4287, 4.1.2
        yield "an entry without its page, or with two"
    if entry.find(f"{ATOM}author") is None:
        yield "an entry without author"
    if not (entry.findtext(f"{ATOM}title") or "").strip():
        yield "NotBlank: title"
    for link in entry.findall(f"{ATOM}link"):
        if link.get("rel") == "enclosure" and not (link.get("length", "").isdigit() and "/" in link.get("type", "")):
            yield "an enclosure without length or type"
    if _instant(entry.findtext(f"{ATOM}published")) > _instant(entry.findtext(f"{ATOM}updated")):
        yield "updated before it was published"
    yield from _html(entry.findtext(f"{ATOM}content") or "")


def rss_faults(data: bytes, most: int = 10) -> list[str]:
    """Return what is wrong with an RSS feed, by its profile and by the ENT's."""
    tree = etree.fromstring(data)
    channel = tree.find("channel")
    if tree.tag != "rss" or tree.get("version") != "2.0" or channel is None or len(tree) != 1:
        return ["not RSS 2.0"]
    items = channel.findall("item")
    faults = [f"UndefinedElement: {n.tag}" for n in channel if n.tag not in CHANNEL]
    faults += [f"UndefinedElement: {n.tag}" for item in items for n in item if n.tag not in ITEM]
    once = ("title", "link", "description", "language", "lastBuildDate", f"{ATOM}link", "generator")
    faults += [f"{name}: {len(channel.findall(name))}" for name in once if len(channel.findall(name)) != 1]
    own = channel.find(f"{ATOM}link")
    if own is None or (own.get("rel"), own.get("type")) != ("self", "application/rss+xml"):
        faults.append("MissingSelf")
    if [n.tag for n in channel[:3]] != ["title", "link", "description"]:
        faults.append("order")
    faults += ["too many items"] * (len(items) > most)
    faults += [f"two items with one guid: {v}" for v in _doubles(item.findtext("guid") for item in items)]
    dates = [n.text or "" for n in (*channel.iter("pubDate"), *channel.iter("lastBuildDate"))]
    faults += [f"RFC 822: {d}" for d in dates if not RFC_822.fullmatch(d) or f"{parsedate_to_datetime(d):%a}" != d[:3]]
    addresses = [n.text for n in channel.iter("link")] + [n.get("href") for n in channel.iter(f"{ATOM}link")]
    addresses += [n.get("url") for name in ("enclosure", "source") for n in channel.iter(name)]
    faults += [f"address: {a}" for a in addresses if not _is_absolute(a)]
    for item in items:
        faults += _rss_item(item)
    return faults


def _rss_item(item: etree._Element) -> Iterator[str]:
    for name in ("title", "link", "description", "guid", "pubDate"):
        if len(item.findall(name)) != 1 or (name != "description" and not (item.findtext(name) or "").strip()):
            yield f"{name} of an item"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield "InvalidHttpGUID"
    yield from _uris([item.findtext("guid")])
    if len(item.findall("enclosure")) > 1:
        yield "DuplicateEnclosure"
    for file in item.findall("enclosure"):
        if set(file.attrib) != {"url", "length", "type"} or not file.get("length", "").isdigit():
            yield "an enclosure without length or type"
    yield from _html(item.findtext("description") or "")


def json_faults(data: bytes) -> list[str]:
    """Return what is wrong with a JSON feed."""
    made = json.loads(data)
    schema = json.loads((SCHEMAS / "json-feed-1.1.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    faults = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in validator.iter_errors(made)]
    faults += [f"two items with one id: {v}" for v in _doubles(row["id"] for row in made["items"])]
    return faults + [f for row in made["items"] for f in _html(row.get("content_html", ""))]


def opml_faults(data: bytes) -> list[str]:
    """Return what is wrong with a list of feeds, by OPML 2.0 (subscription lists)."""
    tree = etree.fromstring(data)
    if tree.tag != "opml" or tree.get("version") != "2.0" or [n.tag for n in tree] != ["head", "body"]:
        return ["not OPML 2.0"]
    faults = [f"outline without text: {dict(n.attrib)}" for n in tree.iter("outline") if not n.get("text")]
    leaves = [n for n in tree.iter("outline") if not len(n)]
    faults += [f"type: {dict(n.attrib)}" for n in leaves if n.get("type") != "rss"]
    faults += [f"address: {n.get(k)}" for n in leaves for k in ("xmlUrl", "htmlUrl") if not _is_absolute(n.get(k))]
    return faults + [f"twice: {v}" for v in _doubles(n.get("xmlUrl") for n in leaves)]


def _html(html: str) -> Iterator[str]:
    """Yield SecurityRisk and ContainsRelRef: outside of text, where a word is only a word."""
    for tag in re.findall(r"<[^>]+>", html):
        if RISKS.search(tag):
            yield f"SecurityRisk: {tag}"
        if RELATIVE.search(tag):
            yield f"ContainsRelRef: {tag}"


def _doubles(values: Iterable[str | None]) -> list[str | None]:
    return [value for value, count in Counter(values).items() if count > 1]


def _uris(values: Iterable[str | None]) -> list[str]:
    return [
        f"InvalidURN: {v}"
        for v in values
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", v or "")
    ]


def _is_absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"[\s<>\"{}|\\^`]", address or "")


def _instant(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "")
