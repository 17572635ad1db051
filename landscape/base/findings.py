"""A finding: one problem of one contributed file, with its place and its remedy.

Findings are collected, never raised, so that one broken file hides no other's problems.
The catalogue of codes and the checks that produce them live in ``landscape.dataset``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Level(StrEnum):
    """How grave a finding is: only an error makes a command fail."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one contributed file.

    ``path`` is relative to the landscape's root; ``line`` counts from 1 (0: the file as a
    whole); ``value`` is the offending value as text, shortened; ``hint`` says what to do.
    """

    path: PurePosixPath
    line: int
    code: str
    level: Level
    message: str
    hint: str = ""
    value: str = ""

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Findings are ordered by file, line, code, message."""
        return (str(self.path), self.line, self.code, self.message)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of level error."""
    return any(finding.level is Level.ERROR for finding in findings)
