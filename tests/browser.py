"""Where the tests' Chromium is, and how to get one."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

WITHOUT = (
    # What Playwright switches off itself: Chromium hears the last such flag alone.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # Two hidden pages of the address bar in every window, and a process in reserve: three quarters of opening a page.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",  # what the browser asks for itself would hide what a page asks for
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(WITHOUT)}",
)
ABSENT = (
    "Les tests ont besoin de Chromium : installez-le (Debian : apt install chromium), "
    "ou donnez son chemin dans la variable CHROMIUM."
)


def chromium() -> str:
    """Return Chromium's path, installing Debian's package when root; raise RuntimeError when there is none."""
    found = _find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with (Path(tempfile.gettempdir()) / "gazette-apt.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # apt-get refuses to run twice, and test workers start together
            found = _find() or _install()
    if found is None:
        raise RuntimeError(ABSENT)
    return found


def _find() -> str | None:
    """Look where CHROMIUM points, which must then exist, else on PATH."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    return next((path for path in map(shutil.which, names) if path), None)


def _install() -> str | None:
    """Install Debian's package, after reading its list anew."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *command], env=environment, check=False)
    return _find()
