"""The layout of a network: the same in every process, whatever order sets have there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.commands import make_environment

SCRIPT = """
from landscape.charts.network_layout import Area, Body, compute_layout
large = [(f"a{n}", f"a{n + 1}", 1.0) for n in range(9)]
small = [("left", "middle", 3.0), ("middle", "right", 1.0)]
edges = [*large, *small]
bodies = {node: Body(40, 12, 12) for edge in edges for node in edge[:2]}
print(sorted(compute_layout(edges, bodies, Area(0, 0, 1000, 600)).items()))
"""


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_a_small_part_stands_where_it_stands_in_any_other_process(seed: str) -> None:
    assert compute_in_process(seed) == compute_in_process("0")


def compute_in_process(seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=make_environment(PYTHONHASHSEED=seed),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
