"""A front matter changed in place: keys set, added or taken away; comments and everything else stay as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError
from gazette.read.frontmatter import front_matter, with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = re.compile(r"\A(?!true\Z|false\Z|null\Z)[A-Za-z_À-ÿ][\w./-]*\Z|\A\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?\Z")
"""Text that reads as itself without quotes."""
_COMMENT = re.compile(
    r"""[\w-]+\s*:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\{[^{}]*\}|\[[^\[\]]*\]|[^"'{\[#][^#]*?)?(\s+#.*)\Z"""
)
"""What is said of a value at the end of its line."""


def written(value: Any) -> str:  # noqa: ANN401  # YAML is any tree
    """Return the value on one line of YAML, quoted where it must be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(item)}' for key, item in value.items())}}}"
    text = str(value)
    return text if _PLAIN.match(text) else "'" + text.replace("'", "''") + "'"


def changed(text: str, keys: Mapping[str, Any]) -> str:
    """Return the file with these keys set, or taken away where the value is None; its line ends stay.

    What was written is read back: where a front matter is of a form this cannot change, ``ConfigurationError`` says
    what to type by hand, and nothing is lost.
    """
    before = front_matter(with_line_feeds(text))
    lines = with_line_feeds(text).split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    head, rest = lines[1:end], lines[end:]
    for key, value in keys.items():
        _set(head, key, value)
    result = "\n".join([lines[0], *head, *rest])
    after = front_matter(result)
    wanted = {k: v for k, v in (before.values | dict(keys)).items() if v is not None}
    if not end or before.faults or after.faults or after.values != wanted or after.body != before.body:
        typed = " · ".join(f"{k}: {written(v)}" for k, v in keys.items() if v is not None)
        raise ConfigurationError(f"en-tête que cette commande ne sait pas changer · écrivez-y vous-même {typed}")
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _set(head: list[str], key: str, value: Any) -> None:  # noqa: ANN401
    """Put the key where it stands, or last; drop it where there is no value."""
    found = [n for n, line in enumerate(head) if re.match(rf"{re.escape(key)}\s*:(?:\s|\Z)", line)]
    line = [] if value is None else [f"{key}: {written(value)}"]
    if found:
        first = found[0]
        comment = _COMMENT.match(head[first])
        if line and comment:
            line = [line[0] + comment[1]]
        head[first : _after(head, first)] = line
    else:
        head.extend(line)


def _after(head: list[str], first: int) -> int:
    """Return the line that follows the block of the key that starts at ``first``; comments at the margin are apart."""
    last = first
    for number in range(first + 1, len(head)):
        if head[number].startswith((" ", "\t", "- ")) or head[number].rstrip() == "-":
            last = number
        elif head[number].strip() and not head[number].startswith("#"):
            break
    return last + 1
