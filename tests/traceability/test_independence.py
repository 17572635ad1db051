"""A recount is worth something only while it shares no code with what it recounts."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ALLOWED = {*sys.stdlib_module_names, "pytest", "tests", "yaml"}


def list_imports(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


def list_strangers(source: str) -> list[str]:
    return [
        name
        for name in list_imports(source)
        if name.split(".")[0] not in ALLOWED
        or (name.startswith("tests") and not name.startswith("tests.traceability"))
    ]


def test_nothing_here_imports_the_package_or_a_library_that_it_computes_with() -> None:
    strangers = {
        path.name: names
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if (names := list_strangers(path.read_text(encoding="utf-8")))
    }
    assert strangers == {}
    assert list_strangers("from landscape.analysis import change\nimport pandas as pd\n")
