"""How long ``landscape validate`` takes, against plain parsing of the same files.

On the dataset of this repository and on 10,000 generated project files. Both sides run as whole
processes, in turn, and of each the run that took least CPU is taken: other work on the machine
makes wall times longer, CPU time hardly. On some hundred files the start of the interpreter is
most of it, so the ratio is also given beyond what a landscape of one project takes. Stories are no
YAML that could be parsed for comparison, so the dataset is measured with and without them.
"""

from __future__ import annotations

import argparse
import shutil
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
HEAD = [
    "files",
    "number",
    "validate: CPU (wall)",
    "CSafeLoader: CPU (wall)",
    "ratio",
    "ratio beyond start-up",
    "peak memory",
]

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


def copy_dataset(root: Path) -> None:
    """Copy this repository's dataset, but for its stories."""
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("stories"))
    shutil.copy(ROOT / "landscape.yaml", root / "landscape.yaml")


def compare(root: Path, rounds: int) -> tuple[Measurement, Measurement]:
    """Run the checks and plain parsing in turn; return each one's run with least CPU."""
    checks, parses = [], []
    for _ in range(rounds):
        parses.append(measure(["-m", "benchmarks.parse", str(root)]))
        checks.append(measure(["-m", "landscape", "--root", str(root), "validate"]))
    for run in [*checks, *parses]:
        if run.exit_code != 0:
            sys.exit(f"exit {run.exit_code}: {run.stdout[-2000:]}\n{run.stderr[-2000:]}")
    return min(checks, key=_by_cpu), min(parses, key=_by_cpu)


def _by_cpu(run: Measurement) -> float:
    return run.cpu_seconds


def describe(
    name: str, pair: tuple[Measurement, Measurement], start_up: tuple[Measurement, Measurement]
) -> tuple[list[str], float]:
    """Return one row of the table, and the ratio beyond start-up."""
    check, parse = pair
    idle_check, idle_parse = start_up
    beyond = (check.cpu_seconds - idle_check.cpu_seconds) / (
        parse.cpu_seconds - idle_parse.cpu_seconds
    )
    row = [
        name,
        f"{int(parse.stdout):,}",
        f"{check.cpu_seconds:.2f} s ({check.wall_seconds:.2f} s)",
        f"{parse.cpu_seconds:.2f} s ({parse.wall_seconds:.2f} s)",
        f"{check.cpu_seconds / parse.cpu_seconds:.2f}",
        f"{beyond:.2f}",
        f"{check.peak_memory_mb:.0f} MB",
    ]
    return row, beyond


def main() -> None:
    """Print the table; exit 1 where a ratio beyond start-up is above the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="how many to generate")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each; the best counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        single, generated = Path(folder) / "single", Path(folder) / "generated"
        dataset = Path(folder) / "dataset"
        copy_dataset(dataset)
        write_landscape(single, 1)
        write_landscape(generated, arguments.files)
        start_up = compare(single, arguments.rounds)
        ours = compare(dataset, arguments.rounds)
        whole = compare(ROOT, arguments.rounds)
        many = compare(generated, arguments.rounds)
    whole_row, whole_ratio = describe("this dataset", whole, start_up)
    ours_row, ours_ratio = describe("without its stories", ours, start_up)
    many_row, many_ratio = describe("generated", many, start_up)
    print_machine()
    print_table([HEAD, whole_row, ours_row, many_row])
    idle_check, idle_parse = start_up
    print(
        f"\nstart-up (one project): validate {idle_check.cpu_seconds:.2f} s, "
        f"CSafeLoader {idle_parse.cpu_seconds:.2f} s"
    )
    worst = max(whole_ratio, ours_ratio, many_ratio)
    print(f"larger ratio beyond start-up: {worst:.2f} (at most {TARGET_RATIO})")
    sys.exit(worst > TARGET_RATIO)


if __name__ == "__main__":
    main()
