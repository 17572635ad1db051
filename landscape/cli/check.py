"""``landscape check``: what a change of the contributed files would do."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landscape.base.errors import LandscapeError
from landscape.cli.github_access import bot_option, read_github_access, repository_option
from landscape.cli.options import RootOption, find_latest_date

if TYPE_CHECKING:
    from github.Repository import Repository

    from landscape.publish.git import Git
    from landscape.publish.preview import Measure, Preview

FETCH_SECONDS = 40.0
DEFAULT_BASES = ("origin/main", "main", "origin/master", "master", "origin/HEAD")
COMMENT = "check"


@click.command()
@click.option(
    "--base",
    metavar="REF",
    help="Compare with where the work tree left this branch or commit. Default: origin/main.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    show_default=True,
    help="How the preview is written.",
)
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also add the preview as Markdown to this file.",
)
@click.option("--offline", is_flag=True, help="Do not fetch the values of added projects.")
@click.option(
    "--pull-request",
    "number",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Check a pull request by reading its files through GitHub's API, and answer there with "
    "a check run and one comment. The work tree is the trusted base.",
)
@click.option("--dry-run", is_flag=True, help="With --pull-request: answer only here.")
@repository_option
@bot_option
@click.pass_obj
def check(
    root_option: RootOption,
    base: str | None,
    form: str,
    summary: Path | None,
    offline: bool,
    number: int | None,
    dry_run: bool,
    repository: str | None,
    bot: str,
) -> int:
    """Show what a change would do: findings, verdicts with arithmetic, ranks, neighbours.

    Compares the contributed files of the work tree, committed or not, with the base. Ends with
    exit code 1 where a finding is an error.
    """
    root = root_option.resolve()
    if number is not None and base is not None:
        raise click.UsageError("--base and --pull-request exclude each other")
    if number is None:
        result = preview_work_tree(root, base, offline=offline)
    else:
        answer_to = read_github_access().open(repository)
        result = check_pull_request(
            root, answer_to, number, bot, offline=offline, is_posted=not dry_run
        )
    click.echo(render(result, form, root), nl=False)
    if summary is not None:
        from landscape.publish.preview_markdown import render_preview_markdown
        from landscape.publish.step_files import append_summary

        append_summary(summary, render_preview_markdown(result))
    return 1 if result.has_errors else 0


def preview_work_tree(root: Path, base: str | None, *, offline: bool) -> Preview:
    """Compare the work tree with where it left the base."""
    from landscape.metrics.store import load_store
    from landscape.publish.contributed_files import read_commit_files
    from landscape.publish.git import Git, find_folder
    from landscape.publish.preview import preview

    git = Git.open(root, os.environ)
    commit = find_base(git, base)
    before = read_commit_files(git, commit, find_folder(git, root))
    _tell(f"check: {root.name or root} against {commit[:12]}")
    measure = choose_measure(root, before.get("landscape.yaml"), offline=offline)
    return preview(before, root, load_store(root), find_latest_date(), measure=measure)


def check_pull_request(
    root: Path, repository: Repository, number: int, bot: str, *, offline: bool, is_posted: bool
) -> Preview:
    """Check a pull request against the work tree, and answer to it unless told not to."""
    from landscape.metrics.store import load_store
    from landscape.publish.contributed_files import read_folder_files
    from landscape.publish.head_files import read_head
    from landscape.publish.preview import preview

    _, head = read_head(repository, number, bot=bot, folder=find_place(root))
    _tell(f"check: #{number} at {head.sha[:12]} changes {len(head.changes)} contributed files")
    before = read_folder_files(root)
    measure = choose_measure(root, before.get("landscape.yaml"), offline=offline)
    result = preview(
        before,
        head.apply(before),
        load_store(root),
        find_latest_date(),
        measure=measure,
        refused=head.findings,
    )
    if is_posted:
        from landscape.publish.answer import answer_pull_request

        said = answer_pull_request(
            repository,
            number,
            head.sha,
            result,
            find_place(root),
            bot,
            touches_data=bool(head.changes or head.findings),
        )
        _tell(f"check: {said}")
    return result


def find_base(git: Git, named: str | None) -> str:
    """Return the commit at which the work tree left the base."""
    target = os.environ.get("GITHUB_BASE_REF", "")
    candidates = [named] if named else [*([f"origin/{target}"] if target else []), *DEFAULT_BASES]
    for candidate in candidates:
        commit = git.resolve(candidate)
        if commit:
            forked = git.ask("merge-base", commit, "HEAD")
            # A shallow clone does not know where; the branch itself is the nearest to it.
            return forked.text if forked.code == 0 and forked.text else commit
    raise LandscapeError(
        f"there is no {' or '.join(candidates[:2])} to compare with",
        "name a branch or commit with --base; in a shallow clone, fetch it first",
    )


def find_place(root: Path) -> str:
    """Return the landscape's folder in its repository with a slash at its end, or empty."""
    from landscape.publish.git import Git, find_folder

    try:
        return find_folder(Git.open(root, os.environ), root)
    except LandscapeError:
        return ""


def choose_measure(root: Path, settings: bytes | None, *, offline: bool) -> Measure:
    """Return how added projects are measured; addresses come from the base's settings only."""
    from landscape.publish.preview import measure_nothing

    if offline or settings is None:
        return measure_nothing
    from landscape.cli.measure import make_measure

    return make_measure(root, settings, seconds=FETCH_SECONDS, clock=time.monotonic)


def render(result: Preview, form: str, root: Path) -> str:
    """Return the preview in the form that was asked for."""
    if form == "json":
        from landscape.publish.preview_text import render_preview_json

        return render_preview_json(result)
    if form == "markdown":
        from landscape.publish.preview_markdown import render_preview_markdown

        return render_preview_markdown(result)
    if form == "github":
        from landscape.dataset.checks import CheckResult
        from landscape.dataset.finding_reports import render_github

        checked = CheckResult(result.findings, result.files_checked)
        return render_github(checked, folder=find_place(root).rstrip("/"))
    from landscape.publish.preview_text import render_preview_text

    return render_preview_text(result)


def _tell(line: str) -> None:
    click.echo(line, err=True)
