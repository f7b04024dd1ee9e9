"""What a change does for readers, as whoever made it is told: the content of now against that of a commit."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from gazette.build import build
from gazette.check import load
from gazette.impact import as_json, impacts, lines, markdown, with_later
from gazette.inquiry import editions_of, inspect
from gazette.read.history import checked_out
from gazette.state import lend, state_folder
from gazette.terminal.call import CLOSED, DONE, order, secret, shown_root
from gazette.terminal.findings import tell_findings
from gazette.terminal.report import check_report, tell_all, tell_build
from gazette.terminal.waiting import Waiting


def compare_since(revision: str, contenu: str, sortie: str, jour: str, form: str, rapport: str) -> int:
    """Build what was and what is, aside, and tell what differs; return the exit code."""
    check_report(rapport)
    here = order(contenu, sortie, jour)
    with (
        tempfile.TemporaryDirectory(prefix="gazette-") as folder,
        checked_out(here.content, revision, Path(folder, "depot")) as past,
    ):
        for name in ("avant", "apres"):
            lend(state_folder(here.output), state_folder(Path(folder, name)))
        with Waiting() as line:
            former = order(str(past), f"{folder}/avant", jour, token_secret=secret(), tell=line.done)
            is_unprinted = build(former).is_closed
            wanted = order(contenu, f"{folder}/apres", jour, token_secret=secret(), tell=line.done)
            done = build(wanted)
            before, after = (inspect(one).reading.entries for one in (former, wanted))
        if done.is_closed:
            tell_findings(done.findings, shown_root(contenu))
            tell_build(done)
            return CLOSED
        found = impacts(editions_of(former), editions_of(wanted))
        found = with_later(found, before, after, load(wanted)[0].audiences, wanted.now)
    if form == "json":
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        if is_unprinted:
            print(f"{revision} : porte fermée, rien n’était imprimable alors ; tout est compté comme nouveau.")
        tell_all(lines(found) if form == "texte" else markdown(found).split("\n"))
    if rapport:
        Path(rapport).write_text(markdown(found), "utf-8")
    return DONE
