"""The package's own source as the house tests read it: modules, their room, and what they name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "landscape"
ROOMS = (
    "base",
    "dataset",
    "metrics",
    "sources",
    "analysis",
    "charts",
    "report",
    "publish",
    "cli",
)


@dataclass(frozen=True)
class Module:
    """One Python file of the package."""

    path: Path

    @property
    def name(self) -> str:
        """Path below the repository, for messages."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The room; files that lie beside the rooms only start the command line."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else "cli"

    @property
    def line_count(self) -> int:
        """Lines of the file, blank ones included."""
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.path.read_text(encoding="utf-8"), filename=str(self.path))

    def list_imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every import, also of those inside functions."""
        package = self.path.relative_to(ROOT).with_suffix("").parts[:-1]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else ()
                for alias in node.names:
                    yield node.lineno, ".".join([*base, *filter(None, [node.module]), alias.name])

    def list_names(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every name in use, resolved through the module's imports."""
        aliases: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                aliases |= {a.asname or a.name: a.name for a in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                aliases |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name | ast.Attribute):
                first, *rest = ast.unparse(node).split(".")
                yield node.lineno, ".".join([aliases.get(first, first), *rest])


def list_modules() -> list[Module]:
    """Every module of the package; an empty answer would prove nothing, so it is an error."""
    modules = [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]
    if not modules:
        raise FileNotFoundError(PACKAGE)
    return modules
