"""Kinds of findings that only a refresh can make: contributed files against what upstream says."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

LAPSED_CORRECTION = FindingKind(
    "lapsed-correction",
    Level.WARNING,
    "the correction of {value} has lapsed: upstream says {found} now, not {expected}",
    "delete it, or write what upstream says now as `expected` if that is wrong too",
    "Upstream has repaired the error or changed it, so what it says is taken as it is.",
)
"""Told by ``landscape refresh``; ``landscape validate`` asks no source."""
