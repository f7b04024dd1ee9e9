"""The author's preview: each save is built and shown; one that cannot be shown keeps the last good page."""

from __future__ import annotations

import queue
import threading
import webbrowser
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from gazette.admin.forge import PREFIX, Forge
from gazette.admin.said import Said, said
from gazette.build import build
from gazette.check import load
from gazette.compose.desk import address
from gazette.errors import BusyError, CutShortError, GazetteError
from gazette.glimpse import glimpse
from gazette.inquiry import inspect
from gazette.model.finding import Severity
from gazette.model.moment import PARIS
from gazette.model.token import SUFFIX, token_path
from gazette.order import Order, Report, untold
from gazette.papers.conducteur import conducteur, sheet
from gazette.papers.paper import page, text
from gazette.pool import Pool
from gazette.preview.server import HOST, OWN, TEXT, Board, Server
from gazette.read import READER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazette.glimpse import Known
    from gazette.model.cleared import Cleared

QUIET = 0.05
"""Seconds without a change before a build: an editor writes a file in several steps."""
STANDING = "mise en place"
"""The stage after which what was built is on screen."""
CHANGES = frozenset({"created", "modified", "moved", "deleted"})
"""Events that are changes; watchdog also tells reads, and a build reads."""


class Watcher(FileSystemEventHandler):
    """Puts the path of each change in a queue."""

    def __init__(self, changes: queue.SimpleQueue[str], ignored: tuple[Path, ...]) -> None:
        self.changes = changes
        self.ignored = ignored

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change, unless it is a read, a folder's time, or our own output."""
        if event.event_type not in CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        for name in (event.src_path, event.dest_path):
            path = Path(str(name))
            is_ours = any(path.is_relative_to(folder) for folder in self.ignored)
            if str(name) and not is_ours and not _is_scratch(path):
                self.changes.put(str(path))


def _is_scratch(path: Path) -> bool:
    """Tell whether an editor, git or Python made this file for itself."""
    name = path.name
    return (
        name.startswith((".", "#", "~"))
        or name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc"))
        or "__pycache__" in path.parts
        or ".git" in path.parts
    )


class Preview:
    """Builds on demand and remembers what was last good."""

    def __init__(self, order: Order, board: Board, changes: queue.SimpleQueue[str], *, is_dated: bool) -> None:
        self.order = replace(order, tell=self.go_on)
        self.board = board
        self.changes = changes
        """What was saved since the build at hand began."""
        self.is_dated = is_dated
        """The day was chosen: it does not follow the clock."""
        self.pool = Pool(READER)
        self.last: Known | None = None
        """What the last build that was shown knew."""
        self.touched: set[str] = set()
        """Files saved since the preview began: their author sees their notes too."""
        self.is_waiting = False
        """Another command held the output: the last save is not shown yet."""
        self.turn = threading.Lock()
        """A build and the team's pages, which read the same state, take turns."""

    def now(self) -> datetime:
        """Return the instant that is shown, to the minute."""
        return self.order.now if self.is_dated else datetime.now(PARIS).replace(second=0, microsecond=0)

    def go_on(self, stage: str) -> None:
        """Cut short a build that is over before it stands: its author saved again, and waits for that page first."""
        if stage != STANDING and self.last and not self.changes.empty():
            raise CutShortError("un autre enregistrement a suivi")

    def conducteur(self) -> str:
        """Return the team's plan as a page, read anew."""
        order = replace(self.order, now=self.now(), tell=untold)
        try:
            with self.turn:
                found = inspect(order)
        except GazetteError as error:
            return page("Conducteur", "", "Équipe seulement", f"<p>{text(str(error))}</p>", "Rechargez cette page.")
        plan = conducteur(found.newsroom, found.reading, order.content, order.now)
        return sheet(found.newsroom, plan, order.now, TEXT)

    def build(self) -> Report | None:
        """Build once; tell the terminal and every open tab."""
        try:
            with self.turn:
                report = build(replace(self.order, now=self.now()), pool=self.pool, fallback=self.texts)
        except CutShortError:
            return None
        except (GazetteError, OSError) as error:
            self.is_waiting = isinstance(error, BusyError)
            whole = Said(fichier="", champ="", message=str(error), remede="")
            self._tell((str(error),), (whole,), failed=True, is_new=False)
            return None
        self.is_waiting = False
        root = f"{self.order.content.name}/"
        told = [f for f in report.findings if f.severity > Severity.NOTE or f.place.file in self.touched]
        problems = tuple(f.line("" if f.code.startswith("EPR") else root) for f in told)
        broken = any(f.severity is Severity.REFUSE and f.place.file in self.texts for f in report.findings)
        is_shown = not report.is_closed or self.order.is_preview
        is_new = is_shown and any(c.printed or c.removed for c in report.counts.values())
        if is_shown:
            self.last = report.known
        self._tell(
            problems, tuple(said(f, self.order.content) for f in told), failed=broken or not is_shown, is_new=is_new
        )
        return report

    @property
    def texts(self) -> Mapping[str, Cleared]:
        """Return what is on screen, by source path."""
        return self.last.cleared if self.last else {}

    def address(self, name: str) -> str | None:
        """Return where the page of a text is shown, by its folder and name: the most open edition that has it."""
        shown = self.texts.get(f"{name}.md") or self.texts.get(f"{name}/index.md")
        if shown is None:
            return None
        place = address(shown.entry)
        file = place.partition("#")[0] + "index.html"
        names = [name for name in self.order.addresses or {} if not name.endswith(SUFFIX)]
        for rank, edition in enumerate(names):
            if (self.order.output / edition / file).is_file():
                return f"/{edition}/{place}" if rank else f"/{place}"
        return None

    def glimpse(self, saved: Iterable[str]) -> bool:
        """Show the page of the one text that a save changed before all else is built; tell whether it could be."""
        names = [_relative(Path(file), self.order.content) for file in saved if Path(file).exists()]
        if len(names) != 1 or self.last is None:
            return False
        try:
            with self.turn:
                file = glimpse(replace(self.order, now=self.now()), self.last, names[0], self.pool)
        except (GazetteError, OSError):
            return False  # the build that follows tells it
        if file:
            self.board.post(self.board.problems, self.board.said, failed=self.board.failed, is_new=True)
        return file is not None

    def _tell(self, problems: tuple[str, ...], said: tuple[Said, ...], *, failed: bool, is_new: bool) -> None:
        if problems != self.board.problems:
            for problem in problems:
                print(problem, flush=True)
        self.board.post(problems, said, failed=failed, is_new=is_new)

    def close(self) -> None:
        """End the workers."""
        self.pool.close()


def preview(
    order: Order, port: int, *, is_dated: bool = False, is_opened: bool = False, stop: threading.Event | None = None
) -> int:
    """Serve the editions until interrupted (or until ``stop`` is set), building again at each save."""
    newsroom, theme = load(order)
    names = tuple(a.name for a in newsroom.audiences)
    feeds = tuple(name + SUFFIX for name in names[1:])
    board = Board()
    try:
        server = Server(port, order.output, (*names, *feeds), board)
    except OSError as error:
        raise GazetteError(f"le port {port} est déjà pris sur cet ordinateur ; essayez --port {port + 1}") from error
    address = f"http://{HOST}:{server.server_port}/"
    addresses = {name: address if rank == 0 else f"{address}{name}/" for rank, name in enumerate(names)}
    addresses |= {name: f"{address}{name}/" for name in feeds}
    changes: queue.SimpleQueue[str] = queue.SimpleQueue()
    shown = Preview(replace(order, addresses=addresses), board, changes, is_dated=is_dated)
    server.pages, server.address = {"conducteur": shown.conducteur}, shown.address
    if order.is_preview:
        server.forge = Forge(order.settings.parent, order.content, newsroom, shown.now)
    observer = Observer()
    handler = Watcher(changes, (order.output, order.output.with_name(order.output.name + ".gazette")))
    for folder in {order.content, theme, Path(__file__).parents[1], order.settings.parent / "plugins"}:
        if folder.is_dir():
            observer.schedule(handler, str(folder), recursive=True)
    observer.schedule(handler, str(order.settings.parent), recursive=False)
    observer.start()  # before anything is read: no save is missed
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    if order.is_preview and (order.output / names[0] / "index.html").is_file():
        serving.start()  # what the last preview showed; tabs load again what this one will print otherwise
    first = shown.build()
    if not serving.is_alive():
        serving.start()
    print(
        _welcome({name: addresses[name] for name in names}, _feeds(shown.order), first, is_team=order.is_preview),
        flush=True,
    )
    if is_opened:
        webbrowser.open(address)
    try:
        _loop(shown, changes, stop or threading.Event())
    finally:
        server.shutdown()
        server.server_close()
        observer.stop()
        observer.join()
        shown.close()
    return 0


def _loop(shown: Preview, changes: queue.SimpleQueue[str], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            changed = {changes.get(timeout=0.2)}
        except queue.Empty:
            if shown.is_waiting:
                shown.build()
            continue
        while True:
            try:
                changed.add(changes.get(timeout=QUIET))
            except queue.Empty:
                break
        code = [c for c in changed if c.endswith(".py") and "gazette" in Path(c).parts]
        shown.touched |= {_relative(Path(c), shown.order.content) for c in changed}
        shown.glimpse(changed)
        report = shown.build()
        if code:
            print("Le code de Gazette a changé : relancez l’aperçu pour le voir à l’œuvre.", flush=True)
        printed = sum(c.printed for c in report.counts.values()) if report else 0
        if report and printed:
            seconds = sum(report.durations.values())
            print(f"{report.now:%H:%M} · {printed} fichier(s) imprimé(s) en {seconds:.2f} s", flush=True)


def _relative(path: Path, content: Path) -> str:
    """Return the path as findings tell it; "" outside the content."""
    return path.relative_to(content).as_posix() if path.is_relative_to(content) else ""


def _feeds(order: Order) -> dict[str, str]:
    """Return the address of each edition's feed of everything, where the preview serves it as the ENT would read it."""
    newsroom, _ = load(order)
    return {
        a.name: a.token_feeds.address + token_path(order.token_secret, newsroom, a, order.now.date(), "tout")
        for a in newsroom.audiences
        if a.token_feeds and order.token_secret
    }


def _welcome(addresses: Mapping[str, str], feeds: Mapping[str, str], report: Report | None, *, is_team: bool) -> str:
    lines = ["", "Aperçu de la circonscription :"]
    lines += [f"  {name.ljust(12)} {address}" for name, address in addresses.items()]
    home = next(iter(addresses.values()))
    lines.append(f"Pour l’équipe : {home}{OWN.lstrip('/')}conducteur")
    if is_team:
        lines.append(f"Pour écrire dans le navigateur : {home}{PREFIX.lstrip('/')}")
    if feeds:
        lines.append("Fils à jeton, comme l’ENT les lira (ces adresses-ci ne valent que pour l’aperçu) :")
        lines += [f"  {name.ljust(12)} {address}" for name, address in feeds.items()]
    if report is not None and report.left_out:
        lines.append(f"  {report.left_out} texte(s) à reprendre, voir ci-dessus.")
    return "\n".join([*lines, "Chaque enregistrement rafraîchit la page. Ctrl+C pour finir.", ""])
