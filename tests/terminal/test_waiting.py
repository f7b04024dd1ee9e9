"""The line of a command that works, on a real terminal and away from one."""

import os
import pty
import select
import subprocess
import sys

from gazette.check import Clock
from gazette.terminal.waiting import NEXT
from tests.samples import ROOT

WORK = """
import signal, threading, time
from gazette.terminal.waiting import Waiting
with Waiting() as line:
    line.done("lecture")
    end = time.monotonic() + 30
    while not line.is_shown and time.monotonic() < end and {wait}:
        time.sleep(0.05)
    print("threads", threading.active_count())
print("alarm", signal.getitimer(signal.ITIMER_REAL), signal.getsignal(signal.SIGALRM) is signal.SIG_DFL)
"""


def worked(stderr: int, *, wait: bool) -> str:
    """Work until the line is shown, when it will be; return what is printed."""
    words = [sys.executable, "-c", WORK.format(wait=wait)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment, check=True)
    return done.stdout


def test_a_terminal_is_told_what_is_done_past_one_second_and_the_line_goes():
    """By an alarm, not a thread: the work may still be shared by forking. Nothing of it is left."""
    screen, stderr = pty.openpty()
    said = worked(stderr, wait=True)
    os.close(stderr)
    shown = b""
    while select.select([screen], [], [], 1)[0]:
        try:
            shown += os.read(screen, 4096)
        except OSError:  # Linux: the other end is closed
            break
    os.close(screen)
    assert ["threads 1", "alarm (0.0, 0.0) True"] == said.splitlines()
    assert (True, True) == ("Gazette ouvre les images et les sons… 1 s" in shown.decode(), shown.endswith(b"\r\x1b[K"))


def test_away_from_a_terminal_nothing_is_shown():
    """Not a sign in a forge's log."""
    source, target = os.pipe()
    said = worked(target, wait=False)
    os.close(target)
    with os.fdopen(source, "rb") as pipe:
        assert (b"", "threads 1") == (pipe.read(), said.splitlines()[0])


def test_every_stage_has_what_comes_next():
    """A build tells each as it ends."""
    told: list[str] = []
    clock = Clock(told.append)
    for name in ("lecture", "medias"):
        clock.lap(name)
    assert (["lecture", "medias"], {"lecture", "medias"}) == (told, set(clock.durations))
    assert {"lecture", "medias", "visages", "controle", "composition", "impression", "epreuves"} <= set(NEXT)
