"""The yardstick: parses every contributed YAML file of a landscape with plain ``CSafeLoader``.

Run by ``validate.py`` in a process of its own, as the checks are. Imports nothing that it does not
need, so that the yardstick is not made longer than it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def parse_landscape(root: Path) -> int:
    """Parse the settings and every YAML file of the data; return how many files that were."""
    paths = [root / "landscape.yaml", *sorted((root / "data").rglob("*.yaml"))]
    for path in paths:
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return len(paths)


if __name__ == "__main__":
    print(parse_landscape(Path(sys.argv[1])))
