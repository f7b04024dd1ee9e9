"""Office documents (OpenDocument, Office Open XML): packed anew without author, history nor programs."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from lxml import etree

from gazette.press.images import likenesses
from gazette.press.metadata import is_picture, without_metadata
from gazette.press.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
OOXML = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
PARTS, UNPACKED = 3000, 200_000_000
"""Most parts, and most bytes once unpacked."""
BROKEN = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, KeyError, struct.error, zlib.error)
"""What a damaged or protected pack makes the library raise."""
EPOCH = (1980, 1, 1, 0, 0, 0)
AS_PDF = "exportez-le en PDF"
_META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    "<office:meta/></office:document-meta>"
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006"
BLANK = {
    "meta.xml": _META,
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_EXTENDED}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_EXTENDED}/custom-properties"/>',
}
"""Parts that tell who wrote a document, when and with what; they stay, since others name them, and say nothing."""
DROPPED = re.compile(
    r"Thumbnails/|Configurations2/|settings\.xml\Z|layout-cache\Z|manifest\.rdf\Z|"
    r"docProps/thumbnail\.|customXml/|word/people\.xml|xl/printerSettings/|ppt/printerSettings/"
)
"""Parts that go, with all that names them: none is needed to read the document."""
REFUSED = (
    (
        re.compile(r"(?i)vbaProject|vbaData|(?:\A|/)Basic/|(?:\A|/)Scripts/|activeX|xl/macrosheets/"),
        "contient des macros",
    ),
    (re.compile(r"(?i)comment|xl/persons/|threaded|(?:\A|/)xl/revisions/"), "contient des commentaires"),
    (
        re.compile(r"(?i)embeddings/|externalLinks|connections\.xml|oleObject"),
        "contient un autre document, ou en appelle un",
    ),
    (re.compile(r"META-INF/(?!manifest\.xml)|_xmlsignatures"), "est signé"),
)
_FORBIDDEN_TAGS = {
    "annotation": "contient des commentaires",
    "tracked-changes": "garde ce qui a été effacé (suivi des modifications)",
    "ins": "garde ce qui a été effacé (suivi des modifications)",
    "del": "garde ce qui a été effacé (suivi des modifications)",
    "moveFrom": "garde ce qui a été effacé (suivi des modifications)",
    "event-listener": "contient des macros",
    "encryption-data": "protégé par un mot de passe",
    "attachedTemplate": "dépend d'un modèle qui n'est pas joint",
}
_GONE_TAGS = frozenset({"absPath", "fileSharing", "rsids", "rsid", "rsidRoot"})
"""Elements that tell where the author keeps files, or which hand wrote which words."""
_BREAKS = frozenset("p h br tr row si table-row line-break page list-item".split())
_CELLS = frozenset("tc c table-cell tab".split())
_TOLD = frozenset("descr title string-value v".split())
"""Attributes that hold words of the document."""
_FRAME = re.compile(
    r"\.rels\Z|\[Content_Types\]|manifest\.xml|word/(?:styles|stylesWithEffects|fontTable|webSettings|numbering)\.xml|/theme/"
)
"""Parts without words of the author; an OpenDocument's styles hold its headers, and are read."""
_EMPTY = re.compile(r"\n\s*\n")
_HYPERLINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def print_office(data: bytes, target: Path) -> dict[str, Any]:
    """Write the document without what it tells of its making, and return ``{format, text}``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = _unpacked(pack)
    except BROKEN as error:
        raise UnreadableError("illisible : document abîmé ou protégé", AS_PDF) from error
    form = _form(parts)
    for name in parts:
        for pattern, why in REFUSED:
            if pattern.search(name):
                raise UnreadableError(why, f"enlevez ce qui ne doit pas paraître, ou {AS_PDF}")
    kept = {name: body for name, body in parts.items() if not DROPPED.match(name)}
    trees = {name: _tree(body) for name, body in kept.items() if name.endswith((".xml", ".rels")) and not _blank(name)}
    shared = [_words(item, []) for item in trees.get("xl/sharedStrings.xml", ())]
    for name, tree in trees.items():
        _clean(name, tree, frozenset(kept), frozenset(parts))
    texts = [_words(tree, shared) for name, tree in trees.items() if not _FRAME.search(name)]
    made = {
        name: etree.tostring(trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        if name in trees
        else _other(name, body)
        for name, body in kept.items()
    }
    target.write_bytes(_packed(made))
    seen = likenesses(body for name, body in kept.items() if name not in trees and is_picture(body))
    return {"format": form, "text": "\n\n".join(texts), "likenesses": seen}


def _unpacked(pack: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the parts by name; a pack that lies about them is refused."""
    found = [info for info in pack.infolist() if not info.is_dir()]
    names = [info.filename for info in found]
    is_odd = any(n.startswith("/") or ".." in n.split("/") or "\\" in n for n in names)
    if is_odd or len(set(names)) < len(names) or len(names) > PARTS:
        raise UnreadableError("illisible : document abîmé", AS_PDF)
    if sum(info.file_size for info in found) > UNPACKED:
        raise UnreadableError("trop lourd une fois déplié (plus de 200 Mo)", AS_PDF)
    return {info.filename: pack.read(info) for info in found}


def _form(parts: Mapping[str, bytes]) -> str:
    """Return the extension of what the parts are, whatever the file's name says."""
    if "mimetype" in parts:
        form = ODF.get(parts["mimetype"].decode("ascii", "replace").strip(), "")
    else:
        form = next((form for name, form in OOXML.items() if name in parts), "")
        if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
            raise UnreadableError("contient des macros", "enregistrez-le sans macros, ou en PDF")
    if not form:
        raise UnreadableError("ni PDF, ni document de bureautique", AS_PDF)
    return form


def _tree(body: bytes) -> Any:  # noqa: ANN401  # lxml's element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("illisible : document abîmé", AS_PDF) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("contient des entités XML", AS_PDF)
    return root


def _local(element: Any) -> str:  # noqa: ANN401
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _clean(name: str, root: Any, kept: frozenset[str], parts: frozenset[str]) -> None:  # noqa: ANN401
    """Refuse what is hidden or asks for another file, drop what names the author, and what names a part that went."""
    folder = posixpath.dirname(posixpath.dirname(name))
    gone = parts - kept
    for element in list(root.iter()):
        tag = _local(element)
        if tag in _FORBIDDEN_TAGS and (tag != "tracked-changes" or len(element)):
            raise UnreadableError(_FORBIDDEN_TAGS[tag], f"enlevez ce qui ne doit pas paraître, ou {AS_PDF}")
        if tag == "Relationship":
            is_gone = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/") in gone
            is_link = element.get("Type", "").endswith("/hyperlink") and _HYPERLINK.match(element.get("Target", ""))
            if element.get("TargetMode") == "External" and not is_link:
                raise UnreadableError("appelle un fichier d'ailleurs", AS_PDF)
        elif tag not in {"a", "hlinkClick"} and _is_outside(element):
            raise UnreadableError("appelle un fichier d'ailleurs", AS_PDF)
        else:
            named = element.get("PartName", "") or next((v for k, v in element.items() if k.endswith("}full-path")), "")
            is_gone = named.lstrip("/") in gone
        if tag == "pageSetup":
            element.attrib.pop(f"{{{_EXTENDED}/relationships}}id", None)  # the printer's settings
        if (is_gone or tag in _GONE_TAGS) and element.getparent() is not None:
            element.getparent().remove(element)


def _is_outside(element: Any) -> bool:  # noqa: ANN401
    """Tell whether an OpenDocument element shows what another file holds."""
    return any(key.endswith("/xlink}href") and ":" in value for key, value in element.items())


def _words(root: Any, shared: list[str]) -> str:  # noqa: ANN401
    """Return the words, a line for each paragraph or row, with a tabulation between cells."""
    said: list[str] = []
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = _local(element)
        if event == "start":
            depth += tag in _CELLS
            said.append(_text(element, tag, shared))
            said += [f" {value} " for key, value in element.items() if key.rsplit("}")[-1] in _TOLD]
        else:
            depth -= tag in _CELLS
            said.append("\t" if tag in _CELLS else "" if tag not in _BREAKS else " " if depth else "\n")
            said.append(element.tail or "" if element is not root else "")
    return _EMPTY.sub("\n", "".join(said))


def _text(element: Any, tag: str, shared: list[str]) -> str:  # noqa: ANN401
    """Return an element's own text; that of a spreadsheet's cell may be the rank of a shared one."""
    text = element.text or ""
    parent = element.getparent()
    if tag == "v" and parent is not None and parent.get("t") == "s" and text.isdecimal() and int(text) < len(shared):
        return shared[int(text)].strip()
    return text


def _blank(name: str) -> str:
    """Return what stands for a part that tells who wrote the document; "" for any other."""
    return BLANK.get("meta.xml" if posixpath.basename(name) == "meta.xml" else name, "")


def _other(name: str, body: bytes) -> bytes:
    """Return a part that is no XML: pictures lose their metadata, and anything that may hold some is refused."""
    if _blank(name):
        return _blank(name).encode()
    if is_picture(body):
        return without_metadata(body)
    if name == "mimetype" or name.endswith((".odttf", ".fntdata", ".ttf", ".otf")):
        return body
    remedy = f"remplacez-la par une image JPEG ou PNG, ou {AS_PDF}"
    raise UnreadableError("contient une image d'un format que l'on ne sait pas nettoyer", remedy)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts in a zip file, always the same; OpenDocument wants its type first, and stored."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as pack:
        for name, body in sorted(
            parts.items(), key=lambda p: (p[0] != "mimetype", p[0] != "[Content_Types].xml", p[0])
        ):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.create_system = 3
            pack.writestr(info, body)
    return stream.getvalue()
