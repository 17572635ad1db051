"""``landscape fmt``: contributed files in their canonical form."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from landscape.base.errors import LandscapeError
from landscape.base.files import write_atomically
from landscape.base.findings import Finding
from landscape.cli.options import RootOption, paths_argument
from landscape.dataset.catalogue import file_kinds
from landscape.dataset.discovery import Discovery, discover_files
from landscape.dataset.finding_reports import render_lines
from landscape.dataset.formatting import Formatting, format_file
from landscape.dataset.selection import Selection, select_files


@click.command()
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; show what would change, and exit 1.")
@click.pass_obj
def fmt(root_option: RootOption, paths: tuple[Path, ...] | None, check: bool) -> int:
    """Put contributed files into their canonical form: key order, layout, line ends.

    Values and comments stay. A file that cannot be parsed is told of and left as it is.
    """
    root = root_option.resolve()
    discovery = discover_files(root)
    selection = _select(root, paths, discovery)
    formattings = [
        format_file(root, file) for file in discovery.files if file.path in selection.chosen
    ]
    changed = [formatting for formatting in formattings if formatting.is_changed]
    for formatting in changed:
        if check:
            click.echo(_render_diff(formatting), nl=False)
        else:
            write_atomically(root / formatting.file.path, formatting.after.encode("utf-8"))
            click.echo(f"formatted {formatting.file.path}")
    refused = _list_refused(discovery, selection, formattings)
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(render_lines(refused, color=color), nl=False)
    total = len(selection.chosen) + len(selection.foreign)
    click.echo(_render_sentence(len(changed), total, refused, check=check))
    return 1 if refused or (check and changed) else 0


def _select(root: Path, paths: tuple[Path, ...] | None, discovery: Discovery) -> Selection:
    known = {file.path for file in discovery.files}
    known |= {finding.path for finding in discovery.findings}
    selection = select_files(root, paths, known)
    if not discovery.files or not (selection.chosen or selection.foreign):
        raise LandscapeError(
            "there is no contributed file to format",
            "name files of data/projects, or the landscape's folder with --root",
        )
    return selection


def _list_refused(
    discovery: Discovery, selection: Selection, formattings: Sequence[Formatting]
) -> list[Finding]:
    """Return why files were left alone: not parsed, or not even opened."""
    findings = [finding for formatting in formattings for finding in formatting.findings]
    opened = {formatting.file.path for formatting in formattings}
    findings += (
        finding
        for finding in discovery.findings
        if finding.path in selection.chosen and finding.path not in opened
    )
    findings += (file_kinds.OUTSIDE_FOLDER.at(path, 0) for path in selection.foreign)
    return sorted(findings, key=lambda finding: finding.sort_key)


def _render_diff(formatting: Formatting) -> str:
    name = str(formatting.file.path)
    if formatting.before.replace("\r\n", "\n").removeprefix("\ufeff") == formatting.after:
        return f"{name}: the line ends or the byte-order mark would change\n"
    lines = difflib.unified_diff(
        formatting.before.splitlines(keepends=True),
        formatting.after.splitlines(keepends=True),
        f"{name} (as it is)",
        f"{name} (canonical)",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _render_sentence(changed: int, total: int, refused: Sequence[Finding], *, check: bool) -> str:
    verb = "would change" if check else "changed"
    files = "file" if total == 1 else "files"
    sentence = f"{changed} of {total} {files} {verb}"
    unread = len({finding.path for finding in refused})
    return f"{sentence}, {unread} could not be formatted" if unread else sentence
