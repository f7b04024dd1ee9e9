"""What is raised: a broken set-up. What people wrote wrong is a ``Finding``, a value; bugs are never caught."""


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
