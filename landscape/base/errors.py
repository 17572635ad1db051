"""Exceptions that stop work. Problems of contributed data are findings instead.

Each error carries a message (what happened), a hint (the way out) and the exit code that the
command line ends with.
"""

from __future__ import annotations

from landscape.base.findings import Finding


class LandscapeError(Exception):
    """Something stops the work; the user can do something about it."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidDatasetError(LandscapeError):
    """Contributed files have findings of level error, so nothing can be built from them."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "", findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message, hint)
        self.findings = findings


class GuardRefusedError(LandscapeError):
    """A guard refused to publish: data is stored, pages are as before."""

    exit_code = 4


class SourceFailedError(LandscapeError):
    """A source failed beyond its limit: what was learned is stored, pages are as before."""

    exit_code = 4


class LockedError(LandscapeError):
    """Another run holds what this one needs; nothing was done."""

    exit_code = 4
