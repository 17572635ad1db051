"""``landscape validate``: every finding on every contributed file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from landscape.base.errors import LandscapeError
from landscape.base.findings import has_errors
from landscape.cli.options import RootOption, find_latest_date, paths_argument
from landscape.dataset.checks import CheckResult, check_dataset
from landscape.dataset.finding_reports import (
    render_github,
    render_json,
    render_sentence,
    render_text,
)


@click.command()
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.pass_obj
def validate(root_option: RootOption, paths: tuple[Path, ...] | None, form: str) -> int:
    """Check every contributed file: settings, taxonomy, projects, corrections.

    With PATHs, tells only of the files at or below them; rules that compare files see all files
    all the same. Ends with exit code 1 where a finding is an error.
    """
    root = root_option.resolve()
    result = check_dataset(root, paths, find_latest_date())
    if result.files_checked == 0:
        raise LandscapeError(
            "there is no contributed file at the paths that were named",
            "name files of data/projects, or no path at all to check everything",
        )
    click.echo(_render(result, form, root), nl=False)
    if form == "json":
        click.echo(render_sentence(result), err=True)
    return 1 if has_errors(result.findings) else 0


def _render(result: CheckResult, form: str, root: Path) -> str:
    if form == "json":
        return render_json(result)
    if form == "github":
        return render_github(result, folder=_find_folder_in_repository(root))
    return render_text(result, color=sys.stdout.isatty() and "NO_COLOR" not in os.environ)


def _find_folder_in_repository(root: Path) -> str:
    """Return the landscape's folder below the workflow's checkout; empty where it is the top."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    if not workspace:
        return ""
    try:
        folder = root.resolve().relative_to(Path(workspace).resolve()).as_posix()
    except ValueError:
        return ""
    return "" if folder == "." else folder
