"""The rules of the rooms, read from the source: who may import whom, and how large things grow."""

from __future__ import annotations

import ast
import statistics

import pytest

from tests.house.modules import PACKAGE, ROOMS, ROOT, Module, list_modules

MODULES = list_modules()
LONGEST_MODULE_LINES = 400
LARGEST_MEDIAN_LINES = 150
LONGEST_FUNCTION_LINES = 60
NAMES_THAT_SAY_NOTHING = {
    "common",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "util",
    "utils",
}
ENVIRONMENT_AND_CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getenv",
    "os.path.expanduser",
    "pandas.Timestamp.now",
    "pandas.Timestamp.today",
    "pathlib.Path.home",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}


def find_room(imported: str) -> str | None:
    """The room that an imported dotted name lies in; None for other packages."""
    parts = imported.split(".")
    if parts[0] != "landscape" or len(parts) == 1:
        return None
    return parts[1] if (PACKAGE / parts[1]).is_dir() else None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_each_room_imports_only_from_rooms_before_it(module: Module) -> None:
    allowed = ROOMS[: ROOMS.index(module.room) + 1]
    against = [
        f"{module.name}:{line} imports {imported}"
        for line, imported in module.list_imports()
        if (room := find_room(imported)) is not None and room not in allowed
    ]
    assert against == []


def test_every_folder_of_the_package_is_a_room() -> None:
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/**/*.py")}
    assert folders <= set(ROOMS)


def test_analysis_sees_only_tables_and_their_shapes() -> None:
    shapes = (
        "landscape.base.",
        "landscape.analysis.",
        "landscape.dataset.model.",
        "landscape.metrics.columns.",
        "landscape.metrics.model.",
    )
    against = [
        f"{module.name}:{line} imports {imported}"
        for module in MODULES
        if module.room == "analysis"
        for line, imported in module.list_imports()
        if imported.split(".")[0] in {"io", "pathlib", "requests", "yaml"}
        or (imported.startswith("landscape.") and not imported.startswith(shapes))
    ]
    assert against == []


def test_no_module_is_long() -> None:
    long = {module.name: module.line_count for module in MODULES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE_LINES} == {}


def test_most_modules_are_short() -> None:
    counts = [module.line_count for module in MODULES if module.path.name != "__init__.py"]
    assert statistics.median(counts) <= LARGEST_MEDIAN_LINES


def test_functions_are_read_in_one_screen() -> None:
    long = [
        f"{module.name}:{node.lineno} {node.name} has {length} lines"
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION_LINES
    ]
    assert long == []


def test_names_of_modules_say_something() -> None:
    named = [module.name for module in MODULES if module.path.stem in NAMES_THAT_SAY_NOTHING]
    assert named == []


def test_every_module_says_its_purpose() -> None:
    silent = [module.name for module in MODULES if not ast.get_docstring(module.tree)]
    assert silent == []


def test_nothing_outside_the_tests_relies_on_assert() -> None:
    # `python -O` removes them, and with them whatever they guarded.
    folders = [PACKAGE, ROOT / "scripts", ROOT / "benchmarks"]
    against = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert against == []


def test_only_the_command_line_reads_environment_and_clock() -> None:
    against = [
        f"{module.name}:{line} {name}"
        for module in MODULES
        if module.room != "cli"
        for line, name in module.list_names()
        if name in ENVIRONMENT_AND_CLOCK
    ]
    assert against == []
