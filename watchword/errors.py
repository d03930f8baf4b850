"""Errors that a user can act on.

WatchwordError       exit code 1: it failed, and the sentence says what to do
├── UsageError       exit code 2: the command or a file that the user wrote is wrong
├── DamagedError     a run folder or an archive is not what was sealed
└── UnavailableError a server or a disk is away; the same command may be run again later
"""


class WatchwordError(Exception):
    """One sentence for the user: what, with which value, and what to do next."""

    exit_code = 1


class UsageError(WatchwordError):
    """The command line, a setting or a file that the user wrote is wrong."""

    exit_code = 2


class DamagedError(WatchwordError):
    """Evidence is not what was sealed; the message names the first thing that is wrong."""


class UnavailableError(WatchwordError):
    """Something outside is away for now; nothing is lost, and the command can be run again."""
