"""What is raised: a broken set-up. What people wrote wrong is a ``Finding``, a value; bugs are never caught."""

import errno


class GazetteError(Exception):
    """A set-up that cannot work; its text is one French sentence for whoever runs the command."""


class ConfigurationError(GazetteError):
    """``circonscription.yml``, a settings file or a register cannot be used."""


class ForgottenError(GazetteError):
    """What the memo said that it held is not there: everything is to be made again."""


class PressError(GazetteError):
    """The theme, a plugin or Pelican itself failed while printing."""


class TargetError(GazetteError):
    """A publication target cannot be reached, written or trusted."""


class AbsentError(TargetError):
    """A publication target does not exist at all."""


class BusyError(GazetteError):
    """Another run holds the lock of this output."""


class CutShortError(GazetteError):
    """Whoever asked for this build wants another by now; nothing of it was put in place."""


_REASONS = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "droits insuffisants"),
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.EROFS: "disque en lecture seule",
    errno.EIO: "disque en défaut",
    errno.ENOENT: "fichier ou dossier absent",
    errno.EEXIST: "un fichier y tient déjà la place",
    errno.ENOTDIR: "un fichier y tient la place d’un dossier",
    errno.EISDIR: "un dossier y tient la place d’un fichier",
    errno.ELOOP: "un lien y tient la place d’un fichier ou d’un dossier",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.EPIPE: "plus personne ne lit ce qui est dit",
    errno.ECONNREFUSED: "connexion refusée",
    errno.ECONNRESET: "connexion perdue",
    **dict.fromkeys((errno.EHOSTUNREACH, errno.ENETUNREACH), "machine hors d’atteinte"),
    errno.ETIMEDOUT: "pas de réponse",
}
"""What the system tells in English, by its number."""


def why(error: OSError) -> str:
    """Return why the system refused, in French where it is known."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
