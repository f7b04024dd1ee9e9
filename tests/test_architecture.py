"""The rules of docs/architecture.md, read in the source: who imports whom, who calls what, and what is named how."""

import ast
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.samples import ROOT

PACKAGE = ROOT / "plugins" / "gazette"
MODULES = {p.relative_to(PACKAGE).with_suffix("").as_posix(): p for p in sorted(PACKAGE.rglob("*.py"))}
STAGES = ("read", "rgpd", "compose", "press", "proof", "publish", "newsdesk")
BUILDERS = {"build", "inquiry", "mailing", "rehearsal", "removal"}
"""The pipeline, and what is asked of it."""
MAY_BUILD = (*BUILDERS, "plugin", "preview/watch", "terminal/", "verbs/")
HOMES = {
    "markdown": {"read/nested", "read/render"},
    "nh3": {"read/render"},
    "yaml": {"read/frontmatter"},
    "pydantic": {
        "read/depeche",
        "read/explain",
        "read/fields",
        "read/forms",
        "read/schema",
        "read/slips",
        "read/entry",
        "read/circonscription",
        "read/configuration",
        "read/identity",
        "read/registers",
    },
    "pydantic_core": {"read/explain"},
    "git": {"read/history"},
    "feedgen": {"press/feeds"},
    "lxml": {"press/feeds", "press/office", "press/xhtml"},
    "icalendar": {"press/calendar", "newsdesk/calendar"},
    "dateutil": {"newsdesk/calendar"},
    "feedparser": {"newsdesk/archive", "newsdesk/feed"},
    "PIL": {"press/images", "press/veil", "press/face_worker"},
    "numpy": {"press/face_worker"},
    "onnxruntime": {"press/face_worker"},
    "av": {"press/sounds"},
    "pypdf": {"press/pdf", "proof/unpacked"},
    "pi_heif": {"press/images"},
    "pagefind_bin": {"press/search"},
    "pelican": {"press/html", "plugin"},
    "css_inline": {"press/letter"},
    "jinja2": {
        "press/binding",
        "press/compiled",
        "press/html",
        "press/letter",
        "press/filters",
        "press/stage",
        "press/theme",
    },
    "markupsafe": {"press/filters", "press/marks", "press/xhtml"},
    "watchdog": {"preview/watch"},
    "invoke": {
        "cli",
        "terminal/call",
        "verbs/consent",
        "verbs/edge",
        "verbs/printing",
        "verbs/publication",
        "verbs/workshop",
        "verbs/writing",
    },
    "rich": {"publish/words"},
    "asyncssh": {"publish/ssh"},
    "bcrypt": {"publish/passwords"},
    "urllib3": {"publish/answer", "publish/s3", "publish/webdav"},
    "jours_feries_france": {"compose/school_time"},
    "phonenumbers": {"rgpd/phone"},
    "stdnum": {"rgpd/identifier"},
    "vacances_scolaires_france": {"compose/school_time"},
}
"""Each library and the only modules that may import it: an upgrade is read there."""
NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "base",
    "manager",
    "handler",
    "core",
    "tools",
    "shared",
}


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module once."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def imports(name: str) -> frozenset[str]:
    """Return what a module imports, wherever in it, as dotted names."""
    found = set()
    for node in ast.walk(tree(MODULES[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert 0 == node.level, f"{name}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def ours(name: str) -> set[str]:
    """Return our own modules and packages that a module imports, such as ``model`` or ``errors``."""
    return {imported.split(".")[1] for imported in imports(name) if imported.startswith("gazette.")}


@cache
def calls(path: Path) -> Counter[str]:
    """Count the calls of each name in a file."""
    found = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return Counter(
        f.id if isinstance(f, ast.Name) else f.attr for f in found if isinstance(f, ast.Name | ast.Attribute)
    )


def within(*starts: str) -> list[str]:
    """Return the modules whose names start so; there are some."""
    found = [name for name in MODULES if name.startswith(starts)]
    assert found
    return found


def theirs(name: str) -> set[str]:
    """Return the third-party libraries that a module imports."""
    return {i.split(".")[0] for i in imports(name)} - set(sys.stdlib_module_names) - {"gazette"}


def test_the_model_imports_the_standard_library_only():
    """Nouns depend on nothing (rule 1)."""
    bound = {name: theirs(name) | ours(name) - {"model", "errors"} for name in within("model/", "errors")}
    assert {} == {name: strays for name, strays in bound.items() if strays}


def test_a_stage_imports_itself_and_the_model():
    """Stages never import each other (rule 1); several have work done in other processes."""
    wrong = {}
    for stage in STAGES:
        own = {"model", "errors", "settings", "pool", "hands", stage}
        wrong |= {name: strays for name in within(f"{stage}/") if (strays := ours(name) - own)}
    assert {} == wrong


def test_only_ways_in_start_a_build():
    """``build`` is imported by Pelican's way in, by the preview and by the verbs' half of the terminal (rule 2)."""
    builders = [name for name in MODULES if BUILDERS & ours(name)]
    assert (True, []) == (bool(builders), [name for name in builders if not name.startswith(MAY_BUILD)])


def test_nothing_knows_of_the_terminal():
    """What a stage finds is a value; only verbs put it in words on a terminal."""
    others = [name for name in MODULES if not name.startswith(("terminal/", "verbs/", "cli"))]
    assert [] == [name for name in others if {"terminal", "verbs"} & ours(name)]


def test_one_library_one_home():
    """Each third-party library is imported where its upgrades are read, and nowhere else (rule 3)."""
    strays = [(name, library) for name in MODULES for library in theirs(name) if name not in HOMES.get(library, set())]
    assert [] == sorted(strays)


def test_what_is_pure_has_no_clock_no_network_and_no_disk():
    """The day is given, and bytes are read and written elsewhere (rule 4)."""
    edges = set("os io time socket ssl subprocess shutil tempfile urllib http sqlite3 random".split())
    clocks = set("now today utcnow open read_text read_bytes write_text".split())
    wrong = {}
    for name in within("model/", "rgpd/", "compose/"):
        touched = {i.split(".")[0] for i in imports(name)} & edges | set(calls(MODULES[name])) & clocks
        wrong |= {name: touched} if touched else {}
    assert {} == wrong


def test_every_module_is_a_noun():
    """Something without a home is a noun not named yet (rule 5)."""
    assert [] == [name for name in MODULES if set(name.split("/")) & NAMELESS]


@pytest.mark.parametrize(("noun", "maker"), [("Cleared", "rgpd/stage"), ("Proofed", "proof/stage")])
def test_what_may_be_printed_or_published_has_one_maker(noun: str, maker: str):
    """Only the gate makes ``Cleared``, only proofs make ``Proofed`` (rule 6)."""
    assert [(maker, 1)] == [(name, n) for name, path in MODULES.items() if (n := calls(path)[noun])]


def catches_all(path: Path) -> int:
    """Count the handlers that would catch a bug."""
    count = 0
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"BaseException"}
            count += bool(caught & {"Exception", "BaseException"})
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "suppress":
            count += any(isinstance(a, ast.Name) and a.id in {"Exception", "BaseException"} for a in node.args)
    return count


def test_bugs_are_never_caught():
    """But twice: at the edge of a verb, and where foreign bytes meet foreign libraries (rule 7)."""
    files = MODULES | {"tasks": ROOT / "tasks.py"}
    assert {"read/worker": 1, "verbs/edge": 1} == {n: c for n, p in files.items() if (c := catches_all(p))}


def test_verbs_import_when_they_are_called():
    """Help starts at once: to load tasks.py takes none of our libraries but its command line, which brings YAML."""
    code = "import sys, tasks; print(*{name.split('.')[0] for name in sys.modules})"
    words = [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"]
    loaded = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {"invoke", "yaml"} == set(loaded) & set(HOMES)
