"""``landscape publish --discovery``: what discovery wrote becomes one pull request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landscape.base.errors import LandscapeError
from landscape.cli.github_access import read_github_access
from landscape.report.markdown import escape_text, render_repo_link

if TYPE_CHECKING:
    from landscape.publish.git import Git
    from landscape.publish.proposals import ProposalPlan, Proposed

TITLE = "Projects that discovery proposes"
SHOWN_FILES = 200
LONGEST_SUMMARY_CHARACTERS = 40_000


def publish_proposals(
    git: Git,
    root: Path,
    plan: ProposalPlan,
    summary: Path | None,
    repository: str | None,
    *,
    dry_run: bool,
) -> None:
    """Commit proposals and tables to the pull request's branch, and open or rewrite it.

    summary: a file of Markdown on what was found. Without anything new there is neither commit
    nor request, but for one that could not be opened when its branch was pushed.
    """
    from landscape.publish.proposals import SPANS, collect_discoveries, push_proposals

    if plan.pull_branch == plan.branch:
        raise LandscapeError(
            f"{plan.branch} is the branch of the pull request itself",
            "check out the branch that it is for, or name that one with --branch",
        )
    found = collect_discoveries(git, root)
    if dry_run:
        paths = [*found.proposals, *found.tables, *([SPANS] if found.tables else [])]
        for path in paths:
            click.echo(f"would commit {path}, unless {plan.pull_branch} has it")
        click.echo(f"{len(paths)} files found by discovery")
        return
    if not repository:
        raise LandscapeError(
            f"a pull request to {plan.branch} needs the repository's name on GitHub",
            "name it with --repository OWNER/NAME, or in GITHUB_REPOSITORY",
        )
    hub = read_github_access().open(repository)
    done = push_proposals(git, found, plan)
    for note in done.notes:
        click.echo(f"publish: {note}", err=True)
    if done.commit:
        click.echo(f"{done.title}: {done.commit[:12]}, pushed to {plan.remote}/{plan.pull_branch}")
    else:
        click.echo(f"nothing to commit: discovery has nothing new for {plan.branch}")
    from landscape.publish.pull_request import has_pull_request, upsert_pull_request

    if not done.commit and (
        not done.head
        or has_pull_request(hub, head=plan.pull_branch, base=plan.branch, commit=done.head)
    ):
        return
    pull = upsert_pull_request(
        hub,
        head=plan.pull_branch,
        base=plan.branch,
        title=TITLE,
        body=write_body(done, _read_text(summary)),
    )
    click.echo(f"pull request #{pull.number}: {pull.html_url}")


def _read_text(path: Path | None) -> str:
    return path.read_text(encoding="utf-8") if path is not None and path.exists() else ""


def write_body(done: Proposed, summary: str) -> str:
    """Return the pull request's text: what waits on its branch, then what was found last."""
    parts = [_list_files(done.standing)]
    if done.notes:
        parts.append("To know:\n\n" + "\n".join(f"- {escape_text(note)}" for note in done.notes))
    if summary.strip():
        parts.append(_shorten(summary.strip()))
    parts.append(
        "This branch is written by `landscape publish --discovery` and only ever added to: edit "
        "and delete files here as you like. After the merge the report is rebuilt."
    )
    return "\n\n".join(parts)


def _list_files(standing: Mapping[str, str]) -> str:
    if not standing:
        return "No project is proposed; the tables are new."
    lines = [
        f"- {escape_text(path)}: {render_repo_link(repo, repo)}"
        for path, repo in list(standing.items())[:SHOWN_FILES]
    ]
    if len(standing) > SHOWN_FILES:
        lines.append(f"- … and {len(standing) - SHOWN_FILES} more")
    return (
        "Waiting for your decision: write the sentence that a file lacks, correct its domain, or "
        "delete it and name the repository with a reason in `data/rejected.yaml`.\n\n"
        + "\n".join(lines)
    )


def _shorten(summary: str) -> str:
    """Cut after a whole line, so that no markup stays open."""
    if len(summary) <= LONGEST_SUMMARY_CHARACTERS:
        return summary
    kept = summary[:LONGEST_SUMMARY_CHARACTERS].rpartition("\n")[0]
    return f"{kept}\n\n… and more, in the summary of the run."
