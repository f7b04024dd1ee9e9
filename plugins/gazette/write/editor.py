"""What a text editor needs to help an author: the front matter as JSON Schema, snippets, and the check as a task."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gazette.read.forms import Form, kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = r"20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_HOUR = r"([01]?\d|2[0-3])[:h][0-5]\d"
_SHAPES: dict[str, dict[str, Any]] = {
    "day": {"type": "string", "pattern": f"^{_DAY}$"},
    "moment": {"type": "string", "pattern": f"^{_DAY}([ T]{_HOUR})?$"},
    "hour": {"type": "string", "pattern": f"^{_HOUR}$"},
    "yes_no": {
        "anyOf": [{"enum": ["oui", "non"]}, {"type": "boolean"}]
    },  # yaml-language-server takes no true in an enum
    "uai": {"type": "string", "pattern": "^[0-9]{7}[A-Z]$"},
    "address": {"type": "string", "pattern": "^(https?://.+)?$"},
    "number": {"type": "integer"},
    "text": {"type": "string"},
    "line": {"type": ["string", "integer"]},
}


def _matcher(severity: str, marks: str) -> dict[str, Any]:
    """Return what finds findings of a severity in what ``controler`` prints; VS Code reads no severity in French."""
    return {
        "owner": f"gazette-{severity}",
        "severity": severity,
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": rf"^(?:{marks}) · (.+?):(\d+):(\d+) · (.+?)  \[([A-Z]+-\d+)\]$",
            "file": 1,
            "line": 2,
            "column": 3,
            "message": 4,
            "code": 5,
        },
    }


TASKS = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "Gazette : contrôler",
            "detail": "Dit ce qui est à reprendre, à la ligne",
            "type": "shell",
            "command": "./gazette",
            "args": ["controler"],
            "group": {"kind": "test", "isDefault": True},
            "presentation": {"reveal": "silent"},
            "problemMatcher": [_matcher("error", "refusé|ARRÊT"), _matcher("warning", "remarque")],
        },
        {
            "label": "Gazette : aperçu",
            "detail": "Montre le site sur cet ordinateur",
            "type": "shell",
            "command": "./gazette",
            "args": ["apercu"],
            "isBackground": True,
            "problemMatcher": [],
        },
    ],
}
SETTINGS = {
    "[markdown]": {"editor.quickSuggestions": {"other": True}, "editor.wordWrap": "on"},
    "editor.snippetSuggestions": "top",
    "files.encoding": "utf8",
    "files.eol": "\n",
}


def files() -> Mapping[str, str]:
    """Return the files of ``.vscode/``, by name."""
    written = {
        "gazette.code-snippets": snippets(),
        "settings.json": SETTINGS,
        "tasks.json": TASKS,
        **{f"schemas/{kind}.json": schema(kind, rows) for kind, rows in kinds().items()},
    }
    return {name: json.dumps(data, ensure_ascii=False, indent=2) + "\n" for name, data in sorted(written.items())}


def schema(kind: str, rows: tuple[Form, ...]) -> dict[str, Any]:
    """Return the front matter of a kind as a JSON Schema (draft 2020-12)."""
    own = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"En-tête : {kind}"}
    return own | _object(rows)


def _object(rows: tuple[Form, ...]) -> dict[str, Any]:
    required = [row.key for row in rows if row.is_required]
    properties = {row.key: _property(row) for row in rows}
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _property(row: Form) -> dict[str, Any]:
    """Return what one key may hold; where a list is read, a lone value is too."""
    one = _one(row)
    if not row.is_list:
        return one | {"description": row.help}
    many: dict[str, Any] = {"type": "array", "items": one} | ({"minItems": 1} if row.is_required else {})
    lone = [{"type": "string"} if row.kind != "number" else {"type": ["string", "integer"]}]
    return {"anyOf": [many, *(lone if row.kind != "table" else [])], "description": row.help}


def _one(row: Form) -> dict[str, Any]:
    if row.kind == "table":
        inner = _object(row.inner)
        return {"anyOf": [inner, {"type": "string"}]} if row.key == "etapes" else inner  # a text alone is a step
    if row.kind == "choice":
        return {"enum": list(row.choices)}
    limits = {"pattern": row.pattern, "minimum": row.low, "maximum": row.high, "maxLength": row.longest}
    limits["minLength"] = 1 if row.is_required and row.kind == "line" else None
    return _SHAPES[row.kind] | {name: value for name, value in limits.items() if value not in (None, "")}


def snippets() -> dict[str, Any]:
    """Return a snippet a key: an editor without any extension offers the keys, and their choices."""
    rows = {row.key: row for kind in kinds().values() for row in kind}
    return {
        row.key: {"scope": "markdown", "prefix": row.key, "description": row.help, "body": _body(row)}
        for _, row in sorted(rows.items())
    }


def _body(row: Form) -> list[str]:
    if row.kind == "table":
        inner = [f"{part.key}: {_hole(part, rank)}" for rank, part in enumerate(_shown(row), 1)]
        if not row.is_list:
            return [f"{row.key}:", *(f"  {line}" for line in inner)]
        return [f"{row.key}:", f"  - {inner[0]}", *(f"    {line}" for line in inner[1:])]
    return [f"{row.key}: {_hole(row, 1)}"]


def _shown(row: Form) -> list[Form]:
    """Return the keys of a table that a draft begins with: those required, and who is on a picture."""
    wanted = [part for part in row.inner if part.is_required or part.key in {"alt", "personnes", "fin"}]
    return wanted or list(row.inner[:2])


def _hole(row: Form, rank: int) -> str:
    """Return where the cursor stops, with the choices that there are."""
    choices = row.choices or (("oui", "non") if row.kind == "yes_no" else ())
    if choices:
        return f"${{{rank}|{','.join(choices)}|}}"
    return "[$1]" if row.is_list else f"${{{rank}}}"
