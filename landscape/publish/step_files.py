"""What a workflow's step leaves behind: its outputs and its summary, in GitHub's files."""

from __future__ import annotations

from pathlib import Path

LARGEST_SUMMARY_BYTES = 1_000_000
"""GitHub drops a step's whole summary beyond 1 MiB."""


def format_output(name: str, value: str, delimiter: str) -> str:
    """Return a line, or lines, for the file of outputs.

    ``delimiter`` is random: a value that holds it could end early and set outputs of its own.
    """
    if delimiter in value:
        raise ValueError("the delimiter occurs in the value")
    if "\n" in value or "\r" in value:
        return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"
    return f"{name}={value}\n"


def append_summary(path: Path, text: str) -> None:
    """Add Markdown to the step's summary, cut where GitHub would drop all of it."""
    room = LARGEST_SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0)
    content = f"{text.rstrip()}\n\n".encode()
    if len(content) > room:
        content = content[: max(0, room - 10)].decode("utf-8", "ignore").encode() + b"\n\n...\n"
    with path.open("ab") as stream:
        stream.write(content)


def append_outputs(path: Path, outputs: dict[str, str], delimiter: str) -> None:
    """Add outputs to the step's file."""
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(
            "".join(format_output(key, value, delimiter) for key, value in outputs.items())
        )
