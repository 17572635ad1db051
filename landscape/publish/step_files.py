"""What a workflow's step leaves behind for its readers: the summary, in GitHub's file."""

from __future__ import annotations

from pathlib import Path

LARGEST_SUMMARY_BYTES = 1_000_000
"""GitHub drops a step's whole summary beyond 1 MiB."""


def append_summary(path: Path, text: str) -> None:
    """Add Markdown to the step's summary, cut where GitHub would drop all of it."""
    room = LARGEST_SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0)
    content = f"{text.rstrip()}\n\n".encode()
    if len(content) > room:
        content = content[: max(0, room - 10)].decode("utf-8", "ignore").encode() + b"\n\n...\n"
    with path.open("ab") as stream:
        stream.write(content)
