"""What ``pelicanconf.py`` and ``publishconf.py`` say: Python that the team of a circonscription writes."""

from __future__ import annotations

import runpy
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.errors import ConfigurationError, why

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OURS = str(Path(__file__).parent)


def settings_of(path: Path) -> dict[str, Any]:
    """Run a settings file and return its names; ``ConfigurationError`` tells the line that cannot be run."""
    try:
        return runpy.run_path(str(path))
    except OSError as error:
        raise ConfigurationError(f"{path} : réglages illisibles ({why(error)})") from error
    except SyntaxError as error:
        raise ConfigurationError(f"{path}:{error.lineno} : réglages illisibles ({error.msg})") from error
    except ImportError as error:
        raise ConfigurationError(f"{path} : module introuvable ou défectueux ({error})") from error
    except (NameError, AttributeError, LookupError, TypeError, ValueError) as error:
        frames = traceback.extract_tb(error.__traceback__)[1:]
        if any(frame.filename.startswith(_OURS) for frame in frames):  # a bug of what it calls
            raise
        line = next(frame.lineno for frame in reversed(frames) if frame.filename == str(path))
        raise ConfigurationError(f"{path}:{line} : réglages illisibles ({type(error).__name__} : {error})") from error


def declared(path: Path, name: str, keys: Collection[str], needed: str) -> Mapping[str, Any]:
    """Return one dictionary of a settings file; ``ConfigurationError`` when it is absent, or holds an unknown key."""
    found = settings_of(path).get(name)
    if not isinstance(found, dict):
        raise ConfigurationError(f"{path.name} : {name} manque ; donnez {needed}")
    only(found, keys, name)
    return found


def only(told: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    """Refuse any other key: what is misspelt would be taken for what was left out."""
    strange = [str(key) for key in told if key not in keys]
    if strange:
        raise ConfigurationError(f"{where} : clé inconnue « {strange[0]} » ; clés : {', '.join(keys)}")
