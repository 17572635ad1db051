"""Runs a command of the landscape in a process of its own, and measures what it took.

What is measured, and what it is compared with, is said in the modules beside this one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SAMPLING_SECONDS = 0.02


@dataclass(frozen=True)
class Measurement:
    """What one finished process took; memory is the highest resident size that was seen."""

    wall_seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    exit_code: int
    stdout: str
    stderr: str


def measure(arguments: Sequence[str]) -> Measurement:
    """Run ``python ARGUMENTS`` with this checkout's package to its end."""
    with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        cpu_before = read_children_cpu()
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-P", *arguments],
            stdout=stdout,
            stderr=stderr,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        peak_bytes = watch_memory(process)
        wall_seconds = time.perf_counter() - started
        cpu_seconds = read_children_cpu() - cpu_before
        stdout.seek(0)
        stderr.seek(0)
        return Measurement(
            wall_seconds=wall_seconds,
            cpu_seconds=cpu_seconds,
            peak_memory_mb=peak_bytes / 1e6,
            exit_code=process.returncode,
            stdout=stdout.read(),
            stderr=stderr.read(),
        )


def read_children_cpu() -> float:
    """Return the CPU seconds, user and system, of all processes that were waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(process: subprocess.Popen[bytes]) -> int:
    """Wait for the process; return the largest resident size in bytes, with its descendants."""
    peak_bytes = 0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak_bytes = max(peak_bytes, sum(member.memory_info().rss for member in family))
        except psutil.NoSuchProcess:
            pass
        time.sleep(SAMPLING_SECONDS)
    return peak_bytes


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a Markdown table; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    head, *body = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    print("\n".join([head, rule, *body]))


def print_machine() -> None:
    """Print the class of machine that the figures come from."""
    memory_gib = psutil.virtual_memory().total / 2**30
    version = ".".join(map(str, sys.version_info[:2]))
    print(f"{os.cpu_count()} cores, {memory_gib:.0f} GiB of memory, Python {version}\n")
