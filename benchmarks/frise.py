"""Measures the frise alone, with N events over six school years: ``frise.py [N]`` prints JSON.

Composing and digesting its sheets (processor), the weight of the current year's page, a zoom and a filter in Chromium.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from gazette.compose.desk import Desk
from gazette.compose.frise import frise
from gazette.compose.site import site
from gazette.model.cleared import Cleared
from gazette.model.entry import Evenement
from gazette.model.sheet import Edition
from gazette.press.html import print_pages
from gazette.press.theme import theme
from tests.browser import FLAGS, chromium
from tests.compose.newsstand import audience, happening, school
from tests.samples import NOW, ROOT, sample_newsroom

TIMED = """([name, value]) => {
  const control = document.querySelector(`.commandes [name=${name}]${value ? `[value=${value}]` : ""}`);
  const times = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const start = performance.now();
    if (control.matches("select")) { control.selectedIndex = turn % 2 ? 1 : 8; }
    else { control.checked = !control.checked; }
    control.dispatchEvent(new Event("change", { bubbles: true }));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4];
}"""


def calendar(count: int) -> list[Evenement]:
    """Return events of six school years, some of several days, for schools and levels, the same at each run."""
    dice, first = random.Random(1), dt.date(2022, 9, 1)
    found = []
    for n in range(count):
        day = first + dt.timedelta(dice.randrange(6 * 365 - 60))
        end = day + dt.timedelta(dice.choice((0, 0, 0, 1, 4, 12)))
        facts = {
            "lanes": (dice.choice(("actualites", "projets")),),
            "levels": dice.choice(((), ("CP",), ("CM1", "CM2"))),
        }
        schools = (f"0869{dice.randrange(60):03}X",) if n % 3 == 0 else ()
        one = happening(f"evenement-{n}", str(day), str(end), schools=schools, **facts)
        found.append(replace(one, title=f"Rencontre sportive des écoles du secteur, rendez-vous n° {n}"))
    return found


def main(count: int) -> None:
    """Compose, print the current year, open it."""
    entries = [*calendar(count), *(school(f"0869{n:03}X") for n in range(60))]
    newsroom = sample_newsroom()
    desk = Desk(audience("public"), newsroom, NOW, tuple(Cleared(e) for e in entries), {}, bytes(32))
    start = time.process_time()
    sheets = list(frise(desk))
    composed = time.process_time()
    assert all(sheet.digest for sheet in sheets)  # noqa: S101  # what decides whether it is printed again
    digested = time.process_time()
    year = next(s for s in sheets if s.path == "frise/2026-2027/index.html")
    edition = Edition(desk.audience, newsroom, tuple(sheets), site(desk))
    paper = theme(ROOT / "themes" / "gazette")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "public"
        print_pages([year], edition, paper, ROOT / "pelicanconf.py", output)
        for printed, asset in paper.assets.values():
            (output / printed).parent.mkdir(parents=True, exist_ok=True)
            (output / printed).write_bytes(Path(asset.source).read_bytes())
        facts = {
            "evenements": count,
            "feuilles": len(sheets),
            "composition_s": round(composed - start, 2),
            "empreintes_s": round(digested - composed, 2),
            "dates_de_l_annee": year.view.count,
            "page_gzip_ko": round(len(gzip.compress((output / year.path).read_bytes())) / 1000, 1),
            **timed(output / year.path),
        }
    print(json.dumps(facts, ensure_ascii=False))


def timed(page_file: Path) -> dict[str, float]:
    """Return the median milliseconds of a change of zoom and of a filter, layout included."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(page_file.as_uri())
        zoom = page.evaluate(TIMED, ["vue", ""])
        lane = page.evaluate(TIMED, ["fil", "projets"])
        browser.close()
    return {"zoom_ms": round(zoom, 1), "filtre_ms": round(lane, 1)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
