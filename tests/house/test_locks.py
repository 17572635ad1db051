"""The locks agree with pyproject.toml, with each other, and name nothing of any machine."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.modules import PACKAGE, ROOT, Module

RUNTIME_LOCK = "requirements.lock"
DISCOVERY_LOCK = "requirements-discovery.lock"
DEV_LOCK = "requirements-dev.lock"
CLICKHOUSE_LOCK = "requirements-clickhouse.lock"
LOCKS = [RUNTIME_LOCK, DISCOVERY_LOCK, DEV_LOCK]
"""What environments are made of; the other one is put beside one, without what it needs."""
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = DECLARED["project"], DECLARED["dependency-groups"]
DISCOVERY_EXTRAS = [
    *PROJECT["optional-dependencies"]["discovery"],
    *PROJECT["optional-dependencies"]["clickhouse"],
]
SUPPORTED = [
    {"python_version": version, "python_full_version": f"{version}.0"}
    for version in ("3.11", "3.12", "3.13")
]


def read_lock(name: str) -> dict[str, tuple[Requirement, frozenset[str]]]:
    """Package to its pinned requirement and the hashes of its files."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    packages: dict[str, tuple[Requirement, frozenset[str]]] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        requirement = Requirement(line.split(" --hash=")[0])
        package = canonicalize_name(requirement.name)
        assert package not in packages, f"{package} is locked twice"
        packages[package] = (requirement, frozenset(re.findall(r"--hash=(\S+)", line)))
    return packages


def pinned_version(requirement: Requirement) -> str:
    """The one version that a line of a lock allows."""
    (specifier,) = requirement.specifier
    assert specifier.operator == "=="
    return specifier.version


@pytest.mark.parametrize("name", [*LOCKS, CLICKHOUSE_LOCK])
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    lock = read_lock(name)
    assert lock
    for requirement, hashes in lock.values():
        assert pinned_version(requirement)
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("name", [*LOCKS, CLICKHOUSE_LOCK])
def test_locks_name_no_index_and_no_folder(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--find-links|--index|--extra-index|(?<!\S)/\S+", text) == []


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        (RUNTIME_LOCK, PROJECT["dependencies"]),
        (DISCOVERY_LOCK, [*PROJECT["dependencies"], *DISCOVERY_EXTRAS]),
        (DEV_LOCK, [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]),
        (CLICKHOUSE_LOCK, GROUPS["clickhouse-tests"]),
    ],
)
@pytest.mark.parametrize("python", SUPPORTED, ids=lambda python: python["python_version"])
def test_locks_satisfy_what_the_project_declares(
    name: str, declared: list[str], python: dict[str, str]
) -> None:
    lock = read_lock(name)
    for wanted in map(Requirement, declared):
        locked, _ = lock[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(pinned_version(locked))
        assert locked.marker is None or locked.marker.evaluate(dict(python))


@pytest.mark.parametrize(
    ("less", "more"), [(RUNTIME_LOCK, DISCOVERY_LOCK), (DISCOVERY_LOCK, DEV_LOCK)]
)
def test_developers_run_what_users_run(less: str, more: str) -> None:
    used, developed = read_lock(less), read_lock(more)
    for package, (requirement, hashes) in used.items():
        same, same_hashes = developed[package]
        assert pinned_version(same) == pinned_version(requirement)
        assert same_hashes == hashes


def test_what_is_put_beside_the_environment_hides_nothing_in_it() -> None:
    assert not set(read_lock(CLICKHOUSE_LOCK)) & set(read_lock(DEV_LOCK))


def test_nothing_but_discovery_installs_its_engine() -> None:
    engines = {"duckdb", "ibis-framework", "clickhouse-connect", "pyarrow"}
    assert engines <= set(read_lock(DISCOVERY_LOCK))
    assert not engines & set(read_lock(RUNTIME_LOCK))


@pytest.mark.parametrize("name", LOCKS)
def test_locks_need_nothing_beyond_themselves(name: str) -> None:
    # The scripts install without resolving, so a package missing here would be missing there.
    lock = read_lock(name)
    missing = []
    looked_into = 0
    for package, (requirement, _) in lock.items():
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            installed = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            continue
        if installed.version != pinned_version(requirement):
            continue
        looked_into += 1
        for needed in map(Requirement, installed.requires or []):
            if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
                continue
            if canonicalize_name(needed.name) not in lock:
                missing.append(f"{package} needs {needed}")
    assert missing == []
    assert looked_into > 0


@pytest.mark.parametrize(
    ("folders", "extras"),
    [
        ([PACKAGE, ROOT / "scripts"], ["discovery"]),
        ([ROOT / "tests", ROOT / "benchmarks"], ["dev", "discovery"]),
    ],
    ids=["package", "tests"],
)
def test_every_package_that_is_imported_is_declared(folders: list[Path], extras: list[str]) -> None:
    declared = list(PROJECT["dependencies"])
    for extra in extras:
        declared += PROJECT["optional-dependencies"][extra]
    known = {canonicalize_name(Requirement(line).name) for line in declared}
    installed = metadata.packages_distributions()
    own = {"landscape", "tests", "benchmarks", "scripts", *sys.stdlib_module_names}
    undeclared = {
        f"{module.name} imports {name}"
        for folder in folders
        for module in map(Module, sorted(folder.rglob("*.py")))
        for _, imported in module.list_imports()
        if (name := imported.split(".")[0]) not in own
        and not known & {canonicalize_name(found) for found in installed.get(name, [])}
    }
    assert sorted(undeclared) == []
