"""Declared corrections against what upstream says now. Which ones apply is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from landscape.base.findings import Finding
from landscape.dataset.catalogue.refresh_kinds import LAPSED_CORRECTION
from landscape.dataset.discovery import CORRECTIONS_PATH, ContributedFile, FileKind
from landscape.dataset.document import read_document
from landscape.dataset.model import Dataset


def report_lapsed(dataset: Dataset, found: Mapping[int, float | None]) -> tuple[Finding, ...]:
    """Return a finding for each lapsed correction: its number to what upstream says now."""
    if not found:
        return ()
    document = read_document(dataset.root, ContributedFile(CORRECTIONS_PATH, FileKind.CORRECTIONS))
    return tuple(
        document.report(
            LAPSED_CORRECTION,
            (item.number, "expected"),
            value=f"{item.project} {item.metric} {item.month}",
            found=_show(found[item.number]),
            expected=_show(item.expected),
        )
        for item in dataset.corrections
        if item.number in found
    )


def _show(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
