"""Findings on frozen editions: what was published is kept as it was."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

_RESTORE = "restore it from git; a frozen edition is never edited, freeze another one instead"

EDITION_UNREADABLE = FindingKind(
    "edition-unreadable",
    Level.ERROR,
    "the edition's manifest cannot be read: {reason}",
    "restore the folder from git, or delete it where it is no edition",
    "Without its manifest nothing says what was published, or whether it was edited since.",
)
EDITION_MISNAMED = FindingKind(
    "edition-misnamed",
    Level.ERROR,
    "the folder holds an edition of another name: {value}",
    "name the folder as the edition, and keep each edition once",
    "A copied or renamed edition would be compared with itself.",
)
EDITION_EDITED = FindingKind(
    "edition-edited",
    Level.ERROR,
    "the file is not what it was when the edition was frozen",
    _RESTORE,
    "An edition is the only record of what was published; upstream rewrites its past.",
)
EDITION_FILE_MISSING = FindingKind(
    "edition-file-missing",
    Level.ERROR,
    "the file of a frozen edition is missing",
    _RESTORE,
    "Without it the edition cannot be shown or compared.",
)
EDITION_FILE_ADDED = FindingKind(
    "edition-file-added",
    Level.ERROR,
    "the file was put into a frozen edition",
    "delete it, or move it out of the edition's folder",
    "What was not there when the edition was frozen was not published.",
)
