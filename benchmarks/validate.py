"""How long ``landscape validate`` takes, against plain parsing of the same files.

On the dataset of this repository and on 10,000 generated project files. Both sides run as whole
processes, in turn, and the fastest of each is taken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.child import (
    ROOT,
    Measurement,
    measure,
    print_machine,
    print_table,
)

TARGET_RATIO = 2.5

PROJECT = """\
# yaml-language-server: $schema=../../schemas/project.schema.json
name: Generated {number}
repo: owner-{number}/project-{number}
domain: {domain}
tags: [gpu, distributed]
origin: A company of number {number}
summary:
  en: An inference engine of number {number} that serves large language models.
  zh: 第 {number} 个面向大模型的推理引擎。
"""

SETTINGS = """\
title: {en: Generated landscape, zh: 生成的全景图}
languages: [en, zh]
inclusion: {metric: openrank, window: year-to-date, above: 10}
"""

TAXONOMY_HEAD = """\
layers:
- id: only-layer
  name: {en: Only layer, zh: 唯一一层}
  domains:
"""
TAXONOMY_DOMAIN = """\
  - id: domain-{number}
    name: {{en: Domain {number}, zh: 领域 {number}}}
"""
TAXONOMY_TAGS = """\
tags:
  gpu: {en: GPU, zh: GPU}
  distributed: {en: Distributed, zh: 分布式}
"""
DOMAINS = 20


def write_landscape(root: Path, projects: int) -> None:
    """Write a valid landscape with so many projects, of the size that people write."""
    folder = root / "data" / "projects"
    folder.mkdir(parents=True)
    (root / "landscape.yaml").write_text(SETTINGS, encoding="utf-8")
    domains = "".join(TAXONOMY_DOMAIN.format(number=number) for number in range(DOMAINS))
    (root / "data" / "taxonomy.yaml").write_text(
        TAXONOMY_HEAD + domains + TAXONOMY_TAGS, encoding="utf-8"
    )
    for number in range(projects):
        text = PROJECT.format(number=number, domain=f"domain-{number % DOMAINS}")
        (folder / f"generated-{number}.yaml").write_text(text, encoding="utf-8")


def compare(root: Path, rounds: int) -> tuple[Measurement, Measurement]:
    """Run the checks and plain parsing in turn; return the fastest run of each."""
    checks, parses = [], []
    for _ in range(rounds):
        parses.append(measure(["-m", "benchmarks.parse", str(root)]))
        checks.append(measure(["-m", "landscape", "--root", str(root), "validate"]))
    for run in [*checks, *parses]:
        if run.exit_code != 0:
            sys.exit(f"exit {run.exit_code}: {run.stdout[-2000:]}\n{run.stderr[-2000:]}")
    fastest_check = min(checks, key=lambda run: run.wall_seconds)
    fastest_parse = min(parses, key=lambda run: run.wall_seconds)
    return fastest_check, fastest_parse


def describe(name: str, root: Path, rounds: int) -> tuple[list[str], float]:
    """One row of the table, and its ratio."""
    check, parse = compare(root, rounds)
    ratio = check.wall_seconds / parse.wall_seconds
    row = [
        name,
        f"{int(parse.stdout):,}",
        f"{check.wall_seconds:.2f} s",
        f"{parse.wall_seconds:.2f} s",
        f"{ratio:.2f}",
        f"{check.peak_memory_mb:.0f} MB",
    ]
    return row, ratio


def main() -> None:
    """Print the table; exit 1 where the ratio on the generated files is above its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="how many to generate")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each; the fastest counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder)
        write_landscape(generated, arguments.files)
        ours, _ = describe("this dataset", ROOT, arguments.rounds)
        many, ratio = describe("generated", generated, arguments.rounds)
    print_machine()
    head = ["files", "number", "landscape validate", "CSafeLoader alone", "ratio", "peak memory"]
    print_table([head, ours, many])
    print(f"\nratio on the generated files: {ratio:.2f} (at most {TARGET_RATIO})")
    sys.exit(ratio > TARGET_RATIO)


if __name__ == "__main__":
    main()
