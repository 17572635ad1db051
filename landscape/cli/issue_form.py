"""What ``landscape add --issue`` does: a submitted form, from the issue to its pull request."""

from __future__ import annotations

from pathlib import Path

import click

from landscape.base.errors import LandscapeError
from landscape.base.findings import Finding
from landscape.cli.check import find_place
from landscape.cli.github_access import read_github_access
from landscape.cli.options import find_latest_date
from landscape.dataset.suggestion import list_known
from landscape.metrics.store import load_store
from landscape.publish.contributed_files import read_folder_files
from landscape.publish.github_session import explain_refusals
from landscape.publish.preview import preview
from landscape.publish.submission import read_submission
from landscape.publish.submission_pull import answer_submission
from landscape.publish.version import inspect_version


def add_from_issue(
    root: Path, number: int, branch: str, repository: str | None, bot: str, *, dry_run: bool
) -> int:
    """Answer an issue form; ends with 1 where the submission lacks something."""
    hub = read_github_access().open(repository)
    with explain_refusals(f"show issue #{number}"):
        body = hub.get_issue(number).body or ""
    version = inspect_version(root, find_latest_date())
    if version.taxonomy is None:
        raise LandscapeError("data/taxonomy.yaml cannot be used", "see: landscape validate")
    has_schemas = (root / "schemas" / "project.schema.json").is_file()
    submission = read_submission(body, version.taxonomy, version.projects, schema=has_schemas)
    findings: tuple[Finding, ...] = ()
    if submission.text:
        files = read_folder_files(root)
        proposed = files | {str(submission.path): submission.text.encode("utf-8")}
        findings = preview(files, proposed, load_store(root), find_latest_date()).findings
    if dry_run:
        click.echo(submission.text or list_known(submission.missing))
        return 0 if submission.text else 1
    answer = answer_submission(
        hub, number, submission, findings, base=branch, folder=find_place(root), bot=bot
    )
    click.echo(answer.sentence)
    return 0 if answer.pull_request else 1
