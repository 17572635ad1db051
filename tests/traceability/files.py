"""CSV files as rows of text."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]


def read_csv(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
