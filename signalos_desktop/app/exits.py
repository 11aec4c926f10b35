"""How the program ends when it cannot do what was asked: one line on stderr and an exit code."""


class ExitError(Exception):
    """Something is wrong that the user can read and do something about."""

    code = 1


class UsageError(ExitError):
    """What was asked cannot be done as it was asked."""

    code = 2


class HeldError(ExitError):
    """Another program holds the data folder; the text names it."""

    code = 3
